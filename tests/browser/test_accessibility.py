"""Of each page type on a large screen: Tab goes through it, axe finds nothing at any width, nothing overflows."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.conftest import reader, styled
from tests.browser.page_types import EMPTY_PAGE_TYPES, PAGE_TYPES
from tests.browser.tabbing import NAME, walk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
# The rules that look at colours; all others look at the document and its boxes. The first is the most work of all.
COLOR_RULES = ["color-contrast", "link-in-text-block"]
CONTRAST, LINKS = COLOR_RULES
SIZE = "target-size"
WIDE, NARROW = 1280, 360
# Above what the theme has a rule for (30rem); more would be drawn and no rule look at it.
HEIGHT = 500
# The rules that are the most work look where asked. HTML of what is found is not kept: no fault is told by it.
_CONFIGURE = f"""axe.configure({{ noHtml: true, rules: [
    {{ id: "{CONTRAST}", selector: "[data-look]" }},
    {{ id: "{LINKS}", selector: "[data-bare]:is(a[href], [role=link])" }},
    {{ id: "{SIZE}", selector: "[data-tight]" }},
] }});"""
# Each element, and each of what it shows of its own.
_INSIDE = """const inside = (root) => [...root.querySelectorAll("*")]
        .flatMap((it) => (it.shadowRoot ? [it, ...inside(it.shadowRoot)] : [it]));"""
# Style sheets are not fetched again: no rule reads them but one that axe holds for an experiment, and does not run. In
# frames there is no axe that would answer.
_RUN_AXE = """async ({ rules, asked }) => {
    INSIDE
    const elements = inside(document);
    const mark = (how) => Object.entries(asked).forEach(([name, places]) =>
        places.forEach((place) => elements[place][how](`data-${name}`, "")));
    mark("setAttribute");
    const { violations } = await axe.run(document, {
        ...(rules && { runOnly: rules }),
        resultTypes: ["violations"], preload: { assets: ["media"] }, iframes: false, elementRef: true,
    });
    mark("removeAttribute");
    return violations.flatMap(({ id, nodes }) => nodes.map(({ element, failureSummary }) => [
        id, `${element.cloneNode().outerHTML} ${element.textContent.trim().slice(0, 40)}`,
        failureSummary.split("\\n").at(-1).trim(),
    ]));
}""".replace("INSIDE", _INSIDE)
# Tells which elements are elsewhere than they were when first seen at this width, which looks there are, and where text
# of each is. A look is the place of the parent's in their list, and all else that contrast hangs on: what colours an
# element has, what is behind it, whether it is seen and can be used, and whether it is large. As text, which is handed
# over sooner. Then the links in a line that no underline sets apart, and the targets that are small, or share their
# place with another: axe finds no other at fault.
_LOOK = """() => {
    INSIDE
    const [looks, names, texts, boxes] = [new Map([[null, -1]]), new Map(), {}, []];
    const [lined, bare, targets] = [new Set(), [], []];
    const blocks = ["block", "list-item", "table", "flex", "grid", "inline-block"];
    inside(document).forEach((element, place) => {
        const style = getComputedStyle(element);
        const { x, y, width, height } = element.getBoundingClientRect();
        boxes.push([element.tagName, x, y, width, height, style.visibility].join(" "));
        const [size, isBold] = [parseFloat(style.fontSize), style.fontWeight >= 700];
        const parent = element.assignedSlot ?? element.parentElement ?? element.getRootNode().host ?? null;
        const isLined = style.textDecorationLine.includes("underline");
        if (isLined || lined.has(parent)) lined.add(element);
        if (element.matches("a[href], [role=link]") && !blocks.includes(style.display)
            && (!isLined || lined.has(parent))) bare.push(place);
        if (element.tabIndex >= 0 || element.matches("[tabindex]:not(main)")) {
            targets.push([place, x, y, x + width, y + height]);
        }
        const name = [looks.get(parent), element.tagName, element.getAttribute("class"), style.color,
            style.backgroundColor, style.backgroundImage, style.opacity, style.textShadow, style.position,
            element.checkVisibility({ visibilityProperty: true }), element.matches(":disabled"),
            size >= 24 || (isBold && size >= 18.66)].join(" ");
        if (!names.has(name)) names.set(name, names.size);
        const look = names.get(name);
        looks.set(element, look);
        const hasText = element.matches("input, select, textarea")
            || [...element.childNodes].some((child) => child.nodeType === Node.TEXT_NODE && child.data.trim());
        if (hasText) texts[look] ??= place;
    });
    const tight = targets.filter(([place, left, top, right, bottom]) => right - left < 24 || bottom - top < 24
        || targets.some(([other, x, y, endX, endY]) => other !== place
            && x < right && endX > left && y < bottom && endY > top)).map(([place]) => place);
    window.boxes ??= {};
    const before = window.boxes[innerWidth] ??= boxes;
    const moved = before.length === boxes.length
        ? boxes.flatMap((box, at) => box === before[at] ? [] : [`${before[at]} is ${box} in the other scheme`])
        : [`${before.length} elements are ${boxes.length} in the other scheme`];
    return JSON.stringify([moved, [...names.keys()], texts, { bare, tight }]);
}""".replace("INSIDE", _INSIDE)


@cache
def axe_script() -> str:
    return f"{Axe().axe_script}\n{_CONFIGURE}"


class Contrasts:
    """Knows text of good contrast; a look, upon the looks of all that it stands in, is judged where it is first seen.

    What every page has, and what a list has many times over, axe would measure again to say the same.
    """

    def __init__(self) -> None:
        self._looks: dict[tuple[int, str], int] = {}
        self._sound: set[int] = set()

    def find_new(self, names: list[str], texts: dict[str, int]) -> dict[int, int]:
        """Return the looks of a page's text that no sound text had, and where each is in the page."""
        looks: list[int] = []
        for name in names:
            parent, _, own = name.partition(" ")
            whole = (looks[int(parent)] if parent != "-1" else -1, own)
            looks.append(self._looks.setdefault(whole, len(self._looks)))
        return {looks[int(look)]: place for look, place in texts.items() if looks[int(look)] not in self._sound}

    def find_faults(self, page: Page, rules: list[str] | None = None) -> tuple[list[str], list[str]]:
        """Return boxes that have moved, and what axe finds in the page as it is now.

        It looks by these rules, by all that it has where none are given, and for contrast at new looks alone.
        """
        moved, names, texts, asked = json.loads(page.evaluate(_LOOK))
        new = self.find_new(names, texts)
        if rules == COLOR_RULES and not (new or asked["bare"]):
            return moved, []
        found = page.evaluate(_RUN_AXE, {"rules": rules, "asked": asked | {"look": list(new.values())}})
        if CONTRAST not in [rule for rule, _, _ in found]:
            self._sound.update(new)
        return moved, [f"{rule}: {element}: {summary}" for rule, element, summary in found]


def faults_in_every_guise(page: Page, contrasts: Contrasts | None = None) -> dict[str, list[str]]:
    """Return the faults by width and scheme: every rule in the light, those about colours alone in the dark.

    The others would find the same in the dark, since every box is where it is in the light: that is a fault, too.
    `contrasts` knows which looks other pages have shown.
    """
    contrasts = contrasts or Contrasts()
    found: dict[str, list[str]] = {}
    if not page.evaluate("'axe' in window"):
        page.evaluate(axe_script())
    for scheme, width in (("light", WIDE), ("dark", WIDE), ("dark", NARROW), ("light", NARROW)):
        page.set_viewport_size({"width": width, "height": HEIGHT})
        page.emulate_media(color_scheme=scheme)
        moved, faults = contrasts.find_faults(page, RULES if scheme == "light" else COLOR_RULES)
        found[f"{width} {scheme}"] = moved + faults
    return {guise: faults for guise, faults in found.items() if faults}


@pytest.fixture(scope="module")
def contrasts() -> Contrasts:
    return Contrasts()


@pytest.fixture(scope="module")
def home_page(browser: Browser, home: str) -> Iterator[Page]:
    """One page, which goes from one address to the next."""
    yield from _with_axe(browser, home)


@pytest.fixture(scope="module")
def empty_home_page(browser: Browser, empty_home: str) -> Iterator[Page]:
    """One page on the site that has no story yet."""
    yield from _with_axe(browser, empty_home)


def _with_axe(browser: Browser, home: str) -> Iterator[Page]:
    with reader(browser) as open_page:
        page = open_page(home)
        # Handed over once for all addresses.
        page.add_init_script(axe_script())
        yield page


PAGES = [("home", url) for url in PAGE_TYPES.values()]
EMPTY_PAGES = [("empty_home", url) for url in EMPTY_PAGE_TYPES.values()]


@pytest.fixture(
    scope="module", params=PAGES + EMPTY_PAGES, ids=[*PAGE_TYPES, *(f"empty {name}" for name in EMPTY_PAGE_TYPES)]
)
def page(request: pytest.FixtureRequest) -> Page:
    """A page of each type in turn, with and without stories: opened once, looked at in many ways."""
    site, url = request.param
    page: Page = request.getfixturevalue(f"{site}_page")
    page.set_viewport_size({"width": WIDE, "height": HEIGHT})
    # One goes to a stop at once, not by and by.
    page.emulate_media(media="null", color_scheme="null", reduced_motion="reduce")
    page.goto(request.getfixturevalue(site) + url)
    if "?" in url:
        # The last thing that a wide page does: results come in two steps, and filters without a result then go.
        page.locator(".filters[open]").wait_for()
    return page


LOOK = f"""() => {{
    const element = document.activeElement;
    const style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    return {{
        place: window.reachable.indexOf(element),
        name: ({NAME})(element),
        seen: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
        outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    }};
}}"""


# First: what comes after leaves the page as it was opened no more.
@pytest.mark.parametrize("page", PAGES, ids=PAGE_TYPES, indirect=True)
def test_tab_goes_through_everything_once_in_the_order_of_the_page(page: Page) -> None:
    stops = walk(page, LOOK)
    assert [stop["place"] for stop in stops] == list(range(page.evaluate("window.reachable.length")))
    assert [stop["name"] for stop in stops if not (stop["seen"] and stop["outlined"])] == []
    names = [stop["name"] for stop in stops]
    assert names[0] == "Đến nội dung"
    header = ["Trang chủ", "Tin tức", "Dân vận khéo", "Phong trào", "Văn bản", "Giới thiệu", "AaCỡ chữ và nền"]
    assert [stop for stop in names[: names.index(header[-1]) + 1] if stop in header] == header
    footer = ["Liên hệ, góp ý", "Hỗ trợ tiếp cận", "Quyền riêng tư", "Đính chính", "Sơ đồ trang"]
    assert names[-8:-3] == footer
    page.evaluate("scrollTo(0, 0)")


def test_axe_finds_nothing(page: Page, contrasts: Contrasts) -> None:
    assert faults_in_every_guise(page, contrasts) == {}


def test_axe_finds_nothing_while_facets_are_chosen(
    browse: Callable[..., Page], home: str, contrasts: Contrasts
) -> None:
    page = browse(f"{home}/dan-van-kheo/?linh-vuc=van-hoa-xa-hoi&loai=tap-the&xep=ten")
    expect(page.locator(".chips a")).to_have_count(2)
    assert faults_in_every_guise(page, contrasts) == {}


def _sticking_out(page: Page, width: int) -> list[str]:
    """Return what makes a page of this width scroll sideways; what scrolls inside its own box does not."""
    page.set_viewport_size({"width": width, "height": HEIGHT})
    return page.evaluate(
        """(width) => document.documentElement.scrollWidth <= width ? [] :
        ["page", ...[...document.querySelectorAll("body *")]
            .filter((element) => element.getBoundingClientRect().right > width + 0.5)
            .map((element) => `${element.tagName}.${element.className}`)]""",
        width,
    )


def test_nothing_scrolls_sideways(page: Page) -> None:
    # From the width that axe has left the page with, to that of the next test.
    assert {width: faults for width in (NARROW, 1024, 768, 320) if (faults := _sticking_out(page, width))} == {}


def test_text_has_room_when_readers_spread_it(page: Page) -> None:
    """WCAG 1.4.12: with wider lines, words and letters nothing sticks out."""
    spread = "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }"
    with styled(page, spread):
        assert _sticking_out(page, 320) == []


def test_nothing_moves_for_those_who_want_no_motion(page: Page) -> None:
    moving = page.evaluate("""() => [...document.querySelectorAll("*")].filter((element) => {
        const style = getComputedStyle(element);
        const lasts = [style.transitionDuration, style.animationDuration].some((time) => parseFloat(time) > 0);
        return lasts || style.scrollBehavior === "smooth";
    }).map((element) => element.tagName)""")
    assert moving == []


def test_the_scheme_follows_the_reader(browse: Callable[..., Page], home: str) -> None:
    page = browse(home)
    background = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(background) == "rgb(255, 253, 249)"
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(background) == "rgb(27, 21, 19)"


def test_the_font_is_the_sites_own_and_highland_languages_have_theirs(browse: Callable[..., Page], home: str) -> None:
    page = browse(home + PAGE_TYPES["story with everything"])
    page.wait_for_function("document.fonts.status === 'loaded'")
    assert page.evaluate("document.fonts.check('700 16px \"Be Vietnam Pro\"', 'Ễ Ổ ĩ đ')")
    assert "Be Vietnam Pro" in page.evaluate("getComputedStyle(document.querySelector('h1')).fontFamily")
    highland = page.evaluate("getComputedStyle(document.querySelector('[lang=rad]')).fontFamily")
    assert "Be Vietnam Pro" not in highland


def test_on_paper_there_is_the_text_and_no_navigation(browse: Callable[..., Page], home: str) -> None:
    page = browse(home + PAGE_TYPES["story with everything"])
    page.emulate_media(media="print")
    for gone in (".nav", ".skip-link", ".crumbs", ".story__more", ".footer__links", ".band"):
        assert not page.locator(gone).first.is_visible(), gone
    for shown in ("h1", ".story__lead", ".story__byline", ".prose p", ".facts", ".figure--lead img", ".footer p"):
        assert page.locator(shown).first.is_visible(), shown
    page.goto(home + PAGE_TYPES["index"])
    page.emulate_media(media="print")
    assert not page.locator(".browse__facets").is_visible()
    assert page.locator(".card").first.is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
