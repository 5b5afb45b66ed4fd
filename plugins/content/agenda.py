"""Read content/danh-muc/lich.yaml, the calendar entries of the office."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path

from plugins.content.folders import AGENDA
from plugins.content.stories.reading import reference_slug
from plugins.content.vocabulary.files import FOLDER, NO_OVERRIDES, is_missing, load_terms
from plugins.sources import values
from plugins.sources.problem import Invalid, Problem, suggest
from plugins.sources.schema import Key, Need, Record, Value
from plugins.sources.text import read_text
from plugins.vietnamese import format_date

AGENDA_FILE = f"{FOLDER}/{AGENDA}"
_CLOCK = r"(\d{1,2})\s*(?:giờ|gio|[h:.])\s*(\d{2})?"
_HOURS = re.compile(rf"{_CLOCK}(?:\s*(?:[-–]|đến)\s*{_CLOCK})?", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*(?:→|->|=>)\s*")
Hours = tuple[time, "time | None"]
_WITHOUT_VISIT = Need(
    "khi không có mục thăm",
    "visit",
    lambda visit: visit is None,
    "Mục này không ghi việc gì",
    "thêm dòng việc: …, hoặc thăm: bài gốc → bài làm theo",
)


@dataclass(frozen=True)
class Visit:
    """A visit between an exemplar and its replica, by the slugs of their stories."""

    origin: str
    copy: str


@dataclass(frozen=True)
class Meeting:
    """A calendar entry from `day` through `until`; `hours` are its begin and end, if known."""

    day: date
    what: str = ""
    until: date | None = None
    hours: Hours | None = None
    place: str = ""
    who: str = ""
    visit: Visit | None = None


def parse_hours(value: Value) -> Hours:
    """Return the begin and the optional end: 8:00, 8 giờ 30, 8h-10h30."""
    written = values.text(value)
    found = _HOURS.fullmatch(written)
    try:
        begin, minute, end, minute_of_end = found.groups() if found else ("99", None, None, None)
        first = time(int(begin), int(minute or 0))
        last = time(int(end), int(minute_of_end or 0)) if end else None
    except ValueError:
        raise Invalid(f'Giờ "{written}" không đúng', "viết 8:00, hoặc 8:00-10:30") from None
    if last and last <= first:
        raise Invalid(f'Giờ "{written}" kết thúc trước khi bắt đầu', "viết giờ bắt đầu trước, ví dụ 8:00-10:30")
    return first, last


def parse_visit(value: Value) -> Visit:
    """Return a visit: “bai-goc → bai-lam-theo”, by folder names or addresses."""
    written = values.text(value)
    parts = _BETWEEN.split(written)
    if len(parts) != 2 or not all(parts):
        raise Invalid(f'Thăm "{written}" không đủ hai bài', "viết bài gốc → bài làm theo, ví dụ kenh → kenh-thon-2")
    return Visit(*map(reference_slug, parts))


MEETING_KEYS = (
    Key("day", "ngày", values.day, "Ngày, hay ngày đầu", required=True, example="15/4/2026"),
    Key("until", "đến ngày", values.day, "Ngày cuối, khi việc kéo dài nhiều ngày"),
    Key("hours", "giờ", parse_hours, "Giờ bắt đầu, có thể cả giờ kết thúc", example='"8:00-10:30"'),
    Key("what", "việc", values.text, "Việc gì; có mục thăm thì không bắt buộc", required_of=_WITHOUT_VISIT),
    Key("place", "nơi", values.text, "Ở đâu"),
    Key("who", "ai", values.text, "Ai dự, ai phụ trách"),
    Key("visit", "thăm", parse_visit, "Bài gốc → bài làm theo, bằng tên thư mục của bài", example="kenh → kenh-thon-2"),
)


def load_agenda(
    project: Path, slugs: Collection[str], overrides: Mapping[str, str] = NO_OVERRIDES
) -> tuple[tuple[Meeting, ...], list[Problem]]:
    """Read the calendar; empty if the file is missing or has only comments. `slugs` are those of all stories."""
    problems: list[Problem] = []
    if AGENDA_FILE not in overrides and is_missing(project / AGENDA_FILE):
        return (), problems
    text = read_text(project / AGENDA_FILE, AGENDA_FILE, overrides)
    if isinstance(text, str) and not re.search(r"^\s*[^\s#]", text, re.MULTILINE):
        return (), problems
    meetings = []
    for meeting, record in load_terms(project, AGENDA, MEETING_KEYS, Meeting, problems, overrides):
        told = len(problems)
        _check(meeting, record, slugs)
        if len(problems) == told:
            meetings.append(meeting)
    return tuple(meetings), problems


def _check(meeting: Meeting, record: Record, slugs: Collection[str]) -> None:
    if meeting.until and meeting.until < meeting.day:
        message = f"Đến ngày {format_date(meeting.until)} đứng trước ngày {format_date(meeting.day)}"
        record.report("until", message, "sửa một trong hai ngày")
    if meeting.until and meeting.until != meeting.day and meeting.hours:
        record.report("hours", "Việc nhiều ngày không ghi giờ", "bỏ mục giờ, hoặc ghi mỗi ngày một mục")
    for slug in (meeting.visit.origin, meeting.visit.copy) if meeting.visit else ():
        if slug not in slugs:
            record.report("visit", f"Không có bài “{slug}”", suggest(slug, slugs, "ghi tên thư mục của bài"))
