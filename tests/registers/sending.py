"""Submissions as communes make them: their workbook filled in, or a table of their own."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from openpyxl import load_workbook

from plugins.registers.collecting.command import collect
from plugins.registers.ranges import FOLDER
from tests.registers.conftest import ROW, as_csv, saved

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pytest
    from openpyxl import Workbook

    from tests.conftest import Project

REGISTER = "content/dang-ky/2020.csv"
ACTS = "content/dang-ky/2020-viec.csv"
# The cells that a commune fills in beside the given code and name.
FILLED = {name: cell for name, cell in ROW.items() if name not in ("Mã", "Xã")}


def fill_in(project: Project, name: str, *given: Mapping[str, Any], acts: Sequence[Mapping[str, Any]] = ()) -> Workbook:
    """Return a commune's workbook with rows filled in from the second on, valid except for the given cells."""
    file = project.path / FOLDER / "2020" / f"so-dang-ky-2020-{name}.xlsx"
    book = load_workbook(BytesIO(file.read_bytes()))
    for sheet, rows in (("Sổ đăng ký", [FILLED | dict(row) for row in given]), ("Việc đã qua", acts)):
        heads = [cell.value for cell in book[sheet][1]]
        for number, row in enumerate(rows, 2):
            for heading, cell in row.items():
                book[sheet].cell(number, heads.index(heading) + 1).value = cell
    return book


def send(project: Project, name: str, *given: Mapping[str, Any], to: str = "", **how: Any) -> str:
    """Put a commune's workbook, filled in, among those that were sent; over the empty one unless `to` names it."""
    path = to or f"{FOLDER}/2020/so-dang-ky-2020-{name}.xlsx"
    return project.write(path, saved(fill_in(project, name, *given, **how)))


def table(*rows: Mapping[str, Any]) -> str:
    """Return a commune's own table as CSV, with rows valid except for the given cells."""
    made = [{**ROW, **row} for row in rows]
    return as_csv([list(ROW), *([row[heading] for heading in ROW] for row in made)])


def run(project: Project, capsys: pytest.CaptureFixture[str], *words: str, write: bool = False) -> tuple[int, str]:
    """Return the exit code, and the output."""
    capsys.readouterr()
    code = collect(project.path, [str(project.path / word) for word in words], "2020", write=write)
    said = capsys.readouterr()
    return code, said.out + said.err


def read(project: Project, path: str = REGISTER) -> str:
    return (project.path / path).read_bytes().decode("utf-8-sig")
