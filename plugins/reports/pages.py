"""The pages of the reports: all years beside each other, and one page a year. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from plugins.content.prose import SECTIONS
from plugins.content.sections import HOME, REPORTS, Crumb
from plugins.exemplars.sheet import Sheet
from plugins.reports.report import compare_years
from plugins.reports.wording import describe

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from plugins.content.page import Page
    from plugins.content.prose import Prose, Proses
    from plugins.reports.report import Report
    from plugins.reports.tables import Table


@dataclass(frozen=True)
class ReportsSheet(Sheet, template="reports.html"):
    """The reports of all years, newest first, and their numbers beside each other."""

    reports: Sequence[Report]
    tables: tuple[Table, ...]


@dataclass(frozen=True)
class ReportSheet(Sheet, template="report.html"):
    """The report of a year: its numbers, what was written for it by section, and the reports of the years about it."""

    report: Report
    prose: Prose
    written: Sequence[tuple[str, Markup]]
    before: Report | None
    after: Report | None

    describe = staticmethod(describe)


def plan_report_sheets(reports: Sequence[Report], proses: Proses, render: Callable[[Page], str]) -> Iterator[Sheet]:
    """Yield the page of all years and that of each, for reports given oldest first; `render` gives a section's HTML."""
    trail = (HOME, REPORTS)
    yield ReportsSheet(trail, reports[::-1], compare_years(reports))
    for report, before, after in zip(reports, (None, *reports), (*reports[1:], None), strict=False):
        prose = proses.find(report.year)
        crumbs = (*trail, Crumb(f"Năm {report.year}", report.url))
        # The renderer has cleaned what a person wrote.
        written = [(name, Markup(render(page))) for name in SECTIONS if (page := prose.sections.get(name))]  # noqa: S704
        yield ReportSheet(crumbs, report, prose, written, before, after)
