"""Pasting into the form: what Word and others put on the clipboard, pictures, lines; and what Ctrl+Z makes of it."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import reader, wait_for_text
from tests.browser.test_form import FORM, STORY, beside, open_form
from tests.browser.test_preview import faults
from tests.conftest import make_image
from tests.preview.test_pasting import read as pasted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Locator, Page, Route

    from tests.preview.preview_process import Previewing

# A browser gives a page no other way to a clipboard with files in it.
PASTE = """(box, { kind, html, text, image }) => {
    const data = new DataTransfer();
    if (html) data.setData("text/html", html);
    if (text) data.setData("text/plain", text);
    if (image) {
        const bytes = Uint8Array.from(atob(image), (letter) => letter.charCodeAt(0));
        data.items.add(new File([bytes], "image.png", { type: "image/png" }));
    }
    box.focus();
    box.scrollIntoView({ block: "center", behavior: "instant" });
    // Left of the first letter, when it is dropped.
    const { x, y } = box.getBoundingClientRect();
    const given = { clipboardData: data, dataTransfer: data, clientX: x + 4, clientY: y + 16 };
    Object.assign(given, { bubbles: true, cancelable: true });
    return box.dispatchEvent(kind === "drop" ? new DragEvent(kind, given) : new ClipboardEvent("paste", given));
}"""


@pytest.fixture(scope="module")
def page(browser: Browser, running: Previewing) -> Iterator[Page]:
    """The form, opened once: each test fills the box that it pastes into, and no test saves."""
    with reader(browser) as open_page:
        yield open_form(open_page, running)


def paste(box: Locator, **given: object) -> bool:
    """Paste as the browser would tell of it; return whether the browser is left to paste by itself."""
    return bool(box.evaluate(PASTE, given))


def body_of(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Bài viết")


def notice_of(page: Page) -> Locator:
    return page.locator("#than-bai ~ .problem--advice")


def test_text_of_word_stands_where_the_caret_is_and_one_undo_takes_it_back(page: Page) -> None:
    body = body_of(page)
    body.fill("Đoạn đầu.\n\nĐoạn sau.")
    body.press_sequentially(" Gõ thêm.")
    typed = body.input_value()
    body.evaluate("box => box.setSelectionRange(9, 9)")
    # Word adds a picture of the copied part: the text goes before it.
    image = base64.b64encode(make_image()).decode()
    assert not paste(body, html=pasted("word-lists.html"), text="Góp công", image=image)
    made = pasted("word-lists.md")
    expect(body).to_have_value(f"Đoạn đầu.\n\n{made}\n\nĐoạn sau. Gõ thêm.")
    expect(page.get_by_role("dialog")).to_be_hidden()
    assert body.evaluate("box => box.selectionStart") == len(f"Đoạn đầu.\n\n{made}")
    expect(beside(page).locator(".prose ol").first).to_be_visible()
    expect(notice_of(page)).to_be_empty()
    page.keyboard.press("Control+z")
    expect(body).to_have_value(typed)
    page.keyboard.press("Control+Shift+z")
    expect(body).to_have_value(f"Đoạn đầu.\n\n{made}\n\nĐoạn sau. Gõ thêm.")


def test_what_was_marked_is_replaced_and_words_stay_in_their_line(page: Page) -> None:
    body = body_of(page)
    body.fill("Cả thôn xưa ra đường.")
    body.evaluate("box => box.setSelectionRange(8, 12)")
    paste(body, html="<p class=MsoNormal><b>tám</b> </p>", text="tám ")
    expect(body).to_have_value("Cả thôn **tám** ra đường.")
    page.keyboard.type("cùng ")
    expect(body).to_have_value("Cả thôn **tám** cùng ra đường.")


def test_what_is_left_out_is_said_under_the_text_until_it_is_taken_back(page: Page) -> None:
    body = body_of(page)
    body.fill("")
    paste(body, html=pasted("word-what-is-no-text.html"), text="Trước.")
    expect(notice_of(page)).to_contain_text("Không chuyển được: 1 ảnh (chép riêng từng ảnh rồi dán")
    expect(page.get_by_role("alert")).to_be_hidden()
    assert faults(page) == []
    page.keyboard.press("Control+z")
    expect(notice_of(page)).to_be_empty()


def test_the_browser_pastes_what_has_no_structure(page: Page) -> None:
    body = body_of(page)
    zalo = '<div><span style="font-weight: 400">Chiều nay</span><br><span>họp <img alt="😀" src="x.png"></span></div>'
    assert paste(body, html=zalo, text="Chiều nay\nhọp 😀")
    assert paste(body, text="chữ trơn")


def test_by_the_keys_of_a_real_clipboard(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    body = body_of(page)
    body.fill("")
    page.evaluate(
        """async () => {
            const made = (type, text) => new Blob([text], { type });
            const html = made("text/html", "<h2>Việc làm</h2><ul><li>đào <b>mương</b></li></ul>");
            const text = made("text/plain", "Việc làm đào mương");
            await navigator.clipboard.write([new ClipboardItem({ "text/html": html, "text/plain": text })]);
        }"""
    )
    page.keyboard.press("Control+v")
    expect(body).to_have_value("## Việc làm\n\n- đào **mương**")
    page.keyboard.press("Control+z")
    expect(body).to_have_value("")
    page.keyboard.press("Control+Shift+v")
    expect(body).to_have_value("Việc làm đào mương")


@pytest.mark.parametrize("html", ["", '<html><body><img src="file:///C:/Temp/clip_image001.png"></body></html>'])
def test_a_pasted_picture_is_a_dropped_picture(page: Page, html: str) -> None:
    before = body_of(page).input_value()
    assert not paste(body_of(page), html=html, image=base64.b64encode(make_image()).decode())
    expect(page.get_by_role("dialog").get_by_role("heading")).to_have_text("Ảnh mới: image.png")
    page.get_by_role("button", name="Bỏ ảnh này").click()
    expect(body_of(page)).to_have_value(before)


def test_a_picture_within_what_is_pasted_is_a_dropped_picture_too(page: Page) -> None:
    body_of(page).fill("")
    data = base64.b64encode(make_image(size=(400, 300))).decode()
    paste(body_of(page), html=f'<p>Một</p><p><img src="data:image/jpeg;base64,{data}"></p><p>hai</p>', text="Một")
    expect(page.get_by_role("dialog").get_by_role("heading")).to_have_text("Ảnh mới: anh-dan-1.jpeg")
    page.get_by_role("button", name="Bỏ ảnh này").click()
    expect(body_of(page)).to_have_value("Một\n\nhai")
    expect(notice_of(page)).to_be_empty()


def test_what_is_typed_while_the_server_thinks_stays_and_so_does_the_order(page: Page) -> None:
    body = body_of(page)
    body.fill("Đầu. Cuối.")
    held: list[Route] = []
    page.route("**/sua/dan*", lambda route: held.append(route))  # noqa: PLW0108 - Playwright marks what it is given
    body.evaluate("box => box.setSelectionRange(5, 5)")
    paste(body, html="<b>một</b> ", text="một ")
    paste(body, html="<i>hai</i> ", text="hai ")
    wait_for_text(page, "#trang-thai", "^Đang dán…$", 5_000)
    page.keyboard.type("gõ ")
    body.evaluate("box => { box.setSelectionRange(0, 0); }")
    page.keyboard.type("Trước. ")
    assert len(held) == 1
    held[0].continue_()
    expect(body).to_have_value("Trước. Đầu. **một** gõ Cuối.")
    page.keyboard.type("Nữa. ")
    held[1].continue_()
    expect(body).to_have_value("Trước. Nữa. Đầu. **một** *hai* gõ Cuối.")
    assert body.evaluate("box => [box.selectionStart, box.selectionEnd]") == [12, 12]
    page.unroute("**/sua/dan*")


def test_when_nobody_answers_the_plain_text_is_pasted_and_it_is_said(
    rough: Callable[..., Page], running: Previewing
) -> None:
    page = rough(running.home + FORM + STORY)
    expect(beside(page).locator("h1")).to_be_visible()
    page.context.set_offline(True)
    body_of(page).fill("Đầu. ")
    paste(body_of(page), html="<h1>Việc</h1><p>làm</p>", text="Việc\r\nlàm")
    expect(body_of(page)).to_have_value("Đầu. Việc\nlàm")
    told = page.locator('[data-told="paste"]').first
    expect(told).to_contain_text("Đã dán chữ trơn, không kèm đề mục, bảng, chữ đậm.")
    page.context.set_offline(False)


def test_what_is_refused_is_pasted_plain(rough: Callable[..., Page], running: Previewing) -> None:
    page = rough(running.home + FORM + STORY)
    body_of(page).fill("")
    paste(body_of(page), html=f"<h1>Việc</h1>{'a' * 2_000_000}", text="Việc")
    expect(body_of(page)).to_have_value("Việc")
    expect(page.get_by_role("alert")).to_contain_text("Đoạn chép nặng quá 2 MB; chép và dán từng phần.")
    # Until something is pasted again.
    paste(body_of(page), html="<h1>Việc</h1>", text="Việc")
    expect(page.get_by_role("alert")).to_be_hidden()


def test_a_line_is_pasted_as_one_line(page: Page) -> None:
    author = page.get_by_label("Tác giả")
    author.fill("Bà ")
    assert not paste(author, text="H’Bia\u200b\r\nNiê\u00a0Kdăm\n", html="<p>H’Bia</p>")
    expect(author).to_have_value("Bà H’Bia Niê Kdăm")
    page.keyboard.press("Control+z")
    expect(author).to_have_value("Bà ")
    assert paste(author, text="Niê")


def test_a_vocabulary_takes_what_is_pasted_as_it_is(visit: Callable[..., Page], running: Previewing) -> None:
    page = visit(f"{running.home}{FORM}content/danh-muc/xa.yaml")
    assert paste(page.get_by_role("textbox", name="Cả tệp"), html="<h1>Xã</h1>", text="Xã")


def test_text_dragged_into_the_body_lands_where_it_is_dropped(page: Page) -> None:
    body = body_of(page)
    body.fill("Một\n\n\n\nBa")
    assert not paste(body, kind="drop", html="<h2>Hai</h2>", text="Hai")
    expect(body).to_have_value("## Hai\n\nMột\n\n\n\nBa")
