"""What only a browser shows of each page type: axe finds nothing, nothing sticks out, nothing complains."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.page_types import EMPTY_PAGE_TYPES, PAGE_TYPES

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
WIDTHS = (1280, 360)
SCHEMES = ("light", "dark")


def axe_faults(page: Page) -> list[str]:
    """Return what axe finds wrong with the page as it is now."""
    answer = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]})
    return [
        f"{fault['id']}: {' '.join(node['target'])}: {node['failureSummary'].splitlines()[-1].strip()}"
        for fault in answer.response["violations"]
        for node in fault["nodes"]
    ]


def _faults_in_every_guise(page: Page) -> dict[str, list[str]]:
    found = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            if faults := axe_faults(page):
                found[f"{width} {scheme}"] = faults
    return found


@pytest.mark.parametrize("url", PAGE_TYPES.values(), ids=PAGE_TYPES)
def test_axe_finds_nothing(visit: Callable[..., Page], home: str, url: str) -> None:
    assert _faults_in_every_guise(visit(home + url)) == {}


@pytest.mark.parametrize("url", EMPTY_PAGE_TYPES.values(), ids=EMPTY_PAGE_TYPES)
def test_axe_finds_nothing_where_nothing_is_yet(visit: Callable[..., Page], empty_home: str, url: str) -> None:
    assert _faults_in_every_guise(visit(empty_home + url)) == {}


def test_axe_finds_nothing_while_facets_are_chosen(visit: Callable[..., Page], home: str) -> None:
    page = visit(f"{home}/dan-van-kheo/?linh-vuc=van-hoa-xa-hoi&loai=tap-the&xep=ten")
    assert page.locator(".chips a").count() == 2
    assert _faults_in_every_guise(page) == {}


def _overflow(page: Page) -> list[str]:
    """Return what sticks out of the page sideways; what scrolls inside its own box does not."""
    return page.evaluate("""() => {
        const width = document.documentElement.clientWidth;
        if (document.documentElement.scrollWidth <= width) return [];
        return [...document.querySelectorAll("body *")]
            .filter((element) => element.getBoundingClientRect().right > width + 0.5)
            .map((element) => `${element.tagName}.${element.className}`);
    }""")


def test_no_page_scrolls_sideways(visit: Callable[..., Page], home: str, empty_home: str) -> None:
    faults = {}
    for address, types in ((home, PAGE_TYPES), (empty_home, EMPTY_PAGE_TYPES)):
        page = visit(address, viewport={"width": 320, "height": 640})
        for url in types.values():
            page.goto(address + url)
            for width in (320, 360, 768, 1024):
                page.set_viewport_size({"width": width, "height": 640})
                if page.evaluate("document.documentElement.scrollWidth") > width:
                    faults[f"{url} {width}"] = _overflow(page)
    assert faults == {}


def test_text_keeps_its_room_when_readers_spread_it(visit: Callable[..., Page], home: str) -> None:
    """WCAG 1.4.12: with wider lines, words and letters nothing sticks out."""
    page = visit(home, viewport={"width": 320, "height": 640}, bypass_csp=True)
    spread = "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }"
    faults = {}
    for url in PAGE_TYPES.values():
        page.goto(home + url)
        page.add_style_tag(content=spread)
        if page.evaluate("document.documentElement.scrollWidth") > 320:
            faults[url] = _overflow(page)
    assert faults == {}


def test_the_scheme_follows_the_reader(visit: Callable[..., Page], home: str) -> None:
    page = visit(home)
    background = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(background) == "rgb(255, 253, 249)"
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(background) == "rgb(27, 21, 19)"


def test_nothing_moves_for_those_who_want_no_motion(visit: Callable[..., Page], home: str) -> None:
    page = visit(home, reduced_motion="reduce")
    moving = """() => [...document.querySelectorAll("*")].filter((element) => {
        const style = getComputedStyle(element);
        const lasts = [style.transitionDuration, style.animationDuration].some((time) => parseFloat(time) > 0);
        return lasts || style.scrollBehavior === "smooth";
    }).map((element) => element.tagName)"""
    for url in PAGE_TYPES.values():
        page.goto(home + url)
        assert page.evaluate(moving) == [], url


def test_the_font_is_the_sites_own_and_highland_languages_have_theirs(visit: Callable[..., Page], home: str) -> None:
    page = visit(home + PAGE_TYPES["story with everything"])
    page.wait_for_function("document.fonts.status === 'loaded'")
    assert page.evaluate("document.fonts.check('700 16px \"Be Vietnam Pro\"', 'Ễ Ổ ĩ đ')")
    assert "Be Vietnam Pro" in page.evaluate("getComputedStyle(document.querySelector('h1')).fontFamily")
    highland = page.evaluate("getComputedStyle(document.querySelector('[lang=rad]')).fontFamily")
    assert "Be Vietnam Pro" not in highland


def test_on_paper_there_is_the_text_and_no_navigation(visit: Callable[..., Page], home: str) -> None:
    page = visit(home + PAGE_TYPES["story with everything"])
    page.emulate_media(media="print")
    for gone in (".nav", ".skip-link", ".crumbs", ".story__more", ".footer__links", ".band"):
        assert not page.locator(gone).first.is_visible(), gone
    for shown in ("h1", ".story__lead", ".story__byline", ".prose p", ".facts", ".figure--lead img", ".footer__name"):
        assert page.locator(shown).first.is_visible(), shown
    page.goto(home + PAGE_TYPES["index"])
    page.emulate_media(media="print")
    assert not page.locator(".browse__facets").is_visible()
    assert page.locator(".card").first.is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
