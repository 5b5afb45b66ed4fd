"""Check the registrations of submissions, and compare them with the stored register. Pure.

A submission never deletes: empty cells and missing rows are reported. Nor does it change a commune or a date.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher

from plugins.content.registers.registration import State
from plugins.content.vocabulary.vocabulary import Vocabulary
from plugins.registers.collecting.edits import Edits
from plugins.registers.collecting.submission import Refusal, Submission, SubmittedRow
from plugins.registers.grid import Cells, mean_the_same, parse
from plugins.registers.ranges import Range, may_register
from plugins.registers.stored import StoredTable, find_holder
from plugins.vietnamese import format_date, sort_key, squash

_FREE = "dùng mã còn trống của mình"
# Names less similar than this belong to two exemplars, not to one that was renamed.
_LEAST_SIMILAR = 0.5


def _check_row(
    submission: Submission, row: SubmittedRow, stored: StoredTable, vocabulary: Vocabulary, ranges: Mapping[str, Range]
) -> Refusal | None:
    """Return why a row is refused; None if it may go into the register."""
    found = stored.by_code.get(row.code)
    return (
        _check_commune(submission, row, vocabulary)
        or (_check_holder(row, found[1], stored, vocabulary) if found else _check_sample(row))
        or _check_twin(submission, row, stored, vocabulary)
        or (_check_name(row, found[1]) if found else None)
        or (None if found else _check_range(submission, row, vocabulary, ranges))
    )


def _check_commune(submission: Submission, row: SubmittedRow, vocabulary: Vocabulary) -> Refusal | None:
    owner, commune, day = submission.owner, row.registration.commune, row.registration.registered_on
    if owner and not may_register(owner, commune, vocabulary):
        named = commune.full_name if commune else "cơ quan"
        return f"Ghi {named}, mà tệp là của {owner.name}", "xóa dòng này: nơi ấy ghi vào tệp của mình"
    if commune and not commune.existed_on(day):
        now = vocabulary.today(commune)
        column = vocabulary.words_in(day.year).column
        fix = f"ghi {column} là {now.written}, dùng mẫu và mã của {now.full_name}"
        fix = fix if now != commune else f"sửa {column} hoặc ngày"
        return f"{commune.title} không còn vào ngày {format_date(day)}", fix
    return None


def _check_sample(row: SubmittedRow) -> Refusal | None:
    is_sample = row.registration.sample
    return ("Cột Mẫu ghi “có”, mà chỉ cơ quan được ghi dòng minh họa", "xóa chữ ở ô Mẫu") if is_sample else None


def _check_holder(row: SubmittedRow, cells: Cells, stored: StoredTable, vocabulary: Vocabulary) -> Refusal | None:
    """Refuse a row with the code of another commune or of a sample."""
    name = cells.get("name", "")
    communes = stored.grid.communes(cells)
    if communes and not any(vocabulary.are_one(one, row.registration.commune) for one in communes):
        named = communes[0].full_name if communes[0] else "cơ quan"
        return f"Mã {row.code} trong sổ là của {named}: “{name}”", _FREE
    if _is_sample(cells, stored) != row.registration.sample:
        return f"Mã {row.code} trong sổ là một dòng minh họa: “{name}”", _FREE
    return None


def _check_name(row: SubmittedRow, cells: Cells) -> Refusal | None:
    """Refuse a row with the code of another exemplar, judging by the names."""
    name = cells.get("name", "")
    before, after = squash(name), squash(row.cells["name"])
    similarity = SequenceMatcher(None, before, after, autojunk=False).ratio()
    if before and similarity < _LEAST_SIMILAR and before not in after and after not in before:
        what = f"Mã {row.code} trong sổ là “{name}”, tệp ghi “{row.cells['name']}”"
        return what, "điển hình khác thì ghi dòng khác, mã còn trống; vẫn điển hình ấy mà đổi tên thì báo cơ quan"
    return None


def _check_twin(
    submission: Submission, row: SubmittedRow, stored: StoredTable, vocabulary: Vocabulary
) -> Refusal | None:
    """Refuse a new code for an exemplar of the register: codes never change."""
    name, commune = squash(row.cells["name"]), row.registration.commune
    if (found := stored.by_code.get(row.code)) and squash(found[1].get("name", "")) == name:
        return None
    for code, (_, cells) in stored.by_code.items():
        # Two exemplars may share a name: a new code is refused only when the file omits the stored one.
        is_moved = code != row.code and (found or code not in submission.mentioned)
        if not is_moved or squash(cells.get("name", "")) != name or _is_sample(cells, stored):
            continue
        if any(vocabulary.are_one(one, commune) for one in stored.grid.communes(cells)):
            what = f"“{row.cells['name']}” trong sổ có mã {code}, tệp ghi {row.code}"
            return what, f"ghi lại mã {code}: mã không đổi, kể cả khi sắp xếp lại các dòng"
    return None


def _check_range(
    submission: Submission, row: SubmittedRow, vocabulary: Vocabulary, ranges: Mapping[str, Range]
) -> Refusal | None:
    """Refuse a new code outside its owner's range, once workbooks with ranges were handed out."""
    own = ranges.get(submission.owner.id) if submission.owner else None
    of = next((one for one in ranges.values() if one.has(row.code)), None)
    if (own and own is of) or (of and vocabulary.are_one(of.holder.commune, row.registration.commune)):
        return None
    fix = f"dùng mã còn trống trong {own.label}" if own else "hỏi cơ quan mã để dùng"
    if of:
        return f"Mã {row.code} thuộc dải mã của {of.holder.name}", fix
    return (f"Mã {row.code} không thuộc dải mã đã ghi sẵn trong mẫu", fix) if own and submission.is_stamped else None


def _is_sample(cells: Cells, stored: StoredTable) -> bool:
    return bool(parse(stored.grid.by_attribute["sample"], cells.get("sample", "")))


# Columns that only the office changes in the register; a difference of the day is reported.
_KEPT = {"code", "commune", "sample"}


def compare_registrations(
    found: Sequence[Submission], stored: StoredTable, vocabulary: Vocabulary, ranges: Mapping[str, Range]
) -> Edits:
    """Add the outcome to each submission. Return the edits of the register; `ranges` are of workbooks handed out."""
    known = stored.by_code
    for one in found:
        for row in one.rows:
            if refusal := _check_row(one, row, stored, vocabulary, ranges):
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
        written = [{name: cell for name, cell in row.cells.items() if cell} for _, row in users]
        if all(cells == written[0] for cells in written):
            continue
        for one, row in users:
            others = ", ".join(f"{other.name} dòng {its.line}" for other, its in users if other is not one)
            is_one_owner = len({other.owner.id if other.owner else "" for other, _ in users}) == 1
            fix = "gửi lại một tệp đúng, thay cho cả hai" if is_one_owner else "mỗi nơi dùng mã trong dải của mình"
            one.report(row, f"Mã {code} còn ở {others}, ghi khác", fix)
            one.accepted.remove(row)


def _note_change(one: Submission, row: SubmittedRow, stored: StoredTable, edits: Edits) -> None:
    at, before = stored.by_code[row.code]
    cells, changed = list[str](), Cells()
    for name, after in row.cells.items():
        key = stored.grid.by_attribute[name]
        if name in _KEPT or name not in before or mean_the_same(key, before[name], after):
            continue
        if not after:
            one.blank.append(f"{row.code}: {key.name}")
        elif name == "registered_on" and parse(key, before[name]):
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
