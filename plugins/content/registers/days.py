"""Days whose month and day a spreadsheet has exchanged, known by what else stands in their column. Pure.

An English Excel that opens 2/4/2020 makes a true date of it, the 4th of February, and leaves 15/4/2020 as text: what
remains is a column whose true dates are all of days up to the 12th, beside text that is no date to English eyes.
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
class Doubt:
    """What each row would say, by its place, were day and month exchanged; `beside` is what in the column tells it.

    `is_certain` where nothing in the column speaks against it.
    """

    meant: Mapping[int, str]
    beside: str
    is_certain: bool


@dataclass
class _Side:
    """The days of a column that are true dates, or text: those that would be a date either way, and how many not."""

    either: dict[int, str] = field(default_factory=dict)
    day_first: list[str] = field(default_factory=list)
    month_first: list[str] = field(default_factory=list)

    def doubt(self, beside: list[str], *, is_certain: bool) -> Doubt:
        meant = {row: _exchange(text) for row, text in self.either.items() if _exchange(text) != text}
        return Doubt(meant, beside[0], is_certain)


def find_doubts(days: Iterable[tuple[int, str, bool]]) -> list[Doubt]:
    """Return what is to be doubted in a column of days, given each with its row and whether it is a true date."""
    dates, texts = _Side(), _Side()
    for row, written, is_date in days:
        iso = _ISO.fullmatch(written)  # so a spreadsheet of another country writes a true date into CSV
        text = f"{int(iso[3])}/{int(iso[2])}/{iso[1]}" if iso else written
        side = dates if is_date or iso else texts
        if not (found := _DAY.fullmatch(text)):
            continue
        first, second = int(found[1]), int(found[2])
        if first <= 12 and second <= 12:
            side.either[row] = text
        else:
            (side.day_first if first > 12 else side.month_first).append(text)
    doubts = []
    left, late = texts.day_first + texts.month_first, len(dates.day_first)
    if left and len(dates.either) > 4 * late:
        # Text that is a date either way would have become one too.
        is_certain = not texts.either and not late
        if is_certain or len(dates.either) >= 5:
            doubts.append(dates.doubt(left, is_certain=is_certain))
    if texts.month_first and 4 * len(texts.month_first) > len(texts.day_first):
        is_certain = not texts.day_first and not late
        if is_certain or len(texts.month_first) >= 2:
            doubts.append(texts.doubt(texts.month_first, is_certain=is_certain))
    return [doubt for doubt in doubts if doubt.meant]


def _exchange(text: str) -> str:
    found = _DAY.fullmatch(text)
    return f"{int(found[2])}/{int(found[1])}/{found[3]}" if found else text
