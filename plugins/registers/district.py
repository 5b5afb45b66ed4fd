"""All that the district has under content/: the library, its registers and deadlines, and where they disagree."""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Unpack

from plugins.content.library import Library, load_library
from plugins.content.registers.agreement import check_agreement
from plugins.content.registers.reading import FOLDER, load_registers
from plugins.content.registers.registration import Status
from plugins.content.registers.schedule import load_deadlines
from plugins.content.story import Story
from plugins.sources.folders import list_folder
from plugins.sources.problem import Level

if TYPE_CHECKING:
    from collections.abc import Container, Iterable
    from pathlib import Path

    from plugins.content.library import Reading, Source
    from plugins.content.registers.registration import Register, Registration
    from plugins.content.registers.schedule import Deadline


@dataclass(frozen=True)
class District(Library):
    """The library with the registers and the deadlines by year; its problems are those of all of them."""

    registers: dict[int, Register]
    deadlines: dict[int, Deadline]

    @cached_property
    def stories_by_code(self) -> dict[str, Story]:
        """The one story of each registration that has one; drafts too."""
        return stories_by_code(self.stories)

    def registrations(self, *, samples: bool = True) -> dict[str, Registration]:
        """Return the registrations of all years by code, without those that only illustrate if that is wished."""
        return {
            one.code: one
            for register in self.registers.values()
            for one in register.registrations
            if samples or not one.sample
        }


def load_district(project: Path, **how: Unpack[Reading]) -> District:
    """Read all of a project's content, as `load_library` does. Never raises for what a person wrote; see `problems`."""
    return add_registers(load_library(project, **how))


def add_registers(library: Library) -> District:
    """Read the registers beside a library. A story that an error here is about is left out as for any other."""
    registers, found = load_registers(library.project, library.vocabulary, stories_by_code(library.stories))
    deadlines, problems = load_deadlines(library.project)
    unsound = {int(year) for year in (_year(p.path) for p in found if p.level is Level.ERROR) if year}
    problems += found
    if not library.vocabulary.unread:  # else it is not known what a row means
        # A registration whose story was taken down is not one that still waits for its story.
        gone = {one.registration for one in library.gone.values()}
        problems += check_agreement(library.stories, registers, library.vocabulary, unsound, gone)
    bad = {problem.path for problem in problems if problem.level is Level.ERROR}
    own = {field.name: getattr(library, field.name) for field in dataclasses.fields(Library)}
    recognised = {
        one.code
        for register in registers.values()
        for one in register.registrations
        if one.status.reached(Status.RECOGNISED)
    }
    own["sources"] = {
        path: _recognise(source, recognised) for path, source in library.sources.items() if path not in bad
    }
    own["problems"] = tuple(sorted({*library.problems, *problems}))
    own["files"] += len(list_folder(library.project / FOLDER))
    return District(**own, registers=registers, deadlines=deadlines)


def _recognise(source: Source, recognised: Container[str]) -> Source:
    if isinstance(source, Story) and source.registration in recognised:
        return dataclasses.replace(source, is_registered_as_recognised=True)
    return source


def stories_by_code(stories: Iterable[Story]) -> dict[str, Story]:
    """Return the first exemplar of each registration that any names, by its code."""
    found: dict[str, Story] = {}
    for story in stories:
        if story.registration and story.is_exemplar:
            found.setdefault(story.registration, story)
    return found


def _year(path: str) -> str:
    found = re.match(rf"{FOLDER}/(\d{{4}})\.", path)
    return found[1] if found else ""
