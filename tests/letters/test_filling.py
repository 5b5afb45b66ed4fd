"""Fields of a template as Word, LibreOffice, Google Docs and people write them, and their values."""

from __future__ import annotations

import unicodedata
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from docx import Document
from docx.enum.text import WD_COLOR_INDEX
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from plugins.letters.fields import MergeValues
from plugins.letters.filling import fill, find_faults
from plugins.letters.kinds import KINDS
from plugins.letters.template import open_template
from plugins.letters.text import Text
from tests.letters.documents import FIELDS, VALUES, W, faults, filled, lines, part, row, runs, with_body, with_parts

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.slow

FIELD = (
    '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> MERGE</w:instrText></w:r>'
    "<w:r><w:instrText>FIELD Tên_xã \\* MERGEFORMAT </w:instrText></w:r>"
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    "<w:r><w:rPr><w:b/></w:rPr><w:t>«Tên_</w:t></w:r><w:r><w:t>xã»</w:t></w:r>"
    '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
)


@pytest.mark.parametrize(
    "written",
    [
        ["«tên xã»"],
        ["«", "tên", " xã", "»"],
        ["«t", "ên x", "ã»"],
        ["[[tên xã]]"],
        ["[", "[tên xã]", "]"],
        ["&lt;&lt;tên xã&gt;&gt;"],
        ["«\u00a0tên\u00a0xã\u00a0»"],
        ["«ten xa»"],
        ["«tên  xã »"],
        ["«Tên_xã»".replace("T", "t")],
        [unicodedata.normalize("NFD", "«tên xã»")],
        ["«tên địa bàn»"],
        ["«tên\u00ad xã»"],
    ],
)
def test_a_field_is_found_however_it_is_written_and_cut(written: list[str]) -> None:
    made, missing = filled(with_body(runs("Kính gửi ", *written, ".")))
    assert lines(made) == ["Kính gửi xã Đắk D’rông."]
    assert missing == []


def test_capitals_of_a_field_are_those_of_its_value() -> None:
    made, _ = filled(with_body(runs("«TÊN XÃ», «Tên xã», «tên xã»")))
    assert lines(made) == ["XÃ ĐẮK D’RÔNG, Xã Đắk D’rông, xã Đắk D’rông"]


def test_a_value_has_the_form_of_the_first_letter_of_its_field() -> None:
    bold = '<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">a «tên </w:t></w:r>'
    made, _ = filled(with_body(f"<w:p>{bold}<w:r><w:t>xã» b</w:t></w:r></w:p>"))
    shown = [(run.text, run.bold) for run in Document(BytesIO(made)).paragraphs[0].runs]
    assert shown == [("a xã Đắk D’rông", True), (" b", None)]


def test_fields_of_a_mail_merge_become_text() -> None:
    simple = '<w:p><w:fldSimple w:instr=" MERGEFIELD &quot;nơi&quot; "><w:r><w:t>cũ</w:t></w:r></w:fldSimple></w:p>'
    made, _ = filled(with_body(FIELD + simple))
    assert lines(made) == ["Xã Đắk D’rông", "Cư K’nia"]
    assert b"MERGE" not in part(made, "word/document.xml")
    assert b"fldChar" not in part(made, "word/document.xml")


def test_other_word_fields_are_left_alone() -> None:
    page = FIELD.replace("MERGE</w:instrText>", "PAG</w:instrText>").replace("FIELD Tên_xã", "E")
    made, _ = filled(with_body(page.replace("«Tên_", "1").replace("xã»", "2")))
    assert lines(made) == ["12"]
    assert part(made, "word/document.xml").count(b"fldChar ") == 3


def test_a_row_is_repeated_for_each_of_its_list() -> None:
    table = f"<w:tbl>{row(runs('Việc'), runs('Ghi'))}{row(runs('«việc» ở «nơi»'), runs('«tình ', 'trạng»'))}</w:tbl>"
    made, missing = filled(with_body(table))
    # Marks within a value are no fields.
    assert lines(made) == ["Việc", "Ghi", "Báo cáo ở Cư K’nia", "còn 6 ngày", "Đăng ký <ba> & bốn ở Cư K’nia", "«nơi»"]
    assert missing == []


def test_a_paragraph_is_repeated_outside_a_table_and_beside_others_in_a_cell() -> None:
    cell = runs("Nơi nhận:") + runs("- «nơi nhận»;") + runs("- Lưu: VT.")
    made, _ = filled(with_body(runs("+ «việc»") + f"<w:tbl>{row(cell, runs('CHỦ TỊCH'))}</w:tbl>"))
    told = ["+ Báo cáo", "+ Đăng ký <ba> & bốn", "Nơi nhận:", "- Một;", "- Hai;", "- Ba;", "- Lưu: VT.", "CHỦ TỊCH"]
    assert lines(made) == told


def test_a_list_of_paragraphs_ends_with_a_full_stop() -> None:
    made, _ = filled(with_body(runs("- «việc»", "; ") + runs("2. Gắn với: a; b;")))
    assert [line.rstrip() for line in lines(made)] == ["- Báo cáo;", "- Đăng ký <ba> & bốn.", "2. Gắn với: a; b;"]


def test_unknown_values_become_highlighted_dots_and_are_named() -> None:
    italic = "<w:rPr><w:i/><w:u/></w:rPr>"
    body = (
        runs("Hạn: «hạn», «hạn» và «nơi»", form=italic) + f"<w:tbl>{row(runs('«việc»'), runs('«tình trạng»'))}</w:tbl>"
    )
    made, missing = filled(with_body(body), MergeValues({"nơi": "đây"}, {"việc": ()}))
    document = Document(BytesIO(made))
    assert [run.text for run in document.paragraphs[0].runs if run.text] == ["Hạn: ", "……………", ", ", "……………", " và đây"]
    marked = [run.font.highlight_color for run in document.paragraphs[0].runs if run.text.startswith("…")]
    assert marked == [WD_COLOR_INDEX.YELLOW] * 2
    assert all(run.italic for run in document.paragraphs[0].runs)
    assert missing == ["danh sách việc", "«hạn»"]
    assert lines(made)[1:] == ["……………", "……………"]


def test_a_gap_within_a_value_is_marked_and_named() -> None:
    made, missing = filled(with_body(runs("«nơi»")), MergeValues({"nơi": "Ủy ban ……"}, {}))
    (run,) = [run for run in Document(BytesIO(made)).paragraphs[0].runs if run.text]
    assert (run.text, run.font.highlight_color) == ("Ủy ban ……", WD_COLOR_INDEX.YELLOW)
    assert missing == ["«nơi»"]


def test_lines_of_a_value_are_lines() -> None:
    made, _ = filled(with_body(runs("a «nơi» b")), MergeValues({"nơi": "Một\nHai"}, {}))
    assert Document(BytesIO(made)).paragraphs[0].text == "a Một\nHai b"


def test_heads_and_feet_are_filled_and_all_else_is_left() -> None:
    document = Document()
    document.sections[0].footer.paragraphs[0].text = "Trang của «tên xã»"
    document.add_paragraph("«nơi»").add_run().add_tab()
    document.core_properties.author = "Cán bộ"
    out = BytesIO()
    document.save(out)
    made, _ = filled(out.getvalue())
    read = Document(BytesIO(made))
    assert read.sections[0].footer.paragraphs[0].text == "Trang của xã Đắk D’rông"
    assert read.core_properties.author == "Cán bộ"
    for name in ("word/styles.xml", "word/theme/theme1.xml", "[Content_Types].xml"):
        assert part(made, name) == part(out.getvalue(), name)


def test_the_same_gives_the_same_bytes() -> None:
    data = with_body(runs("«tên xã»"))
    assert filled(data) == filled(data)


def test_a_notice_is_framed_at_the_top() -> None:
    template = open_template(with_body(runs("«nơi»")))
    fill(template, FIELDS, VALUES, "MINH HỌA")
    made = template.save()
    assert lines(made) == ["MINH HỌA", "Cư K’nia"]
    assert b"<w:pBdr>" in part(made, "word/document.xml")


def test_every_fault_is_reported_in_one_run_with_the_nearest_name() -> None:
    body = runs("«tên xãa» «căn cứ» «abcxyz» «tên xá»") + runs("«nơi") + runs("hạn»") + runs("«tên xãa»")
    body += f"<w:tbl>{row(runs('«việc»'), runs('«nơi nhận»'))}</w:tbl>"
    half = "thiếu dấu mở hay dấu đóng của một trường; viết trọn «tên trường» trong một đoạn; lời trích thì dùng “…”"
    assert faults(with_body(body)) == [
        "Không có trường «tên xãa»; ý bạn là «tên xã»?",
        "Trường «căn cứ» không có ở đây, chỉ có trong kế hoạch năm; bỏ trường ấy đi",
        "Không có trường «abcxyz»; xem tên các trường bằng lệnh letters --fields; lời trích thì dùng “…”",
        "Không có trường «tên xá»; ý bạn là «tên xã»?",
        f"“«nơi” {half}",
        f"“hạn»” {half}",
        "Một hàng có trường của 2 danh sách: “việc”, “nơi nhận”; mỗi danh sách một hàng riêng",
    ]


def test_a_list_in_the_row_of_another_is_reported() -> None:
    inner = f"<w:tbl>{row(runs('«nơi nhận»'), runs('x'))}</w:tbl>{runs('')}"
    told = faults(with_body(f"<w:tbl>{row(runs('«việc»'), runs('«tình trạng»') + inner)}</w:tbl>"))
    assert told == ["Danh sách “nơi nhận” nằm trong hàng của một danh sách khác; đưa bảng ấy ra ngoài hàng"]


def test_deleted_text_is_no_field_and_inserted_text_is() -> None:
    struck = '<w:del w:id="1" w:author="a"><w:r><w:delText>«sai»</w:delText></w:r></w:del>'
    put = '<w:ins w:id="2" w:author="a"><w:r><w:t>«nơi»</w:t></w:r></w:ins>'
    made, _ = filled(with_body(f"<w:p>{struck}{put}</w:p>"))
    assert lines(made) == ["Cư K’nia"]


@given(st.lists(st.integers(1, 12), max_size=12), st.text(alphabet="ab «»[]<>x&", max_size=20))
def test_no_text_is_lost_however_it_is_cut(cuts: list[int], value: str) -> None:
    rest, pieces = "Gửi «tên xã», [[nơi]] và «hạn» rồi «tên xã».", []
    for cut in cuts:
        pieces.append(rest[:cut])
        rest = rest[cut:]
    body = runs(*filter(None, [*pieces, rest])).replace("<w:p>", f"<w:p {W}>")
    paragraph = etree.fromstring(body)
    text = Text(paragraph)
    text.fill(list(zip(text.marks, (value, "N", "H", value), strict=True)))
    shown = value or "……………"
    assert "".join(paragraph.itertext()) == f"Gửi {shown}, N và H rồi {shown}."


def test_the_fields_of_a_template_outlive_libreoffice(convert: Callable[[bytes, str, str], bytes]) -> None:
    kind = KINDS[0]
    again = convert(kind.make_starter(), ".docx", "docx")
    assert find_faults(open_template(again), kind.fields, {}) == []
    single = dict.fromkeys(kind.fields.names, "đã điền")
    rows = {one.name: [dict.fromkeys((f.name for f in one.columns), "một")] * 3 for one in kind.fields.lists}
    before, after = (filled(data, MergeValues(single, rows), kind.fields)[0] for data in (kind.make_starter(), again))
    assert lines(after) == lines(before)
    assert "«" not in "".join(lines(after))


def test_a_part_in_upper_case_keeps_its_name() -> None:
    data = with_body(runs("«nơi»"))
    made, _ = filled(with_parts(data, {"docProps/Thumb.PNG": b"x"}))
    assert part(made, "docProps/Thumb.PNG") == b"x"
