"""Acts as staff state them, in a file or a form: their valid rows, and the faults of the others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from plugins.content.registers.act import ActKind
from plugins.content.registers.columns import act_columns
from plugins.content.registers.reading import wanted_tables
from plugins.content.registers.registration import Registration, code_year
from plugins.content.registers.sheets.reading import read_tables
from plugins.content.registers.sheets.tables import CellTable
from plugins.registers.collecting.files import is_spreadsheet
from plugins.registers.collecting.merging_acts import ActRow, find_other, read_acts
from plugins.registers.grid import drop_unused, find_grid
from plugins.registers.stored import Rejected, StoredTable
from plugins.sources.problem import Invalid, Level, Problem, suggest

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from pathlib import Path

_AGAIN = "lấy lại tệp mẫu, không đổi tên cột"


@dataclass(frozen=True)
class Statement:
    """A table of acts to enter, with the path of its file, "" for a form.

    Rows in which nothing but the columns `given` is filled are ignored.
    """

    table: CellTable
    path: str = ""
    given: Sequence[str] = ()

    @property
    def year(self) -> int:
        """The year of the first code; Invalid if there is no code."""
        grid = find_grid(self.table, act_columns())
        code = next((code for _, cells in grid.rows() if (code := grid.code(cells))), "")
        if not code:
            raise Invalid("Tệp không có mã đăng ký nào", "lấy tệp kết quả mà lệnh review đã tạo, điền rồi chạy lại")
        return code_year(code)


def read_table_file(file: Path) -> CellTable:
    """Return the table of acts in a file; Rejected or Invalid if it has none that can be read."""
    if not file.is_file():
        raise Invalid(f"Không có tệp {file.name}", "xem lại tên tệp")
    if not is_spreadsheet(file):
        raise Invalid(f"Tệp {file.name} không phải .xlsx hay .csv", "lưu thành .xlsx hoặc CSV UTF-8 rồi chạy lại")
    _, wanted = wanted_tables(act_columns())
    (table,), problems = read_tables(file, file.name, (wanted,))
    if problems:
        raise Rejected(problems)
    if table is None:
        raise Invalid(f"Tệp {file.name} không có bảng kết quả, hoặc có hơn một bảng", _AGAIN)
    return table


def state_acts(rows: Sequence[Mapping[str, str]]) -> Statement:
    """Return the statement of rows typed in a form, with cells by attribute."""
    keys = act_columns()
    cells = [[row.get(key.attribute, "") for key in keys] for row in rows]
    return Statement(CellTable([[key.name for key in keys], *cells]))


def read_rows(
    statement: Statement, year: int, known: Mapping[str, Registration], register: StoredTable
) -> tuple[list[ActRow], list[Problem]]:
    """Return the rows that state an act of a `known` registration, and the errors of all rows."""
    path, grid = statement.path, find_grid(statement.table, act_columns())
    drop_unused(grid, statement.given)
    rows, problems = read_acts(grid, path, _AGAIN, year, known)
    strangers = ((at, code) for at, cells in grid.rows() if (code := grid.code(cells)) and code not in known)
    problems += [Problem(path, at + 1, *_explain_stranger(code, year, known, register)) for at, code in strangers]
    for at, row in enumerate(rows):
        if row.kind is ActKind.REVIEW and (twin := find_other(row, rows[:at])):
            message = f"{row.code} có hai kết quả bình xét, dòng {twin.at + 1} và dòng này"
            problems.append(Problem(path, row.at + 1, message, "giữ dòng đúng, xóa dòng kia"))
    return rows, [one for one in problems if one.level is Level.ERROR]


def _explain_stranger(code: str, year: int, known: Collection[str], register: StoredTable) -> tuple[str, str]:
    """Return why a code is not one of the year's valid registrations, and the fix."""
    if code_year(code) != year:
        return f"Mã {code} không thuộc năm {year}", "mỗi lần ghi kết quả của một năm"
    if code in register.by_code:
        return f"Dòng đăng ký của {code} ở {register.path} có lỗi", "sửa dòng ấy rồi chạy lại"
    return f"Không có {code} trong sổ đăng ký năm {year}", suggest(code, known, "sửa mã, hoặc thêm vào sổ đăng ký")
