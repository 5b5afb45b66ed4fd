"""What is to be changed in a table of a register, and a CSV file with it: all else keeps its very bytes."""

from __future__ import annotations

import csv
import io
import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from plugins.sources.problem import Invalid

if TYPE_CHECKING:
    from collections.abc import Iterable

    from plugins.registers.grid import Cells, Grid

# What a file begins with, and what its bytes are then.
_MARKS = {BOM_UTF8: "utf-8", BOM_UTF16_LE: "utf-16-le", BOM_UTF16_BE: "utf-16-be"}
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")


@dataclass
class Edits:
    """New text for cells, by the place of their row, and rows to add below the last; all by attribute."""

    changed: dict[int, Cells] = field(default_factory=dict)
    added: list[Cells] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.changed or self.added)


def find_end(grid: Grid) -> int:
    """Return the place of the last row that has a code: what is added follows it, above any sum or signature."""
    rows = [at for at, cells in grid.rows() if grid.code(cells) or (cells.get("code") and cells.get("name"))]
    return max(rows, default=grid.header)


def edit_csv(data: bytes | None, grid: Grid, edits: Edits) -> bytes:
    """Return a CSV file with some cells changed and rows added; made anew, as Excel reads it, where there is none."""
    if data is None:
        text, mark, encoding = _row(grid.table.rows[grid.header], ";", "\r\n"), BOM_UTF8, "utf-8"
    else:
        mark, encoding = next(((mark, name) for mark, name in _MARKS.items() if data.startswith(mark)), (b"", "utf-8"))
        text = data.removeprefix(mark).decode(encoding)
    lines = _LINE.findall(text)
    ends = Counter(line[len(line.rstrip("\r\n")) :] for line in lines if line[-1:] in "\r\n")
    end = ends.most_common(1)[0][0] if ends else "\r\n"
    delimiter = grid.table.delimiter or ";"
    records = _split_records(lines, delimiter)
    if len(records) != len(grid.table.rows) and data is not None:
        raise Invalid("Không đọc lại được sổ từng dòng như khi kiểm tra", "lưu sổ lại thành CSV UTF-8 rồi chạy lại")
    width = len(records[grid.header][0])
    written = [raw for _, raw in records]
    for at, cells in edits.changed.items():
        row, raw = records[at]
        row = row + [""] * (max(grid.places[name] for name in cells) + 1 - len(row))
        for name, value in cells.items():
            row[grid.places[name]] = value
        written[at] = _row(row, delimiter, raw[len(raw.rstrip("\r\n")) :])
    if edits.added:
        last = find_end(grid)
        if not written[last].endswith(("\r", "\n")):
            written[last] += end
        written[last + 1 : last + 1] = [_row(lay_out(grid, cells, width), delimiter, end) for cells in edits.added]
    return mark + "".join(written).encode(encoding)


def lay_out(grid: Grid, cells: Cells, width: int) -> list[str]:
    """Return a row of so many columns."""
    row = [""] * width
    for name, value in cells.items():
        if name in grid.places:
            row[grid.places[name]] = value
    return row


def _row(cells: Iterable[str], delimiter: str, end: str) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator="").writerow(cells)
    return f"{out.getvalue()}{end}"


def _split_records(lines: list[str], delimiter: str) -> list[tuple[list[str], str]]:
    """Return each row of cells with the text that it was read from."""
    reader = csv.reader(lines, delimiter=delimiter)
    records, begin = [], 0
    for row in reader:
        records.append((row, "".join(lines[begin : reader.line_num])))
        begin = reader.line_num
    return records
