"""The register of papers as an office keeps it, and the messages on impossible rows."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import TYPE_CHECKING

import pytest

from plugins.content.content import as_of_its_day
from plugins.content.registers.paper import PaperKind
from tests.loading import load
from tests.registers.conftest import PAPERS, as_workbook, papers, saved

if TYPE_CHECKING:
    from plugins.content.content import Content
    from tests.conftest import Project

XLSX = "content/theo-doi/2020.xlsx"
HEADS = ["Xã", "Văn bản", "Số, ký hiệu", "Ngày nhận", "Ghi chú"]
LATER = date(2021, 2, 1)


def read(project: Project, text: str | bytes, path: str = PAPERS) -> Content:
    project.write(path, text)
    return load(project.path, LATER)


def rows_of(content: Content, year: int = 2020) -> list[tuple[str, str, str, str]]:
    return [(one.commune.id, one.kind.label, one.number, one.received_on.isoformat()) for one in content.papers[year]]


def told(content: Content) -> list[str]:
    return [str(problem) for problem in content.problems]


def test_a_paper_is_read_with_its_number_and_day(project: Project) -> None:
    content = read(
        project,
        "Sổ theo dõi: số liệu minh họa;;;;\n"
        + papers(
            "Nam Dong;kế hoạch;05/KH-MTTQ-BTT;30/3/2020;bản giấy",
            "TT Ea T'ling;Báo cáo;;6/11/2020;",
            "xã Đăk D'rông;giám sát;03/BB-MTTQ;22/9/2020;",
        ),
    )
    assert told(content) == []
    assert rows_of(content) == [
        ("nam-dong", "kế hoạch", "05/KH-MTTQ-BTT", "2020-03-30"),
        ("ea-tling", "báo cáo", "", "2020-11-06"),
        ("dak-drong", "biên bản giám sát", "03/BB-MTTQ", "2020-09-22"),
    ]
    first = content.papers[2020][0]
    assert (first.note, first.where, first.sample) == ("bản giấy", (PAPERS, 3), False)
    # It counts among the files that were read.
    assert content.files == len(list((project.path / "content/danh-muc").iterdir())) + 1


def test_decomposed_letters_and_short_headings_are_read(project: Project) -> None:
    text = papers("Ea T’ling;báo cáo;12/BC;6/11/2020;có", heads="Xã;Loại văn bản;Số;Ngày;Mẫu")
    content = read(project, unicodedata.normalize("NFD", text))
    assert told(content) == []
    assert rows_of(content) == [("ea-tling", "báo cáo", "12/BC", "2020-11-06")]
    assert content.papers[2020][0].sample


def test_a_workbook_with_a_commune_merged_over_its_papers(project: Project) -> None:
    book, sheet = as_workbook(
        [
            HEADS,
            ["Nam Dong", "kế hoạch", "5/KH", date(2020, 3, 30), ""],
            ["", "báo cáo", "6/BC", "6/11/2020", ""],
        ]
    )
    sheet.merge_cells("A2:A3")
    content = read(project, saved(book), XLSX)
    assert told(content) == []
    assert rows_of(content) == [
        ("nam-dong", "kế hoạch", "5/KH", "2020-03-30"),
        ("nam-dong", "báo cáo", "6/BC", "2020-11-06"),
    ]


def test_cells_merged_over_columns_are_reported(project: Project) -> None:
    book, sheet = as_workbook([HEADS, ["Nam Dong", "kế hoạch", "5/KH", "30/3/2020", ""]])
    sheet.merge_cells("B2:C2")
    said = 'Ô gộp ở cột "Văn bản", "Số, ký hiệu" không rõ thuộc dòng nào, cột nào; bỏ gộp ô'
    assert any(one.startswith(f"{XLSX}:2: {said}") for one in told(read(project, saved(book), XLSX)))


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("Nam Đông;báo cáo;;6/11/2020;", 'Xã "Nam Đông" không có trong danh mục; ý bạn là "Nam Dong"?'),
        ("Nam Dong;báo các;;6/11/2020;", 'Văn bản "báo các" không có trong danh mục; ý bạn là "báo cáo"?'),
        (
            "Nam Dong;biên bản kiểm ta;;6/11/2020;",
            'Văn bản "biên bản kiểm ta" không có trong danh mục; ý bạn là "biên bản kiểm tra"?',
        ),
        ("Nam Dong;thư mời;;6/11/2020;", 'Văn bản "thư mời" không có trong danh mục; chọn một trong: kế hoạch, '),
        (";báo cáo;;6/11/2020;", 'Thiếu "Xã"; điền vào ô ấy, ví dụ Đắk D’rông'),
        ("Nam Dong;;1/BC;6/11/2020;", 'Thiếu "Văn bản"; điền vào ô ấy, ví dụ báo cáo'),
        ("Nam Dong;báo cáo;1/BC;;", 'Thiếu "Ngày nhận"; điền vào ô ấy, ví dụ 6/11/2020'),
        ("Nam Dong;báo cáo;1/BC;31/11/2020;", 'Ngày "31/11/2020" không có thật: tháng 11 năm 2020 chỉ có 30 ngày;'),
        ("Cư Jút;báo cáo;;6/11/2020;", "Xã Cư Jút chỉ có từ 1/7/2025, sau ngày 6/11/2020 của văn bản; ghi địa"),
    ],
)
def test_an_impossible_row_is_reported_and_left_out(project: Project, row: str, sentence: str) -> None:
    content = read(project, papers("Nam Dong;kế hoạch;;30/3/2020;", row))
    assert [one[: len(f"{PAPERS}:3: {sentence}")] for one in told(content)] == [f"{PAPERS}:3: {sentence}"]
    assert rows_of(content) == [("nam-dong", "kế hoạch", "", "2020-03-30")]


def test_a_duplicate_paper_is_reported_with_both_lines_unlike_two_of_a_kind(project: Project) -> None:
    content = read(
        project,
        papers(
            "Nam Dong;báo cáo;12/BC-MTTQ;6/11/2020;",
            "xã Nam Dong;báo cáo;12/bc-mttq;7/11/2020;",
            "Nam Dong;báo cáo;15/BC-MTTQ;9/11/2020;bổ sung",
            "Ea T’ling;báo cáo;12/BC-MTTQ;6/11/2020;",
            "Ea T’ling;biên bản kiểm tra;;6/11/2020;",
            "Ea T’ling;kiểm tra;;6/11/2020;",
            "Ea T’ling;kiểm tra;;7/11/2020;",
        ),
    )
    fix = "xóa một trong hai dòng; nếu là hai văn bản thì ghi đúng số, ký hiệu"
    assert told(content) == [
        f"{PAPERS}:3: Báo cáo của xã Nam Dong đã ghi ở dòng 2; {fix}",
        f"{PAPERS}:7: Biên bản kiểm tra của thị trấn Ea T’ling đã ghi ở dòng 6; {fix}",
    ]
    assert [one.where[1] for one in content.papers[2020]] == [2, 4, 5, 6, 8]


def test_a_day_still_to_come_or_of_another_year_is_advice(project: Project) -> None:
    content = read(project, papers("Nam Dong;báo cáo;;6/11/2022;", "Nam Dong;kế hoạch;;20/12/2019;"))
    assert told(content) == [
        f"{PAPERS}:2: {sentence}"
        for sentence in (
            "Ngày nhận 6/11/2022 cách xa năm 2020 của sổ; kiểm tra lại ngày, hoặc chuyển dòng sang sổ năm khác",
            "Ngày nhận 6/11/2022 còn ở phía trước (hôm nay là 1/2/2021); chưa tới ngày ấy thì chưa tính",
        )
    ]
    assert content.errors == []
    assert [one.kind for one in content.papers[2020]] == [PaperKind.PLAN]


def test_later_papers_are_unknown_on_a_day(project: Project) -> None:
    project.write(PAPERS, papers("Nam Dong;báo cáo;;6/11/2020;", "Ea T’ling;báo cáo;;7/11/2020;"))
    content = as_of_its_day(load(project.path, date(2020, 11, 6)))
    assert [one.commune.id for one in content.papers[2020]] == ["nam-dong"]
    # A commune as it was known on that day.
    assert content.papers[2020][0].commune.until is None
    assert content.papers[2020][0].commune in content.vocabulary.communes


def test_files_that_are_no_register_of_a_year_are_reported(project: Project) -> None:
    not_read = "Tệp này không phải sổ theo dõi của một năm nên không được đọc"
    project.write("content/theo-doi/ghi chep.docx", b"x")
    project.write(XLSX, b"x")
    content = read(project, papers("Nam Dong;báo cáo;;6/11/2020;"))
    assert told(content) == [
        f"{XLSX}:1: Năm 2020 đã có sổ {PAPERS}; gộp vào một tệp, xóa tệp kia",
        f"content/theo-doi/ghi chep.docx:1: {not_read}; đặt tên bằng năm, ví dụ 2020.csv hoặc 2020.xlsx",
    ]


@pytest.mark.parametrize(
    ("path", "content", "sentence"),
    [
        (XLSX, b"x", "Không mở được tệp Excel này (hỏng, hoặc gửi chưa trọn); mở bằng Excel rồi lưu lại"),
        (PAPERS, "Xã".encode("utf-16"), "Không thấy dòng tên cột (Xã, Văn bản, Số, ký hiệu…); làm lại từ mẫu:"),
        (PAPERS, b"X\xe3", "Tệp không ở mã UTF-8 (có thể là Windows-1258 hoặc một bảng mã cũ); "),
        (PAPERS, "Nam Dong;báo cáo\n".encode(), "Không thấy dòng tên cột (Xã, Văn bản, Số, ký hiệu…); làm lại từ mẫu:"),
        (PAPERS, b"", "Tệp trống; "),
        (PAPERS, "Xã;Văn bản;Số, ký hiệu\n".encode(), 'Thiếu cột "Ngày nhận"; thêm cột ấy, hoặc làm lại từ mẫu: '),
    ],
)
def test_a_file_that_cannot_be_read_is_one_problem(project: Project, path: str, content: bytes, sentence: str) -> None:
    found = read(project, content, path)
    assert [one[: len(f"{path}:1: {sentence}")] for one in told(found)] == [f"{path}:1: {sentence}"]
    assert found.papers == {}


def test_an_empty_workbook_is_reported(project: Project) -> None:
    found = read(project, saved(as_workbook([])[0]), XLSX)
    assert [one.partition(";")[0] for one in told(found)] == [
        f"{XLSX}:1: Không thấy dòng tên cột (Xã, Văn bản, Số, ký hiệu…)"
    ]


def test_the_communes_of_a_broken_vocabulary_are_not_missed(project: Project) -> None:
    project.write("content/danh-muc/xa.yaml", "- mã: x\n  tên: [\n")
    found = read(project, papers("Nam Dong;báo cáo;;6/11/2020;"))
    assert {problem.path for problem in found.problems} == {"content/danh-muc/xa.yaml"}


@pytest.mark.parametrize(
    "below",
    [
        [";;;Cư Jút, ngày 6/11/2020;", ";NGƯỜI GHI SỔ;;LÃNH ĐẠO CƠ QUAN;", ";Nguyễn Thị Mẫu;;Lò Văn Mẫu;"],
        ["Tổng cộng: 1;;;;", ";Thủ quỹ / Treasurer;;Pô Khua;", ";H’Mẫu Niê;;;"],
        [";;0;;", ";;0;;", ";;0;;"],
    ],
)
def test_sums_signatures_and_cells_drawn_down_are_no_papers(project: Project, below: list[str]) -> None:
    content = read(project, papers("Nam Dong;kế hoạch;;30/3/2020;", *below))
    assert rows_of(content) == [("nam-dong", "kế hoạch", "", "2020-03-30")]
    (advice,) = told(content)
    assert advice.startswith(f"{PAPERS}:3: 3 dòng được hiểu là không phải dòng của sổ: ")
