"""The cells of a register by row and attribute, and their comparison. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from plugins.content.registers.act import ActKind, Votes
from plugins.content.registers.columns import OFFICE_NAME
from plugins.content.registers.registration import State
from plugins.content.registers.sheets.tables import CellTable
from plugins.content.registers.table_reader import TableReader
from plugins.content.vocabulary.terms import Commune, ExemplarKind, Field, Movement
from plugins.content.vocabulary.vocabulary import NamedCommune
from plugins.sources.problem import Invalid
from plugins.sources.schema import Key
from plugins.vietnamese import format_date

Cells = dict[str, str]


@dataclass(frozen=True)
class Grid:
    """A table with the index of its header row and, in `places`, the column of each attribute."""

    keys: tuple[Key, ...]
    table: CellTable
    header: int
    places: dict[str, int] = field(default_factory=dict)

    @cached_property
    def by_attribute(self) -> dict[str, Key]:
        return {key.attribute: key for key in self.keys}

    def cells(self, at: int) -> Cells:
        """Return the cells of a row by attribute; "" for an empty one."""
        row = self.table.rows[at]
        return {name: row[place] if place < len(row) else "" for name, place in self.places.items()}

    def rows(self) -> list[tuple[int, Cells]]:
        """Return the non-empty rows below the header, each with its index."""
        found = ((at, self.cells(at)) for at in range(self.header + 1, len(self.table.rows)))
        return [(at, cells) for at, cells in found if any(cells.values())]

    def code(self, cells: Cells) -> str:
        """Return the normalized code of a row; "" if it has none or an unreadable one."""
        return str(parse(self.by_attribute["code"], cells.get("code", "")) or "")

    def communes(self, cells: Cells) -> list[Commune | None]:
        """Return the communes that a row may mean, those existing on its day first; None is the office."""
        named = parse(self.by_attribute["commune"], cells.get("commune", ""))
        if not isinstance(named, NamedCommune):
            return []
        day = parse(self.by_attribute["registered_on"], cells.get("registered_on", ""))
        return [*sorted(named.candidates, key=lambda one: not (day and one.existed_on(day)))] or [None]


def find_grid(table: CellTable, keys: tuple[Key, ...]) -> Grid:
    """Find the columns of a table, as reading the content does."""
    rows = TableReader("", keys, 1, [], again="", missed=())
    rows.find_header(table)
    return Grid(keys, table, rows.header, rows.places)


def parse(key: Key, cell: str) -> Any:
    """Return the value of a cell; None if it is empty or invalid."""
    try:
        return key.parse(cell) if cell else None
    except Invalid:
        return None


def normalize_cell(key: Key, cell: str) -> str:
    """Return a cell in the register's own spelling: names as in the vocabulary, dates as d/m/yyyy."""
    match parse(key, cell):
        case date() as day:
            return format_date(day)
        case Movement(short=name) | ExemplarKind(name=name) | Field(name=name) | str(name):
            return name
        case NamedCommune(candidates=(commune, *_), by_id=False):
            return str(commune.written)
        case NamedCommune(candidates=()):
            return OFFICE_NAME
        case State(label=label) | ActKind(label=label) | Votes(label=label):
            return label
    return cell


def mean_the_same(key: Key, before: str, after: str) -> bool:
    """Return whether two cells of a column have the same value, regardless of spelling."""
    if key.attribute == "status":
        before, after = before or State.REGISTERED.label, after or State.REGISTERED.label
    if before == after:
        return True
    meant = parse(key, before), parse(key, after)
    if isinstance(meant[0], NamedCommune) and isinstance(meant[1], NamedCommune):
        # An id, or “Đồng Xuân cũ”, is one of the candidates of the bare name.
        return bool(set(meant[0].candidates) & set(meant[1].candidates)) or meant[0] == meant[1]
    return None not in meant and meant[0] == meant[1]


def find_formula(grid: Grid, cells: Cells) -> tuple[str, str] | None:
    """Return the (message, fix) of a row with a cell that Excel would take for a formula, else None."""
    name = next((name for name, cell in cells.items() if cell.startswith("=")), None)
    if name is None:
        return None
    return f"Ô “{grid.by_attribute[name].name}” bắt đầu bằng dấu =", "xóa dấu = ở đầu ô"


def drop_unused(grid: Grid, given: Sequence[str]) -> None:
    """Clear the rows in which only the `given` columns are filled, and end merged cells above them."""
    unused = {at for at, cells in grid.rows() if not any(cells[name] for name in cells if name not in given)}
    table = grid.table
    for at in unused:
        table.rows[at] = [""] * len(table.rows[at])
    for number, (top, left, bottom, right) in enumerate(table.merged):
        last = next((at for at in range(bottom, top, -1) if at not in unused), top)
        table.merged[number] = top, left, last, right
