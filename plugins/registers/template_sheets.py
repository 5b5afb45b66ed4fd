"""The sheets of a workbook to fill in: tables with choices, and a guide. The same input gives the same bytes."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from plugins.registers.grid import parse
from plugins.sources.packing import repack
from plugins.sources.schema import Key
from plugins.tokens import own_tokens

ROWS = 120
LISTS, GUIDE = "Danh mục", "Hướng dẫn"
# Column widths in characters, by attribute.
_WIDTHS = {"code": 14, "name": 38, "kind": 18, "unit": 34, "commune": 16, "place": 20, "field": 24, "movement": 30}
_WIDTHS |= {"person": 22, "registered_on": 14, "status": 16, "result": 44, "note": 28, "day": 14, "paper": 30}
_WIDTHS |= {"form": 16, "level": 12, "votes": 12, "posted_at": 26, "posted_until": 14, "receiver": 28, "number": 22}
_WIDTHS |= {"received_on": 14}
_WIDTH = 24
# Years before and after the register's own in which the dates of a column may lie.
_DAYS = {"registered_on": (1, 0), "day": (1, 5), "posted_until": (1, 5), "received_on": (1, 1)}
# Columns that Excel would otherwise read as dates or numbers.
_TEXTS = {"votes", "number", "code"}
_HEAD_FILL, _HEAD_INK, _LINE = own_tokens().light["accent"].replace("#", "FF").upper(), "FFFFFFFF", "FF8A7F75"
# A constant, so that the same content gives the same bytes.
_NO_DAY = datetime(2020, 1, 1)  # noqa: DTZ001 - a workbook's times have no zone
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


def fill_lists(sheet: Worksheet, chosen: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Write lists of choices, a column each. Return the range of each list by its heading."""
    ranges = {}
    for column, (heading, names) in enumerate(chosen.items(), 1):
        letter = get_column_letter(column)
        sheet.column_dimensions[letter].width = max(map(len, (heading, *names))) + 4
        sheet.cell(1, column, heading).font = Font(name="Calibri", bold=True)
        for row, name in enumerate(names, 2):
            sheet.cell(row, column, name)
        ranges[heading] = f"'{sheet.title}'!${letter}$2:${letter}${max(2, len(names) + 1)}"
    return ranges


def fill_table(
    sheet: Worksheet, keys: Sequence[Key], year: int, lists: Mapping[str, str], given: Sequence[Mapping[str, str]] = ()
) -> None:
    """Write a table with the rows `given`, or empty ones."""
    line = Side("hair", color=_LINE)
    border = Border(line, line, line, line)
    last = len(given) + 1 if given else ROWS + 1
    for column, key in enumerate(keys, 1):
        letter = get_column_letter(column)
        sheet.column_dimensions[letter].width = _WIDTHS.get(key.attribute, _WIDTH)
        head = sheet.cell(1, column, key.name)
        head.font = Font(name="Calibri", bold=True, color=_HEAD_INK)
        head.fill = PatternFill("solid", fgColor=_HEAD_FILL)
        head.alignment = Alignment(wrap_text=True, vertical="center")
        for row in range(2, last + 1):
            cell = sheet.cell(row, column)
            if given and (text := given[row - 2].get(key.attribute, "")):
                day = parse(key, text)
                cell.value = day if isinstance(day, date) else text
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.border = border
            if key.attribute in _DAYS:
                cell.number_format = "d/m/yyyy"
            elif key.attribute in _TEXTS:
                cell.number_format = "@"
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
