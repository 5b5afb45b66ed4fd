"""Writing a year's register and its acts: read back first, whole or not at all, what stood there kept."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from plugins.content.registers.columns import count_headings
from plugins.content.registers.sheets.tables import read_tables
from plugins.editing.history import EDITING, keep
from plugins.registers.edits import Edits, edit_csv, find_end
from plugins.registers.grid import find_grid, mean_the_same
from plugins.registers.sheet_edits import edit_sheet
from plugins.sources.files import write_whole
from plugins.sources.held import explain_writing, insist_on_reading
from plugins.sources.problem import Invalid

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plugins.registers.standing import Standing


def write_tables(project: Path, edited: Sequence[tuple[Standing, Edits]]) -> list[str]:
    """Write what was edited. Returns the paths of the files written; Invalid, and nothing is, when one cannot be."""
    made: dict[str, tuple[Standing, bytes]] = {}
    for standing, edits in edited:
        if edits:
            before = made[standing.path][1] if standing.path in made else standing.data
            data = _edit(standing, before, edits)
            _check(standing, data, edits)
            made[standing.path] = standing, data
    with EDITING:
        for standing, _ in made.values():
            _refuse_changed(standing)
        for path, (standing, data) in made.items():
            try:
                if standing.data is not None:
                    keep(project, path, standing.data)
                write_whole(standing.file, data, flush=True)
            except OSError as error:
                raise explain_writing(error, path) from None
    return [*made]


def _edit(standing: Standing, before: bytes | None, edits: Edits) -> bytes:
    if before is not None and standing.file.suffix.lower() == ".xlsx":
        try:
            return edit_sheet(before, standing.grid, edits)
        except Invalid as invalid:
            raise Invalid(f"{standing.path}: {invalid.message}", invalid.fix) from None
    return edit_csv(before, standing.grid, edits)


def _refuse_changed(standing: Standing) -> None:
    name = standing.file.name
    for lock in (f"~${name}", f".~lock.{name}#"):
        if (standing.file.parent / lock).exists():
            fix = f"lưu và đóng tệp ấy rồi chạy lại; không mở ở đâu thì xóa tệp {lock}"
            raise Invalid(f"{standing.path} đang mở trong Excel hay LibreOffice", fix)
    now = insist_on_reading(standing.file.read_bytes) if standing.file.exists() else None
    if now != standing.data:
        raise Invalid(f"{standing.path} vừa được sửa ở nơi khác", "chạy lại để so với bản mới")


def _check(standing: Standing, data: bytes, edits: Edits) -> None:
    """Read what was made as `check` will; Invalid when it does not say what it should."""
    keys = standing.grid.keys
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / standing.file.name
        file.write_bytes(data)
        (table,), problems = read_tables(file, standing.path, ((partial(count_headings, keys), 3),))
    grid = find_grid(table, keys) if table else None
    last = find_end(standing.grid)
    wanted = {**edits.changed, **{last + number: cells for number, cells in enumerate(edits.added, 1)}}
    for at, cells in wanted.items():
        for name, text in cells.items():
            if name not in standing.grid.places:
                continue
            found = grid.cells(at).get(name, "") if grid and at < len(grid.table.rows) else None
            if problems or found is None or not mean_the_same(standing.grid.by_attribute[name], found, text):
                message = f"{standing.path} không ghi được cho đúng (dòng {at + 1}, cột {name})"
                raise Invalid(message, "sổ chưa bị sửa; lưu sổ lại thành CSV UTF-8 rồi chạy lại")
