"""Tell records from other rows below the headings, and find the group of each record. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from plugins.content.registers.columns import count_headings, find_column
from plugins.content.registers.other_rows import (
    RowKind,
    commune_of_heading,
    is_hints,
    is_known,
    is_numbers,
    is_unfilled,
    names_commune,
    tell_other,
)
from plugins.content.registers.sheets.tables import UNCALCULATED, CellTable
from plugins.sources.schema import Key

_MOST_LISTED = 20
# By the number of filled cells, how many equal rows are taken for ones that were filled down.
_LEAST_ALIKE = {1: 3, 2: 3, 3: 10, 4: 10}


@dataclass(frozen=True)
class HeaderRow:
    """The headings of a table: its columns, how many make a header, and the last header row."""

    columns: tuple[Key, ...]
    keys: Mapping[int, Key]
    least: int
    last: int

    def fits(self, row: list[str]) -> bool:
        """Return whether a row repeats the headings, each in its own column, as printed pages do."""
        found = {place: key for place, cell in enumerate(row) if (key := find_column(self.columns, cell))}
        return all(self.keys.get(place) is key for place, key in found.items())


@dataclass
class SortedRows:
    """The commune of the group of each record, "" for none, and the kind of each other row.

    `other_head` is a header in another order: the rows below it are not read.
    """

    communes: dict[int, str] = field(default_factory=dict)
    others: dict[int, RowKind] = field(default_factory=dict)
    other_head: int | None = None


def sort_rows(table: CellTable, head: HeaderRow) -> SortedRows:
    """Sort the non-empty rows below the headings."""
    body = SortedRows()
    wide = {top for top, left, bottom, right in table.merged if top == bottom and right - left >= 2}
    filled = _find_filled(table, head)
    width = max(head.keys, default=0) + 1
    below = range(len(table.rows) - 1, head.last, -1)
    last = next((at for at in below if _is_plain_record(table.rows[at], head.keys)), len(table.rows))
    commune, is_after_closing, is_under_head = "", False, True
    for at in range(head.last + 1, len(table.rows)):
        cells = {place: cell for place, cell in enumerate(table.rows[at]) if cell}
        if not cells:
            continue
        if is_under_head and (is_numbers(cells) or is_hints(cells)):
            body.others[at] = RowKind.NUMBERS if is_numbers(cells) else RowKind.HINTS
        elif count_headings(head.columns, table.rows[at][:width]) >= head.least:
            if not head.fits(table.rows[at]):
                body.other_head = at
                break
            body.others[at], is_under_head = RowKind.HEADER, True
        elif is_unfilled(cells, head.keys):
            body.others[at] = RowKind.UNFILLED
        elif all(table.faults.get((at, place)) is UNCALCULATED for place in cells):
            body.others[at] = RowKind.FORMULAS
        elif at in filled:
            body.others[at] = RowKind.FILLED
        elif other := tell_other(
            cells, head.keys, is_wide=at in wide, is_after_closing=is_after_closing, is_last=at > last
        ):
            body.others[at] = other
            is_after_closing = other is RowKind.CLOSING
            commune = _follow_group(commune, cells, head) if other is RowKind.GROUP else ""
        else:
            body.communes[at] = commune
            is_after_closing = is_under_head = False
    return body


def _find_filled(table: CellTable, head: HeaderRow) -> set[int]:
    """Return the rows that were only filled down for others to complete: equal, without a name."""
    places = {key.attribute: place for place, key in head.keys.items()}
    named = places.get("name")
    needed = next((places[name] for name in ("name", "code", "commune") if name in places), 0)
    own = {place for name, place in places.items() if name in ("code", "commune")}
    alike: dict[tuple[tuple[int, str], ...], list[int]] = {}
    for at in range(head.last + 1, len(table.rows)):
        row = table.rows[at]
        if needed < len(row) and row[needed]:
            continue
        same = tuple((place, row[place]) for place in head.keys if place < len(row) and row[place] and place not in own)
        if 0 < len(same) <= (max(_LEAST_ALIKE) if named is not None else 1):
            alike.setdefault(same, []).append(at)
    return {at for same, rows in alike.items() if len(rows) >= _LEAST_ALIKE[len(same)] for at in rows}


def _is_plain_record(row: list[str], keys: Mapping[int, Key]) -> bool:
    """Return whether at least two cells of a row are valid in columns without free text."""
    known = sum(bool(place in keys and cell) and is_known(keys[place], cell) for place, cell in enumerate(row))
    return known >= 2


def _follow_group(commune: str, cells: Mapping[int, str], head: HeaderRow) -> str:
    """Return the commune of the rows below the heading of a group; `commune` is that of the group before."""
    return commune_of_heading(cells, head.keys) or ("" if names_commune(cells) else commune)


def find_shifted(table: CellTable, header: int, records: Collection[int]) -> set[int]:
    """Return the rows of a CSV file with more cells than headings: a delimiter inside a cell has shifted them."""
    if not table.delimiter:
        return set()
    wide = len(table.rows[header])
    # When every row has one more empty cell, the lines end with a delimiter.
    is_one_width = len({len(table.rows[at]) for at in records}) == 1
    return {at for at in records if any(table.rows[at][wide:]) or (len(table.rows[at]) > wide and not is_one_width)}


def list_lines(rows: list[int]) -> str:
    """Return row indices as line numbers, with ranges: 3, 12–15."""
    parts: list[list[int]] = []
    for line in (row + 1 for row in rows):
        if parts and line == parts[-1][-1] + 1:
            parts[-1].append(line)
        else:
            parts.append([line])
    shown = [f"{part[0]}–{part[-1]}" if len(part) > 1 else str(part[0]) for part in parts]
    return ", ".join(shown[:_MOST_LISTED] + (["…"] if len(shown) > _MOST_LISTED else []))
