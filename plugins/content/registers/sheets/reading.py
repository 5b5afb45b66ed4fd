"""Read the wanted tables of a CSV file or a workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plugins.content.registers.sheets.tables import CellTable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from plugins.content.registers.sheets.tables import Wanted
    from plugins.sources.problem import Problem


def read_tables(file: Path, path: str, wanted: Sequence[Wanted]) -> tuple[list[CellTable | None], list[Problem]]:
    """Return a table for each of `wanted`, None if it is missing or not unique; a CSV file has only the first."""
    # Imported here, so that a project without workbooks does not load expat and the number formats.
    if file.suffix.lower() != ".csv":
        from plugins.content.registers.sheets.workbook import read_workbook

        return read_workbook(file, path, wanted)
    from plugins.content.registers.sheets.delimited import read_delimited

    read = read_delimited(file, path, wanted[0][0])
    others: list[CellTable | None] = [None] * (len(wanted) - 1)
    return ([read, *others], []) if isinstance(read, CellTable) else ([None, *others], [read])
