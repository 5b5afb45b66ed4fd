"""The matrix of places × fields: counts, the motif of each count, and rows in groups that fit a phone. Pure."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, pairwise
from typing import NamedTuple

from plugins.content.stories.listed import Listed
from plugins.content.territory.kinds import KINDS_BY_NAME
from plugins.content.vocabulary.terms import Commune, Field
from plugins.vietnamese import NUMBERS, capitalize, format_date, initial

# A cell's motif grows richer at each of these counts, the same in every table.
STEPS = (1, 2, 3, 5)
# The most rows of one group, and how many of the places with most exemplars are shown before the groups.
MOST_ROWS = 24
LEADING = 12
# In the order of a list of places.
_KINDS = tuple(KINDS_BY_NAME)


def find_step(count: int) -> int:
    """Return the motif of a count: 0 for none, then one more at each of STEPS."""
    return bisect_right(STEPS, count)


# The counts of each step from 1 on, in words.
LEGEND = (*(str(a) if b == a + 1 else f"{a}–{b - 1}" for a, b in pairwise(STEPS)), f"{STEPS[-1]} trở lên")


@dataclass(frozen=True)
class MatrixCell:
    """A number of exemplars, and the page (or its part) that lists exactly those."""

    field: Field
    count: int
    url: str

    @property
    def step(self) -> int:
        return find_step(self.count)


@dataclass(frozen=True)
class MatrixRow:
    """A commune's cells in the order of the fields, its total, and the page that lists them all."""

    commune: Commune
    cells: tuple[MatrixCell, ...]
    total: int
    url: str


class RowGroup(NamedTuple):
    """Rows under one heading: of one period, and where those are many, of one kind of place and a few letters."""

    title: str
    rows: tuple[MatrixRow, ...]

    @property
    def total(self) -> int:
        return sum(row.total for row in self.rows)


@dataclass(frozen=True)
class Matrix:
    """Communes × fields, every exemplar counted once: in its commune, under its main field."""

    fields: tuple[Field, ...]
    periods: tuple[tuple[MatrixRow, ...], ...]  # communes that have ended, then those of today

    @cached_property
    def rows(self) -> tuple[MatrixRow, ...]:
        """The rows of all communes, those without an exemplar too."""
        return tuple(row for rows in self.periods for row in rows)

    @cached_property
    def filled(self) -> tuple[MatrixRow, ...]:
        return tuple(row for row in self.rows if row.total)

    @cached_property
    def empty(self) -> tuple[MatrixRow, ...]:
        """Rows of communes without an exemplar, which a page shows as a line of names."""
        return tuple(row for row in self.rows if not row.total)

    @property
    def is_long(self) -> bool:
        return len(self.filled) > MOST_ROWS

    @cached_property
    def ranked(self) -> tuple[MatrixRow, ...]:
        """The rows with exemplars, the largest total first."""
        return tuple(sorted(self.filled, key=lambda row: (-row.total, row.commune.sort_key)))

    @property
    def leading(self) -> tuple[MatrixRow, ...]:
        """The first rows of a matrix too long to be read whole."""
        return self.ranked[:LEADING]

    @cached_property
    def groups(self) -> tuple[RowGroup, ...]:
        """The rows with exemplars, in groups."""
        return tuple(_group([tuple(row for row in rows if row.total) for rows in self.periods]))

    @cached_property
    def column_totals(self) -> tuple[int, ...]:
        return tuple(sum(row.cells[i].count for row in self.rows) for i in range(len(self.fields)))

    @cached_property
    def total(self) -> int:
        return sum(self.column_totals)


def build_matrix(
    fields: tuple[Field, ...],
    periods: Iterable[Iterable[Commune]],
    by_pair: Mapping[tuple[Commune, Field], Sequence[Listed]],
    address: Callable[[Commune, str], str],
) -> Matrix:
    """Return the matrix of the communes of each period; `address` turns a page's URL into that of the counted list."""

    def row(commune: Commune) -> MatrixRow:
        counts = [len(by_pair.get((commune, term), ())) for term in fields]
        urls = [address(commune, commune.pair_url(term)) for term in fields]
        cells = tuple(map(MatrixCell, fields, counts, urls))
        return MatrixRow(commune, cells, sum(counts), address(commune, commune.url))

    return Matrix(fields, tuple(rows for communes in periods if (rows := tuple(map(row, communes)))))


def _group(periods: Sequence[tuple[MatrixRow, ...]]) -> Iterator[RowGroup]:
    for rows in filter(None, periods):
        period = _name_period(rows[0].commune) if len(periods) > 1 else ""
        if len(rows) <= MOST_ROWS:
            yield RowGroup(period, rows)
            continue
        kinds: dict[str, list[MatrixRow]] = {}
        for row in rows:
            kinds.setdefault(row.commune.type, []).append(row)
        for kind, same in sorted(kinds.items(), key=lambda item: _KINDS.index(item[0])):
            for span, part in _cut(same):
                name = f"{capitalize(kind)} {span}".rstrip()
                yield RowGroup(f"{period}: {name}" if period else name, tuple(part))


def _name_period(commune: Commune) -> str:
    if commune.until:
        return f"Đến {format_date(commune.until)}"
    return f"Từ {format_date(commune.since)}" if commune.since else "Hiện nay"


def _cut(rows: Sequence[MatrixRow]) -> Iterator[tuple[str, list[MatrixRow]]]:
    """Yield rows of one kind in parts of at most MOST_ROWS, cut between letters, each with its span: A–C."""
    if len(rows) <= MOST_ROWS:
        yield "", list(rows)
        return
    pieces = [piece for _, run in groupby(rows, _initial) for piece in _halve(list(run))]
    while pieces:
        part = pieces.pop(0)
        while pieces and len(part) + len(pieces[0]) <= MOST_ROWS:
            part += pieces.pop(0)
        yield _span(part, rows), part


def _halve(rows: list[MatrixRow]) -> Iterator[list[MatrixRow]]:
    """Yield rows of one letter in as few parts as possible, about equally long."""
    parts = -(-len(rows) // MOST_ROWS)
    for part in range(parts):
        yield rows[len(rows) * part // parts : len(rows) * (part + 1) // parts]


def _initial(row: MatrixRow) -> str:
    return initial(row.commune.name)


def _span(part: Sequence[MatrixRow], rows: Sequence[MatrixRow]) -> str:
    """Return the span of a part: its letters, or its names where a letter is cut or all names are numbers."""
    first, last = _initial(part[0]), _initial(part[-1])
    among = {row.commune.id for row in part}
    is_cut = any(_initial(row) in (first, last) and row.commune.id not in among for row in rows)
    if is_cut or first == NUMBERS:
        first, last = part[0].commune.name, part[-1].commune.name
    return first if first == last else f"{first} – {last}" if " " in first + last else f"{first}–{last}"
