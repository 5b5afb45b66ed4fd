"""Responses of the preview, and requests that it refuses."""

from __future__ import annotations

import re
import shutil
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from plugins.preview import own_files
from plugins.preview.live.site import LiveSite
from plugins.preview.own_files import own_folder
from plugins.preview.serving.routes import ROUTES, Request, Response, answer
from plugins.preview.serving.server import Server
from plugins.release.policy import IMMUTABLE, build_headers
from tests.preview.preview_process import Answer, read_state
from tests.site.checkout import PHONE_URL

if TYPE_CHECKING:
    from collections.abc import Iterator

SCRIPT = re.compile(
    rb'<script src="/_xem-thu/[0-9a-f]{16}/xem-thu.js" data-page="[0-9a-f]{16}" defer></script>(?=</body>)'
)


@pytest.fixture(scope="module")
def port(live: LiveSite) -> Iterator[int]:
    server = Server(live, 0)
    assert server.server_address[0] == "127.0.0.1"
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


def test_a_page_is_the_built_page_and_one_script(live: LiveSite, port: int) -> None:
    for address in ("/", PHONE_URL, "/404.html", "/van-ban/"):
        got = Answer(port, address)
        assert got.status == 200
        assert SCRIPT.sub(b"", got.body) == live.get(address).body
        assert len(SCRIPT.findall(got.body)) == 1
    assert Answer(port, "/?x=1#y").body == Answer(port, "/").body


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/404.html", "text/html; charset=utf-8"),
        ("/du-lieu/dien-hinh.json", "application/json; charset=utf-8"),
        ("/du-lieu/dien-hinh.csv", "text/csv; charset=utf-8"),
        ("/manifest.webmanifest", "application/manifest+json; charset=utf-8"),
        ("/feeds/tat-ca.atom.xml", "application/atom+xml; charset=utf-8"),
        ("/robots.txt", "text/plain; charset=utf-8"),
        ("/_xem-thu/xem-thu.js", "text/javascript; charset=utf-8"),
        ("/_xem-thu/xem-thu.css", "text/css; charset=utf-8"),
        ("/_ban-bien-tap/", "text/html; charset=utf-8"),
    ],
)
def test_media_types_do_not_depend_on_the_system(port: int, address: str, kind: str) -> None:
    got = Answer(port, address)
    assert (got.status, got.headers["Content-Type"], got.headers["Cache-Control"]) == (200, kind, "no-store")


def test_every_file_that_a_page_names_is_there_in_its_type(live: LiveSite, port: int) -> None:
    html = live.get(PHONE_URL).body.decode()
    types = {".css": "text/css", ".js": "text/javascript", ".webp": "image/webp", ".jpg": "image/jpeg"}
    found = set(re.findall(r"/[\w./-]+\.(?:css|js|webp|jpg|woff2)", html))
    assert {name[name.rindex(".") :] for name in found} == {*types, ".woff2"}
    for address in found:
        got = Answer(port, address)
        assert got.status == 200
        assert got.headers["Content-Type"].startswith(types.get(address[address.rindex(".") :], "font/woff2"))


def test_only_hashed_files_without_personal_data_are_cached(live: LiveSite, port: int) -> None:
    html = live.get(PHONE_URL).body.decode()
    found = set(re.findall(r"/[\w./-]+\.(?:css|js|svg|webp|jpg|woff2)", html))
    kept = {address for address in found if "immutable" in Answer(port, address).headers["Cache-Control"]}
    assert {name[name.rindex(".") :] for name in kept} >= {".css", ".js", ".woff2"}
    assert all(re.fullmatch(r"/theme/.+\.[0-9a-f]{8}\.\w+", address) for address in kept)
    others = {Answer(port, address).headers["Cache-Control"] for address in found - kept}
    assert others == {Answer(port, "/theme/khong-co.0123abcd.css").headers["Cache-Control"]} == {"no-store"}


def test_own_files_are_kept_until_one_changes(port: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    own = Path(shutil.copytree(own_files._OWN, tmp_path / "own"))
    theme = Path(shutil.copytree(own_files._THEME, tmp_path / "theme"))
    monkeypatch.setattr(own_files, "_OWN", own)
    monkeypatch.setattr(own_files, "_THEME", theme)
    for file in (own / "luu.js", own / "trang.css", theme / "css/tokens.css", theme / "band.svg"):
        name = f"theme/{file.relative_to(theme).as_posix()}" if file.is_relative_to(theme) else file.name
        before = own_folder()
        assert f'href="{before}trang.css"' in Answer(port, "/_ban-bien-tap/").text
        got, plain = Answer(port, before + name), Answer(port, f"/_xem-thu/{name}")
        assert (got.status, got.headers["Cache-Control"]) == (200, IMMUTABLE)
        assert (plain.status, plain.headers["Cache-Control"], plain.body) == (200, "no-store", got.body)
        # As long as before.
        file.write_bytes(file.read_bytes().replace(b"e", b"o", 1))
        assert own_folder() != before
        for folder in (before, own_folder()):
            late = Answer(port, folder + name)
            assert (late.status, late.headers["Content-Type"]) == (200, got.headers["Content-Type"])
            assert late.body != got.body
            assert late.headers["Cache-Control"] == (IMMUTABLE if folder == own_folder() else "no-store")


@pytest.mark.parametrize("name", ["khong-co.js", "", "theme/", "theme/../preview/static/sua.js", "../own_files.py"])
def test_no_other_file_is_an_own_file(port: int, name: str) -> None:
    assert {Answer(port, folder + name).status for folder in ("/_xem-thu/", own_folder())} == {404}


def test_a_folder_without_its_slash_is_led_to_it(port: int) -> None:
    moved = Answer(port, "/gioi-thieu?x=1")
    assert (moved.status, moved.headers["Location"]) == (301, "/gioi-thieu/?x=1")


def test_head_is_get_without_the_body(port: int) -> None:
    got, head = Answer(port, "/"), Answer(port, "/", "HEAD")
    assert (head.status, head.body, head.headers["Content-Length"]) == (200, b"", str(len(got.body)))


@pytest.mark.parametrize(
    "address",
    [
        "/khong-co/",
        "/khong-co",
        "/bai-viet/2020/",
        "/index.html/",
        "/..%2fpelicanconf.py",
        "/%00",
        "/../pelicanconf.py",
    ],
)
def test_unknown_address_shows_the_sites_own_404(live: LiveSite, port: int, address: str) -> None:
    got = Answer(port, address)
    assert got.status == 404
    assert SCRIPT.sub(b"", got.body) == live.get("/404.html").body


@pytest.mark.parametrize("host", ["evil.example", "evil.example:{port}", "127.0.0.1:1", ""])
def test_another_name_that_leads_here_is_refused(port: int, host: str) -> None:
    got = Answer(port, "/", headers={"Host": host.format(port=port)})
    assert (got.status, got.text) == (403, "Chỉ máy này được hỏi.")


def test_changing_requests_must_come_from_the_same_origin(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[bytes] = []

    def take(request: Request) -> Response:
        taken.append(request.body)
        return Response(b"{}", "application/json")

    monkeypatch.setitem(ROUTES, ("POST", "/_thu/"), take)
    own, other = {"Origin": f"http://localhost:{port}"}, {"Origin": "http://evil.example"}
    assert [Answer(port, "/_thu/", "POST", headers).status for headers in ({}, other, own)] == [403, 403, 200]
    assert taken == [b""]
    assert Answer(port, "/", "POST", own).status == 405
    assert Answer(port, "/_thu/", "DELETE", own).status == 405


def test_no_route_that_changes_something_can_be_used_without_the_token(live: LiveSite) -> None:
    routes = [address for method, address in ROUTES if method == "POST"]
    assert len(routes) > 15
    assert {answer("POST", Request(live, address)).status for address in routes} == {403}


def test_pages_run_under_the_public_sites_headers_and_may_be_framed_here(port: int) -> None:
    got = Answer(port, "/").headers
    ours = {name: got[name] for name in build_headers()}
    shown, public = (headers.pop("Content-Security-Policy").split("; ") for headers in (ours, build_headers()))
    assert set(public) - set(shown) == {"img-src 'self'", "frame-ancestors 'none'"}
    assert set(shown) - set(public) == {"img-src 'self' data:", "frame-src 'self'", "frame-ancestors 'self'"}
    public_rest = build_headers()
    del public_rest["Content-Security-Policy"]
    assert ours == public_rest


@pytest.mark.parametrize(
    ("asked", "shown"),
    [("/van-ban/", "/van-ban/"), ("//evil.example/", "/"), ("/\\evil.example", "/"), ("https://evil.example", "/")],
)
def test_the_phone_shows_pages_of_this_site_alone(live: LiveSite, asked: str, shown: str) -> None:
    page = answer("GET", Request(live, "/_xem-thu/dien-thoai", {"trang": asked})).body.decode()
    assert f'<iframe class="phone__screen" id="man-hinh" src="{shown}"' in page


def test_the_events_of_a_page_describe_its_state(live: LiveSite, port: int) -> None:
    state = read_state(port, PHONE_URL)
    script = re.search(r'data-page="(\w+)"', Answer(port, PHONE_URL).text)
    assert script
    assert state["page"] == script[1]
    assert state["style"] == live.style
    assert state["mark"] == "Bài mẫu"
    assert state["problems"] == []


def test_an_unforeseen_exception_is_explained(live: LiveSite, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: Request) -> Response:
        raise RuntimeError("hỏng")

    for method in ("GET", "POST"):
        monkeypatch.setitem(ROUTES, (method, "/_xem-thu/hong"), fail)
        got = answer(method, Request(live, "/_xem-thu/hong"))
        assert got.status == 500
        assert "Mã của trang bị lỗi (RuntimeError: hỏng)" in got.body.decode()


def test_the_form_waits_until_the_site_is_read(live: LiveSite) -> None:
    path = next(path for path in live.content.sources if path.endswith("/bai.md")) if live.content else ""
    site = LiveSite(live.project)
    site.expect_reading()
    # Told before anything is read.
    site.report_polling("Thư mục này không báo thay đổi")
    got: list[Response] = []
    asking = threading.Thread(target=lambda: got.append(answer("GET", Request(site, "/_xem-thu/sua", {"tep": path}))))
    asking.start()
    asking.join(0.2)
    assert asking.is_alive()
    site.update(())
    asking.join()
    assert b'data-key="title"' in got[0].body
