"""A register that is a workbook, written into: all that is not meant keeps its very bytes."""

from __future__ import annotations

import re
import zipfile
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
import xlsxwriter
from openpyxl import load_workbook

from plugins.content.registers.columns import act_columns, register_columns
from plugins.content.registers.sheets.tables import CellTable
from plugins.content.vocabulary.vocabulary import Vocabulary
from plugins.registers.collecting.edits import Edits, edit_sheet
from plugins.registers.grid import find_grid
from plugins.sources.problem import Invalid
from tests.loading import load
from tests.registers.conftest import ROW, XLSX, saved
from tests.registers.sending import run, table

if TYPE_CHECKING:
    from tests.conftest import Project

pytestmark = pytest.mark.slow

HEADS = [*ROW, "Riêng"]
ACT_HEADS = [key.name for key in act_columns()]


@pytest.fixture
def kept(project: Project) -> Project:
    project.write("pelicanconf.py", 'PLUGINS = ["plugins.exemplars", "plugins.registers"]\n')
    project.write(XLSX, register())
    return project


def register(*, below: str = "", formula: str = "", merged: str = "") -> bytes:
    """Return a register as an office keeps it: a title, a table with days and colours, acts, a chart, a comment."""
    out = BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet, happened, own = (book.add_worksheet(name) for name in ("Sổ 2020", "Việc đã qua", "Biểu đồ"))
        day = book.add_format({"num_format": "d/m/yyyy", "bg_color": "#FFEECC"})
        sheet.write(0, 0, "Sổ đăng ký 2020")
        for number, code in enumerate(("DK-2020-201", "DK-2020-202"), 2):
            cells: dict[str, Any] = {**ROW, "Mã": code, "Ngày đăng ký": date(2020, 4, 5)}
            for column, name in enumerate(HEADS[:-1]):
                sheet.write(number, column, cells[name], day if name == "Ngày đăng ký" else None)
            sheet.write_formula(number, len(ROW), f"=ROW()-{number}", None, 1)
        if formula:
            sheet.write_formula(formula, '="đang thực hiện"', None, "đang thực hiện")
        if merged:
            for column, name in enumerate(HEADS):
                sheet.write(1, column, name)
            sheet.merge_range(merged, "Ban Công tác Mặt trận thôn 3")
        if below:
            sheet.write(below, "Người lập biểu")
        if not merged:  # no table has both
            sheet.add_table(1, 0, 3, len(ROW), {"columns": [{"header": name} for name in HEADS]})
        sheet.write_comment("B3", "hỏi lại")
        for column, name in enumerate(ACT_HEADS):
            happened.write(0, column, name)
        happened.write_row(1, 0, ["DK-2020-201", "bình xét"])
        happened.write_datetime(1, 2, date(2020, 6, 1), day)
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "='Sổ 2020'!$O$3:$O$4"})
        own.insert_chart("A1", chart)
    return out.getvalue()


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_rows_and_cells_are_written_and_every_other_part_is_left(
    kept: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (kept.path / XLSX).read_bytes()
    changed = {"Mã": "DK-2020-201", "Kết quả": "4 km; “=SUM(1)”"}
    new = {"Mã": "DK-2020-203", "Tên mô hình": "  Đường & hoa <mới>", "Ngày đăng ký": "6/5/2020"}
    kept.write("x/so.csv", table(changed, {"Mã": "DK-2020-202"}, new))
    kept.write("x/viec.csv", "Mã;Việc;Ngày;Văn bản\nDK-2020-201;bình xét;1/6/2020;BB 1\nDK-2020-203;dừng;1/7/2020;\n")
    code, said = run(kept, capsys, "x", write=True)
    assert code == 0, said
    after = (kept.path / XLSX).read_bytes()
    was, now = parts(before), parts(after)
    assert {name for name in was if was[name] != now[name]} == {
        "xl/worksheets/sheet1.xml",
        "xl/worksheets/sheet2.xml",
        "xl/tables/table1.xml",
    }
    assert b'ref="A2:N5"' in now["xl/tables/table1.xml"]
    book = load_workbook(BytesIO(after))
    sheet = book["Sổ 2020"]
    assert [cell.value for cell in sheet[5]][:2] == ["DK-2020-203", "Đường & hoa <mới>"]
    day = sheet.cell(5, HEADS.index("Ngày đăng ký") + 1)
    assert (day.value.date(), day.number_format, day.fill.fgColor.rgb) == (date(2020, 5, 6), "d/m/yyyy", "FFFFEECC")
    assert sheet.cell(3, HEADS.index("Kết quả") + 1).value == "4 km; “=SUM(1)”"
    assert sheet["B3"].comment.text.endswith("hỏi lại")
    acts = book["Việc đã qua"].iter_rows(min_row=2, values_only=True)
    assert [[row[0], row[1], row[3]] for row in acts] == [
        ["DK-2020-201", "bình xét", "BB 1"],
        ["DK-2020-203", "dừng", None],
    ]
    (earlier,) = (kept.path / ".history/dang-ky/2020.xlsx").iterdir()
    assert earlier.read_bytes() == before
    content = load(kept.path)
    assert [one for one in content.errors if "dang-ky" in one.path] == []
    assert list(content.registrations()) == ["DK-2020-201", "DK-2020-202", "DK-2020-203"]
    assert run(kept, capsys, "x", write=True)[0] == 0
    assert (kept.path / XLSX).read_bytes() == after


@pytest.mark.parametrize(("says", "serial"), [("0", 43969), ("false", 43969), ("1", 42507), ("true", 42507)])
def test_a_day_is_a_true_date_among_true_dates_however_the_workbook_counts(
    kept: Project, capsys: pytest.CaptureFixture[str], says: str, serial: int
) -> None:
    counted = parts(register())
    book, sheet = "xl/workbook.xml", "xl/worksheets/sheet1.xml"
    counted[book] = re.sub(rb"<workbookPr ", b'<workbookPr date1904="%s" ' % says.encode(), counted[book])
    # In the last row somebody has typed it as text.
    counted[sheet] = re.sub(
        rb'<c r="J4"( s="\d+")?><v>\d+</v></c>',
        b'<c r="J4" t="inlineStr"><is><t>5/4/2020</t></is></c>',
        counted[sheet],
    )
    if serial == 42507:
        counted[sheet] = counted[sheet].replace(b"<v>43926</v>", b"<v>42464</v>")
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, data in counted.items():
            package.writestr(name, data)
    kept.write(XLSX, out.getvalue())
    new = {"Mã": "DK-2020-203", "Tên mô hình": "Đường hoa", "Ngày đăng ký": "18/5/2020"}
    kept.write("x/so.csv", table({"Mã": "DK-2020-201"}, {"Mã": "DK-2020-202"}, new))
    code, said = run(kept, capsys, "x", write=True)
    assert code == 0, said
    assert re.search(rb'<c r="J5"[^>]*><v>%d</v>' % serial, parts((kept.path / XLSX).read_bytes())[sheet])
    registered = load(kept.path).registrations()
    assert {one.registered_on for one in registered.values()} == {date(2020, 4, 5), date(2020, 5, 18)}


@pytest.mark.parametrize(
    ("how", "sentence"),
    [
        ({"below": "B5"}, "Dưới bảng của sổ, dòng 5 đã có chữ"),
        ({"formula": "K3"}, "Ô K3 của sổ là công thức"),
        ({"merged": "D3:D4"}, "Ô D3 của sổ nằm trong ô gộp"),
    ],
)
def test_an_edit_that_would_damage_the_workbook_is_refused(
    kept: Project, capsys: pytest.CaptureFixture[str], how: dict[str, str], sentence: str
) -> None:
    kept.write(XLSX, register(**how))
    before = (kept.path / XLSX).read_bytes()
    changed = {"Mã": "DK-2020-201", "Trạng thái": "hoàn thành", "Đơn vị": "Chi hội"}
    kept.write("x/so.csv", table(changed, {"Mã": "DK-2020-202"}, {"Mã": "DK-2020-203", "Tên mô hình": "Mới"}))
    code, said = run(kept, capsys, "x", write=True)
    assert code == 1
    assert f"Chưa gộp được: {XLSX}: {sentence}" in said
    assert (kept.path / XLSX).read_bytes() == before


@pytest.mark.parametrize("is_known", [True, False])
def test_a_package_that_calls_its_parts_otherwise(
    kept: Project, capsys: pytest.CaptureFixture[str], is_known: bool
) -> None:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, data in parts(register()).items():
            renamed = name.replace("workbook.xml", "book.xml")
            package.writestr(renamed, data.replace(b"/workbook.xml", b"/book.xml"))
    kept.write(XLSX, out.getvalue())
    kept.write("x/so.csv", table({"Mã": "DK-2020-201", "Kết quả": "5 km"}, {"Mã": "DK-2020-202"}))
    if not is_known:
        changed = parts((kept.path / XLSX).read_bytes())
        assert edited_without(changed, "_rels/.rels").startswith("Tệp Excel này được dựng theo cách")
        return
    assert run(kept, capsys, "x", write=True)[0] == 0
    assert load(kept.path).registrations()["DK-2020-201"].result == "5 km"


def edited_without(package: dict[str, bytes], name: str) -> str:
    """Return the message on a package that lacks a part."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for part, data in package.items():
            if part != name:
                made.writestr(part, data)
    grid = find_grid(CellTable([list(ROW), ["DK-2020-201"]], name="Sổ 2020"), register_columns(Vocabulary()))
    with pytest.raises(Invalid) as told:
        edit_sheet(out.getvalue(), grid, Edits({1: {"result": "1"}}))
    return told.value.message


@pytest.mark.parametrize("calculation", [b'<calcPr calcId="191029"/>', b""])
def test_excel_is_asked_to_calculate_sums_of_edited_cells_again(
    kept: Project, capsys: pytest.CaptureFixture[str], calculation: bytes
) -> None:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, data in parts(register()).items():
            package.writestr(name, re.sub(rb"<calcPr[^>]*/>", calculation, data))
    kept.write(XLSX, out.getvalue())
    kept.write("x/so.csv", table({"Mã": "DK-2020-201", "Kết quả": "5 km"}, {"Mã": "DK-2020-202"}))
    assert run(kept, capsys, "x", write=True)[0] == 0
    after = (kept.path / XLSX).read_bytes()
    assert re.search(
        rb"</sheets>(?:<definedNames>.*</definedNames>)?<calcPr[^>]*fullCalcOnLoad=.1.", parts(after)["xl/workbook.xml"]
    )
    assert load_workbook(BytesIO(after)).calculation.fullCalcOnLoad
    assert load(kept.path).registrations()["DK-2020-201"].result == "5 km"


def test_a_summary_with_a_few_of_the_headings_is_no_second_register(
    kept: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    book = load_workbook(BytesIO(register()))
    book.create_sheet("Tổng hợp").append(["Xã", "Lĩnh vực", "Trạng thái", "Số lượng"])
    kept.write(XLSX, saved(book))
    kept.write("x/so.csv", table({"Mã": "DK-2020-201", "Kết quả": "5 km"}, {"Mã": "DK-2020-202"}))
    code, said = run(kept, capsys, "x", write=True)
    assert (code, "không ghi được cho đúng" in said) == (0, False)
    assert load(kept.path).registrations()["DK-2020-201"].result == "5 km"


def test_a_register_in_excel_without_acts_gets_a_file_beside_it(
    kept: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    book = load_workbook(BytesIO(register()))
    del book["Việc đã qua"]
    out = BytesIO()
    book.save(out)
    kept.write(XLSX, out.getvalue())
    kept.write("x/viec.csv", "Mã;Việc;Ngày\nDK-2020-201;bình xét;1/6/2020\n")
    assert run(kept, capsys, "x", write=True)[0] == 0
    assert "DK-2020-201;bình xét;1/6/2020" in (kept.path / "content/dang-ky/2020-viec.csv").read_text("utf-8-sig")
