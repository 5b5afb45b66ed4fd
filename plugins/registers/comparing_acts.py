"""The acts that communes state, held against those that stand: what is new, and what only the office may say. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from plugins.content.registers.act import LEVELS, Act, ActKind
from plugins.content.registers.acts import add_acts
from plugins.content.registers.columns import SHARED_OF_ACTS
from plugins.content.registers.joining import is_of
from plugins.content.registers.reading import LEAST_OF_ACTS
from plugins.content.registers.registration import Register
from plugins.content.registers.rows import Rows
from plugins.registers.checking import are_one_place
from plugins.registers.edits import Edits
from plugins.registers.faults import Fault
from plugins.registers.grid import Cells, Grid, find_formula, mean_the_same, parse, spell
from plugins.registers.sent import AGAIN, as_faults
from plugins.sources.problem import suggest
from plugins.vietnamese import fold, sort_key

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from plugins.content.registers.registration import Registration
    from plugins.content.vocabulary import Vocabulary
    from plugins.registers.comparing import Findings
    from plugins.registers.standing import Standing
    from plugins.sources.problem import Problem

# Each exemplar has one of these at most.
_ONCE = {ActKind.RECOGNITION, ActKind.COMPLETION, ActKind.STOP}
# Who commends above the commune has the decision: the office writes it down from there.
_ABOVE = LEVELS[LEVELS.index("huyện") :]


@dataclass(frozen=True)
class _Row:
    at: int
    code: str
    cells: Cells
    said: dict[str, Any]


def compare_acts(
    found: Sequence[Findings],
    standing: Standing,
    year: int,
    registered: Mapping[str, Registration],
    vocabulary: Vocabulary,
) -> Edits:
    """Hold the acts of the files against those that stand. Returns what is to be written."""
    edits = Edits()
    known = dict(registered)
    for one in found:
        known |= {row.code: row.registration for row in one.accepted if row.code not in registered}
    stated = [_read(standing.grid, at, cells) for at, cells in standing.grid.rows()]
    for one in found:
        grid = one.sent.acts
        if grid is None or not grid.rows():
            continue
        for row in _sound_rows(one, grid, year, known, vocabulary):
            if fault := _check_place(one, row, known[row.code], vocabulary):
                one.sent.faults.append(Fault(grid.table.name or "Việc đã qua", row.at + 1, row.code, *fault))
            else:
                _take(one, row, stated, standing, edits)
    edits.added.sort(key=lambda cells: sort_key(cells["code"]))
    return edits


def _sound_rows(
    one: Findings, grid: Grid, year: int, known: Mapping[str, Registration], vocabulary: Vocabulary
) -> list[_Row]:
    """Return the rows that are sound by themselves, and report what is wrong with the others."""
    problems: list[Problem] = []
    rows = Rows(
        "", grid.keys, LEAST_OF_ACTS, problems, again=AGAIN, missed={"code", "kind", "day"}, shared=SHARED_OF_ACTS
    )
    if not rows.find_header(grid.table):
        one.sent.faults += as_faults(problems, grid)
        return []
    joined = add_acts(rows, grid.table, Register(year, tuple(known.values())), is_whole=False)
    one.sent.faults += as_faults(problems, grid)
    taken = sorted(act.where[1] - 1 for reg in joined.registrations for act in reg.acts if act.where[0] == "")
    for at, cells in grid.rows():
        code = grid.code(cells)
        if at in taken and (formula := find_formula(grid, cells)):
            taken.remove(at)
            one.sent.faults.append(Fault(grid.table.name or "Việc đã qua", at + 1, code, *formula))
        if code and code not in known:
            is_told = code in one.sent.mentioned
            message = f"Dòng đăng ký của {code} còn chỗ phải sửa" if is_told else f"Không có {code} trong sổ đăng ký"
            otherwise = "sửa mã, hoặc thêm vào trang Sổ đăng ký"
            # Nobody is to take a code of another commune.
            own = (one_code for one_code, registration in known.items() if _is_own(one, registration, vocabulary))
            fix = "sửa dòng ấy thì việc này mới ghi được" if is_told else suggest(code, own, otherwise)
            one.sent.faults.append(Fault(grid.table.name or "Việc đã qua", at + 1, code, message, fix))
    return [_read(grid, at, grid.cells(at)) for at in taken]


def _read(grid: Grid, at: int, cells: Cells) -> _Row:
    keys = grid.by_attribute
    return _Row(at, grid.code(cells), cells, {name: parse(keys[name], cell) for name, cell in cells.items()})


def _is_own(one: Findings, registration: Registration, vocabulary: Vocabulary) -> bool:
    """Tell whether whoever has sent a file may speak of a registration; the office may of any."""
    owner = one.sent.owner
    return owner is None or owner.commune is None or are_one_place(owner.commune, registration.commune, vocabulary)


def _check_place(
    one: Findings, row: _Row, registration: Registration, vocabulary: Vocabulary
) -> tuple[str, str] | None:
    owner, commune = one.sent.owner, registration.commune
    if owner is None or _is_own(one, registration, vocabulary):
        return None
    whose = commune.full_name if commune else "cơ quan"
    return f"{row.code} là của {whose}, mà tệp là của {owner.name}", "chỉ ghi việc của điển hình của mình"


def _take(one: Findings, row: _Row, stated: list[_Row], standing: Standing, edits: Edits) -> None:
    """Add an act, fill in what the one that stands leaves blank, or leave it to the office."""
    title = f"{row.code}: {_title(row)}"
    same = next((other for other in stated if _is_one_act(row, other)), None)
    is_office = one.sent.owner is not None and one.sent.owner.commune is None
    if same is None:
        kind = row.said.get("kind")
        other = next((o for o in stated if o.code == row.code and o.said.get("kind") is kind), None)
        if kind in _ONCE and other:
            one.held.append(f"{title}; trong sổ đã ghi {_title(other)}")
        elif row.said.get("level") in _ABOVE and not is_office:
            one.held.append(f"{title}; cơ quan đối chiếu quyết định rồi tự ghi vào sổ việc")
        else:
            keys = standing.grid.by_attribute
            edits.added.append({name: spell(keys[name], cell) for name, cell in row.cells.items() if cell})
            one.acts.append(title)
            stated.append(_Row(-1, row.code, row.cells, row.said))
        return
    filled: Cells = {}
    for name, cell in row.cells.items():
        key = standing.grid.by_attribute[name]
        before = same.cells.get(name, "")
        if not cell or name == "code" or mean_the_same(key, before, cell) or fold(before) == fold(cell):
            continue
        if before or name not in standing.grid.places:
            one.held.append(f"{title}: {key.name} trong sổ là “{before}”, tệp ghi “{cell}”")
        elif same.at >= 0:
            filled[name] = spell(key, cell)
            one.acts.append(f"{title}: thêm {key.name} “{filled[name]}”")
    if filled:
        edits.changed[same.at] = edits.changed.get(same.at, {}) | filled
        same.cells.update(filled)


def _is_one_act(row: _Row, other: _Row) -> bool:
    """Tell whether two rows state one act: of one kind, form and level, and not on two days or at two places."""
    if row.code != other.code or not row.code:
        return False
    one, two = _act(row), _act(other)
    if one is None or two is None or not is_of(one, two):
        return False
    is_one_day = one.day == two.day or None in (one.day, two.day)
    return is_one_day and (not (one.receiver and two.receiver) or fold(one.receiver) == fold(two.receiver))


def _act(row: _Row) -> Act | None:
    said = row.said
    if not isinstance(said.get("kind"), ActKind):
        return None
    form, level, receiver = (said.get(name) or "" for name in ("form", "level", "receiver"))
    return Act(said["kind"], said.get("day"), 0, ("", 0), form=form, level=level, receiver=receiver)


def _title(row: _Row) -> str:
    act = _act(row)
    if act is None:
        return " ".join(filter(None, row.cells.values()))
    return f"{act.title}{f', {act.receiver}' if act.receiver else ''}"
