"""Tables of cells as text, their limits and faults; and reading them from workbooks, or CSV as any locale saves it."""

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import islice
from pathlib import Path

from plugins.content.registers.sheets.number_formats import CellKind
from plugins.content.registers.sheets.stranger import explain_other_text
from plugins.sources.problem import Problem
from plugins.sources.text import read_text
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
_AS_UTF8 = "trong Excel chọn Lưu thành…, kiểu CSV UTF-8, hoặc lưu thành .xlsx"
_SAVE_AGAIN = "mở tệp bằng Excel rồi lưu lại thành CSV UTF-8, hoặc lưu thành .xlsx"
# Excel allows 32,767 characters in a cell.
_MOST_OF_LINE = 200_000
# Excel accepts such a first line, and may write one.
_SEPARATOR = re.compile(r'"?sep=(.)"?')

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


def read_tables(
    file: Path, path: str, wanted: Sequence[Wanted], *, csv_only: bool = False
) -> tuple[list[CellTable | None], list[Problem]]:
    """Return a table for each of `wanted`, None if it is missing or not unique; a CSV file has only the first.

    Where a workbook would not be read (`csv_only`), no advice asks to save the file as one.
    """
    # Imported here, so that a project without workbooks does not load expat.
    if file.suffix.lower() != ".csv":
        from plugins.content.registers.sheets.workbook import read_workbook

        return read_workbook(file, path, wanted)
    read = read_delimited(file, path, wanted[0][0])
    if csv_only and isinstance(read, Problem) and ".xlsx" in read.fix:
        read = replace(read, fix="mở bằng Excel rồi lưu lại thành CSV UTF-8, giữ nguyên tên tệp")
    others: list[CellTable | None] = [None] * (len(wanted) - 1)
    return ([read, *others], []) if isinstance(read, CellTable) else ([None, *others], [read])


def read_delimited(file: Path, path: str, count: Callable[[Sequence[str]], int]) -> CellTable | Problem:
    """Read a file in UTF-8, or UTF-16 with a byte order mark; `count` gives the number of known headings in a row."""
    with suppress(OSError), file.open("rb") as opened:  # reported when the file is read whole
        if stranger := explain_other_text(opened.read(4096)):
            return Problem(path, 1, *stranger)
    text = read_text(file, path, most=MOST_BYTES, as_utf8=_AS_UTF8, utf16=True)
    if isinstance(text, Problem):
        return text
    table = CellTable([])
    try:
        table.delimiter = _find_delimiter(list(islice(_split_lines(text), MOST_ABOVE)), count)
        _read_rows(table, csv.reader(_split_lines(text), delimiter=table.delimiter, strict=True))
    except _ExcessError as excess:
        return Problem(path, max(1, len(table.rows)), str(excess), "chỉ giữ các dòng đăng ký của năm ấy trong tệp này")
    except csv.Error:
        return Problem(path, len(table.rows) + 1, "Dấu nháy kép mở mà không đóng, hoặc đứng giữa ô", _SAVE_AGAIN)
    return table


def _read_rows(table: CellTable, rows: Iterable[list[str]]) -> None:
    size = 0
    for at, row in enumerate(rows):
        if at == MOST_ROWS:
            raise _ExcessError(f"Sổ dài quá {MOST_ROWS} dòng")
        cells = [clean_cell(cell) for cell in row[:MOST_COLUMNS]]
        table.rows.append(cells)
        size += sum(map(len, cells))
        if size > MOST_TEXT:
            raise _ExcessError("Sổ có quá nhiều chữ")
        for place, cell in enumerate(cells):
            if fault := FORMULA if cell.startswith("=") else find_cell_fault(cell):
                table.faults[at, place] = fault


def _find_delimiter(first: list[str], count: Callable[[Sequence[str]], int]) -> str:
    """Return the delimiter: the one that the first line names, or that splits a line into the most headings."""
    named = _SEPARATOR.fullmatch(first[0].strip())
    marks = named[1] if named else ";,\t"
    cells = {mark: [line.split(mark, MOST_COLUMNS)[:MOST_COLUMNS] for line in first] for mark in marks}
    return max(cells, key=lambda mark: max(count([cell.strip('" \n') for cell in row]) for row in cells[mark]))


class _ExcessError(ValueError):
    """Raised for a text beyond a limit, which the message names."""


def _split_lines(text: str) -> Iterator[str]:
    """Yield the lines of a text lazily: there may be a million."""
    start = 0
    while start < len(text):
        end = text.find("\n", start) + 1 or len(text)
        if end - start > _MOST_OF_LINE:
            raise _ExcessError("Có dòng dài quá, không phải một dòng của sổ")
        yield text[start:end]
        start = end
