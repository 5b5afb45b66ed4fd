"""The preview as an editor meets it: what a browser gets, and what happens after a save.

The site builder is a stand-in, so that each test is about the preview alone; real pages have their own tests.
"""

from __future__ import annotations

import http.client
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from plugins.preview import rebuild
from plugins.preview.pages import open_server, render_notice
from plugins.preview.server import serve

if TYPE_CHECKING:
    from collections.abc import Iterator

REPOSITORY = Path(__file__).parents[2]

# Builds .preview/index.html from content/trang.txt; refuses, as `build` does, while content/loi.txt says why.
BUILDER = """\
import sys, shutil
def build(project, *, drafts, output):
    assert drafts
    wrong = project / "content" / "loi.txt"
    if wrong.exists():
        print(wrong.read_text("utf-8"), file=sys.stderr)
        return 1
    shutil.rmtree(project / output, ignore_errors=True)
    (project / output).mkdir()
    text = (project / "content" / "trang.txt").read_text("utf-8")
    (project / output / "index.html").write_text(text, "utf-8")
    print("Đã dựng xong.")
    return 0
"""


class Answer:
    """What a browser got."""

    def __init__(self, port: int, path: str, method: str = "GET") -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        connection.request(method, path)
        response = connection.getresponse()
        self.status, self.headers, self.body = response.status, response.headers, response.read()
        connection.close()

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")


@contextmanager
def serving(root: Path, said: str = "") -> Iterator[int]:
    server = open_server(root, 0, lambda: said)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


@pytest.fixture
def site(tmp_path: Path) -> Path:
    root = tmp_path / ".preview"
    (root / "gioi-thieu").mkdir(parents=True)
    (root / "trong").mkdir()
    (root / "index.html").write_text("<h1>Trang chủ</h1>", encoding="utf-8")
    (root / "gioi-thieu/index.html").write_text("<h1>Giới thiệu</h1>", encoding="utf-8")
    (root / "404.html").write_text("<h1>Không tìm thấy trang</h1>", encoding="utf-8")
    return root


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.html", "text/html; charset=utf-8"),
        ("a.css", "text/css; charset=utf-8"),
        ("a.js", "text/javascript; charset=utf-8"),
        ("a.json", "application/json; charset=utf-8"),
        ("manifest.webmanifest", "application/manifest+json; charset=utf-8"),
        ("tat-ca.atom.xml", "application/xml; charset=utf-8"),
        ("a.csv", "text/csv; charset=utf-8"),
        ("robots.txt", "text/plain; charset=utf-8"),
        ("a.svg", "image/svg+xml; charset=utf-8"),
        ("a.woff2", "font/woff2"),
        ("A.JPG", "image/jpeg"),
        ("a.la", "application/octet-stream"),
    ],
)
def test_type_is_ours_whatever_the_system_says(site: Path, name: str, kind: str) -> None:
    (site / name).write_bytes(b"x")
    with serving(site) as port:
        assert Answer(port, f"/{name}").headers["Content-Type"] == kind


def test_pages_by_folder(site: Path) -> None:
    with serving(site) as port:
        home, page = Answer(port, "/"), Answer(port, "/gioi-thieu/?x=1#y")
        moved = Answer(port, "/gioi-thieu?x=1")
        head = Answer(port, "/", "HEAD")
    assert (home.status, home.text) == (200, "<h1>Trang chủ</h1>")
    assert (page.status, page.text) == (200, "<h1>Giới thiệu</h1>")
    assert (moved.status, moved.headers["Location"]) == (301, "/gioi-thieu/?x=1")
    assert (head.status, head.body, head.headers["Content-Length"]) == (200, b"", str(len(home.body)))
    assert {answer.headers["Cache-Control"] for answer in (home, page, moved, head)} == {"no-store"}


@pytest.mark.parametrize(
    "path", ["/khong-co/", "/khong-co", "/trong/", "/index.html/", "/..%2fbi-mat.txt", "/%00", "/../bi-mat.txt"]
)
def test_unknown_address_shows_our_404_and_never_a_listing(site: Path, path: str) -> None:
    (site.parent / "bi-mat.txt").write_text("bí mật", encoding="utf-8")
    with serving(site) as port:
        answer = Answer(port, path)
    assert (answer.status, answer.text) == (404, "<h1>Không tìm thấy trang</h1>")


def test_only_this_machine_can_ask(site: Path) -> None:
    server = open_server(site, 0, str)
    assert server.server_address[0] == "127.0.0.1"
    server.server_close()


def test_takes_the_next_free_port(site: Path) -> None:
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        taken = busy.getsockname()[1]
        server = open_server(site, taken, str)
    assert server.server_port > taken
    server.server_close()


@pytest.mark.parametrize("port", [70000, -1])
def test_impossible_port_is_one_line(tmp_path: Path, port: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert serve(tmp_path, port, open_browser=False) == 1
    assert capsys.readouterr().err == f"Không mở được cổng {port}: chọn cổng khác, ví dụ --port 8080.\n"


def test_without_any_build_every_page_says_what_is_wrong(tmp_path: Path) -> None:
    with serving(tmp_path / ".preview", 'content/danh-muc/xa.yaml:3: Mã "<b>" không hợp lệ') as port:
        answer = Answer(port, "/bai-viet/")
    assert answer.status == 503
    assert "<h1>Chưa dựng được trang</h1>" in answer.text
    assert "<li>content/danh-muc/xa.yaml:3: Mã &quot;&lt;b&gt;&quot; không hợp lệ</li>" in answer.text
    assert "Đang dựng trang lần đầu" in render_notice("")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with spaces and Vietnamese letters in its path, whose builder is the stand-in."""
    made = tmp_path / "Dân vận khéo – Cư Jút"
    shutil.copytree(REPOSITORY / "plugins/preview", made / "plugins/preview")
    (made / "plugins/__init__.py").touch()
    (made / "plugins/site.py").write_text(BUILDER, encoding="utf-8")
    (made / "content").mkdir()
    (made / "content/trang.txt").write_text("Bản một", encoding="utf-8")
    (made / "pelicanconf.py").touch()
    return made


@pytest.mark.parametrize(
    ("path", "code", "said"),
    [
        ("plugins/site.py", "def build(:\n", "plugins/site.py:1: mã của trang bị lỗi (viết sai cú pháp, "),
        (
            "plugins/site.py",
            "def build(*_, **__):\n    return 1 / 0\n",
            "plugins/site.py:2: mã của trang bị lỗi (ZeroDiv",
        ),
        (
            "plugins/site.py",
            "import os\ndef build(*_, **__):\n    os._exit(9)\n",
            "Việc dựng trang dừng đột ngột (mã 9).",
        ),
    ],
)
def test_fault_in_the_code_is_one_line(project: Path, path: str, code: str, said: str) -> None:
    (project / path).write_text(code, encoding="utf-8")
    lines = rebuild.run(project).splitlines()
    assert len(lines) == 1
    assert lines[0].startswith(said)


@contextmanager
def previewing(project: Path) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """Run `preview` as its user does: a process of its own, ended with Ctrl-C."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    # A shell's background job ignores Ctrl-C until told otherwise.
    script = (
        "import signal, sys; from pathlib import Path; from plugins.preview.server import serve\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "sys.exit(serve(Path(sys.argv[1]), int(sys.argv[2]), open_browser=False))"
    )
    command = [sys.executable, "-X", "utf8", "-c", script, str(project), str(port)]
    process = subprocess.Popen(command, cwd=project, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    try:
        yield port, process
    finally:
        process.kill()
        process.communicate()


def wait_for(port: int, text: str) -> Answer:
    """Return the home page once it has the text; fails after ten seconds."""
    deadline = time.monotonic() + 10
    shown = ""
    while time.monotonic() < deadline:
        try:
            answer = Answer(port, "/")
        except OSError:
            answer = None
        if answer and text in (shown := answer.text):
            return answer
        time.sleep(0.05)
    pytest.fail(f"chờ “{text}” mà chỉ thấy “{shown}”")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows gửi Ctrl-C theo cách khác")
def test_every_save_shows_and_no_fault_ends_it(project: Path) -> None:
    page, wrong, settings = project / "content/trang.txt", project / "content/loi.txt", project / "pelicanconf.py"
    wrong.write_text("content/loi.txt:1: Thiếu <điều gì đó>; thêm vào", encoding="utf-8")
    with previewing(project) as (port, process):
        assert wait_for(port, "Thiếu &lt;điều gì đó&gt;").status == 503
        wrong.unlink()
        wait_for(port, "Bản một")
        page.write_text("Bản hai", encoding="utf-8")
        wait_for(port, "Bản hai")
        wrong.write_text("content/loi.txt:1: Lại sai; sửa đi", encoding="utf-8")
        page.write_text("Bản ba", encoding="utf-8")
        time.sleep(0.6)
        assert Answer(port, "/").text == "Bản hai"
        wrong.unlink()
        wait_for(port, "Bản ba")
        # Many editors save by putting a new file in the old one's place, which ends a plain watch.
        (project / "moi").write_text("", encoding="utf-8")
        page.write_text("Bản bốn", encoding="utf-8")
        wait_for(port, "Bản bốn")
        (project / "moi").replace(settings)
        time.sleep(0.6)
        (project / ".preview/index.html").write_text("cũ", encoding="utf-8")
        settings.write_text("# đổi\n", encoding="utf-8")
        wait_for(port, "Bản bốn")
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=5)
    assert process.returncode == 0
    assert err == b""
    assert "Lại sai" in out.decode("utf-8")
    assert out.decode("utf-8").endswith("Đã dừng xem thử.\n")
