"""One table of requests and the responses of each real server."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote, unquote, urljoin, urlsplit

import brotli
import deflate
import pytest

from plugins.release.policy import IMMUTABLE, REVALIDATED, STRICT_TRANSPORT, build_headers
from tests.release.servers.conftest import GONE, MANY, MOVED, SITE_URL, STORY, Answer, ask

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tests.release.servers.machines import Machine

STAYS = {"Cache-Control": REVALIDATED}
LASTS = {"Cache-Control": IMMUTABLE}
HTML = {"Content-Type": "text/html; charset=utf-8"}
ATOM = {"Content-Type": "application/atom+xml; charset=utf-8"}
JSON = {"Content-Type": "application/json; charset=utf-8"}
MANIFEST = {"Content-Type": "application/manifest+json; charset=utf-8"}
TEXT = {"Content-Type": "text/plain; charset=utf-8"}
SEVERAL = {"Vary": "Accept-Encoding"}
PLAIN: dict[str, str | None] = {"Content-Encoding": None}
BR, GZIP = {"Content-Encoding": "br"}, {"Content-Encoding": "gzip"}
# Refused before any rule of the site is read.
EARLY = frozenset({400, 414})


class Case(NamedTuple):
    """A request, and its answer: one of `status`, the headers (None: there is none), the text of a file of the site."""

    path: str
    status: frozenset[int]
    headers: Mapping[str, str | None]
    body: str | None = None
    asked: Mapping[str, str] = {}
    method: str = "GET"


def got(path: str, headers: Mapping[str, str | None], body: str, accepted: str | None = None) -> Case:
    return Case(path, frozenset({200}), headers, body, {"Accept-Encoding": accepted} if accepted else {})


def refused(path: str, *status: int) -> Case:
    """404 with the site's own page by default; for a request refused earlier, with the server's."""
    is_own = not status
    return Case(path, frozenset(status or {404}), HTML | STAYS if is_own else {}, "404.html" if is_own else None)


def method(name: str, *status: int) -> Case:
    return Case("/", frozenset(status or {405}), {}, method=name)


def leads(path: str, place: str) -> Case:
    return Case(path, frozenset({301}), {"Location": place} | STAYS)


STORY_FILE = f"{STORY[1:]}index.html"
CASES = {
    "home": got("/", HTML | STAYS | SEVERAL | PLAIN, "index.html"),
    "story": got(STORY, HTML | STAYS | SEVERAL | PLAIN, STORY_FILE),
    "story with a query": got(f"{STORY}?utm=x", HTML | STAYS, STORY_FILE),
    "story in brotli": got(STORY, HTML | STAYS | SEVERAL | BR, STORY_FILE, "br"),
    "story in gzip": got(STORY, HTML | STAYS | SEVERAL | GZIP, STORY_FILE, "gzip"),
    "as browsers ask": got(STORY, HTML | SEVERAL | BR, STORY_FILE, "gzip, deflate, br, zstd"),
    "brotli refused": got(STORY, HTML | SEVERAL | GZIP, STORY_FILE, "br;q=0, gzip"),
    "both refused": got(STORY, HTML | SEVERAL | PLAIN, STORY_FILE, "br;q=0,gzip;q=0"),
    "less than all brotli": got(STORY, HTML | BR, STORY_FILE, "br;q=0.5"),
    "no coding": got(STORY, HTML | SEVERAL | PLAIN, STORY_FILE, "identity"),
    "another coding": got(STORY, HTML | SEVERAL | PLAIN, STORY_FILE, "brr, xgzip"),
    "feed": got("/feeds/tat-ca.atom.xml", ATOM | STAYS, "<path>"),
    "feed in brotli": got("/feeds/tat-ca.atom.xml", ATOM | BR, "<path>", "br"),
    "open data, CSV": got("/du-lieu/dien-hinh.csv", {"Content-Type": "text/csv; charset=utf-8"} | STAYS, "<path>"),
    "open data, JSON": got("/du-lieu/dien-hinh.json", JSON | STAYS | GZIP, "<path>", "gzip"),
    "site map": got("/sitemap.xml", {"Content-Type": "application/xml; charset=utf-8"} | STAYS, "<path>"),
    "manifest": got("/manifest.webmanifest", MANIFEST | STAYS, "<path>"),
    "robots": got("/robots.txt", TEXT | STAYS | PLAIN, "<path>", "br, gzip"),
    "licence of a font": got("/theme/fonts/OFL.txt", TEXT | STAYS, "<path>"),
    "style": got("<css>", {"Content-Type": "text/css; charset=utf-8"} | LASTS | BR, "<path>", "br"),
    "script": got("<js>", {"Content-Type": "text/javascript; charset=utf-8"} | LASTS | GZIP, "<path>", "gzip"),
    "font": got("<woff2>", {"Content-Type": "font/woff2"} | LASTS | PLAIN, "<path>", "br, gzip"),
    "drawing": got("<svg>", {"Content-Type": "image/svg+xml; charset=utf-8"} | LASTS, "<path>"),
    "icon": got("<png>", {"Content-Type": "image/png"} | LASTS | PLAIN, "<path>", "br"),
    "photo": got("<webp>", {"Content-Type": "image/webp"} | LASTS | PLAIN, "<path>", "br, gzip"),
    "photo, JPEG": got("<jpg>", {"Content-Type": "image/jpeg"} | LASTS, "<path>"),
    "a part of the search index": got("<shard>", JSON | LASTS, "<path>"),
    "head": Case("/", frozenset({200}), HTML | STAYS | SEVERAL | BR, asked={"Accept-Encoding": "br"}, method="HEAD"),
    "slash left out": leads("/bai-viet", "/bai-viet/"),
    "renamed story": leads("/bai-viet/2019/kenh-cu/", STORY),
    "renamed story, every letter": leads(quote(list(MOVED)[1]), quote("/bai-viet/2019/đường hoa/")),
    "merged commune": leads("/dan-van-kheo/xa/xa-cu/", "/dan-van-kheo/xa/xa-cu-jut/"),
    "renamed feed": leads("/feeds/cu.atom.xml", "/feeds/tat-ca.atom.xml"),
    "what was asked of the home page": leads("/?p=3", STORY),
    "something else asked of the home page": got("/?p=4", HTML | STAYS, "index.html"),
    "what was asked of a file": leads("/tin.aspx?id=3", STORY),
    "what was asked of a file in a folder": leads("/cu/Tin.aspx?id=3&muc=tin", STORY),
    "asked of a file and never there": refused("/tin.aspx?id=4"),
    "another file in that folder": refused("/cu/Tin.aspx?id=4"),
    "old file": leads("/cu/bai.htm", STORY),
    "long old address": leads(list(MOVED)[4], STORY),
    "one of thousands": leads(f"{MANY}199/", STORY),
    "withdrawn": Case("/bai-viet/2021/da-go/", frozenset({410}), HTML | STAYS, "bai-viet/2021/da-go/index.html"),
    "withdrawn, every letter": Case(quote(list(GONE)[1]), frozenset({410}), HTML, f"{list(GONE)[1][1:]}index.html"),
    "no such page": refused("/khong-co/"),
    "no such page, in brotli": Case("/x/", frozenset({404}), HTML | STAYS | BR, "404.html", {"Accept-Encoding": "br"}),
    "no such style": refused("/theme/css/site.01234567.css"),
    "no such photo": refused("/bai-viet/2020/anh-01234567-800.webp"),
    "folder without a page": refused("/theme/css/"),
    "below a file": refused("/robots.txt/x"),
    "htaccess": refused("/.htaccess", 403, 404),
    "htaccess of a moved story": refused("/bai-viet/2019/kenh-cu/.htaccess", 403, 404),
    "dot folder": refused("/.git/config"),
    "dot file in a folder": refused("/theme/.env"),
    "rules for hosts": refused("/_headers"),
    "redirects for hosts": refused("/_redirects"),
    "copy asked for": refused("/index.html.br"),
    "other copy asked for": refused("/du-lieu/dien-hinh.json.gz"),
    "source map": refused("<css>.map"),
    "beside the site": refused("/nginx.conf"),
    "up": refused("/../nginx.conf", 400, 404),
    "up, encoded": refused("/%2e%2e/nginx.conf", 400, 404),
    "up, slash encoded": refused("/..%2fnginx.conf", 400, 404),
    "up, encoded twice": refused("/%252e%252e/nginx.conf"),
    "up from a folder": refused("/theme/../../nginx.conf", 400, 404),
    "up, backslash": refused("/..\\nginx.conf", 400, 404),
    "up, overlong UTF-8": refused("/%c0%ae%c0%ae/nginx.conf", 400, 404),
    "up and down again": got("/bai-viet/%2e%2e/robots.txt", STAYS, "robots.txt"),
    "NUL": refused("/%00", 400, 404),
    "NUL before an ending": refused("/robots.txt%00.html", 400, 404),
    "raw NUL": refused("/robots.txt\0", 400, 404),
    "name that no disk holds": refused(f"/{'a' * 300}", 403, 404),
    "address without end": refused(f"/{'a/' * 5_000}", 403, 404, 414),
    "slashes": got("//bai-viet///", HTML, "bai-viet/index.html"),
    "slashes that might lead to another host": leads("//bai-viet", "/bai-viet/"),
    **{f"method {name}": method(name) for name in ("POST", "PUT", "DELETE", "PATCH", "OPTIONS", "PROPFIND", "TRACE")},
    "no method at all": method("FOO"),
    "method of proxies": method("CONNECT", 400, 405),
}  # fmt: skip
SERVER_NAMES = {"nginx": "nginx", "apache": "Apache"}


@pytest.fixture(params=["nginx", "apache"])
def machine(request: pytest.FixtureRequest) -> Machine:
    server: Machine = request.getfixturevalue(request.param)
    return server


@pytest.fixture
def site(releases: Path) -> Path:
    return releases / "current/site"


@pytest.mark.parametrize("name", CASES)
def test_answer(name: str, machine: Machine, site: Path) -> None:
    case = CASES[name]
    path = _real(case.path, site)
    answer = ask(machine.https, path, case.method, case.asked)
    assert answer.status in case.status
    for header, value in case.headers.items():
        found = answer.headers.get(header.lower())
        if header == "Location":
            assert found is not None
            place = urlsplit(urljoin(f"{SITE_URL}:{machine.https}", found))
            assert place.netloc == f"example.vn:{machine.https}"
            # Digits of an encoded byte may be large or small.
            assert unquote(place.path) == unquote(str(value))
        else:
            assert found == value, header
    if case.body is not None:
        file = site / (path.lstrip("/").partition("?")[0] if case.body == "<path>" else case.body)
        assert _decoded(answer) == file.read_bytes()
    if case.method == "HEAD":
        assert answer.body == b""
        assert int(answer.headers["content-length"]) == (site / "index.html.br").stat().st_size
    assert answer.headers["server"] == SERVER_NAMES[machine.name]
    assert b"nginx/" not in answer.body
    assert b"Apache/" not in answer.body
    # Apache refuses these before it has read any file of the site.
    is_own = answer.headers["content-type"].endswith("iso-8859-1") and answer.status in {403, 404}
    is_early = answer.status in EARLY or (machine.name == "apache" and (is_own or case.method == "TRACE"))
    if not is_early:
        assert {header: answer.headers.get(header.lower()) for header in build_headers()} == build_headers()
        assert answer.headers["strict-transport-security"] == STRICT_TRANSPORT[1]


def test_plain_http_leads_to_https_before_anything_else(machine: Machine) -> None:
    for path in ("/", f"{STORY}?q=hũ".replace("ũ", "%C5%A9"), "/khong-co/", "/bai-viet/2019/kenh-cu/"):
        answer = ask(machine.http, path, tls=False)
        assert (answer.status, answer.headers["location"]) == (301, f"{SITE_URL}{path}")
        # RFC 6797, 7.2: not over plain HTTP.
        assert "strict-transport-security" not in answer.headers
    assert ask(machine.http, "/", tls=False, headers={"Host": "evil.example"}).headers["location"] == f"{SITE_URL}/"


def test_https_ended_by_a_machine_in_front_is_https(machine: Machine) -> None:
    answer = ask(machine.http, "/", tls=False, headers={"X-Forwarded-Proto": "https"})
    assert (answer.status, answer.headers["strict-transport-security"]) == (200, STRICT_TRANSPORT[1])


@pytest.mark.parametrize("coding", ["identity", "br", "gzip"])
def test_an_unchanged_file_is_not_sent_again(machine: Machine, coding: str) -> None:
    asked = {"Accept-Encoding": coding}
    before = ask(machine.https, STORY, headers=asked)
    for condition, header in (("If-None-Match", "etag"), ("If-Modified-Since", "last-modified")):
        again = ask(machine.https, STORY, headers=asked | {condition: before.headers[header]})
        assert (again.status, again.body) == (304, b"")
        assert again.headers["cache-control"] == REVALIDATED
        assert {header: again.headers.get(header.lower()) for header in build_headers()} == build_headers()
    assert ask(machine.https, STORY, headers=asked | {"If-None-Match": '"other"'}).body == before.body


def test_each_coding_is_another_thing_to_a_cache(machine: Machine) -> None:
    tags = {
        ask(machine.https, STORY, headers={"Accept-Encoding": coding}).headers["etag"] for coding in ("", "br", "gzip")
    }
    assert len(tags) == 3


def _real(path: str, site: Path) -> str:
    """Return the path with the name of a real file in place of its placeholder."""
    patterns = {
        "<css>": "theme/css/*.css",
        "<js>": "theme/js/search.*.js",
        "<woff2>": "theme/fonts/*.woff2",
        "<svg>": "theme/*.svg",
        "<png>": "theme/icons/*.png",
        "<webp>": f"{STORY[1:]}*.webp",
        "<jpg>": f"{STORY[1:]}*.jpg",
        "<shard>": "tim-kiem/chi-muc/*/0.json",
    }
    for sign, pattern in patterns.items():
        if sign in path:
            return path.replace(sign, f"/{min(site.glob(pattern)).relative_to(site).as_posix()}")
    return path


def _decoded(answer: Answer) -> bytes:
    match answer.headers.get("content-encoding"):
        case "br":
            return bytes(brotli.decompress(answer.body))
        case "gzip":
            return bytes(deflate.gzip_decompress(answer.body))
    return answer.body
