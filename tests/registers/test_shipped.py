"""The sample registers of papers, which agree with the sample registrations."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from plugins.content.registers.paper import INSPECTIONS, PaperKind
from tests.conftest import Project
from tests.loading import load
from tests.registers.conftest import progress_on

PROJECT = Path(__file__).parents[2]


@pytest.mark.parametrize("year", [2020, 2026])
def test_every_paper_is_a_sample_and_is_so_headed(year: int) -> None:
    content = load(PROJECT)
    papers = content.papers[year]
    assert papers
    assert all(paper.sample for paper in papers)
    text = (PROJECT / f"content/theo-doi/{year}.csv").read_text(encoding="utf-8-sig")
    assert "số liệu minh họa" in text.partition("\n")[0]
    registered = {one.commune for one in content.registers[year].registrations}
    assert {one.commune for one in papers if one.kind is PaperKind.REGISTRATION} == registered
    assert any(one.kind in INSPECTIONS for one in papers)


def test_the_deadlines() -> None:
    schedules = load(PROJECT).schedules
    report = schedules[2020].deadline(PaperKind.REPORT)
    assert report is not None
    assert (report.last, report.label) == (date(2020, 11, 9), "trước ngày 10/11/2020")
    assert "Hướng dẫn" in schedules[2020].basis
    # The guidance sets no other day.
    assert schedules[2020].deadlines.keys() == {PaperKind.REPORT}
    assert schedules[2026].deadlines.keys() == {PaperKind.PLAN, PaperKind.REGISTRATION, PaperKind.REPORT}


def test_some_were_in_time_some_late_and_some_never_came() -> None:
    progress = progress_on(Project(PROJECT), date(2020, 12, 31))
    dues = {one.commune.id: due for one in progress.communes for due in one.dues if due.kind is PaperKind.REPORT}
    late = {name: due.days_late(progress.day) for name, due in dues.items() if due.received_on}
    assert len(dues) == 8
    assert {name for name, due in dues.items() if due.received_on is None} == {"dak-drong", "dak-wil"}
    assert [(name, days) for name, days in late.items() if days and days > 0] == [("cu-knia", 3)]
    # Before the last day, only earlier papers are known.
    early = progress_on(Project(PROJECT), date(2020, 11, 5))
    assert {
        one.commune.id for one in early.communes if not any(due.kind is PaperKind.REPORT for due in one.missing)
    } == {
        "nam-dong",
        "truc-son",
    }
