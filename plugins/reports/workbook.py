"""A report as a workbook: a sheet a table, real numbers, and totals as formulas that carry their value. Pure.

XlsxWriter stores the value beside each formula, so that a phone or a mail reader, which calculates nothing, shows it.
"""

from __future__ import annotations

import math
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

import xlsxwriter
from xlsxwriter.utility import xl_range

from plugins.content.addresses import readable_url
from plugins.content.registers.act import PRAISES
from plugins.reports import wording
from plugins.sources.packing import repack
from plugins.vietnamese import format_date

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from decimal import Decimal

    from xlsxwriter.worksheet import Worksheet

    from plugins.official.issuer import Issuer
    from plugins.reports.report import Report
    from plugins.reports.tables import Table

_FONT = {"font_name": "Times New Roman", "font_size": 12, "valign": "top"}
_WHOLE, _EXACT = "#,##0", "#,##0.######"
# The first rows of every sheet: its title, and a line that says whose numbers these are.
_TOP = 3


class Workbook:
    """A workbook while it is filled."""

    def __init__(self, report: Report, issuer: Issuer, day: date) -> None:
        self.report = report
        self._out = BytesIO()
        # What a text looks like, it is not: a formula, an address.
        plain = {"strings_to_formulas": False, "strings_to_urls": False}
        self._book = xlsxwriter.Workbook(self._out, {"in_memory": True, **plain})
        # Of the report's day: no clock of this machine shows in the bytes.
        created = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - a day, in no zone
        told = {"title": wording.subject(report), "author": issuer.name, "created": created}
        self._book.set_properties(told)
        self._book.set_calc_mode("auto")
        line = _FONT | {"border": 1, "text_wrap": True}
        made = {
            "title": _FONT | {"bold": True, "font_size": 14},
            "note": _FONT | {"italic": True, "font_color": "#a8141c" if report.samples else "#000000"},
            "head": line | {"bold": True, "align": "center", "bg_color": "#f6f0e6"},
            "text": line | {"indent": 1},
            "whole": line | {"num_format": _WHOLE},
            "exact": line | {"num_format": _EXACT},
            "total": line | {"bold": True, "indent": 1},
            "whole_total": line | {"bold": True, "num_format": _WHOLE},
            "exact_total": line | {"bold": True, "num_format": _EXACT},
            "plain": _FONT | {"text_wrap": True},
        }
        self._formats = {name: self._book.add_format(values) for name, values in made.items()}

    def add_summary(self, day: date) -> None:
        """Add the sheet that says what the workbook holds."""
        sheet = self._sheet("Tóm tắt", wording.subject(self.report), (110,))
        for row, sentence in enumerate((*self.report.summary, f"Lập ngày {format_date(day)}."), _TOP):
            self._texts(sheet, row, (sentence,), (110,), style="plain")

    def add_table(self, table: Table) -> None:
        """Add a table of counts: each total a SUM of what stands before or above it."""
        columns = len(table.columns)
        head = [table.first, *table.headings]
        widths = (34, *(max(14, len(name) + 3) for name in head[1:]))
        sheet = self._sheet(table.title, f"{table.title}, năm {self.report.year} (đơn vị tính: {table.basis})", widths)
        self._head(sheet, head)
        first = _TOP + 1
        for at, row in enumerate(table.rows, first):
            sheet.write_string(at, 0, row.name, self._formats["text"])
            sheet.write_row(at, 1, ["–" if count is None else count for count in row.counts], self._formats["whole"])
            if table.divides:
                self._sum(sheet, at, columns + 1, (at, 1, at, columns), row.total, "whole_total")
        end = first + len(table.rows)
        sheet.write_string(end, 0, "Tổng", self._formats["total"])
        for column, total in enumerate(table.lines[-1][1], 1):
            self._sum(sheet, end, column, (first, column, end - 1, column), total, "whole_total")

    def add_totals(self) -> None:
        """Add the results, a row a figure; under those of one thing and unit, their sum."""
        widths = (52, 14, 16, 44, 20, 40)
        sheet = self._sheet("Kết quả", f"{wording.TOTALS_TITLE}, năm {self.report.year}", widths)
        self._head(sheet, [*wording.TOTALS_HEADS, self.report.words.heading, "Mã bài"])
        at = _TOP + 1
        for total in self.report.results:
            unit, first = total.quantity.unit, at
            for figure in total.figures:
                number = figure.quantity.convert(unit).number
                place = figure.story.commune.short if figure.story.commune else ""
                texts = (total.label, "", unit, figure.story.name, place, figure.story.slug)
                self._texts(sheet, at, texts, widths)
                sheet.write_number(at, 1, _number(number), self._formats["exact"])
                at += 1
            if not total.is_sum:
                continue
            self._texts(sheet, at, (f"Cộng: {total.label}", "", unit, "", "", ""), widths, style="total")
            self._sum(sheet, at, 1, (first, 1, at - 1, 1), _number(total.quantity.number), "exact_total")
            at += 1

    def add_exemplars(self, site_url: str) -> None:
        """Add one row an exemplar, newest first."""
        head = [
            "Điển hình",
            "Loại",
            self.report.words.heading,
            "Lĩnh vực",
            "Biểu dương, khen thưởng",
            "Kết quả",
            "Bài mẫu",
            "Địa chỉ",
        ]
        widths = (34, 11, 18, 27, 26, 56, 9, 48)
        sheet = self._sheet("Điển hình", f"{wording.EXEMPLARS_TITLE}, năm {self.report.year}", widths)
        self._head(sheet, head)
        for at, story in enumerate(self.report.stories, _TOP + 1):
            values = (
                story.name,
                story.kind.name if story.kind else "",
                story.commune.short if story.commune else "",
                story.field.name if story.field else "",
                "; ".join(act.title for act in story.acts if act.kind in PRAISES),
                story.results_line,
                "có" if story.sample else "không",
                readable_url(site_url + story.url),
            )
            self._texts(sheet, at, values, widths)

    def save(self) -> bytes:
        """Return the bytes of the workbook: neither the system nor its compressor shows in them."""
        self._book.close()
        return repack(self._out.getvalue())

    def _sheet(self, name: str, title: str, widths: Sequence[float]) -> Worksheet:
        # Excel allows a name 31 characters and forbids a few, which no title of ours exceeds or has.
        sheet = self._book.add_worksheet(name)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        sheet.write_string(0, 0, title, self._formats["title"])
        sheet.write_string(1, 0, self.report.notice(), self._formats["note"])
        return sheet

    def _texts(
        self, sheet: Worksheet, row: int, texts: Sequence[str], widths: Sequence[float], style: str = "text"
    ) -> None:
        """Write a row of texts, as high as the longest needs: no program measures it before it is shown."""
        lines = max(math.ceil(len(text) * 0.95 / width) for text, width in zip(texts, widths, strict=True))
        sheet.set_row(row, 16.5 * max(1, lines))
        sheet.write_row(row, 0, texts, self._formats[style])

    def _head(self, sheet: Worksheet, names: Sequence[str]) -> None:
        sheet.write_row(_TOP, 0, names, self._formats["head"])
        sheet.freeze_panes(_TOP + 1, 1)
        sheet.repeat_rows(_TOP)

    def _sum(self, sheet: Worksheet, row: int, column: int, cells: tuple[int, ...], value: Any, style: str) -> None:
        sheet.write_formula(row, column, f"=SUM({xl_range(*cells)})", self._formats[style], value)


def _number(number: Decimal) -> int | float:
    return int(number) if number == int(number) else float(number)


def render_workbook(report: Report, issuer: Issuer, day: date, site_url: str) -> bytes:
    """Return the report as an .xlsx. Same input, same bytes."""
    book = Workbook(report, issuer, day)
    book.add_summary(day)
    for table in report.tables:
        book.add_table(table)
    if report.results:
        book.add_totals()
    if report.stories:
        book.add_exemplars(site_url)
    return book.save()
