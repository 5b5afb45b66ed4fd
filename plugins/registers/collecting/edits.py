"""The edits of a table, and how they are made in a CSV file, where other lines keep their bytes."""

import csv
import io
import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from plugins.registers.grid import Cells, Grid
from plugins.sources.problem import Invalid

# Byte order marks, and the encoding of the rest.
_MARKS = {BOM_UTF8: "utf-8", BOM_UTF16_LE: "utf-16-le", BOM_UTF16_BE: "utf-16-be"}
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")


@dataclass
class Edits:
    """Changed cells by row index, and rows to add after the last; cells are by attribute."""

    changed: dict[int, Cells] = field(default_factory=dict)
    added: list[Cells] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.changed or self.added)


def find_end(grid: Grid) -> int:
    """Return the row after which rows are added: the last with a code, above any sum; without codes, with text."""
    if "code" not in grid.by_attribute:
        return max((at for at, _ in grid.rows()), default=grid.header)
    rows = [at for at, cells in grid.rows() if grid.code(cells) or (cells.get("code") and cells.get("name"))]
    return max(rows, default=grid.header)


def edit_csv(data: bytes | None, grid: Grid, edits: Edits) -> bytes:
    """Return an edited CSV file; without `data`, a new one for Excel. Invalid if its lines cannot be told apart."""
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
        written[at] = _row(_fill(row, grid, cells), delimiter, raw[len(raw.rstrip("\r\n")) :])
    if edits.added:
        last = find_end(grid)
        if not written[last].endswith(("\r", "\n")):
            written[last] += end
        written[last + 1 : last + 1] = [_row(_fill([""] * width, grid, cells), delimiter, end) for cells in edits.added]
    return mark + "".join(written).encode(encoding)


def _fill(row: Sequence[str], grid: Grid, cells: Cells) -> list[str]:
    """Return a row with some cells set, longer if needed."""
    places = {grid.places[name]: value for name, value in cells.items() if name in grid.places}
    filled = [*row, *[""] * (max(places, default=0) + 1 - len(row))]
    for place, value in places.items():
        filled[place] = value
    return filled


def _row(cells: Iterable[str], delimiter: str, end: str) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator="").writerow(cells)
    return f"{out.getvalue()}{end}"


def _split_records(lines: list[str], delimiter: str) -> list[tuple[list[str], str]]:
    """Return each row of cells with its source text."""
    reader = csv.reader(lines, delimiter=delimiter)
    rows = [([], 0), *((row, reader.line_num) for row in reader)]
    return [(row, "".join(lines[begin:end])) for (_, begin), (row, end) in pairwise(rows)]
