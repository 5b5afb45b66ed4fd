"""Write a workbook for each commune of a year and one for the office, with their codes filled in."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from plugins import hint, job_status
from plugins.output import explain
from plugins.registers.ranges import FOLDER, plan_ranges, read_stamps
from plugins.registers.stored import find_holder, read_stored
from plugins.registers.template import render_commune
from plugins.sources.files import open_new
from plugins.vietnamese import format_number

if TYPE_CHECKING:
    from pathlib import Path

    from plugins.content.registers.schedule import Schedule
    from plugins.content.vocabulary.vocabulary import Vocabulary
    from plugins.registers.grid import Cells
    from plugins.registers.ranges import Range
    from plugins.registers.stored import StoredTable

_NEXT = f"""\
Việc tiếp theo:
  1. Gửi mỗi {{one}} đúng tệp của {{one}} ấy; cơ quan, đơn vị của cơ quan tự đăng ký thì điền tệp co-quan.
  2. Nơi ấy gửi lại thì chép vào {FOLDER}/{{year}}/, đè lên tệp trống cùng tên cũng được.
  3. Xem trước: {hint.command("collect --year {year}")}. Ghi vào sổ: thêm --write.
  4. Theo dõi: {hint.command("progress --year {year}")}."""


def write_books(project: Path, vocabulary: Vocabulary, year: int, schedule: Schedule | None) -> int:
    """Write the workbooks that do not exist yet. Returns the exit code: 1 when one could not be written."""
    stored, _, problems = read_stored(project, year, vocabulary)
    if problems:
        print(*problems, sep="\n", file=sys.stderr)
        print("Chưa tạo được mẫu: chưa đọc được sổ để tránh trùng mã; sửa các lỗi trên rồi chạy lại.", file=sys.stderr)
        return 1
    folder = project / FOLDER / str(year)
    ranges = plan_ranges(vocabulary, year, read_stamps(folder))
    kept = []
    for one in ranges.values():
        file = folder / one.holder.file
        rows, codes = _fill_in(one, stored)
        codes_left = f"{codes[0]} … {codes[-1]}" if codes else "đã dùng hết"
        label = f"{FOLDER}/{year}/{file.name}: {one.holder.name}, mã {codes_left}"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            if file.exists():
                kept.append(label)
                continue
            data = render_commune(vocabulary, schedule, one, rows, codes)
            with open_new(file) as out:
                out.write(data)
        except OSError as error:
            print(f"Chưa tạo được {label}: {explain(error, project)}", file=sys.stderr)
            return 1
        job_status.report_file(project, file)
        print(f"Đã tạo {label}")
    if kept:
        print(f"Đã có {format_number(len(kept))} tệp, giữ nguyên:", *kept, sep="\n  ")
    print(_NEXT.format(year=year, one=vocabulary.words_in(year).one))
    return 0


def _fill_in(one: Range, stored: StoredTable) -> tuple[list[Cells], list[str]]:
    """Return the registrations that a holder has already, and the codes left to it."""
    known = stored.by_code
    rows = [cells | {"code": code} for code, (_, cells) in known.items() if find_holder(cells, stored) == one.holder.id]
    return rows, one.free(known)
