"""The command itself: ports, changes of every kind while it runs, faults of every kind, and its end."""

from __future__ import annotations

import re
import shutil
import socket
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from plugins.preview import command
from tests.preview.preview_process import Previewing, previewing_content
from tests.site.checkout import PHONE_PHOTO, PHONE_STORY, PHONE_URL, STORIES

if TYPE_CHECKING:
    from collections.abc import Iterator

REPOSITORY = Path(__file__).parents[2]
STORY = f"{STORIES}/2019/hai-thon-chung-tay-be-tong-hoa-kenh-muong-noi-dong/bai.md"
STORY_URL = "/bai-viet/2019/hai-thon-chung-tay-be-tong-hoa-kenh-muong-noi-dong/"


def test_takes_the_next_free_port_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command, "watch_project", lambda *_: ())
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        taken = busy.getsockname()[1]
        assert command.preview(tmp_path, taken, open_browser=False) == 0
    # The address is printed once it answers.
    found = re.fullmatch(rf"Cổng {taken} đang bận, dùng cổng (\d+)\.\n", capsys.readouterr().out)
    assert found
    assert taken < int(found[1]) <= taken + 100


def test_the_browser_is_opened_when_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []

    def stop(*_: object) -> None:
        for _ in range(100):
            if opened:
                break
            time.sleep(0.05)
        raise KeyboardInterrupt

    monkeypatch.setattr(command, "watch_project", stop)
    monkeypatch.setattr("webbrowser.open", opened.append)
    assert command.preview(tmp_path, 20_000, open_browser=True) == 0
    assert len(opened) == 1
    assert re.fullmatch(r"http://127\.0\.0\.1:20\d\d\d/", opened[0])


def test_an_impossible_word_for_a_port_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.preview(tmp_path, "abc", open_browser=False) == 1
    assert capsys.readouterr().err == 'Cổng phải là một số, không phải "abc"; ví dụ --port 8080.\n'


@pytest.mark.parametrize("port", [70000, -1])
def test_impossible_port_is_one_line(tmp_path: Path, port: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.preview(tmp_path, port, open_browser=False) == 1
    assert capsys.readouterr().err == f"Không mở được cổng {port}: chọn cổng khác, ví dụ --port 8080.\n"


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Previewing]:
    """One preview for all tests here; each leaves the project as it found it."""
    with previewing_content(tmp_path_factory.mktemp("preview"), alone=True) as made:
        yield made


# The broken file, its bytes, the page that is open, and the beginning of the problem shown.
FAULTS = {
    "story": (STORY, b'---\nTi\xc3\xaau \xc4\x91\xe1\xbb\x81: "K\xc3\xaanh\n---\n', STORY_URL, f"{STORY}:2: "),
    "encoding": (STORY, b"\xff\xfek\x00", STORY_URL, f"{STORY}:1: Tệp lưu ở mã UTF-16"),
    "empty": (STORY, b"", STORY_URL, f"{STORY}:1: Tệp trống"),
    "photo": (PHONE_PHOTO, b"\xff\xd8\xff", PHONE_URL, f"{PHONE_STORY}:10: "),
    "page": ("content/trang/lien-he.md", b"---\n", "/lien-he/", "content/trang/lien-he.md:1: "),
    "document": (
        "content/van-ban/huong-dan-nam-dan-van-kheo-2020.md",
        b"?",
        "/van-ban/huong-dan-nam-dan-van-kheo-2020/",
        "content/van-ban/huong-dan-nam-dan-van-kheo-2020.md:1: ",
    ),
    "vocabulary": ("content/danh-muc/xa.yaml", b"- {", "/", "content/danh-muc/xa.yaml:1: "),
    "publisher": ("content/danh-muc/co-quan.yaml", b"- a", "/", "content/danh-muc/co-quan.yaml:1: "),
    "template": ("theme/templates/base.html", b"\n{% block %}", "/", "theme/templates/base.html:2: Mẫu trang viết sai"),
    "partial": (
        "theme/templates/partials/card.html",
        b"{{ story.title | khong_co }}",
        "/van-ban/",
        "theme/templates/partials/card.html:1: Mẫu trang viết sai",
    ),
    "crash": ("theme/templates/article.html", b"{{ 1 // 0 }}", STORY_URL, "theme/templates/article.html:1: Mẫu trang"),
    "style": ("theme/static/css/base.css", b"a {\n}\n}", "/", "theme/static/css/base.css:3: Kiểu trang viết sai"),
    "script": ("theme/static/js/reading.js", b"\xff", "/", "theme/static/js/reading.js:1: Tệp không ở mã UTF-8"),
}


def read_page(running: Previewing, address: str) -> bytes:
    """Return a page without the version of the script that the preview adds."""
    page = running.get(address)
    assert page.status == 200
    return re.sub(rb"/_xem-thu/[0-9a-f]{16}/", b"", page.body)


@pytest.mark.parametrize("kind", FAULTS)
def test_every_kind_of_fault_is_shown_over_the_last_good_page(running: Previewing, kind: str) -> None:
    path, content, address, said = FAULTS[kind]
    file = running.project / path
    good, page = file.read_bytes(), read_page(running, address)
    file.write_bytes(content)
    running.wait_for_problem(address, said)
    assert read_page(running, address) == page
    file.write_bytes(good)
    running.wait(address, lambda state: not state["errors"] and read_page(running, address) == page)


def test_a_photo_that_is_gone_is_missed(running: Previewing) -> None:
    photo = running.project / PHONE_PHOTO
    good, page = photo.read_bytes(), running.get(PHONE_URL)
    photo.unlink()
    running.wait_for_problem(PHONE_URL, f"{PHONE_STORY}:10: Không có tệp ảnh")
    assert running.get(PHONE_URL).body == page.body
    photo.write_bytes(good)
    running.wait_until_sound(PHONE_URL)


def test_stories_come_move_and_go(running: Previewing) -> None:
    stories = running.project / STORIES / "2020"

    def wait_for(slug: str, *, there: bool) -> None:
        address = f"/bai-viet/2020/{slug}/"
        running.wait("/", lambda _: (running.get(address).status == 200) == there)

    shutil.copytree(stories / "Họp báo đầu năm", stories / "hop-moi")
    wait_for("hop-moi", there=True)
    (stories / "hop-moi").rename(stories / "hop-khac")
    wait_for("hop-khac", there=True)
    wait_for("hop-moi", there=False)
    # As many editors save: a new file in the old one's place.
    text = (stories / "hop-khac/bai.md").read_text(encoding="utf-8")
    (stories / "tam.md").write_text(text.replace("Họp báo đầu năm", "Họp báo khác"), encoding="utf-8")
    (stories / "tam.md").replace(stories / "hop-khac/bai.md")
    running.wait("/", lambda _: "Họp báo khác" in running.get("/bai-viet/2020/hop-khac/").text)
    shutil.rmtree(stories / "hop-khac")
    wait_for("hop-khac", there=False)
    running.wait_until_sound("/")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows gửi Ctrl-C theo cách khác")
def test_ctrl_c_ends_it_cleanly(running: Previewing) -> None:
    """The last test here, as it ends the preview of the others."""
    port = running.port
    out, err = running.stop()
    assert running.process.returncode == 0
    assert err == ""
    # The first line is the address, once it answers.
    assert out.startswith(f"Xem thử tại http://127.0.0.1:{port}/ (bấm Ctrl+C để dừng).\n")
    assert out.endswith("\nĐã dừng xem thử.\n")
    assert "theme/templates/base.html:2: Mẫu trang viết sai" in out
    assert "Traceback" not in out
    with socket.socket() as freed:
        freed.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        freed.bind(("127.0.0.1", port))


def test_the_files_to_double_click_run_the_command() -> None:
    windows = (REPOSITORY / "xem-thu.cmd").read_bytes()
    assert b"tasks.py preview %*\r\n" in windows
    assert windows.count(b"\n") == windows.count(b"\r\n")
    windows.split(b"chcp 65001")[0].decode("ascii")
    others = (REPOSITORY / "xem-thu.sh").read_bytes()
    assert others.startswith(b"#!/bin/sh\n")
    assert b'exec python3 tasks.py preview "$@"\n' in others
