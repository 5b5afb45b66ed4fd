"""Lists for the staff pages: drafts, papers due, and everything that can be edited, each with its path."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from plugins.content.content import Content, as_of_its_day
from plugins.content.folders import AGENDA, DOCUMENTS, PAGES, PAPERS, REGISTERS, REPORTS, SCHEDULE, SENT, STORY_FILE
from plugins.content.sent import Sending
from plugins.content.stories.keys import story_keys
from plugins.content.stories.story import Story
from plugins.content.vocabulary.files import FOLDER as VOCABULARY
from plugins.content.vocabulary.offices import OFFICES
from plugins.editing.rewriting import read_guesses
from plugins.editing.saving import EDITABLE, open_file
from plugins.markdown.references import CONTENT
from plugins.registers.progress import build_progress, format_time_left, known_years
from plugins.registers.reminder import commune_name
from plugins.sources.folders import list_folder
from plugins.sources.problem import Invalid, Level, Problem
from plugins.vietnamese import format_date, format_number, sort_key

# Days before a deadline from which it is listed.
_NEAR = 14
_NAMES = {
    OFFICES: "Cơ quan phụ trách, địa chỉ trang",
    "xa.yaml": "Địa bàn",
    "linh-vuc.yaml": "Lĩnh vực",
    "phong-trao.yaml": "Phong trào",
    SCHEDULE: "Hạn gửi văn bản từng năm",
    AGENDA: "Lịch họp, thăm và việc khác của cơ quan",
}


@dataclass(frozen=True)
class DraftState:
    """A draft with the work left before it can be published, `waits`, "" if none, and its number of reminders."""

    story: Story
    waits: str
    reminders: int


@dataclass(frozen=True)
class DueLine:
    """A commune with papers due soon or overdue, and the anchor of its section on the page of the year."""

    name: str
    year: int
    anchor: str
    what: str
    is_late: bool


@dataclass(frozen=True)
class EditableFile:
    """A file that can be edited: its path, title, state in words, and the address of its page, "" if it has none."""

    path: str
    title: str
    state: str = ""
    url: str = ""


def find_drafts(content: Content, stories: Iterable[Story], problems: Sequence[Problem]) -> list[DraftState]:
    """Return the drafts among stories, those ready to be published first."""
    found = [_describe_draft(content, story, problems) for story in stories if story.draft]
    return sorted(found, key=lambda draft: draft.waits != "")


def _describe_draft(content: Content, story: Story, problems: Sequence[Problem]) -> DraftState:
    folder = story.path.removesuffix(STORY_FILE)
    own = [problem for problem in problems if problem.path.startswith(folder)]
    waits = ""
    if errors := sum(problem.level is Level.ERROR for problem in own):
        waits = f"còn {format_number(errors)} lỗi"
    elif not story.body.prose.strip():
        waits = "chưa viết chữ nào"
    else:
        with suppress(Invalid):
            guesses = read_guesses(open_file(content.project, story.path).text, story_keys(content.vocabulary))
            waits = f"còn {format_number(len(guesses))} chỗ máy đoán chờ xem lại" if guesses else ""
    return DraftState(story, waits, len(own) - errors)


def find_dues(content: Content) -> list[DueLine]:
    """Return the communes whose papers of this year are overdue or due soon, the most overdue first."""
    if (year := next((year for year in known_years(content) if year <= content.day.year), None)) is None:
        return []
    progress = build_progress(as_of_its_day(content), year)
    found = []
    for commune in progress.communes:
        late = {due.kind.label: days for due in commune.missing if (days := due.days_late(progress.day)) is not None}
        if near := {kind: days for kind, days in late.items() if days >= -_NEAR}:
            what = "; ".join(f"{kind} {format_time_left(days)}" for kind, days in near.items())
            most = max(near.values())
            found.append((most, DueLine(commune_name(progress, commune), year, commune.commune.id, what, most > 0)))
    return [line for _, line in sorted(found, key=lambda one: -one[0])]


def find_sendings(content: Content, path: str) -> list[Sending]:
    """Return the rows of the log of sent stories about the story of a file, the latest first."""
    source = content.sources.get(path)
    found = [one for one in content.sendings if one.slug == source.slug] if isinstance(source, Story) else []
    return sorted(found, key=lambda one: one.sent_on, reverse=True)


def list_stories(content: Content) -> list[tuple[str, list[EditableFile]]]:
    """Return every story, sound or not, by the folder of its year, the latest year first."""
    broken = {problem.path.rpartition("/")[0] for problem in content.errors}
    files = [_describe_story(content, folder, is_broken=folder in broken) for folder in content.shown_from]
    by_year = sorted(files, key=lambda file: file.path.split("/")[2], reverse=True)
    grouped = groupby(by_year, key=lambda file: file.path.split("/")[2])
    return [(year, sorted(group, key=lambda file: sort_key(file.title))) for year, group in grouped]


def _describe_story(content: Content, folder: str, *, is_broken: bool) -> EditableFile:
    path = f"{folder}/{STORY_FILE}"
    story = content.sources.get(path)
    if gone := content.gone.get(path):
        return EditableFile(path, folder.rpartition("/")[2], "đã gỡ", gone.url)
    if not isinstance(story, Story):
        return EditableFile(path, folder.rpartition("/")[2], "có lỗi" if is_broken else "không đọc được")
    state = f"hẹn ngày {format_date(story.date)}" if story.date > content.day else "đăng"
    state = "bản nháp" if story.draft else "bài mẫu" if story.sample else state
    return EditableFile(path, story.title, state, story.url)


def list_editable(content: Content) -> list[tuple[str, list[EditableFile]]]:
    """Return the editable files that are no stories, by kind."""
    folders = (
        ("Danh mục", VOCABULARY),
        ("Trang cố định", f"{CONTENT}/{PAGES}"),
        ("Văn bản", f"{CONTENT}/{DOCUMENTS}"),
        ("Lời của báo cáo năm", f"{CONTENT}/{REPORTS}"),
    )
    return [(kind, [*_list_editable(content, folder)]) for kind, folder in folders]


def _list_editable(content: Content, folder: str) -> Iterator[EditableFile]:
    for name, _ in list_folder(content.project / folder):
        path = f"{folder}/{name}"
        source = content.sources.get(path)
        if name.endswith(EDITABLE):
            title = source.title if source else _NAMES.get(name, name)
            yield EditableFile(path, title, url=source.url if source else "")


def list_registers(project: Path) -> list[str]:
    """Return the paths of the registers, which staff edit in Excel."""
    folders = (f"{CONTENT}/{REGISTERS}", f"{CONTENT}/{PAPERS}")
    found = [f"{folder}/{name}" for folder in folders for name, _ in list_folder(project / folder)]
    found += [f"{CONTENT}/{SENT}"] if (project / CONTENT / SENT).is_file() else []
    return [path for path in found if path.endswith((".csv", ".xlsx"))]
