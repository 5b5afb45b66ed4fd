"""A year's register and its acts as they stand in content/, row by row, ready to be held against what is sent."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING

from plugins.content.registers.columns import OFFICE, act_columns, count_headings, register_columns
from plugins.content.registers.reading import FOLDER, LEAST_HEADINGS, LEAST_OF_ACTS
from plugins.content.registers.registration import State
from plugins.content.registers.sheets.tables import Table, read_tables
from plugins.content.vocabulary import NamedCommune
from plugins.registers.grid import Cells, Grid, find_grid, parse
from plugins.registers.ranges import OFFICE_ID
from plugins.sources.folders import list_folder
from plugins.sources.held import insist_on_reading
from plugins.vietnamese import fold, nfc

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from plugins.content.vocabulary import Vocabulary
    from plugins.sources.problem import Problem
    from plugins.sources.schema import Key


@dataclass(frozen=True)
class Standing:
    """One table as it stands: its file by its path in the project, whether it is there, its bytes, and its rows."""

    path: str
    file: Path
    data: bytes | None
    grid: Grid

    @property
    def exists(self) -> bool:
        return self.data is not None

    @cached_property
    def by_code(self) -> dict[str, tuple[int, Cells]]:
        """The first row of each code."""
        found: dict[str, tuple[int, Cells]] = {}
        for at, cells in self.grid.rows():
            if code := self.grid.code(cells):
                found.setdefault(code, (at, cells))
        return found


def read_standing(project: Path, year: int, vocabulary: Vocabulary) -> tuple[Standing, Standing, list[Problem]]:
    """Return the register of a year and its acts; of what is not there yet, where and with which headings it will be.

    The problems are of files that cannot be read at all.
    """
    columns, of_acts = register_columns(vocabulary), act_columns()
    wanted = (partial(count_headings, columns), LEAST_HEADINGS), (partial(count_headings, of_acts), LEAST_OF_ACTS)
    files = [(nfc(name), project / FOLDER / entry.name) for name, entry in list_folder(project / FOLDER)]
    register = _find(files, rf"{year}\.(csv|xlsx)")
    acts = _find(files, rf"{year}[ _-]*viec\.(csv|xlsx)")
    problems: list[Problem] = []
    own = beside = None
    if register:
        name, file = register
        (own, beside), problems = read_tables(file, f"{FOLDER}/{name}", wanted)
    happened = None
    if acts:
        name, file = acts
        (happened,), more = read_tables(file, f"{FOLDER}/{name}", wanted[1:])
        problems += more
    first = _stand(project, register, f"{year}.csv", own, columns)
    if acts is None and beside is not None and register:
        return first, _stand(project, register, "", beside, of_acts), problems
    return first, _stand(project, acts, f"{year}-viec.csv", happened, of_acts), problems


def _find(files: Sequence[tuple[str, Path]], pattern: str) -> tuple[str, Path] | None:
    return next(((name, file) for name, file in files if re.fullmatch(pattern, fold(name))), None)


def _stand(
    project: Path, found: tuple[str, Path] | None, otherwise: str, table: Table | None, keys: tuple[Key, ...]
) -> Standing:
    if found is None:
        kept = tuple(key for key in keys if key.attribute != "sample")
        made = Table([[key.name for key in kept]])
        return Standing(f"{FOLDER}/{otherwise}", project / FOLDER / otherwise, None, find_grid(made, keys))
    name, file = found
    table = table or Table([])
    for top, left, bottom, right in table.merged:
        if left == right:
            for at in range(top, min(bottom + 1, len(table.rows))):
                table.rows[at][left] = table.rows[top][left]
    return Standing(f"{FOLDER}/{name}", file, insist_on_reading(file.read_bytes), find_grid(table, keys))


def find_holder(cells: Cells, standing: Standing) -> str:
    """Return the id of whose a row is; "" of one that is over, is made up, or does not say."""
    said = {name: parse(key, cells.get(name, "")) for name, key in standing.grid.by_attribute.items()}
    named, day = said["commune"], said["registered_on"]
    if said["status"] is State.STOPPED or said["sample"] or not isinstance(named, NamedCommune):
        return ""
    if named is OFFICE:
        return OFFICE_ID
    alive = [one for one in named.candidates if day and one.existed_on(day)]
    return next((one.id for one in (*alive, *named.candidates)), "")
