"""The pictures of a story in its form: a row each, by which all of them are described, moved, taken in and deleted."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser.test_form import beside, open_form, read, save
from tests.browser.test_preview import faults
from tests.conftest import make_image
from tests.site import checkout
from tests.site.checkout import STORIES

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator, Page

    from tests.preview.preview_process import Previewing

WORD = Path(__file__).parents[1] / "word/files"
_DROP = """([names, bytes]) => {
    const data = new DataTransfer();
    names.forEach((name, at) => data.items.add(new File([new Uint8Array(bytes[at])], name)));
    const init = { dataTransfer: data, bubbles: true, cancelable: true };
    document.getElementById("tha-anh").dispatchEvent(new DragEvent("drop", init));
}"""


@pytest.fixture
def story(running: Previewing, request: pytest.FixtureRequest) -> str:
    """A story with a lead photo, two in its text, two in the gallery and one that is not used yet."""
    slug = re.sub(r"[^a-z]+", "-", request.node.name.removeprefix("test_"))[:40].strip("-")
    path = f"{STORIES}/2020/{slug}/bai.md"
    folder = (running.project / path).parent
    folder.mkdir()
    for number, name in enumerate(("dau", "mot", "hai", "ba", "bon", "them"), 1):
        (folder / f"{name}.jpg").write_bytes(make_image(size=(60 + number, 40)))
    text = f"""\
---
Tiêu đề: Kênh của {slug}
Ngày: 2020-08-19
Trạng thái: nháp
Ảnh: dau.jpg
Mô tả ảnh: Kênh nhìn từ trên cao
Ảnh khác:
  - ba.jpg | Cống
  - bon.jpg | Đập | Ảnh: thôn 3
---

Mở đầu.

![Bà con đào đất](mot.jpg "Ngày đầu")

Đoạn giữa.

![Xe chở đá](hai.jpg)

Kết.
"""
    checkout.write(running.project, path, text)
    return path


def row(page: Page, name: str) -> Locator:
    return page.get_by_role("group", name=name, exact=True)


def order(page: Page) -> list[str]:
    return page.locator("#hinh-cua-bai legend").all_inner_texts()


def text_of(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Bài viết")


def choose(page: Page, *files: tuple[str, bytes]) -> None:
    given: list[Any] = [{"name": name, "mimeType": "", "buffer": data} for name, data in files]
    page.get_by_label("Chọn ảnh trên máy").set_input_files(given)


def test_each_picture_has_a_row_with_its_thumbnail(go: Callable[..., Page], running: Previewing, story: str) -> None:
    page = open_form(go, running, story)
    expect(page.locator("#hinh-cua-bai > li")).to_have_count(6)
    assert order(page) == ["dau.jpg", "mot.jpg", "hai.jpg", "ba.jpg", "bon.jpg", "them.jpg"]
    places = [row(page, name).get_by_label("Vị trí").input_value() for name in order(page)]
    assert places == ["photo", "body", "body", "gallery", "gallery", ""]
    expect(row(page, "mot.jpg").get_by_label("Mô tả ảnh")).to_have_value("Bà con đào đất")
    expect(row(page, "bon.jpg").get_by_label("Chú thích")).to_have_value("Ảnh: thôn 3")
    for picture in page.locator("#hinh-cua-bai img").all():
        picture.scroll_into_view_if_needed()
        assert picture.evaluate("picture => picture.decode().then(() => picture.naturalWidth)") > 60
    # Nothing was changed by showing it.
    page.get_by_label("Tác giả").fill("A")
    expect(page.get_by_role("status")).to_have_text("Có chữ chưa lưu")
    page.get_by_label("Tác giả").fill("")
    expect(page.get_by_role("status")).to_have_text("Đã lưu hết")


def test_a_photo_in_the_text_is_an_edit_that_can_be_undone(
    go: Callable[..., Page], running: Previewing, story: str
) -> None:
    page = open_form(go, running, story)
    body = text_of(page)
    before = body.input_value()
    body.click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" Gõ trước.")
    choose(page, ("Ảnh mới.jpg", make_image(size=(90, 60))))
    asked = page.get_by_role("dialog")
    asked.get_by_label("giữa bài").check()
    asked.get_by_label("Mô tả ảnh").fill("Luống hoa")
    asked.get_by_role("button", name="Đưa vào bài").click()
    expect(body).to_have_value(f"{before} Gõ trước.\n\n![Luống hoa](anh-moi.jpg)")
    body.focus()
    page.keyboard.press("Control+z")
    expect(body).to_have_value(f"{before} Gõ trước.")
    for _ in range(20):
        page.keyboard.press("Control+z")
    expect(body).to_have_value(before)
    page.keyboard.press("Control+Shift+z")
    expect(body).not_to_have_value(before)


def test_words_typed_in_a_row_are_words_of_the_text_and_the_other_way_round(
    go: Callable[..., Page], running: Previewing, story: str
) -> None:
    page = open_form(go, running, story)
    body = text_of(page)
    before = body.input_value()
    words = row(page, "mot.jpg").get_by_label("Mô tả ảnh")
    words.fill("")
    words.press_sequentially("Ba mươi nhà đào đất [sáng]")
    # Shown and saved at once, without leaving the row.
    expect(beside(page).locator('.prose img[alt="Ba mươi nhà đào đất (sáng)"]')).to_have_count(1)
    expect(words).to_be_focused()
    page.keyboard.press("Control+s")
    expect(page.get_by_role("status")).to_contain_text("Đã lưu lúc")
    assert '![Ba mươi nhà đào đất (sáng)](mot.jpg "Ngày đầu")' in read(running, story)
    page.keyboard.press("Tab")
    expect(row(page, "mot.jpg").get_by_label("Chú thích")).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.type("Ngày thứ hai")
    row(page, "dau.jpg").get_by_label("Mô tả ảnh").focus()
    after = before.replace(
        '![Bà con đào đất](mot.jpg "Ngày đầu")', '![Ba mươi nhà đào đất (sáng)](mot.jpg "Ngày thứ hai")'
    )
    expect(body).to_have_value(after)
    expect(row(page, "dau.jpg").get_by_label("Mô tả ảnh")).to_be_focused()
    # The browser's own edit.
    body.focus()
    page.keyboard.press("Control+z")
    expect(body).to_have_value(before)
    expect(words).to_have_value("Bà con đào đất")
    body.fill(before.replace("Xe chở đá", "Xe 🚜 chở đá").replace("Mở đầu.", "Mở 🚜 đầu."))
    expect(row(page, "hai.jpg").get_by_label("Mô tả ảnh")).to_have_value("Xe 🚜 chở đá")
    row(page, "hai.jpg").get_by_label("Mô tả ảnh").fill("Xe")
    row(page, "dau.jpg").get_by_label("Mô tả ảnh").fill("Kênh")
    expect(body).to_have_value(before.replace("Xe chở đá", "Xe").replace("Mở đầu.", "Mở 🚜 đầu."))
    save(page)
    assert "Mô tả ảnh: Kênh\n" in read(running, story)


def test_words_typed_in_a_row_wait_for_a_text_that_is_still_being_read(
    go: Callable[..., Page], running: Previewing, story: str
) -> None:
    page = open_form(go, running, story)
    body = text_of(page)
    before = body.input_value()
    words = row(page, "mot.jpg").get_by_label("Mô tả ảnh")
    with page.expect_response("**/sua/thu*"):
        # In one breath: the picture is not where it was, and not written as it was.
        page.evaluate(
            """([words, text]) => {
                const body = document.getElementById("than-bai");
                body.value = text;
                body.dispatchEvent(new InputEvent("input", { bubbles: true }));
                words.focus();
                words.value = "Bà con đắp đập";
                words.dispatchEvent(new InputEvent("input", { bubbles: true }));
            }""",
            [words.element_handle(), before.replace("Mở đầu", "Mở").replace("Ngày đầu", "Chiều")],
        )
    expect(beside(page).locator('.prose img[alt="Bà con đắp đập"]')).to_have_count(1)
    row(page, "dau.jpg").get_by_label("Mô tả ảnh").focus()
    expect(body).to_have_value(re.compile(r'^Mở\.\n\n!\[Bà con đắp đập\]\(mot\.jpg "Chiều"\)\n\nĐoạn'))


def test_the_first_letter_in_the_next_row_is_not_lost(go: Callable[..., Page], running: Previewing, story: str) -> None:
    """The words of a row are in the text, which takes the focus for an instant, before a key can come to the next."""
    page = open_form(go, running, story)
    row(page, "mot.jpg").get_by_label("Mô tả ảnh").press_sequentially("Nay ")
    text = (
        row(page, "hai.jpg")
        .get_by_label("Mô tả ảnh")
        .evaluate(
            """box => {
            box.focus();
            return [document.activeElement === box, document.getElementById("than-bai").value];
        }"""
        )
    )
    assert text[0]
    assert re.search(r"!\[[^]]*Nay[^]]*\]\(mot\.jpg", text[1])


def test_pictures_are_put_in_order_by_keys_and_that_is_said(
    go: Callable[..., Page], running: Previewing, story: str
) -> None:
    page = open_form(go, running, story)
    down = row(page, "ba.jpg").get_by_role("button", name="Đưa ảnh ba.jpg xuống")
    down.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#anh-noi")).to_have_text("Ảnh ba.jpg: loạt ảnh cuối bài, thứ 2 trong 2 ảnh.")
    expect(down).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#anh-noi")).to_have_text("Ảnh ba.jpg đã ở cuối.")
    up = row(page, "hai.jpg").get_by_role("button", name="Đưa ảnh hai.jpg lên")
    up.focus()
    page.keyboard.press("Space")
    expect(page.locator("#anh-noi")).to_have_text("Ảnh hai.jpg: giữa bài, thứ 1 trong 2 ảnh.")
    expect(up).to_be_focused()
    expect(text_of(page)).to_have_value(
        'Mở đầu.\n\n![Xe chở đá](hai.jpg)\n\nĐoạn giữa.\n\n![Bà con đào đất](mot.jpg "Ngày đầu")\n\nKết.'
    )
    assert order(page) == ["dau.jpg", "hai.jpg", "mot.jpg", "bon.jpg", "ba.jpg", "them.jpg"]
    save(page)
    assert "  - bon.jpg | Đập | Ảnh: thôn 3\n  - ba.jpg | Cống\n" in read(running, story)


def test_a_picture_goes_to_another_place_with_its_words(
    go: Callable[..., Page], running: Previewing, story: str
) -> None:
    page = open_form(go, running, story)
    row(page, "mot.jpg").get_by_label("Vị trí").select_option("photo")
    assert order(page) == ["mot.jpg", "hai.jpg", "dau.jpg", "ba.jpg", "bon.jpg", "them.jpg"]
    expect(row(page, "dau.jpg").get_by_label("Mô tả ảnh")).to_have_value("Kênh nhìn từ trên cao")
    expect(page.locator("#anh-noi")).to_contain_text("Ảnh đầu bài trước, dau.jpg, sang loạt ảnh cuối bài")
    expect(text_of(page)).to_have_value("Mở đầu.\n\nĐoạn giữa.\n\n![Xe chở đá](hai.jpg)\n\nKết.")
    row(page, "hai.jpg").get_by_label("Vị trí").focus()
    row(page, "hai.jpg").get_by_label("Vị trí").select_option("")
    expect(row(page, "hai.jpg").get_by_label("Vị trí")).to_be_focused()
    expect(text_of(page)).to_have_value("Mở đầu.\n\nĐoạn giữa.\n\nKết.")
    row(page, "hai.jpg").get_by_label("Vị trí").select_option("gallery")
    expect(row(page, "hai.jpg").get_by_label("Mô tả ảnh")).to_have_value("Xe chở đá")
    row(page, "ba.jpg").get_by_label("Vị trí").select_option("body")
    expect(text_of(page)).to_have_value("Mở đầu.\n\nĐoạn giữa.\n\nKết.\n\n![Cống](ba.jpg)")
    save(page)
    said = read(running, story)
    assert "Ảnh: mot.jpg\nMô tả ảnh: Bà con đào đất\n" in said
    assert "Chú thích ảnh: Ngày đầu\n" in said
    assert re.findall(r"- \W?(\w+\.jpg) \| (\w+)", said) == [("dau.jpg", "Kênh"), ("bon.jpg", "Đập"), ("hai.jpg", "Xe")]


def test_pictures_of_a_word_file_are_described_by_who_sees_them(go: Callable[..., Page], running: Previewing) -> None:
    page = go(f"{running.home}/_ban-bien-tap/")
    page.locator("#tep-word").set_input_files(WORD / "pictures.docx")
    expect(beside(page).locator(".prose img").first).to_be_visible()
    count = page.locator("#hinh-cua-bai > li").count()
    assert count > 1
    # The page is there before a word is typed, with a mark at each picture that lacks its own.
    lacking = page.locator("#hinh-cua-bai [aria-invalid]")
    expect(beside(page).locator("mark")).to_have_count(lacking.count())
    while lacking.count():
        left = lacking.count()
        lacking.first.scroll_into_view_if_needed()
        lacking.first.fill("Bà con làm đường")
        expect(lacking).to_have_count(left - 1)
    expect(beside(page).locator("mark")).to_have_count(0)
    save(page)
    path = page.locator("#bieu-mau").get_attribute("data-path") or ""
    assert "![](" not in read(running, path)


def test_the_page_is_shown_with_a_mark_where_something_lacks(
    go: Callable[..., Page], running: Previewing, story: str
) -> None:
    text = read(running, story)
    text = text.replace("![Xe chở đá]", "![]").replace("Bà con đào đất", "").replace("ba.jpg | Cống", "ba.jpg")
    checkout.write(running.project, story, text.replace("Mô tả ảnh: Kênh nhìn từ trên cao\n", ""))
    page = open_form(go, running, story)
    expect(beside(page).locator("mark")).to_have_text(["Ảnh này chưa có mô tả"] * 4)
    expect(page.locator("#chua-co-trang")).to_be_hidden()
    expect(page.get_by_text("Ảnh này chưa có mô tả; tả cho")).to_have_count(6)
    for name in ("dau.jpg", "mot.jpg", "hai.jpg", "ba.jpg"):
        words = row(page, name).get_by_label("Mô tả ảnh")
        expect(words).to_have_attribute("aria-invalid", "true")
        words.fill(f"Lời của {name}")
        expect(words).not_to_have_attribute("aria-invalid", "true")
    expect(beside(page).locator("mark")).to_have_count(0)
    # So it is with other errors: what can be shown is shown.
    page.get_by_label("Ngày bắt buộc").fill("30/2/2020")
    page.get_by_label("Tiêu đề").fill("")
    expect(beside(page).locator("h1")).to_have_text("Bài chưa có tiêu đề")
    expect(page.locator("#loi-date")).to_contain_text("không có thật")
    text_of(page).fill("Chữ mới ![x](mat.jpg)\n\n[đi](đâu-đó)")
    expect(beside(page).locator(".prose")).to_contain_text("Chữ mới")
    expect(beside(page).locator(".prose mark")).to_have_text("Không mở được tệp của ảnh này")
    expect(row(page, "mat.jpg")).to_contain_text("Không có tệp này trong thư mục bài")


def test_what_is_no_photo_is_refused_before_any_question(
    rough: Callable[..., Page], running: Previewing, story: str
) -> None:
    page = rough(f"{running.home}/_xem-thu/sua?tep={story}")
    expect(beside(page).locator("h1")).to_be_visible()
    files = {
        "bai.docx": (b"PK\x03\x04rest of it", "nhập tệp Word ở trang Ban biên tập"),
        "bai.doc": (b"\xd0\xcf\x11\xe0rest", "nhập tệp Word ở trang Ban biên tập"),
        "quyet-dinh.pdf": (b"%PDF-1.7 and more", "đây là tệp PDF"),
        "phim.mp4": (b"\x00\x00\x00\x18ftypmp42....", "đây là video"),
        "ten-gia.jpg": (b"%PDF-1.7 and more", "đây là tệp PDF"),
        "cut.jpg": (make_image(size=(400, 300))[:300], "Ảnh hỏng"),
        "trong.png": (b"", "tệp trống"),
    }
    page.evaluate(_DROP, [[*files], [[*data] for data, _ in files.values()]])
    told = page.locator('#tha-anh + [data-told="refused"]')
    for name, (_, reason) in files.items():
        expect(told).to_contain_text(re.compile(f"{re.escape(name)}: .*{reason}"))
    expect(page.get_by_role("dialog")).to_be_hidden()
    # One among them that is sound is asked about all the same.
    page.evaluate(_DROP, [["a.pdf", "b.jpg"], [[*b"%PDF-1.7"], [*make_image()]]])
    expect(page.get_by_role("dialog").get_by_role("heading")).to_have_text("Ảnh mới: b.jpg")
    expect(told).to_contain_text("a.pdf: đây là tệp PDF")
    expect(told).not_to_contain_text("phim.mp4")
    # It is still there when that one was answered for.
    page.get_by_role("dialog").get_by_role("textbox").first.fill("Kênh")
    page.locator('#hoi-anh button[value="ok"]').click()
    expect(row(page, "b.jpg")).to_be_visible()
    expect(told).to_contain_text("a.pdf: đây là tệp PDF")


def test_escape_keeps_the_photo_and_what_was_typed_of_it(
    go: Callable[..., Page], running: Previewing, story: str
) -> None:
    page = open_form(go, running, story)
    choose(page, ("a.jpg", make_image(size=(70, 50))), ("b.jpg", make_image(size=(71, 50))))
    asked = page.get_by_role("dialog")
    asked.get_by_label("Mô tả ảnh").fill("Bà con họp thôn")
    asked.get_by_label("giữa bài").check()
    page.keyboard.press("Escape")
    expect(asked).to_be_hidden()
    waiting = page.get_by_role("list", name="Ảnh đang chờ")
    expect(waiting.get_by_role("listitem")).to_have_count(2)
    page.get_by_role("button", name="Hỏi tiếp về ảnh a.jpg").press("Enter")
    expect(asked.get_by_label("Mô tả ảnh")).to_have_value("Bà con họp thôn")
    expect(asked.get_by_label("giữa bài")).to_be_checked()
    # Put away on purpose, it can be taken back.
    asked.get_by_role("button", name="Bỏ ảnh này").click()
    expect(page.get_by_role("button", name="Lấy lại ảnh a.jpg")).to_be_focused()
    page.keyboard.press("Enter")
    expect(asked.get_by_label("Mô tả ảnh")).to_have_value("Bà con họp thôn")
    asked.get_by_role("button", name="Đưa vào bài").click()
    expect(text_of(page)).to_have_value(re.compile(r"!\[Bà con họp thôn\]\(a\.jpg\)$"))
    expect(waiting.get_by_role("listitem")).to_have_count(1)
    page.get_by_role("button", name="Bỏ ảnh này: b.jpg").click()
    expect(waiting).to_have_text(re.compile("Đã bỏ ảnh b.jpg"))


def test_a_photo_that_did_not_arrive_waits_with_its_words(
    rough: Callable[..., Page], running: Previewing, story: str
) -> None:
    page = rough(f"{running.home}/_xem-thu/sua?tep={story}")
    expect(beside(page).locator("h1")).to_be_visible()
    page.route("**/_xem-thu/sua/anh?*", lambda route: route.abort())
    choose(page, ("a.jpg", make_image(size=(70, 50))))
    asked = page.get_by_role("dialog")
    asked.get_by_label("Mô tả ảnh").fill("Bà con họp thôn")
    asked.get_by_role("button", name="Đưa vào bài").click()
    expect(page.locator('#tha-anh + [data-told="photo"]')).to_contain_text("a.jpg: Mất liên lạc")
    page.unroute("**/_xem-thu/sua/anh?*")
    page.get_by_role("button", name="Hỏi tiếp về ảnh a.jpg").click()
    expect(asked.get_by_label("Mô tả ảnh")).to_have_value("Bà con họp thôn")
    asked.get_by_role("button", name="Đưa vào bài").click()
    expect(row(page, "a.jpg").get_by_label("Mô tả ảnh")).to_have_value("Bà con họp thôn")
    expect(page.locator('[data-told="photo"]')).to_have_count(0)


def test_a_photo_of_an_iphone_is_seen(go: Callable[..., Page], running: Previewing, story: str) -> None:
    pillow_heif = pytest.importorskip("pillow_heif")
    out = BytesIO()
    pillow_heif.from_pillow(Image.new("RGB", (600, 400), (20, 160, 60))).save(out)
    page = open_form(go, running, story)
    choose(page, ("IMG_1.HEIC", out.getvalue()))
    picture = page.get_by_role("dialog").locator("img")
    assert picture.evaluate("picture => picture.decode().then(() => picture.naturalWidth)") == 320


def test_a_photo_that_was_saved_from_the_web_is_seen(go: Callable[..., Page], running: Previewing, story: str) -> None:
    page = open_form(go, running, story)
    choose(page, ("tai-ve.avif", make_image("AVIF", (600, 400))))
    picture = page.get_by_role("dialog").locator("img")
    assert picture.evaluate("picture => picture.decode().then(() => picture.naturalWidth)") == 320


def test_a_photo_is_deleted_and_taken_back(go: Callable[..., Page], running: Previewing, story: str) -> None:
    page = open_form(go, running, story)
    file = (running.project / story).parent / "mot.jpg"
    data = file.read_bytes()
    row(page, "mot.jpg").get_by_role("button", name="Xóa ảnh mot.jpg").press("Enter")
    back = page.get_by_role("button", name="Lấy lại ảnh mot.jpg")
    expect(back).to_be_focused()
    expect(row(page, "mot.jpg")).to_have_count(0)
    assert not file.exists()
    assert data in [kept.read_bytes() for kept in (running.project / ".history").rglob("*") if kept.is_file()]
    # The saved story no longer refers to it.
    assert "mot.jpg" not in read(running, story)
    page.keyboard.press("Enter")
    expect(row(page, "mot.jpg").get_by_label("Mô tả ảnh")).to_have_value("Bà con đào đất")
    assert file.read_bytes() == data
    save(page)
    assert '![Bà con đào đất](mot.jpg "Ngày đầu")' in read(running, story)


# Has a photo deleted only once the text has been tried, and the answers to that come when `answer` is called.
LATE = """() => {
    const ask = window.fetch;
    const tried = new Promise((tell) => { window.tell = tell; });
    const awaited = new Promise((answer) => { window.answer = answer; });
    window.fetch = async (address, ...how) => {
        if (String(address).includes("/bo-anh")) await tried;
        const answer = await ask(address, ...how);
        if (!String(address).endsWith("/thu")) return answer;
        window.tell();
        await awaited;
        return answer;
    };
    document.getElementById("bieu-mau").addEventListener("tried", (told) => { told.target.dataset.taken = ""; });
}"""


def test_a_deleted_photo_does_not_come_back_with_a_late_answer(
    visit: Callable[..., Page], running: Previewing, story: str
) -> None:
    page = open_form(visit, running, story)
    page.evaluate(LATE)
    row(page, "mot.jpg").get_by_role("button", name="Xóa ảnh mot.jpg").press("Enter")
    expect(page.get_by_role("button", name="Lấy lại ảnh mot.jpg")).to_be_focused()
    page.evaluate("answer()")
    page.locator("[data-taken]").wait_for()
    assert row(page, "mot.jpg").count() == 0


def test_everyone_can_use_the_rows(browse: Callable[..., Page], running: Previewing, story: str) -> None:
    for scheme, width in (("light", 1280), ("dark", 360)):
        screen = {"width": width, "height": 800}
        url = f"{running.home}/_xem-thu/sua?tep={story}"
        page = browse(url, screen, bypass_csp=True, color_scheme=scheme, has_touch=width == 360)
        expect(page.locator("#hinh-cua-bai > li")).to_have_count(6)
        row(page, "ba.jpg").get_by_label("Mô tả ảnh").fill("")
        choose(page, ("a.jpg", make_image()), ("x.pdf", b"%PDF-1.7"))
        page.get_by_role("dialog").get_by_label("Mô tả ảnh").fill("Chữ")
        page.keyboard.press("Escape")
        expect(page.get_by_text("còn chờ, chưa vào bài").first).to_be_visible()
        assert faults(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
