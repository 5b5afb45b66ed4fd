"""The preview as an editor sees it: a file is saved, and the page that is open changes by itself."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.test_accessibility import COLOR_RULES, Contrasts, axe_script
from tests.preview import latency
from tests.site import checkout
from tests.site.checkout import PHONE_URL, STORIES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from tests.preview.preview_process import Previewing

STORY = f"{STORIES}/2019/hai-thon-chung-tay-be-tong-hoa-kenh-muong-noi-dong/bai.md"
STORY_URL = "/bai-viet/2019/hai-thon-chung-tay-be-tong-hoa-kenh-muong-noi-dong/"
_SEEN = """() => [...document.querySelectorAll("*")].map((element) =>
    `${element.tagName} ${element.checkVisibility({ visibilityProperty: true, opacityProperty: true })}`)"""
# Of all pages that the staff see, in whichever file they are looked at.
_contrasts = Contrasts()
DRAFT_URL = "/bai-viet/2026/bai-con-viet-do/"


def open_page(go: Callable[..., Page], running: Previewing, address: str, **options: object) -> Page:
    """Open a page, and wait until it follows the files."""
    page = go(running.home + address, **options)
    expect(page.get_by_role("navigation", name="Xem thử")).to_contain_text("Đang theo dõi thay đổi")
    return page


def edit(running: Previewing, path: str, old: str, new: str) -> str:
    """Save a file with something changed. Returns the text as it was."""
    file = running.project / path
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8", newline="\n")
    return text


def restore(running: Previewing, path: str, text: str) -> None:
    (running.project / path).write_text(text, encoding="utf-8", newline="\n")


def test_a_saved_change_shows_where_the_reader_is(go: Callable[..., Page], running: Previewing) -> None:
    page = open_page(go, running, STORY_URL, viewport={"width": 800, "height": 400})
    page.evaluate("scrollTo({ top: 500, behavior: 'instant' })")
    before = page.evaluate("scrollY")
    assert before == 500
    text = edit(running, STORY, "Tóm tắt: ", "Tóm tắt: Vừa sửa xong. ")
    expect(page.locator(".story__lead")).to_contain_text("Vừa sửa xong.")
    page.wait_for_function("top => Math.abs(scrollY - top) < 2", arg=before)
    restore(running, STORY, text)
    expect(page.locator(".story__lead")).not_to_contain_text("Vừa sửa xong.")


def test_a_page_that_does_not_change_is_left_alone(go: Callable[..., Page], running: Previewing) -> None:
    page = open_page(go, running, "/lien-he/")
    other = open_page(go, running, STORY_URL)
    page.evaluate("window.untouched = true")
    text = edit(running, STORY, "Tóm tắt: ", "Tóm tắt: Sửa lần nữa. ")
    expect(other.locator(".story__lead")).to_contain_text("Sửa lần nữa.")
    restore(running, STORY, text)
    expect(other.locator(".story__lead")).not_to_contain_text("Sửa lần nữa.")
    assert page.evaluate("window.untouched")


def test_style_is_swapped_without_reloading(go: Callable[..., Page], running: Previewing) -> None:
    page = open_page(go, running, "/lien-he/")
    page.evaluate("window.untouched = true")
    text = edit(running, "theme/static/css/base.css", "@layer base {", "@layer base { body { border-top: 7px solid; }")
    expect(page.locator("body")).to_have_css("border-top-width", "7px")
    assert page.evaluate("window.untouched")
    restore(running, "theme/static/css/base.css", text)
    expect(page.locator("body")).to_have_css("border-top-width", "0px")
    assert page.locator('head link[rel="stylesheet"]').count() == 1
    assert page.evaluate("window.untouched")


def test_a_problem_stands_over_the_last_good_page_until_it_is_mended(
    go: Callable[..., Page], running: Previewing
) -> None:
    page = open_page(go, running, STORY_URL)
    title = page.locator("h1").inner_text()
    text = edit(running, STORY, "Xã: ", "Xã: Không có ")
    line = 1 + next(number for number, row in enumerate(text.splitlines()) if row.startswith("Xã: "))
    problem = page.get_by_role("status").filter(has_text="Trang này có lỗi; sửa xong, trang tự hiện theo")
    expect(problem).to_contain_text(f'{STORY}:{line} Xã "Không có ')
    expect(page.get_by_role("link", name="Ban biên tập: 1 lỗi")).to_be_visible()
    assert page.locator("h1").inner_text() == title
    restore(running, STORY, text)
    expect(problem).to_be_hidden()
    expect(page.get_by_role("link", name="Ban biên tập", exact=True)).to_be_visible()


def test_a_page_that_could_not_be_made_appears_when_it_can(rough: Callable[..., Page], running: Previewing) -> None:
    new = f"{STORIES}/2026/vua-viet/bai.md"
    checkout.write(running.project, new, "Chưa có gì\n")
    running.wait_for_problem("/bai-viet/2026/vua-viet/", f"{new}:1: ")
    page = rough(f"{running.home}/bai-viet/2026/vua-viet/")
    expect(page.locator("h1")).to_have_text("Chưa dựng được trang này")
    expect(page.locator("main")).to_contain_text(f"{new}:1")
    # Once: the bar below counts alone.
    expect(page.get_by_role("link", name="Ban biên tập: 1 lỗi")).to_be_visible()
    expect(page.get_by_text("Trang này có lỗi")).to_be_hidden()
    checkout.write(running.project, new, "---\nTiêu đề: Vừa viết\nNgày: 1/2/2026\nTrạng thái: nháp\n---\nXong.\n")
    expect(page.locator("h1")).to_have_text("Vừa viết")
    (running.project / new).unlink()
    (running.project / new).parent.rmdir()
    expect(page.locator("h1")).to_have_text("Không tìm thấy trang này")


@pytest.mark.parametrize(("address", "mark"), [(DRAFT_URL, "Bài nháp"), (PHONE_URL, "Bài mẫu")])
def test_drafts_and_samples_bear_a_ribbon(
    go: Callable[..., Page], running: Previewing, address: str, mark: str
) -> None:
    page = open_page(go, running, address)
    expect(page.locator("#xem-thu .ribbon")).to_have_text(mark)
    expect(page.locator("#xem-thu .ribbon")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator("#xem-thu .ribbon")).to_be_hidden()


def test_a_phone_at_a_click_and_back(go: Callable[..., Page], running: Previewing) -> None:
    page = open_page(go, running, PHONE_URL)
    page.get_by_role("link", name="Khổ điện thoại").click()
    phone = page.frame_locator("#man-hinh")
    expect(phone.locator("h1")).to_contain_text("Chụp & kể")
    assert phone.locator("html").evaluate("() => innerWidth") == 390
    # The bar would take a third of a phone's screen; the page still follows its files.
    assert phone.locator("#xem-thu").count() == 0
    text = edit(running, checkout.PHONE_STORY, "Tóm tắt: ", "Tóm tắt: Trên điện thoại. ")
    expect(phone.locator(".story__lead")).to_contain_text("Trên điện thoại.")
    restore(running, checkout.PHONE_STORY, text)
    expect(phone.locator(".story__lead")).not_to_contain_text("Trên điện thoại.")
    phone.get_by_role("link", name="Xã Cư K’nia").first.click()
    # The story, too, has the commune in its title.
    expect(phone.locator("h1.sheet__title")).to_contain_text("Cư K’nia")
    page.get_by_role("link", name="Về khổ máy tính").click()
    page.wait_for_url("**/dan-van-kheo/xa/**")
    expect(page.locator("h1")).to_contain_text("Cư K’nia")


def test_the_staff_page_follows_too(go: Callable[..., Page], running: Previewing) -> None:
    page = open_page(go, running, "/")
    page.get_by_role("link", name="Ban biên tập").click()
    expect(page.get_by_role("heading", name="Bài nháp, chưa xuất bản 1")).to_be_visible()
    text = edit(running, checkout.DRAFT_STORY, "Trạng thái: nháp", "Trạng thái: đăng")
    expect(page.get_by_role("heading", name="Bài nháp, chưa xuất bản 0")).to_be_visible()
    restore(running, checkout.DRAFT_STORY, text)
    page.get_by_role("link", name=checkout.DRAFT_TITLE, exact=True).click()
    expect(page.locator("h1")).to_have_text(checkout.DRAFT_TITLE)


def test_what_the_preview_adds_can_be_used_by_everyone(browser: Browser, running: Previewing) -> None:
    text = edit(running, STORY, "Xã: ", "Xã: Không có ")
    running.wait_for_problem(STORY_URL, f"{STORY}:")
    # The checker itself writes styles inline.
    page = browser.new_page(bypass_csp=True)
    for address, shown in (
        (STORY_URL, "#xem-thu .problems"),
        ("/_ban-bien-tap/", "#xem-thu .bar"),
        ("/_ban-bien-tap/tat-ca/", "#xem-thu .bar"),
        ("/_ban-bien-tap/tien-do/2020/", "#xem-thu .bar"),
        ("/_xem-thu/dien-thoai?trang=/lien-he/", "#man-hinh"),
    ):
        page.goto(running.home + address)
        page.wait_for_selector(shown)
        assert faults(page) == []
    page.close()
    restore(running, STORY, text)
    running.wait_until_sound("/")


def faults(page: Page) -> list[str]:
    """Return what axe finds in a page; the contrast of a look that any page has shown before is not measured again."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(axe_script())
    return _contrasts.find_faults(page)[1]


def faults_by_day_and_night(page: Page) -> list[str]:
    """Return what axe finds in the light, and by the rules about colours in the dark, where the same must be seen.

    The other rules look at the document and at what is seen of it.
    """
    page.emulate_media(color_scheme="light")
    found, seen = faults(page), page.evaluate(_SEEN)
    page.emulate_media(color_scheme="dark")
    if seen != page.evaluate(_SEEN):
        found.append("what is seen in the dark is not what is seen in the light")
    return found + _contrasts.find_faults(page, COLOR_RULES)[1]


def test_a_change_shows_at_once(browser: Browser, tmp_path: Path) -> None:
    """The short form of `python -m tests.preview.latency`; its bars are for a busy machine."""
    found = latency.measure(browser, latency.prepare(tmp_path, 100), edits=5, pause=0.02)["ours"]
    assert median(found.story) < 0.6
    assert median(found.home) < 0.6
    assert median(found.typed) < 0.8
    assert found.first < 6
