"""A pasted list of places, as people copy it from Word or Excel, to places; what is not understood is named. Pure.

A line is a row of a table, or a place as one writes it; several on a line are taken apart only where it is plain.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from plugins.content.territory.kinds import KINDS_BY_NAME, Tier
from plugins.starting.place_rows import Columns, cut_cells, find_columns, is_heading, strip_number
from plugins.vietnamese import capitalize, fold, nfc, slugify, sort_key, squash, without_unseen

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# By how it is spelled, without its last point.
_SHORT = {spelled.lower().rstrip("."): kind.name for kind in KINDS_BY_NAME.values() for spelled in kind.spelled}
_SHORT |= {"tổ dp": "tổ dân phố"}
_KINDS = {kind: kind for kind in KINDS_BY_NAME} | _SHORT
_JOINED = re.compile(r"(tdp|kp|tk|tt|đk|x|p)(?:\.\s*(?=\w)|(?=\d))", re.IGNORECASE)
_SEPARATORS = re.compile(r"\s*(?:,|&|(?<=\s)và(?=\s))\s*")
_NUMERAL = re.compile(r"\d{1,3}[a-zđ]?|[ivx]+", re.IGNORECASE)
_RANGE = re.compile(r"\d+[a-zđ]?\s*(?:-|–|—|đến|tới|->|→)\s*(?:\D+\s)?\d+[a-zđ]?", re.IGNORECASE)
_CODE = re.compile(r"\d{5}")
_ASIDE = re.compile(r"\s*\([^()]*\)\s*$")
_APOSTROPHE = re.compile(r"(?<=\w)\s?['‘ʼʹ′`´](?=\w)")
_LONGEST = 60


@dataclass(frozen=True)
class Place:
    """A place as it was pasted: its kind, its name without the kind, and its number of the statistics office."""

    kind: str
    name: str
    code: str = ""

    @property
    def title(self) -> str:
        """The name with its kind in front: Thôn 1."""
        return capitalize(f"{self.kind} {self.name}")


@dataclass(frozen=True)
class Doubt:
    """A line that was not understood: where it stands, what it says, what is wrong and what to do."""

    line: int
    text: str
    what: str
    fix: str

    def __str__(self) -> str:
        return f"dòng {self.line}, “{self.text}”: {self.what}; {self.fix}"


@dataclass(frozen=True)
class Pasted:
    """What a list says: its places in Vietnamese order within each kind, what is doubtful, and what was passed over."""

    places: tuple[Place, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    passed: tuple[str, ...] = ()


class _Unclear(Exception):
    """A line that cannot be understood: what is wrong, and what to do."""

    def __init__(self, what: str, fix: str) -> None:
        super().__init__(what)
        self.what, self.fix = what, fix


@dataclass
class _Reader:
    """What is known while the lines are read: the kind that a heading gave, and the columns of a table."""

    tier: Tier | None = None  # of every place, where it is known
    kind: str = ""
    columns: Columns = field(default_factory=Columns)
    places: list[Place] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    passed: list[str] = field(default_factory=list)

    def read(self, number: int, line: str) -> None:
        cells = cut_cells(line)
        if not any(cells):
            return
        shown = " ".join(filter(None, cells))
        if columns := find_columns(cells):
            self.columns = columns
            self.kind = _only_kind(cells[columns.name] if columns.name is not None else "") or self.kind
        elif kind := _heading_kind(cells):
            self.kind = kind
        elif is_heading(cells):
            self.passed.append(f"dòng {number}, “{shown}”")
        else:
            try:
                self.add(number, [*self.understand(cells)])
            except _Unclear as unclear:
                self.doubts.append(Doubt(number, shown, unclear.what, unclear.fix))

    def add(self, number: int, found: list[Place]) -> None:
        for place in found:
            if self.tier and KINDS_BY_NAME[place.kind].tier is not self.tier:
                raise _Unclear("không phải nơi ngay dưới cấp của cơ quan", "bỏ dòng ấy, hoặc sửa loại")
            same = [one for one in self.places if one.kind == place.kind and squash(one.name) == squash(place.name)]
            if any(_is_same(place.name, one.name) for one in same):
                self.passed.append(f"dòng {number}, “{place.title}” đã có ở trên")
            elif same:
                fix = "đổi cách ghi một trong hai, ví dụ thêm số"
                self.doubts.append(Doubt(number, place.title, f"bỏ dấu thì trùng với {same[0].title}", fix))
            else:
                self.places.append(place)

    def understand(self, cells: list[str]) -> Iterator[Place]:
        kinds = [kind for cell in cells if (kind := _KINDS.get(cell.lower().rstrip(".")))]
        kind = kinds[0] if kinds else self.kind
        at = self._find_name(cells)
        places = [*_read_names(cells[at], kind)]
        code = self.columns.code or 0
        # In a table with headings, a number of five digits in any other column counts something else.
        told = cells[code : code + 1] if code and at == self.columns.name else cells[at + 1 :]
        if at == self.columns.name and not code:
            told = []
        if len(places) == 1:
            number = next((cell for cell in told if _CODE.fullmatch(cell)), "")
            yield replace(places[0], code=number)
        else:
            yield from places

    def _find_name(self, cells: list[str]) -> int:
        given = self.columns.name
        named = [at for at, cell in enumerate(cells) if all(_split_kind(cell))]
        if given is not None and given < len(cells) and (given in named or (cells[given] and not named)):
            return given
        wordy = [at for at, cell in enumerate(cells) if re.search(r"[^\W\d_]", cell) and cell.lower() not in _KINDS]
        filled = [at for at, cell in enumerate(cells) if cell]
        return (named or wordy or filled)[0]


def read_places(text: str, tier: Tier | None = None, known: Iterable[Place] = ()) -> Pasted:
    """Return the places that a pasted text lists; every line of it is among the places, the doubts or the passed.

    Those of another tier are doubtful. Places that are `known` already come before them.
    """
    reader = _Reader(tier, places=[*known])
    clean = _APOSTROPHE.sub("’", without_unseen(nfc(text))).replace("\u00a0", " ")
    for number, line in enumerate(clean.splitlines(), 1):
        reader.read(number, line)
    return Pasted(order(reader.places), tuple(reader.doubts), tuple(reader.passed))


def order(places: list[Place]) -> tuple[Place, ...]:
    """Return places by kind, as offices list them, and in Vietnamese order within each."""
    ranks = {kind: rank for rank, kind in enumerate(KINDS_BY_NAME)}
    return tuple(sorted(places, key=lambda place: (ranks[place.kind], sort_key(place.name))))


def _is_same(name: str, other: str) -> bool:
    """Tell whether two names that are one without marks are one: hoà and hòa, or one typed without any."""
    return sort_key(name)[0] == sort_key(other)[0] or any(fold(one) == one.lower() for one in (name, other))


def _read_names(text: str, kind: str) -> Iterator[Place]:
    first, *rest = [part for part in _SEPARATORS.split(_ASIDE.sub("", text).strip(" .:,;-")) if part] or [""]
    place = _read_name(first, kind)
    yield place
    is_numbered = bool(_NUMERAL.fullmatch(place.name))
    for part in rest:
        own, _ = _split_kind(part)
        if not own and not (is_numbered and _NUMERAL.fullmatch(part)):
            raise _Unclear("nhiều nơi trên một dòng", "ghi mỗi nơi một dòng")
        yield _read_name(part, place.kind)


def _read_name(text: str, kind: str) -> Place:
    own, name = _split_kind(text)
    kind = own or kind
    if _RANGE.search(name):
        raise _Unclear("chưa kể từng nơi", "ghi đủ, ví dụ “Thôn 1, 2, 3”")
    if not slugify(name):
        raise _Unclear("chưa có tên", "ghi cả tên, hoặc bỏ dòng ấy")
    if len(name) > _LONGEST:
        raise _Unclear("quá dài cho một tên", "ghi mỗi nơi một dòng")
    if not kind:
        raise _Unclear("không rõ là loại gì", "ghi loại ở trước tên, ví dụ “Thôn …”, “Buôn …”, “Xã …”")
    # Tổ dân phố số 5: a number's own word is no name.
    return Place(kind, re.sub(r"^Số(?= \d)", "số", _set_case(name)))


def _split_kind(text: str) -> tuple[str, str]:
    """Return the kind that a text begins with, and the rest; "" where it begins with none.

    Marks count where the text has any: “Xa Lú” is no xã.
    """
    words = text.split()
    is_plain = fold(text) == text.lower()
    spelled = {fold(name): kind for name, kind in _KINDS.items()} if is_plain else _KINDS
    for count in (3, 2, 1):
        head = " ".join(words[:count]).lower()
        if head.rstrip(".") in spelled and (len(words) > count or head.rstrip(".") not in _SHORT):
            return spelled[head.rstrip(".")], " ".join(words[count:])
    # “TDP3”, “P.Đồng Xuân”, “KP.2”
    if joined := _JOINED.match(text):
        return _SHORT[joined[1].lower()], text[joined.end() :].strip()
    return "", text


def _heading_kind(cells: list[str]) -> str:
    """Return the kind that a line alone names, as “II. Các phường (23):” does; "" for any other line."""
    filled = [cell for cell in cells if cell]
    if len(filled) > 2 or (len(filled) == 2 and not re.fullmatch(r"[ivx\d]+[.)]?", filled[0], re.IGNORECASE)):
        return ""
    text = _ASIDE.sub("", strip_number(filled[-1]).strip(" .:-")).strip(" .:-").lower()
    text = re.sub(r"^(?:(?:các|danh sách|gồm|\d+)\s+)+", "", text)
    return _KINDS.get(text, "")


def _only_kind(heading: str) -> str:
    """Return the kind that the heading of a column names alone, as “Tên thôn” does."""
    words = f" {heading.lower()} "
    found = {kind for kind in KINDS_BY_NAME if f" {kind} " in re.sub(r"[^\w]+", " ", words)}
    return found.pop() if len(found) == 1 else ""


def _set_case(name: str) -> str:
    """Return a name that is written in capitals, or without any, as names are written."""
    if not (name.isupper() or name.islower()) or len(name) < 2:
        return name
    return " ".join(word if _NUMERAL.fullmatch(word) and word.isupper() else _capitalize(word) for word in name.split())


def _capitalize(word: str) -> str:
    return word[:1].upper() + word[1:].lower()
