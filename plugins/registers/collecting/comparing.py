"""Compare the registrations of submissions with the stored register. Pure.

A submission never deletes: empty cells and missing rows are reported. Nor does it change a commune or a date.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
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
    from plugins.registers.collecting.submission import Fault, Submission, SubmittedRow
    from plugins.registers.ranges import Range

# Columns that only the office changes in the register; differences in the second set are reported.
_KEPT = {"code", "commune", "sample"}
_HELD = {"registered_on"}


@dataclass
class Findings:
    """The outcome for one submission, as lines to print.

    `held` are changes left to the office, `blank` cells that are empty in the file but not in the register, `gone` the
    codes and names of registrations that are missing in all files of the commune.
    """

    submission: Submission
    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    held: list[str] = field(default_factory=list)
    blank: list[str] = field(default_factory=list)
    gone: list[tuple[str, str]] = field(default_factory=list)
    acts: list[str] = field(default_factory=list)
    accepted: list[SubmittedRow] = field(default_factory=list)

    @property
    def to_send_back(self) -> list[Fault]:
        """Faults that the commune must correct, in the order of the rows."""
        return sorted(fault for fault in self.submission.faults if not fault.is_advice)

    @property
    def advice(self) -> list[Fault]:
        """Advice on rows without faults."""
        faulty = {(fault.sheet, fault.line) for fault in self.to_send_back if fault.line}
        return sorted(one for one in self.submission.faults if one.is_advice and (one.sheet, one.line) not in faulty)

    @property
    def must_go_back(self) -> bool:
        return bool(self.to_send_back or self.gone)


def compare_registrations(
    files: Sequence[Submission], stored: StoredTable, vocabulary: Vocabulary, ranges: Mapping[str, Range]
) -> tuple[list[Findings], Edits]:
    """Return the findings of each submission, and the edits of the register; `ranges` of workbooks handed out."""
    found = [Findings(submission) for submission in files]
    known = stored.by_code
    for one in found:
        for row in one.submission.rows:
            if refusal := check_row(one.submission, row, stored, vocabulary, ranges):
                one.submission.report(row, *refusal)
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
    return found, edits


def _report_collisions(found: Sequence[Findings]) -> None:
    """Report codes that several files use for different rows, and reject those rows."""
    using: dict[str, list[tuple[Findings, SubmittedRow]]] = defaultdict(list)
    for one in found:
        for row in one.accepted:
            using[row.code].append((one, row))
    for code, users in using.items():
        if all(_is_same_row(users[0][1], row) for _, row in users[1:]):
            continue
        for one, row in users:
            others = ", ".join(f"{other.submission.name} dòng {its.line}" for other, its in users if other is not one)
            is_one_owner = len({other.submission.owner.id if other.submission.owner else "" for other, _ in users}) == 1
            fix = "gửi lại một tệp đúng, thay cho cả hai" if is_one_owner else "mỗi nơi dùng mã trong dải của mình"
            one.submission.report(row, f"Mã {code} còn ở {others}, ghi khác", fix)
            one.accepted.remove(row)


def _is_same_row(one: SubmittedRow, other: SubmittedRow) -> bool:
    return {name: cell for name, cell in one.cells.items() if cell} == {n: c for n, c in other.cells.items() if c}


def _note_change(one: Findings, row: SubmittedRow, stored: StoredTable, edits: Edits) -> None:
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


def _report_unplaced(one: Findings, row: SubmittedRow, stored: StoredTable) -> None:
    """Report cells for which the register has no column."""
    for name, cell in row.cells.items():
        if cell and name not in stored.grid.places and name not in _KEPT:
            heading = stored.grid.by_attribute[name].name
            one.held.append(f"{row.code}: sổ không có cột {heading} nên chưa ghi “{cell}”; thêm cột ấy rồi chạy lại")


def _find_gone(found: Sequence[Findings], stored: StoredTable) -> None:
    """Add the stored registrations that no file mentions to the last file of their commune."""
    last: dict[str, Findings] = {}
    mentioned: set[str] = set()
    for one in found:
        mentioned |= one.submission.mentioned
        if one.submission.owner and one.submission.is_readable and one.submission.mentioned:
            last[one.submission.owner.id] = one
    for code, (_, cells) in stored.by_code.items():
        if code not in mentioned and (whose := find_holder(cells, stored)) in last:
            last[whose].gone.append((code, cells.get("name", "")))
