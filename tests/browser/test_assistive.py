"""Beyond what axe sees, of every page type: a phone’s first screen, targets for fingers, text and names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import reader, styled
from tests.browser.page_types import PAGE_TYPES
from tests.browser.tabbing import REACHABLE
from tests.browser.test_first_screen import FIRST_TITLE, LARGER, LEAST_TITLE, LEAST_TITLE_LARGER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page, ViewportSize

SIZE: ViewportSize = {"width": 360, "height": 740}


@pytest.fixture(scope="module")
def touched(browser: Browser, home: str) -> Iterator[Page]:
    """One page on a phone, where one touches."""
    with reader(browser) as open_page:
        yield open_page(home, viewport=SIZE, is_mobile=True, has_touch=True)


@pytest.fixture(scope="module", params=PAGE_TYPES)
def phone(request: pytest.FixtureRequest, touched: Page, home: str) -> Page:
    """A page of each type on a phone: opened once, looked at in many ways."""
    touched.set_viewport_size(SIZE)
    touched.goto(home + PAGE_TYPES[request.param])
    # The last thing that a script makes; asked of the page itself, to spare it what a locator brings along.
    assert touched.evaluate("document.querySelector('.display__button').checkVisibility()")
    return touched


def test_the_first_title_is_near_the_top(phone: Page) -> None:
    assert 0 < phone.evaluate(FIRST_TITLE) <= LEAST_TITLE


def test_very_large_text_leaves_it_near(phone: Page) -> None:
    phone.evaluate(LARGER)
    assert 0 < phone.evaluate(FIRST_TITLE) <= LEAST_TITLE_LARGER
    phone.evaluate("delete document.documentElement.dataset.text")


# The one step up that is seen, all steps that are told, and what search engines are told of the way to the page.
TRAIL = """() => ({
    seen: [...document.querySelectorAll(".crumbs a")].filter((link) => link.checkVisibility()).length,
    steps: [...document.querySelectorAll(".crumbs a")].map((link) => link.textContent),
    title: document.querySelector("h1").textContent,
    told: ([...document.querySelectorAll("script[type='application/ld+json']")].map((script) => JSON.parse(script.text))
        .find((data) => data["@type"] === "BreadcrumbList")?.itemListElement ?? []).map((step) => step.name),
})"""


def test_the_trail_is_one_step_up_and_never_repeats_the_title(phone: Page) -> None:
    trail = phone.evaluate(TRAIL)
    assert trail["seen"] <= 1
    assert trail["title"] not in trail["steps"]
    # Search engines are told the page itself as well.
    assert trail["told"][:-1] == trail["steps"]


# A link within a sentence is as high as its line (WCAG 2.5.8, “inline”); so is the way back from a note.
SMALL = f"""(least) => ({REACHABLE})()
    .filter((element) => !element.matches("[tabindex]"))
    .filter((element) => !element.closest(".prose p, .prose li, .prose td, .prose dd"))
    .filter((element) => !element.closest("p.notice, p.handover, .facts__soft, .publisher, .sheet__lead, .empty p"))
    .filter((element) => !element.matches(".skip-link"))
    .map((element) => [element, element.getBoundingClientRect()])
    .filter(([, box]) => box.height < least - 0.5 || box.width < 23.5)
    .map(([element, box]) => [element.className || element.parentElement.className, element.textContent.trim(),
        Math.round(box.width), Math.round(box.height)].join(" "))"""


def test_what_one_touches_is_large_enough(phone: Page) -> None:
    assert phone.evaluate("matchMedia('(pointer: coarse)').matches")
    assert phone.evaluate(SMALL, 44) == []


def test_what_one_touches_in_a_row_of_words_stands_on_their_line(phone: Page) -> None:
    """Boxes of their own would stand on other baselines, and make rows of two heights."""
    rows = ".plain a, .links a, .filed a, .facts dd a, .sheet__count a, .counts a, .titles__list a"
    shown = phone.evaluate(
        "(rows) => [...document.querySelectorAll(rows)].map((a) => getComputedStyle(a).display)", rows
    )
    assert set(shown) <= {"inline"}


def test_what_one_points_at_is_large_enough(browse: Callable[..., Page], home: str) -> None:
    page = browse(home)
    for name in ("home", "story with everything", "index", "old commune", "site map", "open data"):
        page.goto(home + PAGE_TYPES[name])
        assert page.evaluate(SMALL, 24) == [], name


def test_magnified_four_times_one_scrolls_down_only(phone: Page) -> None:
    """1280 px at 400 % is 320 px wide and 256 high."""
    phone.set_viewport_size({"width": 320, "height": 256})
    assert phone.evaluate("document.documentElement.scrollWidth") <= 320
    # Most of so small a window is text, not a header that stays.
    assert (
        phone.evaluate("""() => [...document.querySelectorAll("body *")]
        .filter((element) => ["fixed", "sticky"].includes(getComputedStyle(element).position)).length""")
        == 0
    )


# The values of WCAG 1.4.12, as its bookmarklet sets them.
SPACED = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
    p { margin-bottom: 2em !important }"""
CLIPPED = """() => [...document.querySelectorAll("body *")]
    .filter((element) => {
        const wider = element.scrollWidth > element.clientWidth + 1;
        const higher = element.scrollHeight > element.clientHeight + 1;
        if (!wider && !higher) return false;
        const style = getComputedStyle(element);
        const hidden = (axis) => ["hidden", "clip"].includes(style[`overflow${axis}`]);
        return (wider && hidden("X")) || (higher && hidden("Y"));
    })
    .filter((element) => element.checkVisibility() && element.textContent.trim())
    .filter((element) => !element.closest(".visually-hidden, svg"))
    .map((element) => `${element.tagName}.${element.className}`)"""


def test_spaced_text_is_not_clipped_and_does_not_overlap(phone: Page) -> None:
    with styled(phone, SPACED):
        # From the width that the test before has left the page with, to its own.
        for width in (320, 768, 1280, 360):
            phone.set_viewport_size({"width": width, "height": 740})
            clipped, whole = phone.evaluate(f"() => [({CLIPPED})(), document.documentElement.scrollWidth]")
            assert clipped == []
            assert whole <= width


def tree(page: Page) -> list[tuple[str, str]]:
    """Return role and name of everything that the browser tells a screen reader, in its order."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    return [
        (node["role"]["value"], " ".join(node.get("name", {}).get("value", "").split()))
        for node in nodes
        if not node["ignored"]
    ]


# Each name that a screen reader says of links to different places, and the shortest of what it says.
LINKS = """() => {
    const told = new Map();
    for (const link of document.querySelectorAll("a[href]")) {
        if (!link.checkVisibility()) continue;
        const words = link.ariaLabel || link.innerText || link.querySelector("img")?.alt || "";
        const name = words.replace(/\\s+/g, " ").trim();
        told.set(name, (told.get(name) || new Set()).add(link.href));
    }
    return [...told].filter(([name, places]) => places.size > 1 || name.length < 3).map(([name]) => name);
}"""


def test_links_of_one_name_lead_to_one_place(phone: Page) -> None:
    assert phone.evaluate(LINKS) == []


@pytest.fixture(scope="module")
def told(phone: Page) -> list[tuple[str, str]]:
    """What a screen reader is told of that page: asked once."""
    return tree(phone)


LANDMARKS = {"banner", "navigation", "main", "complementary", "contentinfo", "search", "form"}


def test_landmarks_have_names_of_their_own(told: list[tuple[str, str]]) -> None:
    found = [(role, name) for role, name in told if role in LANDMARKS]
    assert len(set(found)) == len(found)
    assert [role for role, _ in found].count("main") == 1
    assert {("banner", ""), ("navigation", "Chính"), ("contentinfo", ""), ("navigation", "Cuối trang")} <= set(found)
    assert [role for role, name in found if role in ("navigation", "complementary", "search") and not name] == []


def test_every_control_and_picture_has_a_name_or_none_to_give(told: list[tuple[str, str]]) -> None:
    roles = {"link", "button", "radio", "checkbox", "searchbox", "textbox", "combobox", "DisclosureTriangle", "image"}
    assert [(role, name) for role, name in told if role in roles and not name] == []


def test_a_cell_of_the_matrix_says_what_it_counts(browse: Callable[..., Page], home: str) -> None:
    page = browse(home)
    found = tree(page)
    assert ("table", "Số điển hình theo xã, thị trấn và lĩnh vực") in found
    columns = [name for role, name in found if role == "columnheader"]
    assert columns == ["Kinh tế", "Văn hóa – xã hội", "Quốc phòng – an ninh", "Hệ thống chính trị", "Tổng"]
    rows = [name for role, name in found if role == "rowheader"]
    assert {"Đắk D’rông", "Cư K’nia", "Tổng"} <= set(rows)
    assert [row for row in rows if row.endswith("Ea T’ling")] != []
    cell = page.locator(".matrix__cell").first
    expect(cell).to_have_accessible_name(f"{cell.inner_text().split()[0]} điển hình lĩnh vực Kinh tế, {_place(page)}")


def _place(page: Page) -> str:
    return str(page.locator(".matrix__cell .visually-hidden").first.inner_text()).split(", ")[1].strip()


def test_facets_say_what_they_are_and_how_many_they_have(browse: Callable[..., Page], home: str) -> None:
    page = browse(home + PAGE_TYPES["index"])
    found = tree(page)
    assert ("navigation", "Lọc điển hình") in found
    folds = [name for role, name in found if role == "DisclosureTriangle"]
    assert {"Lĩnh vực", "Xã, thị trấn khi thực hiện", "Xã hiện nay", "Loại", "Năm"} <= set(folds)
    count = page.locator(".facet__link .facet__count").first.inner_text()
    assert ("link", f"Kinh tế : {count}") in found


def test_a_new_count_is_said_once_and_politely(browse: Callable[..., Page], home: str) -> None:
    page = browse(home + PAGE_TYPES["index"])
    said = page.get_by_role("status").and_(page.locator(".browse__status"))
    assert said.count() == 1
    assert page.locator("[aria-live=assertive], [role=alert]").count() == 0
    page.evaluate("""() => {
        window.said = [];
        const status = document.querySelector(".browse__status");
        new MutationObserver(() => window.said.push(status.textContent)).observe(status, { childList: true });
    }""")
    page.locator("[data-facet=linh-vuc] .facet__link").first.click()
    page.locator(".chips a").wait_for()
    page.wait_for_timeout(100)
    heard = page.evaluate("window.said")
    assert len(heard) == 1
    assert heard[0].endswith("điển hình, mới nhất trước")
