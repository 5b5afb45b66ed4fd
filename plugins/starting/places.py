"""A pasted list of places, as copied from Word or Excel -> places and unclear lines. Pure.

A line is a row of a table, or one place; several places on a line are split only when that is unambiguous.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from plugins.content.territory.kinds import KINDS_BY_NAME, Tier
from plugins.sources.problem import Invalid
from plugins.vietnamese import capitalize, fold, nfc, slugify, sort_key, squash, without_unseen

_NUMBER = re.compile(
    r"(?:[•●▪◦‣*+·–—-]+|(?:\d{1,3}|[ivx]{1,5}|[a-oq-wyz])[.)/](?=\s|\D)|\d{1,3}(?=\s+\D))\s*", re.IGNORECASE
)
_NUMBERS = {"stt", "tt", "so", "sott", "sothutu", "no"}
_NAMES = re.compile(r"(?:ten|thon|buon|bon|xa|phuong|donvi|diaban|noi)")
_CODES = re.compile(r"ma(?:so|xa|thon|donvi|dvhc|dbhc|hanhchinh)?(?:hanhchinh|dvhc|donvi)*|codes?")
_KINDS = {"loai", "loaihinh", "cap", "loaidiaban", "kind"}
# Beginnings of lines without a place.
_HEADS = re.compile(r"(?:tong(?: so| cong)?|cong|danh sach|bieu|phu luc|kem theo|ban hanh kem|don vi tinh|ghi chu)\b")


@dataclass(frozen=True)
class Columns:
    """The columns of the name and the code by the headings of a table, None if unknown."""

    name: int | None = None
    code: int | None = None


def cut_cells(line: str) -> list[str]:
    """Return the cells of a line, empty ones too, without the number or bullet before the first."""
    cells = [" ".join(cell.split()) for cell in re.split(r"[\t;|]", line)]
    if len(cells) == 1 and re.match(r"\d{1,3}\s*,\s*[^\W\d_]", cells[0]):
        cells = [cell.strip() for cell in cells[0].split(",")]
    cells = [cell.strip('"“”') for cell in cells]
    if (first := next((at for at, cell in enumerate(cells) if cell), None)) is None:
        return []
    is_number = re.fullmatch(r"(?:\d{1,3}|[ivx]{1,5})[.)]?", cells[first], re.IGNORECASE)
    cells[first] = "" if is_number and any(cells[first + 1 :]) else strip_number(cells[first])
    return cells


def strip_number(cell: str) -> str:
    """Return a text without a leading bullet or number."""
    return _NUMBER.sub("", cell, count=1) if _NUMBER.match(cell) else cell


def find_columns(cells: list[str]) -> Columns | None:
    """Return the columns of a table by its row of headings, None for any other row."""
    words = [squash(cell) for cell in cells]
    named = [at for at, word in enumerate(words) if _NAMES.match(word)]
    coded = [at for at, word in enumerate(words) if _CODES.fullmatch(word)]
    is_headed = any(word in _NUMBERS | _KINDS for word in words) or bool(coded)
    starts = [word.startswith("ten") for word in words]
    if not (named and is_headed) and not (any(starts) and not re.search(r"\d", " ".join(cells)) and len(cells) > 1):
        return None
    return Columns(starts.index(True) if any(starts) else named[0], coded[0] if coded else None)


def is_heading(cells: list[str]) -> bool:
    """Tell whether a line has no place: a title, a sum, a remark, or the numbers of columns."""
    text = " ".join(filter(None, cells))
    if re.fullmatch(r"(?:\(?\d{1,2}\)?\s*)+|\(.*\)", text):
        return len(text.split()) > 1 or text.startswith("(")
    return bool(_HEADS.match(fold(text)))


# Kinds by their abbreviations, without the final full stop.
_SHORT = {spelled.lower().rstrip("."): kind.name for kind in KINDS_BY_NAME.values() for spelled in kind.spelled}
_SHORT["tổ dp"] = "tổ dân phố"
KINDS = {kind: kind for kind in KINDS_BY_NAME} | _SHORT
_JOINED = re.compile(r"(tdp|kp|tk|tt|đk|x|p)(?:\.\s*(?=\w)|(?=\d))", re.IGNORECASE)
_SEPARATORS = re.compile(r"\s*(?:,|&|(?<=\s)và(?=\s))\s*")
_NUMERAL = re.compile(r"\d{1,3}[a-zđ]?|[ivx]+", re.IGNORECASE)
_RANGE = re.compile(r"\d+[a-zđ]?\s*(?:-|–|—|đến|tới|->|→)\s*(?:\D+\s)?\d+[a-zđ]?", re.IGNORECASE)
_ASIDE = re.compile(r"\s*\([^()]*\)\s*$")
_LONGEST = 60


@dataclass(frozen=True)
class PastedPlace:
    """A place of a pasted list: its kind, its name without the kind, and its code of the statistics office."""

    kind: str
    name: str
    code: str = ""

    @property
    def title(self) -> str:
        """The name with its kind in front: Thôn 1."""
        return capitalize(f"{self.kind} {self.name}")


def read_names(text: str, kind: str) -> Iterator[PastedPlace]:
    """Yield the places in a text, of this kind unless they say another. Raises Invalid for an unclear text."""
    first, *rest = [part for part in _SEPARATORS.split(_ASIDE.sub("", text).strip(" .:,;-")) if part] or [""]
    place = _read_name(first, kind)
    yield place
    is_numbered = bool(_NUMERAL.fullmatch(place.name))
    for part in rest:
        own, _ = split_kind(part)
        if not own and not (is_numbered and _NUMERAL.fullmatch(part)):
            raise Invalid("nhiều nơi trên một dòng", "ghi mỗi nơi một dòng")
        yield _read_name(part, place.kind)


def _read_name(text: str, kind: str) -> PastedPlace:
    own, name = split_kind(text)
    kind = own or kind
    if _RANGE.search(name):
        raise Invalid("chưa kể từng nơi", "ghi đủ, ví dụ “Thôn 1, 2, 3”")
    if not slugify(name):
        raise Invalid("chưa có tên", "ghi cả tên, hoặc bỏ dòng ấy")
    if len(name) > _LONGEST:
        raise Invalid("quá dài cho một tên", "ghi mỗi nơi một dòng")
    if not kind:
        raise Invalid("không rõ là loại gì", "ghi loại ở trước tên, ví dụ “Thôn …”, “Buôn …”, “Xã …”")
    # Tổ dân phố số 5: “số” is part of the kind, not a name.
    return PastedPlace(kind, re.sub(r"^Số(?= \d)", "số", _set_case(name)))


def split_kind(text: str) -> tuple[str, str]:
    """Return the kind that a text begins with, or "", and the rest; marks count if it has any: “Xa Lú” is not a xã."""
    words = text.split()
    spelled = {fold(name): kind for name, kind in KINDS.items()} if fold(text) == text.lower() else KINDS
    for count in (3, 2, 1):
        head = " ".join(words[:count]).lower()
        if head.rstrip(".") in spelled and (len(words) > count or head.rstrip(".") not in _SHORT):
            return spelled[head.rstrip(".")], " ".join(words[count:])
    # “TDP3”, “P.Đồng Xuân”, “KP.2”
    if joined := _JOINED.match(text):
        return _SHORT[joined[1].lower()], text[joined.end() :].strip()
    return "", text


def heading_kind(cells: list[str]) -> str:
    """Return the kind that heads a part of a list, as in “II. Các phường (23):”, "" for any other line."""
    filled = [cell for cell in cells if cell]
    if len(filled) > 2 or (len(filled) == 2 and not re.fullmatch(r"[ivx\d]+[.)]?", filled[0], re.IGNORECASE)):
        return ""
    text = _ASIDE.sub("", strip_number(filled[-1]).strip(" .:-")).strip(" .:-").lower()
    text = re.sub(r"^(?:(?:các|danh sách|gồm|\d+)\s+)+", "", text)
    return KINDS.get(text, "")


def only_kind(heading: str) -> str:
    """Return the one kind in the heading of a column, as in “Tên thôn”, or ""."""
    words = re.sub(r"[^\w]+", " ", f" {heading.lower()} ")
    found = {kind for kind in KINDS_BY_NAME if f" {kind} " in words}
    return found.pop() if len(found) == 1 else ""


def _set_case(name: str) -> str:
    """Return a name with usual capitals, if it is all capitals or all small letters."""
    if not (name.isupper() or name.islower()) or len(name) < 2:
        return name
    return " ".join(word if _NUMERAL.fullmatch(word) and word.isupper() else word.capitalize() for word in name.split())


_CODE = re.compile(r"\d{5}")
_APOSTROPHE = re.compile(r"(?<=\w)\s?['‘ʼʹ′`´](?=\w)")


@dataclass(frozen=True)
class PlaceList:
    """The places of a list, by kind and name, its unclear lines, each with fault and fix, and the skipped lines."""

    places: tuple[PastedPlace, ...] = ()
    unclear: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()


@dataclass
class _Reader:
    """The state while reading lines: the kind of the last heading, the columns of a table, and the results."""

    tier: Tier | None = None  # of every place, if known
    kind: str = ""
    columns: Columns = field(default_factory=Columns)
    places: list[PastedPlace] = field(default_factory=list)
    unclear: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)

    def read(self, number: int, line: str) -> None:
        if not any(cells := cut_cells(line)):
            return
        shown = " ".join(filter(None, cells))
        if columns := find_columns(cells):
            self.columns = columns
            self.kind = only_kind(cells[columns.name] if columns.name is not None else "") or self.kind
        elif kind := heading_kind(cells):
            self.kind = kind
        elif is_heading(cells):
            self.skipped.append(f"dòng {number}, “{shown}”")
        else:
            try:
                self.add(number, self.understand(cells))
            except Invalid as invalid:
                self.unclear.append(f"dòng {number}, “{shown}”: {invalid.message}; {invalid.fix}")

    def add(self, number: int, found: list[PastedPlace]) -> None:
        for place in found:
            if self.tier and KINDS_BY_NAME[place.kind].tier is not self.tier:
                raise Invalid("không phải nơi ngay dưới cấp của cơ quan", "bỏ dòng ấy, hoặc sửa loại")
            same = [one for one in self.places if one.kind == place.kind and squash(one.name) == squash(place.name)]
            if any(_is_same(place.name, one.name) for one in same):
                self.skipped.append(f"dòng {number}, “{place.title}” đã có ở trên")
            elif same:
                why = f"bỏ dấu thì trùng với {same[0].title}; đổi cách ghi một trong hai, ví dụ thêm số"
                self.unclear.append(f"dòng {number}, “{place.title}”: {why}")
            else:
                self.places.append(place)

    def understand(self, cells: list[str]) -> list[PastedPlace]:
        kinds = [kind for cell in cells if (kind := KINDS.get(cell.lower().rstrip(".")))]
        kind = kinds[0] if kinds else self.kind
        at = self._find_name(cells)
        places = [*read_names(cells[at], kind)]
        told = cells[at + 1 :]
        if at == self.columns.name:
            # In a table with headings, five digits in another column are not the place's code.
            told = cells[self.columns.code : self.columns.code + 1] if self.columns.code else []
        code = next((cell for cell in told if _CODE.fullmatch(cell)), "")
        return [replace(places[0], code=code)] if len(places) == 1 else places

    def _find_name(self, cells: list[str]) -> int:
        given = self.columns.name
        named = [at for at, cell in enumerate(cells) if all(split_kind(cell))]
        if given is not None and given < len(cells) and (given in named or (cells[given] and not named)):
            return given
        wordy = [at for at, cell in enumerate(cells) if re.search(r"[^\W\d_]", cell) and cell.lower() not in KINDS]
        return (named or wordy or [at for at, cell in enumerate(cells) if cell])[0]


def read_places(text: str, tier: Tier | None = None, known: Iterable[PastedPlace] = ()) -> PlaceList:
    """Return the places of a pasted text; each line is among the places, the unclear or the skipped lines.

    Places of another tier are unclear. `known` places are included, and not repeated.
    """
    reader = _Reader(tier, places=[*known])
    clean = _APOSTROPHE.sub("’", without_unseen(nfc(text))).replace("\u00a0", " ")
    for number, line in enumerate(clean.splitlines(), 1):
        reader.read(number, line)
    # By kind, as offices list them.
    ranks = {kind: rank for rank, kind in enumerate(KINDS_BY_NAME)}
    reader.places.sort(key=lambda place: (ranks[place.kind], sort_key(place.name)))
    return PlaceList(tuple(reader.places), tuple(reader.unclear), tuple(reader.skipped))


def _is_same(name: str, other: str) -> bool:
    """Tell whether two names that differ only in marks are the same: hoà and hòa, or one typed without any."""
    return sort_key(name)[0] == sort_key(other)[0] or any(fold(one) == one.lower() for one in (name, other))
