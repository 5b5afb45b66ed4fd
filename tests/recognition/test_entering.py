"""Results and decisions in the register: exactly those acts, once, the rest byte for byte; or nothing at all."""

from __future__ import annotations

import zipfile
from collections import Counter
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.styles import Font

from plugins.content.content import as_of_its_day
from plugins.content.registers.act import ActKind
from plugins.exemplars.model.index import build_index
from plugins.recognition.command import REVIEWS, enter_decision, enter_result, write_review
from plugins.reports.report import make_report
from plugins.sources.problem import Level
from tests.loading import load
from tests.recognition.conftest import CHANGES, HEADS, STATED
from tests.registers.conftest import ACTS, CSV, XLSX, as_csv, as_workbook, rows, saved

if TYPE_CHECKING:
    from tests.conftest import Project

SHEET = f"{REVIEWS}/2020/ket-qua-binh-xet-2020.xlsx"
ONE = {"code": "DK-2020-002", "day": "3/11/2020", "votes": "40/45"}
GIVEN = {"codes": "DK-2020-001; DK-2020-003", "number": "38/QĐ-MTTQ-BTT", "day": "18/11/2020"}
AWARD = GIVEN | {"form": "Giấy khen", "level": "huyện"}


def read(project: Project, path: str = ACTS) -> bytes:
    return (project.path / path).read_bytes()


def states(project: Project) -> set[str]:
    """Return all that is stated of the year's registrations."""
    register = project.load().registers[2020]
    return {f"{one.code} {act.title} {act.details}" for one in register.registrations for act in one.acts}


def fill(project: Project, votes: dict[str, str], **cells: str) -> None:
    """Fill the sheet of results in as staff do in Excel: votes by code, other cells by heading."""
    assert write_review(project.path, "2020", {"date": "3/11/2020"}) == 0
    book = load_workbook(project.path / SHEET)
    sheet = book.worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    for row in sheet.iter_rows(min_row=2):
        if row[0].value in votes:
            row[heads.index("Số phiếu")].value = votes[row[0].value]
            for name, cell in cells.items():
                row[heads.index(name.replace("_", " "))].value = cell
    book.save(project.path / SHEET)


def test_the_filled_sheet_becomes_acts_and_every_other_line_keeps_its_bytes(
    year: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    before, known = read(year), states(year)
    fill(year, {"DK-2020-002": "40/45", "DK-2020-005": "31/33"}, Nơi_niêm_yết="nhà văn hóa", Niêm_yết_đến="10/11/2020")
    assert enter_result(year.path, {"file": SHEET}) == 0
    assert (
        read(year)
        == before
        + (
            "DK-2020-002;bình xét;3/11/2020;;;;40/45;nhà văn hóa;10/11/2020;;\r\n"
            "DK-2020-005;bình xét;3/11/2020;;;;31/33;nhà văn hóa;10/11/2020;;\r\n"
        ).encode()
    )
    assert len(states(year) - known) == 2
    assert [file.read_bytes() for file in (year.path / ".history/dang-ky/2020-viec.csv").iterdir()] == [before]
    capsys.readouterr()
    after = read(year)
    assert enter_result(year.path, {"file": SHEET}) == 0
    assert read(year) == after
    assert "Sổ giữ nguyên: không có gì mới." in capsys.readouterr().out


def test_a_csv_of_results_is_read_as_a_sheet_is(year: Project) -> None:
    year.write("kq.csv", "Mã;Điển hình;Việc;Ngày;Số phiếu\r\nĐK 2020/2;Đường hoa;bình xét;3-11-2020;40/45\r\n")
    assert enter_result(year.path, {"file": "kq.csv"}) == 0
    assert read(year).decode().endswith("DK-2020-002;bình xét;3/11/2020;;;;40/45;;;;\r\n")


def test_one_result_is_entered_and_blank_cells_of_a_known_one_are_filled_in(year: Project) -> None:
    assert enter_result(year.path, ONE) == 0
    assert enter_result(year.path, ONE | {"paper": "Biên bản 5", "posted-at": "Nhà văn hóa Đắk D’rông"}) == 0
    assert read(year).decode().splitlines()[-1] == (
        "DK-2020-002;bình xét;3/11/2020;Biên bản 5;;;40/45;Nhà văn hóa Đắk D’rông;;;"
    )


def test_a_decision_commends_all_of_its_codes_and_by_its_form_is_an_award_or_praise(year: Project) -> None:
    assert enter_decision(year.path, AWARD | {"form": "giấy khen"}) == 0
    assert enter_decision(year.path, GIVEN | {"form": "Nêu gương", "level": "thôn", "number": ""}) == 0
    assert read(year).decode().splitlines()[-4:] == [
        "DK-2020-001;khen thưởng;18/11/2020;Quyết định 38/QĐ-MTTQ-BTT;Giấy khen;huyện;;;;;",
        "DK-2020-003;khen thưởng;18/11/2020;Quyết định 38/QĐ-MTTQ-BTT;Giấy khen;huyện;;;;;",
        "DK-2020-001;biểu dương;18/11/2020;;Nêu gương;thôn;;;;;",
        "DK-2020-003;biểu dương;18/11/2020;;Nêu gương;thôn;;;;;",
    ]


def test_a_decision_recognises(year: Project) -> None:
    assert enter_result(year.path, ONE) == 0
    recognised = {"codes": "DK-2020-002", "number": "5/QĐ-MTTQ", "day": "12/11/2020", "kind": "công nhận"}
    assert enter_decision(year.path, recognised) == 0
    assert read(year).decode().endswith("DK-2020-002;công nhận;12/11/2020;Quyết định 5/QĐ-MTTQ;;;;;;;\r\n")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"code": "DK-2020-004"}, "DK-2020-004 đã dừng, không bình xét được"),
        ({"code": "DK-2020-099"}, "Không có DK-2020-099 trong sổ đăng ký năm 2020"),
        ({"code": "DK-2019-001"}, "Chưa có sổ đăng ký năm 2019"),
        ({"code": "DK-2020-001"}, "trong sổ đã ghi bình xét, 7/10/2020 (content/dang-ky/2020-viec.csv, dòng 2)"),
        ({"code": "DK-2020-001", "day": "7/10/2020"}, "Số phiếu trong sổ là “45/49”, tệp ghi “40/45”"),
        ({"votes": "46/45"}, 'Số phiếu "46/45" không đúng'),
        ({"votes": ""}, "còn thiếu Số phiếu"),
        ({"day": ""}, "còn thiếu Ngày"),
        ({"day": "1/1/2020"}, "trước ngày đăng ký 5/4/2020"),
        ({"day": "3/11/2199"}, "3/11/2199"),
        ({"posted-until": "1/11/2020"}, "Niêm yết đến 1/11/2020, trước ngày 3/11/2020"),
        ({"posted-at": "=SUM(A1)"}, "bắt đầu bằng dấu ="),
        ({"code": ""}, "Chưa rõ kết quả của đăng ký nào"),
        ({"file": SHEET}, "Đã có tệp kết quả mà còn ghi mục khác"),
        (dict.fromkeys(ONE, "") | {"file": "khong-co.xlsx"}, "Không có tệp khong-co.xlsx"),
        (dict.fromkeys(ONE, "") | {"file": "content/danh-muc/xa.yaml"}, "không phải .xlsx hay .csv"),
    ],
)
def test_a_result_that_cannot_be_is_named_and_nothing_is_written(
    year: Project, capsys: pytest.CaptureFixture[str], change: dict[str, str], said: str
) -> None:
    before = read(year)
    assert enter_result(year.path, ONE | change) == 1
    assert said in capsys.readouterr().err
    assert read(year) == before
    assert not (year.path / ".history").exists()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"codes": ""}, "Chưa ghi mã"),
        ({"codes": "DK-2020-001 DK-2020-003"}, "Không phải mã đăng ký"),
        ({"codes": "DK-2020-001, DK-2021-001"}, "nhiều năm (2020, 2021)"),
        ({"form": ""}, "Chưa rõ quyết định việc gì"),
        ({"level": ""}, "DK-2020-003: khen thưởng còn thiếu Cấp"),
        ({"level": "châu lục"}, "châu lục"),
        ({"number": ""}, "còn thiếu Văn bản"),
        ({"kind": "công nhận"}, "Công nhận không có hình thức, cấp"),
        ({"kind": "nhân rộng"}, "nhân rộng"),
        ({"codes": "DK-2020-001, DK-2020-099"}, "Không có DK-2020-099"),
    ],
)
def test_a_decision_that_cannot_be_is_named_and_nothing_is_written(
    year: Project, capsys: pytest.CaptureFixture[str], change: dict[str, str], said: str
) -> None:
    before = read(year)
    assert enter_decision(year.path, AWARD | change) == 1
    assert said in capsys.readouterr().err
    assert read(year) == before


def test_a_district_decides_nothing_once_there_is_none(year: Project, capsys: pytest.CaptureFixture[str]) -> None:
    before = read(year)
    assert enter_decision(year.path, AWARD | {"level": "huyện", "day": "1/7/2025"}) == 1
    assert "từ ngày 1/7/2025 không còn cấp huyện; sửa Cấp, hoặc ngày" in capsys.readouterr().err
    assert read(year) == before
    assert enter_decision(year.path, AWARD | {"level": "huyện", "day": "30/6/2025"}) == 0


def test_every_fault_of_the_input_is_reported_in_one_run(year: Project, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = {"code": "DK-2020-099", "day": "32/10/2020", "votes": "50/48", "posted-until": "1/13/2020"}
    assert enter_result(year.path, ONE | wrong) == 1
    told = capsys.readouterr().err
    for said in ("Không có DK-2020-099", 'Ngày "32/10/2020" không có thật', 'Số phiếu "50/48"', "không có tháng 13"):
        assert said in told
    many = {"codes": "DK-2020-001, DK-2020-003, DK-2020-098", "day": "31/11/2020", "level": "châu lục"}
    assert enter_decision(year.path, AWARD | many) == 1
    told = capsys.readouterr().err
    assert told.count('Ngày "31/11/2020" không có thật') == 1
    assert told.count("châu lục") == 1
    assert "Không có DK-2020-098" in told


def test_a_decision_has_one_day(year: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert enter_decision(year.path, AWARD) == 0
    assert enter_decision(year.path, AWARD | {"number": "39/QĐ-MTTQ-BTT", "day": "2/12/2020"}) == 0
    before = read(year)
    assert enter_decision(year.path, AWARD | {"day": "19/11/2020"}) == 1
    assert "trong sổ đã ghi Giấy khen cấp huyện, 18/11/2020" in capsys.readouterr().err
    assert read(year) == before


def test_every_fault_of_a_sheet_is_reported_in_one_run_with_its_line(
    year: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    told = ("002;bình xét;3/11/2020;46/45", "099;bình xét;3/11/2020;4/5", "004;bình xét;3/11/2020;4/5")
    told += ("005;bình xét;3/11/2020;4/5", "005;bình xét;4/11/2020;5/5", "006;công nhận;3/11/2020;4/5")
    year.write("kq.csv", "\r\n".join(["Mã;Việc;Ngày;Số phiếu", *(f"DK-2020-{one}" for one in told), ""]))
    before = read(year)
    assert enter_result(year.path, {"file": "kq.csv"}) == 1
    said = capsys.readouterr().err
    for line, words in ((2, "46/45"), (3, "DK-2020-099"), (4, "đã dừng"), (6, "hai kết quả"), (7, "không ghi ở đây")):
        assert any(one.startswith(f"kq.csv:{line}: ") and words in one for one in said.splitlines()), (line, said)
    assert read(year) == before


def test_a_registration_that_cannot_be_read_is_named_as_that(year: Project, capsys: pytest.CaptureFixture[str]) -> None:
    year.write(CSV, as_csv(rows(*CHANGES[:1], CHANGES[1] | {"Ngày đăng ký": "31/2/2020"}, *CHANGES[2:])))
    before = read(year)
    assert enter_result(year.path, ONE) == 1
    assert "Dòng đăng ký của DK-2020-002 ở content/dang-ky/2020.csv có lỗi" in capsys.readouterr().err
    assert read(year) == before


def test_an_act_that_contradicts_a_story_is_refused(year: Project, capsys: pytest.CaptureFixture[str]) -> None:
    year.write_story(
        front={"Đăng ký": "DK-2020-002", "Tiêu đề": "Đường hoa", "Loại": "Mô hình", "Công nhận": "1/11/2020"}
    )
    assert [one for one in year.load().problems if one.level is Level.ERROR] == []
    before = read(year)
    recognised = {"codes": "DK-2020-002", "number": "5/QĐ-MTTQ", "day": "12/11/2020", "kind": "công nhận"}
    assert enter_decision(year.path, recognised) == 1
    assert "1/11/2020" in capsys.readouterr().err
    assert read(year) == before


def test_a_register_that_is_open_in_excel_is_left_alone(year: Project, capsys: pytest.CaptureFixture[str]) -> None:
    year.write("content/dang-ky/~$2020-viec.csv", "x")
    before = read(year)
    assert enter_result(year.path, ONE) == 1
    assert "đang mở trong Excel" in capsys.readouterr().err
    assert read(year) == before


def test_a_year_without_acts_gets_its_file_of_acts(year: Project) -> None:
    (year.path / ACTS).unlink()
    assert enter_result(year.path, ONE) == 0
    assert read(year).decode("utf-8-sig").splitlines() == [HEADS, "DK-2020-002;bình xét;3/11/2020;;;;40/45;;;;"]


def test_a_workbook_keeps_its_formatting_and_its_other_parts(year: Project) -> None:
    book, _ = as_workbook(rows(*CHANGES), title="Sổ đăng ký")
    happened = book.create_sheet("Việc đã qua")
    for line in (HEADS, *STATED):
        happened.append(line.split(";"))
    happened["B2"].font = Font(bold=True, color="FFA8141C")
    happened.column_dimensions["D"].width = 41
    for path in (CSV, ACTS):
        (year.path / path).unlink()
    year.write(XLSX, saved(book))
    before = read(year, XLSX)
    assert enter_result(year.path, ONE) == 0
    assert enter_decision(year.path, AWARD) == 0
    made = load_workbook(BytesIO(read(year, XLSX)))["Việc đã qua"]
    assert (made["B2"].font.color.rgb, made.column_dimensions["D"].width) == ("FFA8141C", 41)
    told = [[str(cell or "") for cell in row] for row in made.iter_rows(min_row=5, values_only=True)]
    assert [row[:2] for row in told] == [
        ["DK-2020-002", "bình xét"],
        ["DK-2020-001", "khen thưởng"],
        ["DK-2020-003", "khen thưởng"],
    ]
    with zipfile.ZipFile(BytesIO(before)) as old, zipfile.ZipFile(BytesIO(read(year, XLSX))) as new:
        changed = [name for name in old.namelist() if old.read(name) != new.read(name)]
    assert changed == ["xl/worksheets/sheet2.xml"]
    assert (year.path / ".history/dang-ky/2020.xlsx").is_dir()


def test_the_report_counts_just_those_acts_more(year: Project) -> None:
    def counted() -> Counter[ActKind]:
        content = as_of_its_day(load(year.path, date(2020, 12, 31)))
        return Counter(act.kind for act in make_report(content, build_index((), content.vocabulary), 2020).acts)

    before = counted()
    assert enter_result(year.path, ONE) == 0
    assert enter_decision(year.path, AWARD) == 0
    assert counted() - before == Counter({ActKind.REVIEW: 1, ActKind.AWARD: 2})


CODES = [f"DK-2020-{number:03}" for number in range(1, 8)]


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    results=st.dictionaries(
        st.sampled_from(CODES), st.tuples(st.integers(1, 60), st.integers(0, 8), st.integers(1, 28)), max_size=4
    )
)
def test_entered_acts_cause_no_new_error_and_are_counted_exactly(
    year: Project, results: dict[str, tuple[int, int, int]]
) -> None:
    year.write(ACTS, ("\r\n".join([HEADS, *STATED, ""])))
    before = read(year)
    errors = {str(one) for one in year.load().problems if one.level is Level.ERROR}
    lines = [f"{code};bình xét;{day}/10/2020;{yes}/{yes + no}" for code, (yes, no, day) in results.items()]
    year.write("kq.csv", "\r\n".join(["Mã;Việc;Ngày;Số phiếu", *lines, ""]))
    reviewed = {one.code for one in year.load().registers[2020].registrations if one.has(ActKind.REVIEW)}
    code = enter_result(year.path, {"file": "kq.csv"})
    after = {one.code for one in year.load().registers[2020].registrations if one.has(ActKind.REVIEW)}
    assert {str(one) for one in year.load().problems if one.level is Level.ERROR} == errors
    if code == 0:
        assert after == reviewed | set(results)
        assert read(year).startswith(before)
    else:
        assert read(year) == before
        assert not results or {"DK-2020-001", "DK-2020-004"} & set(results)
