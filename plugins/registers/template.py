"""`register-template`: the workbook of a year's register, with lists to choose from and a sheet that explains it."""

from __future__ import annotations

import re
import sys
import zipfile
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties

from plugins.content.registers.columns import register_columns
from plugins.content.registers.reading import FOLDER
from plugins.content.registers.registration import State
from plugins.content.terms import KINDS
from plugins.content.vocabulary_files import load_vocabulary
from plugins.sources import values
from plugins.sources.files import open_new
from plugins.sources.problem import Invalid, Level
from plugins.vietnamese import today
from plugins.word.package import pack

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

    from plugins.content.vocabulary import Vocabulary
    from plugins.sources.schema import Key

ROWS = 120
_REGISTER, _LISTS, _GUIDE = "Sổ đăng ký", "Danh mục", "Hướng dẫn"
# Of no column's own: characters wide, by attribute.
_WIDTHS = {"code": 14, "name": 38, "kind": 11, "unit": 34, "commune": 16, "place": 20, "field": 24, "movement": 30}
_WIDTHS |= {"person": 22, "registered_on": 14, "status": 16, "result": 44, "note": 28}
_HEAD_FILL, _HEAD_INK, _LINE = "FFA8141C", "FFFFFFFF", "FF8A7F75"
# A file's times are those of no day.
_NO_DAY = datetime(2020, 1, 1)  # noqa: DTZ001 - a workbook's times have no zone
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
_NEXT = """\
Việc tiếp theo:
  1. Gửi tệp cho các xã điền, hoặc điền giúp; mỗi điển hình một dòng, mỗi dòng một mã.
  2. Gộp về một tệp, lưu thành {folder}/{year}.xlsx (một năm một tệp).
  3. Kiểm tra: python3 tasks.py check. Theo dõi: python3 tasks.py progress --year {year}."""


def write_template(project: Path, year: str, name: str = "") -> int:
    """Write the workbook as a new file. Returns the exit code: 1 when it was not written; no file is overwritten."""
    vocabulary, problems = load_vocabulary(project)
    if errors := [problem for problem in problems if problem.level is Level.ERROR]:
        print(*errors, sep="\n")
        print("Chưa tạo được mẫu: hãy sửa các lỗi trên trong danh mục rồi chạy lại.", file=sys.stderr)
        return 1
    try:
        number = values.year(year or str(today().year))
    except Invalid as invalid:
        print(f"Chưa tạo được mẫu. {invalid.message}; {invalid.fix}", file=sys.stderr)
        return 1
    name = name or f"mau-dang-ky-{number}.xlsx"
    if not name.lower().endswith(".xlsx"):
        print(f"Chưa tạo được mẫu: “{name}” không phải tên tệp Excel; đặt tên có đuôi .xlsx.", file=sys.stderr)
        return 1
    data = render_template(vocabulary, number)
    try:
        with open_new(project / name) as out:
            out.write(data)
    except FileExistsError:
        print(f"Đã có tệp {name}, không ghi đè; đặt tên khác sau --file, hoặc cất tệp cũ đi.", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"Chưa tạo được mẫu: không ghi được {name} ({error.strerror}); xem lại tên thư mục", file=sys.stderr)
        return 1
    print(f"Đã tạo {name}\n{_NEXT.format(folder=FOLDER, year=number)}")
    return 0


def render_template(vocabulary: Vocabulary, year: int) -> bytes:
    """Return the workbook; the same vocabulary and year give the same bytes."""
    book = Workbook()
    book.remove(book.worksheets[0])
    keys = tuple(key for key in register_columns(vocabulary) if key.attribute != "sample")
    register, guide, lists = map(book.create_sheet, (_REGISTER, _GUIDE, _LISTS))
    _fill_register(register, keys, year, _fill_lists(lists, vocabulary, year))
    _fill_guide(guide, keys, year)
    for sheet in book.worksheets:
        # To print on A4, as wide as the page.
        sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.page_setup.fitToHeight = "landscape", 9, 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    return _save(book)


def _fill_lists(sheet: Worksheet, vocabulary: Vocabulary, year: int) -> dict[str, str]:
    """Write what may be chosen, a column each. Returns the range of each list by its attribute."""
    alive = sorted((c for c in vocabulary.communes if c.existed_in(year)), key=lambda commune: commune.sort_key)
    chosen = {
        "kind": ("Loại", [kind.name for kind in KINDS]),
        "commune": ("Xã, thị trấn", list(dict.fromkeys(commune.name for commune in alive))),
        "field": ("Lĩnh vực", [field.name for field in vocabulary.fields]),
        "movement": ("Phong trào", [movement.short for movement in vocabulary.movements]),
        "status": ("Trạng thái", [status.label for status in State]),
    }
    ranges = {}
    for column, (attribute, (heading, names)) in enumerate(chosen.items(), 1):
        letter = get_column_letter(column)
        sheet.column_dimensions[letter].width = _WIDTHS[attribute] + 2
        sheet.cell(1, column, heading).font = Font(name="Calibri", bold=True)
        for row, name in enumerate(names, 2):
            sheet.cell(row, column, name)
        ranges[attribute] = f"'{_LISTS}'!${letter}$2:${letter}${max(2, len(names) + 1)}"
    return ranges


def _fill_register(sheet: Worksheet, keys: tuple[Key, ...], year: int, lists: dict[str, str]) -> None:
    line = Side("hair", color=_LINE)
    border = Border(line, line, line, line)
    for column, key in enumerate(keys, 1):
        letter = get_column_letter(column)
        sheet.column_dimensions[letter].width = _WIDTHS[key.attribute]
        head = sheet.cell(1, column, key.name)
        head.font = Font(name="Calibri", bold=True, color=_HEAD_INK)
        head.fill = PatternFill("solid", fgColor=_HEAD_FILL)
        head.alignment = Alignment(wrap_text=True, vertical="center")
        for row in range(2, ROWS + 2):
            cell = sheet.cell(row, column)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.border = border
            if key.attribute == "registered_on":
                cell.number_format = "d/m/yyyy"
        rule = None
        if key.attribute in lists:
            rule = DataValidation("list", formula1=lists[key.attribute], allow_blank=True)
            rule.error = "Chọn một giá trị trong danh sách."
        elif key.attribute == "registered_on":
            begin, end = f"DATE({year - 1},1,1)", f"DATE({year},12,31)"
            rule = DataValidation("date", operator="between", formula1=begin, formula2=end, allow_blank=True)
            rule.error = f"Ghi ngày/tháng/năm, trong năm {year} hoặc năm trước đó."
        if rule:
            rule.showErrorMessage = True
            rule.errorTitle = key.name
            sheet.add_data_validation(rule)
            rule.add(f"{letter}2:{letter}{ROWS + 1}")
    sheet.row_dimensions[1].height = 32
    sheet.freeze_panes = "C2"
    sheet.print_title_rows = "1:1"


def _fill_guide(sheet: Worksheet, keys: tuple[Key, ...], year: int) -> None:
    for letter, width in zip("ABCD", (24, 12, 60, 28), strict=True):
        sheet.column_dimensions[letter].width = width
    rows = [
        (f"Sổ đăng ký “Dân vận khéo” năm {year}",),
        (f"Mỗi điển hình một dòng ở trang “{_REGISTER}”. Không gộp ô, không đổi tên cột, không để công thức.",),
        (f"Điền xong, lưu thành {FOLDER}/{year}.xlsx; có bài viết thì ghi mã vào mục Đăng ký ở đầu bài.",),
        ("Cột Người phụ trách chỉ để cán bộ huyện liên hệ: không lên trang, không vào báo cáo, dữ liệu mở.",),
        (),
        ("Cột", "Bắt buộc", "Ghi gì", "Ví dụ"),
        *((key.name, "có" if key.required else "", key.help, key.example.replace("2020", str(year))) for key in keys),
    ]
    for number, row in enumerate(rows, 1):
        for column, text in enumerate(row, 1):
            cell = sheet.cell(number, column, text)
            cell.alignment = Alignment(wrap_text=len(row) > 1, vertical="top")
            is_bold = number in (1, 6) or column == 1 < len(row)
            cell.font = Font(name="Calibri", bold=is_bold, size=14 if number == 1 else 11)


def _save(book: Workbook) -> bytes:
    """Return the workbook as an .xlsx in which nothing is a formula; its bytes depend on no clock and no machine."""
    book.properties.created = _NO_DAY
    for sheet in book.worksheets:
        for cell in (cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"):
            # To openpyxl whatever begins with = is a formula; here it is the name of something.
            cell.data_type = "s"
    written = BytesIO()
    book.save(written)
    with zipfile.ZipFile(written) as package:
        # openpyxl writes the moment into both the properties and the directory of the package.
        parts = {n: _MODIFIED.sub(rb"\g<1>2020-01-01T00:00:00Z", package.read(n)) for n in package.namelist()}
    return pack(parts, zipfile.ZIP_DEFLATED).getvalue()
