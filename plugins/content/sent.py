"""Read content/gui-bai.csv, the log of stories sent to other media, and where they were used."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from plugins.content.folders import SENT
from plugins.content.registers.columns import count_headings, parse_day
from plugins.content.registers.sheets.tables import CellTable, read_tables
from plugins.content.registers.table_reader import TableReader
from plugins.content.stories.story import Story
from plugins.content.vocabulary.files import is_missing
from plugins.markdown.references import CONTENT
from plugins.sources import values
from plugins.sources.problem import Level, Problem, suggest
from plugins.sources.schema import Key, Record
from plugins.vietnamese import fold, format_date, slugify

SENT_FILE = f"{CONTENT}/{SENT}"
SENT_COLUMNS = (
    Key("slug", "Bài", lambda value: slugify(values.text(value)), "Tên thư mục của bài", required=True, example="kenh"),
    Key("to", "Đã gửi tới", values.text, "Nơi nhận", required=True, example="Ban Thường trực Ủy ban MTTQ tỉnh"),
    Key("sent_on", "Ngày gửi", parse_day, "Ngày trước, tháng sau", required=True, example="5/4/2026"),
    Key("used_at", "Được dùng ở đâu", values.text, "Báo, trang, số; chưa được dùng thì để trống"),
    Key("used_on", "Ngày dùng", parse_day, "Ngày đăng ở nơi ấy"),
    Key("note", "Ghi chú", values.text, "Ghi cho cán bộ phụ trách đọc"),
)
# A row with this many known headings is the header.
_LEAST = 3
_AGAIN = f"ghi lại dòng đầu: {';'.join(key.name for key in SENT_COLUMNS)}"


@dataclass(frozen=True)
class Sending:
    """A row of the log: a story sent to a medium, and where it was used by the day of the content, or "".

    A story used in several places has several rows. The log is internal: no page shows it.
    """

    slug: str
    to: str
    sent_on: date
    used_at: str = ""
    used_on: date | None = None
    note: str = ""
    where: tuple[str, int] = ("", 0)

    @property
    def is_used(self) -> bool:
        return bool(self.used_at or self.used_on)


@dataclass(frozen=True)
class SentCount:
    """The number of distinct stories sent, and of those used."""

    sent: int = 0
    used: int = 0


NONE_SENT = SentCount()


def count_sent(sendings: Iterable[Sending], stories: Iterable[Story]) -> SentCount:
    """Count how many of these stories were sent and used."""
    slugs = {story.slug for story in stories}
    known = [one for one in sendings if one.slug in slugs]
    return SentCount(len({one.slug for one in known}), len({one.slug for one in known if one.is_used}))


def in_year(sendings: Iterable[Sending], year: int) -> tuple[Sending, ...]:
    """Return the rows sent in a year."""
    return tuple(one for one in sendings if one.sent_on.year == year)


def load_sendings(project: Path, slugs: Collection[str], day: date) -> tuple[tuple[Sending, ...], list[Problem]]:
    """Read the log as of a day; `slugs` are those of all stories. Rows with errors are left out."""
    file = project / CONTENT / SENT
    if is_missing(file):
        return (), []
    (table,), problems = read_tables(file, SENT_FILE, ((partial(count_headings, SENT_COLUMNS), _LEAST),), csv_only=True)
    if table is None and problems:
        return (), problems
    rows = TableReader(SENT_FILE, SENT_COLUMNS, _LEAST, problems, again=_AGAIN, missed={"slug", "to", "sent_on"})
    table = table or CellTable([])
    return (tuple(_read(rows, table, slugs, day)) if rows.find_header(table) else ()), problems


def _read(rows: TableReader, table: CellTable, slugs: Collection[str], day: date) -> Iterator[Sending]:
    seen: dict[tuple[object, ...], int] = {}
    for record in rows.read(table):
        _check(record, slugs, day)
        key = record.get("slug"), fold(record.get("to") or ""), record.get("sent_on"), fold(record.get("used_at") or "")
        if all(key[:3]) and key in seen:
            record.report(None, f"Dòng này ghi lại dòng {seen[key]}", "xóa một trong hai dòng")
        seen.setdefault(key, record.line)
        if rows.finish(record):
            sending = Sending(**record.values, where=(record.path, record.line))
            if sending.sent_on <= day:
                is_coming = sending.used_on is not None and sending.used_on > day
                yield replace(sending, used_at="", used_on=None) if is_coming else sending


def _check(record: Record, slugs: Collection[str], day: date) -> None:
    slug, sent, used = record.get("slug"), record.get("sent_on"), record.get("used_on")
    if slug and slug not in slugs:
        record.report(None, f"Không có bài “{slug}”", suggest(slug, slugs, "ghi tên thư mục của bài"))
    for name, on in (("Ngày gửi", sent), ("Ngày dùng", used)):
        if on and on > day:
            message = f"{name} {format_date(on)} còn ở phía trước (hôm nay là {format_date(day)})"
            record.report(None, message, "chưa tới ngày ấy thì chưa tính", Level.ADVICE)
    if sent and used and used < sent:
        message = f"Ngày dùng {format_date(used)} đứng trước ngày gửi {format_date(sent)}"
        record.report(None, message, "sửa một trong hai ngày")
    if used and not record.get("used_at"):
        record.report(None, f"Có ngày dùng {format_date(used)} mà không ghi dùng ở đâu", "ghi tên báo, trang, số")
