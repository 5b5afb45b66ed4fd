"""The report of a year: its numbers, counted once, and its forms as pages, Word document, workbook and CSV.

Numbers of any other span of days belong to `plugins.statistics`, the wording of its written sections to the content.
"""

from collections.abc import Iterable
from functools import cached_property, partial
from typing import TYPE_CHECKING

from plugins.content.content import Content
from plugins.exemplars.hooks import Capability, File
from plugins.exemplars.hooks import register as register
from plugins.sources.problem import Problem

if TYPE_CHECKING:
    from plugins.exemplars.pages.sheet import Sheet
    from plugins.reports.report import Report


class ReportCapability(Capability):
    """Adds a page and a CSV file for each year, and checks the numbers."""

    name = "reports"
    root = "bao-cao/"

    @staticmethod
    def check(content: Content) -> Iterable[Problem]:
        from plugins.reports.report import check_reports

        return check_reports(content)

    def sheets(self) -> "Iterable[Sheet]":
        from plugins.reports.pages import plan_report_sheets

        proses = self.site.edition.content.proses.shown(samples=self.site.samples)
        return plan_report_sheets(self._reports, proses, self.site.html)

    def files(self) -> Iterable[File]:
        from plugins.reports.pages import build_numbers_csv

        for report in self._reports:
            yield report.csv_url.lstrip("/"), partial(str.encode, build_numbers_csv(report))

    @cached_property
    def _reports(self) -> "list[Report]":
        from plugins.reports.report import make_reports

        return make_reports(self.site.edition, samples=self.site.samples)


def capability() -> type[Capability]:
    """Return the capability that the reports add to a site."""
    return ReportCapability
