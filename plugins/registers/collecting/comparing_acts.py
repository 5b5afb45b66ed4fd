"""Compare the acts of submissions with the stored acts: recognitions, commendations and so on. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plugins.content.registers.act import LEVELS
from plugins.registers.collecting.edits import Edits
from plugins.registers.collecting.faults import Fault, Refusal
from plugins.registers.collecting.merging_acts import (
    ONCE,
    ActRow,
    add_act,
    fill_blanks,
    find_other,
    find_same,
    read_acts,
    read_row,
)
from plugins.registers.collecting.owners import may_register
from plugins.registers.collecting.submission import AGAIN, as_faults, name_sheet
from plugins.sources.problem import suggest
from plugins.vietnamese import sort_key

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from plugins.content.registers.registration import Registration
    from plugins.content.vocabulary.vocabulary import Vocabulary
    from plugins.registers.collecting.comparing import Findings
    from plugins.registers.grid import Grid
    from plugins.registers.stored import StoredTable

# The office enters commendations above the commune level itself, from the decision.
_ABOVE = LEVELS[LEVELS.index("huyện") :]


def compare_acts(
    found: Sequence[Findings],
    stored: StoredTable,
    year: int,
    registered: Mapping[str, Registration],
    vocabulary: Vocabulary,
) -> Edits:
    """Add the acts of each submission to its findings. Return the edits of the stored acts."""
    edits = Edits()
    known = dict(registered)
    for one in found:
        known |= {row.code: row.registration for row in one.accepted if row.code not in registered}
    rows = [read_row(stored.grid, at, cells) for at, cells in stored.grid.rows()]
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
) -> list[ActRow]:
    """Return the valid rows, and report the faults of the others."""
    rows, problems = read_acts(grid, "", AGAIN, year, known)
    one.submission.faults += as_faults(problems, grid)
    for at, cells in grid.rows():
        if not (code := grid.code(cells)) or code in known:
            continue
        if code in one.submission.mentioned:
            message, fix = f"Dòng đăng ký của {code} còn chỗ phải sửa", "sửa dòng ấy thì việc này mới ghi được"
        else:
            # Suggest no code of another commune.
            owner = one.submission.owner
            own = (other for other, reg in known.items() if may_register(owner, reg.commune, vocabulary))
            message = f"Không có {code} trong sổ đăng ký"
            fix = suggest(code, own, "sửa mã, hoặc thêm vào trang Sổ đăng ký")
        _report(one, grid, at, code, (message, fix))
    return rows


def _check_place(one: Findings, row: ActRow, registration: Registration, vocabulary: Vocabulary) -> Refusal | None:
    owner, commune = one.submission.owner, registration.commune
    if owner is None or may_register(owner, commune, vocabulary):
        return None
    whose = commune.full_name if commune else "cơ quan"
    return f"{row.code} là của {whose}, mà tệp là của {owner.name}", "chỉ ghi việc của điển hình của mình"


def _compare_act(one: Findings, row: ActRow, known: list[ActRow], stored: StoredTable, edits: Edits) -> None:
    """Add an act that is not `known` yet, else fill in the blank cells of the known one."""
    title = f"{row.code}: {row.title}"
    if same := find_same(row, known):
        filled, contradictions = fill_blanks(row, same, stored, edits)
        one.acts += filled
        # The office decides.
        one.held += contradictions
        return
    is_office = one.submission.owner is not None and one.submission.owner.commune is None
    other = find_other(row, known)
    if row.kind in ONCE and other:
        one.held.append(f"{title}; trong sổ đã ghi {other.title}")
    elif row.values.get("level") in _ABOVE and not is_office:
        one.held.append(f"{title}; cơ quan đối chiếu quyết định rồi tự ghi vào sổ việc")
    else:
        add_act(row, known, stored, edits)
        one.acts.append(title)
