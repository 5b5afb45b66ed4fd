"""The staff desk in a browser: a list that is sifted as somebody types, and complete without a script."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.test_preview import faults

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser, Page

    from tests.preview.preview_process import Previewing

DESK = "/_ban-bien-tap/"
ALL = f"{DESK}tat-ca/"


def test_a_few_letters_without_marks_leave_what_is_looked_for(browse: Callable[..., Page], running: Previewing) -> None:
    page = browse(running.home + DESK)
    page.get_by_label("Tìm bài để sửa").fill("ea po kenh")
    page.get_by_role("button", name="Tìm", exact=True).click()
    page.wait_for_url(f"**{ALL}?tim=*")
    story = page.get_by_role("link", name="Sang Nam Dong xem kênh, Ea Pô mang về một cuốn sổ", exact=True)
    expect(story).to_be_visible()
    every = page.locator("[data-found]")
    assert every.count() > 60
    assert every.locator("visible=true").count() < 5
    expect(page.get_by_role("status").filter(has_text="Còn ")).to_be_visible()
    sift = page.get_by_label("Gõ vài chữ để lọc")
    sift.fill("ĐỊA ban")
    expect(page.get_by_text("content/danh-muc/xa.yaml")).to_be_visible()
    expect(story).to_be_hidden()
    sift.fill("không có gì như vậy")
    expect(page.get_by_text("Không có mục nào như vậy")).to_be_visible()
    sift.fill("")
    assert every.locator("visible=true").count() == every.count()


def test_what_was_typed_stays_when_the_page_is_made_anew(browse: Callable[..., Page], running: Previewing) -> None:
    page = browse(running.home + ALL)
    page.get_by_label("Gõ vài chữ để lọc").fill("co quan")
    page.reload()
    expect(page.get_by_label("Gõ vài chữ để lọc")).to_have_value("co quan")
    expect(page.get_by_text("content/danh-muc/co-quan.yaml")).to_be_visible()
    expect(page.get_by_text("content/danh-muc/linh-vuc.yaml")).to_be_hidden()


def test_without_a_script_it_is_a_plain_list(browser: Browser, running: Previewing) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(running.home + ALL)
    expect(page.get_by_label("Gõ vài chữ để lọc")).to_be_hidden()
    assert page.locator("[data-found] a[href^='/_xem-thu/sua']").count() > 60
    context.close()


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (360, "dark")])
@pytest.mark.parametrize("address", [DESK, ALL])
def test_everyone_can_use_it_by_day_and_night(
    browse: Callable[..., Page], running: Previewing, address: str, width: int, scheme: str
) -> None:
    screen = {"width": width, "height": 720}
    page = browse(running.home + address, screen, has_touch=width < 400, color_scheme=scheme, bypass_csp=True)
    expect(page.get_by_role("navigation", name="Xem thử")).to_be_visible()
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    # The band and the letters of the site.
    assert page.locator(".band").evaluate("band => band.offsetHeight") == 14
    assert page.evaluate("document.fonts.check('16px \"Be Vietnam Pro\"') && document.fonts.size > 0")
