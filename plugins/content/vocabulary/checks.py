"""Find contradictions between terms: duplicate ids and names, impossible dates and successors of communes. Pure."""

from collections.abc import Callable
from typing import Any

from plugins.content.vocabulary.terms import Commune
from plugins.sources.problem import Problem, suggest
from plugins.sources.schema import Record
from plugins.vietnamese import format_date, squash

Loaded = list[tuple[Any, Record]]


def lives_overlap(one: Commune, other: Commune) -> bool:
    """Return whether two communes existed on a common day."""
    ends_before = one.until and other.since and one.until < other.since
    begins_after = other.until and one.since and other.until < one.since
    return not (ends_before or begins_after)


def find_clashes(
    loaded: Loaded, spell: Callable[[Any], list[str]], together: Callable[[Any, Any], bool] = lambda *_: True
) -> list[Problem]:
    """Return problems for terms that share an id, or a squashed name if `together` of both is true."""
    problems: list[Problem] = []
    by_id: dict[str, tuple[Record, str]] = {}
    by_name: dict[str, list[tuple[Any, Record]]] = {}
    for term, record in loaded:
        if taken := _claim_ids(term, record, by_id):
            problems.append(taken)
            continue
        clashing: dict[int, tuple[str, Any, Record]] = {}
        for name in map(squash, spell(term)):
            for other, elsewhere in by_name.setdefault(name, []):
                if other is not term and together(other, term):
                    clashing.setdefault(id(other), (name, other, elsewhere))
            by_name[name].append((term, record))
        for name, other, elsewhere in clashing.values():
            line = elsewhere.lines[_named_by(elsewhere, name)]
            message = f'"{other.name}" (dòng {line}) và "{term.name}" có tên trùng nhau khi bỏ dấu'
            record.report(_named_by(record, name), message, "đổi tên hoặc tên khác của một mục")
            problems.append(record.problems.pop())
    return problems


def _claim_ids(term: Any, record: Record, by_id: dict[str, tuple[Record, str]]) -> Problem | None:
    """Register the ids and former ids of a term; return the problem if one is taken."""
    for attribute, identifier in (("id", term.id), *(("old_ids", old) for old in term.old_ids)):
        what = "Mã" if attribute == "id" else "Mã cũ"
        if first := by_id.get(identifier):
            found, fix = f"đã dùng ở dòng {first[0].lines[first[1]]}", "đổi một trong hai mã"
            if first[0] is record:
                found, fix = "chính là mã đang dùng", "xóa mã cũ ấy"
            record.report(attribute, f'{what} "{identifier}" {found}', fix)
            return record.problems.pop()
        by_id[identifier] = record, attribute
    return None


def _named_by(record: Record, folded: str) -> str:
    """Return the attribute that contains a squashed name."""
    for attribute in ("name", "short", "aliases"):
        given = record.get(attribute, ())
        # The spelling of a place may include its type and age.
        if any(squash(name) in folded for name in ([given] if isinstance(given, str) else given)):
            return attribute
    return "id"


def find_broken_lives(loaded: Loaded, *, complete: bool) -> list[Problem]:
    """Return problems of the dates and successors of communes; unknown successors only if the file is `complete`."""
    problems: list[Problem] = []
    by_id: dict[str, Commune] = {commune.id: commune for commune, _ in loaded}
    for commune, record in loaded:
        before = len(record.problems)
        if commune.since and commune.until and commune.until < commune.since:
            start, end = format_date(commune.since), format_date(commune.until)
            what = f'"{commune.name}" kết thúc ngày {end}, trước khi bắt đầu ngày {start}'
            record.report("until", what, "sửa lại hai ngày")
        if commune.successor:
            if complete or commune.successor in by_id:
                _check_successor(commune, record, by_id)
        elif commune.until:
            what = f'"{commune.name}" đã kết thúc mà không nói nay thuộc đâu'
            record.report("until", what, "thêm dòng nay thuộc: <mã>")
        problems += record.problems[before:]
    return problems


def _check_successor(commune: Commune, record: Record, by_id: dict[str, Commune]) -> None:
    if (successor := by_id.get(commune.successor or "")) is None:
        fix = suggest(commune.successor or "", by_id, "dùng mã của một địa bàn có trong tệp này")
        record.report("successor", f'"{commune.name}" nay thuộc "{commune.successor}", nhưng không có mã ấy', fix)
        return
    seen = {commune.id}
    following: Commune | None = successor
    while following:
        if following.id in seen:
            # A circle is reported at its members, not at communes that lead into it.
            if following is commune:
                what = f'"{commune.name}" nối vòng về chính mình qua "nay thuộc"'
                record.report("successor", what, "sửa lại chuỗi kế tiếp")
            return
        seen.add(following.id)
        following = by_id.get(following.successor or "")
    day = commune.until
    if day is None:
        record.report("successor", f'"{commune.name}" có đơn vị kế tiếp mà không có ngày cuối', "thêm dòng đến ngày: …")
    elif successor.since and successor.since <= day:
        end, start = format_date(day), format_date(successor.since)
        what = f'"{commune.name}" còn đến {end} mà "{successor.name}" có từ {start}'
        record.report("until", what, "sửa lại hai ngày cho nối nhau")
