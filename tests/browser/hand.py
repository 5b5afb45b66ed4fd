"""A hand at the browser: with a mouse, with a keyboard alone, or on a phone's screen; it counts what it does."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from playwright.sync_api import expect

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Locator, Page

# Which stop of the Tab key an element is, counted from the one that has the focus: below 0 before it.
_DISTANCE = """(wanted) => {
    const inside = (root) => [...root.querySelectorAll("*")]
        .flatMap((it) => (it.shadowRoot ? [it, ...inside(it.shadowRoot)] : [it]));
    let here = document.activeElement;
    while (here?.shadowRoot?.activeElement) here = here.shadowRoot.activeElement;
    const stops = inside(document).filter((it) => it === wanted || it === here
        || (it.tabIndex >= 0 && !it.disabled && it.checkVisibility({ visibilityProperty: true })));
    return stops.indexOf(wanted) - stops.indexOf(here);
}"""
_OPTION = "(box, name) => [...box.options].findIndex((option) => option.label === name) - box.selectedIndex"
_MOST_STOPS = 400
_LETTERS = 3


def type_fast(page: Page, text: str) -> None:
    """Type the first letters one by one, and the rest as a keyboard for Vietnamese hands over what is composed."""
    page.keyboard.type(text[:_LETTERS])
    page.keyboard.insert_text(text[_LETTERS:])


class Hand:
    """The actions of every hand; each does them in a way of its own."""

    # Options of its browser context.
    screen: dict[str, Any] = {"viewport": {"width": 1280, "height": 900}}  # noqa: RUF012 - read alone

    def __init__(self, page: Page) -> None:
        self.page = page
        self.count: Counter[str] = Counter()

    def press(self, control: Locator) -> None:
        """Use a button, a link, a box to tick."""
        raise NotImplementedError

    def follow(self, link: Locator) -> None:
        """Use a link that leads to another page, and wait for that."""
        with self.page.expect_navigation():
            self.press(link)

    def enter(self, box: Locator) -> None:
        """Go into a box to type."""
        raise NotImplementedError

    def choose(self, box: Locator, option: str) -> None:
        """Choose one of the options of a list."""
        raise NotImplementedError

    def save(self) -> None:
        """Save the form."""
        self.press(self.page.get_by_role("button", name="Lưu", exact=True))

    def write(self, box: Locator, text: str) -> None:
        """Type into a box at the place where its caret is."""
        self.enter(box)
        # A finger has gone before the box knows of it.
        expect(box).to_be_focused()
        type_fast(self.page, text)
        expect(box).to_have_value(re.compile(re.escape(text)))
        self.count["điền"] += 1

    def give(self, control: Locator, *files: Path) -> None:
        """Choose files for a control that asks for them."""
        with self.page.expect_file_chooser() as asked:
            self.press(control)
        asked.value.set_files(list(files))
        self.count["chọn tệp"] += 1


def _seen(control: Locator) -> Locator:
    """Return what one sees of a control: of one that asks for files, its label."""
    name = control.evaluate("(it) => (it.type === 'file' ? it.id : '')")
    return control.page.locator(f'label[for="{name}"]') if name else control


class Mouse(Hand):
    """Points and clicks."""

    def press(self, control: Locator) -> None:
        _seen(control).click()
        self.count["bấm"] += 1

    def enter(self, box: Locator) -> None:
        self.press(box)

    def choose(self, box: Locator, option: str) -> None:
        # The list is the browser's own, out of reach: once to open it, once to choose.
        box.select_option(option)
        self.count["bấm"] += 2


class Touch(Hand):
    """Taps on a phone's screen."""

    screen = {"viewport": {"width": 360, "height": 640}, "has_touch": True, "is_mobile": True}  # noqa: RUF012

    def press(self, control: Locator) -> None:
        _seen(control).tap()
        self.count["chạm"] += 1

    def enter(self, box: Locator) -> None:
        self.press(box)

    def choose(self, box: Locator, option: str) -> None:
        box.tap()
        box.select_option(option)
        self.count["chạm"] += 2


class Keyboard(Hand):
    """Never touches a mouse."""

    def key(self, name: str, times: int = 1) -> None:
        """Press a key, so many times."""
        held, _, last = name.rpartition("+")
        # One call for all: a key that is named again is down again.
        if times:
            self.page.keyboard.press("+".join([*filter(None, [held]), *[last] * times]))
        self.count["Tab" if name.endswith("Tab") else "phím"] += times

    def enter(self, box: Locator) -> None:
        """Tab to an element, forwards or backwards, whichever is nearer."""
        expect(box).to_be_visible()
        for _ in range(_MOST_STOPS):
            distance = box.evaluate(_DISTANCE)
            if not distance:
                return
            self.key("Tab" if distance > 0 else "Shift+Tab", abs(distance))
        raise AssertionError(f"Tab never comes to {box}")

    def press(self, control: Locator) -> None:
        self.enter(control)
        self.key("Space" if control.evaluate("(it) => it.matches('input')") else "Enter")

    def choose(self, box: Locator, option: str) -> None:
        self.enter(box)
        there = box.evaluate(
            "(it, name) => [...it.options].findIndex((o) => o.label === name) - it.selectedIndex", option
        )
        self.key("ArrowDown" if there > 0 else "ArrowUp", abs(there))
        expect(box.locator("option:checked")).to_have_text(option)

    def save(self) -> None:
        self.key("Control+s")
