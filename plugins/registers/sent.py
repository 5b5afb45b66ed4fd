"""One file that a commune has sent -> its rows, whose it is, and what must be asked of whoever filled it in."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from plugins.content.registers.columns import OFFICE, act_columns, count_headings, register_columns
from plugins.content.registers.reading import LEAST_HEADINGS, LEAST_OF_ACTS
from plugins.content.registers.registering import read_registrations
from plugins.content.registers.registration import Registration, State, code_year
from plugins.content.registers.rows import Rows
from plugins.content.registers.sheets.stranger import explain_kind
from plugins.content.registers.sheets.tables import read_tables
from plugins.content.vocabulary import NamedCommune
from plugins.registers.faults import Fault
from plugins.registers.grid import Cells, Grid, drop_unused, find_formula, find_grid, parse, spell
from plugins.registers.ranges import OFFICE_ID, Holder, read_stamp
from plugins.sources.problem import Level, Problem
from plugins.vietnamese import nfc, squash

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from plugins.content.registers.sheets.tables import Table
    from plugins.content.vocabulary import Vocabulary
    from plugins.sources.schema import Key

SPREADSHEETS = (".csv", ".xlsx")
AGAIN = "chép các dòng vào đúng mẫu cơ quan đã gửi"
# What a workbook has on a row before anybody writes.
GIVEN = ("code", "commune")
# How we speak to our own staff, of things that a commune has not.
_OURS = re.compile(r"tasks\.py|content/|README|nơi gửi")
# Taken for a code by whoever has none, and so by several.
_EXAMPLE = "DK-2020-012"
# So many rows make a workbook that of the commune that all of them name.
_LEAST_OF_ANOTHER = 3
_COLUMN = re.compile(r'Thiếu cột ("[^"]+")')


@dataclass(frozen=True)
class Row:
    """A row that is sound by itself: what it says, and its cells as a register spells them."""

    line: int
    code: str
    cells: Cells
    registration: Registration


@dataclass
class Sent:
    """A file as it was sent: whose it is, None when nobody can tell; its sound rows, its table of acts, its faults.

    `mentioned` are the codes of all rows, of those with faults too; `is_unused` tells that nobody has written anything.
    """

    file: Path
    owner: Holder | None = None
    rows: list[Row] = field(default_factory=list)
    acts: Grid | None = None
    faults: list[Fault] = field(default_factory=list)
    mentioned: frozenset[str] = frozenset()
    is_readable: bool = False
    is_unused: bool = False
    is_stamped: bool = False

    @property
    def name(self) -> str:
        return nfc(self.file.name)

    def report(self, row: Row, message: str, fix: str, *, is_advice: bool = False) -> None:
        """Add what is wrong with a row."""
        self.faults.append(Fault("", row.line, row.code, message, fix, is_advice))


def is_sheet(file: Path) -> bool:
    """Tell whether a file is named as one that can be read."""
    return file.suffix.lower() in SPREADSHEETS


def read_sent(file: Path, year: int, vocabulary: Vocabulary, holders: Sequence[Holder]) -> Sent:
    """Read a file that was sent for a year."""
    sent = Sent(file)
    if not is_sheet(file):
        told = explain_kind(file.suffix) or ("Tệp này không phải sổ .xlsx hay .csv", AGAIN)
        sent.faults.append(_fault(Problem("", 1, *told), None))
        sent.owner = _find_owner("", None, file, holders, vocabulary)
        return sent
    columns, of_acts = register_columns(vocabulary), act_columns()
    table, happened, problems = _read(file, columns, of_acts)
    errors = [one for one in problems if one.level is Level.ERROR]
    sent.faults += [_fault(one, None) for one in problems]
    stamp = read_stamp(file)
    sent.is_stamped = stamp is not None and stamp.year == year
    if table is None and happened is None:
        if not errors:
            message = "Không thấy bảng đăng ký trong tệp (không có dòng tên cột)"
            sent.faults.append(Fault("", 0, "", message, AGAIN))
        sent.owner = _find_owner(stamp.holder if stamp else "", None, file, holders, vocabulary)
        return sent
    sent.is_readable = True
    sent.acts = find_grid(happened, of_acts) if happened else None
    grid = find_grid(table, columns) if table else None
    if grid:
        drop_unused(grid, GIVEN)
    sent.owner = _find_owner(stamp.holder if stamp else "", grid, file, holders, vocabulary)
    if grid and not _report_other_year(sent, grid, year):
        _read_rows(sent, grid, year)
    is_silent = not (errors or sent.rows or sent.mentioned or any(not one.is_advice for one in sent.faults))
    sent.is_unused = is_silent and not (sent.acts and sent.acts.rows())
    return sent


def _read(
    file: Path, columns: tuple[Key, ...], of_acts: tuple[Key, ...]
) -> tuple[Table | None, Table | None, list[Problem]]:
    register = partial(count_headings, columns), LEAST_HEADINGS
    acts = partial(count_headings, of_acts), LEAST_OF_ACTS
    if file.suffix.lower() != ".csv":
        (table, happened), problems = read_tables(file, "", (register, acts))
        return table, happened, problems
    (table,), problems = read_tables(file, "", (register,))
    if table and all(register[0](row) < LEAST_HEADINGS for row in table.rows[:20]):
        (happened,), problems = read_tables(file, "", (acts,))
        is_found = happened and any(acts[0](row) >= LEAST_OF_ACTS for row in happened.rows[:20])
        return None, happened if is_found else None, problems
    return table, None, problems


def _report_other_year(sent: Sent, grid: Grid, year: int) -> bool:
    """Say once, and not on each row, that a file is the register of another year."""
    codes = [code for _, cells in grid.rows() if (code := grid.code(cells))]
    others = {code_year(code) for code in codes} - {year}
    if not codes or any(code_year(code) == year for code in codes) or len(others) != 1:
        return False
    other = others.pop()
    message = f"Tệp này là sổ năm {other} (mã {codes[0]}…), không phải năm {year}"
    sent.faults.append(Fault("", 0, "", message, f"điền vào mẫu năm {year} cơ quan đã gửi rồi gửi lại"))
    sent.mentioned = frozenset(codes)
    sent.is_readable, sent.acts = False, None
    return True


def _read_rows(sent: Sent, grid: Grid, year: int) -> None:
    problems: list[Problem] = []
    missed = {key.attribute for key in grid.keys} - {"sample"}
    rows = Rows("", grid.keys, LEAST_HEADINGS, problems, again=AGAIN, missed=missed)
    registrations = read_registrations(rows, grid.table, year, {}) if rows.find_header(grid.table) else []
    sent.faults += _join_columns([_fault(problem, grid) for problem in problems if not _is_of_statuses(problem)])
    sent.mentioned = frozenset(code for _, cells in grid.rows() if (code := grid.code(cells)))
    for registration in registrations:
        line = registration.where[1]
        cells = grid.cells(line - 1)
        kept = {name: spell(grid.by_attribute[name], cell) for name, cell in cells.items()}
        if registration.commune and not kept.get("commune"):  # the one in whose group it stands
            kept["commune"] = registration.commune.name
        row = Row(line, registration.code, kept, registration)
        if formula := find_formula(grid, cells):
            sent.report(row, *formula)
        elif registration.acts:
            fix = f"ghi thành một dòng ở trang Việc đã qua; Trạng thái chỉ ghi {', '.join(one.label for one in State)}"
            sent.report(row, f"Trạng thái ghi “{cells['status']}” là một việc đã qua", fix)
        else:
            sent.rows.append(row)


def _is_of_statuses(problem: Problem) -> bool:
    # It is said of each such row, in words for whoever wrote it.
    return "dòng ghi việc đã qua vào Trạng thái" in problem.message


def _join_columns(faults: list[Fault]) -> list[Fault]:
    """Say once which columns that may be left out are not there."""
    lacking = [found[1] for one in faults if one.is_advice and (found := _COLUMN.fullmatch(one.message))]
    if len(lacking) < 2:
        return faults
    others = [one for one in faults if not (one.is_advice and _COLUMN.fullmatch(one.message))]
    return [*others, Fault("", 0, "", f"Thiếu các cột {', '.join(lacking)}", AGAIN, is_advice=True)]


def _fault(problem: Problem, grid: Grid | None, sheet: str = "") -> Fault:
    """Return a problem as it is said to whoever has filled in the file."""
    of_row = grid is not None and problem.line - 1 > grid.header
    code = grid.code(grid.cells(problem.line - 1)) if grid and of_row and problem.line <= len(grid.table.rows) else ""
    fix = problem.fix
    if _EXAMPLE in fix or fix.startswith("sửa mã thành"):
        fix = "ghi một mã còn trống trong mẫu đã gửi"
    elif _OURS.search(fix):
        fix = "cột riêng thì cứ để; nhầm tên thì sửa theo trang Hướng dẫn" if "cột riêng" in fix else AGAIN
    is_advice = problem.level is Level.ADVICE
    return Fault(sheet, problem.line if of_row else 0, code, problem.message, fix, is_advice)


def as_faults(problems: Sequence[Problem], grid: Grid) -> list[Fault]:
    """Return problems of a table of acts as they are said to whoever has filled it in."""
    sheet = grid.table.name or "Việc đã qua"
    return [replace(_fault(one, grid, sheet), sheet=sheet) for one in problems if not _OURS.search(one.message)]


def _find_owner(
    stamped: str, grid: Grid | None, file: Path, holders: Sequence[Holder], vocabulary: Vocabulary
) -> Holder | None:
    """Return whose a file is: by its stamp, else by whom most of its rows name, else by its name."""
    rows = grid.rows() if grid else ()
    votes = Counter(named for _, cells in rows if (named := _name(grid, cells, holders, vocabulary)))
    for holder in holders:
        is_former = holder.commune is not None and stamped in holder.commune.old_ids
        if (stamped == holder.id or is_former) and not (holder.commune and _is_of_another(holder, votes)):
            return holder
    if votes:
        best = max(votes.values())
        most = [holder for holder in holders if votes[holder.id] == best]
        by_file = [holder for holder in most if _bare(holder) in squash(file.stem)]
        # Of as many rows each, those of the first row; the others are then told that they stand in another's file.
        return next(iter([*by_file, *(holder for voted in votes for holder in most if holder.id == voted)]), None)
    name = squash(file.stem)
    by_length = sorted(holders, key=lambda one: -len(one.name))
    if found := next((one for one in by_length if _bare(one) in name), None):
        return found
    former = [vocabulary.today(one).id for one in vocabulary.communes if squash(one.name) in name]
    return next((one for one in holders if one.id in former), None)


def _is_of_another(holder: Holder, votes: Counter[str]) -> bool:
    """Tell whether all rows, and not just one or two by a slip, name one other than the workbook was made for."""
    return len(votes) == 1 and not votes[holder.id] and votes.total() >= _LEAST_OF_ANOTHER


def _bare(holder: Holder) -> str:
    return squash(holder.commune.name) if holder.commune else squash(OFFICE_ID)


def _name(grid: Grid | None, cells: Cells, holders: Sequence[Holder], vocabulary: Vocabulary) -> str:
    """Return the id of whom a row names, or of what became of it; "" where that is not to be read."""
    meant = parse(grid.by_attribute["commune"], cells.get("commune", "")) if grid else None
    if meant is OFFICE:
        return OFFICE_ID
    ids = {holder.id for holder in holders}
    candidates = meant.candidates if isinstance(meant, NamedCommune) else ()
    day = parse(grid.by_attribute["registered_on"], cells.get("registered_on", "")) if grid else None
    alive = [one for one in candidates if day and one.existed_on(day)]
    now = (vocabulary.today(one) for one in candidates)
    return next((one.id for one in (*alive, *candidates, *now) if one.id in ids), "")
