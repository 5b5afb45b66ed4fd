"""A failure of the form is shown where the eye is: beside its control, and in the bar at the bottom of the window."""

from __future__ import annotations

import re
import shutil
from itertools import takewhile
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import wait_for_text
from tests.browser.test_form import FORM, STORY, beside, open_form, read
from tests.browser.test_preview import faults_by_day_and_night
from tests.preview.preview_process import Previewing, previewing
from tests.site import checkout

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Browser, Locator, Page

CONTROL_SIGN = "\x01"
# None at the end of the way; else which element has the focus and is covered.
IS_COVERED = """
() => {
    const element = document.activeElement, bar = document.getElementById("thanh");
    if (element.id === "so-loi" || element === document.body) return null;
    if (bar.contains(element) || element.tagName === "IFRAME") return "";
    const { top, bottom, height } = element.getBoundingClientRect();
    const limit = bar.getBoundingClientRect().top;
    // Of what is taller than the window some must be seen.
    const seen = Math.min(bottom, limit) - Math.max(top, 0);
    const isSeen = seen >= Math.min(height, 40) && (bottom <= limit + 1 || height > limit);
    return isSeen ? "" : `${element.id} ${element.className} ${top} ${bottom} ${limit}`;
}
"""
# A key that goes down finds the focus where the one before it has led.
WATCH = f"""() => {{
    window.covered = [];
    addEventListener("keydown", ({{ key }}) => key === "Tab" && window.covered.push(({IS_COVERED})()), true);
}}"""


# The page tries again after a tenth of the seconds.
HURRY = """() => {
    const late = setTimeout;
    window.setTimeout = (act, time, ...on) => late(act, time < 1000 ? time : time / 10, ...on);
}"""


def bar(page: Page) -> Locator:
    return page.locator("#thanh")


def is_in_view(locator: Locator) -> bool:
    inside = "e => e.getBoundingClientRect().top >= 0 && e.getBoundingClientRect().bottom <= innerHeight"
    return bool(locator.evaluate(inside))


def tell(page: Page, said: str, beside: str = "") -> None:
    """Say something of a photo, by the module that the form has loaded."""
    page.evaluate(
        """([said, beside]) => import(new URL("bao-tin.js", document.querySelector("script[type=module]").src))
            .then(({ tell }) => tell(said, { of: "photo", beside: beside && document.querySelector(beside) }))""",
        [said, beside],
    )


def test_a_refused_save_is_told_in_the_bar_and_cleared_by_the_next(
    rough: Callable[..., Page],
    running: Previewing,
) -> None:
    before = read(running)
    page = rough(running.home + FORM + STORY)
    expect(beside(page).locator("h1")).to_be_visible()
    body = page.get_by_role("textbox", name="Bài viết")
    good = body.input_value()
    body.evaluate(
        f"body => {{ body.value += {CONTROL_SIGN!r}; body.dispatchEvent(new Event('input', {{bubbles: true}})) }}"
    )
    page.keyboard.press("Control+s")
    told = page.get_by_role("alert")
    expect(told).to_contain_text("ký tự điều khiển lạ")
    assert is_in_view(told)
    expect(told.get_by_role("link", name="Sổ tay: Ký tự ẩn, ký tự lạ")).to_be_visible()
    expect(page.get_by_role("status")).to_have_text("Chưa lưu được")
    body.fill(good)
    # It says so until it is over.
    expect(page.get_by_role("status")).to_have_text("Có việc chưa làm được")
    page.keyboard.press("Control+s")
    expect(told).to_be_hidden()
    expect(page.get_by_role("status")).to_contain_text("Đã lưu")
    checkout.write(running.project, STORY, before)


def test_the_errors_are_counted_and_the_first_is_a_step_away(
    go: Callable[..., Page],
    running: Previewing,
) -> None:
    page = open_form(go, running)
    counter = bar(page).get_by_role("button", name="lỗi")
    expect(counter).to_be_hidden()
    page.get_by_role("textbox", name="Bài viết").press_sequentially("\n\nMột dòng có [liên kết]() trống.")
    page.get_by_label("Ngày bắt buộc").fill("30/2/2020")
    expect(counter).to_have_text("Xem 2 lỗi")
    counter.click()
    # The text stands before what it is filed under.
    place = page.get_by_role("button", name="“Một dòng có [liên kết]() trống.”")
    expect(place).to_be_visible()
    body = page.get_by_role("textbox", name="Bài viết")
    expect(body).to_be_focused()
    assert body.evaluate("body => body.value.slice(body.selectionStart)").startswith("Một dòng có")
    page.get_by_label("Tiêu đề").focus()
    place.click()
    expect(body).to_be_focused()
    caret = body.evaluate("body => body.selectionStart")
    assert body.input_value()[caret:].startswith("Một dòng có")


def test_a_lost_connection_is_told_and_what_was_asked_for_is_done_when_it_is_back(
    browser: Browser, tmp_path: Path
) -> None:
    project = checkout.begin_office(tmp_path)
    shutil.copytree((checkout.PROJECT / STORY).parent, (project / STORY).parent)
    page, other = browser.new_page(), browser.new_page()
    page.on("dialog", lambda asked: asked.accept())
    with previewing(project) as first:
        page.goto(first.home + FORM + STORY)
        expect(beside(page).locator("h1")).to_be_visible()
        page.evaluate(HURRY)
        other.goto(f"{first.home}/lien-he/")
        navigation = other.get_by_role("navigation", name="Xem thử")
        expect(navigation).to_contain_text("Đang theo dõi thay đổi")
        first.stop()
    # The command has ended: a page of the site says so as well.
    expect(navigation).to_contain_text("Mất liên lạc")
    other.close()
    page.get_by_label("Tác giả").fill("Gõ lúc mất liên lạc")
    told = page.get_by_role("alert")
    expect(told).to_contain_text("Mất liên lạc với lệnh xem thử")
    page.keyboard.press("Control+s")
    expect(page.get_by_role("status")).to_have_text("Chưa lưu được")
    assert is_in_view(told)
    # Another process with another token: the page that is open goes on.
    with previewing(project, first.port) as second:
        expect(told).to_be_hidden(timeout=20_000)
        wait_for_text(page, "#trang-thai", "^Đã lưu lúc", 5_000)
        assert "Tác giả: Gõ lúc mất liên lạc\n" in read(second)
        page.close()


def test_the_connection_comes_back_by_itself(rough: Callable[..., Page], running: Previewing) -> None:
    page = rough(running.home + FORM + STORY)
    expect(beside(page).locator("h1")).to_be_visible()
    page.evaluate(HURRY)
    page.route("**/_xem-thu/**", lambda route: route.abort())
    page.get_by_label("Ngày bắt buộc").fill("30/2/2020")
    expect(page.get_by_role("alert")).to_contain_text("Mất liên lạc")
    page.unroute("**/_xem-thu/**")
    expect(page.get_by_role("status")).to_have_text("Đã có lại liên lạc; có chữ chưa lưu")
    expect(page.get_by_role("alert")).to_be_hidden()
    # The attempt that failed is repeated.
    expect(page.locator("#loi-date")).to_contain_text("không có thật")


def test_whoever_does_not_want_to_wait_tries_again(browser: Browser, running: Previewing) -> None:
    page = browser.new_page()
    page.on("dialog", lambda asked: asked.accept())
    # By itself it would never try.
    page.add_init_script(
        "const late = setTimeout; setTimeout = (act, time, ...on) => time < 1000 && late(act, time, ...on)"
    )
    page.goto(running.home + FORM + STORY)
    expect(beside(page).locator("h1")).to_be_visible()
    page.route("**/_xem-thu/**", lambda route: route.abort())
    page.get_by_label("Tác giả").fill("Một người")
    expect(page.get_by_role("alert")).to_contain_text("Mất liên lạc")
    page.unroute("**/_xem-thu/**")
    page.get_by_role("button", name="Thử lại ngay").click()
    expect(page.get_by_role("alert")).to_be_hidden()
    page.close()


def test_what_is_read_can_be_taken_away(go: Callable[..., Page], running: Previewing) -> None:
    page = open_form(go, running)
    tell(page, "a.pdf: không phải ảnh; chọn ảnh khác.", beside="#tha-anh")
    expect(page.locator("#tha-anh + .problem")).to_have_text("a.pdf: không phải ảnh; chọn ảnh khác.")
    page.get_by_label("Tác giả").fill("Một người")
    page.get_by_label("Tác giả").fill("Ủy ban MTTQ Việt Nam xã Ea Pô")
    expect(page.get_by_role("status")).to_have_text("Có việc chưa làm được")
    bar(page).get_by_role("button", name="Đã rõ").click()
    expect(page.get_by_role("status")).to_have_text("Đã lưu hết")
    expect(page.locator("#tha-anh + .problem")).to_have_count(0)


@pytest.mark.parametrize("width", [360, 1280])
def test_the_bar_never_covers_what_has_the_focus(
    go: Callable[..., Page],
    running: Previewing,
    width: int,
) -> None:
    page = go(running.home + FORM + STORY, viewport={"width": width, "height": 740})
    expect(beside(page).locator("h1")).to_be_visible()
    page.get_by_text("Mục khác").click()
    page.get_by_label("Ngày bắt buộc").fill("30/2/2020")
    expect(bar(page).get_by_role("button", name="lỗi")).to_be_visible()
    tell(page, "Một việc; chưa làm được.")
    expect(bar(page).get_by_role("button", name="Đã rõ")).to_be_visible()
    page.evaluate("document.activeElement.blur(), scrollTo(0, 0)")
    page.keyboard.press("Tab")
    page.evaluate(WATCH)
    for held, least in (("", 60), ("Shift+", 30)):
        # One call for all: a key that is named again is down again, as when it is held.
        page.keyboard.press(held + "+".join(["Tab"] * 130))
        covered = [*takewhile(lambda found: found is not None, page.evaluate("window.covered.splice(0)"))]
        assert list(filter(None, covered)) == []
        assert len(covered) > least
    assert page.evaluate("document.getElementById('thanh').getBoundingClientRect().bottom") == pytest.approx(740, abs=1)


def test_everyone_can_use_the_bar(browse: Callable[..., Page], running: Previewing) -> None:
    page = browse(running.home + FORM + STORY, bypass_csp=True)
    expect(beside(page).locator("h1")).to_be_visible()
    page.get_by_role("textbox", name="Bài viết").press_sequentially(" [liên kết]()")
    expect(page.locator("#loi-body")).to_contain_text(re.compile("“.*”: Liên kết chưa có địa chỉ"))
    tell(page, "Một việc.")
    expect(bar(page).get_by_role("button", name="Đã rõ")).to_be_visible()
    assert faults_by_day_and_night(page) == []
