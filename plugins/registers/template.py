"""`register-template`: workbooks for communes to fill in, and one for the papers that the office receives."""

import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from plugins import hint
from plugins.content.registers.act import ActKind
from plugins.content.registers.columns import OFFICE_NAME, act_columns, paper_columns, register_columns
from plugins.content.registers.paper import PaperKind
from plugins.content.registers.register_files import FOLDER, PAPERS_FOLDER
from plugins.content.registers.registration import State
from plugins.content.registers.schedule import Schedule, load_schedules
from plugins.content.territory import front
from plugins.content.vocabulary.files import load_vocabulary
from plugins.content.vocabulary.terms import KINDS
from plugins.content.vocabulary.vocabulary import Vocabulary
from plugins.official.filing import fails_with, file_new
from plugins.registers import ranges
from plugins.registers.grid import Cells, parse
from plugins.registers.stored import Rejected, find_holder, read_stored
from plugins.sources import values
from plugins.sources.packing import repack
from plugins.sources.problem import Invalid, Level
from plugins.sources.schema import Key
from plugins.tokens import own_tokens
from plugins.vietnamese import format_number, today

_Lists = Mapping[str, Sequence[str]]
_Tables = Mapping[str, Sequence[Key]]
_REGISTER, _ACTS, _PAPERS = "Sổ đăng ký", "Việc đã qua", "Sổ theo dõi"
_NO_MERGING = "Không gộp ô, không đổi tên cột, không để công thức."
_FAILURE = "Chưa tạo được mẫu"
_NEXT = f"""\
Việc tiếp theo:
  1. Gửi mỗi {{one}} đúng tệp của {{one}} ấy; cơ quan, đơn vị của cơ quan tự đăng ký thì điền tệp co-quan.
  2. Nơi ấy gửi lại thì chép vào {ranges.FOLDER}/{{year}}/, đè lên tệp trống cùng tên cũng được.
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
ROWS = 120
LISTS, GUIDE = "Danh mục", "Hướng dẫn"

# Column widths in characters, by attribute; any other is 24 wide.
_WIDTHS = dict.fromkeys(("code", "registered_on", "day", "posted_until", "received_on"), 14)
_WIDTHS |= {"name": 38, "kind": 18, "unit": 34, "commune": 16, "place": 20, "movement": 30, "person": 22, "status": 16}
_WIDTHS |= {"result": 44, "note": 28, "paper": 30, "form": 16, "level": 12, "votes": 12, "posted_at": 26}
_WIDTHS |= {"receiver": 28, "number": 22}
# Years before and after the register's own in which the dates of a column may lie.
_DAYS = {"registered_on": (1, 0), "day": (1, 5), "posted_until": (1, 5), "received_on": (1, 1)}
# Columns that Excel would otherwise read as dates or numbers.
_TEXTS = {"votes", "number", "code"}
_HEAD_FILL, _HEAD_INK, _LINE = own_tokens().light["accent"].replace("#", "FF").upper(), "FFFFFFFF", "FF8A7F75"
# A constant, so that the same content gives the same bytes.
_NO_DAY = datetime(2020, 1, 1)  # noqa: DTZ001 - a workbook's times have no zone
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


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
    folder = project / ranges.FOLDER / str(year)
    folder.mkdir(parents=True, exist_ok=True)
    known, kept = stored.by_code, []
    for one in ranges.plan_ranges(vocabulary, year, ranges.read_range_stamps(folder)).values():
        path, codes = f"{ranges.FOLDER}/{year}/{one.holder.file}", one.free(known)
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
    return _render_register(vocabulary, year, schedule, notes, [*_communes(vocabulary, year), OFFICE_NAME])


def render_commune(
    vocabulary: Vocabulary, schedule: Schedule | None, range_: ranges.Range, rows: Sequence[Cells], codes: Sequence[str]
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
    receiver = front.standing_board(office.on_paper.name) if office else "cơ quan gửi mẫu này"
    notes = (
        *notes,
        f"Cột Trạng thái chỉ ghi: {', '.join(lists['Trạng thái'])}; bỏ trống là đăng ký.",
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
    tables: _Tables,
    lists: _Lists,
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
    choices = fill_lists(book.create_sheet(LISTS), lists)
    for number, (sheet, keys) in enumerate(zip(sheets, shown.values(), strict=True)):
        fill_table(sheet, keys, year, choices, () if number else given)
    fill_guide(guide, title, notes, shown)
    return save_book(book)


def _example(key: Key, year: int, given: Sequence[Cells]) -> str:
    return given[0]["code"] if given and key.attribute == "code" else key.example.replace("2020", str(year))


def _communes(vocabulary: Vocabulary, year: int) -> list[str]:
    """Return the names of the communes of a year, sorted; two may share one."""
    alive = sorted(ranges.communes_in(vocabulary, year), key=lambda commune: commune.sort_key)
    return list(dict.fromkeys(commune.written for commune in alive))


def fill_lists(sheet: Worksheet, chosen: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Write lists of choices, a column each. Return the range of each list by its heading."""
    choices = {}
    for column, (heading, names) in enumerate(chosen.items(), 1):
        letter = get_column_letter(column)
        sheet.column_dimensions[letter].width = max(map(len, (heading, *names))) + 4
        sheet.cell(1, column, heading).font = Font(name="Calibri", bold=True)
        for row, name in enumerate(names, 2):
            sheet.cell(row, column, name)
        choices[heading] = f"'{sheet.title}'!${letter}$2:${letter}${max(2, len(names) + 1)}"
    return choices


def fill_table(
    sheet: Worksheet, keys: Sequence[Key], year: int, lists: Mapping[str, str], given: Sequence[Mapping[str, str]] = ()
) -> None:
    """Write a table with the rows `given`, or empty ones."""
    line = Side("hair", color=_LINE)
    border = Border(line, line, line, line)
    last = len(given) + 1 if given else ROWS + 1
    for column, key in enumerate(keys, 1):
        letter = get_column_letter(column)
        sheet.column_dimensions[letter].width = _WIDTHS.get(key.attribute, 24)
        head = sheet.cell(1, column, key.name)
        head.font = Font(name="Calibri", bold=True, color=_HEAD_INK)
        head.fill = PatternFill("solid", fgColor=_HEAD_FILL)
        head.alignment = Alignment(wrap_text=True, vertical="center")
        first = sheet.cell(2, column)
        first.alignment = Alignment(wrap_text=True, vertical="top")
        first.border = border
        if key.attribute in _DAYS:
            first.number_format = "d/m/yyyy"
        elif key.attribute in _TEXTS:
            first.number_format = "@"
        # Private, but the only way to share a look: assigned part by part, each is hashed and looked up again, which
        # takes three quarters of the time of a workbook.
        look = copy(first._style)  # type: ignore[union-attr]  # noqa: SLF001
        for row in range(2, last + 1):
            cell = sheet.cell(row, column)
            if given and (text := given[row - 2].get(key.attribute, "")):
                day = parse(key, text)
                cell.value = day if isinstance(day, date) else text
            cell._style = copy(look)  # type: ignore[union-attr]  # noqa: SLF001
        if rule := _rule(key, year, lists):
            rule.showErrorMessage = True
            rule.errorTitle = key.name
            sheet.add_data_validation(rule)
            rule.add(f"{letter}2:{letter}{last}")
    sheet.row_dimensions[1].height = 32
    sheet.freeze_panes = "C2"
    sheet.print_title_rows = "1:1"


def _rule(key: Key, year: int, lists: Mapping[str, str]) -> DataValidation | None:
    if key.name in lists:
        rule = DataValidation("list", formula1=lists[key.name], allow_blank=True)
        rule.error = "Chọn một giá trị trong danh sách."
        return rule
    if key.attribute not in _DAYS:
        return None
    before, after = _DAYS[key.attribute]
    first, last = year - before, year + after
    begin, end = f"DATE({first},1,1)", f"DATE({last},12,31)"
    rule = DataValidation("date", operator="between", formula1=begin, formula2=end, allow_blank=True)
    rule.error = f"Ghi ngày/tháng/năm, trong các năm {first}–{last}."
    return rule


def fill_guide(sheet: Worksheet, title: str, notes: Iterable[str], tables: Mapping[str, Sequence[Key]]) -> None:
    """Write a title, notes, and a table of the columns of each sheet, by its name."""
    for letter, width in zip("ABCD", (24, 12, 60, 28), strict=True):
        sheet.column_dimensions[letter].width = width
    rows: list[tuple[str, ...]] = [(title,), *((note,) for note in notes)]
    heads = {1}
    for name, keys in tables.items():
        rows += [(), (f"Trang “{name}”",), ("Cột", "Bắt buộc", "Ghi gì", "Ví dụ")]
        heads |= {len(rows) - 1, len(rows)}
        rows += [(key.name, "có" if key.required else "", key.help, key.example) for key in keys]
    for number, row in enumerate(rows, 1):
        for column, text in enumerate(row, 1):
            cell = sheet.cell(number, column, text)
            cell.alignment = Alignment(wrap_text=len(row) > 1, vertical="top")
            is_bold = number in heads or column == 1 < len(row)
            cell.font = Font(name="Calibri", bold=is_bold, size=14 if number == 1 else 11)


def save_book(book: Workbook) -> bytes:
    """Return the workbook as an .xlsx without formulas, whose bytes depend on no clock and no machine."""
    book.properties.created = _NO_DAY
    for sheet in book.worksheets:
        # To print on A4, as wide as the page.
        sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.page_setup.fitToHeight = "landscape", 9, 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        for cell in (cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"):
            # openpyxl takes any text that begins with = for a formula.
            cell.data_type = "s"
    written = BytesIO()
    book.save(written)
    # openpyxl writes the moment into the properties.
    return repack(written.getvalue(), lambda part: _MODIFIED.sub(rb"\g<1>2020-01-01T00:00:00Z", part))
