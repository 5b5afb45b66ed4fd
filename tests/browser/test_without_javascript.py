"""With JavaScript off, or not yet there, nothing is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urljoin

import pytest

from tests.browser.page_types import PAGE_TYPES
from tests.browser.test_first_screen import FIRST_TITLE, LEAST_TITLE, PHONE
from tests.site.test_index import INDEX

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.site.conftest import Build


SHOWN = """() => {
    const cards = [...document.querySelectorAll(".card")];
    const isSeen = (card) => card.checkVisibility({ visibilityProperty: true }) && card.getClientRects().length > 0;
    return {
        title: document.querySelector("h1").innerText,
        cards: cards.length,
        unseen: cards.filter((card) => !isSeen(card)).map((card) => card.textContent),
    };
}"""


# How many cards are seen in a part of the page, without those of its section on other fields.
CARDS = """(anchor) => {
    const part = anchor ? document.getElementById(anchor) : document.querySelector("main");
    const isOnOthers = (section) => section.querySelector("h2").textContent.includes("lĩnh vực khác");
    const others = [...part.querySelectorAll("section:has(h2)")].filter(isOnOthers);
    return [...part.querySelectorAll(".card")]
        .filter((card) => card.checkVisibility({ visibilityProperty: true }) && card.getClientRects().length > 0)
        .filter((card) => !others.some((section) => section.contains(card))).length;
}"""


def late(tops: dict[str, float], most: int) -> dict[str, float]:
    """Return where the first title is, of each page type where that is too far down."""
    return {name: top for name, top in tops.items() if not 0 < top <= most}


@pytest.fixture
def page(browse: Callable[..., Page], home: str) -> Page:
    return browse(home + INDEX, java_script_enabled=False)


def test_every_page_shows_all_its_stories_and_its_title_near_the_top(page: Page, home: str, built: Build) -> None:
    tops = {}
    # The next page is opened at the width that the last one ends with.
    sizes = [PHONE["viewport"], {"width": 1280, "height": 900}]
    for name, url in PAGE_TYPES.items():
        page.goto(home + url)
        for size in sizes:
            page.set_viewport_size(size)
            if size is PHONE["viewport"]:
                tops[name] = page.evaluate(FIRST_TITLE)
                continue
            shown = page.evaluate(SHOWN)
            assert shown["title"], url
            assert shown["unseen"] == [], url
            assert shown["cards"] == built.site[url.partition("?")[0]].html.count('<li class="card"'), url
        sizes.reverse()
    assert late(tops, LEAST_TITLE) == {}


@pytest.mark.parametrize("facet", ["linh-vuc", "xa", "xa-nay", "loai", "nam"])
def test_each_facet_leads_to_a_page_with_as_many_stories(page: Page, facet: str) -> None:
    links = page.locator(f'[data-facet="{facet}"] a')
    if not links.first.is_visible():
        page.locator(f'[data-facet="{facet}"] summary').click()
    read = "(links) => links.map((link) => [link.getAttribute('href'), link.querySelector('.facet__count').innerText])"
    promised = {url: int(number) for url, number in links.evaluate_all(read)}
    links.last.click()
    for url, number in promised.items():
        page.goto(urljoin(page.url, url))
        assert page.evaluate(CARDS, page.url.partition("#")[2]) == number, url


def test_the_index_can_be_had_by_name(page: Page) -> None:
    page.get_by_role("link", name="Xếp theo tên").click()
    assert page.url.endswith(f"{INDEX}theo-ten/")
    assert page.locator(".card:visible").count() > 20


def test_each_number_of_the_matrix_is_a_link(page: Page, home: str) -> None:
    page.goto(f"{home}{INDEX}xa/")
    cell = page.get_by_role("link", name="điển hình lĩnh vực Kinh tế, xã Đắk Wil").first
    number = int(cell.inner_text().split()[0])
    cell.click()
    assert page.locator(".card:visible").count() == number


def test_nothing_on_the_index_promises_what_only_a_script_could_do(page: Page) -> None:
    assert page.locator("main").locator("button, select, input").count() == 0
    assert not page.locator(".chips").is_visible()
    assert not page.locator(".browse .empty").is_visible()
