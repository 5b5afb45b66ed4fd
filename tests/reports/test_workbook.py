"""The workbook of a report with exemplars of several sites."""

from __future__ import annotations

from datetime import date
from io import BytesIO

from openpyxl import load_workbook

from plugins.content.members.exemplars import file_gathered
from plugins.content.members.members import GatheredSite, Member
from plugins.content.members.open_data import parse_site_data
from plugins.content.territory.kinds import Tier
from plugins.content.vocabulary.terms import Commune, Field, Office
from plugins.content.vocabulary.vocabulary import Vocabulary
from plugins.exemplars.model.index import build_index
from plugins.official.issuer import Issuer
from plugins.reports.report import Report
from plugins.reports.workbook import render_workbook
from tests.gathering.made_data import as_bytes, make_data, make_row

ORIGIN, OWN = "https://dongxuan.example.vn", "https://tinh.example.vn"
VOCABULARY = Vocabulary(
    fields=(Field("kinh-te", "Kinh tế", "Kinh tế", "#000", "#000", ""),),
    communes=(Commune("dong-xuan", "Đồng Xuân", "xã", "1", "tỉnh Mẫu"),),
    offices=(Office(name="Ủy ban MTTQ tỉnh Mẫu", level="tỉnh", site_url=OWN),),
)


def test_a_story_of_another_site_is_found_at_its_own_address() -> None:
    read = parse_site_data(as_bytes(make_data(ORIGIN, [make_row(ORIGIN)])), ORIGIN)
    member = Member("dong-xuan", "Xã Đồng Xuân", ORIGIN, commune="dong-xuan")
    site = GatheredSite(member, read.version, read.site, read.rows)
    (story,) = file_gathered([site], VOCABULARY, Tier.PROVINCE).exemplars
    index = build_index([story], VOCABULARY)
    report = Report(story.year.number, None, date(2026, 12, 31), index, index)
    issuer = Issuer(VOCABULARY.offices[0], None, VOCABULARY, report.day)
    sheet = load_workbook(BytesIO(render_workbook(report, issuer, report.day, OWN)))["Điển hình"]
    assert [row[-1].value for row in sheet.iter_rows(min_row=5)] == [f"{ORIGIN}/bai-viet/2026/kenh-so-1/"]
