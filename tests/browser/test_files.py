"""A story's files in the browser: moved, deleted, put back; its earlier texts; and files that are one text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.test_preview import faults
from tests.site.checkout import STORIES

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.preview.preview_process import Previewing

STORY = f"{STORIES}/2020/ea-po-hoc-cach-lam-kenh/bai.md"
FORM = "/_xem-thu/sua?tep="
DRAFT = "---\nTiêu đề: {title}\nNgày: 1/2/2020\nTrạng thái: nháp\n---\n\nHũ gạo.\n"


def draft(running: Previewing, name: str, title: str) -> str:
    path = f"{STORIES}/2020/{name}/bai.md"
    (running.project / path).parent.mkdir()
    (running.project / path).write_text(DRAFT.format(title=title), encoding="utf-8")
    return path


def open_form(go: Callable[..., Page], running: Previewing, path: str) -> Page:
    page = go(running.home + FORM + path)
    expect(page.frame_locator("#ban-xem").locator("h1")).to_be_visible()
    return page


def save(page: Page) -> None:
    page.get_by_role("button", name="Lưu", exact=True).click()
    expect(page.locator("#trang-thai")).to_contain_text("Đã lưu lúc")


def test_a_draft_is_deleted_and_taken_back_with_the_keyboard_alone(
    go: Callable[..., Page], running: Previewing
) -> None:
    path = draft(running, "hu-gao", "Hũ gạo tình thương")
    page = open_form(go, running, path)
    page.get_by_role("textbox", name="Bài viết").press_sequentially(" Gõ thêm.")
    page.locator("#tep-cua-bai summary").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Xóa bài này").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/_ban-bien-tap/*")
    notice = page.get_by_role("status").filter(has_text="Đã xóa bài “Hũ gạo tình thương”")
    expect(notice).to_be_focused()
    assert not (running.project / path).exists()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/_xem-thu/sua?tep=*")
    # The typed text was saved first.
    expect(page.get_by_role("textbox", name="Bài viết")).to_have_value("Hũ gạo. Gõ thêm.")
    assert (running.project / path).read_text(encoding="utf-8").endswith("Hũ gạo. Gõ thêm.\n")


def test_what_was_deleted_waits_on_a_page_of_its_own(go: Callable[..., Page], running: Previewing) -> None:
    path = draft(running, "hai-hu-gao", "Hai hũ gạo")
    page = open_form(go, running, path)
    page.get_by_text("Tệp của bài").click()
    page.get_by_role("button", name="Xóa bài này").click()
    page.wait_for_url("**/_ban-bien-tap/*")
    page.goto(f"{running.home}/_xem-thu/da-xoa")
    assert faults(page) == []
    page.get_by_role("button", name=re.compile("Khôi phục Bài “Hai hũ gạo”")).click()
    expect(page.get_by_role("status")).to_contain_text("Đã khôi phục Bài “Hai hũ gạo”")
    assert (running.project / path).exists()


def test_a_story_that_was_shown_says_how_to_withdraw_it(rough: Callable[..., Page], running: Previewing) -> None:
    path = draft(running, "da-dang", "Đã đăng")
    file = running.project / path
    file.write_text(file.read_text(encoding="utf-8").replace("Trạng thái: nháp\n", ""), encoding="utf-8")
    page = rough(running.home + FORM + path)
    page.get_by_text("Tệp của bài").click()
    remove = page.get_by_role("button", name="Xóa bài này")
    remove.click()
    said = page.locator("#xoa-bai + [data-told]")
    expect(said).to_contain_text("Bài này đã đăng nên không xóa được; điền mục Gỡ")
    expect(said).to_be_in_viewport()
    assert file.exists()


def test_a_story_gets_another_address_and_what_is_typed_goes_along(
    rough: Callable[..., Page], running: Previewing
) -> None:
    path = draft(running, "ba-hu-gao", "Ba hũ gạo")
    page = open_form(rough, running, path)
    page.get_by_role("textbox", name="Bài viết").press_sequentially(" Gõ thêm.")
    page.get_by_text("Tệp của bài").click()
    page.get_by_label("Tên trong địa chỉ").fill("con")
    page.get_by_role("button", name="Đổi địa chỉ").click()
    expect(page.locator("#doi-dia-chi + [data-told]")).to_contain_text("không dùng được")
    page.get_by_label("Tên trong địa chỉ").fill("Hũ gạo thôn 3")
    page.keyboard.press("Enter")
    expect(page.locator("#tep-da-lam")).to_contain_text("thành /bai-viet/2020/hu-gao-thon-3/")
    expect(page.locator("#tep-da-lam")).to_be_focused()
    expect(page.get_by_role("textbox", name="Bài viết")).to_have_value("Hũ gạo. Gõ thêm.")
    expect(page.locator("#ban-truoc")).to_be_visible()
    assert (running.project / f"{STORIES}/2020/hu-gao-thon-3/bai.md").exists()
    assert not (running.project / path).parent.exists()


def test_earlier_texts_say_what_was_changed_next(go: Callable[..., Page], running: Previewing) -> None:
    page = open_form(go, running, STORY)
    page.get_by_label("Tác giả").fill("Một người khác")
    save(page)
    body = page.get_by_role("textbox", name="Bài viết")
    body.press_sequentially("\n\nMột dòng mới.")
    save(page)
    page.get_by_text("Các bản trước").click()
    listed = page.locator("#ban-truoc > ul > li")
    expect(listed).to_have_count(1)
    expect(listed).to_contain_text("Sau đó đổi: Tác giả, bài viết: +1 dòng.")
    listed.get_by_text("1 lần lưu nữa trong phút ấy").click()
    with page.expect_popup() as opened:
        listed.get_by_role("link").first.click()
    shown = opened.value
    expect(shown.locator("ins").filter(has_text="Một dòng mới.")).to_be_visible()
    assert faults(shown) == []
    # Without colour as well: a line through what went, one under what came.
    assert shown.locator("main del").last.evaluate("one => getComputedStyle(one).textDecorationLine") == "line-through"
    assert shown.locator("main ins").last.evaluate("one => getComputedStyle(one).textDecorationLine") == "underline"
    shown.close()
    listed.get_by_role("button", name=re.compile("Khôi phục bản")).first.click()
    expect(page.get_by_label("Tác giả")).not_to_have_value("Một người khác")


def test_a_vocabulary_says_what_is_wrong_while_it_is_typed_and_when_it_is_saved(
    go: Callable[..., Page], running: Previewing
) -> None:
    page = go(f"{running.home}{FORM}content/danh-muc/xa.yaml")
    text = page.get_by_role("textbox", name="Cả tệp")
    good = text.input_value()
    number = good[: good.index("- mã: nam-dong")].count("\n") + 1
    text.fill(good.replace("- mã: nam-dong", "- mãa: nam-dong"))
    problem = page.locator(".desk__problems .problem--error").first
    expect(problem).to_contain_text(f"Dòng {number}: ")
    problem.get_by_role("button", name=f"Dòng {number}").click()
    expect(text).to_be_focused()
    assert text.evaluate("box => box.value.slice(box.selectionStart, box.selectionEnd)") == "- mãa: nam-dong"
    save(page)
    expect(page.locator("#trang-thai")).to_contain_text("nhưng có 1 lỗi, trang vẫn theo bản trước")
    text.fill(good)
    expect(page.locator(".desk__problems")).to_be_empty()
    save(page)
    expect(page.locator("#trang-thai")).not_to_contain_text("lỗi")


def test_a_page_is_shown_beside_its_text(go: Callable[..., Page], running: Previewing) -> None:
    page = open_form(go, running, "content/trang/gioi-thieu.md")
    text = page.get_by_role("textbox", name="Cả tệp")
    text.fill(f"{text.input_value()}\n\nLời *vừa gõ*.")
    expect(page.frame_locator("#ban-xem").locator("em").filter(has_text="vừa gõ")).to_be_visible()
    assert faults(page) == []
