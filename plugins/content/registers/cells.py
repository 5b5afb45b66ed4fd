"""Parse a cell by its column, and detect text that a spreadsheet has turned into a date or a number. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from plugins.content.registers.columns import MAY_BE_DAY, parse_day
from plugins.content.registers.sheets.number_tokens import CellKind
from plugins.content.registers.sheets.tables import AS_TEXT
from plugins.sources.problem import Invalid
from plugins.vietnamese import fold

if TYPE_CHECKING:
    from plugins.content.registers.sheets.tables import CellTable
    from plugins.sources.schema import Key

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
