"""`script` and `poster` as staff run them: files, never over existing ones, and messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from plugins.bulletin import browser
from plugins.sources.problem import Invalid
from plugins.spoken.numbers import NORTH, SOUTH
from plugins.spreading import command
from tests.spreading.test_script import write

if TYPE_CHECKING:
    from tests.conftest import Project

FILES = ["bai-phat-thanh.docx", "bai-phat-thanh.txt", "tin-zalo.txt"]


def names(project: Project) -> list[str]:
    return sorted(file.name for file in (project.path / "lan-toa/gop-gao").iterdir())


def test_the_files_are_made_once_and_never_written_over(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    write(project)
    assert command.write_scripts(project.path, ["gop-gao"]) == 0
    said = capsys.readouterr().out
    assert "Đã ghi lan-toa/gop-gao/bai-phat-thanh.docx, " in said
    assert "Đọc cả bài: https://example.vn/bai-viet/2020/gop-gao/" in said
    assert "XKLĐQ" in said
    assert names(project) == FILES
    text = project.path / "lan-toa/gop-gao/bai-phat-thanh.txt"
    assert text.read_bytes().startswith(b"\xef\xbb\xbf")
    assert b"\r\n[0:00] K" in text.read_bytes()
    # Again: the same files. After someone has changed one: beside it.
    assert command.write_scripts(project.path, ["content/bai-viet/2020/gop-gao/bai.md", "2020/gop-gao/"]) == 0
    assert names(project) == FILES
    text.write_text("của tôi", encoding="utf-8")
    assert command.write_scripts(project.path, ["gop-gao"], "nam") == 0
    assert text.read_text(encoding="utf-8") == "của tôi"
    assert names(project) == sorted([*FILES, "bai-phat-thanh-lan-2.docx", "bai-phat-thanh-lan-2.txt"])


def test_every_wrong_name_is_reported_in_one_run(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    write(project)
    project.write_story("nhap", front={"Tiêu đề": "Bài nháp", "Trạng thái": "nháp"})
    assert command.write_scripts(project.path, ["gop-ga", "gop-gao", "nhap", "xyz"]) == 1
    said = capsys.readouterr()
    assert said.err.splitlines() == [
        "Không có bài “gop-ga”; có phải gop-gao?",
        "Bài “Bài nháp” còn là nháp; chọn Trạng thái: đăng trong bài rồi chạy lại",
        "Không có bài “xyz”; lấy tên ở cuối địa chỉ của bài, hoặc tên thư mục của bài",
    ]
    # The sound one is made all the same.
    assert names(project) == FILES
    assert command.write_scripts(project.path, []) == 1
    assert "Chưa nói bài nào; ghi tên thư mục của bài, ví dụ: script " in capsys.readouterr().err
    assert command.make_posters(project.path, []) == 1
    assert "ví dụ: poster " in capsys.readouterr().err


def test_stories_with_errors_or_withdrawn_are_reported(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    project.write_story("hong", front={"Lĩnh vực": "Trồng rừng"})
    project.write_story("go", front={"Gỡ": "1/3/2021, gia đình xin rút bài"})
    assert command.write_scripts(project.path, ["hong", "go"]) == 1
    wrong, gone = capsys.readouterr().err.splitlines()
    assert wrong.startswith("Bài “hong” có lỗi: Lĩnh vực")
    assert gone == "Bài “go” đã gỡ; không đưa đi bài đã gỡ"
    assert not (project.path / "lan-toa").exists()


def test_a_sample_is_made_and_marked(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    project.write_story("gop-gao", front={"Mẫu": "có"})
    assert command.write_scripts(project.path, ["gop-gao"]) == 0
    assert "Bài mẫu: chữ MẪU có trong tệp" in capsys.readouterr().out
    assert "MẪU" in (project.path / "lan-toa/gop-gao/tin-zalo.txt").read_text(encoding="utf-8")


def test_a_file_that_cannot_be_written_is_one_line(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    write(project)
    (project.path / "lan-toa").write_text("một tệp", encoding="utf-8")
    assert command.write_scripts(project.path, ["gop-gao"]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("Chưa làm được bài đọc của “Góp 120 kg gạo”: ")


def test_without_a_browser_there_is_no_poster(
    project: Project, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    write(project)
    monkeypatch.setattr(browser, "find_browser", lambda: None)
    assert command.make_posters(project.path, ["gop-gao"]) == 1
    assert "cần trình duyệt Edge, Chrome hoặc Chromium" in capsys.readouterr().err
    assert not (project.path / "lan-toa").exists()


@pytest.mark.parametrize(("written", "speech"), [
    ("", NORTH), ("bắc", NORTH), ("Bac", NORTH), ("miền Nam", SOUTH), ("nam", SOUTH),
])  # fmt: skip
def test_speeches(written: str, speech: object) -> None:
    assert command.read_speech(written) == speech


def test_another_speech_is_refused() -> None:
    with pytest.raises(Invalid, match="Không có giọng “tây”"):
        command.read_speech("tây")
