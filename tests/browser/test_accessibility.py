"""Checks of each page type that need a browser: axe finds nothing, nothing overflows, the console is empty."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.conftest import reader
from tests.browser.page_types import EMPTY_PAGE_TYPES, PAGE_TYPES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
# The rules that look at colours; all others look at the document and its boxes. The first is two thirds of all work.
COLOR_RULES = ["color-contrast", "link-in-text-block"]
CONTRAST, LINKS = COLOR_RULES
WIDE, NARROW = 1280, 360
# Style sheets are not fetched again: no rule reads them but one that axe holds for an experiment, and does not run.
_RUN_AXE = """async ({ rules, places, without }) => {
    const elements = document.querySelectorAll("*");
    return (await axe.run(places ? { include: places.map((place) => elements[place]) } : document, {
        runOnly: rules, rules: Object.fromEntries(without.map((rule) => [rule, { enabled: false }])),
        resultTypes: ["violations"], preload: { assets: ["media"] },
    })).violations;
}"""
# Where the parent of each element stands, all else that its contrast hangs on, and whether it has text of its own: what
# colours it has, what is behind it, whether it is seen, and whether it is large. As text, which is handed over sooner.
_LOOKS = """() => {
    const places = new Map([[null, -1]]);
    const looks = new Map();
    const elements = [...document.querySelectorAll("*")].map((element, place) => {
        places.set(element, place);
        const style = getComputedStyle(element);
        const [size, isBold] = [parseFloat(style.fontSize), style.fontWeight >= 700];
        const look = [element.tagName, element.getAttribute("class"), style.color, style.backgroundColor,
            style.backgroundImage, style.opacity, style.textShadow, style.position,
            element.checkVisibility({ visibilityProperty: true }), size >= 24 || (isBold && size >= 18.66)].join(" ");
        if (!looks.has(look)) looks.set(look, looks.size);
        const hasText = element.matches("input, select, textarea")
            || [...element.childNodes].some((child) => child.nodeType === Node.TEXT_NODE && child.data.trim());
        return [places.get(element.parentElement), looks.get(look), hasText];
    });
    return JSON.stringify([[...looks.keys()], elements]);
}"""
# Remembers where each element is, or tells which of them are elsewhere than they were at this width.
_BOXES = """({ width, remember }) => {
    const boxes = [...document.querySelectorAll("*")].map((element) => {
        const { x, y, width, height } = element.getBoundingClientRect();
        return [element.tagName, x, y, width, height, getComputedStyle(element).visibility].join(" ");
    });
    window.boxes ??= {};
    if (remember) window.boxes[width] = boxes;
    const before = window.boxes[width];
    if (before.length !== boxes.length) return [`${before.length} elements in the light, ${boxes.length} in the dark`];
    return boxes.flatMap((box, at) => box === before[at] ? [] : [`${before[at]} in the light, ${box} in the dark`]);
}"""


@cache
def axe_script() -> str:
    return str(Axe().axe_script)


def axe_faults(
    page: Page, rules: list[str], *, places: list[int] | None = None, without: tuple[str, ...] = ()
) -> list[str]:
    """Return the faults that axe finds by rules or tags of rules in the page as it is now.

    `places`, of elements in the order of the page: look there only.
    """
    violations = page.evaluate(_RUN_AXE, {"rules": rules, "places": places, "without": without})
    return [
        f"{fault['id']}: {node['target']}: {node['failureSummary'].splitlines()[-1].strip()}"
        for fault in violations
        for node in fault["nodes"]
    ]


class Contrasts:
    """Finds text of poor contrast; a look, upon the looks of all that it stands in, is judged where it is first seen.

    What every page has, and what a list has many times over, axe would measure again to say the same.
    """

    def __init__(self) -> None:
        self._looks: dict[tuple[int, str], int] = {}
        self._sound: set[int] = set()

    def find_faults(self, page: Page) -> list[str]:
        """Return the faults of all text in the page as it is now that does not look as other, sound text did."""
        looks: list[int] = []
        new: dict[int, int] = {}
        own_looks, elements = json.loads(page.evaluate(_LOOKS))
        for place, (parent, own, has_text) in enumerate(elements):
            whole = (looks[parent] if parent >= 0 else parent, own_looks[own])
            look = self._looks.setdefault(whole, len(self._looks))
            looks.append(look)
            if has_text and look not in self._sound:
                new.setdefault(look, place)
        if not new:
            return []
        faults = axe_faults(page, [CONTRAST], places=list(new.values()))
        if not faults:
            self._sound.update(new)
        return faults


def faults_in_every_guise(page: Page, contrasts: Contrasts | None = None) -> dict[str, list[str]]:
    """Return the faults by width and scheme: every rule in the light, those about colours alone in the dark.

    The others would find the same in the dark, since every box is where it is in the light: that is a fault, too.
    `contrasts` knows which looks other pages have shown.
    """
    contrasts = contrasts or Contrasts()
    found: dict[str, list[str]] = {}
    if not page.evaluate("'axe' in window"):
        page.evaluate(axe_script())
    for scheme, width in (("light", WIDE), ("light", NARROW), ("dark", NARROW), ("dark", WIDE)):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        guise = f"{width} {scheme}"
        is_light = scheme == "light"
        found[guise] = page.evaluate(_BOXES, {"width": width, "remember": is_light})
        found[guise] += axe_faults(page, RULES, without=(CONTRAST,)) if is_light else axe_faults(page, [LINKS])
        found[guise] += contrasts.find_faults(page)
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


@pytest.fixture(
    scope="module",
    params=[
        *(("home", url) for url in PAGE_TYPES.values()),
        *(("empty_home", url) for url in EMPTY_PAGE_TYPES.values()),
    ],
    ids=[*PAGE_TYPES, *(f"empty {name}" for name in EMPTY_PAGE_TYPES)],
)
def page(request: pytest.FixtureRequest) -> Page:
    """A page of each type in turn, with and without stories: opened once, looked at in many ways."""
    site, url = request.param
    page: Page = request.getfixturevalue(f"{site}_page")
    page.set_viewport_size({"width": 1280, "height": 900})
    page.emulate_media(media="null", color_scheme="null", reduced_motion="null")
    page.goto(request.getfixturevalue(site) + url)
    if "?" in url:
        # The last thing that a wide page does: results come in two steps, and filters without a result then go.
        page.locator(".filters[open]").wait_for()
    return page


def test_axe_finds_nothing(page: Page, contrasts: Contrasts) -> None:
    assert faults_in_every_guise(page, contrasts) == {}


def test_axe_finds_nothing_while_facets_are_chosen(browse: Callable[..., Page], home: str) -> None:
    page = browse(f"{home}/dan-van-kheo/?linh-vuc=van-hoa-xa-hoi&loai=tap-the&xep=ten")
    expect(page.locator(".chips a")).to_have_count(2)
    assert faults_in_every_guise(page) == {}


def _sticking_out(page: Page, width: int) -> list[str]:
    """Return what makes a page of this width scroll sideways; what scrolls inside its own box does not."""
    page.set_viewport_size({"width": width, "height": 640})
    return page.evaluate(
        """(width) => document.documentElement.scrollWidth <= width ? [] :
        ["page", ...[...document.querySelectorAll("body *")]
            .filter((element) => element.getBoundingClientRect().right > width + 0.5)
            .map((element) => `${element.tagName}.${element.className}`)]""",
        width,
    )


def test_nothing_scrolls_sideways(page: Page) -> None:
    assert {width: faults for width in (1024, 768, 360, 320) if (faults := _sticking_out(page, width))} == {}


def test_text_has_room_when_readers_spread_it(page: Page) -> None:
    """WCAG 1.4.12: with wider lines, words and letters nothing sticks out."""
    spread = "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }"
    style = page.add_style_tag(content=spread)
    assert _sticking_out(page, 320) == []
    style.evaluate("(element) => element.remove()")


def test_nothing_moves_for_those_who_want_no_motion(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
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
