"""A workbook for each commune: its codes, its name, and that ranges handed out never change."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from plugins.content.vocabulary.files import load_vocabulary
from plugins.registers.ranges import FOLDER, Stamp, plan_ranges, read_range_stamp
from plugins.registers.template import write_template
from plugins.sources import folders
from tests.conftest import Project
from tests.registers.conftest import ROW, as_csv, rows
from tests.registers.test_template import chosen, guide

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl import Workbook

pytestmark = pytest.mark.slow


def make(project: Project, year: int = 2020) -> Path:
    assert write_template(project.path, str(year)) == 0
    return project.path / FOLDER / str(year)


def book(project: Project, name: str, year: int = 2020) -> Workbook:
    file = project.path / FOLDER / str(year) / f"so-dang-ky-{year}-{name}.xlsx"
    return load_workbook(BytesIO(file.read_bytes()))


def codes(opened: Workbook) -> list[str]:
    return [str(row[0]) for row in opened["Sổ đăng ký"].iter_rows(min_row=2, values_only=True) if row[0]]


@pytest.fixture
def given(given_out: Path) -> Project:
    """A project in which the workbooks of 2020 have been made; it stays as it is."""
    return Project(given_out.parent)


def test_each_commune_of_the_year_and_the_office_has_its_own(given: Project) -> None:
    folder = given.path / FOLDER / "2020"
    names = [file.name for file in sorted(folder.iterdir())]
    assert names == [
        "so-dang-ky-2020-co-quan.xlsx",
        "so-dang-ky-2020-thi-tran-ea-tling.xlsx",
        "so-dang-ky-2020-xa-dak-drong.xlsx",
        "so-dang-ky-2020-xa-nam-dong.xlsx",
    ]
    found = [codes(book(given, name)) for name in ("co-quan", "thi-tran-ea-tling", "xa-nam-dong", "xa-dak-drong")]
    assert [one[0] for one in found] == ["DK-2020-001", "DK-2020-101", "DK-2020-201", "DK-2020-301"]
    together = [code for one in found for code in one]
    assert len(together) == len(set(together)) == 4 * 99


def test_the_commune_is_filled_in_and_the_only_choice(given: Project) -> None:
    opened = book(given, "xa-dak-drong")
    sheet = opened["Sổ đăng ký"]
    assert chosen(opened, sheet)["Xã"] == ["Đắk D’rông"]
    assert {row[4] for row in sheet.iter_rows(min_row=2, values_only=True)} == {"Đắk D’rông"}
    assert chosen(book(given, "co-quan"), book(given, "co-quan")["Sổ đăng ký"])["Xã"] == ["cơ quan"]


def test_the_guide_names_whose_it_is_and_no_code_of_another(given: Project) -> None:
    lines = guide(book(given, "xa-dak-drong"))
    assert any(line.startswith("Tệp này của xã Đắk D’rông:") for line in lines)
    assert any("DK-2020-301 … DK-2020-399" in line for line in lines)
    cells = [str(cell) for row in book(given, "xa-dak-drong")["Hướng dẫn"].iter_rows(values_only=True) for cell in row]
    assert "DK-2020-301" in cells
    assert not any("DK-2020-012" in cell or "content/" in cell or "dang-ky/" in cell for cell in cells)


def test_two_communes_of_one_name_in_the_year_of_a_merger(project: Project) -> None:
    folder = make(project, 2025)
    assert {"so-dang-ky-2025-xa-nam-dong-cu.xlsx", "so-dang-ky-2025-xa-nam-dong-moi.xlsx"} <= {
        file.name for file in folder.iterdir()
    }


def test_used_codes_are_not_given_out_and_registrations_are_filled_in(project: Project) -> None:
    changes = [
        {"Mã": "DK-2020-201", "Ngày đăng ký": "5/4/2020"},
        {"Mã": "DK-2020-305"},
        {"Mã": "DK-2020-302", "Mẫu": "có"},
    ]
    project.write("content/dang-ky/2020.csv", as_csv(rows(*changes, headings=(*ROW, "Mẫu"))))
    make(project)
    own = book(project, "xa-nam-dong")
    first = [cell.value for cell in own["Sổ đăng ký"][2]]
    assert first[:2] == ["DK-2020-201", "Kênh về thôn 3"]
    assert first[9].strftime("%d/%m/%Y") == "05/04/2020"
    assert codes(own)[:3] == ["DK-2020-201", "DK-2020-305", "DK-2020-202"]
    # One of another commune, and a sample.
    assert not {"DK-2020-302", "DK-2020-305"} & set(codes(book(project, "xa-dak-drong")))


def test_the_same_facts_give_the_same_bytes_and_nothing_is_written_over(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = make(project)
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    sent = folder / "so-dang-ky-2020-xa-nam-dong.xlsx"
    (folder / "so-dang-ky-2020-xa-dak-drong.xlsx").unlink()
    sent.write_bytes(b"filled in")
    capsys.readouterr()
    make(project)
    out = capsys.readouterr().out
    assert sent.read_bytes() == b"filled in"
    after = {file.name: file.read_bytes() for file in folder.iterdir()} | {sent.name: before[sent.name]}
    assert after == before
    assert "Đã có 3 tệp, giữ nguyên:" in out
    assert "xã Đắk D’rông, mã DK-2020-301 … DK-2020-399" in out


def test_a_commune_that_is_put_in_later_changes_no_codes_given_out(project: Project, given_out: Path) -> None:
    stamps = [stamp for file in sorted((given_out / "2020").iterdir()) if (stamp := read_range_stamp(file))]
    assert Stamp(2020, "nam-dong", 201) in stamps
    file = project.path / "content/danh-muc/xa.yaml"
    new = "- mã: ea-po\n  loại: xã\n  tên: Ea Pô\n  mã số: '24646'\n  thuộc: huyện Cư Jút, tỉnh Đắk Nông\n"
    file.write_text(new + file.read_text(encoding="utf-8"), encoding="utf-8")
    vocabulary = load_vocabulary(project.path)[0]
    assert {name: one.first for name, one in plan_ranges(vocabulary, 2020, stamps).items()} == {
        "co-quan": 1,
        "ea-po": 401,
        "ea-tling": 101,
        "nam-dong": 201,
        "dak-drong": 301,
    }


def test_a_register_that_cannot_be_read_keeps_codes_from_being_given_out(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    project.write("content/dang-ky/2020.xlsx", b"PK broken")
    assert write_template(project.path, "2020") == 1
    assert "chưa đọc được sổ để tránh trùng mã" in capsys.readouterr().err
    assert not (project.path / FOLDER).exists()


def test_registers_that_cannot_be_listed_keep_codes_from_being_given_out(
    project: Project, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(folder: object) -> None:
        if str(folder).endswith("dang-ky"):
            raise PermissionError(13, "Permission denied", str(folder))
        return scan(folder)

    scan = folders._scan
    monkeypatch.setattr(folders, "_scan", refuse)
    assert write_template(project.path, "2020") == 1
    assert "content/dang-ky:1: " in capsys.readouterr().err
    assert not (project.path / FOLDER).exists()
