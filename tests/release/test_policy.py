"""Media type and lifetime of each path of the site, and additions to the policy."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from plugins.release.policy import (
    IMMUTABLE,
    REVALIDATED,
    UNKNOWN_TYPE,
    build_headers,
    cache_rule,
    content_type,
    is_served,
)
from tests.site.conftest import Build, built, empty, published, site  # noqa: F401 - fixtures

if TYPE_CHECKING:
    from tests.site.pages import Site


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/bai-viet/2020/v1.2/", "text/html; charset=utf-8"),
        ("/404.HTML", "text/html; charset=utf-8"),
        ("/feeds/xa-dak-wil.atom.xml", "application/atom+xml; charset=utf-8"),
        ("/sitemap.xml", "application/xml; charset=utf-8"),
        ("/theme/css/site.fa814172.css", "text/css; charset=utf-8"),
        ("/khong-ro", UNKNOWN_TYPE),
        ("/tep.exe", UNKNOWN_TYPE),
    ],
)
def test_type(path: str, kind: str) -> None:
    assert content_type(path) == kind


@pytest.mark.parametrize(
    ("path", "lasts"),
    [
        ("/theme/css/site.fa814172.css", True),
        ("/theme/band.24bbfe5a.svg", True),
        ("/theme/fonts/OFL.txt", False),
        ("/bai-viet/2020/kenh/kenh-14c83954-480.webp", True),
        ("/bai-viet/2020/kenh/chia-se-14c83954.png", True),
        ("/hinh-trang-tri/dem-yen-14c83954.svg", True),
        ("/theme/band.svg", False),
        ("/bai-viet/2020/kenh-14c83954/", False),
        ("/tim-kiem/chi-muc/6244835badc3/11.bai.json", True),
        ("/tim-kiem/chi-muc/11.bai.json", False),
        ("/du-lieu/dien-hinh.json", False),
        ("/bao-cao/2020/bao-cao-2020.csv", False),
        ("/", False),
        ("/x\n/theme/css/site.fa814172.css", False),
    ],
)
def test_lifetime(path: str, lasts: bool) -> None:
    assert cache_rule(path) == (IMMUTABLE if lasts else REVALIDATED)


def test_only_fingerprinted_paths_are_immutable_and_all_have_a_type(site: Site) -> None:  # noqa: F811
    paths = [f"/{file.relative_to(site.root).as_posix()}" for file in site.root.rglob("*") if file.is_file()]
    paths = [path for path in paths if is_served(path)]
    lasting = {path for path in paths if cache_rule(path) == IMMUTABLE}
    fixed = ("/theme/fonts/OFL.txt", "/theme/fonts/OFL-noto-sans.txt")
    made = re.compile(r"/(theme|tim-kiem/chi-muc|hinh-trang-tri)/.*|.*\.(webp|jpe?g|png)")
    named = {path for path in paths if made.fullmatch(path)}
    assert lasting == named - set(fixed)
    assert {path for path in paths if content_type(path) == UNKNOWN_TYPE} == set()


def test_sources_are_added_to_the_directives_named_alone() -> None:
    more = {"img-src": ("data:",), "frame-ancestors": ("'self'",), "frame-src": ("'self'",)}
    before, after = (headers["Content-Security-Policy"] for headers in (build_headers(), build_headers(more)))
    assert set(after.split("; ")) - set(before.split("; ")) == {
        "img-src 'self' data:",
        "frame-ancestors 'self'",
        "frame-src 'self'",
    }
    assert before.startswith("default-src 'none'; ")
    assert "unsafe" not in before
    assert "*" not in before
