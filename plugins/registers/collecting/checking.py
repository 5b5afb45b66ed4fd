"""Check a valid row of a submission against the register: its commune, its code, its name. Pure."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from plugins.registers.grid import Cells, parse
from plugins.registers.ranges import Range, are_one_place, may_register
from plugins.vietnamese import format_date, squash

if TYPE_CHECKING:
    from collections.abc import Mapping

    from plugins.content.vocabulary.vocabulary import Vocabulary
    from plugins.registers.collecting.submission import Refusal, Submission, SubmittedRow
    from plugins.registers.stored import StoredTable

_FREE = "dùng mã còn trống của mình"
# Names less similar than this belong to two exemplars, not to one that was renamed.
_LEAST_SIMILAR = 0.5


def check_row(
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
    if communes and not any(are_one_place(one, row.registration.commune, vocabulary) for one in communes):
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
    found = stored.by_code.get(row.code)
    if found and squash(found[1].get("name", "")) == name:
        return None
    for code, (_, cells) in stored.by_code.items():
        # Two exemplars may share a name: a new code is refused only when the file omits the stored one.
        is_moved = code != row.code and (found or code not in submission.mentioned)
        if not is_moved or squash(cells.get("name", "")) != name or _is_sample(cells, stored):
            continue
        if any(are_one_place(one, commune, vocabulary) for one in stored.grid.communes(cells)):
            what = f"“{row.cells['name']}” trong sổ có mã {code}, tệp ghi {row.code}"
            return what, f"ghi lại mã {code}: mã không đổi, kể cả khi sắp xếp lại các dòng"
    return None


def _check_range(
    submission: Submission, row: SubmittedRow, vocabulary: Vocabulary, ranges: Mapping[str, Range]
) -> Refusal | None:
    """Refuse a new code outside its owner's range, once workbooks with ranges were handed out."""
    own = ranges.get(submission.owner.id) if submission.owner else None
    of = next((one for one in ranges.values() if one.has(row.code)), None)
    if (own and own is of) or (of and are_one_place(of.holder.commune, row.registration.commune, vocabulary)):
        return None
    fix = f"dùng mã còn trống trong {own.label}" if own else "hỏi cơ quan mã để dùng"
    if of:
        return f"Mã {row.code} thuộc dải mã của {of.holder.name}", fix
    return (f"Mã {row.code} không thuộc dải mã đã ghi sẵn trong mẫu", fix) if own and submission.is_stamped else None


def _is_sample(cells: Cells, stored: StoredTable) -> bool:
    return bool(parse(stored.grid.by_attribute["sample"], cells.get("sample", "")))
