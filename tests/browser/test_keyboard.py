"""Without a mouse: the first stop leads past the navigation, every stop can be seen, and they come in reading order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.page_types import PAGE_TYPES
from tests.browser.tabbing import walk

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

# Tells of the element that has the focus: what it is, where it stands, and whether one sees that it is the one.
FOCUSED = """() => {
    const element = document.activeElement;
    const style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    const last = window.lastStop;
    window.lastStop = element;
    return {
        name: element.matches("a, summary") ? element.textContent.trim() : element.tagName,
        css: element.className,
        where: element.closest("header, main, footer")?.tagName ?? element.tagName,
        after: !last || Boolean(last.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING),
        visible: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0,
        outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    };
}"""


@pytest.mark.parametrize("url", [PAGE_TYPES[name] for name in ("home", "index", "story", "not found")])
def test_the_first_stop_leads_past_the_navigation(browse: Callable[..., Page], home: str, url: str) -> None:
    page = browse(home + url)
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Đến nội dung")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport(ratio=1)
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_the_way_past_the_navigation_is_out_of_sight_until_it_is_needed(browse: Callable[..., Page], home: str) -> None:
    page = browse(home)
    expect(page.get_by_role("link", name="Đến nội dung")).not_to_be_in_viewport()


@pytest.mark.parametrize("name", ["home", "index", "story with everything", "new commune", "open data"])
def test_every_stop_is_seen_in_the_dark_and_comes_in_reading_order(
    browse: Callable[..., Page], home: str, name: str
) -> None:
    """In the light every page type is walked, in test_accessibility.py."""
    page = browse(home + PAGE_TYPES[name], color_scheme="dark", reduced_motion="reduce")
    stops = walk(page, FOCUSED)
    assert len(stops) > 15
    assert [stop for stop in stops if not (stop["visible"] and stop["outlined"] and stop["after"])] == []
    assert list(dict.fromkeys(stop["where"] for stop in stops)) == ["A", "HEADER", "MAIN", "FOOTER"]


def test_the_index_is_walked_from_facets_to_stories(browse: Callable[..., Page], home: str) -> None:
    page = browse(home + PAGE_TYPES["index"])
    stops = [stop for stop in walk(page, FOCUSED) if stop["where"] == "MAIN"]
    names = [stop["name"] for stop in stops]
    order = [names.index(name) for name in ("Trang chủ", "Lĩnh vực", "Loại", "Năm", "Xếp theo tên")]
    assert order == sorted(order)
    cards = page.locator(".card__title").all_inner_texts()
    first = names.index(cards[0])
    assert names[first : first + len(cards)] == cards
    assert names[-1] == "Trang sau"


def test_a_focused_link_stands_out_from_what_is_behind_it(browse: Callable[..., Page], home: str) -> None:
    """The outline has at least 3:1 against the page, in the light and in the dark, and on the dark footer."""
    page = browse(home)
    contrast = """([selector]) => {
        const element = document.querySelector(selector);
        element.focus({ focusVisible: true });
        const levels = (color) => color.match(/[\\d.]+/g).slice(0, 3).map(Number);
        const light = (color) => {
            const [r, g, b] = levels(color).map((level) => level / 255)
                .map((level) => level <= 0.03928 ? level / 12.92 : ((level + 0.055) / 1.055) ** 2.4);
            return 0.2126 * r + 0.7152 * g + 0.0722 * b;
        };
        let behind = element.parentElement;
        while (getComputedStyle(behind).backgroundColor === "rgba(0, 0, 0, 0)") behind = behind.parentElement;
        const pair = [getComputedStyle(element).outlineColor, getComputedStyle(behind).backgroundColor].map(light);
        return (Math.max(...pair) + 0.05) / (Math.min(...pair) + 0.05);
    }"""
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        for selector in (".nav__link", ".front__title a", ".matrix__cell", ".footer__links a"):
            assert page.evaluate(contrast, [selector]) >= 3, (scheme, selector)
