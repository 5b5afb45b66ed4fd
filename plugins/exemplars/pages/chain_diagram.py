"""A chain of replication -> where everything stands in its picture: a column a year, a row an exemplar. Pure.

A chain is a tree, and a tree told from its origin needs no search for places: each copy goes on the next row, right of
what it copies. That is less than asking a graph library, it never crosses two lines, and it stays linear.
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plugins.content.stories.listed import Listed
    from plugins.exemplars.model.index import Chain

# Heights are in CSS pixels. Widths are in percent of what the words of the last column leave (.tree in components.css),
# so that a picture fills a column of any width; a year is as wide as so many steps.
COLUMN, STEP = 3, 1
LINE, PAD, TOP = 18, 12, 26
LETTERS, MOST_LINES = 26, 3
# Copies within one year go a step to the right each; on one column there is room for so many.
MOST_STEPS = 5
# So many years can stand over their columns on a phone; of more, each row tells its own.
MOST_YEARS = 4
# Of a larger chain the nearest to its origin are drawn, the rest counted where they would follow; the list has all.
MOST_DRAWN = 60


@dataclass(frozen=True)
class Mark:
    """One row: where its mark stands, the words beside it, and the mark of what it copies, None for the origin.

    `x` is in percent, `y` in pixels; `story` is None where a row counts further copies.
    """

    x: float
    y: int
    place: str
    words: tuple[str, ...]
    origin: Mark | None
    story: Listed | None


@dataclass(frozen=True)
class Picture:
    """A picture's height in CSS pixels, its years with where their columns stand, and its rows from top to bottom."""

    height: int
    years: tuple[tuple[int, float], ...]
    marks: tuple[Mark, ...]

    @property
    def is_crowded(self) -> bool:
        """Tell whether the names of the years need more room than a phone has."""
        return len(self.years) > MOST_YEARS


@dataclass(frozen=True)
class _Row:
    story: Listed | None
    count: int
    year: int
    step: int
    parent: int | None


def draw_chain(chain: Chain) -> Picture:
    """Return where everything stands in the picture of a chain."""
    rows = list(_rows(chain))
    columns, width = _columns(rows)

    def percent(steps: int) -> float:
        return round(100 * steps / width, 2) if width else 0.0

    marks: list[Mark] = []
    y = TOP
    for row in rows:
        place, words = _label(row)
        origin = None if row.parent is None else marks[row.parent]
        x = percent(columns[row.year] + row.step * STEP)
        marks.append(Mark(x, y + PAD // 2 + LINE // 2, place, words, origin, row.story))
        y += PAD + LINE * (1 + len(words))
    return Picture(y, tuple((year, percent(x)) for year, x in columns.items()), tuple(marks))


def _rows(chain: Chain) -> Iterator[_Row]:
    """Yield the rows from the origin down; an exemplar never stands left of what it copies, whatever its year says."""
    drawn = _nearest(chain)
    number = 0
    waiting: list[tuple[Chain | None, _Row]] = [(chain, _Row(None, 0, 0, 0, None))]
    while waiting:
        at, row = waiting.pop()
        if at:
            year = max(row.year, at.story.year.number)
            row = _Row(at.story, 0, year, row.step if year == row.year else 0, row.parent)
            below = _Row(None, 0, year, min(row.step + 1, MOST_STEPS), number)
            hidden = sum(1 + copy.size for copy in at.copies if copy.story.slug not in drawn)
            if hidden:
                waiting.append((None, replace(below, count=hidden)))
            waiting += [(copy, below) for copy in reversed(at.copies) if copy.story.slug in drawn]
        yield row
        number += 1


def _nearest(chain: Chain) -> set[str]:
    """Return the slugs of the exemplars to draw, the origin's own copies before theirs."""
    near = [chain]
    for at in near:
        if len(near) >= MOST_DRAWN:
            break
        near += at.copies
    return {at.story.slug for at in near[:MOST_DRAWN]}


def _columns(rows: list[_Row]) -> tuple[dict[int, int], int]:
    """Return at which step the column of each year begins, and at which the last mark stands.

    Years without an exemplar have none.
    """
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
    """Break a name into as few lines as hold it, all about as long; cut what does not fit on MOST_LINES."""
    lines = textwrap.wrap(name, LETTERS, max_lines=MOST_LINES, placeholder=" …", break_on_hyphens=False)
    even = max(-(-len(name) // len(lines)), *map(len, name.split()))
    for letters in range(even, LETTERS):
        narrower = textwrap.wrap(name, letters, break_on_hyphens=False)
        if len(narrower) <= len(lines):
            return narrower
    return lines
