"""Whether a row that is sound by itself may go into the register as it stands; if not, what is told. Pure."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from plugins.content.vocabulary import NamedCommune
from plugins.registers.grid import parse
from plugins.vietnamese import format_date, squash

if TYPE_CHECKING:
    from collections.abc import Mapping

    from plugins.content.terms import Commune
    from plugins.content.vocabulary import Vocabulary
    from plugins.registers.grid import Cells
    from plugins.registers.ranges import Range
    from plugins.registers.sent import Row, Sent
    from plugins.registers.standing import Standing

# What is wrong, and what to do.
Told = tuple[str, str]
_FREE = "dùng mã còn trống của mình"
# Names less alike than this are of two exemplars, not of one that is named anew.
_LEAST_ALIKE = 0.5


def are_one_place(one: Commune | None, other: Commune | None, vocabulary: Vocabulary) -> bool:
    """Tell whether two communes are one, or one is what the other has become; None is the office."""
    if one is None or other is None:
        return one is other
    return one == other or vocabulary.today(one) == other or vocabulary.today(other) == one


def check_row(
    sent: Sent, row: Row, standing: Standing, vocabulary: Vocabulary, ranges: Mapping[str, Range]
) -> Told | None:
    """Return what keeps a row out of the register; None when nothing does."""
    found = standing.by_code.get(row.code)
    return (
        _check_commune(sent, row, vocabulary)
        or (_check_whose(row, found[1], standing, vocabulary) if found else _check_sample(row))
        or _check_twin(sent, row, standing, vocabulary)
        or (_check_name(row, found[1]) if found else None)
        or (None if found else _check_range(sent, row, vocabulary, ranges))
    )


def _check_commune(sent: Sent, row: Row, vocabulary: Vocabulary) -> Told | None:
    owner, commune, day = sent.owner, row.registration.commune, row.registration.registered_on
    # The office may fill in for anybody.
    is_own = owner is None or owner.commune is None or are_one_place(owner.commune, commune, vocabulary)
    if owner and not is_own:
        named = commune.full_name if commune else "cơ quan"
        return f"Ghi {named}, mà tệp là của {owner.name}", "xóa dòng này: nơi ấy ghi vào tệp của mình"
    if commune and not commune.existed_on(day):
        now = vocabulary.today(commune)
        fix = f"ghi Xã là {now.name}, dùng mẫu và mã của {now.full_name}" if now != commune else "sửa Xã hoặc ngày"
        return f"{commune.title} không còn vào ngày {format_date(day)}", fix
    return None


def _check_sample(row: Row) -> Told | None:
    is_sample = row.registration.sample
    return ("Cột Mẫu ghi “có”: dòng minh họa chỉ cơ quan đặt ra", "xóa chữ ở ô Mẫu") if is_sample else None


def _check_whose(row: Row, cells: Cells, standing: Standing, vocabulary: Vocabulary) -> Told | None:
    """Return what is wrong with a row whose code the register has for another commune, or for what is made up."""
    name = cells.get("name", "")
    whose = _list_communes(cells, standing)
    if whose and not any(are_one_place(one, row.registration.commune, vocabulary) for one in whose):
        named = whose[0].full_name if whose[0] else "cơ quan"
        return f"Mã {row.code} trong sổ là của {named}: “{name}”", _FREE
    if _is_sample(cells, standing) != row.registration.sample:
        return f"Mã {row.code} trong sổ là một dòng minh họa: “{name}”", _FREE
    return None


def _check_name(row: Row, cells: Cells) -> Told | None:
    """Return what is wrong with a row that has the code of quite another exemplar."""
    name = cells.get("name", "")
    before, after = squash(name), squash(row.cells["name"])
    alike = SequenceMatcher(None, before, after, autojunk=False).ratio()
    if before and alike < _LEAST_ALIKE and before not in after and after not in before:
        what = f"Mã {row.code} trong sổ là “{name}”, tệp ghi “{row.cells['name']}”"
        return what, "điển hình khác thì ghi dòng khác, mã còn trống; vẫn điển hình ấy mà đổi tên thì báo cơ quan"
    return None


def _check_twin(sent: Sent, row: Row, standing: Standing, vocabulary: Vocabulary) -> Told | None:
    """Return what is wrong with a row whose name the register has under another code: codes do not move."""
    name, commune = squash(row.cells["name"]), row.registration.commune
    found = standing.by_code.get(row.code)
    if found and squash(found[1].get("name", "")) == name:
        return None
    for code, (_, cells) in standing.by_code.items():
        # Of a code that is new, two exemplars may be called the same.
        is_moved = code != row.code and (found or code not in sent.mentioned)
        if not is_moved or squash(cells.get("name", "")) != name or _is_sample(cells, standing):
            continue
        if any(are_one_place(one, commune, vocabulary) for one in _list_communes(cells, standing)):
            what = f"“{row.cells['name']}” trong sổ có mã {code}, tệp ghi {row.code}"
            return what, f"ghi lại mã {code}: mã không đổi, kể cả khi sắp xếp lại các dòng"
    return None


def _check_range(sent: Sent, row: Row, vocabulary: Vocabulary, ranges: Mapping[str, Range]) -> Told | None:
    """Return what is wrong with a code that the register does not have, where workbooks have been given out."""
    own = ranges.get(sent.owner.id) if sent.owner else None
    of = next((one for one in ranges.values() if one.has(row.code)), None)
    if (own and own is of) or (of and are_one_place(of.holder.commune, row.registration.commune, vocabulary)):
        return None
    fix = f"dùng mã còn trống trong {own.label}" if own else "hỏi cơ quan mã để dùng"
    if of:
        return f"Mã {row.code} thuộc dải mã của {of.holder.name}", fix
    return (f"Mã {row.code} không thuộc dải mã đã ghi sẵn trong mẫu", fix) if own and sent.is_stamped else None


def _is_sample(cells: Cells, standing: Standing) -> bool:
    return bool(parse(standing.grid.by_attribute["sample"], cells.get("sample", "")))


def _list_communes(cells: Cells, standing: Standing) -> list[Commune | None]:
    """Return whose a row of the register may be, None for the office's; nothing where it does not say."""
    named = parse(standing.grid.by_attribute["commune"], cells.get("commune", ""))
    if not isinstance(named, NamedCommune):
        return []
    return [*named.candidates] or [None]
