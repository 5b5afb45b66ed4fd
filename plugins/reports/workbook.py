"""Workbooks of counts, a sheet for each table with totals as formulas; and the workbook of a report. Pure.

XlsxWriter stores a value with each formula, for phones and mail readers that calculate nothing.
"""

import math
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from itertools import chain, count
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_range
from xlsxwriter.worksheet import Worksheet

from plugins.content.addresses.urls import absolute_url, readable_url
from plugins.content.registers.act import PRAISES
from plugins.official.issuer import Issuer
from plugins.reports import wording
from plugins.reports.report import Report
from plugins.reports.tables import CountTable
from plugins.sources.packing import repack
from plugins.tokens import own_tokens
from plugins.vietnamese import format_date

_FONT = {"font_name": "Times New Roman", "font_size": 12, "valign": "top"}
_WHOLE, _EXACT = "#,##0", "#,##0.######"
# The row of the headings, below the title and the notice.
TOP = 3
_COLORS = own_tokens().light
_LONGEST_NAME = 31


class CountBook:
    """A workbook under construction, for a period; the notice of sample data is red if `is_marked`."""

    def __init__(self, title: str, author: str, period: str, notice: str, day: date, *, is_marked: bool) -> None:
        self._title, self._period, self._notice = title, period, notice
        self._out = BytesIO()
        # Text that looks like a formula or an address stays text.
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self.book = xlsxwriter.Workbook(self._out, options)
        # The report's day, so that the bytes do not depend on the clock.
        created = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - a day, in no zone
        self.book.set_properties({"title": title, "author": author, "created": created})
        self.book.set_calc_mode("auto")
        line = _FONT | {"border": 1, "text_wrap": True}
        made = {
            "title": _FONT | {"bold": True, "font_size": 14},
            "note": _FONT | {"italic": True, "font_color": _COLORS["accent"] if is_marked else "#000000"},
            "head": line | {"bold": True, "align": "center", "bg_color": _COLORS["wash"]},
            "text": line | {"indent": 1},
            "whole": line | {"num_format": _WHOLE},
            "exact": line | {"num_format": _EXACT},
            "total": line | {"bold": True, "indent": 1},
            "whole_total": line | {"bold": True, "num_format": _WHOLE},
            "exact_total": line | {"bold": True, "num_format": _EXACT},
            "plain": _FONT | {"text_wrap": True},
        }
        self.formats = {name: self.book.add_format(values) for name, values in made.items()}

    def add_summary(self, sentences: Sequence[str], day: date) -> None:
        """Add the sheet of summary sentences."""
        sheet = self.add_sheet("Tóm tắt", self._title, (110,))
        for row, sentence in enumerate((*sentences, f"Lập ngày {format_date(day)}."), TOP):
            self._texts(sheet, row, (sentence,), (110,), style="plain")

    def add_table(self, table: CountTable) -> None:
        """Add a table of counts with a SUM for each total."""
        columns = len(table.columns)
        widths = (34, *(max(14, len(name) + 3) for name in table.headings))
        sheet = self.add_sheet(table.title, f"{table.title}, {self._period} (đơn vị tính: {table.basis})", widths)
        self._head(sheet, [table.first, *table.headings])
        first = TOP + 1
        for at, row in enumerate(table.rows, first):
            sheet.write_string(at, 0, row.name, self.formats["text"])
            sheet.write_row(at, 1, ["–" if count is None else count for count in row.counts], self.formats["whole"])
            if table.divides:
                self._sum(sheet, at, columns + 1, (at, 1, at, columns), row.total, "whole_total")
        end = first + len(table.rows)
        sheet.write_string(end, 0, "Tổng", self.formats["total"])
        for column, total in enumerate(table.lines[-1][1], 1):
            self._sum(sheet, end, column, (first, column, end - 1, column), total, "whole_total")

    def save(self) -> bytes:
        """Return the bytes of the workbook, the same on any machine."""
        self.book.close()
        return repack(self._out.getvalue())

    def add_sheet(self, name: str, title: str, widths: Sequence[float]) -> Worksheet:
        """Add an A4 sheet with a title and columns of these widths (characters)."""
        sheet = self.book.add_worksheet(self._free_name(name))
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        sheet.write_string(0, 0, title, self.formats["title"])
        sheet.write_string(1, 0, self._notice, self.formats["note"])
        return sheet

    def _free_name(self, name: str) -> str:
        """Return a unique sheet name of at most 31 characters, as Excel demands."""
        taken = {sheet.get_name().lower() for sheet in self.book.worksheets()}
        numbered = chain([""], (f" {number}" for number in count(2)))
        return next(short for end in numbered if (short := _shorten(name, end)).lower() not in taken)

    def _texts(
        self, sheet: Worksheet, row: int, texts: Sequence[str], widths: Sequence[float], style: str = "text"
    ) -> None:
        """Write a row of texts, as high as the longest needs, as programs do not adjust it on opening."""
        lines = max(math.ceil(len(text) * 0.95 / width) for text, width in zip(texts, widths, strict=True))
        sheet.set_row(row, 16.5 * max(1, lines))
        sheet.write_row(row, 0, texts, self.formats[style])

    def _head(self, sheet: Worksheet, names: Sequence[str]) -> None:
        sheet.write_row(TOP, 0, names, self.formats["head"])
        sheet.freeze_panes(TOP + 1, 1)
        sheet.repeat_rows(TOP)

    def _sum(self, sheet: Worksheet, row: int, column: int, cells: tuple[int, ...], value: Any, style: str) -> None:
        sheet.write_formula(row, column, f"=SUM({xl_range(*cells)})", self.formats[style], value)


def _shorten(name: str, end: str) -> str:
    room = _LONGEST_NAME - len(end)
    return f"{name if len(name) <= room else name[: room - 1].rstrip(', ') + '…'}{end}"


class Workbook(CountBook):
    """A report's workbook under construction."""

    def __init__(self, report: Report, issuer: Issuer, day: date) -> None:
        self.report = report
        title, period = wording.subject(report), f"năm {report.year}"
        super().__init__(title, issuer.name, period, wording.notice(report), day, is_marked=report.samples > 0)

    def add_totals(self) -> None:
        """Add the results, a row for each figure, with a sum for each label and unit."""
        widths = (52, 14, 16, 44, 20, 40)
        sheet = self.add_sheet("Kết quả", f"{wording.TOTALS_TITLE}, năm {self.report.year}", widths)
        self._head(sheet, [*wording.TOTALS_HEADS, self.report.words.heading, "Mã bài"])
        at = TOP + 1
        for total in self.report.results:
            unit, first = total.quantity.unit, at
            for figure in total.figures:
                story = figure.story
                place = story.commune.short if story.commune else ""
                self._texts(sheet, at, (total.label, "", unit, story.name, place, story.slug), widths)
                sheet.write_number(at, 1, _number(figure.quantity.convert(unit).number), self.formats["exact"])
                at += 1
            if total.is_sum:
                self._texts(sheet, at, (f"Cộng: {total.label}", "", unit, "", "", ""), widths, style="total")
                self._sum(sheet, at, 1, (first, 1, at - 1, 1), _number(total.quantity.number), "exact_total")
                at += 1

    def add_exemplars(self, site_url: str) -> None:
        """Add a row for each exemplar, newest first."""
        widths = (34, 11, 18, 27, 26, 56, 9, 48)
        sheet = self.add_sheet("Điển hình", f"{wording.EXEMPLARS_TITLE}, năm {self.report.year}", widths)
        others = ("Lĩnh vực", "Biểu dương, khen thưởng", "Kết quả", "Bài mẫu", "Địa chỉ")
        self._head(sheet, ["Điển hình", "Loại", self.report.words.heading, *others])
        for at, story in enumerate(self.report.stories, TOP + 1):
            values = (
                story.name,
                story.kind.name if story.kind else "",
                story.commune.short if story.commune else "",
                story.field.name if story.field else "",
                "; ".join(act.title for act in story.acts if act.kind in PRAISES),
                story.results_line,
                "có" if story.sample else "không",
                readable_url(absolute_url(story.url, site_url)),
            )
            self._texts(sheet, at, values, widths)


def _number(number: Decimal) -> int | float:
    return int(number) if number == int(number) else float(number)


def render_workbook(report: Report, issuer: Issuer, day: date, site_url: str) -> bytes:
    """Return the report as an .xlsx. Same input, same bytes."""
    book = Workbook(report, issuer, day)
    book.add_summary(wording.summary(report), day)
    for table in report.tables:
        book.add_table(table)
    if report.results:
        book.add_totals()
    if report.stories:
        book.add_exemplars(site_url)
    return book.save()
