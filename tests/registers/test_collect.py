"""Submissions against the register: new, changed and missing rows, replies, and the written register."""

from __future__ import annotations

import shutil
import unicodedata
from datetime import date
from typing import TYPE_CHECKING

import pytest

from plugins.content.registers.columns import register_columns
from plugins.content.registers.sheets.tables import CellTable
from plugins.content.vocabulary.vocabulary import Vocabulary
from plugins.registers.collecting import edits
from plugins.registers.collecting.command import collect
from plugins.registers.collecting.edits import Edits, edit_csv
from plugins.registers.grid import find_grid
from plugins.registers.ranges import FOLDER
from plugins.sources.files import write_whole
from tests.loading import load
from tests.registers.conftest import ROW, acts, as_csv, rows, saved
from tests.registers.sending import ACTS, REGISTER, fill_in, read, run, send, table

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Project

pytestmark = pytest.mark.slow

HERE = f"{FOLDER}/2020"


@pytest.fixture
def sent(project: Project, given_out: Path) -> Project:
    """A project with settings and the empty workbooks of 2020."""
    project.write("pelicanconf.py", 'PLUGINS = ["plugins.exemplars", "plugins.registers"]\n')
    shutil.copytree(given_out, project.path / FOLDER)
    return project


def test_nothing_is_written_until_it_is_asked_for(sent: Project, capsys: pytest.CaptureFixture[str]) -> None:
    send(sent, "xa-nam-dong", {}, {"Tên mô hình": "Đường hoa"})
    code, said = run(sent, capsys)
    assert code == 0
    assert "DK-2020-201 Kênh về thôn 3" in said
    assert "so-dang-ky-2020-xa-dak-drong.xlsx: chưa điền dòng nào." in said
    assert "Chưa có tệp của: thị trấn Ea T’ling, xã Đắk D’rông." in said
    assert "collect --year 2020 --write" in said
    assert not (sent.path / REGISTER).exists()

    code, said = run(sent, capsys, write=True)
    assert code == 0
    assert "Đã ghi 2 dòng mới, 0 dòng đổi vào content/dang-ky/2020.csv." in said
    assert (sent.path / REGISTER).read_bytes().startswith(b"\xef\xbb\xbfM\xc3\xa3;")
    content = load(sent.path)
    assert [problem for problem in content.problems if "dang-ky" in problem.path] == []
    assert list(content.registrations()) == ["DK-2020-201", "DK-2020-202"]


def test_run_twice_it_changes_nothing(sent: Project, capsys: pytest.CaptureFixture[str]) -> None:
    happened = [{"Mã": "DK-2020-201", "Việc": "bình xét", "Ngày": date(2020, 6, 1), "Số phiếu": "45/48"}]
    send(sent, "xa-nam-dong", {"Ngày đăng ký": date(2020, 3, 5)}, acts=happened)
    run(sent, capsys, write=True)
    before = {file: file.read_bytes() for file in sent.path.rglob("*") if file.is_file()}
    code, said = run(sent, capsys, write=True)
    assert (code, "Không có gì mới để ghi vào sổ." in said) == (0, True)
    assert {file: file.read_bytes() for file in sent.path.rglob("*") if file.is_file()} == before


def test_a_change_edits_only_its_cells_and_the_earlier_version_is_kept(
    sent: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    heads = "STT\tMã\tTên mô hình\tLoại\tXã\tLĩnh vực\tNgày đăng ký\tTrạng thái\tKết quả\tRiêng"
    kept = f"Sổ 2020\tcủa huyện\r\n{heads}\r\n"
    first = '1\tdk 2020/201\tKênh  về thôn 3\ttập thể\tNam Dong\tKinh tế\t2020-04-05\t\t"3,2 ""km"""\tđừng mất\n'
    other = "2\tDK-2020-102\tCủa thị trấn\tMô hình\tEa T'ling\tKinh tế\t5/4/2020\t\t\t\r\n"
    foot = "\tTổng cộng\t\t\t\t\t\t\t\t\r\n"
    text = f"{kept}{first}{other}{foot}"
    sent.write(REGISTER, text)
    send(sent, "xa-nam-dong", {"Kết quả": "4 km kênh", "Trạng thái": "hoàn thành"}, {"Tên mô hình": "Đường hoa"})
    # The registrations of the register were filled in beforehand.
    code, said = run(sent, capsys, write=True)
    assert 'Trạng thái: (trống) → hoàn thành; Kết quả: 3,2 "km" → 4 km kênh' in said
    assert "sổ không có cột Đơn vị nên chưa ghi" in said
    assert code == 0
    lines = (sent.path / REGISTER).read_bytes().decode().splitlines(keepends=True)
    assert "".join(lines[:2]) == kept
    assert lines[2] == first.replace('\t\t"3,2 ""km"""', "\thoàn thành\t4 km kênh")
    assert lines[3] == other
    added = "DK-2020-202\tĐường hoa\tTập thể\tNam Dong\tKinh tế\t5/4/2020\tđang thực hiện\t3,2 km kênh"
    assert lines[4] == f"\t{added}\t\r\n"
    assert lines[5] == foot
    (earlier,) = (sent.path / ".history/dang-ky/2020.csv").iterdir()
    assert earlier.read_bytes().decode() == text


def test_a_missing_row_stays_and_its_commune_is_asked(sent: Project, capsys: pytest.CaptureFixture[str]) -> None:
    changes = [{"Mã": "DK-2020-201"}, {"Mã": "DK-2020-202", "Trạng thái": "dừng"}, {"Mã": "DK-2020-203"}]
    sent.write(REGISTER, as_csv(rows(*changes)))
    before = read(sent)
    (sent.path / HERE / "so-dang-ky-2020-xa-nam-dong.xlsx").unlink()
    sent.write(f"{HERE}/Nam Dong.csv", table({"Mã": "DK-2020-201"}))
    code, said = run(sent, capsys, write=True)
    assert code == 1
    assert "DK-2020-203 “Kênh về thôn 3” có trong sổ mà tệp không có: xin rút hay ghi sót?" in said
    assert "DK-2020-202" not in said
    assert read(sent) == before


def test_an_empty_cell_takes_nothing_out_and_a_day_of_registration_waits(
    sent: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    sent.write(REGISTER, as_csv(rows({"Mã": "DK-2020-201"})))
    before = read(sent)
    empty = {"Đơn vị": "", "Người phụ trách": "", "Ghi chú": ""}
    sent.write("x/so.csv", table({"Mã": "DK-2020-201", "Ngày đăng ký": "6/4/2020", **empty}))
    code, said = run(sent, capsys, "x", write=True)
    assert code == 0
    assert "DK-2020-201: Ngày đăng ký trong sổ là 5/4/2020, tệp ghi 6/4/2020" in said
    assert "DK-2020-201: Đơn vị" in said
    assert read(sent) == before


def test_the_same_in_other_words_is_no_change(sent: Project, capsys: pytest.CaptureFixture[str]) -> None:
    sent.write(REGISTER, as_csv(rows({"Mã": "DK-2020-301", "Xã": "Đắk D’rông", "Trạng thái": ""})))
    other = {"Mã": "ĐK 2020/301", "Loại": "tap the", "Lĩnh vực": "KINH TẾ", "Ngày đăng ký": "05.04.2020"}
    spelled = {"Xã": unicodedata.normalize("NFD", "xã Đăk D'rông"), "Trạng thái": "đăng ký"}
    sent.write("x/so.csv", table({**other, **spelled}))
    code, said = run(sent, capsys, "x/*.CSV", "x/so.csv")
    assert (code, "1 tệp." in said, "1 không đổi" in said) == (0, True, True)


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ({"Xã": "Ea T’ling"}, "Ghi thị trấn Ea T’ling, mà tệp là của xã Nam Dong; xóa dòng này"),
        ({"Mã": ""}, 'Dòng 2: Thiếu "Mã"; ghi một mã còn trống trong mẫu đã gửi'),
        (
            {"Mã": "DK-2020-101"},
            "thuộc dải mã của thị trấn Ea T’ling; dùng mã còn trống trong DK-2020-201 … DK-2020-299",
        ),
        ({"Mã": "DK-2020-777"}, "Mã DK-2020-777 không thuộc dải mã đã ghi sẵn trong mẫu"),
        ({"Mã": "DK-2020-150"}, "Mã DK-2020-150 trong sổ là của thị trấn Ea T’ling: “Của thị trấn”"),
        ({"Mã": "DK-2020-250"}, "Mã DK-2020-250 trong sổ là một dòng minh họa"),
        (
            {"Tên mô hình": "Tên  CŨ"},
            "“Tên CŨ” trong sổ có mã DK-2020-240, tệp ghi DK-2020-201; ghi lại mã",
        ),
        ({"Mã": "DK-2020-240", "Tên mô hình": "Camera"}, "Mã DK-2020-240 trong sổ là “Tên cũ”, tệp ghi “Camera”"),
        ({"Trạng thái": "đã công nhận"}, "Trạng thái ghi “đã công nhận” là một việc đã qua"),
        ({"Ngày đăng ký": "31/2/2020"}, 'Ngày "31/2/2020" không có thật'),
        ({"Lĩnh vực": ""}, 'Thiếu "Lĩnh vực"'),
    ],
)
def test_a_row_that_must_go_back_is_not_written_and_the_others_are(
    sent: Project, capsys: pytest.CaptureFixture[str], row: dict[str, str], sentence: str
) -> None:
    standing = [
        {"Mã": "DK-2020-150", "Xã": "Ea T’ling", "Tên mô hình": "Của thị trấn"},
        {"Mã": "DK-2020-250", "Mẫu": "có"},
        {"Mã": "DK-2020-240", "Tên mô hình": "Tên cũ"},
    ]
    sent.write(REGISTER, as_csv(rows(*standing, headings=(*ROW, "Mẫu"))))
    send(sent, "xa-nam-dong", row, {"Tên mô hình": "Đúng"})
    code, said = run(sent, capsys, write=True)
    assert code == 1
    assert sentence in said
    assert "Kính gửi: Ban Thường trực Ủy ban MTTQ Việt Nam xã Nam Dong" in said
    reply = (sent.path / HERE / "gui-lai/loi-nhan-xa-nam-dong.txt").read_text(encoding="utf-8-sig")
    assert sentence.split("; ", maxsplit=1)[0] in reply
    # A commune reads nothing about this machine.
    assert not any(word in reply for word in ("tasks.py", "content/", "sổ tay", "DK-2020-012"))
    added = read(sent).splitlines()[4:]
    assert [line.split(";")[:2] for line in added] == [["DK-2020-202", "Đúng"]]


def test_one_code_in_two_files_goes_into_neither(sent: Project, capsys: pytest.CaptureFixture[str]) -> None:
    for file in (sent.path / HERE).iterdir():
        file.unlink()
    sent.write("x/a.csv", table({"Mã": "DK-2020-001"}, {"Mã": "DK-2020-002", "Tên mô hình": "Riêng"}))
    sent.write("x/b.csv", table({"Mã": "DK-2020-001", "Xã": "Ea T’ling"}))
    code, said = run(sent, capsys, "x/*.csv", write=True)
    assert code == 1
    assert "Mã DK-2020-001 còn ở b.csv dòng 2, ghi khác; mỗi nơi dùng mã trong dải của mình" in said
    assert "Mã DK-2020-001 còn ở a.csv dòng 2" in said
    assert [line.split(";")[0] for line in read(sent).splitlines()[1:]] == ["DK-2020-002"]


def test_text_that_a_csv_would_take_for_a_formula_goes_back(sent: Project, capsys: pytest.CaptureFixture[str]) -> None:
    book = fill_in(sent, "xa-nam-dong", {"Kết quả": "=1+1"})
    cell = book["Sổ đăng ký"].cell(2, 12)
    # As with an apostrophe before it.
    cell.data_type = "s"
    sent.write("x/so.xlsx", saved(book))
    code, said = run(sent, capsys, "x", write=True)
    assert (code, "Ô “Kết quả” bắt đầu bằng dấu =" in said) == (1, True)
    assert not (sent.path / REGISTER).exists()


def test_rows_that_were_sorted_without_their_codes_go_back(sent: Project, capsys: pytest.CaptureFixture[str]) -> None:
    names = {"DK-2020-201": "Đường hoa thôn 3", "DK-2020-202": "Đường hoa thôn 8"}
    sent.write(REGISTER, as_csv(rows(*({"Mã": code, "Tên mô hình": name} for code, name in names.items()))))
    before = read(sent)
    swapped = zip(names, reversed(names.values()), strict=True)
    sent.write("x/so.csv", table(*({"Mã": code, "Tên mô hình": name} for code, name in swapped)))
    code, said = run(sent, capsys, "x", write=True)
    assert code == 1
    assert "“Đường hoa thôn 8” trong sổ có mã DK-2020-202, tệp ghi DK-2020-201; ghi lại mã DK-2020-202" in said
    assert read(sent) == before


def test_the_office_may_fill_in_for_anybody(sent: Project, capsys: pytest.CaptureFixture[str]) -> None:
    send(sent, "co-quan", {}, {"Xã": "Đắk D’rông"}, {"Xã": "Ea T’ling", "Mã": "DK-2020-199"})
    code, _ = run(sent, capsys, write=True)
    assert code == 0
    found = [line.split(";")[::4][:2] for line in read(sent).splitlines()[1:]]
    assert found == [["DK-2020-001", "cơ quan"], ["DK-2020-002", "Đắk D’rông"], ["DK-2020-199", "Ea T’ling"]]


def test_of_as_many_rows_of_two_communes_those_of_one_go_back(
    sent: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    sent.write("x/so.csv", table({"Mã": "DK-2020-201"}, {"Mã": "DK-2020-101", "Xã": "Ea T’ling"}))
    assert "Dòng 3 (DK-2020-101): Ghi thị trấn Ea T’ling, mà tệp là của xã Nam Dong" in run(sent, capsys, "x")[1]


def test_a_fault_that_many_rows_share_is_reported_once(sent: Project, capsys: pytest.CaptureFixture[str]) -> None:
    send(sent, "xa-nam-dong", *({"Tên mô hình": f"Bếp {number}", "Loại": ""} for number in range(3)))
    _, said = run(sent, capsys)
    assert said.count('Thiếu "Loại"') == 1
    assert '1. Dòng 2–4: Thiếu "Loại"; điền vào ô ấy' in said


def test_two_files_of_a_commune_are_reported_and_equal_rows_are_merged(
    sent: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    send(sent, "xa-nam-dong", {}, to=f"{HERE}/một.xlsx")
    send(sent, "xa-nam-dong", {}, {"Tên mô hình": "Thêm"}, to=f"{HERE}/hai.xlsx")
    code, said = run(sent, capsys, write=True)
    assert code == 0
    assert "Có 2 tệp (hai.xlsx, một.xlsx): dòng giống nhau tính một lần" in said
    assert len(read(sent).splitlines()) == 3


def test_whose_a_file_is_does_not_hang_on_its_name(sent: Project, capsys: pytest.CaptureFixture[str]) -> None:
    send(sent, "xa-dak-drong", {"Xã": ""}, to=f"x/{unicodedata.normalize('NFD', 'Gửi huyện, thị trấn Ea T’ling.xlsx')}")
    sent.write("x/ban cuoi.csv", table({"Xã": "Ea T’ling", "Mã": "DK-2020-140"}))
    sent.write("x/~$ban cuoi.csv", "khóa")
    code, said = run(sent, capsys, f"x/{unicodedata.normalize('NFC', 'Gửi')}*", "x/ban*")
    assert code == 1
    own = said.split("──────── Xã Đắk D’rông ────────")[1]
    assert own.startswith("\nGửi huyện, thị trấn Ea T’ling.xlsx: 0 mới")
    assert 'Dòng 2 (DK-2020-301): Thiếu "Xã"' in own
    assert "──────── Thị trấn Ea T’ling ────────\nban cuoi.csv: 1 mới" in said


def test_a_workbook_belongs_to_the_commune_that_all_its_rows_name(
    sent: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    send(sent, "xa-nam-dong", *({"Xã": "Đắk D'rông", "Tên mô hình": f"Mô hình {at}"} for at in range(3)), to="x/a.xlsx")
    code, said = run(sent, capsys, "x")
    assert code == 1
    assert "Kính gửi: Ban Thường trực Ủy ban MTTQ Việt Nam xã Đắk D’rông" in said
    assert "thuộc dải mã của xã Nam Dong; dùng mã còn trống trong DK-2020-" in said


def test_no_code_of_another_commune_is_suggested(sent: Project, capsys: pytest.CaptureFixture[str]) -> None:
    sent.write(REGISTER, as_csv(rows({"Mã": "DK-2020-301", "Xã": "Đắk D'rông"})))
    sent.write("x/Nam Dong.csv", "Mã;Việc;Ngày\nDK-2020-201;bình xét;1/6/2020\n")
    said = run(sent, capsys, "x")[1]
    assert "Không có DK-2020-201 trong sổ đăng ký; sửa mã, hoặc thêm vào trang Sổ đăng ký" in said


def test_a_register_of_another_year_is_reported_once(sent: Project, capsys: pytest.CaptureFixture[str]) -> None:
    sent.write("x/cũ.csv", table(*({"Mã": f"DK-2019-{number}"} for number in range(1, 30))))
    code, said = run(sent, capsys, "x", write=True)
    assert code == 1
    assert said.count("Tệp này là sổ năm 2019 (mã DK-2019-001…), không phải năm 2020") == 1
    assert said.count("DK-2019") == 1


def test_a_merged_commune_is_referred_to_its_successor(sent: Project, capsys: pytest.CaptureFixture[str]) -> None:
    sent.write("x/dak drong.csv", table({"Mã": "DK-2026-001", "Xã": "Đắk D'rông", "Ngày đăng ký": "5/3/2026"}))
    capsys.readouterr()
    assert collect(sent.path, [str(sent.path / "x")], "2026", write=True) == 1
    said = capsys.readouterr().out
    assert "──────── Xã Nam Dong ────────" in said
    assert "Xã Đắk D’rông không còn vào ngày 5/3/2026; ghi Xã là Nam Dong" in said
    assert said.count("chỉ có đến") == 0


def test_merged_cells_are_shared_out_and_rows_that_were_not_used_are_none(
    sent: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    book = fill_in(sent, "xa-nam-dong", {}, {"Tên mô hình": "Hai", "Đơn vị": None})
    book["Sổ đăng ký"].merge_cells("D2:D90")
    sent.write("x/so.xlsx", saved(book))
    code, _ = run(sent, capsys, "x", write=True)
    assert code == 0
    assert [line.split(";")[3] for line in read(sent).splitlines()[1:]] == ["Ban Công tác Mặt trận thôn 3"] * 2


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("a.xlsx", b"PK\x03\x04", "Không mở được tệp Excel này"),
        ("a.csv", "Họ tên;Chức vụ\nA;B\n", "Không thấy bảng đăng ký trong tệp"),
        ("a.csv", "Mã;Tên\n".encode("cp1258", "replace"), "Tệp không ở mã UTF-8"),
    ],
)
def test_a_file_that_is_no_register_goes_back(
    sent: Project, capsys: pytest.CaptureFixture[str], name: str, data: str | bytes, sentence: str
) -> None:
    sent.write(f"x/{name}", data)
    code, said = run(sent, capsys, "x")
    assert code == 1
    assert "Chưa rõ của ai" in said
    assert sentence in said


def test_files_of_other_kinds_are_reported_and_never_ignored(sent: Project, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("Nam Dong.xls", "Đắk D'rông.ods", "anh.jpg", "bao cao.docx", "~$so.xls", "Thumbs.db"):
        sent.write(f"{HERE}/{name}", "x")
    code, said = run(sent, capsys)
    assert code == 1
    assert "Tệp Nam Dong.xls:\n1. Đây là sổ Excel kiểu cũ (.xls) nên không được đọc; mở bằng Excel, chọn Lưu" in said
    assert "Kính gửi: Ban Thường trực Ủy ban MTTQ Việt Nam xã Nam Dong" in said
    assert "Tệp Đắk D'rông.ods:\n1. Đây là bảng tính OpenDocument (.ods)" in said
    assert "Đây là ảnh nên không được đọc; chép các dòng vào đúng mẫu cơ quan đã gửi" in said
    assert "Đây là tài liệu Word nên không được đọc; chép bảng sang Excel" in said
    assert "Thumbs" not in said
    assert "~$so" not in said
    # Their faults say what to send: they have no table to correct.
    assert "Sửa ngay trong tệp ấy" not in said
    assert run(sent, capsys, f"{HERE}/*.xls")[1].count("(.xls) nên không được đọc") == 1


def test_a_message_that_cannot_be_kept_stops_before_the_register_is_touched(
    sent: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    sent.write("x/so.csv", table({"Mã": "DK-2020-301"}, {"Mã": ""}))
    sent.write(f"{HERE}/gui-lai", "tệp, không phải thư mục")
    code, said = run(sent, capsys, "x", write=True)
    assert code == 1
    assert f"Chưa gộp được: Đã có {HERE}/gui-lai; đổi tên, hoặc dời cái đang có đi" in said
    assert not (sent.path / REGISTER).exists()


def test_a_message_ends_as_its_sentence_does_and_names_no_other_register(
    sent: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = table({"Mã": "DK-2020-301"}, {"Mã": "DK-2019-012"}).replace("Ghi chú", "Ghi chus")
    sent.write("x/so.csv", lines)
    said = run(sent, capsys, "x")[1]
    assert 'ý bạn là "Ghi chú"?\n' in said
    assert "Mã DK-2019-012 không thuộc năm 2020 của sổ; ghi một mã còn trống trong mẫu đã gửi." in said


def test_where_there_is_nothing_to_collect(sent: Project, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = run(sent, capsys, "không có/*.xlsx")
    assert (code, "Không có tệp .xlsx, .csv nào ở" in said) == (1, True)
    for file in (sent.path / HERE).iterdir():
        file.unlink()
    code, said = run(sent, capsys)
    assert (code, "Chưa có tệp nào trong so-cac-xa/2020/" in said) == (1, True)


def test_a_register_that_cannot_be_read_or_is_open_is_left_alone(
    sent: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    send(sent, "xa-nam-dong", {})
    sent.write(REGISTER, b"PK \xe3 \xff")
    code, said = run(sent, capsys, write=True)
    assert (code, "Chưa đọc được sổ đăng ký năm 2020" in said) == (1, True)
    sent.write(REGISTER, as_csv(rows({"Mã": "DK-2020-301", "Xã": "Đắk D’rông"})))
    sent.write("content/dang-ky/.~lock.2020.csv#", "")
    before = read(sent)
    code, said = run(sent, capsys, write=True)
    assert (code, "2020.csv đang mở trong Excel hay LibreOffice" in said) == (1, True)
    assert read(sent) == before


def test_a_message_that_is_answered_is_put_away(sent: Project, capsys: pytest.CaptureFixture[str]) -> None:
    send(sent, "xa-nam-dong", {"Loại": ""})
    run(sent, capsys)
    reply = sent.path / HERE / "gui-lai/loi-nhan-xa-nam-dong.txt"
    said = reply.read_bytes()
    send(sent, "xa-nam-dong", {"Loại": "Mô hình"})
    assert run(sent, capsys)[0] == 0
    assert not reply.exists()
    (kept,) = (sent.path / ".history" / HERE / "gui-lai" / reply.name).iterdir()
    assert kept.read_bytes() == said


def test_the_messages_of_others_stay_when_a_single_file_is_collected(
    sent: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    send(sent, "xa-nam-dong", {"Loại": ""})
    send(sent, "xa-dak-drong", {"Loại": "", "Xã": "Đắk D’rông"})
    run(sent, capsys)
    send(sent, "xa-nam-dong", {})
    run(sent, capsys, f"{HERE}/so-dang-ky-2020-xa-nam-dong.xlsx")
    assert [file.name for file in (sent.path / HERE / "gui-lai").iterdir()] == ["loi-nhan-xa-dak-drong.txt"]


def test_acts_new_filled_in_and_those_that_the_office_alone_writes(
    sent: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    sent.write(REGISTER, as_csv(rows({"Mã": "DK-2020-201"}, {"Mã": "DK-2020-101", "Xã": "Ea T’ling"})))
    heads = "Mã;Việc;Ngày;Văn bản;Hình thức;Cấp"
    sent.write(ACTS, acts("DK-2020-201;bình xét;7/10/2020;;;", "DK-2020-201;công nhận;15/10/2020;QĐ 1;;", heads=heads))
    day = date(2020, 11, 1)
    happened = [
        {"Mã": "DK-2020-201", "Việc": "bình xét", "Ngày": date(2020, 10, 7), "Văn bản": "Biên bản họp"},
        {"Mã": "DK-2020-201", "Việc": "công nhận", "Ngày": date(2020, 10, 20), "Văn bản": "QĐ 2"},
        {"Mã": "DK-2020-201", "Việc": "khen thưởng", "Ngày": day, "Hình thức": "Giấy khen", "Cấp": "xã"},
        {"Mã": "DK-2020-201", "Việc": "khen thưởng", "Ngày": day, "Hình thức": "Bằng khen", "Cấp": "tỉnh"},
        {"Mã": "DK-2020-101", "Việc": "dừng", "Ngày": day},
        {"Mã": "DK-2020-299", "Việc": "dừng", "Ngày": day},
        {"Mã": "DK-2020-201", "Việc": "nhân rộng", "Ngày": date(2019, 1, 1)},
    ]
    send(sent, "xa-nam-dong", {"Mã": "DK-2020-201"}, acts=happened, to="x/a.xlsx")
    code, said = run(sent, capsys, "x", write=True)
    assert code == 1
    assert "DK-2020-201: bình xét, 7/10/2020: thêm Văn bản “Biên bản họp”" in said
    assert "DK-2020-201: công nhận, 20/10/2020; trong sổ đã ghi công nhận, 15/10/2020" in said
    assert "DK-2020-201: Bằng khen cấp tỉnh, 1/11/2020; cơ quan đối chiếu quyết định" in said
    assert "dòng 6: DK-2020-101 là của thị trấn Ea T’ling, mà tệp là của xã Nam Dong" in said
    assert "dòng 7: Không có DK-2020-299 trong sổ đăng ký" in said
    assert "Nhân rộng ngày 1/1/2019, trước ngày đăng ký 5/4/2020" in said
    assert read(sent, ACTS).splitlines() == [
        heads,
        "DK-2020-201;bình xét;7/10/2020;Biên bản họp;;",
        "DK-2020-201;công nhận;15/10/2020;QĐ 1;;",
        "DK-2020-201;khen thưởng;1/11/2020;;Giấy khen;xã",
    ]


def test_an_act_of_a_row_that_is_wrong_waits_for_it(sent: Project, capsys: pytest.CaptureFixture[str]) -> None:
    send(sent, "xa-nam-dong", {"Loại": ""}, acts=[{"Mã": "DK-2020-201", "Việc": "dừng", "Ngày": date(2020, 11, 1)}])
    _, said = run(sent, capsys, write=True)
    assert "Dòng đăng ký của DK-2020-201 còn chỗ phải sửa; sửa dòng ấy thì việc này mới ghi được" in said
    assert not (sent.path / ACTS).exists()


def test_an_act_stated_by_two_files_has_the_cells_of_both(sent: Project, capsys: pytest.CaptureFixture[str]) -> None:
    sent.write(REGISTER, as_csv(rows({"Mã": "DK-2020-201"})))
    sent.write("x/một.csv", acts("DK-2020-201;bình xét;7/10/2020;"))
    sent.write("x/hai.csv", acts("DK-2020-201;bình xét;7/10/2020;Biên bản họp", heads="Mã;Việc;Ngày;Văn bản"))
    assert run(sent, capsys, "x/một.csv", "x/hai.csv", write=True)[0] == 0
    assert [line for line in read(sent, ACTS).splitlines() if "Biên bản họp" in line and "bình xét" in line]
    assert len(read(sent, ACTS).splitlines()) == 2


def test_replies_to_two_files_of_one_name_are_both_kept(sent: Project, capsys: pytest.CaptureFixture[str]) -> None:
    sent.write("x/so.csv", table({"Xã": "", "Loại": ""}))
    sent.write("y/so.csv", table({"Xã": "", "Lĩnh vực": ""}))
    assert run(sent, capsys, "x", "y")[0] == 1
    (reply,) = (sent.path / HERE / "gui-lai").iterdir()
    said = reply.read_text(encoding="utf-8-sig")
    assert 'Thiếu "Loại"' in said
    assert 'Thiếu "Lĩnh vực"' in said


def test_of_the_register_and_its_acts_both_are_written_or_neither(
    sent: Project, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def write(file: Path, data: bytes, *, flush: bool = False) -> None:
        if "viec" in file.name:
            raise PermissionError(13, "Permission denied", str(file))
        write_whole(file, data, flush=flush)

    monkeypatch.setattr(edits, "write_whole", write)
    happened = [{"Mã": "DK-2020-201", "Việc": "bình xét", "Ngày": date(2020, 10, 7)}]
    send(sent, "xa-nam-dong", {}, acts=happened)
    code, said = run(sent, capsys, write=True)
    assert (code, "Chưa gộp được: Không ghi được content/dang-ky/2020-viec.csv" in said) == (1, True)
    assert not (sent.path / REGISTER).exists()
    sent.write(REGISTER, before := as_csv(rows({"Mã": "DK-2020-301", "Xã": "Đắk D’rông"})))
    assert run(sent, capsys, write=True)[0] == 1
    assert read(sent) == before


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16-le", "utf-16-be"])
def test_a_csv_keeps_its_encoding_and_a_heading_of_two_lines(encoding: str) -> None:
    keys = register_columns(Vocabulary())
    heads = ["Mã", "Tên\nmô hình", "Loại", "Xã", "Ngày đăng ký", "Kết quả"]
    mark = b"" if encoding.startswith("utf-8") else "\ufeff".encode(encoding)
    text = 'sep=|\n"Mã"|"Tên\nmô hình"|Loại|Xã|Ngày đăng ký|Kết quả\nDK-2020-201|Một|Mô hình|x|1/4/2020|'
    rows_of_text = [["sep=|"], heads, ["DK-2020-201", "Một", "Mô hình", "x", "1/4/2020", ""]]
    grid = find_grid(CellTable(rows_of_text, delimiter="|"), keys)
    edits = Edits({2: {"result": "3; |"}}, [{"code": "DK-2020-202", "name": 'Hai "nháy"'}])
    made = edit_csv(mark + text.encode(encoding), grid, edits)
    expected = f'{text}"3; |"\nDK-2020-202|"Hai ""nháy"""||||\n'
    assert made == mark + expected.encode(encoding)
