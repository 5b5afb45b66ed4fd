"""The register of a year and its acts as stored in content/, by row, to compare and edit."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from plugins.content.registers.columns import act_columns, register_columns
from plugins.content.registers.register_files import FOLDER, wanted_tables
from plugins.content.registers.registration import State
from plugins.content.registers.sheets.tables import CellTable, Wanted, read_tables
from plugins.content.vocabulary.vocabulary import Vocabulary
from plugins.registers.grid import Cells, Grid, find_grid, parse
from plugins.registers.ranges import holder_id
from plugins.sources.folders import list_folder
from plugins.sources.held import insist_on_reading
from plugins.sources.problem import Problem
from plugins.sources.schema import Key
from plugins.vietnamese import fold, nfc

_File = tuple[str, Path]  # with its NFC name


@dataclass(frozen=True)
class StoredTable:
    """A table of a register: its path in the project, its bytes, None before it is created, and its cells."""

    path: str
    file: Path
    data: bytes | None
    grid: Grid
    wanted: Wanted

    @cached_property
    def by_code(self) -> dict[str, tuple[int, Cells]]:
        """The index and cells of the first row of each code."""
        found: dict[str, tuple[int, Cells]] = {}
        for at, cells in self.grid.rows():
            if code := self.grid.code(cells):
                found.setdefault(code, (at, cells))
        return found


class Rejected(Exception):
    """A register cannot be read or edited; `problems` has every reason."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        super().__init__()
        self.problems = [*problems]


def read_stored(
    project: Path, year: int, vocabulary: Vocabulary, errors: Iterable[Problem] = ()
) -> tuple[StoredTable, StoredTable]:
    """Return the register of a year and its acts; a table without a file has the path and headings of a new one.

    Rejected if a file or folder cannot be read, or for those of the content's `errors` that concern a whole table.
    """
    columns, of_acts = register_columns(vocabulary, year), act_columns()
    of_register, wanted_acts = wanted = wanted_tables(columns)
    problems: list[Problem] = []
    listed = list_folder(project / FOLDER, FOLDER, problems)
    files = [(nfc(name), project / FOLDER / entry.name) for name, entry in listed]
    register = _find(files, rf"{year}\.(csv|xlsx)")
    acts = _find(files, rf"{year}[ _-]*viec\.(csv|xlsx)")
    own = beside = happened = None
    if register:
        name, file = register
        (own, beside), more = read_tables(file, f"{FOLDER}/{name}", wanted)
        problems += more
    if acts:
        name, file = acts
        (happened,), more = read_tables(file, f"{FOLDER}/{name}", (wanted_acts,))
        problems += more
    elif beside:
        acts, happened = register, beside
    tables = (
        _store(project, register, f"{year}.csv", own, columns, of_register),
        _store(project, acts, f"{year}-viec.csv", happened, of_acts, wanted_acts),
    )
    paths = {one.path for one in tables}
    if broken := [one for one in errors if one.path in paths and not one.of_row] or problems:
        raise Rejected(broken)
    return tables


def _find(files: Sequence[_File], pattern: str) -> _File | None:
    return next(((name, file) for name, file in files if re.fullmatch(pattern, fold(name))), None)


def _store(
    project: Path, found: _File | None, new_name: str, table: CellTable | None, keys: tuple[Key, ...], wanted: Wanted
) -> StoredTable:
    if found is None:
        headings = [key.name for key in keys if key.attribute != "sample"]
        file = project / FOLDER / new_name
        return StoredTable(f"{FOLDER}/{new_name}", file, None, find_grid(CellTable([headings]), keys), wanted)
    name, file = found
    table = table or CellTable([])
    for top, left, bottom, right in table.merged:
        if left == right:
            for at in range(top, min(bottom + 1, len(table.rows))):
                table.rows[at][left] = table.rows[top][left]
    return StoredTable(f"{FOLDER}/{name}", file, insist_on_reading(file.read_bytes), find_grid(table, keys), wanted)


def find_holder(cells: Cells, stored: StoredTable) -> str:
    """Return the id of the holder of a row; "" for a stopped or sample registration, or a row without commune."""
    keys = stored.grid.by_attribute
    communes = stored.grid.communes(cells)
    is_stopped = parse(keys["status"], cells.get("status", "")) is State.STOPPED
    if not communes or is_stopped or parse(keys["sample"], cells.get("sample", "")):
        return ""
    return holder_id(communes[0])
