"""The way through a page by the Tab key, from its top until the focus leaves it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Page

# Elements reached with Tab, in the order of the page; hidden and folded ones are left out.
REACHABLE = """() => [...document.querySelectorAll("a[href], button, input, summary, select, textarea, [tabindex='0']")]
    .filter((element) => element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true }))
    .filter((element) => element.tabIndex >= 0 && !element.disabled)"""
NAME = """(element) => (element.getAttribute("aria-label") || element.textContent).trim().replace(/\\s+/g, " ")"""
# A key that goes down finds the focus where the one before it has led. Returns how many stops there should be.
_WATCH = """() => {{
    window.stops = [];
    window.reachable = ({reachable})();
    window.noteStop = () => window.stops.push(document.activeElement === document.body ? null : ({look})());
    addEventListener("keydown", window.noteStop, true);
    return window.reachable.length;
}}"""
_TAKE = """() => {
    removeEventListener("keydown", window.noteStop, true);
    window.noteStop();
    return window.stops.slice(1);
}"""


def walk(page: Page, look: str) -> list[dict[str, Any]]:
    """Hold Tab down from the top of a page until the focus has left it; return its stops in order.

    `look`, a function of the page, tells of the element that has the focus; `window.reachable` holds all that should
    get it. Raises AssertionError when the focus stays.
    """
    count = page.evaluate(_WATCH.format(reachable=REACHABLE, look=look))
    # One call for all: a key that is named again is down again, as when it is held.
    page.keyboard.press("+".join(["Tab"] * (count + 1)))
    stops: list[dict[str, Any] | None] = page.evaluate(_TAKE)
    assert len(stops) == count + 1
    assert None in stops, stops[-1]
    return [stop for stop in stops[: stops.index(None)] if stop]
