"""`register-template`: workbooks to fill in, a year's register for communes, and of papers for the office itself."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from openpyxl import Workbook

from plugins import hint, job_status
from plugins.content.registers.act import ActKind
from plugins.content.registers.columns import OFFICE_NAME, act_columns, paper_columns, register_columns
from plugins.content.registers.filing import PAPERS_FOLDER
from plugins.content.registers.paper import PaperKind
from plugins.content.registers.reading import FOLDER
from plugins.content.registers.registration import State
from plugins.content.registers.schedule import load_schedules
from plugins.content.vocabulary.files import load_vocabulary
from plugins.content.vocabulary.terms import KINDS
from plugins.output import explain
from plugins.registers.reminder import name_office
from plugins.registers.template_sheets import GUIDE, LISTS, fill_guide, fill_lists, fill_table, save_book
from plugins.sources import values
from plugins.sources.files import open_new
from plugins.sources.problem import Invalid, Level
from plugins.vietnamese import today

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from plugins.content.registers.schedule import Schedule
    from plugins.content.vocabulary.vocabulary import Vocabulary
    from plugins.registers.grid import Cells
    from plugins.registers.ranges import Range
    from plugins.sources.schema import Key

_REGISTER, _ACTS, _PAPERS = "Sổ đăng ký", "Việc đã qua", "Sổ theo dõi"
_STATES = ", ".join(state.label for state in State)
_NO_MERGING = "Không gộp ô, không đổi tên cột, không để công thức."
_NEXT = f"""\
Việc tiếp theo:
  1. Mẫu chung này không có mã sẵn: cơ quan cho mã từng điển hình, mỗi dòng một mã. Gửi mỗi nơi một tệp có mã sẵn thì
     chạy lại mà không ghi tên tệp.
  2. Điền xong, lưu thành {{folder}}/{{year}}.xlsx (một năm một tệp).
  3. Kiểm tra: {hint.command("check")}. Theo dõi: {hint.command("progress --year {year}")}."""
_NEXT_OF_PAPERS = f"""\
Việc tiếp theo:
  1. Lưu thành {{folder}}/{{year}}.xlsx (một năm một tệp; của cơ quan, không lên trang).
  2. Nhận văn bản nào, lập biên bản nào thì ghi một dòng.
  3. Kiểm tra: {hint.command("check")}. Theo dõi: {hint.command("progress --year {year}")}."""


def write_template(project: Path, year: str, name: str = "", *, papers: bool = False) -> int:
    """Write a workbook for each commune; with a name, a single one for all; with `papers`, the one for papers.

    Returns the exit code: 1 when none was written; no file is overwritten.
    """
    vocabulary, problems = load_vocabulary(project)
    schedules, more = load_schedules(project, vocabulary)
    if errors := [problem for problem in [*problems, *more] if problem.level is Level.ERROR]:
        print(*errors, sep="\n")
        print("Chưa tạo được mẫu: hãy sửa các lỗi trên rồi chạy lại.", file=sys.stderr)
        return 1
    try:
        number = values.year(year or str(today().year))
    except Invalid as invalid:
        print(f"Chưa tạo được mẫu. {invalid.message}; {invalid.fix}", file=sys.stderr)
        return 1
    if not name and not papers:
        # Imported here, as it imports this module.
        from plugins.registers.commune_books import write_books

        return write_books(project, vocabulary, number, schedules.get(number))
    data = render_papers(vocabulary, number) if papers else render_template(vocabulary, number, schedules.get(number))
    said, folder = (_NEXT_OF_PAPERS, PAPERS_FOLDER) if papers else (_NEXT, FOLDER)
    return _write_one(project, name or f"mau-theo-doi-{number}.xlsx", data, said.format(folder=folder, year=number))


def _write_one(project: Path, name: str, data: bytes, said: str) -> int:
    if not name.lower().endswith(".xlsx"):
        print(f"Chưa tạo được mẫu: “{name}” không phải tên tệp Excel; đặt tên có đuôi .xlsx.", file=sys.stderr)
        return 1
    try:
        with open_new(project / name) as out:
            out.write(data)
    except FileExistsError:
        print(f"Đã có tệp {name}, không ghi đè; đặt tên khác sau --file, hoặc cất tệp cũ đi.", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"Chưa tạo được mẫu: {explain(error, project)}", file=sys.stderr)
        return 1
    job_status.report_file(project, project / name)
    print(f"Đã tạo {name}\n{said}")
    return 0


def render_template(vocabulary: Vocabulary, year: int, schedule: Schedule | None = None) -> bytes:
    """Return a workbook of registrations and acts without codes; the same facts give the same bytes."""
    notes = (f"Mỗi điển hình một dòng ở trang “{_REGISTER}”, mỗi dòng một mã. {_NO_MERGING}",)
    names = [*_communes(vocabulary, year), OFFICE_NAME]
    return _render_register(vocabulary, year, schedule, notes, names)


def render_commune(
    vocabulary: Vocabulary, schedule: Schedule | None, range_: Range, rows: Sequence[Cells], codes: Sequence[str]
) -> bytes:
    """Return the workbook of one commune: its registrations, then a row for each free code.

    The same facts give the same bytes.
    """
    holder = range_.holder
    name = holder.commune.written if holder.commune else OFFICE_NAME
    said = f" (chưa dùng: {codes[0]} … {codes[-1]})" if codes else ""
    notes = (
        f"Tệp này của {holder.name}: mỗi điển hình một dòng ở trang “{_REGISTER}”, điền lần lượt từ trên xuống.",
        f"Mã đã ghi sẵn{said}, mỗi dòng một mã: không sửa mã, không dùng mã của nơi khác.",
        f"Dòng chưa dùng cứ để nguyên. {_NO_MERGING}",
    )
    given = [*rows, *({"code": code, "commune": name} for code in codes)]
    return _render_register(vocabulary, range_.year, schedule, notes, [name], given, range_.stamp)


def _render_register(
    vocabulary: Vocabulary,
    year: int,
    schedule: Schedule | None,
    notes: Sequence[str],
    communes: list[str],
    given: Sequence[Cells] = (),
    stamp: str = "",
) -> bytes:
    words = vocabulary.words_in(year)
    lists = {
        "Loại": [kind.name for kind in KINDS],
        words.column: communes,
        "Lĩnh vực": [field.name for field in vocabulary.fields],
        "Phong trào": [movement.short for movement in vocabulary.movements],
        "Trạng thái": [state.label for state in State],
        "Việc": [kind.label for kind in ActKind],
        "Cấp": list(words.levels),
    }
    deadline = None
    if schedule:
        deadline = schedule.deadline(PaperKind.REGISTRATION) or schedule.deadline(PaperKind.REPORT)
    office = vocabulary.office_on(deadline.last if deadline else date(year, 1, 1))
    receiver = name_office(office.on_paper) if office else "cơ quan gửi mẫu này"
    notes = (
        *notes,
        f"Cột Trạng thái chỉ ghi: {_STATES}; bỏ trống là đăng ký.",
        f"Bình xét, công nhận, biểu dương, khen thưởng, nhân rộng: mỗi việc một dòng ở trang “{_ACTS}”.",
        *(() if words.is_hamlets else (f"Nơi thực hiện ghi rõ {', '.join(words.hamlets)}.",)),
        "Cột Người phụ trách chỉ để cán bộ phụ trách liên hệ: không lên trang, không vào báo cáo, dữ liệu mở.",
        f"Điền xong, gửi về {receiver}{f' {deadline.label}' if deadline else ''}.",
    )
    title = f"Sổ đăng ký “Dân vận khéo” năm {year}"
    tables = {_REGISTER: register_columns(vocabulary, year), _ACTS: act_columns()}
    return _render(title, notes, tables, lists, year, given, stamp)


def render_papers(vocabulary: Vocabulary, year: int) -> bytes:
    """Return the workbook of the papers that communes send, and of minutes; the same facts give the same bytes."""
    places = vocabulary.words_in(year).column
    lists = {places: _communes(vocabulary, year), "Văn bản": [kind.label for kind in PaperKind]}
    notes = (
        f"Mỗi văn bản nhận được, mỗi biên bản một dòng ở trang “{_PAPERS}”. {_NO_MERGING}",
        f"Sổ của cơ quan, không lên trang. Lưu thành {PAPERS_FOLDER}/{year}.xlsx.",
    )
    title = f"Sổ theo dõi văn bản “Dân vận khéo” năm {year}"
    return _render(title, notes, {_PAPERS: paper_columns(vocabulary, year)}, lists, year)


def _render(
    title: str,
    notes: Sequence[str],
    tables: dict[str, tuple[Key, ...]],
    lists: dict[str, list[str]],
    year: int,
    given: Sequence[Cells] = (),
    stamp: str = "",
) -> bytes:
    book = Workbook()
    book.properties.keywords = stamp or None
    book.remove(book.worksheets[0])
    # Without the column for samples: communes register what is real. Examples have the year, and a code of the range.
    shown = {
        name: [replace(key, example=_example(key, year, given)) for key in keys if key.attribute != "sample"]
        for name, keys in tables.items()
    }
    sheets = [book.create_sheet(name) for name in shown]
    guide = book.create_sheet(GUIDE)
    ranges = fill_lists(book.create_sheet(LISTS), lists)
    for number, (sheet, keys) in enumerate(zip(sheets, shown.values(), strict=True)):
        fill_table(sheet, keys, year, ranges, () if number else given)
    fill_guide(guide, title, notes, shown)
    return save_book(book)


def _example(key: Key, year: int, given: Sequence[Cells]) -> str:
    return given[0]["code"] if given and key.attribute == "code" else key.example.replace("2020", str(year))


def _communes(vocabulary: Vocabulary, year: int) -> list[str]:
    """Return the names of the communes that there are in a year; two may have one."""
    kinds = vocabulary.words_in(year).kinds
    alive = [one for one in vocabulary.communes if one.existed_in(year) and one.kind in kinds]
    return list(dict.fromkeys(commune.written for commune in sorted(alive, key=lambda commune: commune.sort_key)))
