"""A chain of replication -> its diagram, whose lines do not cross: a column a year, a row an exemplar. Pure."""

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, replace

from plugins.content.stories.listed import Listed
from plugins.exemplars.model.index import Chain

# Heights are in CSS pixels. Widths are in percent of the room beside the names of the last column (.tree in
# components.css), so that a diagram fits any width; a year is COLUMN steps wide.
COLUMN, STEP = 3, 1
LINE, PAD, TOP = 18, 12, 26
LETTERS, MOST_LINES = 26, 3
# Copies within one year go a step to the right each, at most so many.
MOST_STEPS = 5
# The most years that fit over their columns on a phone; with more, each row names its own.
MOST_YEARS = 4
# Of a larger chain the nearest to its origin are drawn, the rest counted where they would follow.
MOST_DRAWN = 60


@dataclass(frozen=True)
class DiagramNode:
    """One exemplar: its position (`x` in percent, `y` in pixels), the words beside it, and the node it copies.

    `origin` is None for the first; `story` is None for a row that counts further copies.
    """

    x: float
    y: int
    place: str
    words: tuple[str, ...]
    origin: "DiagramNode | None"
    story: Listed | None


@dataclass(frozen=True)
class ChainDiagram:
    """Its height in CSS pixels, its years with the position of their columns, and its nodes from top to bottom."""

    height: int
    years: tuple[tuple[int, float], ...]
    nodes: tuple[DiagramNode, ...]

    @property
    def is_crowded(self) -> bool:
        """Tell whether the years need more room than a phone has."""
        return len(self.years) > MOST_YEARS


@dataclass(frozen=True)
class _Row:
    story: Listed | None
    count: int
    year: int
    step: int
    parent: int | None


def lay_out_chain(chain: Chain) -> ChainDiagram:
    """Return the diagram of a chain."""
    rows = list(_rows(chain))
    columns, width = _columns(rows)

    def percent(steps: int) -> float:
        return round(100 * steps / width, 2) if width else 0.0

    nodes: list[DiagramNode] = []
    y = TOP
    for row in rows:
        place, words = _label(row)
        origin = None if row.parent is None else nodes[row.parent]
        x = percent(columns[row.year] + row.step * STEP)
        nodes.append(DiagramNode(x, y + PAD // 2 + LINE // 2, place, words, origin, row.story))
        y += PAD + LINE * (1 + len(words))
    return ChainDiagram(y, tuple((year, percent(x)) for year, x in columns.items()), tuple(nodes))


def _rows(chain: Chain) -> Iterator[_Row]:
    """Yield the rows from the origin down. A copy is never left of its origin, even if its year is earlier."""
    drawn = _nearest(chain)
    number = 0
    waiting: list[tuple[Chain | None, _Row]] = [(chain, _Row(None, 0, 0, 0, None))]
    while waiting:
        at, row = waiting.pop()
        if at:
            year = max(row.year, at.story.year.number)
            row = _Row(at.story, 0, year, row.step if year == row.year else 0, row.parent)
            below = _Row(None, 0, year, min(row.step + 1, MOST_STEPS), number)
            if hidden := sum(1 + copy.size for copy in at.copies if copy.story.slug not in drawn):
                waiting.append((None, replace(below, count=hidden)))
            waiting += [(copy, below) for copy in reversed(at.copies) if copy.story.slug in drawn]
        yield row
        number += 1


def _nearest(chain: Chain) -> set[str]:
    """Return the slugs of the exemplars to draw, nearest to the origin first."""
    near = [chain]
    for at in near:
        if len(near) >= MOST_DRAWN:
            break
        near += at.copies
    return {at.story.slug for at in near[:MOST_DRAWN]}


def _columns(rows: list[_Row]) -> tuple[dict[int, int], int]:
    """Return the first step of each year that has an exemplar, and the step of the rightmost node."""
    steps: dict[int, int] = {}
    for row in rows:
        steps[row.year] = max(steps.get(row.year, 0), row.step)
    columns: dict[int, int] = {}
    x = last = 0
    for year in sorted(steps):
        columns[year] = x
        last = x + STEP * steps[year]
        x = last + COLUMN
    return columns, last


def _label(row: _Row) -> tuple[str, tuple[str, ...]]:
    if row.story is None:
        return f"và {row.count} nơi khác", ()
    place = row.story.commune.distinct_short if row.story.commune else ""
    return f"{place}, {row.story.year.name}", tuple(_wrap(row.story.name))


def _wrap(name: str) -> list[str]:
    """Break a name into as few lines as possible, about equally long, and cut it after MOST_LINES."""
    lines = textwrap.wrap(name, LETTERS, max_lines=MOST_LINES, placeholder=" …", break_on_hyphens=False)
    even = max(-(-len(name) // len(lines)), *map(len, name.split()))
    for letters in range(even, LETTERS):
        narrower = textwrap.wrap(name, letters, break_on_hyphens=False)
        if len(narrower) <= len(lines):
            return narrower
    return lines
