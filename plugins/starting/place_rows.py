"""Rows of a pasted list: cells, headings of a table, and lines without a place. Pure."""

import re
from dataclasses import dataclass

from plugins.vietnamese import fold, squash

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
    first = next((at for at, cell in enumerate(cells) if cell), None)
    if first is None:
        return []
    is_number = re.fullmatch(r"(?:\d{1,3}|[ivx]{1,5})[.)]?", cells[first], re.IGNORECASE)
    if is_number and any(cells[first + 1 :]):
        cells[first] = ""
        return cells
    cells[first] = strip_number(cells[first])
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
    name = starts.index(True) if any(starts) else named[0]
    return Columns(name, coded[0] if coded else None)


def is_heading(cells: list[str]) -> bool:
    """Tell whether a line has no place: a title, a sum, a remark, or the numbers of columns."""
    text = " ".join(filter(None, cells))
    if re.fullmatch(r"(?:\(?\d{1,2}\)?\s*)+|\(.*\)", text):
        return len(text.split()) > 1 or text.startswith("(")
    return bool(_HEADS.match(fold(text)))
