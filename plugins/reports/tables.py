"""A table of counts: what the Word file, the workbook, the CSV and the page all show. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from plugins.vietnamese import format_date

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plugins.content.terms import Commune
    from plugins.exemplars.index import Matrix


@dataclass(frozen=True)
class Row:
    """What is counted, its counts by column, the page about it, and the name of its colour where it has one."""

    name: str
    counts: tuple[int, ...]
    url: str = ""
    color: str = ""

    @property
    def total(self) -> int:
        return sum(self.counts)


@dataclass(frozen=True)
class Table:
    """Counts with their headings, zeros included; a column always has a total.

    `divides`: its columns divide the whole, so that a row has a total too. Else they are views of it, the first of
    which is the whole.
    """

    id: str
    title: str
    first: str  # the heading over the names of the rows
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    divides: bool = False
    unit: str = "điển hình"

    @property
    def column_totals(self) -> tuple[int, ...]:
        return tuple(sum(row.counts[column] for row in self.rows) for column in range(len(self.columns)))

    @property
    def total(self) -> int:
        return sum(self.column_totals) if self.divides else self.column_totals[0]

    def whole(self, row: Row) -> int:
        """Return the number that a row's bar stands for."""
        return row.total if self.divides else row.counts[0]

    def share(self, row: Row) -> float:
        """Return the length of a row's bar in percent of the longest; 0 when all are 0."""
        most = max(map(self.whole, self.rows), default=0)
        return round(100 * self.whole(row) / most, 1) if most else 0.0


def matrix_table(
    matrix: Matrix, identifier: str, title: str, year: int, only: Sequence[Commune] | None = None
) -> Table:
    """Return a matrix of communes × fields as a table: communes that existed in the year, or where something is."""
    rows = tuple(
        Row(dated_name(row.commune), tuple(cell.count for cell in row.cells), row.commune.url)
        for row in matrix.rows
        if (row.total or existed_in(row.commune, year)) and (only is None or row.commune in only)
    )
    return Table(identifier, title, "Xã, thị trấn", tuple(term.short for term in matrix.fields), rows, divides=True)


def existed_in(commune: Commune, year: int) -> bool:
    """Tell whether there was such a commune on any day of the year."""
    since, until = commune.since, commune.until
    return (since is None or since.year <= year) and (until is None or year <= until.year)


def dated_name(commune: Commune) -> str:
    """Return the name in a list where an old commune of the same name may stand too."""
    return f"{commune.short} (từ {format_date(commune.since)})" if commune.since else commune.short
