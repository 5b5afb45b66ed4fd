"""The edits of a table, and where its rows end."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from plugins.registers.grid import Cells, Grid


@dataclass
class Edits:
    """Changed cells by the index of their row, and rows to add after the last; cells by attribute."""

    changed: dict[int, Cells] = field(default_factory=dict)
    added: list[Cells] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.changed or self.added)


def find_end(grid: Grid) -> int:
    """Return the index of the last row with a code, above any sum or signature: added rows follow it.

    Of a table without codes it is the last row that says anything.
    """
    if "code" not in grid.by_attribute:
        return max((at for at, _ in grid.rows()), default=grid.header)
    rows = [at for at, cells in grid.rows() if grid.code(cells) or (cells.get("code") and cells.get("name"))]
    return max(rows, default=grid.header)
