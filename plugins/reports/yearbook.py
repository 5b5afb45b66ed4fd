"""All that reports are made of: the district, what was written for its reports, and where their numbers disagree."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Unpack

from plugins.content.prose import FOLDER, Proses, load_proses
from plugins.exemplars.index import build_index
from plugins.registers.district import District, add_registers, load_district
from plugins.reports.agreement import check_report
from plugins.reports.report import Report, build_report
from plugins.sources.folders import list_folder

if TYPE_CHECKING:
    from pathlib import Path

    from plugins.content.library import Library, Reading
    from plugins.content.terms import Commune
    from plugins.exemplars.index import Index


# Counted as it was registered, and not named: its story was taken down.
_GONE = "(bài đã gỡ)"


@dataclass(frozen=True)
class Yearbook(District):
    """The district with the written parts of its reports; its problems are those of all of them."""

    proses: Proses

    def report(self, whole: Index, year: int, commune: Commune | None = None, *, samples: bool = True) -> Report:
        """Count a year of an edition's index; without `samples`, illustrative registrations are left out too."""
        register = self.registers.get(year)
        gone = {one.registration for one in self.gone.values()}
        kept = [
            dataclasses.replace(one, name=_GONE, unit="", place="", result="", note="") if one.code in gone else one
            for one in (register.registrations if register else ())
            if samples or not one.sample
        ]
        return build_report(whole, year, commune, kept)

    def years(self, whole: Index, *, samples: bool = True) -> tuple[int, ...]:
        """Return every year of which there is something to report, the oldest first."""
        registered = {one.year for one in self.registrations(samples=samples).values()}
        return tuple(sorted(registered | {year.number for year in whole.by_year}))


def load_yearbook(project: Path, **how: Unpack[Reading]) -> Yearbook:
    """Read all of a project's content, as `load_district` does: what is wrong with it is in `problems`."""
    return add_reports(load_district(project, **how))


def add_reports(library: Library) -> Yearbook:
    """Read what was written for the reports beside a library, and hold the numbers of each year against each other."""
    if isinstance(library, Yearbook):
        return library
    district = library if isinstance(library, District) else add_registers(library)
    proses, problems = load_proses(district.project, district.vocabulary.communes)
    own = {field.name: getattr(district, field.name) for field in dataclasses.fields(District)}
    own["files"] += len(list_folder(district.project / FOLDER))
    for year, register in district.registers.items():
        stories = [story for story in district.stories if story.year.number == year and not story.draft]
        index = build_index(stories, district.vocabulary)
        problems += check_report(build_report(index, year, registrations=register.registrations))
    own["problems"] = tuple(sorted({*district.problems, *problems}))
    return Yearbook(**own, proses=proses)
