"""Enter acts into the register of a year: all of them or, on any error, none. Existing cells are never changed."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from plugins.content.load import load_content
from plugins.content.registers.act import ActKind
from plugins.content.registers.columns import act_columns
from plugins.content.registers.reading import FOLDER
from plugins.exemplars.hooks import installed
from plugins.recognition.statement import Statement, read_rows
from plugins.registers.collecting.edits import Edits
from plugins.registers.collecting.files import is_spreadsheet
from plugins.registers.collecting.merging_acts import ONCE, ActRow, add_act, fill_blanks, find_same, read_row
from plugins.registers.collecting.writing import edit_tables, write_tables
from plugins.registers.stored import Rejected, StoredTable, read_stored
from plugins.sources.folders import is_litter
from plugins.sources.problem import Invalid, Level, Problem
from plugins.vietnamese import format_date, sort_key, squash, today

if TYPE_CHECKING:
    from collections.abc import Collection

    from plugins.content.content import Content
    from plugins.content.registers.registration import Registration

# The attributes required of an act, by kind.
_NEEDED = {
    ActKind.REVIEW: ("day", "votes"),
    ActKind.RECOGNITION: ("day", "paper"),
    ActKind.PRAISE: ("day", "form", "level"),
    ActKind.AWARD: ("day", "paper", "form", "level"),
}
_AT_MOST_ONCE = {*ONCE, ActKind.REVIEW}


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
    rows, problems = read_rows(statement, year, registrations, register)
    path = statement.path
    if not rows and not problems:
        raise Rejected([Problem(path, 1, "Chưa có dòng nào được điền", "điền kết quả, lưu, đóng tệp rồi chạy lại")])
    for row in rows:
        problems += _check(row, registrations.get(row.code), kinds, stored, path)
    edits, entered = Edits(), Entered()
    known = [read_row(stored.grid, at, cells) for at, cells in stored.grid.rows()]
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
    row: ActRow, one: Registration | None, kinds: Collection[ActKind], stored: StoredTable, path: str
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
    row: ActRow, known: list[ActRow], stored: StoredTable, edits: Edits, entered: Entered, path: str
) -> list[Problem]:
    """Add an act to the edits, or the cells that its row in the register leaves blank. Return the contradictions."""
    line, title = row.at + 1, f"{row.code}: {row.title}"
    if same := find_same(row, known):
        filled, contradictions = fill_blanks(row, same, stored, edits)
        entered.filled += filled
        if not filled and not contradictions:
            entered.known.append(title)
        where = f"{stored.path}, dòng {same.at + 1}" if same.at >= 0 else "hai dòng của tệp này"
        fix = f"đối chiếu giấy tờ rồi sửa chỗ sai ({where})"
        return [Problem(path, line, one, fix) for one in contradictions]
    others = [one for one in known if one.code == row.code and one.kind is row.kind]
    is_once = row.kind in _AT_MOST_ONCE
    if other := next((one for one in others if is_once or _is_of_one_paper(row, one)), None):
        what = f"{title}; trong sổ đã ghi {other.title} ({stored.path}, dòng {other.at + 1})"
        return [Problem(path, line, what, "đối chiếu giấy tờ; sổ sai thì sửa sổ, tệp này sai thì sửa tệp")]
    add_act(row, known, stored, edits)
    entered.added.append(title)
    return []


def _is_of_one_paper(row: ActRow, other: ActRow) -> bool:
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
