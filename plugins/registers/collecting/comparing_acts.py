"""Compare the acts of submissions with the stored acts: recognitions, commendations and so on. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from plugins.content.registers.act import LEVELS, Act, ActKind
from plugins.content.registers.acts import add_acts
from plugins.content.registers.joining import is_of
from plugins.content.registers.reading import act_rows
from plugins.content.registers.registration import Register
from plugins.registers.collecting.edits import Edits
from plugins.registers.collecting.faults import Fault
from plugins.registers.collecting.owners import may_register
from plugins.registers.collecting.submission import AGAIN, as_faults, name_sheet
from plugins.registers.grid import Cells, Grid, find_formula, mean_the_same, parse, spell
from plugins.sources.problem import suggest
from plugins.vietnamese import fold, sort_key

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from plugins.content.registers.registration import Registration
    from plugins.content.vocabulary import Vocabulary
    from plugins.registers.collecting.comparing import Findings
    from plugins.registers.collecting.faults import Refusal
    from plugins.registers.stored import StoredTable
    from plugins.sources.problem import Problem

# An exemplar has at most one of each of these.
_ONCE = {ActKind.RECOGNITION, ActKind.COMPLETION, ActKind.STOP}
# The office enters commendations above the commune level itself, from the decision.
_ABOVE = LEVELS[LEVELS.index("huyện") :]


@dataclass(frozen=True)
class _Row:
    """A row of acts: its index, -1 for one to be added, its code, its cells and their values."""

    at: int
    code: str
    cells: Cells
    values: dict[str, Any]


def compare_acts(
    found: Sequence[Findings],
    stored: StoredTable,
    year: int,
    registered: Mapping[str, Registration],
    vocabulary: Vocabulary,
) -> Edits:
    """Note the acts of each submission in its findings. Returns the edits of the stored acts."""
    edits = Edits()
    known = dict(registered)
    for one in found:
        known |= {row.code: row.registration for row in one.accepted if row.code not in registered}
    rows = [_read(stored.grid, at, cells) for at, cells in stored.grid.rows()]
    for one in found:
        grid = one.submission.acts
        if grid is None or not grid.rows():
            continue
        for row in _valid_rows(one, grid, year, known, vocabulary):
            if refusal := _check_place(one, row, known[row.code], vocabulary):
                _report(one, grid, row.at, row.code, refusal)
            else:
                _compare_act(one, row, rows, stored, edits)
    edits.added.sort(key=lambda cells: sort_key(cells["code"]))
    return edits


def _report(one: Findings, grid: Grid, at: int, code: str, refusal: Refusal) -> None:
    one.submission.faults.append(Fault(name_sheet(grid), at + 1, code, *refusal))


def _valid_rows(
    one: Findings, grid: Grid, year: int, known: Mapping[str, Registration], vocabulary: Vocabulary
) -> list[_Row]:
    """Return the valid rows, and report the faults of the others."""
    problems: list[Problem] = []
    rows = act_rows("", problems, AGAIN)
    if not rows.find_header(grid.table):
        one.submission.faults += as_faults(problems, grid)
        return []
    joined = add_acts(rows, grid.table, Register(year, tuple(known.values())), is_whole=False)
    one.submission.faults += as_faults(problems, grid)
    taken = sorted(act.where[1] - 1 for reg in joined.registrations for act in reg.acts if act.where[0] == "")
    for at, cells in grid.rows():
        code = grid.code(cells)
        if at in taken and (formula := find_formula(grid, cells)):
            taken.remove(at)
            _report(one, grid, at, code, formula)
        if code and code not in known:
            is_told = code in one.submission.mentioned
            message = f"Dòng đăng ký của {code} còn chỗ phải sửa" if is_told else f"Không có {code} trong sổ đăng ký"
            otherwise = "sửa mã, hoặc thêm vào trang Sổ đăng ký"
            # Suggest no code of another commune.
            owner = one.submission.owner
            own = (other for other, reg in known.items() if may_register(owner, reg.commune, vocabulary))
            fix = "sửa dòng ấy thì việc này mới ghi được" if is_told else suggest(code, own, otherwise)
            _report(one, grid, at, code, (message, fix))
    return [_read(grid, at, grid.cells(at)) for at in taken]


def _read(grid: Grid, at: int, cells: Cells) -> _Row:
    keys = grid.by_attribute
    return _Row(at, grid.code(cells), cells, {name: parse(keys[name], cell) for name, cell in cells.items()})


def _check_place(one: Findings, row: _Row, registration: Registration, vocabulary: Vocabulary) -> Refusal | None:
    owner, commune = one.submission.owner, registration.commune
    if owner is None or may_register(owner, commune, vocabulary):
        return None
    whose = commune.full_name if commune else "cơ quan"
    return f"{row.code} là của {whose}, mà tệp là của {owner.name}", "chỉ ghi việc của điển hình của mình"


def _compare_act(one: Findings, row: _Row, known: list[_Row], stored: StoredTable, edits: Edits) -> None:
    """Add an act that is not `known` yet, else fill in the blank cells of the known one."""
    same = next((other for other in known if _is_one_act(row, other)), None)
    if same:
        _fill_blanks(one, row, same, stored, edits)
    else:
        _add(one, row, known, stored, edits)


def _add(one: Findings, row: _Row, known: list[_Row], stored: StoredTable, edits: Edits) -> None:
    """Add an act, or leave it to the office."""
    title, kind = f"{row.code}: {_title(row)}", row.values.get("kind")
    is_office = one.submission.owner is not None and one.submission.owner.commune is None
    other = next((o for o in known if o.code == row.code and o.values.get("kind") is kind), None)
    if kind in _ONCE and other:
        one.held.append(f"{title}; trong sổ đã ghi {_title(other)}")
    elif row.values.get("level") in _ABOVE and not is_office:
        one.held.append(f"{title}; cơ quan đối chiếu quyết định rồi tự ghi vào sổ việc")
    else:
        keys = stored.grid.by_attribute
        added = {name: spell(keys[name], cell) for name, cell in row.cells.items() if cell}
        edits.added.append(added)
        one.acts.append(title)
        known.append(_Row(-1, row.code, added, row.values))


def _fill_blanks(one: Findings, row: _Row, same: _Row, stored: StoredTable, edits: Edits) -> None:
    """Fill in the cells that the known act leaves blank; leave those that differ to the office."""
    title = f"{row.code}: {_title(row)}"
    filled: Cells = {}
    for name, cell in row.cells.items():
        key = stored.grid.by_attribute[name]
        before = same.cells.get(name, "")
        if not cell or name == "code" or mean_the_same(key, before, cell) or fold(before) == fold(cell):
            continue
        if before or name not in stored.grid.places:
            one.held.append(f"{title}: {key.name} trong sổ là “{before}”, tệp ghi “{cell}”")
        else:
            filled[name] = spell(key, cell)
            one.acts.append(f"{title}: thêm {key.name} “{filled[name]}”")
    same.cells.update(filled)
    if filled and same.at >= 0:
        edits.changed[same.at] = edits.changed.get(same.at, {}) | filled


def _is_one_act(row: _Row, other: _Row) -> bool:
    """Tell whether two rows state the same act: same kind, form and level, no two days, no two places."""
    if row.code != other.code or not row.code:
        return False
    one, two = _act(row), _act(other)
    if one is None or two is None or not is_of(one, two):
        return False
    is_one_day = one.day == two.day or None in (one.day, two.day)
    return is_one_day and (not (one.receiver and two.receiver) or fold(one.receiver) == fold(two.receiver))


def _act(row: _Row) -> Act | None:
    values = row.values
    if not isinstance(values.get("kind"), ActKind):
        return None
    form, level, receiver = (values.get(name) or "" for name in ("form", "level", "receiver"))
    return Act(values["kind"], values.get("day"), 0, ("", 0), form=form, level=level, receiver=receiver)


def _title(row: _Row) -> str:
    act = _act(row)
    if act is None:
        return " ".join(filter(None, row.cells.values()))
    return f"{act.title}{f', {act.receiver}' if act.receiver else ''}"
