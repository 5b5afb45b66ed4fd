"""A story's further photos: enlarged over the page, led through by keyboard, button and finger, and left again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.page_types import PAGE_TYPES

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

STORY = PAGE_TYPES["story"]


def links(page: Page) -> Locator:
    return page.locator(".gallery__link")


def enlarged(page: Page) -> Locator:
    return page.get_by_role("dialog", name="Xem ảnh")


def shown(page: Page) -> int:
    """Return which photo is enlarged, from 0, by its alternative text."""
    alt = enlarged(page).get_by_role("img").get_attribute("alt")
    return [photo.get_attribute("alt") for photo in links(page).locator("img").all()].index(alt)


@pytest.fixture
def gallery(browse: Callable[..., Page], home: str) -> Page:
    """A story with three further photos, the second of them enlarged."""
    page = browse(home + STORY)
    expect(links(page)).to_have_count(3)
    links(page).nth(1).click()
    expect(enlarged(page)).to_be_visible()
    return page


def test_a_photo_is_enlarged_with_its_words(gallery: Page) -> None:
    photo = enlarged(gallery).get_by_role("img")
    expect(photo).to_be_in_viewport(ratio=1)
    gallery.wait_for_function("document.querySelector('.viewer__photo').naturalWidth > 1000")
    caption = gallery.locator(".gallery figcaption").nth(1).inner_text()
    expect(enlarged(gallery).locator("[aria-live]")).to_have_text(f"2/3 · {caption}")
    words, image = enlarged(gallery).locator("p").bounding_box(), photo.bounding_box()
    assert words
    assert image
    assert image["y"] + image["height"] <= words["y"] + 1
    assert shown(gallery) == 1


def test_keys_lead_round_and_out(gallery: Page) -> None:
    for key, number in (("ArrowRight", 2), ("ArrowRight", 0), ("ArrowLeft", 2), ("Home", 0), ("End", 2)):
        gallery.keyboard.press(key)
        assert shown(gallery) == number
    gallery.keyboard.press("Escape")
    expect(enlarged(gallery)).to_be_hidden()
    expect(links(gallery).nth(1)).to_be_focused()
    gallery.keyboard.press("Enter")
    expect(enlarged(gallery)).to_be_visible()
    assert shown(gallery) == 1


def test_the_focus_stays_with_the_photo_and_every_control_has_a_name(gallery: Page) -> None:
    names = []
    for _ in range(8):
        name = gallery.evaluate("document.activeElement.getAttribute('aria-label')")
        if name:
            names.append(name)
        gallery.keyboard.press("Tab")
    assert set(names) == {"Đóng", "Ảnh trước", "Ảnh sau"}
    assert not gallery.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_buttons_lead_on_and_are_large_enough(gallery: Page) -> None:
    dialog = enlarged(gallery)
    dialog.get_by_role("button", name="Ảnh sau").click()
    assert shown(gallery) == 2
    dialog.get_by_role("button", name="Ảnh trước").click()
    assert shown(gallery) == 1
    for button in dialog.get_by_role("button").all():
        box = button.bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 44
    dialog.get_by_role("button", name="Đóng").click()
    expect(dialog).to_be_hidden()
    expect(links(gallery).nth(1)).to_be_focused()


def test_a_click_makes_it_small_again(gallery: Page) -> None:
    enlarged(gallery).get_by_role("img").click()
    expect(enlarged(gallery)).to_be_hidden()


SWIPE = """([x1, y1, x2, y2, fingers]) => {
    const target = document.querySelector(".viewer__photo");
    const touch = (x, y, identifier = 0) => new Touch({ identifier, target, clientX: x, clientY: y });
    const start = Array.from({ length: fingers }, (_, i) => touch(x1 + 20 * i, y1, i));
    target.dispatchEvent(new TouchEvent("touchstart", { touches: start, changedTouches: start, bubbles: true }));
    const end = touch(x2, y2);
    target.dispatchEvent(new TouchEvent("touchend", { touches: [], changedTouches: [end], bubbles: true }));
}"""


def test_a_finger_leads_on_sideways_alone(browse: Callable[..., Page], home: str) -> None:
    page = browse(home + STORY, viewport={"width": 360, "height": 720}, has_touch=True, is_mobile=True)
    links(page).nth(1).tap()
    expect(enlarged(page)).to_be_visible()
    for way, number in (
        ([300, 300, 100, 310, 1], 2),
        ([100, 300, 300, 310, 1], 1),
        ([300, 300, 280, 300, 1], 1),
        ([200, 500, 260, 200, 1], 1),
        ([300, 300, 100, 310, 2], 1),
    ):
        page.evaluate(SWIPE, way)
        assert shown(page) == number, way
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_enlarged_photo_has_nothing_for_axe(gallery: Page) -> None:
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(gallery)
    assert [violation["id"] for violation in found.response["violations"]] == []


def test_without_javascript_each_photo_leads_to_its_largest_copy(browse: Callable[..., Page], home: str) -> None:
    page = browse(home + STORY, java_script_enabled=False)
    links(page).nth(1).click()
    expect(page).to_have_url(f"{home}{STORY}{page.url.rsplit('/', 1)[-1]}")
    assert page.url.endswith("-1600.webp")


def test_with_a_modifier_it_is_a_link_like_any_other(browse: Callable[..., Page], home: str) -> None:
    page = browse(home + STORY)
    with page.context.expect_page() as opened:
        links(page).nth(0).click(modifiers=["Control"])
    opened.value.wait_for_url("**/*.webp")
    expect(enlarged(page)).to_be_hidden()
