"""The papers of a review: candidates, text, and no person's name."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from docx import Document
from openpyxl import load_workbook

from plugins.recognition.command import COMMENDATIONS, REVIEWS, write_review
from plugins.site.build import clean_project
from tests.recognition.conftest import files, texts_of
from tests.registers.conftest import CSV, ROW, as_csv, rows

if TYPE_CHECKING:
    from tests.conftest import Project

pytestmark = pytest.mark.slow

DAY = {"date": "3/11/2020"}


def make(project: Project, **given: str) -> dict[str, bytes]:
    assert write_review(project.path, "2020", DAY | {k.replace("_", "-"): v for k, v in given.items()}) == 0
    return files(project, f"{REVIEWS}/2020")


def test_the_office_reviews_all_but_reviewed_recognised_and_stopped_registrations(year: Project) -> None:
    made = make(year)
    assert sorted(made) == [
        "bien-ban-binh-xet-2020.docx",
        "danh-sach-niem-yet-2020.docx",
        "ket-qua-binh-xet-2020.xlsx",
        "phieu-binh-xet-2020.docx",
    ]
    sheet = load_workbook(BytesIO(made["ket-qua-binh-xet-2020.xlsx"])).worksheets[0]
    names = [row[1] for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert names == ["Nghe dân", "Lớp học đêm", "Bến nước", "Đường hoa thôn 8"]
    for name, data in made.items():
        if name.endswith(".docx"):
            said = " ".join(texts_of(data))
            assert all(one in said for one in names)
            assert "Chờ bài" not in said
            assert "Bỏ dở" not in said
            assert "Trần Thị Phụ Trách" not in said


def test_a_slip_has_two_boxes_a_candidate_and_several_slips_share_a_sheet(year: Project) -> None:
    document = Document(BytesIO(make(year, commune="Nam Dong")["phieu-binh-xet-2020-nam-dong.docx"]))
    assert len(document.tables) > 1
    for table in document.tables:
        assert [[cell.text for cell in row.cells] for row in table.rows] == [
            ["TT", "Điển hình", "Đơn vị, nơi thực hiện", "Đồng ý", "Không đồng ý"],
            ["1", "Đường hoa thôn 8", "Chi hội Phụ nữ thôn 8, xã Nam Dong", "☐", "☐"],
        ]
    assert len([p for p in document.paragraphs if p.text == "PHIẾU BÌNH XÉT"]) == len(document.tables)


def test_many_candidates_take_a_sheet_each_slip(year: Project) -> None:
    year.write(CSV, as_csv(rows(*[{"Tên mô hình": f"Việc {number} của bà con"} for number in range(1, 21)])))
    assert len(Document(BytesIO(make(year)["phieu-binh-xet-2020.docx"])).tables) == 1


def test_the_minutes_have_dots_for_facts_of_the_meeting(year: Project) -> None:
    said = list(texts_of(make(year)["bien-ban-binh-xet-2020.docx"]))
    assert "BIÊN BẢN" in said
    assert "Thời gian bắt đầu: …… giờ …… phút, ngày 3/11/2020." in said
    assert "1. Số người được triệu tập: ……; có mặt: ……; vắng mặt: ……." in said
    assert any(text.startswith("THƯ KÝ") for text in said)
    at = said.index("DK-2020-006")
    assert said[at + 1 : at + 5] == ["Nghe dân (Cơ quan Ủy ban MTTQ huyện)", "", "", ""]


def test_the_posted_list_has_each_criterion_beside_each_name_that_it_binds(year: Project) -> None:
    posted = {"posted_at": "nhà văn hóa thôn 8", "posted_until": "10/11/2020"}
    data = make(year, **posted)["danh-sach-niem-yet-2020.docx"]
    said = list(texts_of(data))
    assert "Nơi niêm yết: nhà văn hóa thôn 8." in said
    assert any("đến hết ngày 10/11/2020" in text for text in said)
    assert len([text for text in said if "(III.1)" in text]) == 6
    document = Document(BytesIO(data))
    (table,) = [one for one in document.tables if one.rows[0].cells[0].text == "TT"]
    marks = {row.cells[1].text.partition(" (")[0]: [cell.text for cell in row.cells[3:]] for row in table.rows}
    assert marks["Điển hình"] == ["1", "2", "3", "4", "5", "6", "7", "8", "Số phiếu"]
    assert marks["Nghe dân"] == [*"☐☐☐☐☐☐", "☐", "–", "…/…"]
    assert marks["Lớp học đêm"] == [*"☐☐☐☐☐☐", "–", "☐", "…/…"]
    assert marks["Bến nước"] == [*"☐☐☐☐☐☐", "–", "–", "…/…"]
    assert "Ô đánh dấu × là tiêu chí đã đạt; dấu – là tiêu chí không áp dụng." in said
    # Of models alone nothing is struck out.
    said = list(texts_of(make(year, codes="DK-2020-005")["danh-sach-niem-yet-2020-lan-2.docx"]))
    assert "Ô đánh dấu × là tiêu chí đã đạt." in said


def test_a_sheet_that_staff_have_begun_to_fill_in_gets_no_other_beside_it(
    year: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    make(year)
    file = year.path / REVIEWS / "2020/ket-qua-binh-xet-2020.xlsx"
    book = load_workbook(file)
    book.worksheets[0]["E2"].value = "40/45"
    book.save(file)
    filled = file.read_bytes()
    assert write_review(year.path, "2020", {"date": "4/11/2020"}) == 0
    assert "Giữ nguyên binh-xet/2020/ket-qua-binh-xet-2020.xlsx" in capsys.readouterr().out
    assert {name: data for name, data in files(year, f"{REVIEWS}/2020").items() if name.startswith("ket")} == {
        file.name: filled
    }
    assert write_review(year.path, "2020", {"date": "4/11/2020", "codes": "DK-2020-002"}) == 0
    assert (file.parent / "ket-qua-binh-xet-2020-lan-2.xlsx").exists()


def test_a_second_run_writes_nothing_new_and_another_day_beside_it(year: Project) -> None:
    first = make(year)
    assert make(year) == first
    assert write_review(year.path, "2020", {"date": "4/11/2020"}) == 0
    assert "phieu-binh-xet-2020-lan-2.docx" not in files(year, f"{REVIEWS}/2020")
    assert "bien-ban-binh-xet-2020-lan-2.docx" in files(year, f"{REVIEWS}/2020")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (
            {"codes": "DK-2020-001, dk 2020/4, DK-2020-099"},
            "DK-2020-001 đã được bình xét ngày 7/10/2020; DK-2020-004 đã dừng; DK-2020-099 không có",
        ),
        ({"codes": "DK-2020-005", "commune": "Nam Dong"}, "DK-2020-005 là của thị trấn Ea T’ling"),
        ({"codes": "mười hai, DK-2020-005"}, "Không phải mã đăng ký: mười hai"),
        ({"commune": "Đồng Xa"}, "Đồng Xa"),
        ({"posted-until": "31/2/2020"}, "31/2/2020"),
        ({"posted-until": "2/11/2020"}, "Niêm yết đến 2/11/2020, trước ngày họp"),
    ],
)
def test_codes_that_cannot_be_reviewed_are_named_and_nothing_is_written(
    year: Project, capsys: pytest.CaptureFixture[str], given: dict[str, str], said: str
) -> None:
    assert write_review(year.path, "2020", DAY | given) == 1
    assert said in capsys.readouterr().err
    assert not (year.path / REVIEWS).exists()


def test_a_year_without_a_register_is_refused(year: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert write_review(year.path, "2019", {}) == 1
    assert "Chưa có sổ đăng ký năm 2019; sửa năm (đã có: 2020)" in capsys.readouterr().err


def test_samples_are_announced_on_every_paper_and_left_out_on_demand(
    year: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    year.write(CSV, as_csv(rows({"Mẫu": "có"}, {"Tên mô hình": "Thật"}, headings=(*ROW, "Mẫu"))))
    year.write("content/dang-ky/2020-viec.csv", "Mã;Việc;Ngày\r\n")
    for name, data in make(year).items():
        if name.endswith(".docx"):
            assert any("1 trong 2 đăng ký là số liệu mẫu" in text for text in texts_of(data))
    assert write_review(year.path, "2020", DAY | {"commune": "Nam Dong"}, samples=False) == 0
    said = " ".join(texts_of(files(year, f"{REVIEWS}/2020")["bien-ban-binh-xet-2020-nam-dong.docx"]))
    assert "Thật" in said
    assert "mẫu" not in said.replace("mô hình", "")


def test_papers_stay_out_of_git(year: Project) -> None:
    ignored = (Path(__file__).parents[2] / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert {f"/{REVIEWS}/", f"/{COMMENDATIONS}/"} <= set(ignored)
    make(year)
    assert clean_project(year.path) == 0
    assert files(year, f"{REVIEWS}/2020")
