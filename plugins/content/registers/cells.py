"""Parse a cell by its column, and detect values turned by a spreadsheet into a date, a number or another date. Pure."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from plugins.content.registers.columns import MAY_BE_DAY, parse_day
from plugins.content.registers.sheets.number_tokens import CellKind
from plugins.content.registers.sheets.tables import AS_TEXT, CellTable
from plugins.sources.problem import Invalid
from plugins.sources.schema import Key
from plugins.vietnamese import fold

# Excel turns a typed 3/5 or 5/2020 into 3-May, May-20, 03-Thg5, or a whole date.
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|thg\s?\d{1,2})[a-z]*"
_MONTH_IN_LETTERS = re.compile(rf"\d{{1,2}}[-/ ]{_MONTH}(?:[-/ ]\d{{2,4}})?|{_MONTH}[-/ ]\d{{2,4}}", re.IGNORECASE)
_WHOLE_DATE = re.compile(r"(?:\d{1,2}[/-]\d{1,2}[/-]\d{4}|\d{4}-\d\d-\d\d)(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?")
# A date of this century in a cell that was reformatted as text; no hamlet, office or name is such a number.
_SERIAL = re.compile(r"(?:3[7-9]|4\d|5[0-4])\d{3}")
# Like the cell above: nt, như trên, ", 〃, //, - nt -. Sorted otherwise, it would mean another cell.
_DITTO = re.compile(r"[-–—.\s(]*(?:n\s?[./]?\s?t|nhu tren)[-–—.\s)]*|[-–—\s]*(?:[\"“”„″〃]+|''|//+)[-–—\s]*")
_MAY_BE_NUMBER = (*MAY_BE_DAY, "result", "number")


def parse_cell(key: Key, cell: str, table: CellTable, place: tuple[int, int]) -> Any:
    """Return the value of a non-empty cell; Invalid if it has none, or a spreadsheet has changed it."""
    if fault := table.faults.get(place):
        raise Invalid(f'Ô "{key.name}" {fault[0]}', fault[1])
    if _DITTO.fullmatch(cell) or _DITTO.fullmatch(fold(cell)):
        raise Invalid(f'Ô "{key.name}" ghi “như trên” ({cell})', "ghi lại đầy đủ: mỗi dòng được đọc riêng")
    if key.parse is parse_day:
        if table.dates.get(place) is CellKind.PART_OF_DATE and cell.count("/") < 2:
            raise Invalid(f'Ô "{key.name}" chỉ hiện {cell}, không đủ ngày, tháng, năm', f"{AS_TEXT}, ví dụ 19/8/2020")
        return key.parse(cell)
    is_part = table.dates.get(place) is CellKind.PART_OF_DATE or _MONTH_IN_LETTERS.fullmatch(cell)
    is_date = place in table.dates or _WHOLE_DATE.fullmatch(cell)
    is_serial = key.attribute not in _MAY_BE_NUMBER and _SERIAL.fullmatch(cell)
    if is_part or is_serial or (is_date and key.attribute not in MAY_BE_DAY):
        raise Invalid(f'Ô "{key.name}" là một ngày ({cell}): Excel đã đổi chữ gõ vào thành ngày', AS_TEXT)
    return key.parse(cell)


def explain_exchange(day: str, meant: str, beside: str, *, is_date: bool) -> Invalid:
    """Return the error for a date whose day and month were exchanged."""
    message = f"Ngày {day} có lẽ là {meant}, bị đảo với tháng khi mở bằng Excel tiếng Anh (cùng cột có chữ {beside})"
    as_text = "đổi cả cột sang kiểu Văn bản (Text) rồi gõ lại" if is_date else "gõ lại cả cột"
    return Invalid(message, f"đối chiếu giấy tờ; {as_text} theo ngày/tháng/năm")


_DAY = re.compile(r"(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4}|\d{2})(?:[ T].*)?")

_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[ T].*)?")


@dataclass(frozen=True)
class SwappedDates:
    """Rows whose day and month were likely exchanged, with the dates meant; `beside` is a cell that suggests it.

    `is_certain` if no cell of the column contradicts it.
    """

    meant: Mapping[int, str]
    beside: str
    is_certain: bool


@dataclass
class _Side:
    """The date cells of a column, or the text cells: those valid in either order, and those in one only."""

    either: dict[int, str] = field(default_factory=dict)
    day_first: list[str] = field(default_factory=list)
    month_first: list[str] = field(default_factory=list)

    def swapped(self, beside: list[str], *, is_certain: bool) -> SwappedDates:
        meant = {row: _exchange(text) for row, text in self.either.items() if _exchange(text) != text}
        return SwappedDates(meant, beside[0], is_certain)


def find_swapped_dates(days: Iterable[tuple[int, str, bool]]) -> list[SwappedDates]:
    """Return the likely swaps in a column of days, given as (row, text, whether it is a date cell)."""
    dates, texts = _Side(), _Side()
    for row, written, is_date in days:
        iso = _ISO.fullmatch(written)  # how some locales save a date cell as CSV
        text = f"{int(iso[3])}/{int(iso[2])}/{iso[1]}" if iso else written
        side = dates if is_date or iso else texts
        if not (found := _DAY.fullmatch(text)):
            continue
        first, second = int(found[1]), int(found[2])
        if first <= 12 and second <= 12:
            side.either[row] = text
        else:
            (side.day_first if first > 12 else side.month_first).append(text)
    swaps = []
    left, late = texts.day_first + texts.month_first, len(dates.day_first)
    if left and len(dates.either) > 4 * late:
        # Text valid in either order would have become a date too.
        is_certain = not texts.either and not late
        if is_certain or len(dates.either) >= 5:
            swaps.append(dates.swapped(left, is_certain=is_certain))
    if texts.month_first and 4 * len(texts.month_first) > len(texts.day_first):
        is_certain = not texts.day_first and not late
        if is_certain or len(texts.month_first) >= 2:
            swaps.append(texts.swapped(texts.month_first, is_certain=is_certain))
    return [swap for swap in swaps if swap.meant]


def _exchange(text: str) -> str:
    found = _DAY.fullmatch(text)
    return f"{int(found[2])}/{int(found[1])}/{found[3]}" if found else text
