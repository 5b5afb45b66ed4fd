"""Workbooks part by part: displayed values are read or reported; no library's English reaches staff."""

from __future__ import annotations

import re
import zipfile
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING

import pytest

from plugins.content.registers.columns import register_columns
from plugins.content.registers.register_files import load_registers
from plugins.content.registers.sheets.tables import CellTable
from plugins.content.registers.table_reader import TableReader
from plugins.content.vocabulary.files import load_vocabulary
from plugins.content.vocabulary.vocabulary import Vocabulary
from tests.content.registers.raw import Xml, formula, number, register, workbook
from tests.content.registers.reading import AS_TEXT, PASTE_VALUES, read, told
from tests.registers.conftest import CSV, as_csv, rows

if TYPE_CHECKING:
    from tests.conftest import Project

SAVE_AS = "mở bằng Excel, chọn Lưu thành… (Save As), kiểu Excel Workbook (.xlsx)"
SAVE_ODS = "mở bằng Excel hay LibreOffice, chọn Lưu thành…, kiểu Excel (.xlsx)"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def test_a_formula_that_gives_nothing_is_an_empty_cell(project: Project) -> None:
    empty = formula("", "str")
    data = workbook([*rows({"Phong trào": empty}, {"Kết quả": formula("4 hộ", "str")}), *[[empty] * 13] * 40])
    found, problems = read(project, data)
    assert problems == []
    assert [one.result for one in found] == ["3,2 km kênh", "4 hộ"]
    assert found[0].movement is None


@pytest.mark.parametrize("value", [None, ""])
def test_uncalculated_formulas_are_reported(project: Project, value: str | None) -> None:
    assert told(project, register({"Kết quả": formula(value)}, {})) == [
        f'2: Ô "Kết quả" có công thức chưa tính ra giá trị; {PASTE_VALUES}'
    ]


def test_uncalculated_zeros_are_reported(project: Project) -> None:
    # So XlsxWriter writes a formula whose value it was not given.
    change = {"Kết quả": formula("0")}
    asked = '<calcPr fullCalcOnLoad="1"/>'
    assert told(project, register(change, properties=asked)) == told(project, register({"Kết quả": formula(None)}))
    assert read(project, register(change))[0][0].result == "0"


def test_rows_of_uncalculated_formulas_are_one_problem(project: Project) -> None:
    data = workbook([*rows({}), *[[formula(None)] * 13] * 5])
    assert told(project, data) == [
        "3: 5 dòng (dòng 3–7) chỉ có công thức chưa tính; mở bằng Excel rồi lưu lại; dòng thừa thì xóa (Delete)"
    ]


@pytest.mark.parametrize(
    "shown", ["#SPILL!", "#CALC!", "#BUSY!", "#FIELD!", "#N/A", "#NAME?", "#DIV/0!", "#GETTING_DATA", "#MỚI!"]
)
def test_error_cells_are_reported(project: Project, shown: str) -> None:
    cell = Xml(f'<c t="e"><v>{shown}</v></c>')
    assert told(project, register({"Ghi chú": cell}, {})) == [
        f'2: Ô "Ghi chú" có công thức hỏng ({shown}); {PASTE_VALUES}'
    ]


def test_full_width_signs_are_read_as_the_usual_ones_and_others_stay(project: Project) -> None:
    change = {"Mã": "ＤＫ－２０２０－００７", "Ngày đăng ký": "５／４／２０２０", "Kết quả": "４６ hộ； 850 m²"}
    (one, other), problems = read(project, register(change, {"Mã": "DK-𝟐𝟎𝟐𝟎-٠٠٨"}))
    assert problems == []
    assert (one.code, one.registered_on, one.result) == ("DK-2020-007", date(2020, 4, 5), "46 hộ; 850 m²")
    assert other.code == "DK-2020-008"


def test_dates_in_text_columns_are_reported_except_where_days_are_plausible(project: Project) -> None:
    formats = ("d/m/yyyy", "d-mmm")
    changed = "Excel đã đổi chữ gõ vào thành ngày"
    assert told(project, register({"Thôn/buôn/bon/tổ dân phố": number(43954, 1)}, {}, formats=formats)) == [
        f'2: Ô "Thôn/buôn/bon/tổ dân phố" là một ngày (3/5/2020): {changed}; {AS_TEXT}'
    ]
    assert told(project, register({"Ghi chú": number(43954, 2)}, {}, formats=formats)) == [
        f'2: Ô "Ghi chú" là một ngày (3/5): {changed}; {AS_TEXT}'
    ]
    (one,), problems = read(project, register({"Ghi chú": number(43954, 1)}, formats=formats))
    assert (one.note, problems) == ("3/5/2020", [])


def test_partly_displayed_days_are_reported(project: Project) -> None:
    assert told(project, register({"Ngày đăng ký": number(43922, 1)}, {}, formats=["mmm-yy"])) == [
        f'2: Ô "Ngày đăng ký" chỉ hiện 4/2020, không đủ ngày, tháng, năm; {AS_TEXT}, ví dụ 19/8/2020'
    ]


def test_text_hidden_by_its_format_is_reported_and_added_words_are_read(project: Project) -> None:
    text = Xml('<c t="inlineStr" s="1"><is><t>46 hộ</t></is></c>')
    hidden = f'2: Ô "Kết quả" có giá trị mà định dạng của ô giấu đi; {AS_TEXT}'
    broken = f'2: Ô "Kết quả" có định dạng số không đọc được; {AS_TEXT}'
    for code, said in ((";;;", hidden), ("[>x]0;@", broken)):
        assert told(project, register({"Kết quả": text}, {}, formats=[code])) == [said]
    (one,), problems = read(project, register({"Kết quả": text}, formats=['0;0;0;"khoảng "@']))
    assert (one.result, problems) == ("khoảng 46 hộ", [])


def test_a_workbook_may_count_from_1904(project: Project) -> None:
    days = ({"Ngày đăng ký": number(42464)}, {"Ngày đăng ký": number(42464, 1)})
    found, problems = read(project, register(*days, formats=["d/m/yyyy"], properties='<workbookPr date1904="1"/>'))
    assert problems == []
    assert [one.registered_on for one in found] == [date(2020, 4, 5)] * 2


def test_serial_days_from_1904_are_converted_once() -> None:
    columns = register_columns(Vocabulary())
    table = CellTable(
        [rows()[0], ["42464" if heading == "Ngày đăng ký" else "" for heading in rows()[0]]], from_1904=True
    )
    for _ in range(2):
        TableReader("", columns, 6, [], again="", missed=()).find_header(table)
        assert [cell for cell in table.rows[1] if cell] == ["43926"]


def test_a_box_that_is_ticked_is_yes_where_yes_may_stand(project: Project) -> None:
    data = workbook(
        [[*rows()[0], "Mẫu"], *([*row, Xml(f'<c t="b"><v>{at}</v></c>')] for at, row in enumerate(rows({}, {})[1:]))]
    )
    found, problems = read(project, data)
    assert ([one.sample for one in found], problems) == ([False, True], [])


def test_texts_of_every_kind_are_read_whole(project: Project) -> None:
    rich = Xml("<c t='inlineStr'><is><r><t>46 </t></r><r><rPr><b/></rPr><t> hộ</t></r><rPh><t>x</t></rPh></is></c>")
    shared = Xml('<c t="s"><v>1</v></c>')
    string = "<si><r><t>5</t></r><r><t> hộ_x000D_\n2 km _x005F_x000D_</t></r><rPh><t>x</t></rPh></si>"
    changes = {"Kết quả": rich}, {"Kết quả": shared}, {"Đơn vị": Xml('<c t="str"><v>Tổ &amp; hội</v></c>')}
    found, problems = read(project, register(*changes, strings=["<si/>", string]))
    assert problems == []
    assert [one.result for one in found[:2]] == ["46 hộ", "5 hộ; 2 km _x000D_"]
    assert found[2].unit == "Tổ & hội"


def test_strict_open_xml_is_read_as_the_usual(project: Project) -> None:
    usual = read(project, register({"Kết quả": number(46, 1)}, formats=['0" hộ"']))
    assert usual[0][0].result == "46 hộ"
    assert read(project, register({"Kết quả": number(46, 1)}, formats=['0" hộ"'], strict=True)) == usual


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_names_may_have_a_prefix_and_parts_any_encoding(project: Project, encoding: str) -> None:
    sound = register({"Kết quả": number(46, 1)}, formats=['0" hộ"'])
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(sound)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            text = source.read(name).decode()
            if "xl/" in name and not name.endswith(".rels"):
                text = re.sub(r"<(/?)(\w)", r"<\1x:\2", text.replace(" xmlns=", " xmlns:x=", 1))
            target.writestr(name, f'<?xml version="1.0" encoding="{encoding}"?>{text}'.encode(encoding))
    assert read(project, out.getvalue()) == read(project, sound)
    assert read(project, sound)[0][0].result == "46 hộ"


def test_no_warning_of_a_library_is_shown(project: Project, capfd: pytest.CaptureFixture[str]) -> None:
    list_elsewhere = (
        '<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}" '
        'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main">'
        '<x14:dataValidations count="0"/></ext></extLst>'
    )
    (one,), problems = read(project, register({}, after=list_elsewhere))
    assert (one.code, problems, capfd.readouterr()) == ("DK-2020-001", [], ("", ""))


def packed(**parts: str) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, text in parts.items():
            package.writestr(name.replace("__", "/").replace("_", "."), text)
    return out.getvalue()


BROKEN = (
    "Không mở được tệp Excel này (hỏng, hoặc gửi chưa trọn); "
    "mở bằng Excel rồi lưu lại; Excel cũng không mở được thì xin gửi lại tệp"
)
CSV_ROWS = as_csv(rows({}))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Tệp Excel này trống; xin gửi lại tệp, hoặc xóa tệp"),
        (b"\0" * 4_000, "Tệp Excel này trống; xin gửi lại tệp, hoặc xóa tệp"),
        (b"PK\x03\x04hong", BROKEN),
        (register({})[:900], BROKEN),
        (OLE, f"Tệp mang tên .xlsx nhưng là sổ Excel kiểu cũ (.xls); {SAVE_AS}"),
        (b"\x09\x08\x10\x00\x00\x06\x05\x00", f"Tệp mang tên .xlsx nhưng là sổ Excel kiểu cũ (.xls); {SAVE_AS}"),
        (
            OLE + "EncryptedPackage".encode("utf-16-le"),
            "Tệp Excel này có mật khẩu; mở bằng Excel, xóa mật khẩu (Tệp, Thông tin, Bảo vệ sổ) rồi lưu lại",
        ),
        (
            OLE + "WordDocument".encode("utf-16-le"),
            "Tệp mang tên .xlsx nhưng là tài liệu Word; chép bảng sang Excel rồi lưu thành .xlsx",
        ),
        (b"\xef\xbb\xbf\n<html><table><tr><td>1", f"Tệp mang tên .xlsx nhưng là trang web; {SAVE_AS}"),
        ("<table border=1>".encode("utf-16"), f"Tệp mang tên .xlsx nhưng là trang web; {SAVE_AS}"),
        (b"MIME-Version: 1.0\n", f"Tệp mang tên .xlsx nhưng là trang web; {SAVE_AS}"),
        (
            b'<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>',
            f"Tệp mang tên .xlsx nhưng là bảng XML; {SAVE_AS}",
        ),
        (b'<?xml version="1.0"?>\n<!DOCTYPE html>', f"Tệp mang tên .xlsx nhưng là trang web; {SAVE_AS}"),
        (
            b'<?xml version="1.0"?>\n<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"',
            f"Tệp mang tên .xlsx nhưng là bảng XML; {SAVE_AS}",
        ),
        (b"ID;PSCALC3\n", f"Tệp mang tên .xlsx nhưng là bảng SYLK (.slk); {SAVE_AS}"),
        (CSV_ROWS.encode(), f"Tệp mang tên .xlsx nhưng là tệp chữ, như CSV; {SAVE_AS}"),
        (CSV_ROWS.encode("utf-16"), f"Tệp mang tên .xlsx nhưng là tệp chữ, như CSV; {SAVE_AS}"),
        (b"%PDF-1.7\n", "Tệp mang tên .xlsx nhưng là tệp PDF; xin tệp Excel gốc của nơi gửi"),
        (
            packed(mimetype="application/vnd.oasis.opendocument.spreadsheet", content_xml="<x/>"),
            f"Tệp mang tên .xlsx nhưng là bảng tính OpenDocument (.ods); {SAVE_ODS}",
        ),
        (packed(xl__workbook_bin="x", a_xml=""), f"Tệp mang tên .xlsx nhưng là sổ Excel nhị phân (.xlsb); {SAVE_AS}"),
        (
            packed(word__document_xml="<x/>"),
            "Tệp mang tên .xlsx nhưng là tài liệu Word; chép bảng sang Excel rồi lưu thành .xlsx",
        ),
        (packed(so_txt="x"), "Tệp mang tên .xlsx nhưng là tệp nén; giải nén, lấy tệp Excel ở trong"),
    ],
)
def test_other_files_named_xlsx_are_recognised(project: Project, content: bytes, sentence: str) -> None:
    assert told(project, content) == [f"1: {sentence}"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (register({}), "sổ Excel (.xlsx), hoặc tệp nén; đổi đuôi tên tệp thành .xlsx"),
        (OLE, f"sổ Excel kiểu cũ (.xls); {SAVE_AS}"),
        (b"<html><table>", f"trang web; {SAVE_AS}"),
        (b"%PDF-1.7", "tệp PDF; xin tệp Excel gốc của nơi gửi"),
    ],
)
def test_other_files_named_csv_are_recognised(project: Project, content: bytes, sentence: str) -> None:
    project.write(CSV, content)
    _, (problem,) = load_registers(project.path / "content/dang-ky", load_vocabulary(project.path)[0], {})
    assert str(problem) == f"{CSV}:1: Tệp mang tên .csv nhưng là {sentence}"


@pytest.mark.parametrize(
    "typed", ["3/5/2020", "03-May", "May-20", "03-Thg5", "3-thg 5-2020", "2020-05-03", "2020-05-03 00:00:00", "43954"]
)
def test_dates_made_by_excel_and_saved_as_text_are_reported(project: Project, typed: str) -> None:
    place = "Thôn/buôn/bon/tổ dân phố"
    (sentence,) = told(project, as_csv(rows({place: typed}, {place: "tổ 3/5"}, {"Ghi chú": "3/5/2020"})))
    assert sentence == f'2: Ô "{place}" là một ngày ({typed}): Excel đã đổi chữ gõ vào thành ngày; {AS_TEXT}'


def test_entities_are_refused_and_never_expanded(project: Project) -> None:
    data = register({})
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            entity = b'<!DOCTYPE x [<!ENTITY a "ha">]>' if name.endswith("so.xml") else b""
            target.writestr(name, entity + source.read(name))
    assert told(project, out.getvalue()) == [f"1: {BROKEN}"]


def test_one_long_text_may_not_stand_in_every_cell(project: Project) -> None:
    string = Xml('<c t="s"><v>0</v></c>')
    data = register(*[{"Kết quả": string, "Ghi chú": string}] * 300, strings=[f"<si><t>{'hộ ' * 10_000}</t></si>"])
    assert len(data) < 100_000
    (sentence,) = told(project, data)
    assert sentence.startswith("1: Tệp Excel phình quá lớn khi mở ra (quá nhiều ô, nhiều chữ, hoặc ô gộp); ")


def test_an_invalid_number_affects_only_its_cell(project: Project) -> None:
    found, problems = read(project, register({"Kết quả": number("nan")}, {"Kết quả": number("1e400")}, {}))
    assert [one.code for one in found] == ["DK-2020-003"]
    assert [problem.message for problem in problems] == ['Ô "Kết quả" có số không đọc được'] * 2


def test_a_merged_cell_makes_no_rows_where_there_are_none(project: Project) -> None:
    (one,), problems = read(project, register({}, after='<mergeCells><mergeCell ref="E2:E9"/></mergeCells>'))
    assert (one.place_name, problems) == ("Nam Dong", [])


def test_the_problems_of_a_register_are_limited(project: Project) -> None:
    problems = told(project, as_csv([rows()[0], *[["x"] * 13] * 3_000]))
    assert 2_000 < len(problems) < 2_020
    assert problems[-1].endswith(
        "Có hơn 2000 lỗi: từ dòng này trở đi chưa được đọc; sửa các lỗi ở trên rồi kiểm tra lại"
    )
