"""Read acts as staff state them, in a file or a form, and enter them into the register: all of them or none."""

import shutil
import tempfile
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from plugins.content.content import Content
from plugins.content.load import load_content
from plugins.content.registers.act import ActKind
from plugins.content.registers.columns import act_columns
from plugins.content.registers.register_files import FOLDER, wanted_tables
from plugins.content.registers.registration import Registration, code_year
from plugins.content.registers.sheets.tables import CellTable, read_tables
from plugins.exemplars.hooks import installed
from plugins.registers.collecting import acts
from plugins.registers.collecting.edits import Edits, edit_tables, write_tables
from plugins.registers.collecting.submission import is_spreadsheet
from plugins.registers.grid import drop_unused, find_grid
from plugins.registers.stored import Rejected, StoredTable, read_stored
from plugins.sources.folders import is_litter
from plugins.sources.problem import Invalid, Level, Problem, suggest
from plugins.vietnamese import format_date, sort_key, squash, today

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
        for _, cells in grid.rows():
            if code := grid.code(cells):
                return code_year(code)
        raise Invalid("Tệp không có mã đăng ký nào", "lấy tệp kết quả mà lệnh review đã tạo, điền rồi chạy lại")


def read_table_file(file: Path) -> CellTable:
    """Return the table of acts in a file; Rejected or Invalid if it has none that can be read."""
    if not file.is_file():
        raise Invalid(f"Không có tệp {file.name}", "xem lại tên tệp")
    if not is_spreadsheet(file):
        raise Invalid(f"Tệp {file.name} không phải .xlsx hay .csv", "lưu thành .xlsx hoặc CSV UTF-8 rồi chạy lại")
    (table,), problems = read_tables(file, file.name, wanted_tables(act_columns())[1:])
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


def _read_rows(
    statement: Statement, year: int, known: Mapping[str, Registration], register: StoredTable
) -> tuple[list[acts.ActRow], list[Problem]]:
    """Return the rows that state an act of a `known` registration, and the errors of all rows."""
    path, grid = statement.path, find_grid(statement.table, act_columns())
    drop_unused(grid, statement.given)
    rows, problems = acts.read_acts(grid, path, _AGAIN, year, known)
    strangers = ((at, code) for at, cells in grid.rows() if (code := grid.code(cells)) and code not in known)
    problems += [Problem(path, at + 1, *_explain_stranger(code, year, known, register)) for at, code in strangers]
    for at, row in enumerate(rows):
        if row.kind is ActKind.REVIEW and (twin := acts.find_other(row, rows[:at])):
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


# The attributes required of an act, by kind.
_NEEDED = {
    ActKind.REVIEW: ("day", "votes"),
    ActKind.RECOGNITION: ("day", "paper"),
    ActKind.PRAISE: ("day", "form", "level"),
    ActKind.AWARD: ("day", "paper", "form", "level"),
}
_AT_MOST_ONCE = {*acts.ONCE, ActKind.REVIEW}


@dataclass
class Entered:
    """The outcome: acts added, cells filled in, acts known already, new advice, and the paths written."""

    added: list[str] = field(default_factory=list)
    filled: list[str] = field(default_factory=list)
    known: list[str] = field(default_factory=list)
    advice: list[Problem] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)


def enter_acts(content: Content, year: int, statement: Statement, kinds: Collection[ActKind]) -> Entered:
    """Enter the acts of a statement into the register of a year, if all are of these kinds.

    Rejected, with nothing written, for any error: of a row, against the register, or new in the content with the acts.
    """
    register, stored = read_stored(content.project, year, content.vocabulary, content.errors)
    if year not in content.registers:
        raise Invalid(f"Chưa có sổ đăng ký năm {year}", "sửa mã hoặc năm, hoặc đặt sổ vào content/dang-ky/")
    registrations = {one.code: one for one in content.registers[year].registrations}
    rows, problems = _read_rows(statement, year, registrations, register)
    path = statement.path
    if not rows and not problems:
        raise Rejected([Problem(path, 1, "Chưa có dòng nào được điền", "điền kết quả, lưu, đóng tệp rồi chạy lại")])
    for row in rows:
        problems += _check(row, registrations.get(row.code), kinds, stored, path)
    edits, entered = Edits(), Entered()
    known = [acts.read_row(stored.grid, at, cells) for at, cells in stored.grid.rows()]
    for row in rows if not problems else ():
        problems += _merge(row, known, stored, edits, entered, path)
    edits.added.sort(key=lambda cells: sort_key(cells["code"]))
    if problems:
        raise Rejected(problems)
    if edits:
        entered.advice = _try(content, stored, edits)
        entered.paths = write_tables(content.project, [(stored, edits)])
    return entered


def _check(
    row: acts.ActRow, one: Registration | None, kinds: Collection[ActKind], stored: StoredTable, path: str
) -> list[Problem]:
    """Return the faults of an act on its own, or against the acts stated in stories."""
    line, kind = row.at + 1, row.kind
    if one is None or kind is None:
        return []
    if kind not in kinds:
        names = ", ".join(sorted(each.label for each in kinds))
        return [Problem(path, line, f"{row.code}: việc “{kind.label}” không ghi ở đây", f"chỉ ghi {names}")]
    keys = {key.attribute: key.name for key in act_columns()}
    lacking = [keys[name] for name in _NEEDED.get(kind, ()) if not row.values.get(name)]
    problems = []
    if lacking:
        problems.append(Problem(path, line, f"{row.code}: {kind.label} còn thiếu {', '.join(lacking)}", "điền cho đủ"))
    if one.is_stopped:
        problems.append(Problem(path, line, f"{row.code} đã dừng, không {kind.label} được", "xóa dòng, hoặc sửa sổ"))
    day = row.values.get("day")
    for act in one.acts if kind in _AT_MOST_ONCE and day else ():
        # Acts of the register itself are compared in _merge.
        if act.kind is kind and act.day not in (None, day) and act.where[0] not in (stored.path, one.where[0]):
            what = f"{row.code}: {row.title}; bài ghi {act.title} ({act.where[0]}, dòng {act.where[1]})"
            problems.append(Problem(path, line, what, "đối chiếu giấy tờ rồi sửa chỗ sai"))
    if day and day > today():
        problems.append(Problem(path, line, f"{row.code}: ngày {format_date(day)} chưa đến", "sửa ngày ghi nhầm"))
    return problems


def _merge(
    row: acts.ActRow, known: list[acts.ActRow], stored: StoredTable, edits: Edits, entered: Entered, path: str
) -> list[Problem]:
    """Add an act to the edits, or the cells that its row in the register leaves blank. Return the contradictions."""
    line, title = row.at + 1, f"{row.code}: {row.title}"
    if same := acts.find_same(row, known):
        filled, contradictions = acts.fill_blanks(row, same, stored, edits)
        entered.filled += filled
        if not filled and not contradictions:
            entered.known.append(title)
        where = f"{stored.path}, dòng {same.at + 1}" if same.at >= 0 else "hai dòng của tệp này"
        fix = f"đối chiếu giấy tờ rồi sửa chỗ sai ({where})"
        return [Problem(path, line, one, fix) for one in contradictions]
    others = (one for one in known if one.code == row.code and one.kind is row.kind)
    if other := next((one for one in others if row.kind in _AT_MOST_ONCE or _is_of_one_paper(row, one)), None):
        what = f"{title}; trong sổ đã ghi {other.title} ({stored.path}, dòng {other.at + 1})"
        return [Problem(path, line, what, "đối chiếu giấy tờ; sổ sai thì sửa sổ, tệp này sai thì sửa tệp")]
    acts.add_act(row, known, stored, edits)
    entered.added.append(title)
    return []


def _is_of_one_paper(row: acts.ActRow, other: acts.ActRow) -> bool:
    """Return whether two awards cite one decision, which can have only one date."""
    names = ("form", "level", "paper")
    return all(squash(str(row.values.get(name) or "")) == squash(str(other.values.get(name) or "")) for name in names)


def _try(content: Content, stored: StoredTable, edits: Edits) -> list[Problem]:
    """Read all content with the edited register. Return its new advice; Rejected for new errors."""
    data = edit_tables([(stored, edits)])[stored.path][1]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for file in (content.project / FOLDER).iterdir():
            if file.is_file() and is_spreadsheet(file) and not is_litter(file.name):
                shutil.copyfile(file, folder / file.name)
        (folder / stored.file.name).write_bytes(data)
        after = load_content(content.project, content.day, installed(content.project), registers=folder)
    before = {(one.path, one.message) for one in content.problems}
    new = [one for one in after.problems if (one.path, one.message) not in before]
    if errors := [one for one in new if one.level is Level.ERROR]:
        raise Rejected(errors)
    return new
