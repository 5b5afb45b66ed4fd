"""A story written in the browser from its title to its photos, without ever seeing a file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import reader
from tests.browser.test_preview import faults_by_day_and_night
from tests.conftest import make_image
from tests.site import checkout
from tests.site.checkout import STORIES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, FrameLocator, Page

    from tests.preview.preview_process import Previewing

STORY = f"{STORIES}/2020/ea-po-hoc-cach-lam-kenh/bai.md"
URL = "/bai-viet/2020/ea-po-hoc-cach-lam-kenh/"
FORM = "/_xem-thu/sua?tep="


def open_form(go: Callable[..., Page], running: Previewing, path: str = STORY) -> Page:
    page = go(running.home + FORM + path)
    expect(beside(page).locator("h1")).to_be_visible()
    return page


def beside(page: Page) -> FrameLocator:
    return page.frame_locator("#ban-xem")


def save(page: Page) -> None:
    page.get_by_role("button", name="Lưu", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("Đã lưu lúc")


def read(running: Previewing, path: str = STORY) -> str:
    return (running.project / path).read_text(encoding="utf-8")


def test_own_files_are_asked_for_once_and_again_when_one_changes(go: Callable[..., Page], running: Previewing) -> None:
    page = open_form(go, running)
    sent = """() => performance.getEntriesByType("resource").filter((one) => one.transferSize).map((one) => one.name)"""
    sheet = running.project / "plugins/preview/static/sua.css"
    before = sheet.read_bytes()
    for added, count, opacity in ((b"", 0, "1"), (b".desk__title { opacity: .5; }", 30, "0.5")):
        if added:
            sheet.write_bytes(before + added)
        page.reload()
        expect(beside(page).locator("h1")).to_be_visible()
        asked = [name for name in page.evaluate(sent) if re.search(r"/_xem-thu/.*\.(js|css|woff2)$", name)]
        assert len(asked) == count
        expect(page.locator("h1")).to_have_css("opacity", opacity)
    sheet.write_bytes(before)


def test_from_a_title_to_a_page_with_photos(go: Callable[..., Page], running: Previewing) -> None:
    page = go(f"{running.home}/_ban-bien-tap/")
    page.get_by_label("Tên bài mới").fill("Đường hoa thôn 8: ai trồng, ai giữ")
    page.get_by_role("button", name="Bắt đầu viết").click()
    expect(beside(page).get_by_role("heading", level=1)).to_have_text("Đường hoa thôn 8: ai trồng, ai giữ")
    page.get_by_label("Tóm tắt", exact=True).fill("Mỗi nhà một đoạn, mỗi tuần một buổi.")
    expect(beside(page).locator(".story__lead")).to_have_text("Mỗi nhà một đoạn, mỗi tuần một buổi.")
    page.get_by_label("Loại").select_option("Mô hình")
    expect(page.locator("#loi-field")).to_contain_text('Thiếu mục "Lĩnh vực"')
    page.get_by_label("Lĩnh vực").first.select_option(index=1)
    page.get_by_label("Xã bắt buộc với điển hình", exact=True).select_option("Nam Dong")
    results = page.get_by_role("group", name="Kết quả")
    results.get_by_label("Số lượng").fill("1,2 km")
    results.get_by_label("Việc").fill("đường hoa")
    results.get_by_role("button", name="Thêm dòng").click()
    results.get_by_label("Việc").last.fill("Bà con thay nhau tưới")
    expect(beside(page).locator(".results__item")).to_have_text(["1,2 km đường hoa", "Bà con thay nhau tưới"])

    body = page.get_by_role("textbox", name="Bài viết")
    body.click()
    page.keyboard.type("Sáng thứ bảy, cả thôn ra đường.")
    photo = make_image(size=(1200, 800))
    two = [{"name": name, "mimeType": "image/jpeg", "buffer": photo + name.encode()} for name in ("Ảnh 1.jpg", "b.JPG")]
    page.get_by_label("Chọn ảnh trên máy").set_input_files(two)
    asked = page.get_by_role("dialog")
    expect(asked.get_by_role("heading")).to_have_text("Ảnh mới: Ảnh 1.jpg")
    # Without words for who cannot see it no photo goes in.
    asked.get_by_role("button", name="Đưa vào bài").click()
    expect(asked).to_be_visible()
    asked.get_by_label("Mô tả ảnh").fill("Bà con trồng hoa")
    asked.get_by_label("Chú thích ảnh").fill("Buổi đầu. Ảnh: thôn 8")
    asked.get_by_role("button", name="Đưa vào bài").click()
    expect(asked.get_by_role("heading")).to_have_text("Ảnh mới: b.JPG")
    asked.get_by_label("giữa bài").check()
    asked.get_by_label("Mô tả ảnh").fill("Luống hoa [mới]")
    asked.get_by_role("button", name="Đưa vào bài").click()
    expect(beside(page).locator(".figure--lead figcaption")).to_have_text("Buổi đầu. Ảnh: thôn 8")
    expect(beside(page).locator(".prose img")).to_have_attribute("alt", "Luống hoa (mới)")
    expect(body).to_have_value("Sáng thứ bảy, cả thôn ra đường.\n\n![Luống hoa (mới)](b.jpg)")
    assert beside(page).locator(".figure--lead img").evaluate("photo => photo.decode().then(() => photo.naturalWidth)")

    page.get_by_label("Trạng thái").select_option("đăng")
    save(page)
    path = f"{STORIES}/{page.evaluate('new Date().getFullYear()')}/duong-hoa-thon-8-ai-trong-ai-giu/bai.md"
    assert 'Tiêu đề: "Đường hoa thôn 8: ai trồng, ai giữ"\n' in read(running, path)
    assert "Kết quả:\n  - 1,2 km | đường hoa\n  - Bà con thay nhau tưới\n" in read(running, path)
    assert "# Tên bài, ngắn và cụ thể" in read(running, path)
    page.goto(running.home + "/" + path.removeprefix("content/").removesuffix("bai.md"))
    expect(page.locator("h1")).to_have_text("Đường hoa thôn 8: ai trồng, ai giữ")
    page.get_by_role("link", name="Sửa trang này").click()
    expect(page.get_by_label("Tiêu đề")).to_have_value("Đường hoa thôn 8: ai trồng, ai giữ")


@pytest.fixture(scope="module")
def page(browser: Browser, running: Previewing) -> Iterator[Page]:
    """The form, opened once for tests that save nothing and fill in the boxes that they look at."""
    with reader(browser) as open_page:
        yield open_form(open_page, running)


def test_a_fault_stands_at_its_field_until_it_is_mended(page: Page) -> None:
    day = page.get_by_label("Ngày bắt buộc")
    day.fill("30/2/2020")
    expect(page.locator("#loi-date")).to_contain_text('Ngày "30/2/2020" không có thật')
    expect(day).to_have_attribute("aria-invalid", "true")
    expect(day).to_have_accessible_description(re.compile("không có thật"))
    day.fill("22/10/2020")
    expect(page.locator("#loi-date")).to_be_empty()
    page.get_by_role("textbox", name="Bài viết").press_sequentially(" Hai  dấu cách.")
    expect(page.locator("#loi-body")).to_contain_text("dấu cách")


def test_the_reader_of_the_page_beside_keeps_the_place(page: Page) -> None:
    frame = page.frame(url="about:srcdoc")
    assert frame
    frame.evaluate("scrollTo({ top: 400, behavior: 'instant' })")
    page.get_by_label("Tác giả").fill("Một người khác")
    expect(beside(page).locator(".story__byline")).to_contain_text("Một người khác")
    assert frame.evaluate("scrollY") == 400


def test_the_toolbar_and_the_keys_do_the_same(page: Page) -> None:
    body = page.get_by_role("textbox", name="Bài viết")
    body.fill("nước về")
    body.select_text()
    page.keyboard.press("Control+b")
    expect(body).to_have_value("**nước về**")
    page.keyboard.press("Control+z")
    expect(body).to_have_value("nước về")
    body.select_text()
    page.get_by_role("button", name="Nghiêng").click()
    expect(body).to_have_value("_nước về_")
    expect(beside(page).locator(".prose em")).to_have_text("nước về")
    # One stop for Tab, arrows inside.
    body.focus()
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("button", name="Đề mục")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("button", name="Đậm")).to_be_focused()


def test_the_form_fits_any_screen(page: Page) -> None:
    for width in (360, 768, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_what_somebody_else_saved_meanwhile_is_not_lost_and_neither_is_what_was_typed(
    rough: Callable[..., Page], running: Previewing
) -> None:
    before = read(running)
    page = rough(running.home + FORM + STORY)
    expect(beside(page).locator("h1")).to_be_visible()
    page.get_by_label("Tác giả").fill("Tôi")
    other = before.replace("Tác giả: Ủy ban", "Tác giả: Đội ngũ Ủy ban")
    checkout.write(running.project, STORY, other)
    page.keyboard.press("Control+s")
    expect(page.get_by_role("alert")).to_contain_text("Tệp đã được sửa ở nơi khác")
    assert read(running) == other
    page.reload()
    expect(page.get_by_label("Tác giả")).to_have_value("Đội ngũ Ủy ban MTTQ Việt Nam xã Ea Pô")
    page.get_by_role("button", name="Lấy lại").click()
    expect(page.get_by_label("Tác giả")).to_have_value("Tôi")
    save(page)
    assert "Tác giả: Tôi\n" in read(running)
    page.get_by_text("Các bản trước").click()
    expect(page.get_by_role("link", name="Bản ")).to_have_count(2)
    page.get_by_role("button", name="Khôi phục bản").first.click()
    expect(page.get_by_label("Tác giả")).to_have_value("Đội ngũ Ủy ban MTTQ Việt Nam xã Ea Pô")
    checkout.write(running.project, STORY, before)


def test_a_save_key_that_is_held_down_saves_once(go: Callable[..., Page], running: Previewing) -> None:
    before = read(running)
    page = open_form(go, running)
    page.get_by_label("Tác giả").fill("Thôn Tân Sơn")
    press = "dispatchEvent(new KeyboardEvent('keydown', { key: 's', ctrlKey: true }))"
    with page.expect_response("**/luu*"):
        page.evaluate(f"{press}; {press}; {press}")
    expect(page.get_by_role("status")).to_contain_text("Đã lưu lúc")
    page.wait_for_load_state("networkidle")
    expect(page.get_by_role("alert")).to_be_hidden()
    assert "Tác giả: Thôn Tân Sơn\n" in read(running)
    checkout.write(running.project, STORY, before)


def test_what_is_typed_during_a_save_is_not_called_saved(go: Callable[..., Page], running: Previewing) -> None:
    before = read(running)
    page = open_form(go, running)
    author = page.get_by_label("Tác giả")
    author.fill("Một")
    with page.expect_response("**/luu*"):
        page.evaluate(
            """author => {
                dispatchEvent(new KeyboardEvent("keydown", { key: "s", ctrlKey: true }));
                author.value = "Hai";
                author.dispatchEvent(new InputEvent("input", { bubbles: true }));
            }""",
            author.element_handle(),
        )
    page.wait_for_load_state("networkidle")
    expect(page.get_by_role("status")).to_have_text("Có chữ chưa lưu")
    save(page)
    checkout.write(running.project, STORY, before)


def test_a_browser_that_stores_nothing_shows_the_form(browser: Browser, running: Previewing) -> None:
    page = browser.new_page()
    page.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new Error('cấm') } })")
    page.goto(running.home + FORM + STORY)
    expect(beside(page).locator("h1")).to_be_visible()
    page.close()


def test_a_whole_file_is_not_offered_for_its_parts_but_to_be_copied(
    rough: Callable[..., Page], running: Previewing
) -> None:
    before = read(running)
    checkout.write(running.project, STORY, before.replace("---\n", "--\n", 1))
    running.wait_for_problem(URL, f"{STORY}:1")
    page = rough(running.home + FORM + STORY)
    page.get_by_role("textbox", name="Cả tệp").fill("Chưa lưu")
    checkout.write(running.project, STORY, before)
    running.wait_until_sound("/")
    page.goto(running.home + FORM + STORY)
    expect(beside(page).locator("h1")).to_be_visible()
    expect(page.get_by_role("button", name="Lấy lại")).to_be_hidden()
    page.get_by_text("Xem chữ gõ vào cả tệp").click()
    expect(page.get_by_role("textbox", name="chữ gõ vào cả tệp")).to_have_value("Chưa lưu")
    page.get_by_role("button", name="Bỏ đi chữ gõ vào cả tệp").click()
    page.get_by_role("button", name="Hoàn tác").click()
    expect(page.get_by_text("Xem chữ gõ vào cả tệp")).to_be_visible()
    page.get_by_role("button", name="Bỏ đi chữ gõ vào cả tệp").click()
    page.reload()
    expect(beside(page).locator("h1")).to_be_visible()
    expect(page.locator("#chua-luu")).to_be_hidden()


def test_a_broken_file_is_mended_as_one_text(go: Callable[..., Page], running: Previewing) -> None:
    before = read(running)
    checkout.write(running.project, STORY, before.replace("---\n", "--\n", 1))
    running.wait_for_problem(URL, f"{STORY}:1")
    page = go(f"{running.home}/_ban-bien-tap/")
    page.get_by_role("link", name=f"Sửa {STORY}").click()
    text = page.get_by_role("textbox", name="Cả tệp")
    expect(text).to_have_value(re.compile("^--\n"))
    expect(page.locator(".desk__problems")).to_contain_text("Dòng 1: ")
    text.fill(before)
    expect(beside(page).locator("h1")).to_be_visible()
    save(page)
    assert read(running) == before


def test_everyone_can_use_the_form(browse: Callable[..., Page], running: Previewing) -> None:
    # The checker itself writes styles inline.
    page = browse(running.home + FORM + STORY, bypass_csp=True)
    expect(beside(page).locator("h1")).to_be_visible()
    page.get_by_label("Ngày bắt buộc").fill("30/2/2020")
    expect(page.locator("#loi-date")).to_contain_text("không có thật")
    page.get_by_text("Mục khác").click()
    assert faults_by_day_and_night(page) == []
    photo = {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": make_image()}
    page.get_by_label("Chọn ảnh trên máy").set_input_files([photo])
    expect(page.get_by_role("dialog")).to_be_visible()
    assert faults_by_day_and_night(page) == []
    page.keyboard.press("Escape")
    page.goto(f"{running.home}/_ban-bien-tap/")
    assert faults_by_day_and_night(page) == []


def test_a_story_is_copied_for_zalo_from_its_own_page(go: Callable[..., Page], running: Previewing) -> None:
    page = go(running.home + URL, permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("link", name="Lan tỏa").click()
    box = page.get_by_role("textbox", name="Tin Zalo")
    expect(box).to_have_value(re.compile("mương|kênh"))
    page.get_by_role("button", name="Chép tin Zalo").click()
    expect(page.get_by_role("status").first).to_have_text("Đã chép")
    assert page.evaluate("navigator.clipboard.readText()") == box.input_value()
    # At the width of a telephone nothing stands out to the side.
    page.set_viewport_size({"width": 360, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.goto(f"{running.home}/lien-he/")
    expect(page.get_by_role("link", name="Sửa trang này")).to_be_visible()
    expect(page.get_by_role("link", name="Lan tỏa")).to_be_hidden()
