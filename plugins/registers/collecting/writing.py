"""Write edited tables: checked by reading them back, all or none, with earlier versions in the history."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

from plugins.content.registers.sheets.tables import read_tables
from plugins.editing.history import EDITING, keep_earlier
from plugins.registers.collecting.edits import Edits, edit_csv, edit_sheet, find_end
from plugins.registers.grid import find_grid, mean_the_same
from plugins.registers.stored import StoredTable
from plugins.sources.files import write_whole
from plugins.sources.held import explain_writing, insist_on_reading
from plugins.sources.problem import Invalid


def edit_tables(edited: Sequence[tuple[StoredTable, Edits]]) -> dict[str, tuple[StoredTable, bytes]]:
    """Return the tables that have edits and their new bytes, by path; Invalid if one cannot be edited correctly."""
    made: dict[str, tuple[StoredTable, bytes]] = {}
    for stored, edits in edited:
        if edits:
            before = made[stored.path][1] if stored.path in made else stored.data
            data = _edit(stored, before, edits)
            _check(stored, data, edits)
            made[stored.path] = stored, data
    return made


def write_tables(project: Path, edited: Sequence[tuple[StoredTable, Edits]]) -> list[str]:
    """Write the tables that have edits and return their paths; Invalid, with nothing written, if one fails."""
    made = edit_tables(edited)
    with EDITING:
        for stored, _ in made.values():
            _refuse_changed(stored)
        written: list[StoredTable] = []
        for path, (stored, data) in made.items():
            try:
                if stored.data is not None:
                    keep_earlier(project, path, stored.data)
                write_whole(stored.file, data, flush=True)
            except OSError as error:
                _restore(written)
                raise explain_writing(error, path) from None
            written.append(stored)
    return [*made]


def _restore(tables: Sequence[StoredTable]) -> None:
    for stored in tables:
        if stored.data is None:
            stored.file.unlink()
        else:
            write_whole(stored.file, stored.data, flush=True)


def _edit(stored: StoredTable, before: bytes | None, edits: Edits) -> bytes:
    if before is not None and stored.file.suffix.lower() == ".xlsx":
        try:
            return edit_sheet(before, stored.grid, edits)
        except Invalid as invalid:
            raise Invalid(f"{stored.path}: {invalid.message}", invalid.fix) from None
    return edit_csv(before, stored.grid, edits)


def _refuse_changed(stored: StoredTable) -> None:
    for lock in (f"~${stored.file.name}", f".~lock.{stored.file.name}#"):
        if stored.file.with_name(lock).exists():
            fix = f"lưu và đóng tệp ấy rồi chạy lại; không mở ở đâu thì xóa tệp {lock}"
            raise Invalid(f"{stored.path} đang mở trong Excel hay LibreOffice", fix)
    now = insist_on_reading(stored.file.read_bytes) if stored.file.exists() else None
    if now != stored.data:
        raise Invalid(f"{stored.path} vừa được sửa ở nơi khác", "chạy lại để so với bản mới")


def _check(stored: StoredTable, data: bytes, edits: Edits) -> None:
    """Read an edited file back; Invalid if an edited cell has another value."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / stored.file.name
        file.write_bytes(data)
        (table,), problems = read_tables(file, stored.path, (stored.wanted,))
    grid = find_grid(table, stored.grid.keys) if table else None
    last = find_end(stored.grid)
    wanted = {**edits.changed, **{last + number: cells for number, cells in enumerate(edits.added, 1)}}
    for at, cells in wanted.items():
        for name, text in cells.items():
            if name not in stored.grid.places:
                continue
            key = stored.grid.by_attribute[name]
            found = grid.cells(at).get(name, "") if grid and at < len(grid.table.rows) else None
            if problems or found is None or not mean_the_same(key, found, text):
                message = f"{stored.path} không ghi được cho đúng (dòng {at + 1}, cột {key.name})"
                raise Invalid(message, "sổ chưa bị sửa; lưu sổ lại thành CSV UTF-8 rồi chạy lại")
