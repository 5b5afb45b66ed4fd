"""The command itself: ports, changes of every kind while it runs, faults of every kind, and its end."""

from __future__ import annotations

import shutil
import socket
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from plugins.preview.command import find_port, preview
from tests.preview.preview_process import Previewing, previewing_content
from tests.site.checkout import PHONE_PHOTO, PHONE_STORY, PHONE_URL, STORIES, write

if TYPE_CHECKING:
    from collections.abc import Iterator

REPOSITORY = Path(__file__).parents[2]
STORY = f"{STORIES}/2019/hai-thon-chung-tay-be-tong-hoa-kenh-muong-noi-dong/bai.md"
STORY_URL = "/bai-viet/2019/hai-thon-chung-tay-be-tong-hoa-kenh-muong-noi-dong/"


def test_takes_the_next_free_port_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    begun: list[list[str]] = []

    def begin(command: list[str], **_: object) -> SimpleNamespace:
        begun.append(command)
        return SimpleNamespace(wait=lambda *_: 1, stdin=None)

    monkeypatch.setattr("subprocess.Popen", begin)
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        taken = busy.getsockname()[1]
        free = find_port(taken)
        assert free > taken
        assert preview(tmp_path, taken, open_browser=False) == 1
    assert [command[-1] for command in begun] == [str(free)]
    # Only what answers is told as an address.
    assert capsys.readouterr().out == f"Cổng {taken} đang bận, dùng cổng {free}.\n"


def test_an_impossible_word_for_a_port_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert preview(tmp_path, "abc", open_browser=False) == 1
    assert capsys.readouterr().err == 'Cổng phải là một số, không phải "abc"; ví dụ --port 8080.\n'


@pytest.mark.parametrize("port", [70000, -1])
def test_impossible_port_is_one_line(tmp_path: Path, port: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert preview(tmp_path, port, open_browser=False) == 1
    assert capsys.readouterr().err == f"Không mở được cổng {port}: chọn cổng khác, ví dụ --port 8080.\n"


@pytest.mark.parametrize(
    ("ended", "code", "is_told"),
    [
        (0xC000013A, 0, True),
        (-1073741510, 0, True),
        (KeyboardInterrupt(), 0, True),
        (0, 0, False),
        (1, 1, False),
    ],
)
def test_ctrl_c_is_no_fault_whoever_hears_of_it_first(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    ended: int | KeyboardInterrupt,
    code: int,
    is_told: bool,
) -> None:
    """On Windows both processes do, and the one that serves may be too young to end by itself."""

    def wait(*patience: float) -> int:
        if isinstance(ended, KeyboardInterrupt) and not patience:
            raise ended
        return 0 if isinstance(ended, KeyboardInterrupt) else ended

    monkeypatch.setattr("subprocess.Popen", lambda *_, **__: SimpleNamespace(wait=wait, stdin=None))
    assert preview(tmp_path, 0, open_browser=False) == code
    assert ("Đã dừng xem thử." in capsys.readouterr().out) == is_told


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Previewing]:
    """One preview for all tests here; each leaves the project as it found it."""
    with previewing_content(tmp_path_factory.mktemp("preview")) as made:
        yield made


# What is broken, how, the page that an editor has open, and what it says.
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
    "settings": ("pelicanconf.py", b"SITEURL = \n", "/", "pelicanconf.py:1: Mã của trang viết sai cú pháp"),
    "code": (
        "plugins/exemplars/model/index.py",
        b"x = 1 / 0\n",
        "/",
        "plugins/exemplars/model/index.py:1: Mã của trang bị lỗi",
    ),
    "deep code": ("plugins/vietnamese.py", b"def f(:\n", "/", "plugins/vietnamese.py:1: Mã của trang viết sai cú pháp"),
}


@pytest.mark.parametrize("kind", FAULTS)
def test_whatever_is_broken_it_is_said_over_the_last_good_page(running: Previewing, kind: str) -> None:
    path, content, address, said = FAULTS[kind]
    file = running.project / path
    good, page = file.read_bytes(), running.get(address)
    assert page.status == 200
    file.write_bytes(content)
    running.wait_for_problem(address, said)
    assert running.get(address).body == page.body
    file.write_bytes(good)
    running.wait(address, lambda state: not state["errors"] and running.get(address).body == page.body)


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


def test_new_code_and_new_settings_are_run(running: Previewing) -> None:
    sections, settings = running.project / "plugins/content/addresses/sections.py", running.project / "pelicanconf.py"
    code, conf = sections.read_text(encoding="utf-8"), settings.read_text(encoding="utf-8")
    write(running.project, "plugins/content/addresses/sections.py", code.replace('"Tin tức",', '"Tin tức mới",'))
    running.wait("/bai-viet/", lambda _: "Tin tức mới" in running.get("/bai-viet/").text)
    write(running.project, "plugins/content/addresses/sections.py", code)
    running.wait("/bai-viet/", lambda _: "Tin tức mới" not in running.get("/bai-viet/").text)
    write(running.project, "pelicanconf.py", conf.replace("SHOW_SAMPLES = True", "SHOW_SAMPLES = False"))
    running.wait("/", lambda _: running.get(PHONE_URL).status == 404)
    write(running.project, "pelicanconf.py", conf)
    running.wait("/", lambda _: running.get(PHONE_URL).status == 200)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows gửi Ctrl-C theo cách khác")
def test_ctrl_c_ends_it_cleanly(running: Previewing) -> None:
    """The last test here: it ends what the others asked."""
    port = running.port
    out, err = running.stop()
    assert running.process.returncode == 0
    assert err == ""
    # The first line is the address, once it answers.
    assert out.startswith(f"Xem thử tại http://127.0.0.1:{port}/ (bấm Ctrl+C để dừng).\n")
    assert out.endswith("\nĐã dừng xem thử.\n")
    assert "theme/templates/base.html:2: Mẫu trang viết sai" in out
    assert "Traceback" not in out
    assert find_port(port) == port


def test_the_files_to_double_click_run_the_command() -> None:
    windows = (REPOSITORY / "xem-thu.cmd").read_bytes()
    assert b"tasks.py preview %*\r\n" in windows
    assert windows.count(b"\n") == windows.count(b"\r\n")
    windows.split(b"chcp 65001")[0].decode("ascii")
    others = (REPOSITORY / "xem-thu.sh").read_bytes()
    assert others.startswith(b"#!/bin/sh\n")
    assert b'exec python3 tasks.py preview "$@"\n' in others
