"""Every number of a report as CSV: a row each, with its table, row, column and unit. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plugins.exemplars.open_data.csv_tables import write_csv

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from plugins.reports.report import Report
    from plugins.reports.tables import CountTable

HEADING = ("Năm", "Xã", "Bảng", "Dòng", "Cột", "Số", "Đơn vị")


def build_numbers_csv(report: Report) -> str:
    """Return the CSV with Vietnamese headings; “Số” has a decimal point and no thousands separator."""
    place = report.commune.full_name if report.commune else ""
    # The heading stays “Xã” for any kind of place, for programs that read the file.
    return write_csv([*HEADING], ([report.year, place, *row] for row in _rows(report)))


def table_rows(tables: Iterable[CountTable]) -> Iterator[list[str | int]]:
    """Yield table, row, column, number and unit for each number of some tables."""
    for table in tables:
        for name, counts in table.lines:
            for column, count in zip(table.headings, counts, strict=True):
                yield [table.title, name, column, "–" if count is None else count, table.unit]


def _rows(report: Report) -> Iterator[list[str | int]]:
    yield from table_rows(report.tables)
    for total in report.results:
        if total.is_sum:
            yield ["Kết quả", total.label, "Tổng", f"{total.quantity.number.normalize():f}", total.quantity.unit]
        for figure in total.figures:
            quantity = figure.quantity.convert(total.quantity.unit)
            yield ["Kết quả", total.label, figure.story.slug, f"{quantity.number.normalize():f}", quantity.unit]
