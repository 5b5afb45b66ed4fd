"""The boxes of the form: each shows all that is in it, says what it means to leave it, and gives back what it got."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.test_form import FORM, STORY, beside, open_form, read, save
from tests.conftest import make_image
from tests.site import checkout

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser, Page

    from tests.preview.preview_process import Previewing

SENTENCE = "Bà con thôn Tân Sơn cùng đào móng, người xúc đất, người chuyển đá, trẻ nhỏ đứng xem trên bờ kênh mới. " * 2
# Of a box in which some words are hidden.
CUT = "box => box.scrollHeight > box.clientHeight + 1 || box.scrollWidth > box.clientWidth + 1"


def test_an_old_commune_can_be_chosen_after_the_merger(
    go: Callable[..., Page],
    running: Previewing,
) -> None:
    before = read(running)
    page = open_form(go, running)
    commune = page.get_by_label("Xã bắt buộc với điển hình", exact=True)
    ended = commune.locator("optgroup[label='Đến hết ngày 30/6/2025'] option")
    expect(ended).to_contain_text(["Cư K’nia", "Ea Pô", "Nam Dong cũ", "Tâm Thắng"])
    page.get_by_label("Ngày bắt buộc").fill("22/10/2025")
    expect(page.locator("#loi-commune")).to_contain_text("chọn địa bàn hiện nay, hoặc để nguyên nếu bài nói về nơi ấy")
    with page.expect_response("**/thu*"):
        commune.select_option("Nam Dong cũ")
    # Whoever chooses it so means the old one.
    expect(page.locator("#loi-commune")).not_to_contain_text("chỉ có đến")
    save(page)
    assert "Xã: Nam Dong cũ\n" in read(running)
    page.reload()
    expect(commune).to_have_value("Nam Dong cũ")
    checkout.write(running.project, STORY, before)


def test_what_it_means_to_choose_nothing_is_said(go: Callable[..., Page], running: Previewing) -> None:
    page = open_form(go, running)
    status = page.get_by_label("Trạng thái")
    expect(status.locator("option").first).to_have_text("để trống: được đăng")
    expect(page.get_by_label("Loại").locator("option").first).to_have_text("tin thường")


def test_a_value_in_two_parts_keeps_both(go: Callable[..., Page], running: Previewing) -> None:
    before = read(running)
    with_paper = before.replace("Kết quả:\n", "Công nhận: 20/10/2020 | Quyết định 12/QĐ-MTTQ\nKết quả:\n", 1)
    checkout.write(running.project, STORY, with_paper)
    page = open_form(go, running)
    recognition = page.get_by_role("group", name="Công nhận")
    expect(recognition.get_by_label("Văn bản")).to_have_value("Quyết định 12/QĐ-MTTQ")
    expect(recognition.get_by_role("button")).to_have_count(0)
    recognition.get_by_label("Ngày hoặc năm").fill("21/10/2020")
    save(page)
    assert "Công nhận: 21/10/2020 | Quyết định 12/QĐ-MTTQ\n" in read(running)
    checkout.write(running.project, STORY, before)


@pytest.mark.parametrize("can_grow", [True, False])
def test_a_description_is_seen_whole(browser: Browser, running: Previewing, can_grow: bool) -> None:
    before = read(running)
    (running.project / STORY).with_name("kenh.jpg").write_bytes(make_image())
    checkout.write(running.project, STORY, before.replace("Tác giả:", "Ảnh: kenh.jpg\nMô tả ảnh: Kênh\nTác giả:", 1))
    page = browser.new_page(bypass_csp=True)
    if not can_grow:
        # As in a browser that does not know of it.
        page.add_init_script("""CSS.supports = () => false; addEventListener("DOMContentLoaded", () => {
            document.head.append(Object.assign(document.createElement("style"), {
                textContent: ".control { field-sizing: fixed !important; }" }));
        }, true);""")
    page.on("dialog", lambda asked: asked.accept())
    page.goto(running.home + FORM + STORY)
    expect(beside(page).locator("h1")).to_be_visible()
    pictures = page.locator("#hinh-cua-bai")
    boxes = (
        pictures.get_by_label("Mô tả ảnh").first,
        pictures.get_by_label("Chú thích, người chụp").first,
        page.get_by_label("Tóm tắt", exact=True),
        page.get_by_role("group", name="Đính chính").get_by_label("Sửa gì, thêm gì"),
        page.get_by_role("textbox", name="Bài viết"),
    )
    # The wide screen first, where a box needs less room.
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 800})
        for box in boxes:
            box.fill(f"{width} {SENTENCE}")
            assert not box.evaluate(CUT)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()
    checkout.write(running.project, STORY, before)


def test_what_has_no_box_is_mended_in_the_whole_text(rough: Callable[..., Page], running: Previewing) -> None:
    before = read(running)
    checkout.write(running.project, STORY, before.replace("Tác giả:", "Mục lạ: x\nTác giả:", 1))
    page = rough(running.home + FORM + STORY)
    expect(page.locator(".desk__problems")).to_contain_text('Không có mục nào tên "Mục lạ"; xóa mục ấy ở “Sửa cả tệp')
    page.get_by_role("link", name="Sửa cả tệp ở dạng chữ").click()
    text = page.get_by_role("textbox", name="Cả tệp")
    expect(text).to_be_visible()
    page.wait_for_load_state()
    text.fill(before)
    save(page)
    assert read(running) == before
