"""A report as a workbook: its tables of counts, its results and its exemplars. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plugins.content.addresses.urls import absolute_url, readable_url
from plugins.content.registers.act import PRAISES
from plugins.reports import wording
from plugins.reports.count_book import TOP, CountBook

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from plugins.official.issuer import Issuer
    from plugins.reports.report import Report


class Workbook(CountBook):
    """A report's workbook under construction."""

    def __init__(self, report: Report, issuer: Issuer, day: date) -> None:
        self.report = report
        title, period = wording.subject(report), f"năm {report.year}"
        super().__init__(title, issuer.name, period, report.notice(), day, is_marked=report.samples > 0)

    def add_totals(self) -> None:
        """Add the results, a row for each figure, with a sum for each label and unit."""
        widths = (52, 14, 16, 44, 20, 40)
        sheet = self.add_sheet("Kết quả", f"{wording.TOTALS_TITLE}, năm {self.report.year}", widths)
        self._head(sheet, [*wording.TOTALS_HEADS, self.report.words.heading, "Mã bài"])
        at = TOP + 1
        for total in self.report.results:
            unit, first = total.quantity.unit, at
            for figure in total.figures:
                number = figure.quantity.convert(unit).number
                place = figure.story.commune.short if figure.story.commune else ""
                texts = (total.label, "", unit, figure.story.name, place, figure.story.slug)
                self._texts(sheet, at, texts, widths)
                sheet.write_number(at, 1, _number(number), self.formats["exact"])
                at += 1
            if not total.is_sum:
                continue
            self._texts(sheet, at, (f"Cộng: {total.label}", "", unit, "", "", ""), widths, style="total")
            self._sum(sheet, at, 1, (first, 1, at - 1, 1), _number(total.quantity.number), "exact_total")
            at += 1

    def add_exemplars(self, site_url: str) -> None:
        """Add a row for each exemplar, newest first."""
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
        sheet = self.add_sheet("Điển hình", f"{wording.EXEMPLARS_TITLE}, năm {self.report.year}", widths)
        self._head(sheet, head)
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
    book.add_summary(report.summary, day)
    for table in report.tables:
        book.add_table(table)
    if report.results:
        book.add_totals()
    if report.stories:
        book.add_exemplars(site_url)
    return book.save()
