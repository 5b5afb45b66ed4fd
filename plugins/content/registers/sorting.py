"""The rows below the headings -> those that are records, in which group each stands, and those that are none. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from plugins.content.registers.columns import count_headings, find_column
from plugins.content.registers.other_rows import (
    Other,
    find_commune,
    is_hints,
    is_numbers,
    is_unfilled,
    names_commune,
    tell_other,
)
from plugins.content.registers.sheets.tables import UNCALCULATED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from plugins.content.registers.sheets.tables import Table
    from plugins.sources.schema import Key

_MOST_LISTED = 20


@dataclass(frozen=True)
class Head:
    """The headings of a table: its columns, how many make a header, and the last row above all records."""

    columns: tuple[Key, ...]
    keys: Mapping[int, Key]
    least: int
    last: int

    def fits(self, row: list[str]) -> bool:
        """Tell whether a row has the headings again, as printed pages do, each in its own column."""
        found = {place: key for place, cell in enumerate(row) if (key := find_column(self.columns, cell))}
        return all(self.keys.get(place) is key for place, key in found.items())


@dataclass
class Body:
    """Of each row that is a record the commune in whose group it stands, "" for none; what the others are.

    `other_head` is a row of headings in another order: what is below it belongs to none of these columns.
    """

    communes: dict[int, str] = field(default_factory=dict)
    others: dict[int, Other] = field(default_factory=dict)
    other_head: int | None = None


def sort_rows(table: Table, head: Head) -> Body:
    """Sort out all rows below the headings that have anything in them."""
    body = Body()
    wide = {top for top, left, bottom, right in table.merged if top == bottom and right - left >= 2}
    commune, is_after_closing, is_under_head = "", False, True
    for at in range(head.last + 1, len(table.rows)):
        cells = {place: cell for place, cell in enumerate(table.rows[at]) if cell}
        if not cells:
            continue
        if is_under_head and (is_numbers(cells) or is_hints(cells)):
            body.others[at] = Other.NUMBERS if is_numbers(cells) else Other.HINTS
        elif count_headings(head.columns, table.rows[at]) >= head.least:
            if not head.fits(table.rows[at]):
                body.other_head = at
                break
            body.others[at], is_under_head = Other.HEADER, True
        elif is_unfilled(cells, head.keys):
            body.others[at] = Other.UNFILLED
        elif other := tell_other(cells, head.keys, is_wide=at in wide, is_after_closing=is_after_closing):
            body.others[at] = other
            is_after_closing = other is Other.CLOSING
            commune = _follow_group(commune, cells, head) if other is Other.GROUP else ""
        elif all(table.faults.get((at, place)) is UNCALCULATED for place in cells):
            body.others[at] = Other.FORMULAS
        else:
            body.communes[at] = commune
            is_after_closing = is_under_head = False
    return body


def _follow_group(commune: str, cells: Mapping[int, str], head: Head) -> str:
    """Return the commune of the rows under the heading of a group, where they stood in that of another before."""
    return find_commune(cells, head.keys) or ("" if names_commune(cells) else commune)


def list_lines(rows: list[int]) -> str:
    """Return rows as the lines of their file, those that follow one another as a range: 3, 12–15."""
    parts: list[list[int]] = []
    for line in (row + 1 for row in rows):
        if parts and line == parts[-1][-1] + 1:
            parts[-1].append(line)
        else:
            parts.append([line])
    shown = [f"{part[0]}–{part[-1]}" if len(part) > 1 else str(part[0]) for part in parts]
    return ", ".join(shown[:_MOST_LISTED] + (["…"] if len(shown) > _MOST_LISTED else []))
