"""The templates as Excel opens them, and filled in as a commune or the office does."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook
from openpyxl.utils import column_index_from_string

from plugins.content.registers.act import LEVELS, ActKind
from plugins.content.registers.paper import PaperKind
from plugins.content.registers.registration import State
from plugins.content.registers.schedule import load_schedules
from plugins.content.vocabulary.files import load_vocabulary
from plugins.registers.template import ROWS, render_papers, render_template, write_template
from tests.loading import load
from tests.registers.conftest import ROW, SCHEDULE, XLSX, saved
from tests.zipped_elsewhere import other_machine

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from tests.conftest import Project

pytestmark = pytest.mark.slow

ACT = {
    "Mã": "DK-2020-001",
    "Việc": "bình xét",
    "Ngày": date(2020, 10, 7),
    "Văn bản": "Biên bản họp",
    "Hình thức": "",
    "Cấp": "",
    "Số phiếu": "45/48",
    "Nơi niêm yết": "nhà văn hóa",
    "Niêm yết đến": date(2020, 10, 14),
    "Nơi làm theo": "",
    "Ghi chú": "",
}
PAPER = {
    "Xã": "Nam Dong",
    "Văn bản": "báo cáo",
    "Số, ký hiệu": "12/2020",
    "Ngày nhận": date(2020, 11, 6),
    "Ghi chú": "x",
}


def opened(project: Project, year: int, *, papers: bool = False) -> Workbook:
    vocabulary = load_vocabulary(project.path)[0]
    schedule = load_schedules(project.path, vocabulary)[0].get(year)
    made = render_papers(vocabulary, year) if papers else render_template(vocabulary, year, schedule)
    return load_workbook(BytesIO(made))


def headings(sheet: Worksheet) -> list[str]:
    return [str(cell.value) for cell in sheet[1]]


def rules_of(sheet: Worksheet) -> dict[str, tuple[str, str]]:
    """Return the rules of a sheet by the heading of their column: two formulas each."""
    names = headings(sheet)
    rules = sheet.data_validations.dataValidation
    assert all(str(rule.sqref).endswith(str(sheet.max_row)) for rule in rules)
    return {
        names[column_index_from_string(str(rule.sqref)[0]) - 1]: (rule.formula1, rule.formula2 or "") for rule in rules
    }


def chosen(book: Workbook, sheet: Worksheet) -> dict[str, list[str]]:
    """Return the choices of each column of a sheet that has a list."""
    found = {}
    for heading, (formula, _) in rules_of(sheet).items():
        name, _, cells = formula.partition("!")
        if name == "'Danh mục'":
            found[heading] = [cell.value for (cell,) in book["Danh mục"][cells.replace("$", "")]]
    return found


def guide(book: Workbook) -> list[str]:
    return [str(row[0]) for row in book["Hướng dẫn"].iter_rows(values_only=True) if row[0]]


def fill(sheet: Worksheet, values: dict[str, object]) -> None:
    assert headings(sheet) == list(values)
    for column, value in enumerate(values.values(), 1):
        sheet.cell(2, column, value or None)


def test_the_register_and_its_lists_to_choose_from(project: Project) -> None:
    book = opened(project, 2020)
    assert book.sheetnames == ["Sổ đăng ký", "Việc đã qua", "Hướng dẫn", "Danh mục"]
    sheet = book["Sổ đăng ký"]
    assert headings(sheet) == list(ROW)
    assert all(sheet.column_dimensions[cell.column_letter].width > 10 for cell in sheet[1])
    assert sheet.freeze_panes == "C2"
    assert sheet.max_row == ROWS + 1
    assert chosen(book, sheet) == {
        "Loại": ["Tập thể", "Cá nhân", "Mô hình"],
        "Xã": ["Đắk D’rông", "Ea T’ling", "Nam Dong", "cơ quan"],
        "Lĩnh vực": ["Kinh tế", "Văn hóa – xã hội"],
        "Phong trào": ["Hàng Việt Nam", "An ninh Tổ quốc"],
        # States of work, without acts.
        "Trạng thái": ["đăng ký", "đang thực hiện", "hoàn thành", "dừng"],
    }
    assert rules_of(sheet)["Ngày đăng ký"] == ("DATE(2019,1,1)", "DATE(2020,12,31)")


def test_the_sheet_of_acts_has_lists_of_its_own(project: Project) -> None:
    book = opened(project, 2020)
    sheet = book["Việc đã qua"]
    assert headings(sheet) == list(ACT)
    assert chosen(book, sheet) == {"Việc": [kind.label for kind in ActKind], "Cấp": list(LEVELS)}
    assert rules_of(sheet)["Ngày"] == rules_of(sheet)["Niêm yết đến"] == ("DATE(2019,1,1)", "DATE(2025,12,31)")
    # Else Excel makes a date of 10/12 votes.
    assert sheet["G2"].number_format == "@"


def test_the_guide_is_written_to_the_commune(project: Project) -> None:
    project.write(SCHEDULE, "- năm: 2020\n  hạn đăng ký: trước 1/5/2020\n  hạn báo cáo: trước 10/11/2020\n")
    lines = guide(opened(project, 2020))
    us = "Ban Thường trực Ủy ban MTTQ Việt Nam huyện Cư Jút"
    assert f"Điền xong, gửi về {us} trước ngày 1/5/2020." in lines
    assert f"Cột Trạng thái chỉ ghi: {', '.join(state.label for state in State)}; bỏ trống là đăng ký." in lines
    assert any("thôn, buôn, bon, tổ dân phố" in line for line in lines)
    # Where things are kept on the office's machine is nothing to a commune.
    assert not any("content/" in line or "huyện liên hệ" in line for line in lines)
    assert lines[-len(ACT) :] == list(ACT)


def test_without_a_day_to_register_by_the_guide_has_that_of_the_report_or_none(project: Project) -> None:
    us = "Điền xong, gửi về Ban Thường trực Ủy ban MTTQ Việt Nam huyện Cư Jút"
    assert f"{us}." in guide(opened(project, 2020))
    project.write(SCHEDULE, "- năm: 2020\n  hạn báo cáo: 10/11/2020\n")
    assert f"{us} chậm nhất ngày 10/11/2020." in guide(opened(project, 2020))


def test_the_guide_names_the_office_of_the_day_by_which_it_is_sent(project: Project) -> None:
    file = project.path / "content/danh-muc/co-quan.yaml"
    file.write_text(file.read_text(encoding="utf-8") + "đến ngày: 30/6/2025\n", encoding="utf-8")
    project.write(SCHEDULE, "- năm: 2025\n  hạn báo cáo: 30/6/2025\n- năm: 2026\n  hạn báo cáo: 10/11/2026\n")
    assert any("gửi về Ban Thường trực Ủy ban MTTQ Việt Nam huyện" in line for line in guide(opened(project, 2025)))
    assert "Điền xong, gửi về cơ quan gửi mẫu này chậm nhất ngày 10/11/2026." in guide(opened(project, 2026))


@pytest.mark.parametrize(
    ("year", "communes"),
    [
        (2024, ["Đắk D’rông", "Ea T’ling", "Nam Dong"]),
        (2025, ["Cư Jút", "Đắk D’rông", "Ea T’ling", "Nam Dong"]),
        (2026, ["Cư Jút", "Nam Dong"]),
    ],
)
@pytest.mark.parametrize("papers", [False, True])
def test_only_the_communes_of_the_year_may_be_chosen(
    project: Project, year: int, communes: list[str], papers: bool
) -> None:
    book = opened(project, year, papers=papers)
    # The office registers too, and sends itself no papers.
    assert chosen(book, book.worksheets[0])["Xã"] == [*communes, *([] if papers else ["cơ quan"])]


def test_a_filled_in_template_is_read_without_problems(project: Project) -> None:
    book = opened(project, 2020)
    fill(book["Sổ đăng ký"], ROW)
    fill(book["Việc đã qua"], ACT)
    project.write(XLSX, saved(book))
    papers = opened(project, 2020, papers=True)
    fill(papers["Sổ theo dõi"], PAPER)
    project.write("content/theo-doi/2020.xlsx", saved(papers))
    district = load(project.path)
    assert district.problems == ()
    (registration,) = district.registrations().values()
    assert registration.where == (XLSX, 2)
    (act,) = registration.acts
    assert (act.kind, act.day, act.details) == (
        ActKind.REVIEW,
        date(2020, 10, 7),
        "45/48 phiếu đồng ý, Biên bản họp, niêm yết tại nhà văn hóa, đến 14/10/2020",
    )
    (paper,) = district.papers[2020]
    assert (paper.kind, paper.number, paper.received_on) == (PaperKind.REPORT, "12/2020", date(2020, 11, 6))


@pytest.mark.parametrize("papers", [False, True])
def test_an_empty_template_is_read_without_problems(project: Project, papers: bool) -> None:
    folder = "theo-doi" if papers else "dang-ky"
    project.write(f"content/{folder}/2020.xlsx", saved(opened(project, 2020, papers=papers)))
    district = load(project.path)
    assert district.problems == ()
    assert (district.papers if papers else district.registers).keys() == {2020}


def test_the_register_of_papers_is_the_offices_own(project: Project) -> None:
    book = opened(project, 2026, papers=True)
    assert book.sheetnames == ["Sổ theo dõi", "Hướng dẫn", "Danh mục"]
    assert chosen(book, book["Sổ theo dõi"])["Văn bản"] == [kind.label for kind in PaperKind]
    assert rules_of(book["Sổ theo dõi"])["Ngày nhận"] == ("DATE(2025,1,1)", "DATE(2027,12,31)")
    assert "Sổ của cơ quan, không lên trang. Lưu thành content/theo-doi/2026.xlsx." in guide(book)


def test_the_same_vocabulary_gives_the_same_bytes_on_any_machine(project: Project) -> None:
    vocabulary = load_vocabulary(project.path)[0]
    here = render_template(vocabulary, 2026), render_papers(vocabulary, 2026)
    with other_machine():
        assert (render_template(vocabulary, 2026), render_papers(vocabulary, 2026)) == here


@pytest.mark.parametrize(
    ("papers", "file", "name", "folder"),
    [(False, "chung.xlsx", "chung.xlsx", "dang-ky"), (True, "", "mau-theo-doi-2026.xlsx", "theo-doi")],
)
def test_next_steps_are_printed_and_no_file_is_overwritten(
    project: Project, capsys: pytest.CaptureFixture[str], papers: bool, file: str, name: str, folder: str
) -> None:
    assert write_template(project.path, "2026", file, papers=papers) == 0
    out = capsys.readouterr().out
    assert out.startswith(f"Đã tạo {name}\nViệc tiếp theo:\n")
    assert f"content/{folder}/2026.xlsx" in out
    before = (project.path / name).read_bytes()
    assert write_template(project.path, "2026", file, papers=papers) == 1
    assert capsys.readouterr().err.startswith(f"Chưa tạo được mẫu: Đã có tệp {name}, không ghi đè;")
    assert (project.path / name).read_bytes() == before


@pytest.mark.parametrize(
    ("year", "file", "sentence"),
    [
        ("26", "", 'Chưa tạo được mẫu: Năm "26" không đúng; viết bốn chữ số, ví dụ 2020'),
        ("2026", "so.csv", "Chưa tạo được mẫu: “so.csv” không phải tên tệp Excel; đặt tên có đuôi .xlsx"),
        ("2026", "không có/so.xlsx", "Chưa tạo được mẫu: Không ghi được không có/so.xlsx"),
    ],
)
def test_a_template_that_cannot_be_written_is_explained(
    project: Project, capsys: pytest.CaptureFixture[str], year: str, file: str, sentence: str
) -> None:
    assert write_template(project.path, year, file) == 1
    assert capsys.readouterr().err.startswith(sentence)
