"""Whether the numbers of a report can all be true: totals that agree, and no more recognised than registered. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plugins.content.as_of import as_of_its_day
from plugins.content.prose import FOLDER
from plugins.exemplars.model.index import build_index
from plugins.reports.report import Report, make_report
from plugins.reports.tables import STORY_UNIT, UNIT
from plugins.sources.problem import Level, Problem
from plugins.vietnamese import format_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plugins.content.content import Content


def check_reports(content: Content) -> Iterator[Problem]:
    """Yield every contradiction among the numbers of each year that has a register."""
    if not content.registers:
        return
    content = as_of_its_day(content)
    index = build_index([story for story in content.listed if not story.draft], content.vocabulary)
    for year in content.registers:
        yield from check_report(make_report(content, index, year))


def check_report(report: Report) -> Iterator[Problem]:
    """Yield every contradiction among a report's numbers, at its register where there is one."""
    path = report.registrations[0].where[0] if report.registrations else f"{FOLDER}/{report.year}.md"
    wholes = {STORY_UNIT: len(report.stories), UNIT: len(report.registrations)}
    for table in report.every_table:
        whole = wholes.get(table.unit)
        if whole is not None and table.total != whole:
            message = f"Bảng “{table.title}” cộng được {format_number(table.total)} {table.unit}, không phải {whole}"
            yield Problem(path, 1, message, "xem lại lĩnh vực, xã và loại trong sổ và trong bài")
    yield from _check_praised(report, path)


def _check_praised(report: Report, path: str) -> Iterator[Problem]:
    """An exemplar commended without having been registered may be recognised beyond what its commune registered."""
    if not report.registrations:
        return
    for row in report.registered_by_commune.rows:
        beside = [
            story
            for story in report.stories
            # The register is that of this site.
            if not story.site
            if story.commune and story.commune.url == row.url and story.honors and not story.registration
        ]
        registered, recognised = row.counts[0] or 0, row.counts[2] or 0
        if recognised + len(beside) > registered:
            names = "; ".join(story.name for story in beside)
            message = f"{row.name}: đăng ký {registered} mà được công nhận, biểu dương {recognised + len(beside)}"
            message += f", trong đó {names} không có trong sổ" if names else ""
            yield Problem(path, 1, message, "ghi thêm vào sổ rồi ghi mã Đăng ký vào bài", Level.ADVICE)
