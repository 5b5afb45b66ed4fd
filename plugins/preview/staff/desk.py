"""What the staff desk tells: what needs a hand today, and everything that can be edited, each with its path. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from plugins.content.as_of import as_of_its_day
from plugins.content.folders import AGENDA, DOCUMENTS, PAGES, PAPERS, REGISTERS, REPORTS, SCHEDULE, SENT, STORY_FILE
from plugins.content.stories.keys import story_keys
from plugins.content.stories.story import Story
from plugins.content.vocabulary.files import FOLDER as VOCABULARY
from plugins.content.vocabulary.offices import FILE as OFFICES
from plugins.editing.rewriting import read_guesses
from plugins.editing.saving import EDITABLE, open_file
from plugins.markdown.references import CONTENT
from plugins.registers.dues import format_time_left
from plugins.registers.progress import build_progress, known_years
from plugins.registers.tables import commune_name
from plugins.sources.folders import list_folder
from plugins.sources.problem import Invalid, Level
from plugins.vietnamese import format_date, format_number, sort_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from plugins.content.content import Content
    from plugins.content.sent import Sending
    from plugins.sources.problem import Problem

# Days before a deadline from which it is told.
_NEAR = 14
_NAMES = {
    OFFICES: "Cơ quan phụ trách, địa chỉ trang",
    "xa.yaml": "Địa bàn",
    "linh-vuc.yaml": "Lĩnh vực",
    "phong-trao.yaml": "Phong trào",
    SCHEDULE: "Hạn gửi văn bản từng năm",
    AGENDA: "Lịch họp, thăm và việc khác của cơ quan",
}
_SPREADSHEETS = (".csv", ".xlsx")


@dataclass(frozen=True)
class Draft:
    """A draft as it stands: `waits` says what is left to do before it can be published, "" when nothing is."""

    story: Story
    waits: str
    reminders: int


@dataclass(frozen=True)
class DueLine:
    """A commune whose papers are due soon or overdue: by its name, its place on the page of the year, and what."""

    name: str
    year: int
    anchor: str
    what: str
    is_late: bool


@dataclass(frozen=True)
class Entry:
    """Something that can be edited: its path, what it is called, how it stands, and its page, "" where it has none."""

    path: str
    title: str
    state: str = ""
    url: str = ""


def find_drafts(content: Content | None, stories: Iterable[Story], problems: Sequence[Problem]) -> list[Draft]:
    """Return the drafts, what is ready first."""
    found = [_describe_draft(content, story, problems) for story in stories if story.draft]
    return sorted(found, key=lambda draft: draft.waits != "")


def _describe_draft(content: Content | None, story: Story, problems: Sequence[Problem]) -> Draft:
    folder = story.path.removesuffix(STORY_FILE)
    own = [problem for problem in problems if problem.path.startswith(folder)]
    errors = sum(problem.level is Level.ERROR for problem in own)
    if errors:
        return Draft(story, f"còn {format_number(errors)} lỗi", len(own) - errors)
    if not story.body.prose.strip():
        return Draft(story, "chưa viết chữ nào", len(own))
    guesses = _count_guesses(content, story.path)
    return Draft(story, f"còn {format_number(guesses)} chỗ máy đoán chờ xem lại" if guesses else "", len(own))


def _count_guesses(content: Content | None, path: str) -> int:
    if content is None:
        return 0
    try:
        return len(read_guesses(open_file(content.project, path).text, story_keys(content.vocabulary)))
    except Invalid:
        return 0


def find_dues(content: Content | None) -> list[DueLine]:
    """Return the communes whose papers of the year are overdue or due soon, the latest first."""
    if content is None:
        return []
    year = next((year for year in known_years(content) if year <= content.day.year), None)
    if year is None:
        return []
    progress = build_progress(as_of_its_day(content), year)
    found = []
    for commune in progress.communes:
        late = {due.kind.label: days for due in commune.missing if (days := due.days_late(progress.day)) is not None}
        if near := {kind: days for kind, days in late.items() if days >= -_NEAR}:
            what = "; ".join(f"{kind} {format_time_left(days)}" for kind, days in near.items())
            line = DueLine(commune_name(progress, commune), year, commune.commune.id, what, max(near.values()) > 0)
            found.append((max(near.values()), line))
    return [line for _, line in sorted(found, key=lambda one: -one[0])]


def find_sendings(content: Content | None, path: str) -> list[Sending]:
    """Return when the story of a file was sent on, to whom, and where it was used, the latest first."""
    source = content.sources.get(path) if content else None
    found = (
        [one for one in content.sendings if one.slug == source.slug] if content and isinstance(source, Story) else []
    )
    return sorted(found, key=lambda one: one.sent_on, reverse=True)


def list_stories(content: Content | None) -> list[tuple[str, list[Entry]]]:
    """Return every story, sound or not, by the name of its year's folder, the latest first."""
    if content is None:
        return []
    broken = {problem.path.rpartition("/")[0] for problem in content.errors}
    entries = [_describe_story(content, folder, is_broken=folder in broken) for folder in content.shown_from]
    by_year = sorted(entries, key=lambda entry: entry.path.split("/")[2], reverse=True)
    grouped = groupby(by_year, key=lambda entry: entry.path.split("/")[2])
    return [(year, sorted(group, key=lambda entry: sort_key(entry.title))) for year, group in grouped]


def _describe_story(content: Content, folder: str, *, is_broken: bool) -> Entry:
    path = f"{folder}/{STORY_FILE}"
    story = content.sources.get(path)
    if gone := content.gone.get(path):
        return Entry(path, folder.rpartition("/")[2], "đã gỡ", gone.url)
    if not isinstance(story, Story):
        return Entry(path, folder.rpartition("/")[2], "có lỗi" if is_broken else "không đọc được")
    return Entry(path, story.title, _name_state(story, content), story.url)


def _name_state(story: Story, content: Content) -> str:
    if story.draft:
        return "bản nháp"
    if story.sample:
        return "bài mẫu"
    return f"hẹn ngày {format_date(story.date)}" if story.date > content.day else "đăng"


def list_files(project: Path, content: Content | None) -> list[tuple[str, list[Entry]]]:
    """Return all else that is edited here, by kind."""
    folders = (
        ("Danh mục", VOCABULARY),
        ("Trang cố định", f"{CONTENT}/{PAGES}"),
        ("Văn bản", f"{CONTENT}/{DOCUMENTS}"),
        ("Lời của báo cáo năm", f"{CONTENT}/{REPORTS}"),
    )
    return [(kind, [*_list_editable(project, folder, content)]) for kind, folder in folders]


def _list_editable(project: Path, folder: str, content: Content | None) -> Iterator[Entry]:
    for name, _ in list_folder(project / folder):
        path = f"{folder}/{name}"
        source = content.sources.get(path) if content else None
        if name.endswith(EDITABLE):
            title = source.title if source else _NAMES.get(name, name)
            yield Entry(path, title, url=source.url if source else "")


def list_registers(project: Path) -> list[str]:
    """Return the paths of the registers, which are edited in Excel."""
    folders = (f"{CONTENT}/{REGISTERS}", f"{CONTENT}/{PAPERS}")
    found = [f"{folder}/{name}" for folder in folders for name, _ in list_folder(project / folder)]
    if (project / CONTENT / SENT).is_file():
        found.append(f"{CONTENT}/{SENT}")
    return [path for path in found if path.endswith(_SPREADSHEETS)]
