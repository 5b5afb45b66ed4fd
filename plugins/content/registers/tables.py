"""The cells of a register as a person left them, in CSV as Excel saves it or in a workbook; only text comes out."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from typing import TYPE_CHECKING, Any

from plugins import hint
from plugins.sources.problem import Level, Problem
from plugins.sources.text import read_text
from plugins.vietnamese import format_date, nfc

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from openpyxl.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

# A row is 250 bytes: what is larger is not a year's register.
_MOST_BYTES = 10_000_000
_MOST_ROWS = 10_000
# A stray cell far to the right makes every row as wide as the sheet can be.
_MOST_COLUMNS = 50
# What a workbook may hold once unpacked: bytes, elements of XML (a cell is two), cells that are merged into others.
_MOST_UNPACKED = 60_000_000
_MOST_TAGS = 1_500_000
_MOST_MERGED = 200_000
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\b[^>]*?\bref\s*=\s*[\"']([^\"'>]*)")
_AS_UTF8 = "trong Excel chọn Lưu thành…, kiểu CSV UTF-8, hoặc lưu thành .xlsx"
# What stands in a cell whose formula failed.
_FAILED = re.compile(r"#(REF!|N/A|VALUE!|NAME\?|DIV/0!|NULL!|NUM!)")
_VALUES_ONLY = "chép cột ấy rồi dán lại bằng Dán giá trị (Paste Values)"
# What is not seen: how Excel writes such characters, and what a web page or a chat puts between letters.
_ESCAPED = re.compile("_x(00[01][0-9A-Fa-f])_")
_CONTROLS = "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"
_UNSEEN = re.compile(f"[{_CONTROLS}\xad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff]")
# A title may stand above the header.
MOST_ABOVE = 15

# Tells how like a header a row is, and how much of that makes it one.
Wanted = tuple["Callable[[Sequence[str]], int]", int]


@dataclass
class Table:
    """Rows of cells from the first row of the sheet on, every cell NFC text without spaces at its ends.

    `merged` are ranges (top, left, bottom, right) and `faults` what is wrong with a cell, by (row, column), all from 0.
    `name` is of its sheet in a workbook.
    """

    rows: list[list[str]]
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    faults: dict[tuple[int, int], tuple[str, str]] = field(default_factory=dict)
    name: str = ""


def read_tables(file: Path, path: str, wanted: Sequence[Wanted]) -> tuple[list[Table | None], list[Problem]]:
    """Read, for each that is wanted, its table of a CSV file, which has the first alone, or of a workbook.

    None stands for one that is not there or cannot be told.
    """
    if file.suffix.lower() != ".csv":
        return _read_workbook(file, path, wanted)
    read = _read_csv(file, path, wanted[0][0])
    others: list[Table | None] = [None] * (len(wanted) - 1)
    return ([None, *others], [read]) if isinstance(read, Problem) else ([read, *others], [])


def _read_csv(file: Path, path: str, count: Callable[[Sequence[str]], int]) -> Table | Problem:
    """Read CSV in UTF-8, its cells parted by semicolons, commas or tabs; `count` tells how like a header a row is."""
    text = read_text(file, path, most=_MOST_BYTES, as_utf8=_AS_UTF8)
    if isinstance(text, Problem):
        return text
    first = text.split("\n", MOST_ABOVE)[:MOST_ABOVE]
    cells = {mark: [line.split(mark, _MOST_COLUMNS)[:_MOST_COLUMNS] for line in first] for mark in ";,\t"}
    delimiter = max(cells, key=lambda mark: max(count([cell.strip('" ') for cell in row]) for row in cells[mark]))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[list[str]] = []
    try:
        rows.extend([_clean(cell) for cell in row[:_MOST_COLUMNS]] for row in islice(reader, _MOST_ROWS + 1))
    except csv.Error:
        fix = "mở tệp bằng Excel rồi lưu lại thành CSV UTF-8, hoặc lưu thành .xlsx"
        return Problem(path, len(rows) + 1, "Dấu nháy kép mở mà không đóng, hoặc đứng giữa ô", fix)
    if len(rows) > _MOST_ROWS:
        message = f"Sổ dài quá {_MOST_ROWS} dòng"
        return Problem(path, _MOST_ROWS, message, "chỉ giữ các dòng đăng ký của năm ấy trong tệp này")
    table = Table(rows)
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            if cell.startswith("=") or _FAILED.match(cell):
                table.faults[at, column] = "là công thức, không phải giá trị", _VALUES_ONLY
    return table


def _read_workbook(file: Path, path: str, wanted: Sequence[Wanted]) -> tuple[list[Table | None], list[Problem]]:
    """Read, for each that is wanted, the one sheet of an .xlsx that has its header; None where that cannot be told.

    A formula gives the value that Excel last worked out.
    """
    # Imported here: what has no workbook does not wait for it.
    from openpyxl import load_workbook

    broken = Problem(path, 1, "Không mở được tệp Excel này (hỏng, hoặc có mật khẩu)", "mở bằng Excel rồi lưu lại")
    try:
        if too_large := _find_excess(file, path):
            return [None for _ in wanted], [too_large]
        book = load_workbook(file, data_only=True)
        # Only then is the file read twice.
        formulas = load_workbook(file) if _has_formula(file) else None
    except Exception:  # noqa: BLE001 - whatever a broken workbook makes openpyxl raise
        return [None for _ in wanted], [broken]
    # What is hidden is no register: nobody could be told to look at it.
    visible = [(sheet, _texts(sheet, MOST_ABOVE)) for sheet in book.worksheets if sheet.sheet_state == "visible"]
    tables: list[Table | None] = []
    problems: list[Problem] = []
    for count, least in wanted:
        found = [sheet for sheet, rows in visible if any(count(row) >= least for row in rows)]
        if len(found) > 1:
            names = " và ".join(f'"{sheet.title}"' for sheet in found[:2])
            problems.append(Problem(path, 1, f"Có cùng một bảng ở hai trang tính {names}", "chép về một trang tính"))
        if len(found) != 1:
            tables.append(None)
            continue
        table = _read_sheet(found[0], formulas[found[0].title] if formulas else None)
        table.name = found[0].title
        tables.append(table)
        if (last := found[0].max_row) > _MOST_ROWS:
            message = f"Trang tính kéo tới dòng {last}, chỉ đọc {_MOST_ROWS} dòng đầu"
            fix = "xóa (Delete) các dòng trống ở dưới bảng rồi lưu lại"
            problems.append(Problem(path, _MOST_ROWS, message, fix, Level.ADVICE))
    return tables, problems


def _find_excess(file: Path, path: str) -> Problem | None:
    """Return why a workbook would take minutes or gigabytes to open: openpyxl makes a cell of all that it reads."""
    if file.stat().st_size > _MOST_BYTES:
        return Problem(path, 1, "Tệp Excel nặng quá 10 MB", "xóa ảnh và các trang tính khác khỏi tệp")
    swollen = Problem(
        path,
        1,
        "Tệp Excel phình quá lớn khi mở ra (quá nhiều ô, hoặc ô gộp)",
        f"chép các dòng có chữ sang một tệp mới làm từ mẫu: {hint.command('register-template')}",
    )
    with zipfile.ZipFile(file) as package:
        entries = package.infolist()
        if sum(entry.file_size for entry in entries) > _MOST_UNPACKED:
            return swollen
        parts = [package.read(entry) for entry in entries if entry.filename.lower().endswith(".xml")]
    merged = sum(_area(ref[1].decode()) for part in parts for ref in _MERGED.finditer(part))
    tags = sum(part.count(b"<") for part in parts)
    return swollen if merged > _MOST_MERGED or tags > _MOST_TAGS else None


def _area(ref: str) -> int:
    """Return how many cells a range has; without end where it names whole rows or columns."""
    from openpyxl.utils import range_boundaries

    bounds = [bound for bound in range_boundaries(ref) if bound]
    return (bounds[2] - bounds[0] + 1) * (bounds[3] - bounds[1] + 1) if len(bounds) == 4 else _MOST_MERGED + 1


def _has_formula(file: Path) -> bool:
    with zipfile.ZipFile(file) as package:
        sheets = [name for name in package.namelist() if name.startswith("xl/worksheets/")]
        return any(re.search(rb"<(\w+:)?f[\s>/]", package.read(name)) for name in sheets)


def _read_sheet(sheet: Worksheet, formulas: Worksheet | None) -> Table:
    last = min(sheet.max_row, _MOST_ROWS)
    rows = _texts(sheet, last)
    table = Table(rows)
    table.merged = [(r.min_row - 1, r.min_col - 1, r.max_row - 1, r.max_col - 1) for r in sheet.merged_cells.ranges]
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            if _FAILED.match(cell):
                table.faults[at, column] = f"có công thức hỏng ({cell})", _VALUES_ONLY
    for at, formula_row in enumerate(_iterate(formulas, last) if formulas else ()):
        for column, value in enumerate(cell.value for cell in formula_row):
            if str(getattr(value, "text", value)).startswith("=") and not rows[at][column]:
                rows[at][column] = str(value)
                table.faults[at, column] = "có công thức chưa tính ra giá trị", _VALUES_ONLY
    return table


def _iterate(sheet: Worksheet, last: int) -> Iterator[tuple[Cell | MergedCell, ...]]:
    return sheet.iter_rows(max_row=last, max_col=min(sheet.max_column, _MOST_COLUMNS))


def _texts(sheet: Worksheet, last: int) -> list[list[str]]:
    return [[_as_text(cell) for cell in row] for row in _iterate(sheet, last)]


def _as_text(cell: Cell | MergedCell) -> str:
    """Return a cell as its writer sees it: dates day first, a comma before decimals, shares in percent."""
    value: Any = cell.value
    if value is None:
        return ""
    if isinstance(value, (date, datetime)):
        return format_date(value)
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, (int, float)):
        is_share = "%" in cell.number_format
        # As many digits as Excel shows.
        number = float(f"{value * (100 if is_share else 1):.15g}")
        text = str(int(number)) if number.is_integer() else str(number).replace(".", ",")
        return f"{text}%" if is_share else text
    return _clean(_ESCAPED.sub(lambda code: chr(int(code[1], 16)), str(value)))


def _clean(cell: str) -> str:
    """Return the lines of a cell joined by “; ”, with single spaces."""
    lines = (" ".join(line.split()).rstrip(";") for line in nfc(_UNSEEN.sub("", cell)).splitlines())
    return "; ".join(line for line in lines if line)
