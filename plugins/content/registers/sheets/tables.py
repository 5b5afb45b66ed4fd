"""A table of cells as text, its limits, and the faults of cells."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from plugins.content.registers.sheets.number_formats import CellKind
from plugins.vietnamese import nfc

# A row has some 250 bytes: a larger file is not a year's register. MOST_TEXT counts shared strings at each use.
MOST_BYTES = 10_000_000
MOST_ROWS = 10_000
MOST_TEXT = 6_000_000
# A stray cell far to the right makes every row as wide as the sheet can be.
MOST_COLUMNS = 50
# A title may stand above the header.
MOST_ABOVE = 15
_VALUES_ONLY = "chép cột ấy rồi dán lại bằng Dán giá trị (Paste Values)"
AS_TEXT = "chọn kiểu Văn bản (Text) cho ô rồi gõ lại"
# Shown by Excel and LibreOffice for a failed formula, and for a number in too narrow a column.
_FAILED = re.compile(r"#(?:N/A|GETTING_DATA|[A-Z][A-Z0-9_/]*[!?])|Err:\d{3}")
_NO_ROOM = re.compile(r"#{3,}")
_SCIENTIFIC = re.compile(r"-?\d(?:[.,]\d+)?E[+-]\d{1,3}")
# Invisible characters, as web pages and chats insert them, and control characters.
_CONTROLS = "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"
_UNSEEN = re.compile(f"[{_CONTROLS}\xad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff]")
# Full-width letters of East Asian input methods, and digits of other scripts.
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_OTHER_DIGIT = re.compile(r"(?![0-9])\d")

# A function that counts the known headings in a row, and the count from which a row is the header of the table.
Wanted = tuple[Callable[[Sequence[str]], int], int]
# The second half of a message about a cell, and the fix.
CellFault = tuple[str, str]
UNCALCULATED: CellFault = ("có công thức chưa tính ra giá trị", _VALUES_ONLY)
FORMULA: CellFault = ("là công thức, không phải giá trị", _VALUES_ONLY)


@dataclass
class CellTable:
    """Rows of cells from the first row of the sheet, counted from 0, each NFC text without surrounding spaces."""

    rows: list[list[str]]
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)  # top, left, bottom, right
    faults: dict[tuple[int, int], CellFault] = field(default_factory=dict)  # by (row, column)
    dates: dict[tuple[int, int], CellKind] = field(default_factory=dict)  # of the cells that are dates and not text
    name: str = ""  # of the sheet
    from_1904: bool = False  # the date system of the workbook
    delimiter: str = ""  # of a CSV file


def clean_cell(cell: str) -> str:
    """Return the lines of a cell joined by “; ”, with single spaces, and letters and digits of normal width."""
    # Cached: short cells repeat.
    return _clean_again(cell) if len(cell) <= 40 else _clean(cell)


def _clean(cell: str) -> str:
    if _NOT_ASCII.search(cell):
        cell = _OTHER_DIGIT.sub(lambda digit: str(int(digit[0])), nfc(_UNSEEN.sub("", cell)).translate(_WIDE))
    elif not cell.isprintable():
        cell = _UNSEEN.sub("", cell)
    lines = (" ".join(line.split()).rstrip(";") for line in cell.splitlines())
    return "; ".join(line for line in lines if line)


_clean_again = lru_cache(maxsize=4096)(_clean)


def find_cell_fault(cell: str) -> CellFault | None:
    """Return the fault of a text that a spreadsheet wrote in place of a value, or None."""
    if cell[:1] not in "#E-0123456789":
        return None
    if _FAILED.fullmatch(cell):
        return broken_formula(cell)
    if _NO_ROOM.fullmatch(cell):
        return "chỉ còn ####, vì cột hẹp quá lúc lưu", "kéo cột cho rộng ra trong Excel rồi lưu lại"
    if _SCIENTIFIC.fullmatch(cell):
        return f"có số dài mà Excel rút thành {cell}", AS_TEXT
    return None


def broken_formula(shown: str) -> CellFault:
    """Return the fault of a cell whose formula failed."""
    return f"có công thức hỏng ({shown})", _VALUES_ONLY
