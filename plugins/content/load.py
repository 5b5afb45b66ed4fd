"""Everything under content/, read in one place into one value, whoever asks: a command, the preview or Pelican."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, Protocol, Unpack

from plugins.content.addresses.old import file_of_url
from plugins.content.agenda import AGENDA_FILE, load_agenda
from plugins.content.folders import PAPERS, REGISTERS, REPORTS, STORIES, TEMPLATES, hides_many
from plugins.content.library import read_library
from plugins.content.members.circles import check_circles
from plugins.content.members.elsewhere import Gathered, file_gathered
from plugins.content.members.gathered import read_gathered
from plugins.content.members.members import PATH as MEMBERS_PATH
from plugins.content.members.members import read_members
from plugins.content.page import OfficialDocument, Page
from plugins.content.prose import Proses, load_proses
from plugins.content.registers.act import without_samples
from plugins.content.registers.agreement import check_agreement, check_days
from plugins.content.registers.filing import load_papers
from plugins.content.registers.joining import join_facts
from plugins.content.registers.reading import load_registers, unsound_years
from plugins.content.registers.schedule import load_schedules
from plugins.content.sent import SENT_FILE, load_sendings
from plugins.content.stories.story import Story, story_url
from plugins.content.vocabulary.files import FILES, FOLDER
from plugins.markdown.references import CONTENT
from plugins.sources.folders import list_folder
from plugins.sources.problem import Invalid, Level, Problem
from plugins.vietnamese import format_date, slugify

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from plugins.content.addresses.old import Gone
    from plugins.content.agenda import Meeting
    from plugins.content.library import ContentCache, LoadOptions, Source
    from plugins.content.members.elsewhere import GatheredExemplar
    from plugins.content.members.gathered import Replica
    from plugins.content.registers.paper import Paper
    from plugins.content.registers.registration import Register, Registration
    from plugins.content.registers.schedule import Schedule
    from plugins.content.sent import Sending
    from plugins.content.stories.listed import Listed
    from plugins.content.vocabulary.terms import Office
    from plugins.content.vocabulary.vocabulary import Vocabulary


class ContentCheck(Protocol):
    """What of a capability the content depends on: its name, and the faults that only it sees."""

    name: ClassVar[str]

    @staticmethod
    def check(content: Content) -> Iterable[Problem]: ...


@dataclass(frozen=True)
class Content:
    """All that was read, as of `day`. `sources` are the sound files by path; `problems` are in order of file and line.

    Stories that were taken down are in `gone`, by path, and nowhere else. `shown_from` tells by its folder from which
    day a publish shows a story, sound or not; `unread` are those folders of whose story nothing could be read.
    Registers, schedules and papers are by year; `sendings` are the stories that were sent by the day, and `meetings`
    what the office has noted in its calendar.
    """

    project: Path
    day: date
    vocabulary: Vocabulary
    sources: dict[str, Source]
    gone: dict[str, Gone]
    problems: tuple[Problem, ...]
    files: int
    shown_from: Mapping[str, date] = field(default_factory=dict)
    registers: Mapping[int, Register] = field(default_factory=dict)
    schedules: Mapping[int, Schedule] = field(default_factory=dict)
    papers: Mapping[int, tuple[Paper, ...]] = field(default_factory=dict)
    sendings: tuple[Sending, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    proses: Proses = field(default_factory=Proses)
    unread: frozenset[str] = frozenset()
    gathered: tuple[GatheredExemplar, ...] = ()
    copied_elsewhere: Mapping[str, tuple[Replica, ...]] = field(default_factory=dict)  # by slug

    @property
    def office(self) -> Office:
        """The office that the site stands under on the day."""
        return self.vocabulary.site_office(self.day)

    @property
    def site_url(self) -> str:
        """Where the site is on the day; "" as long as no office says."""
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
    def errors(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.level is Level.ERROR]

    @property
    def is_passing(self) -> bool:
        """Tell whether the next look may see something else though nothing has been written meanwhile."""
        return any(problem.passing for problem in self.problems)

    @property
    def is_sound(self) -> bool:
        """Tell whether a site can be built at all: the vocabulary has no error, and every folder can be listed."""
        return not self.stopping(publishing=False)

    def stopping(self, *, publishing: bool, online: Collection[str] | None = None) -> list[Problem]:
        """Return the errors that keep a site from being made: of the vocabulary, or of whatever a publish would show.

        A folder that cannot be listed keeps it too: all in it would be gone from the site.
        A row of a register that is wrong is left out, and so is what no publish shows: what is for staff alone.
        A file that nothing can be read of may be a published story, and stops it; not where `online`, the files of the
        site as it is, have no page of it.
        """
        if not publishing:
            vocabulary = {f"{FOLDER}/{name}" for name in FILES}
            return [problem for problem in self.errors if problem.path in vocabulary or hides_many(problem)]
        staff_alone = f"{CONTENT}/{PAPERS}/", f"{CONTENT}/{TEMPLATES}/", SENT_FILE, AGENDA_FILE
        errors = (one for one in self.errors if not (one.of_row or one.path.startswith(staff_alone)))
        folders = ((one, "/".join(one.path.split("/")[:4])) for one in errors)
        unknown = set() if online is None else {folder for folder in self.unread if _page_file(folder) not in online}
        return [
            one
            for one, folder in folders
            if folder not in unknown and self.shown_from.get(folder, self.day) <= self.day
        ]

    def is_online(self, problem: Problem, online: Collection[str]) -> bool:
        """Tell whether a site of these files may show what a problem is about: no story whose page it has not."""
        folder = "/".join(problem.path.split("/")[:4])
        is_of_one = problem.path.startswith(f"{CONTENT}/{STORIES}/") and folder.count("/") == 3
        return not is_of_one or _page_file(folder) in online

    @cached_property
    def stories_by_code(self) -> dict[str, Story]:
        """The one story of each registration that has one; drafts too."""
        return stories_by_code(self.stories)

    def registrations(self, *, samples: bool = True) -> dict[str, Registration]:
        """Return the registrations of all years by code, without what is illustrative if that is wished."""
        found = [one for register in self.registers.values() for one in register.registrations]
        if not samples:
            found = [replace(one, acts=without_samples(one.acts)) for one in found if not one.sample]
        return {one.code: one for one in found}


def _page_file(folder: str) -> str:
    """Return the file that a site has the page of a story's folder in."""
    *_, year, name = folder.split("/")
    return file_of_url(story_url(year, slugify(name)))


def load_content(
    project: Path, day: date, capabilities: Sequence[type[ContentCheck]], **how: Unpack[LoadOptions]
) -> Content:
    """Read all of a project's content as of a day. Never raises for what a person wrote; see `Content.problems`.

    Registers and the prose of reports are read when the capability of that name takes part.
    """
    library = read_library(project, **how)
    typed = how.get("typed", {})
    names = {capability.name for capability in capabilities}
    read = library.sources, library.gone, library.problems, library.files, library.shown_from
    content = Content(project, day, library.vocabulary, *read, unread=library.unread)
    if "registers" in names:
        folder = how.get("registers", project / CONTENT / REGISTERS)
        content = _join_registers(content, folder, typed)
    content = _join_gathered(_join_facts(content), how.get("kept"), typed)
    if "reports" in names:
        proses, problems = load_proses(project, content.vocabulary.communes, typed)
        content = _report(_counting(replace(content, proses=proses), REPORTS), problems)
    content = _report(content, _check_days(content))
    content = _report(content, _check_offices(content, publishing=how.get("publishing", False)))
    if content.vocabulary.unread:  # else a broken line there would come out as faults of much else
        return replace(content, problems=tuple(one for one in content.problems if one.path.startswith(f"{FOLDER}/")))
    return _report(content, [problem for one in capabilities for problem in one.check(content)])


def can_use(content: Content, failure: str, errors: Collection[Problem] | None = None, *, verbose: bool = True) -> bool:
    """Return whether a command can work from this content, and print to stderr why not.

    False if the vocabulary has an error or a file could not be read just now; then the last line printed is `failure`
    ("Chưa làm được lịch") with the advice to mend the errors above it. `errors` are those that concern the command, by
    default all; unless `verbose`, they are printed only on False.
    """
    errors = content.errors if errors is None else errors
    usable = content.is_sound and not any(problem.passing for problem in errors)
    for problem in errors if verbose or not usable else ():
        print(problem, file=sys.stderr)
    if not usable:
        print(f"{failure}: hãy sửa các lỗi trên rồi chạy lại.", file=sys.stderr)
    return usable


def _report(content: Content, problems: Iterable[Problem]) -> Content:
    """Add problems. What an error is about is left out, as for any other."""
    if not (problems := {*problems}):
        return content
    problems |= {*content.problems}
    bad = {problem.path for problem in problems if problem.level is Level.ERROR}
    sources = {path: source for path, source in content.sources.items() if path not in bad}
    return replace(content, sources=sources, problems=tuple(sorted(problems)))


def _counting(content: Content, folder: str) -> Content:
    """Count the files of one more folder."""
    return replace(content, files=content.files + len(list_folder(content.project / CONTENT / folder)))


def _join_registers(content: Content, folder: Path, typed: Mapping[str, str]) -> Content:
    """Read the registers of a folder, and hold them against the stories."""
    project, vocabulary = content.project, content.vocabulary
    # What is told later gives no result yet; of what else a row leaves blank, it says what was so from the first.
    told = [one if one.date <= content.day else replace(one, results=()) for one in content.stories]
    registers, problems = load_registers(folder, vocabulary, stories_by_code(told))
    schedules, more = load_schedules(project, vocabulary, typed)
    papers, faults = load_papers(project, vocabulary, content.day)
    if not vocabulary.unread:  # else it is not known what a row means
        # A registration whose story was taken down does not wait for one.
        gone = {one.registration for one in content.gone.values()}
        more += check_agreement(content.stories, registers, vocabulary, content.day, unsound_years(problems), gone)
        more += check_days(content.stories, registers, content.day)
    joined = replace(content, registers=registers, schedules=schedules, papers=papers)
    # A story that has an error, or was taken down, is one too.
    slugs = {slugify(folder.rpartition("/")[2]) for folder in (*content.shown_from, *content.unread)}
    if not vocabulary.unread:
        sendings, wrong = load_sendings(project, slugs, content.day)
        meetings, amiss = load_agenda(project, slugs, typed)
        joined = replace(joined, sendings=sendings, meetings=meetings)
        faults += [*wrong, *amiss]
    return _report(_counting(_counting(joined, REGISTERS), PAPERS), [*problems, *more, *faults])


def _join_gathered(content: Content, kept: ContentCache | None, typed: Mapping[str, str]) -> Content:
    """Read what was gathered from other sites."""
    found = kept.others if kept and MEMBERS_PATH not in typed else None
    if found is None:
        found = _read_others(content, typed)
        if kept and MEMBERS_PATH not in typed and not any(problem.passing for problem in found.problems):
            kept.others = found
    joined = replace(content, gathered=found.exemplars, copied_elsewhere=found.copies)
    circles = check_circles(joined.listed) if found.exemplars else ()
    return _report(replace(joined, files=content.files + found.files), [*found.problems, *circles])


def _read_others(content: Content, typed: Mapping[str, str]) -> Gathered:
    problems: list[Problem] = []
    members = read_members(content.project, content.vocabulary, problems, typed)
    sites = read_gathered(content.project, members, problems)
    others = file_gathered(sites, content.vocabulary, content.office.tier)
    return replace(others, problems=(*problems, *others.problems), files=len(sites))


def _join_facts(content: Content) -> Content:
    """Bring together what registers and stories state of each exemplar, as of the day."""
    registers, stories = join_facts(content.registers, content.stories, content.day)
    return replace(content, registers=registers, sources=content.sources | {story.path: story for story in stories})


def _check_days(content: Content) -> Iterator[Problem]:
    """Advise about what is dated after the day: a publish tells of it once that has come."""
    ahead = f"còn ở phía trước (hôm nay là {format_date(content.day)})"
    mend = "sửa ngày nếu ghi nhầm"
    for story in content.stories:
        if story.date > content.day and not story.draft:
            fix = f"{mend}; chưa đến ngày ấy thì xuất bản không đưa bài lên"
            message = f"Ngày {format_date(story.date)} {ahead}"
            yield Problem(story.path, story.lines["date"], message, fix, Level.ADVICE)
        for change in story.changes:
            if change.day > content.day:
                line = story.lines["corrections" if change.is_correction else "updates"]
                message = f"{change.name} ngày {format_date(change.day)} {ahead}"
                fix = f"{mend}; chưa đến ngày ấy thì xuất bản không đưa dòng này lên"
                yield Problem(story.path, line, message, fix, Level.ADVICE)
    for path, gone in content.gone.items():
        if gone.day and gone.day > content.day:
            message = f"Gỡ ngày {format_date(gone.day)} {ahead}"
            yield Problem(path, gone.line, message, f"bài được gỡ ngay từ bây giờ; {mend}", Level.ADVICE)


def _check_offices(content: Content, *, publishing: bool) -> Iterator[Problem]:
    """Name what is not said of an office, and each story on whose day there was none: errors for whoever publishes.

    What no publish shows keeps none from being made: offices to come, drafts, and stories that are made up.
    """
    vocabulary, running = content.vocabulary, content.office
    for office in vocabulary.offices:
        awaited = publishing and (office.since is None or office.since <= content.day)
        for problem in (*office.unfilled, *(office.unreachable if office is running else ())):
            yield replace(problem, level=Level.ERROR if awaited else Level.ADVICE)
    for story in content.stories if vocabulary.offices else ():
        try:
            if not story.draft and story.date <= content.day:
                vocabulary.signing_office(story.date)
        except Invalid as none:
            level = Level.ERROR if publishing and not story.sample else Level.ADVICE
            yield Problem(story.path, story.lines["date"], none.message, none.fix, level)


def stories_by_code(stories: Iterable[Story]) -> dict[str, Story]:
    """Return the first exemplar of each registration that any names, by its code."""
    found: dict[str, Story] = {}
    for story in stories:
        if story.registration and story.is_exemplar:
            found.setdefault(story.registration, story)
    return found
