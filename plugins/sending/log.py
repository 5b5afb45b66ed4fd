"""The log content/gui-bai.csv: a row for each story sent, and where it was used; other lines keep their bytes."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from pathlib import Path

from plugins.content.registers.columns import count_headings
from plugins.content.registers.sheets.tables import CellTable, read_tables
from plugins.content.sent import SENT_COLUMNS, SENT_FILE
from plugins.editing.saving import follow
from plugins.registers.collecting.edits import Edits, write_tables
from plugins.registers.grid import Cells, Grid, find_grid, parse
from plugins.registers.stored import StoredTable
from plugins.sources.problem import Invalid
from plugins.vietnamese import fold, format_date

_LEAST = 3


def log_sent(project: Path, notes: Mapping[str, str], to: str, day: date) -> list[str]:
    """Add a row for each story sent, with its note by slug. Return the slugs that had no such row yet."""
    log = _read(project)
    known = {_key(log.grid, cells) for _, cells in log.grid.rows()}
    rows = [
        {"slug": slug, "to": to, "sent_on": format_date(day), "note": note}
        for slug, note in notes.items()
        if (slug, fold(to), day) not in known
    ]
    _write(project, log, Edits(added=rows))
    return [row["slug"] for row in rows]


def log_used(project: Path, slug: str, where: str, day: date, to: str = "") -> str:
    """Note the place and day of a story's use in the row of its last sending before. Return that row's recipient.

    A second place gets a row of its own; a use that is noted already is not repeated. Invalid when the story was not
    sent by then, or the log cannot be read.
    """
    log = _read(project)
    grid = log.grid
    sent = [
        (key[2], at, cells)
        for at, cells in grid.rows()
        if (key := _key(grid, cells))[0] == slug and key[2] and key[2] <= day and (not to or key[1] == fold(to))
    ]
    if not sent:
        whom = f" tới {to}" if to else ""
        what = f"Sổ {SENT_FILE} không ghi bài “{slug}” đã gửi{whom} từ ngày {format_date(day)} trở về trước"
        raise Invalid(what, "gửi bài ấy trước, hoặc sửa ngày")
    for _, _, cells in sent:
        if fold(cells.get("used_at", "")) == fold(where):
            return cells.get("to", "")
    _, at, cells = max(sent, key=lambda one: (one[0], -bool(one[2].get("used_at")), one[1]))
    used: Cells = {"used_at": where, "used_on": format_date(day)}
    row = {name: cells.get(name, "") for name in ("slug", "to", "sent_on")}
    _write(project, log, Edits(added=[row | used]) if cells.get("used_at") else Edits(changed={at: used}))
    return cells.get("to", "")


def _key(grid: Grid, cells: Cells) -> tuple[str, str, date | None]:
    day = parse(grid.by_attribute["sent_on"], cells.get("sent_on", ""))
    return str(parse(grid.by_attribute["slug"], cells.get("slug", "")) or ""), fold(cells.get("to", "")), day


def _read(project: Path) -> StoredTable:
    """Return the log, with the headings of a new one if there is none."""
    file = follow(project, SENT_FILE)
    wanted = (partial(count_headings, SENT_COLUMNS), _LEAST)
    if not file.exists():
        grid = find_grid(CellTable([[key.name for key in SENT_COLUMNS]]), SENT_COLUMNS)
        return StoredTable(SENT_FILE, file, None, grid, wanted)
    data = file.read_bytes()
    (table,), faults = read_tables(file, SENT_FILE, (wanted,), csv_only=True)
    if faults or not table or not {"slug", "to", "sent_on"} <= (grid := find_grid(table, SENT_COLUMNS)).places.keys():
        why = f"{faults[0].message}; {faults[0].fix}" if faults else "thiếu cột Bài, Đã gửi tới hay Ngày gửi"
        raise Invalid(f"Không đọc được {SENT_FILE}: {why}", "sửa tệp ấy rồi chạy lại")
    return StoredTable(SENT_FILE, file, data, grid, wanted)


def _write(project: Path, log: StoredTable, edits: Edits) -> None:
    lacking = {name for cells in (*edits.added, *edits.changed.values()) for name, value in cells.items() if value}
    if lacking := lacking - log.grid.places.keys():
        names = ", ".join(f'"{key.name}"' for key in SENT_COLUMNS if key.attribute in lacking)
        raise Invalid(f"Sổ {SENT_FILE} thiếu cột {names}", "thêm cột ấy vào dòng đầu rồi chạy lại")
    write_tables(project, [(log, edits)])
