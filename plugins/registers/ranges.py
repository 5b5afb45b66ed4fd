"""Holders of workbooks, their ranges of codes, and the holder of a file that was sent back.

Each commune of a year, and the office, has a hundred codes. Workbooks are stamped with their holder and first code, so
that neither renaming one nor adding a commune to the vocabulary changes a range that was handed out.
"""

import re
import zipfile
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from plugins.content.registers.columns import OFFICE_NAME
from plugins.content.vocabulary.terms import Commune
from plugins.content.vocabulary.vocabulary import Vocabulary
from plugins.registers.grid import Cells, Grid
from plugins.vietnamese import slugify, squash

FOLDER = "so-cac-xa"
OFFICE_ID = "co-quan"
# The office has the codes up to 099; communes begin at 101, 201 …
_BLOCK = 100
_STAMP = re.compile(r"<(?:\w+:)?keywords[^>]*>so-dang-ky (\d{4}) (\S+) (\d+)<")


@dataclass(frozen=True)
class Holder:
    """A commune with a workbook of its own, or the office (`commune` None), by the name to address it."""

    commune: Commune | None
    name: str
    file: str

    @property
    def id(self) -> str:
        return holder_id(self.commune)


@dataclass(frozen=True)
class Range:
    """The codes of a holder in a year, from number `first` to the end of its hundred."""

    year: int
    holder: Holder
    first: int

    @property
    def last(self) -> int:
        return self.first - self.first % _BLOCK + _BLOCK - 1

    @property
    def label(self) -> str:
        return f"{format_code(self.year, self.first)} … {format_code(self.year, self.last)}"

    @property
    def stamp(self) -> str:
        return f"so-dang-ky {self.year} {self.holder.id} {self.first}"

    def has(self, code: str) -> bool:
        """Return whether a normalized code is in the range."""
        _, year, number = code.split("-")
        return int(year) == self.year and self.first <= int(number) <= self.last

    def free(self, taken: Collection[str]) -> list[str]:
        """Return the codes that are not taken, in order."""
        codes = (format_code(self.year, number) for number in range(self.first, self.last + 1))
        return [code for code in codes if code not in taken]


@dataclass(frozen=True)
class Stamp:
    """The stamp of a workbook: its year, the id of its holder, its first number."""

    year: int
    holder: str
    first: int


def format_code(year: int, number: int) -> str:
    """Return the normalized code of a number."""
    return f"DK-{year}-{number:03}"


def holder_id(commune: Commune | None) -> str:
    """Return the id of a holder; None is the office."""
    return commune.id if commune else OFFICE_ID


def communes_in(vocabulary: Vocabulary, year: int) -> list[Commune]:
    """Return the communes of a year below the office, in the order of the vocabulary."""
    kinds = vocabulary.words_in(year).kinds
    return [one for one in vocabulary.communes if one.existed_in(year) and one.kind in kinds]


def list_holders(vocabulary: Vocabulary, year: int) -> list[Holder]:
    """Return the office, then the communes of a year in the order of the vocabulary."""
    alive = communes_in(vocabulary, year)
    names = [one.full_name for one in alive]
    holders = [Holder(None, OFFICE_NAME, f"so-dang-ky-{year}-{OFFICE_ID}.xlsx")]
    for commune in alive:
        # In the year of a merger two communes may share a name.
        name = commune.full_name if names.count(commune.full_name) == 1 else commune.distinct_name
        holders.append(Holder(commune, name, f"so-dang-ky-{year}-{slugify(name)}.xlsx"))
    return holders


def plan_ranges(vocabulary: Vocabulary, year: int, stamps: Iterable[Stamp] = ()) -> dict[str, Range]:
    """Return the range of each holder by its id: as stamped, else the next free hundred."""
    issued = {stamp.holder: stamp.first for stamp in stamps if stamp.year == year}
    taken = {first // _BLOCK for first in issued.values()}
    ranges: dict[str, Range] = {}
    block = 1
    for holder in list_holders(vocabulary, year):
        first = 1 if holder.commune is None else issued.get(holder.id)
        if first is None:
            while block in taken:
                block += 1
            taken.add(block)
            first = block * _BLOCK + 1
        ranges[holder.id] = Range(year, holder, first)
    return ranges


def read_range_stamp(file: Path) -> Stamp | None:
    """Return the stamp of a workbook; None if it has none or is unreadable."""
    try:
        with zipfile.ZipFile(file) as package:
            entry = package.getinfo("docProps/core.xml")
            found = _STAMP.search(package.read(entry).decode("utf-8", "replace")) if entry.file_size < 100_000 else None
    except (OSError, KeyError, ValueError, RuntimeError, NotImplementedError, zipfile.BadZipFile, EOFError):
        return None
    return Stamp(int(found[1]), found[2], int(found[3])) if found else None


def read_range_stamps(folder: Path) -> list[Stamp]:
    """Return the stamps of the workbooks in a folder."""
    files = sorted(folder.glob("*.xlsx")) if folder.is_dir() else []
    return [stamp for file in files if (stamp := read_range_stamp(file))]


def may_register(owner: Holder | None, commune: Commune | None, vocabulary: Vocabulary) -> bool:
    """Return whether the owner of a file may register for a commune: its own, or any if it is the office."""
    return owner is None or owner.commune is None or vocabulary.are_one(owner.commune, commune)


def find_owner(
    stamped: str, grid: Grid | None, file: Path, holders: Sequence[Holder], vocabulary: Vocabulary
) -> Holder | None:
    """Return the owner of a file by its stamp, else the commune of most rows, else the file name."""
    named = [_name_holder(grid, cells, holders, vocabulary) for _, cells in grid.rows()] if grid else []
    votes = Counter(filter(None, named))
    for holder in holders:
        is_former = holder.commune is not None and stamped in holder.commune.old_ids
        # All rows name one other holder than the stamped one, too many for a slip.
        is_of_another = len(votes) == 1 and not votes[holder.id] and votes.total() >= 3
        if (stamped == holder.id or is_former) and not (holder.commune and is_of_another):
            return holder
    if votes:
        best = max(votes.values())
        most = {holder.id: holder for holder in holders if votes[holder.id] == best}
        by_file = [holder for holder in most.values() if _bare_name(holder) in squash(file.stem)]
        # On a tie, the commune of the first row; the rows of the others are then refused.
        return [*by_file, *(most[voted] for voted in votes if voted in most)][0]
    name = squash(file.stem)
    by_length = sorted(holders, key=lambda one: -len(one.name))
    if found := next((one for one in by_length if _bare_name(one) in name), None):
        return found
    former = [vocabulary.today(one).id for one in vocabulary.communes if squash(one.written) in name]
    return next((one for one in holders if one.id in former), None)


def _bare_name(holder: Holder) -> str:
    return squash(holder.commune.written) if holder.commune else squash(OFFICE_ID)


def _name_holder(grid: Grid, cells: Cells, holders: Sequence[Holder], vocabulary: Vocabulary) -> str:
    """Return the id of the holder that a row names, also by the name of a merged commune; "" for none."""
    communes = grid.communes(cells)
    ids = {holder.id for holder in holders}
    now = (one and vocabulary.today(one) for one in communes)
    return next((found for one in (*communes, *now) if (found := holder_id(one)) in ids), "")
