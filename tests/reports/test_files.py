"""The files of `report` as an office gets them: set as letters are, the same bytes each time, nothing overwritten."""

from __future__ import annotations

import hashlib
import re
import shutil
from io import BytesIO
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from docx import Document
from docx.oxml.ns import qn

from plugins.reports.command import write_report
from tests.held import UNREAD, holding
from tests.reports import documents
from tests.reports.conftest import PROSE, REGISTER
from tests.zipped_elsewhere import other_machine

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Project

pytestmark = pytest.mark.slow

NAMES = ("bao-cao-2020.docx", "bao-cao-2020.xlsx", "bao-cao-2020.csv")


def written(project: Project, **how: str) -> dict[str, bytes]:
    """Write a report of 3/11/2020; return the files of its folder by name."""
    assert write_report(project.path, "2020", **({"date": "3/11/2020"} | how)) == 0
    return {file.name: file.read_bytes() for file in sorted((project.path / "bao-cao").iterdir())}


@pytest.fixture
def full(year: Project) -> Project:
    year.write("content/dang-ky/2020.csv", REGISTER)
    year.write("content/bao-cao/2020.md", PROSE)
    year.write_story("kenh", front={"Đăng ký": "DK-2020-001", "Kết quả": "3,2 km | kênh"})
    return year


def test_a_letter_has_the_parts_of_an_official_one_in_their_order(full: Project) -> None:
    paragraphs, tables = documents.read_letter(written(full)["bao-cao-2020.docx"])
    text = "\n".join(paragraphs)
    expected = (
        "ỦY BAN MTTQ VIỆT NAM\nTỈNH ĐẮK NÔNG\nỦY BAN MTTQ VIỆT NAM\nHUYỆN CƯ JÚT\nBAN THƯỜNG TRỰC\n",
        "Số: 45/BC-MTTQ-BTT",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc",
        "Cư Jút, ngày 03 tháng 11 năm 2020",
        "BÁO CÁO\nKết quả thực hiện phong trào thi đua “Dân vận khéo” năm 2020",
        "Ban Thường trực Ủy ban MTTQ Việt Nam huyện Cư Jút báo cáo kết quả thực hiện",
        "I. CÔNG TÁC LÃNH ĐẠO, CHỈ ĐẠO, TỔ CHỨC THỰC HIỆN\nChúng tôi đi từng thôn và hỏi.\n– nghe trước;\n– nói sau.",
        "II. KẾT QUẢ\n1. Kết quả chung\n",
        "2. Danh sách điển hình đã được đăng tin, bài\na) Kinh tế: 2 điển hình\n",
        "– Kênh về thôn 3 (xã Nam Dong, tập thể): 3,2 km kênh.",
        "b) Văn hóa – xã hội: 1 điển hình\n",
        "3. Tổng hợp kết quả theo nội dung và đơn vị tính\n",
        "Cộng được: kênh 4 km.\n",
        "III. ĐÁNH GIÁ CHUNG\n[Phần này chưa viết. Viết vào content/bao-cao/2020.md, dưới đề mục “## Đánh giá chung”",
        "IV. PHƯƠNG HƯỚNG, NHIỆM VỤ\n1. Làm tiếp.\n2. Làm kỹ hơn.",
        (
            "Trên đây là báo cáo kết quả thực hiện phong trào thi đua “Dân vận khéo” năm 2020 của Ban Thường trực "
            "Ủy ban MTTQ Việt Nam huyện Cư Jút./.\n"
        ),
        "Nơi nhận:\n- Thường trực Huyện ủy;\n- Lưu: VT.",
        "TM. BAN THƯỜNG TRỰC\nPHÓ CHỦ TỊCH",
        "Y Thử Niê",
        (
            "PHỤ LỤC\nSố liệu kết quả thực hiện phong trào thi đua “Dân vận khéo” năm 2020\n"
            "(Kèm theo Báo cáo số 45/BC-MTTQ-BTT ngày 03 tháng 11 năm 2020 của Ban Thường trực Ủy ban MTTQ Việt Nam "
            "huyện Cư Jút)"
        ),
        "Biểu 1. Đăng ký theo tiến độ thực hiện\nĐơn vị tính: đăng ký trong sổ",
    )
    places = [text.find(part) for part in expected]
    assert -1 not in places, expected[places.index(-1)]
    assert places == sorted(places)
    assert tables["Danh sách nội dung, mô hình đã đăng ký"] == [
        ["TT", "Nội dung, mô hình", "Xã, thị trấn", "Tiến độ", "Kết quả"],
        ["1", "Kênh về thôn 3", "Nam Dong", "đang thực hiện", "3,2 km kênh"],
        ["2", "Hũ gạo", "Nam Dong", "đang thực hiện", ""],
        ["3", "Tổ hòa giải", "Thị trấn Ea T’ling", "dừng", ""],
        ["4", "Chợ sạch", "Đắk D’rông", "đang thực hiện", ""],
    ]
    assert tables["Tổng hợp kết quả theo nội dung và đơn vị tính"] == [
        ["TT", "Nội dung", "Số lượng", "Đơn vị tính", "Điển hình thực hiện"],
        ["1", "Kênh", "4", "km", "Kênh về thôn 3 (Đắk D’rông); Kênh về thôn 3 (Nam Dong)"],
    ]


def test_a_letter_is_set_as_offices_set_theirs(full: Project) -> None:
    letter = Document(BytesIO(written(full)["bao-cao-2020.docx"]))
    section = letter.sections[0]
    size = (section.page_width.cm, section.page_height.cm)
    margins = (section.top_margin.cm, section.bottom_margin.cm, section.left_margin.cm, section.right_margin.cm)
    assert [round(width, 1) for width in (*size, *margins)] == [21, 29.7, 2, 2, 3, 2]
    font = letter.styles["Normal"].font
    assert (font.name, font.size.pt) == ("Times New Roman", 14)
    ruled = [table for table in letter.tables if table.style.name == "Table Grid"]
    assert len(ruled) > 4
    for table in ruled:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    highlighted = [run.text for p in letter.paragraphs for run in p.runs if run.font.highlight_color]
    assert len(highlighted) == 1


def test_a_communes_letter_is_its_own(full: Project) -> None:
    files = written(full, commune="Nam Dong")
    paragraphs, tables = documents.read_letter(files["bao-cao-2020-nam-dong.docx"])
    assert "ỦY BAN MTTQ VIỆT NAM\nHUYỆN CƯ JÚT\nỦY BAN MTTQ VIỆT NAM\nXÃ NAM DONG\nBAN THƯỜNG TRỰC" in paragraphs[0]
    assert "Nam Dong, ngày 03 tháng 11 năm 2020" in paragraphs[1]
    assert "Điển hình theo xã, thị trấn" not in tables
    # One row would only repeat the sentence.
    assert "Điển hình theo lĩnh vực" not in tables
    assert "Đã đăng tin, bài về 1 điển hình năm 2020, là tập thể." in paragraphs


@pytest.mark.parametrize(
    ("commune", "number", "date", "said"),
    [
        ("Nam Đông", "2020", "", 'Xã "Nam Đông" không có trong danh mục; ý bạn là "Nam Dong"?'),
        ("Nam Dong", "2020", "", "Xã Nam Dong cũ chỉ có đến 30/6/2025, không ký văn bản ngày "),
        ("Đắk D’rông", "2025", "1/7/2025", "muộn nhất 30/6/2025; hoặc lập của xã Nam Dong hiện nay: --commune xa-nam"),
        ("", "2021", "31/12/2020", "Ngày 31/12/2020 năm 2021 chưa bắt đầu"),
        ("", "20", "", 'Năm "20" không đúng; viết bốn chữ số, ví dụ 2020'),
        ("", "2020", "31/2/2020", 'Ngày "31/2/2020" không có thật'),
    ],
)
def test_bad_input_is_explained(
    year: Project, capsys: pytest.CaptureFixture[str], commune: str, number: str, date: str, said: str
) -> None:
    assert write_report(year.path, number, commune, date) == 1
    assert said in capsys.readouterr().err
    assert not (year.path / "bao-cao").exists()


@pytest.mark.parametrize(
    ("number", "date", "parent"), [("", "30/6/2025", "HUYỆN CƯ JÚT"), ("2025", "1/7/2025", "TỈNH LÂM ĐỒNG")]
)
def test_of_communes_of_one_name_the_one_of_the_day_signs(full: Project, number: str, date: str, parent: str) -> None:
    assert write_report(full.path, number, "Nam Dong", date) == 0
    (file,) = (full.path / "bao-cao").glob("*.docx")
    assert file.name.startswith("bao-cao-2025-")
    assert parent in documents.read_letter(file.read_bytes())[0][0]


def test_the_same_content_gives_the_same_bytes_on_any_machine(full: Project) -> None:
    first = written(full)
    for file in (full.path / "bao-cao").iterdir():
        file.unlink()
    with other_machine():
        again = written(full)
    assert tuple(sorted(first)) == tuple(sorted(NAMES))
    assert {name: hashlib.sha256(data).hexdigest() for name, data in first.items()} == {
        name: hashlib.sha256(data).hexdigest() for name, data in again.items()
    }


def test_an_edited_file_is_never_overwritten(full: Project) -> None:
    assert tuple(sorted(written(full))) == tuple(sorted(NAMES))
    assert tuple(sorted(written(full))) == tuple(sorted(NAMES)), "the same report is not written twice"
    (full.path / "bao-cao/bao-cao-2020.docx").write_bytes(b"sua tay")
    files = written(full)
    assert files["bao-cao-2020.docx"] == b"sua tay"
    assert {name for name in files if "lan-2" in name} == {name.replace("2020.", "2020-lan-2.") for name in NAMES}


def test_persons_in_charge_are_in_no_file(full: Project) -> None:
    for name, data in written(full).items():
        if name.endswith(".docx"):
            paragraphs, tables = documents.read_letter(data)
            text = f"{paragraphs} {tables}"
        else:
            text = str(documents.read_workbook(data)) if name.endswith(".xlsx") else data.decode()
        assert "Kín" not in text
        assert "Chợ sạch" in text or not name.endswith(".docx")


def test_totals_of_the_workbook_are_formulas_that_carry_their_value(full: Project) -> None:
    data = written(full)["bao-cao-2020.xlsx"]
    found = documents.formulas(data)
    assert len(found) > 20
    assert all(re.fullmatch(r"=SUM\([A-Z]+\d+(:[A-Z]+\d+)?\)", text) for _, _, text in found)
    rows = documents.read_workbook(data)
    assert rows["Điển hình theo lĩnh vực"] == [
        ["Lĩnh vực", "Tập thể", "Mô hình", "Tổng"],
        ["Kinh tế", 1, 1, 2],
        ["Văn hóa – xã hội", 1, 0, 1],
        ["Tổng", 2, 1, 3],
    ]
    assert ["Cộng: kênh", 4, "km", None, None, None] in rows["Kết quả"]
    assert [row[1] for row in rows["Kết quả"] if row[0] == "kênh"] == [0.8, 3.2]


def test_libreoffice_opens_both_and_calculates_the_same(
    full: Project, convert: Callable[[bytes, str, str], bytes]
) -> None:
    files = written(full)
    data = files["bao-cao-2020.xlsx"]
    stripped = documents.without_values(data)
    assert documents.read_workbook(stripped)["Điển hình theo lĩnh vực"][-1] == ["Tổng", None, None, None]
    calculated = convert(stripped, ".xlsx", "xlsx")
    assert documents.read_workbook(calculated) == documents.read_workbook(data)
    pdf = pypdfium2.PdfDocument(convert(files["bao-cao-2020.docx"], ".docx", "pdf"))
    pages = [pdf[number].get_textpage().get_text_range() for number in range(len(pdf))]
    assert 2 <= len(pages) <= 8
    # PDFium reads accented letters of this font out of order: only words without any are compared.
    assert "ngày 03 tháng 11 năm 2020" in pages[0]
    signed = next(page for page in pages if "TM. BAN TH" in page)
    assert len(signed[: signed.index("TM. BAN TH")].split()) > 20, "a signature stands under some text"
    # The first page has no number; the others begin with theirs.
    assert [page.split()[0] for page in pages[1:]] == [str(number) for number in range(2, len(pages) + 1)]


def test_uncounted_results_and_missing_sections_are_reported(year: Project, capsys: pytest.CaptureFixture[str]) -> None:
    written(year)
    said = capsys.readouterr().out
    assert "Năm 2020 không có sổ đăng ký; số liệu đếm các điển hình đã đăng tin, bài" in said
    missing = "Công tác lãnh đạo, chỉ đạo, tổ chức thực hiện; Đánh giá chung; Phương hướng, nhiệm vụ"
    assert f"Còn phải viết trong content/bao-cao/2020.md: {missing}." in said
    assert "Không cộng vì không phải một số chính xác: “gần 40 hộ | góp gạo”" in said


def test_errors_are_reported_and_the_rest_is_counted(year: Project, capsys: pytest.CaptureFixture[str]) -> None:
    path = year.write_story("hong", front={"Xã": "Không Có"})
    assert write_report(year.path, "2020", date="3/11/2020") == 1
    said = capsys.readouterr()
    assert f"{path}:5: Xã " in said.err
    assert "Bài, lời viết, dòng đăng ký có lỗi không được dùng" in said.err
    assert "Đã đăng tin, bài về 3 điển hình năm 2020" in said.out


def test_the_office_of_its_day_reports_and_without_one_nothing_is_written(
    year: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    path = "content/danh-muc/co-quan.yaml"
    flat = (year.path / path).read_text(encoding="utf-8")
    year.write(path, f"{flat}đến ngày: 30/6/2025\n")
    district = "Ủy ban MTTQ Việt Nam huyện Cư Jút"
    assert district in str(documents.read_letter(written(year)["bao-cao-2020.docx"]))
    shutil.rmtree(year.path / "bao-cao")
    capsys.readouterr()
    assert write_report(year.path, "2020", date="1/8/2025") == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err == (
        f"Chưa lập được báo cáo: Ngày 1/8/2025 không có cơ quan nào phụ trách trang ({district} hoạt động đến hết "
        "30/6/2025); thêm cơ quan phụ trách ngày ấy vào content/danh-muc/co-quan.yaml; ngày ghi nhầm thì sửa\n"
    )
    assert not (year.path / "bao-cao").exists()
    # A commune's own committee reports for itself.
    assert write_report(year.path, "2020", "xa-nam-dong-2025", date="1/8/2025") == 0
    shutil.rmtree(year.path / "bao-cao")
    listed = flat.replace("\n", "\n  ").rstrip()
    gaps = "".join(f'  {key}: "[điền]"\n' for key in ("tên gọn", "địa bàn", "cơ quan chủ quản", "chịu trách nhiệm"))
    year.write(path, f'- {listed}\n  đến ngày: 30/6/2025\n- tên: "[điền tên]"\n{gaps}  từ ngày: 1/7/2025\n')
    letter = str(documents.read_letter(written(year, date="1/8/2025")["bao-cao-2020.docx"]))
    assert "Ban Thường trực Ủy ban MTTQ Việt Nam …… báo cáo kết quả" in letter
    assert "[điền" not in letter
    assert district not in letter


@pytest.mark.parametrize(
    "body", ["chuông &#7; reo", "<table><caption>Bảng</caption></table>", "<!-- ghi riêng -->\n\nhết"]
)
def test_any_text_of_a_section_makes_a_document(year: Project, body: str) -> None:
    year.write("content/bao-cao/2020.md", f"---\nSố: 1\n---\n## Công tác chỉ đạo\n\n{body}\n")
    assert documents.read_letter(written(year)["bao-cao-2020.docx"])


def test_nothing_is_reported_while_a_vocabulary_is_broken(year: Project, capsys: pytest.CaptureFixture[str]) -> None:
    year.write("content/danh-muc/xa.yaml", "- mã: [")
    assert write_report(year.path, "2020") == 1
    assert "Chưa lập được báo cáo: hãy sửa các lỗi trên rồi chạy lại." in capsys.readouterr().err
    assert not (year.path / "bao-cao").exists()


@pytest.mark.parametrize("path", ["bai-viet/2020/gao/bai.md", "bai-viet"])
def test_nothing_is_reported_while_a_file_that_counts_is_held(
    year: Project, path: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with holding(year.path / "content" / path):
        assert write_report(year.path, "2020") == 1
    said = capsys.readouterr().err
    assert UNREAD in said
    assert "Chưa lập được báo cáo: " in said
    assert not (year.path / "bao-cao").exists()


def test_an_invalid_year_is_reported_before_anything_is_read(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    project.write_story(front={"Xã": "Không có"})
    assert write_report(project.path, "hai nghìn") == 1
    said = capsys.readouterr().err
    assert said == 'Chưa lập được báo cáo: Năm "hai nghìn" không đúng; viết bốn chữ số, ví dụ 2020\n'
