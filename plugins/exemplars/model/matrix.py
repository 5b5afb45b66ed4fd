"""The matrix of places × fields: what each cell counts, how rich its motif is, and rows in parts that a phone can hold.

Pure. The steps are the same in every table, so that 2 looks like 2 wherever it stands.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from plugins.content.territory.kinds import KINDS_BY_NAME
from plugins.vietnamese import NUMBERS, capitalize, format_date, initial

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from plugins.content.stories.listed import Listed
    from plugins.content.vocabulary.terms import Commune, Field

# The motif of a cell grows richer at each of these counts.
STEPS = (1, 2, 3, 5)
# The most rows of one part of a table, and how many of the most told places stand before the parts.
MOST_ROWS = 24
LEADING = 12
# In the order in which a list names them.
_KINDS = tuple(KINDS_BY_NAME)


def find_step(count: int) -> int:
    """Return how rich the motif of a count is: 0 for none, then one more at each of STEPS."""
    return bisect_right(STEPS, count)


def _range(first: int, following: int) -> str:
    return str(first) if following == first + 1 else f"{first}–{following - 1}"


# What each step from 1 on stands for, in words.
LEGEND = (*map(_range, STEPS, STEPS[1:]), f"{STEPS[-1]} trở lên")


@dataclass(frozen=True)
class Cell:
    """One cell of a matrix: how many exemplars, and the page (or the part of it) that lists exactly those."""

    field: Field
    count: int
    url: str

    @property
    def step(self) -> int:
        return find_step(self.count)


@dataclass(frozen=True)
class Row:
    """A commune's cells in the order of the fields, its total, and the page that lists them all."""

    commune: Commune
    cells: tuple[Cell, ...]
    total: int
    url: str


class Group(NamedTuple):
    """Rows under one heading: of one time, and where these are many, of one kind of place and a few letters."""

    title: str
    rows: tuple[Row, ...]

    @property
    def total(self) -> int:
        return sum(row.total for row in self.rows)


@dataclass(frozen=True)
class Matrix:
    """Communes × fields. Every exemplar is counted once: in its commune, under its main field."""

    fields: tuple[Field, ...]
    times: tuple[tuple[Row, ...], ...]  # communes that have ended, then those of today

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """Every commune's, those without an exemplar too."""
        return tuple(row for rows in self.times for row in rows)

    @cached_property
    def told(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.total)

    @cached_property
    def quiet(self) -> tuple[Row, ...]:
        """Communes of which no exemplar is told: a line of names says it better than rows of zeros."""
        return tuple(row for row in self.rows if not row.total)

    @property
    def is_long(self) -> bool:
        return len(self.told) > MOST_ROWS

    @cached_property
    def ranked(self) -> tuple[Row, ...]:
        """The communes that tell something, those with the most exemplars first."""
        return tuple(sorted(self.told, key=lambda row: (-row.total, row.commune.sort_key)))

    @property
    def leading(self) -> tuple[Row, ...]:
        """What stands before the parts of a matrix that is too long to be read whole."""
        return self.ranked[:LEADING]

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """The rows that tell something, in parts."""
        return tuple(_group([tuple(row for row in rows if row.total) for rows in self.times]))

    @cached_property
    def column_totals(self) -> tuple[int, ...]:
        return tuple(sum(row.cells[i].count for row in self.rows) for i in range(len(self.fields)))

    @cached_property
    def total(self) -> int:
        return sum(self.column_totals)


def weave(
    fields: tuple[Field, ...],
    times: Iterable[Iterable[Commune]],
    by_pair: Mapping[tuple[Commune, Field], Sequence[Listed]],
    address: Callable[[Commune, str], str],
) -> Matrix:
    """Return the matrix of the communes of each time; `address` gives the place that lists what a page counts."""

    def row(commune: Commune) -> Row:
        cells = tuple(
            Cell(term, len(by_pair.get((commune, term), ())), address(commune, commune.pair_url(term)))
            for term in fields
        )
        return Row(commune, cells, sum(cell.count for cell in cells), address(commune, commune.url))

    return Matrix(fields, tuple(rows for communes in times if (rows := tuple(map(row, communes)))))


def _group(times: Sequence[tuple[Row, ...]]) -> Iterator[Group]:
    for rows in filter(None, times):
        time = _name_time(rows[0].commune) if len(times) > 1 else ""
        if len(rows) <= MOST_ROWS:
            yield Group(time, rows)
            continue
        kinds: dict[str, list[Row]] = {}
        for row in rows:
            kinds.setdefault(row.commune.type, []).append(row)
        for kind, same in sorted(kinds.items(), key=lambda item: _KINDS.index(item[0])):
            for span, part in _cut(same):
                name = f"{capitalize(kind)} {span}".rstrip()
                yield Group(f"{time}: {name}" if time else name, tuple(part))


def _name_time(commune: Commune) -> str:
    if commune.until:
        return f"Đến {format_date(commune.until)}"
    return f"Từ {format_date(commune.since)}" if commune.since else "Hiện nay"


def _cut(rows: Sequence[Row]) -> Iterator[tuple[str, list[Row]]]:
    """Yield rows of one kind in parts of at most MOST_ROWS, cut between letters, each with what it spans: A–C."""
    if len(rows) <= MOST_ROWS:
        yield "", list(rows)
        return
    pieces = [piece for _, run in groupby(rows, _initial) for piece in _halve(list(run))]
    while pieces:
        part = pieces.pop(0)
        while pieces and len(part) + len(pieces[0]) <= MOST_ROWS:
            part += pieces.pop(0)
        yield _span(part, rows), part


def _halve(rows: list[Row]) -> Iterator[list[Row]]:
    """Yield rows of one letter in as few parts as hold them, about as long as each other."""
    parts = -(-len(rows) // MOST_ROWS)
    for part in range(parts):
        yield rows[len(rows) * part // parts : len(rows) * (part + 1) // parts]


def _initial(row: Row) -> str:
    return initial(row.commune.name)


def _span(part: Sequence[Row], rows: Sequence[Row]) -> str:
    """Return what a part spans: its letters, or its names where a letter is cut or numbers are all there is."""
    first, last = _initial(part[0]), _initial(part[-1])
    among = {row.commune.id for row in part}
    is_cut = any(_initial(row) in (first, last) and row.commune.id not in among for row in rows)
    if is_cut or first == NUMBERS:
        first, last = part[0].commune.name, part[-1].commune.name
    return first if first == last else f"{first} – {last}" if " " in first + last else f"{first}–{last}"
