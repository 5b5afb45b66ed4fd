"""Valid and invalid registers as communes send them, with the problem of each row."""

from __future__ import annotations

import re
import time
import unicodedata
import zipfile
from datetime import UTC, date, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest

from plugins.content.registers.register_files import load_registers
from plugins.content.registers.registration import Register, State
from plugins.content.vocabulary.files import load_vocabulary
from plugins.hint import command
from tests.registers.conftest import CSV, ROW, XLSX, as_csv, as_workbook, rows, saved

if TYPE_CHECKING:
    from pathlib import Path

    from plugins.content.registers.registration import Registration
    from tests.conftest import Project

pytestmark = pytest.mark.slow

AS_UTF8 = "trong Excel chọn Lưu thành…, kiểu CSV UTF-8, hoặc lưu thành .xlsx"
TEMPLATE = f"làm lại từ mẫu: {command('register-template --year 2020')}"
SAVE_AGAIN = "mở tệp bằng Excel rồi lưu lại thành CSV UTF-8, hoặc lưu thành .xlsx"
SAVE_AS = "mở bằng Excel, chọn Lưu thành… (Save As), kiểu Excel Workbook (.xlsx)"
SAVE_ODS = "mở bằng Excel hay LibreOffice, chọn Lưu thành…, kiểu Excel (.xlsx)"
PASTE_VALUES = "chép cột ấy rồi dán lại bằng Dán giá trị (Paste Values)"
UNMERGE = "bỏ gộp ô (Unmerge Cells), ghi từng dòng một giá trị"


def load(path: Path) -> tuple[dict[int, Register], list[str]]:
    registers, problems = load_registers(path / "content/dang-ky", load_vocabulary(path)[0], {})
    return registers, [str(problem) for problem in sorted(problems)]


def read(project: Project) -> tuple[tuple[Registration, ...], list[str]]:
    registers, problems = load(project.path)
    return registers[2020].registrations if 2020 in registers else (), problems


def test_a_sound_row_gives_every_fact_but_who_is_in_charge(project: Project) -> None:
    project.write(CSV, as_csv(rows({})))
    (one,), problems = read(project)
    assert problems == []
    assert (one.code, one.name, one.kind.id, one.unit) == (
        "DK-2020-001",
        "Kênh về thôn 3",
        "tap-the",
        "Ban Công tác Mặt trận thôn 3",
    )
    assert (one.commune.id, one.place, one.field.id) == ("nam-dong", "thôn 3", "kinh-te")
    assert one.movement
    assert one.movement.id == "hang-viet"
    assert (one.registered_on, one.state, one.result) == (date(2020, 4, 5), State.UNDER_WAY, "3,2 km kênh")
    assert (one.note, one.year, one.where, one.sample) == ("hỏi lại sau mùa mưa", 2020, (CSV, 2), False)
    assert "Phụ Trách" not in repr(one)


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("line_end", ["\r\n", "\n"], ids=["CRLF", "LF"])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_every_honest_csv_gives_the_same_register(
    project: Project, delimiter: str, line_end: str, form: Any, encoding: str
) -> None:
    cells = rows({}, {"Xã": "Dak D'rong", "Kết quả": "3,2 km; 4 hộ"})
    project.write(CSV, as_csv(cells, ";"))
    expected, _ = read(project)
    text = as_csv([*cells, *[[""] * 13] * 3, [" "] * 20, []], delimiter, line_end)
    project.write(CSV, unicodedata.normalize(form, text).encode(encoding))
    assert read(project) == (expected, [])
    assert [one.commune.id for one in expected] == ["nam-dong", "dak-drong"]


def test_a_row_shifted_by_a_bare_comma_is_reported_and_left_out(project: Project) -> None:
    for moved in ({}, {"Ghi chú": ""}):
        lines = [",".join(row) for row in rows(moved, {"Kết quả": "3 km kênh"})]
        project.write(CSV, "\n".join(lines))
        found, problems = read(project)
        assert [one.code for one in found] == ["DK-2020-002"]
        message = "Dòng có 14 ô, nhiều hơn số cột: có dấu “,” trong một ô"
        fix = "đặt cả ô ấy trong dấu nháy kép, hoặc gõ trong Excel rồi lưu lại"
        assert [str(one) for one in problems] == [f"{CSV}:2: {message}; {fix}"]
    # Every line may end with a comma.
    project.write(CSV, "\n".join([lines[0], *(f"{line}," for line in [lines[2]])]))
    assert read(project)[1] == []


def test_headings_are_matched_by_fold_under_a_title_with_a_number_in_front(project: Project) -> None:
    headings = ["STT", "MA", "Ten_mo hinh", "loại", "don vi", "XÃ", "Thôn, buôn, tổ dân phố", "Linh Vuc"]
    headings += ["phong trao", "Nguoi phu trach", "Ngay dang ky", "trang thai", "KẾT QUẢ", "ghi chu"]
    title = [["SỔ ĐĂNG KÝ NĂM 2020"] + [""] * 13, [""] * 14]
    project.write(CSV, as_csv([*title, headings, ["1", *rows({})[1]]]))
    (one,), problems = read(project)
    assert problems == []
    assert (one.code, one.place, one.note, one.where) == ("DK-2020-001", "thôn 3", "hỏi lại sau mùa mưa", (CSV, 4))


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ({"Mã": "ĐK 2020/7"}, {"code": "DK-2020-007"}),
        ({"Mã": "DK‑2020−7"}, {"code": "DK-2020-007"}),
        ({"Mã": "dk-2020-12345"}, {"code": "DK-2020-12345"}),
        ({"Ngày đăng ký": "44062"}, {"registered_on": date(2020, 8, 19)}),
        ({"Ngày đăng ký": "44062,5"}, {"registered_on": date(2020, 8, 19)}),
        ({"Ngày đăng ký": "2020-08-19 00:00:00"}, {"registered_on": date(2020, 8, 19)}),
        ({"Ngày đăng ký": "19/08/2020 7:30"}, {"registered_on": date(2020, 8, 19)}),
        ({"Trạng thái": ""}, {"state": State.REGISTERED}),
        ({"Trạng thái": "HOAN THANH"}, {"state": State.COMPLETED}),
        ({"Xã": "Cơ quan"}, {"commune": None}),
        ({"Phong trào": ""}, {"movement": None}),
        ({"Kết quả": "3,2 km kênh;\n46 hộ"}, {"result": "3,2 km kênh; 46 hộ"}),
        ({"Người phụ trách": ""}, {"unit": ROW["Đơn vị"]}),
    ],
)
def test_alternative_spellings(project: Project, written: dict[str, str], read_as: dict[str, Any]) -> None:
    project.write(CSV, as_csv(rows(written)))
    (one,), problems = read(project)
    assert problems == []
    assert {name: getattr(one, name) for name in read_as} == read_as


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"Mã": ""}, 'Thiếu "Mã"; điền vào ô ấy, ví dụ DK-2020-012'),
        ({"Mã": "12"}, 'Mã đăng ký "12" không đúng dạng; viết DK, năm và số thứ tự, ví dụ DK-2020-012'),
        (
            {"Mã": "DK-2019-001"},
            "Mã DK-2019-001 không thuộc năm 2020 của sổ; sửa mã thành DK-2020-…, hoặc chuyển dòng sang sổ năm 2019",
        ),
        ({"Tên mô hình": " "}, 'Thiếu "Tên mô hình"; điền vào ô ấy'),
        ({"Loại": "Mô hìh"}, 'Loại "Mô hìh" không có trong danh mục; ý bạn là "Mô hình"?'),
        ({"Xã": "Nam Đông"}, 'Xã "Nam Đông" không có trong danh mục; ý bạn là "Nam Dong"?'),
        ({"Xã": ""}, 'Thiếu "Xã"; điền vào ô ấy, ví dụ Đắk D’rông'),
        ({"Lĩnh vực": "Kinh tế nhà"}, 'Lĩnh vực "Kinh tế nhà" không có trong danh mục; ý bạn là "Kinh tế"?'),
        ({"Phong trào": "Hàng Việt"}, 'Phong trào "Hàng Việt" không có trong danh mục; ý bạn là "Hàng Việt Nam"?'),
        ({"Ngày đăng ký": ""}, 'Thiếu "Ngày đăng ký"; điền vào ô ấy, ví dụ 5/4/2020'),
        (
            {"Ngày đăng ký": "31/4/2020"},
            'Ngày "31/4/2020" không có thật: tháng 4 năm 2020 chỉ có 30 ngày; sửa lại ngày',
        ),
        ({"Ngày đăng ký": "5/4/20"}, 'Ngày "5/4/20" không đúng dạng; viết ngày/tháng/năm bằng số, ví dụ 19/8/2020'),
        (
            {"Xã": "Cư Jút"},
            "Xã Cư Jút chỉ có từ 1/7/2025, sau ngày 5/4/2020 của đăng ký; ghi địa bàn vào lúc ấy, hoặc sửa ngày",
        ),
        (
            {"Trạng thái": "công nhận"},
            'Trạng thái "công nhận" không có trong danh mục; chọn một trong: đăng ký, đang thực hiện, hoàn thành, dừng',
        ),
        ({"Kết quả": "=SUM(A1:A3)"}, f'Ô "Kết quả" là công thức, không phải giá trị; {PASTE_VALUES}'),
        ({"Tên mô hình": "#REF!"}, f'Ô "Tên mô hình" có công thức hỏng (#REF!); {PASTE_VALUES}'),
        (
            {"Kết quả": "########"},
            'Ô "Kết quả" chỉ còn ####, vì cột hẹp quá lúc lưu; kéo cột cho rộng ra trong Excel rồi lưu lại',
        ),
        (
            {"Kết quả": "1,23457E+11"},
            'Ô "Kết quả" có số dài mà Excel rút thành 1,23457E+11; chọn kiểu Văn bản (Text) cho ô rồi gõ lại',
        ),
    ],
)
def test_a_fault_is_named_by_its_row_and_leaves_out_that_row_alone(
    project: Project, change: dict[str, str], sentence: str
) -> None:
    project.write(CSV, as_csv(rows({"Mã": "DK-2020-900"}, change, {"Mã": "DK-2020-901"})))
    found, problems = read(project)
    assert problems == [f"{CSV}:3: {sentence}"]
    assert [one.code for one in found] == ["DK-2020-900", "DK-2020-901"]


def test_all_faults_of_a_row_come_out_at_once(project: Project) -> None:
    project.write(CSV, as_csv(rows({"Loại": "x", "Xã": "y", "Ngày đăng ký": "z"})))
    assert [problem.split(": ")[0] for problem in read(project)[1]] == [f"{CSV}:2"] * 3


def test_a_code_may_be_used_once(project: Project) -> None:
    project.write(CSV, as_csv(rows({}, {}, {"Mã": "đk-2020-1"})))
    found, problems = read(project)
    assert problems == [f"{CSV}:4: Mã DK-2020-001 đã dùng ở dòng 2; đổi một trong hai mã"]
    assert len(found) == 2


def test_a_day_of_another_year_is_advice(project: Project) -> None:
    project.write(CSV, as_csv(rows(*({"Ngày đăng ký": day} for day in ("31/12/2019", "1/1/2021", "5/4/2002")))))
    found, problems = read(project)
    message = "không thuộc năm 2020 của sổ hay năm trước đó; kiểm tra lại ngày"
    assert problems == [f"{CSV}:3: Ngày đăng ký 1/1/2021 {message}", f"{CSV}:4: Ngày đăng ký 5/4/2002 {message}"]
    assert len(found) == 3


def test_the_person_in_charge_must_not_be_named_in_public_cells(project: Project) -> None:
    change = {"Đơn vị": "Tổ của bà TRẦN THỊ PHỤ TRÁCH"}
    project.write(CSV, as_csv(rows(change, change | {"Loại": "Cá nhân"}, {})))
    found, problems = read(project)
    assert problems == [
        f'{CSV}:2: Ô "Đơn vị" nêu tên người phụ trách, mà cột này sẽ hiện trên trang; bỏ tên người ở ô ấy'
    ]
    assert len(found) == 3


@pytest.mark.parametrize(
    ("content", "line", "sentence"),
    [
        (
            as_csv(rows({})).replace("ễ", "e").encode("utf-8").replace("ệ".encode(), b"\xea\xf2"),
            1,
            f"Tệp không ở mã UTF-8 (có thể là Windows-1258 hoặc một bảng mã cũ); {AS_UTF8}",
        ),
        (as_csv(rows({})).encode("utf-16")[:-1], 1, f"Tệp ở mã UTF-16 nhưng hỏng, hoặc gửi chưa trọn; {AS_UTF8}"),
        (b"", 1, "Tệp trống; viết nội dung vào tệp hoặc xóa tệp"),
        ("Một bảng khác;không phải sổ\n1;2\n", 1, f"Không thấy dòng tên cột (Mã, Tên mô hình, Loại…); {TEMPLATE}"),
        (
            as_csv(rows({"Ghi chú": '"mở mà không đóng'})),
            2,
            f"Dấu nháy kép mở mà không đóng, hoặc đứng giữa ô; {SAVE_AGAIN}",
        ),
    ],
    ids=["Windows-1258", "half of UTF-16", "empty", "another table", "open quote"],
)
def test_an_unreadable_file_is_reported_with_a_fix(
    project: Project, content: str | bytes, line: int, sentence: str
) -> None:
    project.write(CSV, content)
    assert load(project.path) == ({}, [f"{CSV}:{line}: {sentence}"])


def test_missing_doubled_and_unknown_columns(project: Project) -> None:
    def load_with(*headings: str) -> tuple[int, list[str]]:
        project.write(CSV, as_csv([list(headings), ["x"] * len(headings)]))
        registers, problems = load(project.path)
        return len(registers), problems

    kept = [heading for heading in ROW if heading not in ("Xã", "Ghi chú")]
    assert load_with(*kept) == (
        0,
        [
            f'{CSV}:1: Thiếu cột "Ghi chú"; thêm cột ấy, hoặc {TEMPLATE}',
            f'{CSV}:1: Thiếu cột "Xã"; thêm cột ấy, hoặc {TEMPLATE}',
        ],
    )
    assert load_with(*ROW, "xã") == (0, [f'{CSV}:1: Có hai cột "Xã"; xóa một trong hai, hoặc đổi tên'])
    project.write(CSV, as_csv([[*ROW, "Ngày đăng kí", "Ngân sách"], [*rows({})[1], "", "0"]]))
    registers, problems = load(project.path)
    assert len(registers[2020].registrations) == 1
    assert problems == [
        f'{CSV}:1: Cột "Ngày đăng kí" không được đọc; ý bạn là "Ngày đăng ký"?',
        f'{CSV}:1: Cột "Ngân sách" không được đọc; cột riêng thì cứ để; nhầm tên thì xem bảng các cột trong sổ tay',
    ]


def test_only_files_named_by_a_year_are_registers_and_each_year_has_one(project: Project) -> None:
    project.write("content/dang-ky/2019.csv", as_csv(rows({"Mã": "DK-2019-001", "Ngày đăng ký": "5/4/2019"})))
    project.write("content/dang-ky/2019.xlsx", b"x")
    project.write("content/dang-ky/2020.xls", b"x")
    project.write("content/dang-ky/2021.ODS", b"x")
    project.write("content/dang-ky/2022.xlsm", b"x")
    project.write("content/dang-ky/ghi chep.csv", b"x")
    project.write("content/dang-ky/huong dan.txt", b"x")
    project.write("content/dang-ky/~$2019.xlsx", b"x")
    registers, problems = load(project.path)
    not_read = "Tệp này không phải sổ đăng ký của một năm nên không được đọc"
    assert list(registers) == [2019]
    assert problems == [
        "content/dang-ky/2019.xlsx:1: Năm 2019 đã có sổ content/dang-ky/2019.csv; gộp vào một tệp, xóa tệp kia",
        f"content/dang-ky/2020.xls:1: Đây là sổ Excel kiểu cũ (.xls) nên không được đọc; {SAVE_AS}",
        f"content/dang-ky/2021.ODS:1: Đây là bảng tính OpenDocument (.ods) nên không được đọc; {SAVE_ODS}",
        f"content/dang-ky/2022.xlsm:1: Đây là sổ Excel có macro (.xlsm) nên không được đọc; {SAVE_AS}",
        f"content/dang-ky/ghi chep.csv:1: {not_read}; đặt tên bằng năm, ví dụ 2020.csv, 2020-viec.csv",
        f"content/dang-ky/huong dan.txt:1: {not_read}; lưu thành .xlsx và đặt tên bằng năm",
    ]


# Workbooks.


def test_a_workbook_equals_its_csv(project: Project) -> None:
    changes: list[dict[str, Any]] = [
        {"Ngày đăng ký": datetime(2020, 8, 19, tzinfo=UTC).replace(tzinfo=None)},
        {"Ngày đăng ký": 44062},
        {"Kết quả": 46, "Trạng thái": None},
        {"Kết quả": 3.5, "Ghi chú": unicodedata.normalize("NFD", "đã hỏi ")},
    ]
    book, sheet = as_workbook(rows(*changes))
    sheet.cell(3_000, 5).number_format = "d/m/yyyy"
    book.create_sheet("Ghi chép").append(["không", "phải", "sổ"])
    project.write(XLSX, saved(book))
    found, problems = read(project)
    assert problems == []
    assert [one.registered_on for one in found[:2]] == [date(2020, 8, 19)] * 2
    assert [one.result for one in found] == ["3,2 km kênh", "3,2 km kênh", "46", "3,5"]
    assert (found[2].state, found[3].note, found[3].where) == (State.REGISTERED, "đã hỏi", (XLSX, 5))


def test_a_cell_merged_down_is_each_rows_where_rows_may_share_it(project: Project) -> None:
    book, sheet = as_workbook([["SỔ ĐĂNG KÝ"], *rows({"Xã": "Dak Drong"}, {}, {"Xã": "Nam Dong"})])
    sheet.merge_cells("A1:M1")
    sheet.merge_cells("E3:E4")
    project.write(XLSX, saved(book))
    found, problems = read(project)
    assert problems == []
    assert [one.commune.id for one in found] == ["dak-drong", "dak-drong", "nam-dong"]


@pytest.mark.parametrize(
    ("merged", "columns", "rest"),
    [
        ("L2:L3", '"Kết quả"', []),
        ("A2:A3", '"Mã"', [f'{XLSX}:3: Thiếu "Mã"; điền vào ô ấy, ví dụ DK-2020-012']),
        (
            "D2:F2",
            '"Đơn vị", "Xã", "Thôn/buôn/bon/tổ dân phố"',
            [f'{XLSX}:2: Thiếu "Xã"; điền vào ô ấy, ví dụ Đắk D’rông'],
        ),
    ],
)
def test_other_merged_cells_are_faults(project: Project, merged: str, columns: str, rest: list[str]) -> None:
    book, sheet = as_workbook(rows({}, {}))
    sheet.merge_cells(merged)
    project.write(XLSX, saved(book))
    told = f"{XLSX}:2: Ô gộp ở cột {columns} không rõ thuộc dòng nào, cột nào; {UNMERGE}"
    assert read(project)[1] == sorted([told, *rest])


def test_a_formula_gives_its_value_or_is_a_fault(project: Project) -> None:
    # openpyxl works nothing out: the formula has no value, as in a workbook that no Excel has opened.
    book, _ = as_workbook(rows({"Kết quả": '="4 "&"hộ"'}, {"Kết quả": "#DIV/0!"}))
    project.write(XLSX, saved(book))
    assert read(project)[1] == [
        f'{XLSX}:2: Ô "Kết quả" có công thức chưa tính ra giá trị; {PASTE_VALUES}',
        f'{XLSX}:3: Ô "Kết quả" có công thức hỏng (#DIV/0!); {PASTE_VALUES}',
    ]
    project.write(XLSX, with_value(saved(book), "4 hộ"))
    (one,), problems = read(project)
    assert (one.result, len(problems)) == ("4 hộ", 1)


def with_value(data: bytes, value: str) -> bytes:
    """Return the workbook as Excel saves it: the value that it worked out beside the formula."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            if name == "xl/worksheets/sheet1.xml":
                found = re.search(rb'<c r="(\w+)"[^>]*><f>(.*?)</f><v ?(?:/>|></v>)</c>', part)
                assert found
                cell = b'<c r="%s" t="str"><f>%s</f><v>%s</v></c>' % (found[1], found[2], value.encode())
                part = part.replace(found[0], cell)
            target.writestr(name, part)
    return out.getvalue()


def test_two_sheets_that_are_both_a_register(project: Project) -> None:
    book, _ = as_workbook(rows({}), title="Quý I")
    second = book.create_sheet("Quý II")
    for row in rows({}):
        second.append(row)
    project.write(XLSX, saved(book))
    sentence = 'Có cùng một bảng ở hai trang tính "Quý I" và "Quý II"; chép về một trang tính'
    assert load(project.path) == ({}, [f"{XLSX}:1: {sentence}"])


def test_an_endless_sheet_is_read_to_a_limit_and_reported(project: Project) -> None:
    book, sheet = as_workbook(rows({}))
    sheet.cell(1_048_576, 1).number_format = "0"
    project.write(XLSX, saved(book))
    found, problems = read(project)
    assert len(found) == 1
    message = "Trang tính kéo tới dòng 1048576, chỉ đọc 10000 dòng đầu"
    assert problems == [f"{XLSX}:10000: {message}; xóa (Delete) các dòng trống ở dưới bảng rồi lưu lại"]


@pytest.mark.parametrize("path", [CSV, XLSX])
def test_five_thousand_rows_take_less_than_three_seconds(project: Project, path: str) -> None:
    cells = rows(*({"Kết quả": f"{n} hộ hiến đất; 3,2 km kênh", "Ngày đăng ký": "19/8/2020"} for n in range(5_000)))
    project.write(path, as_csv(cells) if path == CSV else saved(as_workbook(cells)[0]))
    begun = time.process_time()
    found, problems = read(project)
    took = time.process_time() - begun
    assert (len(found), problems) == (5_000, [])
    assert took < 3


def test_a_cell_is_read_as_excel_shows_it(project: Project) -> None:
    cells = rows({"Kết quả": 0.5}, {"Kết quả": 0.1 + 0.2}, {"Kết quả": "3 km_x000D_\n5\u200b hộ_x0007_"})
    book, sheet = as_workbook(cells)
    sheet.cell(2, 12).number_format = "0%"
    project.write(XLSX, saved(book))
    found, problems = read(project)
    assert problems == []
    assert [one.result for one in found] == ["50%", "0,3", "3 km; 5 hộ"]


def test_invisible_characters_are_ignored(project: Project) -> None:
    project.write(CSV, as_csv(rows({"Mã": "\u200bDK-2020-001", "Ngày đăng ký": "\ufeff5/4/2020"})))
    (one,), problems = read(project)
    assert (one.code, one.registered_on, problems) == ("DK-2020-001", date(2020, 4, 5), [])


def test_a_hidden_sheet_is_no_second_register(project: Project) -> None:
    book, _ = as_workbook(rows({}))
    hidden = book.create_sheet("Năm ngoái")
    for row in rows({}, {}):
        hidden.append(row)
    hidden.sheet_state = "hidden"
    project.write(XLSX, saved(book))
    found, problems = read(project)
    assert (len(found), problems) == (1, [])


def test_a_hidden_register_is_reported_by_the_name_of_its_sheet(project: Project) -> None:
    book, sheet = as_workbook(rows({}), title="Sổ 2020")
    book.create_sheet("Ghi chép")
    sheet.sheet_state = "hidden"
    book.active = 1
    project.write(XLSX, saved(book))
    fix = "bấm chuột phải vào tên một trang tính, chọn Bỏ ẩn (Unhide), rồi lưu lại"
    assert load(project.path) == ({}, [f'{XLSX}:1: Sổ nằm ở trang tính ẩn "Sổ 2020" nên không được đọc; {fix}'])


def test_a_stray_cell_at_the_far_right_makes_no_sheet_slow(project: Project) -> None:
    book, sheet = as_workbook(rows(*[{}] * 300))
    sheet.cell(300, 16_384, " ")
    project.write(XLSX, saved(book))
    began = time.perf_counter()
    found, problems = read(project)
    assert (len(found), problems) == (300, [])
    assert time.perf_counter() - began < 3
