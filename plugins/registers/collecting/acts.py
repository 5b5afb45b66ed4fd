"""Read the acts of a table, merge them with those of a register, and compare those of submissions. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from plugins.content.registers.act import LEVELS, Act, ActKind
from plugins.content.registers.joining import is_of
from plugins.content.registers.register_files import act_rows
from plugins.content.registers.registration import Register, Registration
from plugins.content.registers.registration_rows import add_acts
from plugins.content.vocabulary.vocabulary import Vocabulary
from plugins.registers.collecting.edits import Edits
from plugins.registers.collecting.submission import AGAIN, Fault, Refusal, Submission, as_faults, name_sheet
from plugins.registers.grid import Cells, Grid, find_formula, mean_the_same, normalize_cell, parse
from plugins.registers.ranges import may_register
from plugins.registers.stored import StoredTable
from plugins.sources.problem import Problem, suggest
from plugins.vietnamese import fold, sort_key

# An exemplar has at most one of each of these.
ONCE = {ActKind.RECOGNITION, ActKind.COMPLETION, ActKind.STOP}


@dataclass(frozen=True)
class ActRow:
    """A row of a table of acts; `at` is its index, -1 if it is to be added."""

    at: int
    code: str
    cells: Cells
    values: dict[str, Any]

    @property
    def kind(self) -> ActKind | None:
        return self.values.get("kind")

    @property
    def act(self) -> Act | None:
        """The act that it states; None without a kind."""
        if self.kind is None:
            return None
        form, level, receiver = (self.values.get(name) or "" for name in ("form", "level", "receiver"))
        return Act(self.kind, self.values.get("day"), 0, ("", 0), form=form, level=level, receiver=receiver)

    @property
    def title(self) -> str:
        if (act := self.act) is None:
            return " ".join(filter(None, self.cells.values()))
        return f"{act.title}{f', {act.receiver}' if act.receiver else ''}"


def read_row(grid: Grid, at: int, cells: Cells) -> ActRow:
    """Return a row of a grid with the values of its cells."""
    keys = grid.by_attribute
    return ActRow(at, grid.code(cells), cells, {name: parse(keys[name], cell) for name, cell in cells.items()})


def read_acts(
    grid: Grid, path: str, again: str, year: int, known: Mapping[str, Registration]
) -> tuple[list[ActRow], list[Problem]]:
    """Return the rows that state an act of a `known` registration, and the problems of all rows.

    `again` is the fix for a table without its columns.
    """
    problems: list[Problem] = []
    reader = act_rows(path, problems, again, grid.table.name)
    if not reader.find_header(grid.table):
        return [], problems
    joined = add_acts(reader, grid.table, Register(year, tuple(known.values())), is_whole=False)
    stated = [act for one in joined.registrations for act in one.acts[len(known[one.code].acts) :]]
    rows = []
    for line in sorted(act.where[1] for act in stated):
        row = read_row(grid, line - 1, grid.cells(line - 1))
        if formula := find_formula(grid, row.cells):
            problems.append(Problem(path, line, *formula))
        else:
            rows.append(row)
    return rows, problems


def find_same(row: ActRow, known: Iterable[ActRow]) -> ActRow | None:
    """Return the known row of the same act, or None: kind, form and level agree, day and place do not differ."""
    return next((other for other in known if _is_one_act(row, other)), None)


def find_other(row: ActRow, known: Iterable[ActRow]) -> ActRow | None:
    """Return a known act of the same kind and exemplar, or None."""
    return next((other for other in known if other.code == row.code and other.kind is row.kind), None)


def add_act(row: ActRow, known: list[ActRow], stored: StoredTable, edits: Edits) -> None:
    """Add an act, in the register's own spelling."""
    added = {name: normalize_cell(stored.grid.by_attribute[name], cell) for name, cell in row.cells.items() if cell}
    edits.added.append(added)
    known.append(ActRow(-1, row.code, added, row.values))


def fill_blanks(row: ActRow, same: ActRow, stored: StoredTable, edits: Edits) -> tuple[list[str], list[str]]:
    """Fill in the cells that the known act leaves blank and return lines: one for each, and for each contradiction."""
    filled, made, contradictions = Cells(), list[str](), list[str]()
    for name, cell in row.cells.items():
        key = stored.grid.by_attribute[name]
        before = same.cells.get(name, "")
        if not cell or name == "code" or mean_the_same(key, before, cell) or fold(before) == fold(cell):
            continue
        if before or name not in stored.grid.places:
            contradictions.append(f"{row.code}: {row.title}: {key.name} trong sổ là “{before}”, tệp ghi “{cell}”")
        else:
            filled[name] = normalize_cell(key, cell)
            made.append(f"{row.code}: {row.title}: thêm {key.name} “{filled[name]}”")
    same.cells.update(filled)
    if filled and same.at >= 0:
        edits.changed[same.at] = edits.changed.get(same.at, {}) | filled
    return made, contradictions


def _is_one_act(row: ActRow, other: ActRow) -> bool:
    one, two = row.act, other.act
    if not row.code or row.code != other.code or one is None or two is None or not is_of(one, two):
        return False
    is_one_day = one.day == two.day or None in (one.day, two.day)
    return is_one_day and (not (one.receiver and two.receiver) or fold(one.receiver) == fold(two.receiver))


# The office enters commendations above the commune level itself, from the decision.
_ABOVE = LEVELS[LEVELS.index("huyện") :]


def compare_acts(
    found: Sequence[Submission],
    stored: StoredTable,
    year: int,
    registered: Mapping[str, Registration],
    vocabulary: Vocabulary,
) -> Edits:
    """Add the outcome of its acts to each submission. Return the edits of the stored acts."""
    edits = Edits()
    known = dict(registered)
    for one in found:
        known |= {row.code: row.registration for row in one.accepted if row.code not in registered}
    rows = [read_row(stored.grid, at, cells) for at, cells in stored.grid.rows()]
    for one in found:
        if (grid := one.acts) is None or not grid.rows():
            continue
        for row in _valid_rows(one, grid, year, known, vocabulary):
            if refusal := _check_place(one, row, known[row.code], vocabulary):
                _report(one, grid, row.at, row.code, refusal)
            else:
                _compare_act(one, row, rows, stored, edits)
    edits.added.sort(key=lambda cells: sort_key(cells["code"]))
    return edits


def _report(one: Submission, grid: Grid, at: int, code: str, refusal: Refusal) -> None:
    one.faults.append(Fault(name_sheet(grid), at + 1, code, *refusal))


def _valid_rows(
    one: Submission, grid: Grid, year: int, known: Mapping[str, Registration], vocabulary: Vocabulary
) -> list[ActRow]:
    """Return the valid rows, and report the faults of the others."""
    rows, problems = read_acts(grid, "", AGAIN, year, known)
    one.faults += as_faults(problems, grid)
    for at, cells in grid.rows():
        if not (code := grid.code(cells)) or code in known:
            continue
        if code in one.mentioned:
            message, fix = f"Dòng đăng ký của {code} còn chỗ phải sửa", "sửa dòng ấy thì việc này mới ghi được"
        else:
            # Suggest no code of another commune.
            own = (other for other, reg in known.items() if may_register(one.owner, reg.commune, vocabulary))
            message = f"Không có {code} trong sổ đăng ký"
            fix = suggest(code, own, "sửa mã, hoặc thêm vào trang Sổ đăng ký")
        _report(one, grid, at, code, (message, fix))
    return rows


def _check_place(one: Submission, row: ActRow, registration: Registration, vocabulary: Vocabulary) -> Refusal | None:
    owner, commune = one.owner, registration.commune
    if owner is None or may_register(owner, commune, vocabulary):
        return None
    whose = commune.full_name if commune else "cơ quan"
    return f"{row.code} là của {whose}, mà tệp là của {owner.name}", "chỉ ghi việc của điển hình của mình"


def _compare_act(one: Submission, row: ActRow, known: list[ActRow], stored: StoredTable, edits: Edits) -> None:
    """Add an act that is not `known` yet, else fill in the blank cells of the known one."""
    title = f"{row.code}: {row.title}"
    if same := find_same(row, known):
        filled, contradictions = fill_blanks(row, same, stored, edits)
        one.new_acts += filled
        # The office decides.
        one.held += contradictions
        return
    is_office = one.owner is not None and one.owner.commune is None
    other = find_other(row, known)
    if row.kind in ONCE and other:
        one.held.append(f"{title}; trong sổ đã ghi {other.title}")
    elif row.values.get("level") in _ABOVE and not is_office:
        one.held.append(f"{title}; cơ quan đối chiếu quyết định rồi tự ghi vào sổ việc")
    else:
        add_act(row, known, stored, edits)
        one.new_acts.append(title)
