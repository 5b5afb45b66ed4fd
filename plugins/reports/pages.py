"""The pages of the reports: all years beside each other, and one page a year. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from plugins.content.prose import SECTIONS
from plugins.exemplars.sheets import Crumb, Sheet
from plugins.reports.report import URL, compare_years
from plugins.reports.wording import describe

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from plugins.content.page import Page
    from plugins.content.prose import Prose, Proses
    from plugins.reports.report import Report

TITLE = "Báo cáo hằng năm"


def plan_report_sheets(reports: Sequence[Report], proses: Proses, render: Callable[[Page], str]) -> Iterator[Sheet]:
    """Yield the page of all years and that of each, for reports given oldest first; `render` gives a section's HTML."""
    trail = (Crumb("Trang chủ", "/"), Crumb("Báo cáo", URL))
    yield Sheet(
        URL,
        "reports.html",
        TITLE,
        "Số điển hình “Dân vận khéo” ở Cư Jút qua các năm: theo lĩnh vực, theo loại, biểu dương và nhân rộng.",
        trail,
        more={"reports": reports[::-1], "tables": compare_years(reports)},
    )
    for at, report in enumerate(reports):
        prose = proses.find(report.year)
        yield Sheet(
            report.url,
            "report.html",
            f"Báo cáo “Dân vận khéo” năm {report.year}",
            f"{len(report.stories)} điển hình năm {report.year} ở Cư Jút: theo lĩnh vực, xã, loại; kết quả cộng lại.",
            (*trail, Crumb(f"Năm {report.year}", report.url)),
            more={
                "report": report,
                "prose": prose,
                "sections": _sections(prose, render),
                "csv": csv_url(report),
                "describe": describe,
                "before": reports[at - 1] if at else None,
                "after": reports[at + 1] if at + 1 < len(reports) else None,
            },
        )


def csv_url(report: Report) -> str:
    """Return the address of a report's numbers."""
    return f"{report.url}{report.name}.csv"


def _sections(prose: Prose, render: Callable[[Page], str]) -> list[tuple[str, Markup]]:
    # The renderer has cleaned what a person wrote.
    return [(name, Markup(render(page))) for name in SECTIONS if (page := prose.sections.get(name))]  # noqa: S704
