"""Find the files that communes sent, and read one: its owner, its valid rows, its faults."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path

from plugins.content.registers.columns import OWN_COLUMN, act_columns, register_columns
from plugins.content.registers.register_files import register_rows, wanted_tables
from plugins.content.registers.registration import Registration, State, code_year
from plugins.content.registers.registration_rows import ACTS_AS_STATUS, read_registrations
from plugins.content.registers.sheets.stranger import explain_kind
from plugins.content.registers.sheets.tables import MOST_ABOVE, CellTable, Wanted, read_tables
from plugins.content.registers.sorting import list_lines
from plugins.content.vocabulary.vocabulary import Vocabulary
from plugins.registers.grid import Cells, Grid, drop_unused, find_formula, find_grid, normalize_cell
from plugins.registers.ranges import Holder, find_owner, read_range_stamp
from plugins.sources.folders import is_litter
from plugins.sources.problem import Invalid, Level, Problem
from plugins.sources.schema import Key
from plugins.vietnamese import capitalize, nfc, sort_key

# A message and its fix.
Refusal = tuple[str, str]
AGAIN = "chép các dòng vào đúng mẫu cơ quan đã gửi"
# Words of fixes for the office's own staff, about things that a commune does not have.
_OURS = re.compile(r"tasks\.py|content/|README|nơi gửi")
_COLUMN = re.compile(r'Thiếu cột ("[^"]+")')


def is_spreadsheet(file: Path) -> bool:
    """Return whether a file has the suffix of a readable register."""
    return file.suffix.lower() in (".csv", ".xlsx")


def find_files(words: Sequence[str], folder: Path) -> list[Path]:
    """Return the files that the words name, each once; without words, all of `folder`. Invalid if one matches nothing.

    A word is a file, a folder, or a pattern with * or ?, which the shell of Windows does not expand. Files of known
    other kinds, such as Word documents, are included, to be refused by name.
    """
    found: list[Path] = []
    for word in words or [str(folder)]:
        path = Path(word)
        if path.is_file():
            matching = [path]
        else:
            entries = path.iterdir() if path.is_dir() else _match(path)
            matching = [file for file in entries if is_spreadsheet(file) or _is_other_kind(file)]
        matching = [file for file in matching if not is_litter(file.name) and file.is_file()]
        if words and not matching:
            raise Invalid(f"Không có tệp .xlsx, .csv nào ở “{word}”", "xem lại tên tệp, tên thư mục")
        found += sorted(matching, key=lambda file: sort_key(file.name))
    return list({file.resolve(): file for file in found}.values())


def _match(path: Path) -> list[Path]:
    """Return the paths that match a pattern, comparing names in NFC: disks may store them decomposed."""
    parents = [Path(path.anchor)] if path.is_absolute() else [Path()]
    for part in path.parts[bool(path.anchor) :]:
        matching = [parent / part for parent in parents if (parent / part).exists()]
        for parent in () if matching else parents:
            names = parent.iterdir() if parent.is_dir() else ()
            matching += [entry for entry in names if fnmatchcase(nfc(entry.name).casefold(), nfc(part).casefold())]
        parents = matching
    return parents


def _is_other_kind(file: Path) -> bool:
    # Not .txt: staff keep notes in any folder.
    return file.suffix.lower() != ".txt" and explain_kind(file.suffix) is not None


@dataclass(frozen=True, order=True)
class Fault:
    """A fault at a line of a submission, 0 for the whole file; `sheet` is "" for the table of registrations."""

    sheet: str
    line: int
    code: str
    message: str
    fix: str
    is_advice: bool = False


def tell_faults(faults: Sequence[Fault]) -> list[str]:
    """Return a line of text for each fault, in the order of the rows; rows with the same fault share one."""
    alike: dict[tuple[str, str, str], list[Fault]] = {}
    for fault in sorted(faults):
        alike.setdefault((fault.sheet, fault.message, fault.fix), []).append(fault)
    return [_tell(found) for found in alike.values()]


def _tell(alike: Sequence[Fault]) -> str:
    fault = alike[0]
    code = f" ({fault.code})" if len(alike) == 1 and fault.code and fault.code not in fault.message else ""
    where = f"trang “{fault.sheet}”, " if fault.sheet else ""
    place = f"{where}dòng {list_lines([one.line - 1 for one in alike])}{code}: " if fault.line else ""
    return capitalize(f"{place}{fault.message}; {fault.fix}")


@dataclass(frozen=True)
class SubmittedRow:
    """A valid row: its registration, and its cells in the register's spelling."""

    line: int
    code: str
    cells: Cells
    registration: Registration


@dataclass
class Submission:
    """A file from a commune: as read, and below the outcome of comparing it, as lines to print.

    `owner` is None if unknown, `mentioned` has the codes of all rows, even invalid ones; `is_unused` means a workbook
    that was never filled in. `held` are changes left to the office, `blank` cells that are empty in the file but not in
    the register, `gone` codes and names of registrations missing in all files of the commune.
    """

    file: Path
    owner: Holder | None = None
    rows: list[SubmittedRow] = field(default_factory=list)
    acts: Grid | None = None
    faults: list[Fault] = field(default_factory=list)
    mentioned: frozenset[str] = frozenset()
    is_readable: bool = False
    is_unused: bool = False
    is_stamped: bool = False
    accepted: list[SubmittedRow] = field(default_factory=list)
    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    new_acts: list[str] = field(default_factory=list)
    held: list[str] = field(default_factory=list)
    blank: list[str] = field(default_factory=list)
    gone: list[tuple[str, str]] = field(default_factory=list)

    @property
    def name(self) -> str:
        return nfc(self.file.name)

    @property
    def to_send_back(self) -> list[Fault]:
        """Faults that the commune must correct, in the order of the rows."""
        return sorted(fault for fault in self.faults if not fault.is_advice)

    @property
    def advice(self) -> list[Fault]:
        """Advice on rows without faults."""
        faulty = {(fault.sheet, fault.line) for fault in self.to_send_back if fault.line}
        return sorted(one for one in self.faults if one.is_advice and (one.sheet, one.line) not in faulty)

    @property
    def must_go_back(self) -> bool:
        return bool(self.to_send_back or self.gone)

    def report(self, row: SubmittedRow, message: str, fix: str) -> None:
        """Add a fault of a row."""
        self.faults.append(Fault("", row.line, row.code, message, fix))


def read_submission(file: Path, year: int, vocabulary: Vocabulary, holders: Sequence[Holder]) -> Submission:
    """Read a file for the register of a year."""
    submission = Submission(file)
    stamp = read_range_stamp(file)
    submission.is_stamped = stamp is not None and stamp.year == year
    grid = _find_grids(submission, register_columns(vocabulary, year))
    submission.owner = find_owner(stamp.holder if stamp else "", grid, file, holders, vocabulary)
    if grid and not _report_other_year(submission, grid, year):
        _read_rows(submission, grid, year)
    has_rows = submission.rows or submission.mentioned or (submission.acts and submission.acts.rows())
    submission.is_unused = not submission.to_send_back and not has_rows
    return submission


def _find_grids(submission: Submission, columns: tuple[Key, ...]) -> Grid | None:
    """Return the registrations of a file, None if it has none, after adding its acts and faults to the submission."""
    file = submission.file
    if not is_spreadsheet(file):
        told = explain_kind(file.suffix) or ("Tệp này không phải sổ .xlsx hay .csv", AGAIN)
        submission.faults.append(_fault(Problem("", 1, *told), None))
        return None
    table, acts, problems = _read_tables(file, columns)
    submission.faults += [_fault(one, None) for one in problems]
    if table is None and acts is None and not any(one.level is Level.ERROR for one in problems):
        submission.faults.append(Fault("", 0, "", "Không thấy bảng đăng ký trong tệp (không có dòng tên cột)", AGAIN))
    submission.is_readable = table is not None or acts is not None
    submission.acts = find_grid(acts, act_columns()) if acts else None
    grid = find_grid(table, columns) if table else None
    if grid:
        # Columns that a workbook is handed out with.
        drop_unused(grid, ("code", "commune"))
    return grid


def _read_tables(file: Path, columns: tuple[Key, ...]) -> tuple[CellTable | None, CellTable | None, list[Problem]]:
    """Return the tables of registrations and of acts; a CSV file has one of them."""
    of_register, of_acts = wanted = wanted_tables(columns)
    if file.suffix.lower() != ".csv":
        (table, acts), problems = read_tables(file, "", wanted)
        return table, acts, problems
    (table, _), problems = read_tables(file, "", wanted)
    if table is None or _has_header(table, of_register):
        return table, None, problems
    # Read again: the delimiter is guessed by the headings.
    (acts,), problems = read_tables(file, "", (of_acts,))
    return None, acts if acts and _has_header(acts, of_acts) else None, problems


def _has_header(table: CellTable, wanted: Wanted) -> bool:
    count, least = wanted
    return any(count(row) >= least for row in table.rows[:MOST_ABOVE])


def _report_other_year(submission: Submission, grid: Grid, year: int) -> bool:
    """Report a register of another year once, instead of for each row."""
    codes = [code for _, cells in grid.rows() if (code := grid.code(cells))]
    years = {code_year(code) for code in codes}
    if len(years) != 1 or year in years:
        return False
    other = years.pop()
    message = f"Tệp này là sổ năm {other} (mã {codes[0]}…), không phải năm {year}"
    submission.faults.append(Fault("", 0, "", message, f"điền vào mẫu năm {year} cơ quan đã gửi rồi gửi lại"))
    submission.mentioned = frozenset(codes)
    submission.is_readable, submission.acts = False, None
    return True


def _read_rows(submission: Submission, grid: Grid, year: int) -> None:
    problems: list[Problem] = []
    rows = register_rows("", grid.keys, problems, AGAIN)
    registrations = read_registrations(rows, grid.table, year, {}) if rows.find_header(grid.table) else []
    # Acts stated as a state of work are reported below, in words for the sender.
    faults = [_fault(problem, grid) for problem in problems if ACTS_AS_STATUS not in problem.message]
    submission.faults += _join_columns(faults)
    submission.mentioned = frozenset(code for _, cells in grid.rows() if (code := grid.code(cells)))
    for registration in registrations:
        line = registration.where[1]
        cells = grid.cells(line - 1)
        kept = {name: normalize_cell(grid.by_attribute[name], cell) for name, cell in cells.items()}
        if registration.commune and not kept.get("commune"):  # read from the heading of its group
            kept["commune"] = registration.commune.name
        row = SubmittedRow(line, registration.code, kept, registration)
        if formula := find_formula(grid, cells):
            submission.report(row, *formula)
        elif registration.acts:
            fix = f"ghi thành một dòng ở trang Việc đã qua; Trạng thái chỉ ghi {', '.join(one.label for one in State)}"
            submission.report(row, f"Trạng thái ghi “{cells['status']}” là một việc đã qua", fix)
        else:
            submission.rows.append(row)


def _join_columns(faults: list[Fault]) -> list[Fault]:
    """Join the missing optional columns into one fault."""
    lacking = [found[1] for one in faults if one.is_advice and (found := _COLUMN.fullmatch(one.message))]
    if len(lacking) < 2:
        return faults
    others = [one for one in faults if not (one.is_advice and _COLUMN.fullmatch(one.message))]
    return [*others, Fault("", 0, "", f"Thiếu các cột {', '.join(lacking)}", AGAIN, is_advice=True)]


def _fault(problem: Problem, grid: Grid | None, sheet: str = "") -> Fault:
    """Return a problem as a fault, with a fix that its sender can carry out."""
    of_row = grid is not None and problem.line - 1 > grid.header
    code = grid.code(grid.cells(problem.line - 1)) if grid and of_row and problem.line <= len(grid.table.rows) else ""
    fix = problem.fix
    # The example in messages: several communes could copy it as their code.
    if "DK-2020-012" in fix or fix.startswith("sửa mã thành"):
        fix = "ghi một mã còn trống trong mẫu đã gửi"
    elif fix == OWN_COLUMN:
        fix = "cột riêng thì cứ để; nhầm tên thì sửa theo trang Hướng dẫn"
    elif _OURS.search(fix):
        fix = AGAIN
    return Fault(sheet, problem.line if of_row else 0, code, problem.message, fix, problem.level is Level.ADVICE)


def as_faults(problems: Sequence[Problem], grid: Grid) -> list[Fault]:
    """Return the problems of a table of acts as faults, without those for the office's staff."""
    return [_fault(one, grid, name_sheet(grid)) for one in problems if not _OURS.search(one.message)]


def name_sheet(grid: Grid) -> str:
    """Return the name of the sheet of acts for messages, also for a CSV file, which has none."""
    return grid.table.name or "Việc đã qua"
