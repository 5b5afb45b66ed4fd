"""Every script that we know, in every field, in a real browser: none runs, no policy is broken, no element is made."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import _serve
from tests.hostile.corpus_site import evil, write_site
from tests.site import checkout

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Page

QUERIES = ("chuyện", "alert", "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "kenh", "{{7*7}}")
# Elements that only scripts make: no template has them.
INJECTED = "iframe, object, embed, base, math, [onerror], [onload], [onfocus], [style], img[src=x], a[href^=javascript]"
# Elements of a list of results.
RESULTS = {"article", "mark", "strong", "time", "h2", "h3", "p", "a", "ol", "ul", "li", "span", "div", "dl", "dt", "dd"}

_COUNT = "(elements) => document.querySelectorAll(elements).length"
_NAMES = "() => [...document.querySelectorAll('*')].map((element) => element.localName)"
_ANSWERED = """(query) => new URLSearchParams(location.search).get("q") === query
    && !document.querySelector(".search__results[aria-busy]")"""


@pytest.fixture(scope="module")
def evil_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    project = checkout.copy_project(tmp_path_factory.mktemp("ac"))
    shutil.rmtree(project / "content")
    run = checkout.run(write_site(project, evil), "build")
    assert run.code == 0, run.stdout + run.stderr
    with _serve(project / "output") as home:
        yield home


def test_nothing_runs_on_any_page_nor_in_a_search(evil_home: str, visit: Callable[..., Page]) -> None:
    page = visit(f"{evil_home}/")
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    for address in (
        "/bai-viet/2020/kenh/",
        "/dan-van-kheo/",
        "/nhan-rong/",
        "/van-ban/ke-hoach/",
        "/bao-cao/2020/",
        "/lien-he/",
    ):
        page.goto(evil_home + address)
        assert page.evaluate(_COUNT, INJECTED) == 0, address
    page.goto(f"{evil_home}/tim-kiem/")
    before = set(page.evaluate(_NAMES))
    for query in QUERIES:
        page.get_by_role("searchbox", name="Tên người, thôn, buôn, bon, việc làm…").fill(query)
        page.wait_for_function(_ANSWERED, arg=query)
        assert page.locator(".search__count").is_visible(), query
        assert set(page.evaluate(_NAMES)) - before <= RESULTS, query
        assert page.evaluate(_COUNT, INJECTED) == 0, query
    # What runs when a picture does not come, runs after a while.
    page.wait_for_timeout(400)
    assert dialogs == []
