"""The template as Excel opens it, and filled in as a commune does."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook
from openpyxl.utils import column_index_from_string

from plugins.content.registers.registration import Status
from plugins.content.vocabulary_files import load_vocabulary
from plugins.registers.template import ROWS, render_template, write_template
from tests.loading import load
from tests.registers.conftest import ROW, XLSX, saved

if TYPE_CHECKING:
    from tests.conftest import Project


def opened(project: Project, year: int):
    return load_workbook(BytesIO(render_template(load_vocabulary(project.path)[0], year)))


def test_the_sheets_and_the_lists_to_choose_from(project: Project) -> None:
    book = opened(project, 2020)
    assert book.sheetnames == ["Sổ đăng ký", "Hướng dẫn", "Danh mục"]
    sheet = book["Sổ đăng ký"]
    headings = [cell.value for cell in sheet[1]]
    assert headings == list(ROW)
    assert all(sheet.column_dimensions[cell.column_letter].width > 10 for cell in sheet[1])
    assert sheet.freeze_panes == "C2"
    found = sheet.data_validations.dataValidation
    rules = {headings[column_index_from_string(str(rule.sqref)[0]) - 1]: rule for rule in found}
    assert rules.keys() == {"Loại", "Xã", "Lĩnh vực", "Phong trào", "Ngày đăng ký", "Trạng thái"}
    assert all(str(rule.sqref).endswith(str(ROWS + 1)) for rule in rules.values())
    assert (rules["Ngày đăng ký"].formula1, rules["Ngày đăng ký"].formula2) == ("DATE(2019,1,1)", "DATE(2020,12,31)")
    chosen = {}
    for heading, rule in rules.items():
        if rule.type == "list":
            name, _, cells = rule.formula1.partition("!")
            assert name == "'Danh mục'"
            chosen[heading] = [cell.value for (cell,) in book["Danh mục"][cells.replace("$", "")]]
    assert chosen == {
        "Loại": ["Tập thể", "Cá nhân", "Mô hình"],
        "Xã": ["Đắk D’rông", "Ea T’ling", "Nam Dong"],
        "Lĩnh vực": ["Kinh tế", "Văn hóa – xã hội"],
        "Phong trào": ["Hàng Việt Nam", "An ninh Tổ quốc"],
        "Trạng thái": [status.label for status in Status],
    }
    guide = [[cell.value for cell in row] for row in book["Hướng dẫn"]]
    assert [row[0] for row in guide][6:] == headings


@pytest.mark.parametrize(
    ("year", "communes"),
    [
        (2024, ["Đắk D’rông", "Ea T’ling", "Nam Dong"]),
        (2025, ["Cư Jút", "Đắk D’rông", "Ea T’ling", "Nam Dong"]),
        (2026, ["Cư Jút", "Nam Dong"]),
    ],
)
def test_only_the_communes_of_the_year_may_be_chosen(project: Project, year: int, communes: list[str]) -> None:
    column = [row[1] for row in opened(project, year)["Danh mục"].iter_rows(min_row=2, values_only=True)]
    assert [name for name in column if name] == communes


def test_a_template_filled_in_is_a_register_without_a_problem(project: Project) -> None:
    book = opened(project, 2020)
    for column, value in enumerate(ROW.values(), 1):
        book["Sổ đăng ký"].cell(2, column, value)
    project.write(XLSX, saved(book))
    district = load(project.path)
    assert district.problems == ()
    assert [one.where for one in district.registrations().values()] == [(XLSX, 2)]


def test_the_same_vocabulary_gives_the_same_bytes(project: Project) -> None:
    vocabulary = load_vocabulary(project.path)[0]
    assert render_template(vocabulary, 2026) == render_template(vocabulary, 2026)


def test_what_is_said_and_that_nothing_is_written_over(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert write_template(project.path, "2026") == 0
    out = capsys.readouterr().out
    assert out.startswith("Đã tạo mau-dang-ky-2026.xlsx\nViệc tiếp theo:\n")
    assert "content/dang-ky/2026.xlsx" in out
    before = (project.path / "mau-dang-ky-2026.xlsx").read_bytes()
    assert write_template(project.path, "2026") == 1
    assert capsys.readouterr().err.startswith("Đã có tệp mau-dang-ky-2026.xlsx, không ghi đè;")
    assert (project.path / "mau-dang-ky-2026.xlsx").read_bytes() == before


@pytest.mark.parametrize(
    ("year", "file", "sentence"),
    [
        ("26", "", 'Chưa tạo được mẫu. Năm "26" không đúng; viết bốn chữ số, ví dụ 2020'),
        ("2026", "so.csv", "Chưa tạo được mẫu: “so.csv” không phải tên tệp Excel; đặt tên có đuôi .xlsx."),
        ("2026", "không có/so.xlsx", "Chưa tạo được mẫu: không ghi được không có/so.xlsx"),
    ],
)
def test_what_cannot_be_written(
    project: Project, capsys: pytest.CaptureFixture[str], year: str, file: str, sentence: str
) -> None:
    assert write_template(project.path, year, file) == 1
    assert capsys.readouterr().err.startswith(sentence)
