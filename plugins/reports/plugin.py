"""The door to Pelican: the pages of the reports, and the numbers of each as CSV."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pelican import signals
from pelican.generators import Generator

from plugins.reports.numbers_csv import build_numbers_csv
from plugins.reports.pages import csv_url, plan_report_sheets
from plugins.reports.yearbook import add_reports

if TYPE_CHECKING:
    from collections.abc import Callable

    from pelican.writers import Writer

    from plugins.exemplars.edition import Edition


def connect() -> None:
    """Connect the generator."""
    signals.get_generators.connect(_get_generator)


class ReportGenerator(Generator):  # type: ignore[misc]
    """Hands the pages of the reports to the generator of all sheets, and writes their CSV."""

    def generate_context(self) -> None:
        edition: Edition = self.context["edition"]
        index, samples = edition.index, self.context["SHOW_SAMPLES"]
        # Pelican run by hand has read the library alone.
        yearbook = add_reports(edition.library)
        reports = [yearbook.report(index, year, samples=samples) for year in yearbook.years(index, samples=samples)]
        render = partial(edition.render, renderer=self.context["renderer"])
        sheets = plan_report_sheets(reports, yearbook.proses.shown(samples=samples), render)
        self.context["sheets"].extend(sheets)
        self._files = {csv_url(report).lstrip("/"): partial(build_numbers_csv, report) for report in reports}

    def generate_output(self, writer: Writer) -> None:
        del writer
        if self.context["memory"].edited is not None:
            return
        for path, make in self._files.items():
            target = Path(self.output_path) / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(make(), encoding="utf-8", newline="")

    def find_output(self, path: str) -> Callable[[], bytes] | None:
        """Return what makes the file at a path under the output folder; None when there is no such file."""
        make = self._files.get(path)
        return (lambda: make().encode()) if make else None


def _get_generator(_: Any) -> type[Generator]:
    return ReportGenerator
