"""Registers of communes, dropped on the desk: kept in the folder of their year, and never lost."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from plugins.preview.addresses import OWN
from plugins.preview.jobs.boxes import read_arguments
from plugins.preview.jobs.commands import BY_NAME
from plugins.preview.jobs.sent_registers import list_sent
from plugins.preview.live.site import LiveSite
from plugins.preview.rendering import TOKEN
from plugins.preview.serving.exchange import Request
from plugins.preview.serving.routes import answer

if TYPE_CHECKING:
    from pathlib import Path

NAME = "Sổ xã Đắk D’rông.xlsx"


@pytest.fixture
def live(tmp_path: Path) -> LiveSite:
    return LiveSite(tmp_path)


def drop(live: LiveSite, name: str, data: bytes, year: str = "2026", token: str = TOKEN) -> tuple[int, dict[str, Any]]:
    got = answer("POST", Request(live, f"{OWN}sua/nhan-so", {"nam": year, "ten": name}, data, token))
    return got.status, json.loads(got.body)


def put_away(live: LiveSite, name: str) -> tuple[int, dict[str, Any]]:
    asked = json.dumps({"year": "2026", "name": name}).encode()
    got = answer("POST", Request(live, f"{OWN}sua/bo-so", {}, asked, TOKEN))
    return got.status, json.loads(got.body)


def test_a_file_and_the_one_it_replaces_are_kept(live: LiveSite) -> None:
    assert drop(live, NAME, b"1") == (200, {"name": NAME, "came": "mới"})
    assert drop(live, NAME, b"1")[1]["came"] == "đã có"
    assert drop(live, NAME, b"2")[1]["came"] == "thay bản trước"
    assert (live.project / "so-cac-xa/2026" / NAME).read_bytes() == b"2"
    (earlier,) = (live.project / ".history/so-cac-xa/2026" / NAME).iterdir()
    assert earlier.read_bytes() == b"1"
    assert drop(live, "cũ.csv", b"1", year="2025")[0] == 200
    (live.project / "so-cac-xa/2026/~$a.xlsx").write_bytes(b"")
    assert list_sent(live.project) == [("2026", [NAME]), ("2025", ["cũ.csv"])]


def test_a_file_is_put_away_into_the_history(live: LiveSite) -> None:
    drop(live, NAME, b"1")
    assert put_away(live, NAME)[0] == 200
    assert list_sent(live.project) == []
    (earlier,) = (live.project / ".history/so-cac-xa/2026" / NAME).iterdir()
    assert earlier.read_bytes() == b"1"
    assert put_away(live, NAME)[0] == 422
    assert put_away(live, "../2025/cũ.csv")[0] == 422


def test_a_name_from_a_mail_becomes_one_that_windows_can_have(live: LiveSite) -> None:
    said = drop(live, "../Nam Dong: lần 2?.xlsx", b"1")[1]
    assert said["name"] == "-Nam Dong- lần 2-.xlsx"
    assert [file.name for file in (live.project / "so-cac-xa/2026").iterdir()] == [said["name"]]


@pytest.mark.parametrize(
    ("name", "data", "year", "sentence"),
    [
        ("bao cao.docx", b"1", "", "không phải tệp .xlsx hay .csv; chép bảng sang Excel rồi lưu thành .xlsx"),
        ("so.mp4", b"1", "", "không phải tệp .xlsx hay .csv; xin gửi lại tệp Excel của sổ (.xlsx)"),
        (
            "so.XLS",
            b"1",
            "",
            ".csv; mở bằng Excel, chọn Lưu thành… (Save As), kiểu Excel Workbook (.xlsx)",
        ),
        ("so.xlsx", b"", "", "là tệp trống (0 byte)"),
        ("~$so.xlsx", b"1", "", "tệp tạm của Excel; đóng Excel, rồi chọn tệp cùng tên không có ~$ ở đầu"),
        ("con.xlsx", b"1", "", "không dùng được trên Windows; đổi tên rồi thả lại"),
        ("so.xlsx", b"1", "26", 'Năm "26" không đúng'),
        ("s" * 300 + ".xlsx", b"1", "", "dài quá"),
    ],
)
def test_files_that_are_no_registers_are_refused(
    live: LiveSite, name: str, data: bytes, year: str, sentence: str
) -> None:
    status, said = drop(live, name, data, year)
    assert status == 422
    assert sentence in f"{said['message']}; {said['fix']}"
    assert not (live.project / "so-cac-xa").exists()


def test_another_page_can_send_nothing(live: LiveSite) -> None:
    assert drop(live, NAME, b"1", token="")[0] == 403
    assert not (live.project / "so-cac-xa").exists()


def test_the_second_button_is_the_command_with_write(live: LiveSite) -> None:
    command = BY_NAME["collect"]
    assert read_arguments(command, {"year": "2026"}, live.project, None) == ["--year=2026"]
    typed = {"year": "2026", "write": "x"}
    assert read_arguments(command, typed, live.project, None) == ["--year=2026", "--write"]
