"""Compare the registrations of submissions with the stored register. Pure.

A submission never deletes: empty cells and missing rows are reported. Nor does it change a commune or a date.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from plugins.content.registers.registration import State
from plugins.registers.collecting.checking import check_row
from plugins.registers.collecting.edits import Edits
from plugins.registers.grid import Cells, mean_the_same, parse
from plugins.registers.stored import StoredTable, find_holder
from plugins.vietnamese import sort_key

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from plugins.content.vocabulary.vocabulary import Vocabulary
    from plugins.registers.collecting.submission import Submission, SubmittedRow
    from plugins.registers.ranges import Range

# Columns that only the office changes in the register; differences in the second set are reported.
_KEPT = {"code", "commune", "sample"}
_HELD = {"registered_on"}


def compare_registrations(
    found: Sequence[Submission], stored: StoredTable, vocabulary: Vocabulary, ranges: Mapping[str, Range]
) -> Edits:
    """Add the outcome to each submission. Return the edits of the register; `ranges` are of workbooks handed out."""
    known = stored.by_code
    for one in found:
        for row in one.rows:
            if refusal := check_row(one, row, stored, vocabulary, ranges):
                one.report(row, *refusal)
            else:
                one.accepted.append(row)
    _report_collisions(found)
    edits, written = Edits(), set[str]()
    for one in found:
        for row in one.accepted:
            if row.code in written:
                continue  # the same row in two files of a commune
            written.add(row.code)
            if row.code in known:
                _note_change(one, row, stored, edits)
            else:
                one.new.append(f"{row.code} {row.cells['name']}")
                edits.added.append(row.cells | {"code": row.code})
                _report_unplaced(one, row, stored)
    edits.added.sort(key=lambda cells: sort_key(cells["code"]))
    _find_gone(found, stored)
    return edits


def _report_collisions(found: Sequence[Submission]) -> None:
    """Report codes that several files use for different rows, and reject those rows."""
    using: dict[str, list[tuple[Submission, SubmittedRow]]] = defaultdict(list)
    for one in found:
        for row in one.accepted:
            using[row.code].append((one, row))
    for code, users in using.items():
        if all(_is_same_row(users[0][1], row) for _, row in users[1:]):
            continue
        for one, row in users:
            others = ", ".join(f"{other.name} dòng {its.line}" for other, its in users if other is not one)
            is_one_owner = len({other.owner.id if other.owner else "" for other, _ in users}) == 1
            fix = "gửi lại một tệp đúng, thay cho cả hai" if is_one_owner else "mỗi nơi dùng mã trong dải của mình"
            one.report(row, f"Mã {code} còn ở {others}, ghi khác", fix)
            one.accepted.remove(row)


def _is_same_row(one: SubmittedRow, other: SubmittedRow) -> bool:
    return {name: cell for name, cell in one.cells.items() if cell} == {n: c for n, c in other.cells.items() if c}


def _note_change(one: Submission, row: SubmittedRow, stored: StoredTable, edits: Edits) -> None:
    at, before = stored.by_code[row.code]
    keys, cells = stored.grid.by_attribute, []
    changed: Cells = {}
    for name, after in row.cells.items():
        key = keys[name]
        if name in _KEPT or name not in before or mean_the_same(key, before[name], after):
            continue
        if not after:
            one.blank.append(f"{row.code}: {key.name}")
        elif name in _HELD and parse(key, before[name]):
            one.held.append(f"{row.code}: {key.name} trong sổ là {before[name]}, tệp ghi {after}")
        elif name == "status" and before[name] and not isinstance(parse(key, before[name]), State):
            one.held.append(f"{row.code}: {key.name} trong sổ là {before[name]} (một việc đã qua), tệp ghi {after}")
        else:
            cells.append(f"{key.name}: {before[name] or '(trống)'} → {after}")
            changed[name] = after
    if changed:
        one.changed.append(f"{row.code} {row.cells['name']}: {'; '.join(cells)}")
        edits.changed[at] = changed
    _report_unplaced(one, row, stored)


def _report_unplaced(one: Submission, row: SubmittedRow, stored: StoredTable) -> None:
    """Report cells for which the register has no column."""
    for name, cell in row.cells.items():
        if cell and name not in stored.grid.places and name not in _KEPT:
            heading = stored.grid.by_attribute[name].name
            one.held.append(f"{row.code}: sổ không có cột {heading} nên chưa ghi “{cell}”; thêm cột ấy rồi chạy lại")


def _find_gone(found: Sequence[Submission], stored: StoredTable) -> None:
    """Add the stored registrations that no file mentions to the last file of their commune."""
    last: dict[str, Submission] = {}
    mentioned: set[str] = set()
    for one in found:
        mentioned |= one.mentioned
        if one.owner and one.is_readable and one.mentioned:
            last[one.owner.id] = one
    for code, (_, cells) in stored.by_code.items():
        if code not in mentioned and (whose := find_holder(cells, stored)) in last:
            last[whose].gone.append((code, cells.get("name", "")))
