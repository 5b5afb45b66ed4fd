"""A phone's first screen is what one came for: of 640 px, the title or the story's headline begins in the first 200.

Of each page type that is asked in test_assistive.py, which has it open on a phone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import reader
from tests.browser.page_types import PAGE_TYPES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

PHONE: dict[str, Any] = {"viewport": {"width": 360, "height": 640}, "is_mobile": True, "has_touch": True}
LEAST_TITLE, LEAST_TITLE_LARGER, LEAST_RESULT = 200, 280, 400
FIRST_TITLE = """() => {
    const seen = (element) => element.checkVisibility() && !element.closest(".visually-hidden");
    return [...document.querySelectorAll("main :is(h1, h2, h3)")].find(seen).getBoundingClientRect().top + scrollY;
}"""
# As reading.js does for a reader who has chosen so; without JavaScript nobody can.
LARGER = "document.documentElement.dataset.text = 'larger'"


@pytest.fixture(scope="module")
def phone(browser: Browser, home: str) -> Iterator[Page]:
    with reader(browser) as open_page:
        yield open_page(home, **PHONE)


def test_very_large_text_is_as_large_when_chosen_before(browse: Callable[..., Page], home: str) -> None:
    page = browse(home, **PHONE)
    page.evaluate(LARGER)
    top = page.evaluate(FIRST_TITLE)
    page.evaluate("localStorage.setItem('co-chu', 'larger')")
    page.reload()
    page.wait_for_function("document.documentElement.dataset.text === 'larger'")
    assert page.evaluate(FIRST_TITLE) == pytest.approx(top, abs=1)


def test_without_javascript_the_first_link_is_near_too(browse: Callable[..., Page], home: str) -> None:
    page = browse(home + PAGE_TYPES["search results"], java_script_enabled=False, **PHONE)
    top = page.locator(".titles__list a").first.bounding_box()
    assert top
    assert top["y"] <= LEAST_RESULT
    # A box that nothing answers is not offered.
    assert not page.locator(".search__form").is_visible()


def test_the_first_result_is_in_the_first_screen(phone: Page, home: str) -> None:
    phone.goto(home + PAGE_TYPES["search results"])
    phone.locator(".result").first.wait_for()
    box = phone.locator(".result").first.bounding_box()
    assert box
    assert box["y"] <= LEAST_RESULT


def test_the_ways_are_one_row_that_scrolls_to_where_one_is(phone: Page, home: str) -> None:
    for name in ("home", "index", "document", "about"):
        phone.goto(home + PAGE_TYPES[name])
        current = phone.locator(".nav__link[aria-current]")
        # Even the last of six, without a script; home has moved aside then.
        expect(current).to_be_in_viewport(ratio=1)
    links = phone.locator(".nav__link")
    assert len({link.bounding_box()["y"] for link in links.all() if link.bounding_box()}) == 1  # type: ignore[index]
    links.first.focus()
    expect(links.first).to_be_in_viewport(ratio=1)
    assert phone.evaluate("document.documentElement.scrollWidth") == 360
