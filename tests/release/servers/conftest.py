"""A release made of the built site, served by each real server."""

from __future__ import annotations

import shutil
import ssl
from functools import cache
from http.client import HTTPResponse
from socket import create_connection
from typing import TYPE_CHECKING, NamedTuple

import pytest
from playwright.sync_api import sync_playwright

from plugins.release.compression import compress
from plugins.release.manifest import build_manifest
from plugins.release.servers import write_server_files
from tests.browser.conftest import CHROMIUM_ARGS, IN_PROCESS, find_chromium
from tests.release.servers.machines import Machine, find, missing, readable_folder, run_apache, run_nginx
from tests.site.conftest import built  # noqa: F401 - a fixture

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from playwright.sync_api import Browser

    from tests.site.conftest import Build

SITE_URL = "https://example.vn"
STORY = "/bai-viet/2019/hai-thon-chung-tay-be-tong-hoa-kenh-muong-noi-dong/"
MANY = "/bai-viet/2017/bai-"
MOVED = {
    "/bai-viet/2019/kenh-cu/": STORY,
    '/bai-viet/2019/Kênh "cũ" của {thôn} 3; $uri & 50%/': "/bai-viet/2019/đường hoa/",
    "/dan-van-kheo/xa/xa-cu/": "/dan-van-kheo/xa/xa-cu-jut/",
    "/feeds/cu.atom.xml": "/feeds/tat-ca.atom.xml",
    # Longer than a name that nginx would keep without being asked to.
    f"/bai-viet/2018/{'rat-dai-' * 30}/": STORY,
    **{f"{MANY}{number}/": STORY for number in range(200)},
    "/tin.aspx?id=3": STORY,
    "/cu/Tin.aspx?id=3&muc=tin": STORY,
    "/?p=3": STORY,
    "/cu/bai.htm": STORY,
}
GONE = {
    "/bai-viet/2021/da-go/": "Bài này đã được gỡ.",
    '/bai-viet/2021/Gỡ "một" $1 {bài}; 50% & hết/': "Bài này cũng thế.",
}
PAGE = (
    "<!doctype html>\n<html lang=vi><head><meta charset=utf-8><title>Địa chỉ cũ</title></head><body>{}</body></html>\n"
)


class Answer(NamedTuple):
    """A response as received: `headers` has lower-case names."""

    status: int
    headers: dict[str, str]
    body: bytes


def ask(
    port: int, path: str | bytes, method: str = "GET", headers: Mapping[str, str] | None = None, *, tls: bool = True
) -> Answer:
    """Send one request exactly as it is given, and read the answer to its end."""
    line = path.encode() if isinstance(path, str) else path
    given = {"Host": "example.vn", "Connection": "close", **(headers or {})}
    head = b"".join(f"{name}: {value}\r\n".encode() for name, value in given.items())
    with create_connection(("127.0.0.1", port), timeout=20) as plain:
        connection = _trusting().wrap_socket(plain) if tls else plain
        with connection:
            connection.sendall(method.encode() + b" " + line + b" HTTP/1.1\r\n" + head + b"\r\n")
            response = HTTPResponse(connection, method=method)
            response.begin()
            body = response.read()
            names = [name.lower() for name, _ in response.getheaders()]
            assert len(names) == len(set(names)), f"a header twice: {names}"
            return Answer(response.status, dict(zip(names, (v for _, v in response.getheaders()), strict=True)), body)


@cache
def _trusting() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


@pytest.fixture(scope="package")
def releases(built: Build) -> Iterator[Path]:  # noqa: F811
    """A folder of releases with one release, which is current."""
    with readable_folder() as folder:
        release = folder / "releases/0001"
        site = release / "site"
        shutil.copytree(built.site.root, site)
        for old in MOVED:
            if old.endswith("/") and not old.startswith(MANY):
                write_page(site, old, "Trang đã chuyển.")
        for path, text in GONE.items():
            write_page(site, path, text)
        write_server_files(site, release, MOVED, GONE, SITE_URL)
        compress(site, build_manifest(site))()
        (folder / "releases/current").symlink_to("0001")
        make_readable(folder)
        yield folder / "releases"


def write_page(site: Path, path: str, text: str) -> None:
    file = site / path.lstrip("/") / "index.html"
    file.parent.mkdir(parents=True)
    file.write_text(PAGE.format(text), encoding="utf-8", newline="\n")


def make_readable(folder: Path) -> None:
    for entry in folder.rglob("*"):
        if not entry.is_symlink():
            entry.chmod(0o755 if entry.is_dir() else 0o644)


@pytest.fixture(scope="package")
def nginx(releases: Path) -> Iterator[Machine]:
    find("nginx", "openssl")
    with readable_folder() as work, run_nginx(releases, work) as machine:
        yield machine


@pytest.fixture(scope="package")
def apache(releases: Path) -> Iterator[Machine]:
    find("apache2", "openssl")
    with readable_folder() as work, run_apache(releases, work) as machine:
        yield machine


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        executable = find_chromium(playwright.chromium.executable_path)
        if executable is None:
            missing("chromium")
        browser = playwright.chromium.launch(executable_path=executable, args=[*CHROMIUM_ARGS, IN_PROCESS])
        yield browser
        browser.close()
