"""The parts that every official document is made of: its formal measures, who issues it, where it is filed."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_COLOR_INDEX, WD_TAB_LEADER
from docx.oxml.ns import qn

from plugins.official.document import IssuedDocument, format_day, mark_gap
from plugins.official.filing import file_documents, read_time
from plugins.official.issuer import find_issuer
from plugins.official.paper import Gap
from plugins.sources.problem import Invalid
from plugins.word.making import save_document

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

    from plugins.official.issuer import Issuer
    from tests.conftest import Project

DAY = date(2020, 11, 3)


def issuer_of(project: Project, commune: str = "", day: date = DAY) -> Issuer:
    return find_issuer(project.load().vocabulary, commune, day.year, day)


def opened(paper: IssuedDocument) -> WordDocument:
    return Document(BytesIO(save_document(paper.word)))


@pytest.mark.parametrize(
    ("day", "shown"),
    [
        (date(2020, 11, 3), "ngày 03 tháng 11 năm 2020"),
        (date(2020, 2, 13), "ngày 13 tháng 02 năm 2020"),
        (date(2021, 3, 1), "ngày 01 tháng 3 năm 2021"),
    ],
)
def test_a_date_has_its_leading_zeros(day: date, shown: str) -> None:
    assert format_day(day) == shown


def test_a_commune_issues_under_the_committee_above_it(project: Project) -> None:
    one = issuer_of(project, "Đăk D’rông")
    assert (one.short, one.place) == ("Ủy ban MTTQ Việt Nam xã Đắk D’rông", "Đắk D’rông")
    assert one.parent == "Ủy ban Mặt trận Tổ quốc Việt Nam huyện Cư Jút"
    assert issuer_of(project).short == "Ủy ban MTTQ Việt Nam huyện Cư Jút"
    with pytest.raises(Invalid, match=r"chỉ có đến 30/6/2025, không ký văn bản ngày 1/8/2025"):
        find_issuer(project.load().vocabulary, "dak-drong", 2020, date(2025, 8, 1))


def test_the_symbol_tells_who_issues(project: Project) -> None:
    standing = IssuedDocument(issuer_of(project), "Về việc thử", "12/KH-MTTQ-BTT", DAY)
    assert standing.issuer == "Ban Thường trực Ủy ban MTTQ Việt Nam huyện Cư Jút"
    standing.add_letterhead()
    left, right = opened(standing).tables[0].rows[0].cells
    assert [p.text for p in left.paragraphs if p.text][-2:] == ["BAN THƯỜNG TRỰC", "Số: 12/KH-MTTQ-BTT"]
    assert right.paragraphs[-1].text == "Cư Jút, ngày 03 tháng 11 năm 2020"
    assert IssuedDocument(issuer_of(project), "", "12/KH-MTTQ", DAY).issuer == "Ủy ban MTTQ Việt Nam huyện Cư Jút"


def test_a_paper_of_no_day_and_no_number_leaves_them_to_be_written(project: Project) -> None:
    paper = IssuedDocument(issuer_of(project), "Về việc thử", "", None)
    paper.add_letterhead()
    left, right = opened(paper).tables[0].rows[0].cells
    assert "Số" not in left.text
    assert right.paragraphs[-1].text == "Cư Jút, ngày      tháng      năm 2020"


@pytest.mark.parametrize("across", [False, True])
def test_margins_are_those_of_the_decree_however_the_page_lies(project: Project, across: bool) -> None:
    paper = IssuedDocument(issuer_of(project), "Về việc thử", "", DAY, across=across)
    paper.add_title("DANH SÁCH", "Số liệu mẫu.")
    paper.grid([["TT", "Tên"], *[["1", "Một"]] * 3], [1.0, paper.width - 1])
    made = opened(paper)
    (section,) = made.sections
    sides = [section.top_margin, section.bottom_margin, section.left_margin, section.right_margin]
    assert [round(side.cm, 1) for side in sides] == [2, 2, 3, 2]
    size = [round(one.cm, 1) for one in (section.page_width, section.page_height)]
    assert size == ([29.7, 21.0] if across else [21.0, 29.7])
    assert (section.orientation == WD_ORIENT.LANDSCAPE) == across
    assert round(section.page_width.cm - 5, 1) == paper.width
    assert (made.styles["Normal"].font.name, made.styles["Normal"].font.size.pt) == ("Times New Roman", 14)
    assert made.tables[0].rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


def test_gaps_are_highlighted_or_dotted(project: Project) -> None:
    paper = IssuedDocument(issuer_of(project), "Về việc thử", "", DAY)
    mark_gap(paper.add("Căn cứ "), "[ghi văn bản]")
    paper.add_dotted("Địa điểm: ", 2)
    paper.grid([["Tên"], [Gap("[ghi tên]")], ["Kênh"]], [16])
    made = opened(paper)
    yellow = [run.text for p in made.paragraphs for run in p.runs if run.font.highlight_color]
    assert yellow == ["[ghi văn bản]"]
    cells = [row.cells[0].paragraphs[0].runs[0] for row in made.tables[0].rows]
    assert [run.font.highlight_color for run in cells] == [None, WD_COLOR_INDEX.YELLOW, None]
    dotted = [stop for p in made.paragraphs for stop in p.paragraph_format.tab_stops]
    assert [(stop.leader, round(stop.position.cm, 1)) for stop in dotted] == [(WD_TAB_LEADER.DOTS, 16)] * 2


def test_nothing_that_is_filed_is_overwritten(project: Project) -> None:
    for data, name in ((b"1", "giay"), (b"1", "giay"), (b"2", "giay-lan-2"), (b"1", "giay"), (b"3", "giay-lan-3")):
        assert file_documents(project.path, "thu/2020", {"giay": {".docx": data}}) == [f"thu/2020/{name}.docx"]
        assert (project.path / f"thu/2020/{name}.docx").read_bytes() == data


def test_a_year_that_has_not_begun_on_the_day_is_refused() -> None:
    assert read_time("", "3/11/2020") == (2020, DAY)
    with pytest.raises(Invalid, match="năm 2021 chưa bắt đầu"):
        read_time("2021", "3/11/2020")
