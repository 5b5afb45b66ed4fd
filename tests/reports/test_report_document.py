"""The report as .docx: formal layout, the office that signs, and its wording with few facts."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn

from plugins.reports.command import write_report
from tests.reports import documents
from tests.reports.conftest import PROSE, REGISTER, with_results

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.table import _Cell as Cell

    from tests.conftest import Project

pytestmark = pytest.mark.slow

ACTS = """\
Mã;Việc;Ngày;Văn bản;Hình thức;Cấp;Số phiếu;Nơi niêm yết;Niêm yết đến;Nơi làm theo;Ghi chú
DK-2020-001;công nhận;5/10/2020;;;;;;;;
DK-2020-001;khen thưởng;20/10/2020;;Giấy khen;huyện;;;;;
DK-2020-002;khen thưởng;20/10/2020;;Giấy khen;huyện;;;;;
DK-2020-002;biểu dương;20/10/2020;;;xã;;;;;
DK-2020-002;khen thưởng;21/10/2020;;Bằng khen;trung ương;;;;;
"""


def write(project: Project, year: str = "2020", **how: str) -> bytes:
    assert write_report(project.path, year, **({"date": "3/11/2020"} | how)) == 0
    (file,) = (project.path / "bao-cao").glob("*.docx")
    data = file.read_bytes()
    for made in (project.path / "bao-cao").iterdir():
        made.unlink()
    return data


def texts(data: bytes) -> str:
    return "\n".join(documents.read_letter(data)[0])


def sizes(cell: Cell) -> list[tuple[str, float]]:
    return [(run.text, run.font.size.pt) for p in cell.paragraphs for run in p.runs if run.text]


@pytest.fixture
def letter(year: Project) -> WordDocument:
    year.write("content/dang-ky/2020.csv", REGISTER)
    year.write("content/bao-cao/2020.md", PROSE)
    return Document(BytesIO(write(year)))


def test_the_head_has_the_sizes_and_the_rules_of_an_official_letter(letter: WordDocument) -> None:
    left, right = letter.tables[0].rows[0].cells
    assert {size for text, size in sizes(left) if not text.startswith("Số")} == {12}
    assert ("Số: 45/BC-MTTQ-BTT", 13) in sizes(left)
    bold = [p.text for p in left.paragraphs for run in p.runs if run.bold]
    assert bold == ["ỦY BAN MTTQ VIỆT NAM", "HUYỆN CƯ JÚT", "BAN THƯỜNG TRỰC"]
    assert sizes(right) == [
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12),
        ("Độc lập - Tự do - Hạnh phúc", 13),
        ("Cư Jút, ngày 03 tháng 11 năm 2020", 13),
    ]
    assert right.paragraphs[-1].runs[0].italic
    ruled = [cell for cell in (left, right) if cell._tc.findall(f".//{qn('w:pBdr')}/{qn('w:top')}")]
    assert len(ruled) == 2


def test_pages_are_numbered_from_the_second_on_and_lines_are_not_left_alone(letter: WordDocument) -> None:
    (section,) = letter.sections
    assert section.different_first_page_header_footer
    assert section.first_page_header.paragraphs[0].text == ""
    (number,) = section.header.paragraphs
    assert number.alignment == WD_ALIGN_PARAGRAPH.CENTER
    assert [one.text for one in number._p.iter(qn("w:instrText"))] == ["PAGE"]
    normal = letter.styles["Normal"].paragraph_format
    assert normal.widow_control
    (opening,) = [p for p in letter.paragraphs if "báo cáo kết quả" in p.text and p.text.endswith("như sau:")]
    assert opening.alignment == WD_ALIGN_PARAGRAPH.JUSTIFY
    assert round(opening.paragraph_format.first_line_indent.cm, 2) == 1.27


def test_the_signature_stays_whole_and_with_the_closing_words(letter: WordDocument) -> None:
    blocks = list(letter.iter_inner_content())
    (signed,) = [table for table in letter.tables if table.rows[0].cells[0].text.startswith("Nơi nhận")]
    at = next(number for number, block in enumerate(blocks) if getattr(block, "_element", None) is signed._tbl)
    closing = blocks[at - 1]
    assert closing.text.endswith("./.")
    assert closing.paragraph_format.keep_with_next
    assert signed.rows[0]._tr.trPr.find(qn("w:cantSplit")) is not None
    left, right = signed.rows[0].cells
    assert [size for _, size in sizes(left)] == [12, 11, 11]
    assert left.paragraphs[0].runs[0].italic
    assert sizes(right) == [("TM. BAN THƯỜNG TRỰC", 14), ("PHÓ CHỦ TỊCH", 14), ("Y Thử Niê", 14)]
    appendix = blocks[at + 1]
    assert (appendix.text, appendix.paragraph_format.page_break_before) == ("PHỤ LỤC", True)


def test_every_table_of_counts_is_in_the_appendix(letter: WordDocument) -> None:
    blocks = list(letter.iter_inner_content())
    begins = next(at for at, block in enumerate(blocks) if getattr(block, "text", "") == "PHỤ LỤC")
    titles = [block.text for block in blocks[begins:] if getattr(block, "text", "").startswith("Biểu ")]
    assert [title.split(".")[0] for title in titles] == [f"Biểu {number}" for number in range(1, len(titles) + 1)]
    before = [block for block in blocks[:begins] if getattr(block, "style", None) and block.style.name == "Table Grid"]
    # The one that somebody wrote.
    assert [table.cell(0, 0).text for table in before] == ["Việc"]
    ruled = [table for table in letter.tables if table.style.name == "Table Grid"]
    assert len(ruled) == len(titles) + 1


def test_no_table_has_a_row_or_a_column_of_nothing(year: Project) -> None:
    year.write("content/dang-ky/2020.csv", REGISTER)
    year.write("content/dang-ky/2020-viec.csv", ACTS)
    _, tables = documents.read_letter(write(year))
    counted = {title: rows for title, rows in tables.items() if not title.startswith(("Danh sách", "Tổng hợp"))}
    assert counted["Đăng ký theo lĩnh vực"] == [
        ["Lĩnh vực", "Đăng ký", "Công nhận", "Biểu dương, khen thưởng"],
        ["Kinh tế", "2", "1", "1"],
        ["Văn hóa – xã hội", "2", "0", "1"],
        ["Tổng", "4", "1", "2"],
    ]
    assert len(counted) > 3
    for title, (_, *rows) in counted.items():
        lines = [[cell for cell in row[1:] if cell != "0"] for row in rows]
        assert len(rows) > 2, title
        assert all(lines), title
        assert all(set(column) != {"0"} for column in zip(*(row[1:] for row in rows), strict=True)), title


def test_praises_are_listed_by_level(year: Project) -> None:
    year.write("content/dang-ky/2020.csv", REGISTER)
    year.write("content/dang-ky/2020-viec.csv", ACTS)
    for name in ("kenh", "gao", "ong"):
        year.write_story(name)
    text = texts(write(year))
    assert "1 được công nhận; 2 được biểu dương, khen thưởng" in text
    assert "\nĐã có 1 lần khen thưởng cấp Trung ương, 2 lần khen thưởng cấp huyện, 1 lần biểu dương cấp xã.\n" in text
    assert "theo lĩnh vực: Kinh tế 2, Văn hóa – xã hội 2; theo tiến độ thực hiện: đang thực hiện 3, dừng 1." in text
    assert "\nTheo địa bàn: Đắk D’rông 1, thị trấn Ea T’ling 1, Nam Dong 2.\n" in text


def test_nothing_is_called_a_sum_that_adds_nothing(year: Project) -> None:
    for name in ("kenh", "gao", "ong"):
        year.write_story(name, front=with_results(f"91 % | cây sống ở {name}", "5 triệu đồng | mỗi người được chia"))
    data = write(year)
    paragraphs, tables = documents.read_letter(data)
    assert "Tổng hợp kết quả theo nội dung và đơn vị tính" not in tables
    assert not any("Cộng được" in text or "Tổng hợp" in text for text in paragraphs)
    told = [text for text in paragraphs if text.startswith("– ")]
    assert all("; 5 triệu đồng mỗi người được chia." in text for text in told)
    assert len(told) == 3


def test_a_symbol_of_the_committee_itself_has_no_standing_committee_above_it(year: Project) -> None:
    year.write("content/bao-cao/2020.md", "---\nSố: 46/BC-MTTQ\n---\n## Kết quả\n\nTốt.\n")
    text = texts(write(year))
    assert "HUYỆN CƯ JÚT\n\nSố: 46/BC-MTTQ\n" in text
    assert "Ủy ban MTTQ Việt Nam huyện Cư Jút báo cáo kết quả" in text
    assert "Ban Thường trực Ủy ban MTTQ Việt Nam huyện Cư Jút báo cáo" not in text
    assert "II. KẾT QUẢ\nTốt.\n" in text


def test_proposals_close_the_numbering_and_parts_are_numbered(year: Project) -> None:
    head = "---\nSố: 1/BC-MTTQ-BTT\n---\n"
    old = "## Công tác chỉ đạo\n\nĐi.\n\n## Hạn chế, nguyên nhân\n\nMuộn.\n\n## Phương hướng\n\nSớm.\n"
    year.write("content/bao-cao/2020.md", head + old)
    text = texts(write(year))
    assert "III. ĐÁNH GIÁ CHUNG\nHạn chế, nguyên nhân\nMuộn.\nIV. PHƯƠNG HƯỚNG, NHIỆM VỤ\nSớm.\nTrên đây" in text
    assert "chưa viết" not in text
    year.write("content/bao-cao/2020.md", f"{head}## Ưu điểm\n\nHay.\n\n{old}\n## Đề xuất, kiến nghị\n\nCấp máy.\n")
    text = texts(write(year))
    assert "III. ĐÁNH GIÁ CHUNG\n1. Ưu điểm\nHay.\n2. Hạn chế, nguyên nhân\nMuộn.\n" in text
    assert "V. ĐỀ XUẤT, KIẾN NGHỊ\nCấp máy.\nTrên đây" in text
    # Counted results continue the numbering of even one written part.
    year.write("content/bao-cao/2020.md", f"{head}## Kết quả\n\n### Công tác đăng ký\n\nCó.\n")
    assert "II. KẾT QUẢ\n1. Công tác đăng ký\nCó.\n2. Kết quả chung\n" in texts(write(year))


@pytest.mark.parametrize(
    ("commune", "date", "recipients"),
    [
        (
            "",
            "3/11/2020",
            (
                "- Ban Thường trực Ủy ban MTTQ Việt Nam tỉnh Đắk Nông (báo cáo);\n- Ban Dân vận Huyện ủy;\n"
                "- Các tổ chức thành viên của MTTQ huyện;\n- Ủy ban MTTQ Việt Nam các xã, thị trấn;\n"
                "- Trang thông tin điện tử;\n- Lưu: VT."
            ),
        ),
        (
            "Nam Dong",
            "3/11/2020",
            (
                "- Ban Thường trực Ủy ban MTTQ Việt Nam huyện Cư Jút (báo cáo);\n- Đảng ủy, HĐND, UBND xã Nam Dong;\n"
                "- Các tổ chức thành viên của MTTQ xã;\n- Ban Công tác Mặt trận các thôn, buôn, bon, tổ dân phố;\n"
                "- Lưu: VT."
            ),
        ),
    ],
)
def test_it_goes_to_whom_the_guidance_has_it_go(year: Project, commune: str, date: str, recipients: str) -> None:
    assert f"Nơi nhận:\n{recipients}\n" in texts(write(year, commune=commune, date=date))


def test_a_commune_without_registrations_gets_a_short_report_without_empty_parts(year: Project) -> None:
    # Before all years that anything is known of, a year is taken for mistyped.
    year.write_story("cu", year=2018)
    paragraphs, tables = documents.read_letter(write(year, commune="Đắk D’rông", year="2019"))
    text = "\n".join(paragraphs)
    assert (
        "\nII. KẾT QUẢ\nTính đến ngày 3/11/2020, năm 2019 không có sổ đăng ký.\n"
        "Chưa đăng tin, bài nào về điển hình năm 2019 của xã Đắk D’rông.\nIII. ĐÁNH GIÁ CHUNG\n"
    ) in text
    assert not tables
    assert "PHỤ LỤC" not in text


def test_a_year_in_which_the_register_says_nothing_of_a_commune(year: Project) -> None:
    year.write("content/dang-ky/2020.csv", "\n".join(line for line in REGISTER.splitlines() if "D’rông" not in line))
    year.write_story("ong")
    text = texts(write(year, commune="Đắk D’rông"))
    assert "Tính đến ngày 3/11/2020, năm 2020 không có đăng ký nào của xã Đắk D’rông.\n" in text


def test_later_acts_of_a_registration_are_left_out(year: Project) -> None:
    year.write("content/dang-ky/2020.csv", REGISTER.replace("3,2 km kênh", ""))
    second = {"Đăng ký": "DK-2020-002", "Lĩnh vực": "Văn hóa", "Loại": "Mô hình"}
    year.write_story("kenh", front=with_results("3,2 km | kênh") | {"Đăng ký": "DK-2020-001", "Ngày": "5/3/2020"})
    year.write_story("kenh-muon", front=with_results("9 km | đường") | {"Ngày": "5/3/2021"} | second)
    _, tables = documents.read_letter(write(year))
    rows = {row[1]: row[-1] for row in tables["Danh sách nội dung, mô hình đã đăng ký"]}
    assert (rows["Kênh về thôn 3"], rows["Hũ gạo"]) == ("3,2 km kênh", "")
    _, tables = documents.read_letter(write(year, date="31/12/2021"))
    assert {row[-1] for row in tables["Danh sách nội dung, mô hình đã đăng ký"]} >= {"9 km đường"}


def test_it_goes_to_the_places_that_its_office_has(year: Project) -> None:
    path = "content/danh-muc/co-quan.yaml"
    flat = (year.path / path).read_text(encoding="utf-8")
    year.write(path, f"{flat}cấp: huyện\nloại địa bàn: [xã, thị trấn, thôn, bon]\n")
    assert "- Ủy ban MTTQ Việt Nam các xã, thị trấn;\n" in texts(write(year))
