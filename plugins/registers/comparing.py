"""What the files of communes bring against the register as it stands: new, changed, gone, and what must go back. Pure.

A commune says what it does; it does not move a registration to another, nor change when it was registered, nor take
anything out: an empty cell or a row that is missing leaves the register as it is, and is told.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from plugins.content.registers.registration import State
from plugins.registers.checking import check_row
from plugins.registers.edits import Edits
from plugins.registers.grid import Cells, mean_the_same, parse
from plugins.registers.standing import find_holder
from plugins.vietnamese import sort_key

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from plugins.content.vocabulary import Vocabulary
    from plugins.registers.faults import Fault
    from plugins.registers.ranges import Range
    from plugins.registers.sent import Row, Sent
    from plugins.registers.standing import Standing

# What the office alone decides once it stands in the register.
_KEPT = {"code", "commune", "sample"}
_HELD = {"registered_on"}


@dataclass(frozen=True)
class Change:
    """What is said anew of one registration: its code and name, and of each cell its heading, before and after."""

    code: str
    name: str
    cells: tuple[tuple[str, str, str], ...]


@dataclass
class Findings:
    """What one file brings.

    `held` waits for the office; `blank` are cells that a file leaves empty and the register does not.
    """

    sent: Sent
    new: list[tuple[str, str]] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    held: list[str] = field(default_factory=list)
    blank: list[str] = field(default_factory=list)
    gone: list[tuple[str, str]] = field(default_factory=list)
    acts: list[str] = field(default_factory=list)
    accepted: list[Row] = field(default_factory=list)

    @property
    def to_send_back(self) -> list[Fault]:
        """What its commune is to mend, in the order of its rows."""
        return sorted(fault for fault in self.sent.faults if not fault.is_advice)

    @property
    def advice(self) -> list[Fault]:
        told = {(fault.sheet, fault.line) for fault in self.to_send_back if fault.line}
        return sorted(one for one in self.sent.faults if one.is_advice and (one.sheet, one.line) not in told)

    @property
    def must_go_back(self) -> bool:
        return bool(self.to_send_back or self.gone)


def compare(
    files: Sequence[Sent], standing: Standing, vocabulary: Vocabulary, ranges: Mapping[str, Range]
) -> tuple[list[Findings], Edits]:
    """Hold what was sent against the register. Returns what each file brings, and what is to be written.

    `ranges` are of the workbooks that were given out: nobody knows of others.
    """
    found = [Findings(sent) for sent in files]
    known = standing.by_code
    for one in found:
        one.accepted = [row for row in one.sent.rows if _may_stand(one.sent, row, standing, vocabulary, ranges)]
    _report_collisions(found)
    edits, written = Edits(), set[str]()
    for one in found:
        for row in one.accepted:
            if row.code in written:
                continue  # two files of one commune that say the same
            written.add(row.code)
            if row.code in known:
                _note_change(one, row, standing, edits)
            else:
                one.new.append((row.code, row.cells["name"]))
                edits.added.append(row.cells | {"code": row.code})
                _report_unplaced(one, row, standing)
    edits.added.sort(key=lambda cells: sort_key(cells["code"]))
    _find_gone(found, standing)
    return found, edits


def _may_stand(sent: Sent, row: Row, standing: Standing, vocabulary: Vocabulary, ranges: Mapping[str, Range]) -> bool:
    """Tell whether a row may go into the register; what keeps it out is reported."""
    fault = check_row(sent, row, standing, vocabulary, ranges)
    if fault:
        sent.report(row, *fault)
    return fault is None


def _report_collisions(found: Sequence[Findings]) -> None:
    """Say of codes that several files use for different things, and leave all of those rows out."""
    using: dict[str, list[tuple[Findings, Row]]] = defaultdict(list)
    for one in found:
        for row in one.accepted:
            using[row.code].append((one, row))
    for code, users in using.items():
        if all(_is_same_row(users[0][1], row) for _, row in users[1:]):
            continue
        for one, row in users:
            others = ", ".join(f"{other.sent.name} dòng {its.line}" for other, its in users if other is not one)
            is_one_owner = len({other.sent.owner.id if other.sent.owner else "" for other, _ in users}) == 1
            fix = "gửi lại một tệp đúng, thay cho cả hai" if is_one_owner else "mỗi xã dùng mã trong dải của mình"
            one.sent.report(row, f"Mã {code} còn ở {others}, ghi khác", fix)
            one.accepted.remove(row)


def _is_same_row(one: Row, other: Row) -> bool:
    return {name: cell for name, cell in one.cells.items() if cell} == {n: c for n, c in other.cells.items() if c}


def _note_change(one: Findings, row: Row, standing: Standing, edits: Edits) -> None:
    at, before = standing.by_code[row.code]
    keys, cells = standing.grid.by_attribute, []
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
            cells.append((key.name, before[name], after))
            changed[name] = after
    if changed:
        one.changed.append(Change(row.code, row.cells["name"], tuple(cells)))
        edits.changed[at] = changed
    _report_unplaced(one, row, standing)


def _report_unplaced(one: Findings, row: Row, standing: Standing) -> None:
    """Say of cells for which the register has no column."""
    for name, cell in row.cells.items():
        if cell and name not in standing.grid.places and name not in _KEPT:
            heading = standing.grid.by_attribute[name].name
            one.held.append(f"{row.code}: sổ không có cột {heading} nên chưa ghi “{cell}”; thêm cột ấy rồi chạy lại")


def _find_gone(found: Sequence[Findings], standing: Standing) -> None:
    """Note, at the last file of a commune, what the register has of it and no file has."""
    last: dict[str, Findings] = {}
    mentioned: set[str] = set()
    for one in found:
        mentioned |= one.sent.mentioned
        if one.sent.owner and one.sent.is_readable and one.sent.mentioned:
            last[one.sent.owner.id] = one
    for code, (_, cells) in standing.by_code.items():
        if code not in mentioned and (whose := find_holder(cells, standing)) in last:
            last[whose].gone.append((code, cells.get("name", "")))
