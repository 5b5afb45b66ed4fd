"""Read tables: CSV with semicolons, commas or tabs, as spreadsheets of any locale save it, and workbooks."""

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import islice
from pathlib import Path

from plugins.content.registers.sheets import tables
from plugins.content.registers.sheets.stranger import explain_other_text
from plugins.sources.problem import Problem
from plugins.sources.text import read_text

_AS_UTF8 = "trong Excel chọn Lưu thành…, kiểu CSV UTF-8, hoặc lưu thành .xlsx"
_SAVE_AGAIN = "mở tệp bằng Excel rồi lưu lại thành CSV UTF-8, hoặc lưu thành .xlsx"
# Excel allows 32,767 characters in a cell.
_MOST_OF_LINE = 200_000
# Excel accepts such a first line, and may write one.
_SEPARATOR = re.compile(r'"?sep=(.)"?')


def read_tables(
    file: Path, path: str, wanted: Sequence[tables.Wanted], *, csv_only: bool = False
) -> tuple[list[tables.CellTable | None], list[Problem]]:
    """Return a table for each of `wanted`, None if it is missing or not unique; a CSV file has only the first.

    Where a workbook would not be read (`csv_only`), no advice asks to save the file as one.
    """
    # Imported here, so that a project without workbooks does not load expat and the number formats.
    if file.suffix.lower() != ".csv":
        from plugins.content.registers.sheets.workbook import read_workbook

        return read_workbook(file, path, wanted)
    read = read_delimited(file, path, wanted[0][0])
    if csv_only and isinstance(read, Problem) and ".xlsx" in read.fix:
        read = replace(read, fix="mở bằng Excel rồi lưu lại thành CSV UTF-8, giữ nguyên tên tệp")
    others: list[tables.CellTable | None] = [None] * (len(wanted) - 1)
    return ([read, *others], []) if isinstance(read, tables.CellTable) else ([None, *others], [read])


def read_delimited(file: Path, path: str, count: Callable[[Sequence[str]], int]) -> tables.CellTable | Problem:
    """Read a file in UTF-8, or UTF-16 with a byte order mark; `count` gives the number of known headings in a row."""
    with suppress(OSError), file.open("rb") as opened:  # reported when the file is read whole
        if stranger := explain_other_text(opened.read(4096)):
            return Problem(path, 1, *stranger)
    text = read_text(file, path, most=tables.MOST_BYTES, as_utf8=_AS_UTF8, utf16=True)
    if isinstance(text, Problem):
        return text
    table = tables.CellTable([])
    try:
        table.delimiter = _find_delimiter(list(islice(_split_lines(text), tables.MOST_ABOVE)), count)
        _read_rows(table, csv.reader(_split_lines(text), delimiter=table.delimiter, strict=True))
    except _ExcessError as excess:
        return Problem(path, max(1, len(table.rows)), str(excess), "chỉ giữ các dòng đăng ký của năm ấy trong tệp này")
    except csv.Error:
        return Problem(path, len(table.rows) + 1, "Dấu nháy kép mở mà không đóng, hoặc đứng giữa ô", _SAVE_AGAIN)
    return table


def _read_rows(table: tables.CellTable, rows: Iterable[list[str]]) -> None:
    size = 0
    for at, row in enumerate(rows):
        if at == tables.MOST_ROWS:
            raise _ExcessError(f"Sổ dài quá {tables.MOST_ROWS} dòng")
        cells = [tables.clean_cell(cell) for cell in row[: tables.MOST_COLUMNS]]
        table.rows.append(cells)
        size += sum(map(len, cells))
        if size > tables.MOST_TEXT:
            raise _ExcessError("Sổ có quá nhiều chữ")
        for place, cell in enumerate(cells):
            if fault := tables.FORMULA if cell.startswith("=") else tables.find_cell_fault(cell):
                table.faults[at, place] = fault


def _find_delimiter(first: list[str], count: Callable[[Sequence[str]], int]) -> str:
    """Return the delimiter: the one that the first line names, or that splits a line into the most headings."""
    named = _SEPARATOR.fullmatch(first[0].strip())
    marks = named[1] if named else ";,\t"
    cells = {mark: [line.split(mark, tables.MOST_COLUMNS)[: tables.MOST_COLUMNS] for line in first] for mark in marks}
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
