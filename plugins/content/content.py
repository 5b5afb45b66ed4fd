"""All of a project's content as one value."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from plugins.content.addresses.old import Gone
from plugins.content.addresses.urls import file_of_url
from plugins.content.agenda import AGENDA_FILE, Meeting
from plugins.content.folders import PAPERS, STORIES, STORY_FILE, TEMPLATES, hides_many
from plugins.content.members.exemplars import GatheredExemplar
from plugins.content.members.members import Replica
from plugins.content.page import OfficialDocument, Page
from plugins.content.prose import Proses
from plugins.content.registers.act import without_samples
from plugins.content.registers.paper import Paper
from plugins.content.registers.registration import Register, Registration
from plugins.content.registers.schedule import Schedule
from plugins.content.sent import SENT_FILE, Sending
from plugins.content.stories.listed import Listed
from plugins.content.stories.story import Story, story_url
from plugins.content.vocabulary.files import FILES, FOLDER
from plugins.content.vocabulary.terms import Commune, Office, tell_apart
from plugins.content.vocabulary.vocabulary import Vocabulary
from plugins.markdown.references import CONTENT
from plugins.sources.problem import Level, Problem
from plugins.vietnamese import slugify

Source = Story | Page | OfficialDocument
Placed = TypeVar("Placed", Story, Registration, Paper, GatheredExemplar)


@dataclass(frozen=True)
class Content:
    """The content of a project as of `day`.

    `sources` are the files without errors, by path; `problems` are sorted by file and line. Withdrawn stories are only
    in `gone`, by path. `shown_from` is the day from which a publish shows each story, with or without errors, by its
    folder; `unread` are the story folders of which no file could be read. Registers, schedules and papers are by year.
    """

    project: Path
    day: date
    vocabulary: Vocabulary
    sources: dict[str, Source]
    gone: dict[str, Gone]
    problems: tuple[Problem, ...]
    files: int
    shown_from: Mapping[str, date] = field(default_factory=dict)
    unread: frozenset[str] = frozenset()
    registers: Mapping[int, Register] = field(default_factory=dict)
    schedules: Mapping[int, Schedule] = field(default_factory=dict)
    papers: Mapping[int, tuple[Paper, ...]] = field(default_factory=dict)
    sendings: tuple[Sending, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    proses: Proses = field(default_factory=Proses)
    gathered: tuple[GatheredExemplar, ...] = ()
    copied_elsewhere: Mapping[str, tuple[Replica, ...]] = field(default_factory=dict)  # by the slug of the origin

    @property
    def office(self) -> Office:
        return self.vocabulary.site_office(self.day)

    @property
    def site_url(self) -> str:
        """The address of the site on the day; "" if no office states one."""
        return self.vocabulary.site_url(self.day)

    @cached_property
    def stories(self) -> list[Story]:
        return [source for source in self.sources.values() if isinstance(source, Story)]

    @property
    def listed(self) -> tuple[Listed, ...]:
        """The stories, and the exemplars gathered from other sites."""
        return (*self.stories, *self.gathered)

    @cached_property
    def documents(self) -> list[OfficialDocument]:
        return [source for source in self.sources.values() if isinstance(source, OfficialDocument)]

    @cached_property
    def pages(self) -> list[Page]:
        return [source for source in self.sources.values() if type(source) is Page]

    @property
    def slugs(self) -> set[str]:
        """The slugs of all stories, including withdrawn ones and those with errors."""
        return {slug_of_folder(folder) for folder in (*self.shown_from, *self.unread)}

    @property
    def errors(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.level is Level.ERROR]

    @property
    def is_passing(self) -> bool:
        """Whether some file could not be read just now, so that the next load may differ without any edit."""
        return any(problem.passing for problem in self.problems)

    @property
    def is_sound(self) -> bool:
        """Whether a site can be built at all: the vocabulary has no error, and every folder can be listed."""
        return not self.stopping(publishing=False)

    def stopping(self, *, publishing: bool, online: Collection[str] | None = None) -> list[Problem]:
        """Return the errors that prevent a build; when `publishing`, all errors in anything a publish would show.

        A folder that cannot be listed stops both: everything in it would vanish from the site. Errors in table rows, in
        drafts and in internal files stop nothing. A story file that cannot be read may be a published one, so it stops
        a publish, unless its page is missing from `online`, the files of the current site.
        """
        if not publishing:
            vocabulary = {f"{FOLDER}/{name}" for name in FILES}
            return [problem for problem in self.errors if problem.path in vocabulary or hides_many(problem)]
        internal = f"{CONTENT}/{PAPERS}/", f"{CONTENT}/{TEMPLATES}/", SENT_FILE, AGENDA_FILE
        unknown = set() if online is None else {folder for folder in self.unread if _page_file(folder) not in online}
        return [
            one
            for one in self.errors
            if not (one.of_row or one.path.startswith(internal))
            and (folder := _story_folder(one)) not in unknown
            and self.shown_from.get(folder, self.day) <= self.day
        ]

    def is_online(self, problem: Problem, online: Collection[str]) -> bool:
        """Return False if a problem is about a story whose page is not among the files of a site."""
        folder = _story_folder(problem)
        is_of_one = problem.path.startswith(f"{CONTENT}/{STORIES}/") and folder.count("/") == 3
        return not is_of_one or _page_file(folder) in online

    def explain_absence(self, slug: str) -> tuple[str, str] | None:
        """Return why a story is not in the content, and the fix: withdrawn, or an error; None if it has no folder."""
        folder = next((one for one in (*self.shown_from, *self.unread) if slug_of_folder(one) == slug), None)
        if folder is None:
            return None
        if f"{folder}/{STORY_FILE}" in self.gone:
            return "đã gỡ", "không đưa đi bài đã gỡ"
        errors = [one for one in self.errors if one.path.startswith(f"{folder}/")]
        return f"có lỗi: {errors[0].message}" if errors else "có lỗi", "chạy check, sửa rồi chạy lại"

    @cached_property
    def stories_by_code(self) -> dict[str, Story]:
        """The story of each registration that has one, by code, drafts included."""
        return stories_by_code(self.stories)

    def registrations(self, *, samples: bool = True) -> dict[str, Registration]:
        """Return the registrations of all years by code, with or without samples."""
        found = [one for register in self.registers.values() for one in register.registrations]
        if not samples:
            found = [replace(one, acts=without_samples(one.acts)) for one in found if not one.sample]
        return {one.code: one for one in found}


def _story_folder(problem: Problem) -> str:
    return "/".join(problem.path.split("/")[:4])


def _page_file(folder: str) -> str:
    """Return the site's file for the page of a story folder."""
    return file_of_url(story_url(folder.split("/")[-2], slug_of_folder(folder)))


def slug_of_folder(folder: str) -> str:
    """Return the slug of the story in a folder, from its path."""
    return slugify(folder.rpartition("/")[2])


def stories_by_code(stories: Iterable[Story]) -> dict[str, Story]:
    """Return the first exemplar of each registration, by code."""
    found: dict[str, Story] = {}
    for story in stories:
        if story.registration and story.is_exemplar:
            found.setdefault(story.registration, story)
    return found


def as_of_its_day(content: Content) -> Content:
    """Return content without later stories, later communes, and later ends of communes; the same object if none.

    Registrations and acts are as of the day already.
    """
    day = content.day
    is_later = any(story.date > day for story in content.listed)
    if not is_later and all(_then(commune, day) is commune for commune in content.vocabulary.communes):
        return content
    known = [then for commune in content.vocabulary.communes if (then := _then(commune, day))]
    places = {commune.id: commune for commune in tell_apart(known)}

    def placed(one: Placed) -> Placed:
        place = one.commune and places.get(one.commune.id, one.commune)
        return one if place is one.commune else replace(one, commune=place)

    sources = {path: one for path, one in content.sources.items() if not (isinstance(one, Story) and one.date > day)}
    registers = content.registers.items()
    return replace(
        content,
        vocabulary=replace(content.vocabulary, communes=tuple(places.values())),
        sources={path: placed(one) if isinstance(one, Story) else one for path, one in sources.items()},
        registers={year: Register(year, tuple(map(placed, one.registrations))) for year, one in registers},
        papers={year: tuple(map(placed, received)) for year, received in content.papers.items()},
        gathered=tuple(placed(one) for one in content.gathered if one.date <= day),
    )


def _then(commune: Commune, day: date) -> Commune | None:
    """Return a commune as known on a day; None if it was formed later."""
    if commune.since and commune.since > day:
        return None
    if commune.until and commune.until >= day:
        return replace(commune, until=None, successor=None, resolution=None, age="")
    return commune
