"""The door to Pelican: the pages of the reports, and the numbers of each as CSV."""

from __future__ import annotations

from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pelican import signals
from pelican.generators import Generator

from plugins.reports.numbers_csv import build_numbers_csv
from plugins.reports.pages import csv_url, plan_report_sheets
from plugins.reports.yearbook import add_reports

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pelican.writers import Writer

    from plugins.exemplars.edition import Edition
    from plugins.exemplars.sheets import Sheet
    from plugins.reports.report import Report
    from plugins.reports.yearbook import Yearbook


def connect() -> None:
    """Connect the generator."""
    signals.get_generators.connect(_get_generator)


class Reports:
    """The report of each year of an edition. Counted when first asked for: after a few edits nobody does."""

    def __init__(self, context: dict[str, Any]) -> None:
        self._edition: Edition = context["edition"]
        self._samples: bool = context["SHOW_SAMPLES"]
        self._render = partial(self._edition.render, renderer=context["renderer"])

    @cached_property
    def _yearbook(self) -> Yearbook:
        # Pelican run by hand has read the library alone.
        return add_reports(self._edition.library)

    @cached_property
    def _reports(self) -> list[Report]:
        index, samples = self._edition.index, self._samples
        years = self._yearbook.years(index, samples=samples)
        return [self._yearbook.report(index, year, samples=samples) for year in years]

    def plan_sheets(self) -> Iterator[Sheet]:
        """Yield the page of all years and that of each."""
        yield from plan_report_sheets(self._reports, self._yearbook.proses.shown(samples=self._samples), self._render)

    @cached_property
    def files(self) -> dict[str, Callable[[], str]]:
        """The path of each file of numbers, with what makes its text."""
        return {csv_url(report).lstrip("/"): partial(build_numbers_csv, report) for report in self._reports}


class ReportGenerator(Generator):  # type: ignore[misc]
    """Hands the pages of the reports to the generator of all sheets, and writes their CSV."""

    def generate_context(self) -> None:
        self._reports = Reports(self.context)
        self.context["sheets"].extend(self._reports.plan_sheets())

    def generate_output(self, writer: Writer) -> None:
        del writer
        if self.context["memory"].edited is not None:
            return
        for path, make in self._reports.files.items():
            target = Path(self.output_path) / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(make(), encoding="utf-8", newline="")

    def find_output(self, path: str) -> Callable[[], bytes] | None:
        """Return what makes the file at a path under the output folder; None when there is no such file."""
        make = self._reports.files.get(path)
        return (lambda: make().encode()) if make else None


def _get_generator(_: Any) -> type[Generator]:
    return ReportGenerator
