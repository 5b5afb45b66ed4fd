"""The bar of the preview: it says what concerns the page, and stands in nobody's way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NO_SCRIPT
from tests.browser.test_preview import faults
from tests.site.checkout import STORIES, write

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.preview.preview_process import Previewing

STORY = f"{STORIES}/2020/ea-po-hoc-cach-lam-kenh/bai.md"
URL = "/bai-viet/2020/ea-po-hoc-cach-lam-kenh/"
FIELDS = "content/danh-muc/linh-vuc.yaml"
_MOST_STOPS = 400
# So many keys are pressed before their stops are asked for.
_AT_ONCE = 20
# The element in focus, and whether the bar is over it; of what is higher than all the room there is, over its top.
# None at the end of the page.
_COVERED = """() => {
  const host = document.getElementById("xem-thu");
  const held = document.activeElement;
  if (!held || held === document.body || held === host) return null;
  const box = held.getBoundingClientRect(), bar = host.getBoundingClientRect();
  return [held.outerHTML.slice(0, 120), (box.height < bar.top ? box.bottom : box.top) > bar.top];
}"""
# A key that goes down finds the focus where the one before it has led.
_WATCH = f"""() => {{
  window.stops = [];
  addEventListener("keydown", () => window.stops.push(({_COVERED})()), true);
}}"""


# Each test leaves its page before it puts the files back, at which the page would be loaded again.
def open_page(browse: Callable[..., Page], url: str, width: int) -> Page:
    page = browse(url, {"width": width, "height": 720}, reduced_motion="reduce", bypass_csp=True)
    expect(page.get_by_role("navigation", name="Xem thử")).to_be_visible()
    return page


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("address", ["/", "/_ban-bien-tap/", URL])
def test_the_bar_hides_nothing_that_has_the_focus(
    browse: Callable[..., Page], running: Previewing, address: str, width: int
) -> None:
    page = open_page(browse, running.home + address, width)
    page.keyboard.press("Tab")
    page.evaluate(_WATCH)
    stops: list[tuple[str, bool] | None] = []
    while None not in stops and len(stops) < _MOST_STOPS:
        # One call for all: a key that is named again is down again, as when it is held.
        page.keyboard.press("+".join(["Tab"] * _AT_ONCE))
        stops += page.evaluate("window.stops.splice(0)")
    stops = stops[: stops.index(None)] if None in stops else stops
    assert len(stops) > 20
    assert [held for held, is_covered in stops if is_covered] == []


def test_a_broken_story_is_told_on_its_own_page_and_counted_on_the_others(
    browse: Callable[..., Page], running: Previewing
) -> None:
    story = running.project / STORY
    text = story.read_text(encoding="utf-8")
    write(running.project, STORY, text.replace("Lĩnh vực: ", "Lĩnh vực: Không có "))
    running.wait("/", lambda state: state["errors"] == 1 and state["problems"] == [])
    page = open_page(browse, f"{running.home}/", 1280)
    expect(page.get_by_role("link", name="Ban biên tập: 1 lỗi")).to_be_visible()
    expect(page.locator("#xem-thu .problems")).to_be_hidden()
    expect(page.locator("#xem-thu .everywhere")).to_be_hidden()
    page.goto(running.home + URL)
    expect(page.locator("#xem-thu .problems")).to_contain_text(f"{STORY}:")
    expect(page.locator("#xem-thu .problems__title")).to_have_text("Trang này có lỗi; sửa xong, trang tự hiện theo")
    page.goto(f"{running.home}/_ban-bien-tap/")
    expect(page.get_by_role("main")).to_contain_text('"Không có')
    page.goto(running.home + NO_SCRIPT)
    story.write_text(text, encoding="utf-8")
    running.wait_until_sound("/")


def test_what_is_broken_for_every_page_is_told_on_each_in_little_room(
    browse: Callable[..., Page], running: Previewing
) -> None:
    fields = running.project / FIELDS
    text = fields.read_text(encoding="utf-8")
    write(running.project, FIELDS, text.replace("mã: kinh-te", "mã: "))
    running.wait("/lien-he/", lambda state: bool(state["problems"]))
    for width in (1280, 360):
        page = open_page(browse, f"{running.home}/lien-he/", width)
        expect(page.locator("#xem-thu .everywhere")).to_contain_text(f"{FIELDS}:")
        assert page.locator("#xem-thu").evaluate("host => host.offsetHeight / innerHeight") < 0.2
        assert faults(page) == []
        page.goto(running.home + NO_SCRIPT)
    fields.write_text(text, encoding="utf-8")
    running.wait_until_sound("/")


def test_reminders_wait_until_they_are_asked_for(browse: Callable[..., Page], running: Previewing) -> None:
    story = running.project / STORY
    text = story.read_text(encoding="utf-8")
    story.write_text(f"{text}\nHội nghị  diễn ra vào sáng nay .\n", encoding="utf-8")
    running.wait(URL, lambda state: any(one["level"] == "advice" for one in state["problems"]))
    page = open_page(browse, running.home + URL, 1280)
    title = page.locator("#xem-thu .problems__title")
    expect(title).to_contain_text("Lời nhắc cho trang này: ")
    expect(page.locator("#xem-thu .place").first).to_be_hidden()
    title.press("Enter")
    expect(page.locator("#xem-thu .place").first).to_be_visible()
    page.goto(running.home + NO_SCRIPT)
    story.write_text(text, encoding="utf-8")
    running.wait(URL, lambda state: not state["problems"])
