"""Acts as staff state them, in a file or one by one: their rows, and what is wrong with any."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from plugins.content.registers.act import ActKind
from plugins.content.registers.acts import add_acts
from plugins.content.registers.columns import act_columns
from plugins.content.registers.reading import act_rows, wanted_tables
from plugins.content.registers.registration import Register, code_year
from plugins.content.registers.sheets.tables import CellTable, read_tables
from plugins.registers.collecting.files import is_spreadsheet
from plugins.registers.collecting.merging_acts import ActRow, find_other, read_row
from plugins.registers.grid import drop_unused, find_formula, find_grid
from plugins.sources.problem import Invalid, Level, Problem, suggest

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from pathlib import Path

    from plugins.content.registers.registration import Registration
    from plugins.registers.stored import StoredTable

_AGAIN = "lấy lại tệp mẫu, không đổi tên cột"


class Refused(Exception):
    """Nothing may be entered; `problems` say why, each with what to do."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__()
        self.problems = problems


def read_file(file: Path) -> CellTable:
    """Return the table of acts in a file; Refused or Invalid when there is none that can be read."""
    if not file.is_file():
        raise Invalid(f"Không có tệp {file.name}", "xem lại tên tệp")
    if not is_spreadsheet(file):
        raise Invalid(f"Tệp {file.name} không phải .xlsx hay .csv", "lưu thành .xlsx hoặc CSV UTF-8 rồi chạy lại")
    _, wanted = wanted_tables(act_columns())
    (table,), problems = read_tables(file, file.name, (wanted,))
    if problems:
        raise Refused(problems)
    if table is None:
        raise Invalid(f"Tệp {file.name} không có bảng kết quả, hoặc có hơn một bảng", _AGAIN)
    return table


def as_table(rows: Sequence[Mapping[str, str]]) -> CellTable:
    """Return cells by attribute as a table of acts, as a file would have it."""
    keys = act_columns()
    return CellTable([[key.name for key in keys], *([row.get(key.attribute, "") for key in keys] for row in rows)])


def read_rows(
    known: Mapping[str, Registration],
    year: int,
    register: StoredTable,
    table: CellTable,
    path: str,
    given: Sequence[str],
    problems: list[Problem],
) -> list[ActRow]:
    """Return the rows that state an act; what is wrong with any goes to the problems."""
    told: list[Problem] = []
    grid = find_grid(table, act_columns())
    drop_unused(grid, given)
    reader = act_rows(path, told, _AGAIN, table.name)
    bare = tuple(replace(one, acts=(), undated=()) for one in known.values())
    rows: list[ActRow] = []
    if reader.find_header(table):
        joined = add_acts(reader, table, Register(year, bare), is_whole=False)
        strangers = ((at, code) for at, cells in grid.rows() if (code := grid.code(cells)) and code not in known)
        told += [Problem(path, at + 1, *_explain_stranger(code, year, known, register)) for at, code in strangers]
        lines = sorted(act.where[1] for one in joined.registrations for act in one.acts)
        rows = [read_row(grid, line - 1, grid.cells(line - 1)) for line in lines]
    told += [Problem(path, row.at + 1, *found) for row in rows if (found := find_formula(grid, row.cells))]
    for at, row in enumerate(rows):
        if row.kind is ActKind.REVIEW and (twin := find_other(row, rows[:at])):
            message = f"{row.code} có hai kết quả bình xét, dòng {twin.at + 1} và dòng này"
            told.append(Problem(path, row.at + 1, message, "giữ dòng đúng, xóa dòng kia"))
    problems += [one for one in told if one.level is Level.ERROR]
    return rows


def _explain_stranger(code: str, year: int, known: Collection[str], register: StoredTable) -> tuple[str, str]:
    """Return why a code is none of the year's sound registrations, and what to do."""
    if code_year(code) != year:
        return f"Mã {code} không thuộc năm {year}", "mỗi lần ghi kết quả của một năm"
    if code in register.by_code:
        return f"Dòng đăng ký của {code} ở {register.path} có lỗi", "sửa dòng ấy rồi chạy lại"
    return f"Không có {code} trong sổ đăng ký năm {year}", suggest(code, known, "sửa mã, hoặc thêm vào sổ đăng ký")
