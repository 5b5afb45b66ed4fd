"""The pages of the reports, a comparison of all years and one for each, and their numbers as CSV. Pure."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from plugins.content.addresses.sections import HOME, REPORTS, Crumb
from plugins.content.page import Page
from plugins.content.prose import DIRECTION, RESULTS, SECTIONS, Prose, Proses
from plugins.exemplars.open_data.csv_tables import write_csv
from plugins.exemplars.pages.sheet import Sheet
from plugins.reports import wording
from plugins.reports.report import Report, compare_years
from plugins.reports.tables import CountTable, table_rows

_H_TAG = re.compile(r"(</?h)([2-5])\b")
CSV_HEADING = ("Năm", "Xã", "Bảng", "Dòng", "Cột", "Số", "Đơn vị")


@dataclass(frozen=True)
class ReportsSheet(Sheet, template="reports.html"):
    """The reports of all years, newest first, and the tables that compare them."""

    reports: Sequence[Report]
    tables: tuple[CountTable, ...]


@dataclass(frozen=True)
class ReportSheet(Sheet, template="report.html"):
    """The report of a year, its written sections, and the reports of the years before and after."""

    report: Report
    prose: Prose
    written: Sequence[tuple[str, Markup]]
    before: Report | None
    after: Report | None

    wording = wording

    @property
    def opening(self) -> Sequence[tuple[str, Markup]]:
        """The sections before the numbers."""
        return [part for part in self.written if part[0] in (DIRECTION, RESULTS)]

    @property
    def ending(self) -> Sequence[tuple[str, Markup]]:
        return [part for part in self.written if part[0] not in (DIRECTION, RESULTS)]


def _lower(body: str) -> str:
    """Return a section's HTML with its headings one level down."""
    return _H_TAG.sub(lambda found: f"{found[1]}{int(found[2]) + 1}", body)


def plan_report_sheets(reports: Sequence[Report], proses: Proses, render: Callable[[Page], str]) -> Iterator[Sheet]:
    """Yield the pages of reports given oldest first; `render` returns a section's HTML."""
    trail = (HOME, REPORTS)
    yield ReportsSheet(trail, reports[::-1], compare_years(reports))
    for report, before, after in zip(reports, (None, *reports), (*reports[1:], None), strict=False):
        prose = proses.find(report.year)
        crumbs = (*trail, Crumb(f"Năm {report.year}", report.url))
        # Safe: the renderer has sanitized it.
        written = [(name, Markup(_lower(render(page)))) for name in SECTIONS if (page := prose.sections.get(name))]  # noqa: S704
        yield ReportSheet(crumbs, report, prose, written, before, after)


def build_numbers_csv(report: Report) -> str:
    """Return the CSV with Vietnamese headings; “Số” has a decimal point and no thousands separator."""
    place = report.commune.full_name if report.commune else ""
    # The heading stays “Xã” for any kind of place, for programs that read the file.
    return write_csv([*CSV_HEADING], ([report.year, place, *row] for row in _rows(report)))


def _rows(report: Report) -> Iterator[list[str | int]]:
    yield from table_rows(report.tables)
    for total in report.results:
        if total.is_sum:
            yield ["Kết quả", total.label, "Tổng", f"{total.quantity.number.normalize():f}", total.quantity.unit]
        for figure in total.figures:
            quantity = figure.quantity.convert(total.quantity.unit)
            yield ["Kết quả", total.label, figure.story.slug, f"{quantity.number.normalize():f}", quantity.unit]
