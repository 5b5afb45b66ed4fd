"""`register-template`: workbooks for communes to fill in, and one for the papers that the office receives."""

import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from openpyxl import Workbook

from plugins import hint
from plugins.content.registers.act import ActKind
from plugins.content.registers.columns import OFFICE_NAME, act_columns, paper_columns, register_columns
from plugins.content.registers.paper import PaperKind
from plugins.content.registers.paper_files import PAPERS_FOLDER
from plugins.content.registers.register_files import FOLDER
from plugins.content.registers.registration import State
from plugins.content.registers.schedule import Schedule, load_schedules
from plugins.content.vocabulary.files import load_vocabulary
from plugins.content.vocabulary.terms import KINDS
from plugins.content.vocabulary.vocabulary import Vocabulary
from plugins.official.filing import fails_with, file_new
from plugins.registers.grid import Cells
from plugins.registers.ranges import FOLDER as SENT_FOLDER
from plugins.registers.ranges import Range, communes_in, plan_ranges, read_range_stamps
from plugins.registers.reminder import name_office
from plugins.registers.stored import Rejected, find_holder, read_stored
from plugins.registers.template_sheets import GUIDE, LISTS, fill_guide, fill_lists, fill_table, save_book
from plugins.sources import values
from plugins.sources.problem import Invalid, Level
from plugins.sources.schema import Key
from plugins.vietnamese import format_number, today

_REGISTER, _ACTS, _PAPERS = "Sổ đăng ký", "Việc đã qua", "Sổ theo dõi"
_STATES = ", ".join(state.label for state in State)
_NO_MERGING = "Không gộp ô, không đổi tên cột, không để công thức."
_FAILURE = "Chưa tạo được mẫu"
_NEXT = f"""\
Việc tiếp theo:
  1. Gửi mỗi {{one}} đúng tệp của {{one}} ấy; cơ quan, đơn vị của cơ quan tự đăng ký thì điền tệp co-quan.
  2. Nơi ấy gửi lại thì chép vào {SENT_FOLDER}/{{year}}/, đè lên tệp trống cùng tên cũng được.
  3. Xem trước: {hint.command("collect --year {year}")}. Ghi vào sổ: thêm --write.
  4. Theo dõi: {hint.command("progress --year {year}")}."""
_NEXT_OF_COMMON = f"""\
Việc tiếp theo:
  1. Mẫu chung này không có mã sẵn: cơ quan cho mã từng điển hình, mỗi dòng một mã. Gửi mỗi nơi một tệp có mã sẵn thì
     chạy lại mà không ghi tên tệp.
  2. Điền xong, lưu thành {FOLDER}/{{year}}.xlsx (một năm một tệp).
  3. Kiểm tra: {hint.command("check")}. Theo dõi: {hint.command("progress --year {year}")}."""
_NEXT_OF_PAPERS = f"""\
Việc tiếp theo:
  1. Lưu thành {PAPERS_FOLDER}/{{year}}.xlsx (một năm một tệp; của cơ quan, không lên trang).
  2. Nhận văn bản nào, lập biên bản nào thì ghi một dòng.
  3. Kiểm tra: {hint.command("check")}. Theo dõi: {hint.command("progress --year {year}")}."""


@fails_with(_FAILURE)
def write_template(project: Path, year: str, name: str = "", *, papers: bool = False) -> int:
    """Write a workbook for each commune; with a `name`, one for all of them; with `papers`, the office's for papers.

    Return the exit code: 1 if one could not be written. No file is overwritten.
    """
    vocabulary, problems = load_vocabulary(project)
    schedules, more = load_schedules(project, vocabulary)
    if errors := [problem for problem in [*problems, *more] if problem.level is Level.ERROR]:
        print(*errors, sep="\n")
        print(f"{_FAILURE}: hãy sửa các lỗi trên rồi chạy lại.", file=sys.stderr)
        return 1
    number = values.year(year or str(today().year))
    schedule = schedules.get(number)
    if not name and not papers:
        return _write_books(project, vocabulary, number, schedule)
    name = name or f"mau-theo-doi-{number}.xlsx"
    if not name.lower().endswith(".xlsx"):
        raise Invalid(f"“{name}” không phải tên tệp Excel", "đặt tên có đuôi .xlsx")
    book = render_papers(vocabulary, number) if papers else render_template(vocabulary, number, schedule)
    file_new(project, name, book)
    print(f"Đã tạo {name}\n{(_NEXT_OF_PAPERS if papers else _NEXT_OF_COMMON).format(year=number)}")
    return 0


def _write_books(project: Path, vocabulary: Vocabulary, year: int, schedule: Schedule | None) -> int:
    """Write the workbooks of a year that do not exist yet: for each commune, and for the office."""
    try:
        stored, _ = read_stored(project, year, vocabulary)
    except Rejected as rejected:
        print(*rejected.problems, sep="\n", file=sys.stderr)
        print(f"{_FAILURE}: chưa đọc được sổ để tránh trùng mã; sửa các lỗi trên rồi chạy lại.", file=sys.stderr)
        return 1
    folder = project / SENT_FOLDER / str(year)
    folder.mkdir(parents=True, exist_ok=True)
    known = stored.by_code
    kept = []
    for one in plan_ranges(vocabulary, year, read_range_stamps(folder)).values():
        path, codes = f"{SENT_FOLDER}/{year}/{one.holder.file}", one.free(known)
        label = f"{path}: {one.holder.name}, mã {f'{codes[0]} … {codes[-1]}' if codes else 'đã dùng hết'}"
        if (project / path).exists():
            kept.append(label)
            continue
        cells_by_code = ((code, cells) for code, (_, cells) in known.items())
        rows = [cells | {"code": code} for code, cells in cells_by_code if find_holder(cells, stored) == one.holder.id]
        file_new(project, path, render_commune(vocabulary, schedule, one, rows, codes))
        print(f"Đã tạo {label}")
    if kept:
        print(f"Đã có {format_number(len(kept))} tệp, giữ nguyên:", *kept, sep="\n  ")
    print(_NEXT.format(year=year, one=vocabulary.words_in(year).one))
    return 0


def render_template(vocabulary: Vocabulary, year: int, schedule: Schedule | None = None) -> bytes:
    """Return a workbook of registrations and acts for all communes, without codes."""
    notes = (f"Mỗi điển hình một dòng ở trang “{_REGISTER}”, mỗi dòng một mã. {_NO_MERGING}",)
    names = [*_communes(vocabulary, year), OFFICE_NAME]
    return _render_register(vocabulary, year, schedule, notes, names)


def render_commune(
    vocabulary: Vocabulary, schedule: Schedule | None, range_: Range, rows: Sequence[Cells], codes: Sequence[str]
) -> bytes:
    """Return the workbook of one commune: its registrations, then a row for each free code."""
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
    """Return the workbook of the papers that communes send, and of minutes."""
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
    # Communes get no column for samples. The examples are of this year and of their range.
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
    """Return the names of the communes of a year, sorted; two may share one."""
    alive = sorted(communes_in(vocabulary, year), key=lambda commune: commune.sort_key)
    return list(dict.fromkeys(commune.written for commune in alive))
