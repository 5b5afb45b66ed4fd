"""Kinds and names in a cell or line of a pasted list of places. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from plugins.content.territory.kinds import KINDS_BY_NAME
from plugins.sources.problem import Invalid
from plugins.starting.place_rows import strip_number
from plugins.vietnamese import capitalize, fold, slugify

# Kinds by their abbreviations, without the final full stop.
_SHORT = {spelled.lower().rstrip("."): kind.name for kind in KINDS_BY_NAME.values() for spelled in kind.spelled}
_SHORT |= {"tổ dp": "tổ dân phố"}
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
    """Return the kind that a text begins with, or "", and the rest.

    Marks count if the text has any: “Xa Lú” is not a xã.
    """
    words = text.split()
    is_plain = fold(text) == text.lower()
    spelled = {fold(name): kind for name, kind in KINDS.items()} if is_plain else KINDS
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
    words = f" {heading.lower()} "
    found = {kind for kind in KINDS_BY_NAME if f" {kind} " in re.sub(r"[^\w]+", " ", words)}
    return found.pop() if len(found) == 1 else ""


def _set_case(name: str) -> str:
    """Return a name with usual capitals, if it is all capitals or all small letters."""
    if not (name.isupper() or name.islower()) or len(name) < 2:
        return name
    return " ".join(word if _NUMERAL.fullmatch(word) and word.isupper() else word.capitalize() for word in name.split())
