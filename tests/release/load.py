"""`python -m tests.release.load`: readers at nginx while the current release is switched back and forth.

wrk counts requests a second and the 99th percentile for a story and for the exemplar index; meanwhile other readers
open pages with all that they need, and every byte must be of one of the two releases.
"""

from __future__ import annotations

import argparse
import http.client
import io
import re
import shutil
import ssl
import subprocess
import threading
import time
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from hashlib import sha256
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import brotli

from plugins.release.compression import compress
from plugins.release.earlier_assets import keep_assets
from plugins.release.manifest import NAME, Release, build_manifest, render_manifest
from plugins.release.policy import IMMUTABLE, cache_rule
from plugins.release.releases import rollback
from plugins.release.servers import write_server_files
from tests.release.servers.machines import Machine, readable_folder, run_nginx, which
from tests.site import checkout
from tests.site.conftest import build_site

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

STORY = "/bai-viet/2019/hai-thon-chung-tay-be-tong-hoa-kenh-muong-noi-dong/"
PAGES = {"story": STORY, "index": "/dan-van-kheo/"}
SITE_URL = "https://example.vn"
# Each release has another moved page, so that the maps that nginx has loaded are wrong for one of them.
ONLY = ("/bai-viet/2018/mot/", "/bai-viet/2018/hai/")


def make_releases(built: Path, releases: Path, *, few: bool = False) -> None:
    """Make two releases of one built site, the first one current: the second has other texts, style and search index.

    Each has a page that stands elsewhere in the other, where it is moved. `few` leaves out most pages.
    """
    for number, (here, there) in enumerate((ONLY, ONLY[::-1]), 1):
        release = releases / f"{number:04}"
        site = release / "site"
        shutil.copytree(built, site)
        kept = {site / path.strip("/") / "index.html" for path in (*PAGES.values(), "/", "/tim-kiem/")}
        for page in site.rglob("*.html") if few else ():
            if page not in kept:
                page.unlink()
        for path in ONLY:
            folder = site / path.strip("/")
            folder.mkdir(parents=True)
            text = f"<!doctype html><title>Trang</title><p>{'Ở đây' if path == here else 'Đã chuyển'}</p>"
            (folder / "index.html").write_text(text, encoding="utf-8")
        if number == 2:
            _change(site)
        earlier = releases / "0001/site" if number == 2 else None
        keep_assets(site, earlier)
        write_server_files(site, release, {there: here}, (), SITE_URL)
        compress(site, build_manifest(site), Release.load(releases / "0001") if earlier else None)()
        (release / NAME).write_text(render_manifest(build_manifest(site)), encoding="utf-8")
    switch(releases, "0001")


def _change(site: Path) -> None:
    (style,) = (site / "theme/css").glob("site.*.css")
    data = style.read_bytes() + b"main{outline:0}"
    name = f"site.{sha256(data).hexdigest()[:8]}.css"
    style.with_name(name).write_bytes(data)
    (index,) = (site / "tim-kiem/chi-muc").iterdir()
    other_index = index.rename(index.with_name(index.name[::-1]))
    for page in site.rglob("*.html"):
        text = page.read_text(encoding="utf-8").replace(style.name, name).replace(index.name, other_index.name)
        page.write_text(text.replace("</main>", "<p>Bản hai</p></main>"), encoding="utf-8", newline="\n")
    style.unlink()


def switch(releases: Path, name: str) -> None:
    """Make a release current as staff do: by the command, which looks first whether the release is whole."""
    said = io.StringIO()
    with redirect_stdout(said), redirect_stderr(said):
        code = rollback(releases.parent, name)
    assert code == 0, said.getvalue()


@contextmanager
def switching(releases: Path, times: int, seconds: float) -> Iterator[None]:
    """Switch back and forth so many times, evenly over the seconds."""
    end = threading.Event()

    def work() -> None:
        for number in range(times):
            end.wait(seconds / (times + 1))
            switch(releases, f"{2 - number % 2:04}")

    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield
    finally:
        end.set()
        thread.join()


@dataclass
class Seen:
    """Responses that readers got: pages by release, their files, and all faults."""

    pages: dict[int, int] = field(default_factory=lambda: {1: 0, 2: 0})
    files: int = 0
    faults: list[str] = field(default_factory=list)


class Reader(threading.Thread):
    """Opens pages with all that they need, one after another, as a browser does: over one connection a page."""

    def __init__(self, port: int, releases: Path, paths: list[str]) -> None:
        super().__init__()
        self.seen = Seen()
        self._port, self._paths = port, paths
        self._sites = {number: releases / f"{number:04}/site" for number in (1, 2)}
        self._ended = threading.Event()

    def run(self) -> None:
        while not self._ended.is_set():
            for path in self._paths:
                try:
                    self._open(path)
                except (OSError, http.client.HTTPException) as error:
                    self.seen.faults.append(f"{path}: {error!r}")

    def end(self) -> Seen:
        self._ended.set()
        self.join()
        return self.seen

    def _open(self, path: str) -> None:
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        connection = http.client.HTTPSConnection("127.0.0.1", self._port, timeout=30, context=context)
        try:
            page = _get(connection, path)
            whose = [number for number, site in self._sites.items() if _read(site, path) == page]
            if not whose:
                self.seen.faults.append(f"{path}: of neither release")
                return
            self.seen.pages[whose[0]] += 1
            for address in _needed(page.decode("utf-8")):
                # A moment for the switch to come between.
                time.sleep(0.001)
                if _get(connection, address) != _read(self._sites[whose[0]], address):
                    self.seen.faults.append(f"{path}: {address} is of another release")
                self.seen.files += 1
        finally:
            connection.close()


def _get(connection: http.client.HTTPSConnection, path: str) -> bytes:
    connection.request("GET", path, headers={"Accept-Encoding": "br", "Host": "example.vn"})
    response = connection.getresponse()
    body = response.read()
    if response.status != 200:
        raise OSError(f"{path}: {response.status}")
    return bytes(brotli.decompress(body)) if response.headers["Content-Encoding"] == "br" else body


def _read(site: Path, path: str) -> bytes:
    return (site / (path.lstrip("/") + ("index.html" if path.endswith("/") else ""))).read_bytes()


def _needed(page: str) -> list[str]:
    """Return the fingerprinted addresses in a page, in order."""
    found: dict[str, None] = {}

    class Parser(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
            for name, value in attrs:
                if name in ("href", "src", "srcset"):
                    parts = [part.split()[0] for part in (value or "").split(",") if part.split()]
                    found.update(dict.fromkeys(part for part in parts if cache_rule(part) == IMMUTABLE))

    Parser().feed(page)
    return list(found)


@dataclass(frozen=True)
class Figures:
    """Results of wrk: requests a second, the 99th percentile as wrk writes it, and its line on errors."""

    per_second: float
    slowest: str
    errors: list[str]


def run_wrk(port: int, path: str, connections: int, seconds: float) -> Figures:
    """Ask for one page as fast as it comes."""
    line = [
        "wrk",
        f"-t{min(2, connections)}",
        f"-c{connections}",
        f"-d{max(1, round(seconds))}s",
        "--timeout",
        "10s",
    ]
    line += ["--latency", "-H", "Accept-Encoding: br", "-H", "Host: example.vn", f"https://127.0.0.1:{port}{path}"]
    said = subprocess.run(line, capture_output=True, text=True, check=True).stdout
    rate = re.search(r"Requests/sec: +([\d.]+)", said)
    slowest = re.search(r"99% +(\S+)", said)
    assert rate, said
    assert slowest, said
    return Figures(float(rate[1]), slowest[1], re.findall(r".*(?:Socket errors|Non-2xx).*", said))


def measure(
    machine: Machine, releases: Path, connections: int, path: str, seconds: float, switches: int
) -> tuple[Figures, Seen]:
    """Let wrk and two other readers ask while the release is switched again and again."""
    readers = [Reader(machine.https, releases, [*PAGES.values(), "/"]) for _ in range(2)]
    for reader in readers:
        reader.start()
    with switching(releases, switches, seconds):
        figures = run_wrk(machine.https, path, connections, seconds)
    seen = [reader.end() for reader in readers]
    together = Seen()
    for one in seen:
        together.pages = {number: together.pages[number] + one.pages[number] for number in (1, 2)}
        together.files += one.files
        together.faults += one.faults
    return figures, together


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=20, help="of each measurement")
    parser.add_argument("--switches", type=int, default=10, help="in each measurement")
    options = parser.parse_args()
    if not (which("wrk") and which("nginx") and which("openssl")):
        print("wrk, nginx and openssl are needed: see .ci/run")
        return 1
    bad = 0
    with readable_folder() as folder, readable_folder() as work:
        project = checkout.copy_project(folder / "project")
        checkout.add_stories(project)
        make_releases(build_site(project, "build").site.root, folder / "releases")
        print(f"nginx, 2 workers, TLS, brotli; {options.switches} switches in each {options.seconds:g} s\n")
        print(
            "| page | connections | requests/s | p99 | errors of wrk | pages of release 1, 2 | their files | faults |"
        )
        print("|---|---:|---:|---:|---|---|---:|---:|")
        with run_nginx(folder / "releases", work) as machine:
            for name, path in PAGES.items():
                for connections in (1, 32, 256):
                    figures, seen = measure(
                        machine, folder / "releases", connections, path, options.seconds, options.switches
                    )
                    bad += len(figures.errors) + len(seen.faults)
                    print(
                        f"| {name} | {connections} | {figures.per_second:,.0f} | {figures.slowest} | "
                        f"{'; '.join(figures.errors) or 'none'} | {seen.pages[1]}, {seen.pages[2]} | {seen.files} | "
                        f"{len(seen.faults)} |",
                        flush=True,
                    )
                    for fault in seen.faults[:5]:
                        print(f"  {fault}")
    return 1 if bad else 0


if __name__ == "__main__":
    raise SystemExit(main())
