"""Reading as one likes it: size and scheme are chosen and kept, addresses copied, passages set in their own font."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.page_types import PAGE_TYPES

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

PAPER, DARK = "rgb(255, 253, 249)", "rgb(27, 21, 19)"
BACKGROUND = "getComputedStyle(document.body).backgroundColor"
SIZE = "parseFloat(getComputedStyle(document.querySelector('.prose p')).fontSize)"


def choose(page: Page, name: str) -> None:
    if not page.locator("details.display").evaluate("(details) => details.open"):
        page.get_by_text("Cỡ chữ và nền").locator("..").click()
    page.get_by_role("radio", name=name, exact=True).check()


def test_the_scheme_that_one_chooses_lasts(browse: Callable[..., Page], home: str) -> None:
    page = browse(home)
    choose(page, "Tối")
    assert page.evaluate(BACKGROUND) == DARK
    page.goto(home + PAGE_TYPES["story"])
    assert page.evaluate(BACKGROUND) == DARK
    choose(page, "Sáng")
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(BACKGROUND) == PAPER
    choose(page, "Theo máy")
    assert page.evaluate(BACKGROUND) == DARK
    assert page.evaluate("localStorage.length") == 0


def test_every_token_follows_the_choice_as_it_follows_the_device(browse: Callable[..., Page], home: str) -> None:
    colors = """() => [...document.querySelectorAll("body *:not(.display *)")].flatMap((element) => {
        const style = getComputedStyle(element);
        return [style.color, style.backgroundColor, style.borderTopColor, style.fill];
    })"""
    device = browse(home + PAGE_TYPES["story"], color_scheme="dark")
    device.locator(".display").wait_for()
    chosen = browse(home + PAGE_TYPES["story"])
    chosen.evaluate("localStorage.setItem('nen', 'dark')")
    chosen.reload()
    chosen.locator(".display").wait_for()
    assert chosen.evaluate(colors) == device.evaluate(colors)


def test_the_size_that_one_chooses_lasts(browse: Callable[..., Page], home: str) -> None:
    page = browse(home + PAGE_TYPES["story"])
    before = page.evaluate(SIZE)
    choose(page, "Rất lớn")
    assert page.evaluate(SIZE) == pytest.approx(before * 1.375, rel=0.01)
    page.reload()
    assert page.evaluate(SIZE) == pytest.approx(before * 1.375, rel=0.01)
    expect(page.locator(".display__input[value=larger]")).to_be_checked()


@pytest.mark.parametrize("name", ["home", "story", "index", "old commune"])
def test_the_largest_text_fits(browse: Callable[..., Page], home: str, name: str) -> None:
    page = browse(home + PAGE_TYPES[name])
    choose(page, "Rất lớn")
    boxes = {}
    for width in (320, 360, 768, 1280):
        page.set_viewport_size({"width": width, "height": 700})
        boxes[width] = page.evaluate("""() => {
            const { left, right } = document.querySelector(".display__panel").getBoundingClientRect();
            return [document.documentElement.scrollWidth, left, right];
        }""")
    for width, (whole, left, right) in boxes.items():
        assert whole <= width
        assert 0 <= left < right <= width


def test_nothing_is_kept_in_a_cookie(browse: Callable[..., Page], home: str) -> None:
    page = browse(home)
    choose(page, "Tối")
    choose(page, "Lớn")
    assert page.context.cookies() == []


def test_it_works_where_nothing_may_be_kept(visit: Callable[..., Page], home: str) -> None:
    page = visit(home)
    page.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new Error('refused'); } })")
    page.reload()
    choose(page, "Tối")
    assert page.evaluate(BACKGROUND) == DARK


def test_by_keyboard(browse: Callable[..., Page], home: str) -> None:
    page = browse(home)
    button = page.locator(".display__button")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".display__panel")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("radio", name="Vừa")).to_be_focused()
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.documentElement.dataset.text") == "large"
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert page.evaluate(BACKGROUND) == DARK
    page.keyboard.press("Escape")
    expect(page.locator(".display__panel")).to_be_hidden()
    expect(button).to_be_focused()


def test_it_closes_when_one_goes_on(browse: Callable[..., Page], home: str) -> None:
    page = browse(home)
    page.locator(".display__button").click()
    page.locator("main").click(position={"x": 5, "y": 5})
    expect(page.locator(".display__panel")).to_be_hidden()


def test_without_scripts_there_is_no_dead_control(browse: Callable[..., Page], home: str) -> None:
    page = browse(home + PAGE_TYPES["story"], java_script_enabled=False)
    assert page.locator(".display, .share__button, button[type=button]").count() == 0
    assert not page.locator(".nav__display").is_visible()
    assert page.locator(".share__list a").count() == 3


def test_the_address_is_copied_and_that_is_said(visit: Callable[..., Page], home: str) -> None:
    page = visit(home + PAGE_TYPES["story"], permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Chép địa chỉ").click()
    expect(page.locator(".share__said")).to_have_text("Đã chép")
    expect(page.locator(".share__said")).to_have_role("status")
    address = page.locator("link[rel=canonical]").get_attribute("href")
    assert page.evaluate("navigator.clipboard.readText()") == address


def test_where_copying_is_refused_the_address_is_shown(browse: Callable[..., Page], home: str) -> None:
    page = browse(home + PAGE_TYPES["story"])
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('refused')); }")
    page.get_by_role("button", name="Chép địa chỉ").click()
    address = page.locator("link[rel=canonical]").get_attribute("href")
    expect(page.locator(".share__said")).to_have_text(address or "")


def used_fonts(page: Page, selector: str) -> set[str]:
    """Return the fonts that the browser drew an element's own text with."""
    session = page.context.new_cdp_session(page)
    session.send("DOM.enable")
    session.send("CSS.enable")
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    node = session.send("DOM.querySelector", {"nodeId": root, "selector": selector})["nodeId"]
    fonts = session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
    session.detach()
    return {font["familyName"] for font in fonts}


@pytest.mark.parametrize("selector", [".tongues [lang=rad]", ".prose [lang=rad]"])
def test_a_passage_is_set_as_a_whole_in_a_font_that_has_its_letters(
    browse: Callable[..., Page], home: str, selector: str
) -> None:
    page = browse(home + PAGE_TYPES["story with everything"])
    # A font that is late is kept for the next page.
    page.wait_for_function("document.fonts.status === 'loaded'")
    page.reload()
    page.wait_for_function("document.fonts.status === 'loaded'")
    assert used_fonts(page, selector) == {"Noto Sans"}
    expect(page.locator(".tongues dt")).to_have_text("Tóm tắt tiếng Ê Đê")


def test_the_text_is_set_in_the_sites_font_and_no_other(browse: Callable[..., Page], home: str) -> None:
    page = browse(home + PAGE_TYPES["story"])
    page.reload()
    page.wait_for_function("document.fonts.status === 'loaded'")
    for selector in ("h1", ".story__lead", ".prose p", ".facts dd"):
        assert used_fonts(page, selector) == {"Be Vietnam Pro"}, selector


def test_the_font_of_the_highlands_is_fetched_only_where_it_is_needed(visit: Callable[..., Page], home: str) -> None:
    page = visit(home + PAGE_TYPES["story"])
    page.wait_for_load_state("load")
    fetched = page.evaluate("performance.getEntriesByType('resource').map((entry) => entry.name)")
    assert [url for url in fetched if "highland" in url] == []
    assert len([url for url in fetched if url.endswith(".woff2")]) == 2


def test_more_contrast_for_those_who_ask_for_it(browse: Callable[..., Page], home: str) -> None:
    page = browse(home + PAGE_TYPES["story"], contrast="more")
    assert page.evaluate("getComputedStyle(document.querySelector('.story__byline')).color") == "rgb(0, 0, 0)"
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(BACKGROUND) == "rgb(0, 0, 0)"
    assert page.evaluate("getComputedStyle(document.querySelector('.story__byline')).color") == "rgb(255, 255, 255)"


def test_what_is_chosen_is_seen_in_the_colours_of_the_device(browse: Callable[..., Page], home: str) -> None:
    """Windows high contrast takes backgrounds away: an outline says it there."""
    page = browse(f"{home}/dan-van-kheo/?loai=tap-the", forced_colors="active")
    page.locator(".display__button").click()
    for selector in (".facet__link[aria-current]", ".display__input:checked + span"):
        assert page.locator(selector).first.evaluate("(element) => getComputedStyle(element).outlineStyle") == "solid"
    assert page.locator(".facet__link[aria-current]").count() == 1
