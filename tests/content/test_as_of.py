"""Content as of a day, for documents of that day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from plugins.content.content import as_of_its_day
from plugins.exemplars.model.edition import select_edition
from plugins.reports.report import make_report
from tests.loading import load
from tests.registers.conftest import CSV, as_csv, rows

if TYPE_CHECKING:
    from tests.conftest import Project


def test_later_stories_communes_and_ends_are_unknown(project: Project) -> None:
    project.write(CSV, as_csv(rows({}, {"Xã": "Ea T’ling"})))
    project.write_story(front={"Đăng ký": "DK-2020-001"})
    project.write_story("sau", front={"Ngày": "4/11/2020", "Đăng ký": "DK-2020-002", "Xã": "Ea T’ling"})
    project.write_story("nay", 2026, front={"Ngày": "5/2/2026"})
    content = as_of_its_day(load(project.path, date(2020, 11, 3)))
    assert [story.slug for story in content.stories] == ["kenh"]
    assert {commune.id for commune in content.vocabulary.communes} == {"ea-tling", "nam-dong", "dak-drong"}
    assert not any(commune.successor for commune in content.vocabulary.communes)
    # Stories and registrations are of those very communes, or they would be counted nowhere.
    report = make_report(content, select_edition(content, drafts=False, samples=True).index, 2020)
    tables = {table.id: table for table in report.every_table}
    assert {row.name: row.counts[0] for row in tables["dang-ky-xa"].rows} == {
        "Đắk D’rông": 0,
        "Nam Dong": 1,
        "Thị trấn Ea T’ling": 1,
    }
    assert not {"dang-ky-xa-nay", "xa-nay"} & tables.keys()
    assert report.by_field.total == 1


def test_on_the_day_of_the_merger_both_are_known(project: Project) -> None:
    before, after = (as_of_its_day(load(project.path, date(2025, *day))) for day in ((6, 30), (7, 1)))
    assert "xa-nam-dong-2025" not in {commune.id for commune in before.vocabulary.communes}
    assert before.vocabulary.commune("nam-dong").successor is None
    assert after.vocabulary.commune("nam-dong").successor == "xa-nam-dong-2025"
