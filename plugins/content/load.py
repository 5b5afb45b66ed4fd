"""Load all content of a project, for every command, the preview and Pelican alike."""

import sys
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import ClassVar, Protocol, Unpack

from plugins.content.agenda import load_agenda
from plugins.content.cache import ContentCache
from plugins.content.content import Content, stories_by_code
from plugins.content.cross_checks import check_circles
from plugins.content.folders import PAPERS, REGISTERS, REPORTS
from plugins.content.members import members as member_list
from plugins.content.members.exemplars import file_gathered
from plugins.content.members.members import read_gathered
from plugins.content.prose import load_proses
from plugins.content.registers.joining import check_agreement, check_days, join_facts
from plugins.content.registers.register_files import load_papers, load_registers, unsound_years
from plugins.content.registers.schedule import load_schedules
from plugins.content.sent import load_sendings
from plugins.content.sources import LoadOptions, read_content_files
from plugins.content.vocabulary.files import FOLDER
from plugins.markdown.references import CONTENT
from plugins.sources.folders import list_folder
from plugins.sources.problem import Invalid, Level, Problem
from plugins.vietnamese import format_date


class ContentCheck(Protocol):
    """The part of a capability that loading uses: its name, and its own checks of the content."""

    name: ClassVar[str]

    @staticmethod
    def check(content: Content) -> Iterable[Problem]: ...


def load_content(
    project: Path, day: date, capabilities: Sequence[type[ContentCheck]], **how: Unpack[LoadOptions]
) -> Content:
    """Load a project's content as of a day, never raising for its faults: see `Content.problems`.

    Registers and report texts are loaded if the capability of that name is among `capabilities`.
    """
    overrides, names = how.get("overrides", {}), {capability.name for capability in capabilities}
    content = read_content_files(project, day, **how)
    if "registers" in names:
        content = _join_registers(content, how.get("registers", project / CONTENT / REGISTERS), overrides)
    # The acts that registers and stories state of each exemplar, as of the day.
    registers, stories = join_facts(content.registers, content.stories, day)
    sources = content.sources | {story.path: story for story in stories}
    content = _join_gathered(replace(content, registers=registers, sources=sources), how.get("cache"), overrides)
    if "reports" in names:
        proses, problems = load_proses(project, content.vocabulary.communes, overrides)
        content = _report(_count(replace(content, proses=proses), REPORTS), problems)
    content = _report(content, _check_days(content))
    content = _report(content, _check_offices(content, publishing=how.get("publishing", False)))
    if content.vocabulary.unread:  # a broken line there would appear as problems of many other files
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
    """Add problems, and leave out sources with new errors."""
    if not (problems := {*problems}):
        return content
    problems |= {*content.problems}
    bad = {problem.path for problem in problems if problem.level is Level.ERROR}
    sources = {path: source for path, source in content.sources.items() if path not in bad}
    return replace(content, sources=sources, problems=tuple(sorted(problems)))


def _count(content: Content, folder: str) -> Content:
    """Count the files of one more folder."""
    return replace(content, files=content.files + len(list_folder(content.project / CONTENT / folder)))


def _join_registers(content: Content, folder: Path, overrides: Mapping[str, str]) -> Content:
    """Add the registers, schedules, papers, sendings and meetings, and check them against the stories."""
    project, vocabulary = content.project, content.vocabulary
    # Stories fill the blank cells of their row; later stories, all but the results.
    stories = [one if one.date <= content.day else replace(one, results=()) for one in content.stories]
    registers, problems = load_registers(folder, vocabulary, stories_by_code(stories))
    schedules, more = load_schedules(project, vocabulary, overrides)
    papers, faults = load_papers(project, vocabulary, content.day)
    if not vocabulary.unread:  # else the meaning of a row is unknown
        # A registration whose story was withdrawn needs no other.
        gone = {one.registration for one in content.gone.values()}
        more += check_agreement(content.stories, registers, vocabulary, content.day, unsound_years(problems), gone)
        more += check_days(content.stories, registers, content.day)
    joined = replace(content, registers=registers, schedules=schedules, papers=papers)
    if not vocabulary.unread:
        sendings, wrong = load_sendings(project, content.slugs, content.day)
        meetings, amiss = load_agenda(project, content.slugs, overrides)
        joined = replace(joined, sendings=sendings, meetings=meetings)
        faults += [*wrong, *amiss]
    return _report(_count(_count(joined, REGISTERS), PAPERS), [*problems, *more, *faults])


def _join_gathered(content: Content, cache: ContentCache | None, overrides: Mapping[str, str]) -> Content:
    if member_list.PATH in overrides:
        cache = None
    found = cache.gathered if cache else None
    if found is None:
        problems: list[Problem] = []
        members = member_list.read_members(content.project, content.vocabulary, problems, overrides)
        sites = read_gathered(content.project, members, problems)
        found = file_gathered(sites, content.vocabulary, content.office.tier)
        found = replace(found, problems=(*problems, *found.problems), files=len(sites))
        if cache and not any(problem.passing for problem in found.problems):
            cache.gathered = found
    joined = replace(content, gathered=found.exemplars, copied_elsewhere=found.copies)
    circles = check_circles(joined.listed) if found.exemplars else ()
    return _report(replace(joined, files=content.files + found.files), [*found.problems, *circles])


def _check_days(content: Content) -> Iterator[Problem]:
    """Yield advice about dates after the day: a publish shows these stories and changes once the date has come."""
    ahead = f"còn ở phía trước (hôm nay là {format_date(content.day)})"
    mend = "sửa ngày nếu ghi nhầm"
    for story in content.stories:
        dated = [] if story.draft else [("date", "Ngày", story.date, "bài")]
        for change in story.changes:
            key = "corrections" if change.is_correction else "updates"
            dated.append((key, f"{change.name} ngày", change.day, "dòng này"))
        for key, what, day, shown in dated:
            if day > content.day:
                fix = f"{mend}; chưa đến ngày ấy thì xuất bản không đưa {shown} lên"
                yield Problem(story.path, story.lines[key], f"{what} {format_date(day)} {ahead}", fix, Level.ADVICE)
    for path, gone in content.gone.items():
        if gone.day and gone.day > content.day:
            message = f"Gỡ ngày {format_date(gone.day)} {ahead}"
            yield Problem(path, gone.line, message, f"bài được gỡ ngay từ bây giờ; {mend}", Level.ADVICE)


def _check_offices(content: Content, *, publishing: bool) -> Iterator[Problem]:
    """Yield the missing facts of each office, and stories dated on a day without an office.

    They are errors when `publishing`, except for future offices and for samples; drafts are not checked.
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
