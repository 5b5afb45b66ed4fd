"""Detect dates whose day and month a spreadsheet has exchanged, by the other cells of their column. Pure.

An English Excel that opens 2/4/2020 makes a date of it, 4 February, and leaves 15/4/2020 as text: the column then has
dates up to the 12th only, beside text that is no English date.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_DAY = re.compile(r"(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4}|\d{2})(?:[ T].*)?")

_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[ T].*)?")


@dataclass(frozen=True)
class SwappedDates:
    """Rows whose day and month were likely exchanged, with the dates meant; `beside` is a cell that suggests it.

    `is_certain` if no cell of the column contradicts it.
    """

    meant: Mapping[int, str]
    beside: str
    is_certain: bool


@dataclass
class _Side:
    """The date cells of a column, or the text cells: those valid in either order, and those in one only."""

    either: dict[int, str] = field(default_factory=dict)
    day_first: list[str] = field(default_factory=list)
    month_first: list[str] = field(default_factory=list)

    def swapped(self, beside: list[str], *, is_certain: bool) -> SwappedDates:
        meant = {row: _exchange(text) for row, text in self.either.items() if _exchange(text) != text}
        return SwappedDates(meant, beside[0], is_certain)


def find_swapped_dates(days: Iterable[tuple[int, str, bool]]) -> list[SwappedDates]:
    """Return the likely swaps in a column of days, given as (row, text, whether it is a date cell)."""
    dates, texts = _Side(), _Side()
    for row, written, is_date in days:
        iso = _ISO.fullmatch(written)  # how some locales save a date cell as CSV
        text = f"{int(iso[3])}/{int(iso[2])}/{iso[1]}" if iso else written
        side = dates if is_date or iso else texts
        if not (found := _DAY.fullmatch(text)):
            continue
        first, second = int(found[1]), int(found[2])
        if first <= 12 and second <= 12:
            side.either[row] = text
        else:
            (side.day_first if first > 12 else side.month_first).append(text)
    swaps = []
    left, late = texts.day_first + texts.month_first, len(dates.day_first)
    if left and len(dates.either) > 4 * late:
        # Text valid in either order would have become a date too.
        is_certain = not texts.either and not late
        if is_certain or len(dates.either) >= 5:
            swaps.append(dates.swapped(left, is_certain=is_certain))
    if texts.month_first and 4 * len(texts.month_first) > len(texts.day_first):
        is_certain = not texts.day_first and not late
        if is_certain or len(texts.month_first) >= 2:
            swaps.append(texts.swapped(texts.month_first, is_certain=is_certain))
    return [swap for swap in swaps if swap.meant]


def _exchange(text: str) -> str:
    found = _DAY.fullmatch(text)
    return f"{int(found[2])}/{int(found[1])}/{found[3]}" if found else text
