"""Words that are in no file yet: kept apart by page, offered back, saved as a new story when their file has gone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.test_form import FORM, STORY, beside, open_form, read, save
from tests.site import checkout

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator, Page

    from tests.preview.preview_process import Previewing


def open_beside(page: Page) -> Page:
    """Open the same form in another tab."""
    other = page.context.new_page()
    other.goto(page.url)
    expect(beside(other).locator("h1")).to_be_visible()
    return other


def reload(page: Page) -> None:
    page.reload()
    expect(beside(page).locator("h1")).to_be_visible()


def author(page: Page) -> Locator:
    return page.get_by_label("Tác giả")


def left(page: Page) -> Locator:
    return page.locator("#chua-luu li")


def test_typing_after_a_reload_leaves_what_is_offered_alone(rough: Callable[..., Page], running: Previewing) -> None:
    page = open_form(rough, running)
    author(page).fill("Chị Hoa thôn Một")
    reload(page)
    expect(left(page)).to_contain_text(["“Chị Hoa thôn Một”"])
    author(page).fill("Anh Bình thôn Hai")
    reload(page)
    expect(left(page)).to_have_count(2)
    # New typing replaces the restored text.
    author(page).fill("Bà Cúc thôn Ba")
    page.get_by_role("button", name="Lấy lại “Chị Hoa").click()
    expect(author(page)).to_have_value("Chị Hoa thôn Một")
    expect(left(page)).to_contain_text(["Anh Bình", "Bà Cúc"])
    page.get_by_role("button", name="Lấy lại “Bà Cúc").click()
    expect(author(page)).to_have_value("Bà Cúc thôn Ba")
    expect(left(page)).to_contain_text(["Anh Bình", "Chị Hoa"])


def test_going_back_shows_the_file_and_offers_what_was_typed(
    rough: Callable[..., Page],
    running: Previewing,
) -> None:
    page = open_form(rough, running)
    page.get_by_label("Tóm tắt", exact=True).fill("Gõ rồi đi nơi khác")
    page.goto(f"{running.home}/_ban-bien-tap/")
    page.go_back()
    expect(beside(page).locator("h1")).to_be_visible()
    # A browser would put back the typed text as if the file said it.
    expect(page.get_by_label("Tóm tắt", exact=True)).not_to_have_value("Gõ rồi đi nơi khác")
    expect(left(page)).to_contain_text(["“Gõ rồi đi nơi khác”"])


def test_what_is_thrown_away_can_be_had_back_at_once(rough: Callable[..., Page], running: Previewing) -> None:
    page = open_form(rough, running)
    author(page).fill("Chị Hoa")
    reload(page)
    page.get_by_role("button", name="Bỏ đi “Chị Hoa”").click()
    expect(page.get_by_role("button", name="Lấy lại")).to_have_count(0)
    expect(page.get_by_role("button", name="Hoàn tác")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Lấy lại “Chị Hoa”")).to_be_focused()
    page.get_by_role("button", name="Bỏ đi “Chị Hoa”").click()
    reload(page)
    expect(page.locator("#chua-luu")).to_be_hidden()


def test_two_tabs_keep_their_words_apart(rough: Callable[..., Page], running: Previewing) -> None:
    before = read(running)
    one = open_form(rough, running)
    two = open_beside(one)
    author(one).fill("Thẻ một")
    author(two).fill("Thẻ hai")
    # Text open in another tab is not offered until that tab is closed.
    expect(left(one)).to_have_count(0)
    save(two)
    reload(one)
    expect(left(one)).to_contain_text(["“Thẻ một”"])
    author(two).fill("Thẻ hai, lần nữa")
    two.close(run_before_unload=False)
    expect(left(one)).to_contain_text(["“Thẻ một”", "“Thẻ hai, lần nữa”"])
    # Taken back in one tab, it is offered in no other.
    three = open_beside(one)
    expect(left(three)).to_have_count(2)
    one.get_by_role("button", name="Lấy lại “Thẻ hai").click()
    expect(left(three)).to_contain_text(["“Thẻ một”"])
    expect(left(three)).to_have_count(1)
    checkout.write(running.project, STORY, before)


def test_a_copied_tab_writes_under_a_name_of_its_own(rough: Callable[..., Page], running: Previewing) -> None:
    one = open_form(rough, running)
    author(one).fill("Thẻ gốc")
    # A copy has the session of the tab that it was copied from.
    with one.context.expect_page() as opened:
        one.evaluate("window.open(location.href)")
    copy = opened.value
    expect(beside(copy).locator("h1")).to_be_visible()
    author(copy).fill("Thẻ chép")
    author(copy).fill("Ủy ban")
    reload(one)
    expect(left(one)).to_contain_text(["“Thẻ gốc”"])


def test_a_browser_without_room_says_so(rough: Callable[..., Page], running: Previewing) -> None:
    page = open_form(rough, running)
    author(page).fill("Chị Hoa")
    reload(page)
    full = "throw new DOMException('', 'QuotaExceededError')"
    page.evaluate(f"() => {{ Storage.prototype.setItem = () => {{ {full} }} }}")
    author(page).fill("Anh Bình")
    expect(page.get_by_role("alert")).to_contain_text("không cất thêm được chữ chưa lưu")
    # Nothing typed makes room for what is taken back.
    page.get_by_role("button", name="Lấy lại").click()
    expect(page.get_by_role("alert")).to_contain_text("bấm Lưu trước rồi lấy lại")
    expect(author(page)).to_have_value("Anh Bình")
    expect(left(page)).to_have_count(1)


def test_a_story_whose_folder_was_renamed_is_saved_as_a_new_one(
    rough: Callable[..., Page], running: Previewing
) -> None:
    folder = running.project / STORY.removesuffix("/bai.md")
    aside = running.project / "content/bai-viet/2020/ten-khac"
    page = open_form(rough, running)
    page.get_by_label("Tiêu đề").fill("Ea Pô làm kênh: kể lại")
    page.get_by_role("textbox", name="Bài viết").fill("Chữ vừa gõ.")
    folder.rename(aside)
    page.keyboard.press("Control+s")
    expect(page.get_by_role("alert")).to_contain_text(f"Không có tệp {STORY}")
    # The form stays where it is, and so it does when the page is asked for again.
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("Không sửa được tệp này ở đây")
    expect(page.get_by_role("listitem")).to_contain_text("Chữ vừa gõ.")
    page.get_by_role("button", name="Lưu thành bài mới").click()
    expect(page.get_by_label("Tiêu đề")).to_have_value("Ea Pô làm kênh: kể lại")
    expect(page.get_by_role("textbox", name="Bài viết")).to_have_value("Chữ vừa gõ.")
    expect(page.get_by_label("Trạng thái")).to_have_value("nháp")
    made = read(running, "content/bai-viet/2020/ea-po-lam-kenh-ke-lai/bai.md")
    assert made.endswith("\n\nChữ vừa gõ.\n")
    assert "Ảnh: " in made
    # Nothing is left over.
    page.goto(running.home + FORM + STORY)
    expect(page.locator("#con-lai")).to_be_hidden()
    aside.rename(folder)


def test_the_form_itself_saves_as_a_new_story(rough: Callable[..., Page], running: Previewing) -> None:
    folder = running.project / STORY.removesuffix("/bai.md")
    aside = running.project / "content/bai-viet/2020/ten-khac"
    page = open_form(rough, running)
    folder.rename(aside)
    page.get_by_label("Tiêu đề").fill("Kênh Ea Pô")
    # Told before anyone has asked to save.
    expect(page.get_by_role("alert")).to_contain_text(f"Không có tệp {STORY}")
    page.get_by_role("button", name="Lưu thành bài mới").click()
    page.wait_for_url("**kenh-ea-po**")
    expect(page.get_by_label("Tiêu đề")).to_have_value("Kênh Ea Pô")
    aside.rename(folder)
