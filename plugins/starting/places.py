"""A pasted list of places, as copied from Word or Excel -> places and unclear lines. Pure.

A line is a row of a table, or one place; several places on a line are split only when that is unambiguous.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from plugins.content.territory.kinds import KINDS_BY_NAME, Tier
from plugins.sources.problem import Invalid
from plugins.starting.place_names import KINDS, PastedPlace, heading_kind, only_kind, read_names, split_kind
from plugins.starting.place_rows import Columns, cut_cells, find_columns, is_heading
from plugins.vietnamese import fold, nfc, sort_key, squash, without_unseen

_CODE = re.compile(r"\d{5}")
_APOSTROPHE = re.compile(r"(?<=\w)\s?['‘ʼʹ′`´](?=\w)")


@dataclass(frozen=True)
class UnclearLine:
    """A line that was not understood: its number and text, the fault, and a fix."""

    line: int
    text: str
    what: str
    fix: str

    def __str__(self) -> str:
        return f"dòng {self.line}, “{self.text}”: {self.what}; {self.fix}"


@dataclass(frozen=True)
class PlaceList:
    """The places of a list, ordered by kind and name, its unclear lines, and the lines that were skipped."""

    places: tuple[PastedPlace, ...] = ()
    unclear: tuple[UnclearLine, ...] = ()
    skipped: tuple[str, ...] = ()


@dataclass
class _Reader:
    """The state while reading lines: the kind of the last heading, the columns of a table, and the results."""

    tier: Tier | None = None  # of every place, if known
    kind: str = ""
    columns: Columns = field(default_factory=Columns)
    places: list[PastedPlace] = field(default_factory=list)
    unclear: list[UnclearLine] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)

    def read(self, number: int, line: str) -> None:
        cells = cut_cells(line)
        if not any(cells):
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
                self.add(number, [*self.understand(cells)])
            except Invalid as invalid:
                self.unclear.append(UnclearLine(number, shown, invalid.message, invalid.fix))

    def add(self, number: int, found: list[PastedPlace]) -> None:
        for place in found:
            if self.tier and KINDS_BY_NAME[place.kind].tier is not self.tier:
                raise Invalid("không phải nơi ngay dưới cấp của cơ quan", "bỏ dòng ấy, hoặc sửa loại")
            same = [one for one in self.places if one.kind == place.kind and squash(one.name) == squash(place.name)]
            if any(_is_same(place.name, one.name) for one in same):
                self.skipped.append(f"dòng {number}, “{place.title}” đã có ở trên")
            elif same:
                fix = "đổi cách ghi một trong hai, ví dụ thêm số"
                self.unclear.append(UnclearLine(number, place.title, f"bỏ dấu thì trùng với {same[0].title}", fix))
            else:
                self.places.append(place)

    def understand(self, cells: list[str]) -> Iterator[PastedPlace]:
        kinds = [kind for cell in cells if (kind := KINDS.get(cell.lower().rstrip(".")))]
        kind = kinds[0] if kinds else self.kind
        at = self._find_name(cells)
        places = [*read_names(cells[at], kind)]
        code = self.columns.code or 0
        # In a table with headings, five digits in another column are not the place's code.
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
        named = [at for at, cell in enumerate(cells) if all(split_kind(cell))]
        if given is not None and given < len(cells) and (given in named or (cells[given] and not named)):
            return given
        wordy = [at for at, cell in enumerate(cells) if re.search(r"[^\W\d_]", cell) and cell.lower() not in KINDS]
        filled = [at for at, cell in enumerate(cells) if cell]
        return (named or wordy or filled)[0]


def read_places(text: str, tier: Tier | None = None, known: Iterable[PastedPlace] = ()) -> PlaceList:
    """Return the places of a pasted text; each line is among the places, the unclear or the skipped lines.

    Places of another tier are unclear. `known` places are included, and not repeated.
    """
    reader = _Reader(tier, places=[*known])
    clean = _APOSTROPHE.sub("’", without_unseen(nfc(text))).replace("\u00a0", " ")
    for number, line in enumerate(clean.splitlines(), 1):
        reader.read(number, line)
    return PlaceList(order(reader.places), tuple(reader.unclear), tuple(reader.skipped))


def order(places: list[PastedPlace]) -> tuple[PastedPlace, ...]:
    """Return places by kind, as offices list them, and in Vietnamese order within each."""
    ranks = {kind: rank for rank, kind in enumerate(KINDS_BY_NAME)}
    return tuple(sorted(places, key=lambda place: (ranks[place.kind], sort_key(place.name))))


def _is_same(name: str, other: str) -> bool:
    """Tell whether two names that differ only in marks are the same: hoà and hòa, or one typed without any."""
    return sort_key(name)[0] == sort_key(other)[0] or any(fold(one) == one.lower() for one in (name, other))
