"""A table of a register with what stands in which column, and cells spelled as a register keeps them. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from plugins.content.registers.act import ActKind, Votes
from plugins.content.registers.columns import OFFICE_NAME, count_headings
from plugins.content.registers.registration import State
from plugins.content.registers.rows import Rows
from plugins.content.registers.sheets.tables import MOST_ABOVE
from plugins.content.terms import Field, Kind, Movement
from plugins.content.vocabulary import NamedCommune
from plugins.sources.problem import Invalid
from plugins.vietnamese import format_date

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plugins.content.registers.sheets.tables import Table
    from plugins.sources.schema import Key

Cells = dict[str, str]


@dataclass(frozen=True)
class Grid:
    """The rows under the headings at row `header`, from 0; `places` are the columns by attribute."""

    keys: tuple[Key, ...]
    table: Table
    header: int
    places: dict[str, int] = field(default_factory=dict)

    @cached_property
    def by_attribute(self) -> dict[str, Key]:
        return {key.attribute: key for key in self.keys}

    def cells(self, at: int) -> Cells:
        """Return what stands in a row, by attribute; "" where nothing does."""
        row = self.table.rows[at]
        return {name: row[place] if place < len(row) else "" for name, place in self.places.items()}

    def rows(self) -> list[tuple[int, Cells]]:
        """Return the rows below the headings in which there is anything, by their place from 0."""
        found = ((at, self.cells(at)) for at in range(self.header + 1, len(self.table.rows)))
        return [(at, cells) for at, cells in found if any(cells.values())]

    def code(self, cells: Cells) -> str:
        """Return the code of a row as it is kept; "" where there is none that can be read."""
        return str(parse(self.by_attribute["code"], cells.get("code", "")) or "")


def find_grid(table: Table, keys: tuple[Key, ...]) -> Grid:
    """Return a table with its columns found, as whatever reads it finds them."""
    counts = [count_headings(keys, row) for row in table.rows[:MOST_ABOVE]]
    rows = Rows("", keys, 1, [], again="", missed=())
    rows.find_header(table)
    return Grid(keys, table, counts.index(max(counts)) if counts else 0, rows.places)


def parse(key: Key, cell: str) -> Any:
    """Return what a cell means; None when it is empty or cannot be understood."""
    try:
        return key.parse(cell) if cell else None
    except Invalid:
        return None


def spell(key: Key, cell: str) -> str:
    """Return a cell as a register keeps it: names as the vocabulary has them, days day first."""
    match parse(key, cell):
        case date() as day:
            kept = format_date(day)
        case Movement(short=name) | Kind(name=name) | Field(name=name):
            kept = name
        case NamedCommune(candidates=(commune, *_), by_id=False):
            kept = commune.name
        case NamedCommune(candidates=()):
            kept = OFFICE_NAME
        case State(label=label) | ActKind(label=label) | Votes(label=label):
            kept = label
        case str() as text:
            kept = text
        case _:
            kept = cell
    return kept


def mean_the_same(key: Key, before: str, after: str) -> bool:
    """Tell whether two cells of a column say the same, however they are written."""
    if key.attribute == "status":
        before, after = before or State.REGISTERED.label, after or State.REGISTERED.label
    if before == after:
        return True
    meant = parse(key, before), parse(key, after)
    if isinstance(meant[0], NamedCommune) and isinstance(meant[1], NamedCommune):
        # An id, or “Nam Dong cũ”, names one of those that the bare name may mean.
        return bool(set(meant[0].candidates) & set(meant[1].candidates)) or meant[0] == meant[1]
    return None not in meant and meant[0] == meant[1]


def find_formula(grid: Grid, cells: Cells) -> tuple[str, str] | None:
    """Return what is wrong with a row whose text would be taken for a formula where it is written; None of others."""
    name = next((name for name, cell in cells.items() if cell.startswith("=")), None)
    if name is None:
        return None
    return f"Ô “{grid.by_attribute[name].name}” bắt đầu bằng dấu =", "xóa dấu = ở đầu ô"


def drop_unused(grid: Grid, given: Sequence[str]) -> None:
    """Empty the rows of a workbook that hold no more than what they were `given`, and end merged cells above them."""
    unused = {at for at, cells in grid.rows() if not any(cells[name] for name in cells if name not in given)}
    table = grid.table
    for at in unused:
        table.rows[at] = [""] * len(table.rows[at])
    for number, (top, left, bottom, right) in enumerate(table.merged):
        last = next((at for at in range(bottom, top, -1) if at not in unused), top)
        table.merged[number] = top, left, last, right
