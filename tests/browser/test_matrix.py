"""The matrix as a browser shows it: no word is broken, a finger hits each cell, its numbers can be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.page_types import PAGE_TYPES
from tests.reading.test_contrast import contrast

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

PHONE = {"has_touch": True, "is_mobile": True}
# Every word of the matrix whose letters lie on more than one line.
BROKEN = """() => [...document.querySelectorAll(".matrix :is(th, td), .legend")].flatMap((cell) => {
    const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
    const broken = [];
    while (walker.nextNode()) {
        if (walker.currentNode.parentElement.closest(".visually-hidden")) continue;
        for (const word of walker.currentNode.data.matchAll(/\\S+/g)) {
            const range = document.createRange();
            range.setStart(walker.currentNode, word.index);
            range.setEnd(walker.currentNode, word.index + word[0].length);
            if (new Set([...range.getClientRects()].map((box) => Math.round(box.top))).size > 1) broken.push(word[0]);
        }
    }
    return broken;
})"""
SMALL = """(least) => [...document.querySelectorAll(".matrix a")].filter((link) => {
    const box = link.getBoundingClientRect();
    return box.height < least || box.width < 24;
}).map((link) => link.textContent)"""
# The colour of each number and of what its motif has in its middle; a zero lies on the cloth itself.
PAIRS = """() => [...document.querySelectorAll(".matrix__cell")].map((cell) =>
    [getComputedStyle(cell).color, getComputedStyle(cell, "::before").backgroundColor])"""


def open_matrix(browse: Callable[..., Page], home: str, width: int, **options: object) -> Page:
    return browse(home + PAGE_TYPES["communes"], viewport={"width": width, "height": 640}, **options)


@pytest.mark.parametrize("width", [320, 360, 768])
def test_no_word_is_broken(browse: Callable[..., Page], home: str, width: int) -> None:
    page = open_matrix(browse, home, width, **PHONE)
    assert page.evaluate(BROKEN) == []
    for size in ("large", "larger"):
        page.evaluate("(size) => { document.documentElement.dataset.text = size }", size)
        assert page.evaluate(BROKEN) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_finger_hits_each_cell(browse: Callable[..., Page], home: str) -> None:
    assert open_matrix(browse, home, 360, **PHONE).evaluate(SMALL, 44) == []
    assert open_matrix(browse, home, 1280).evaluate(SMALL, 24) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_each_number_can_be_read_upon_its_motif(browse: Callable[..., Page], home: str, scheme: str) -> None:
    page = open_matrix(browse, home, 1280, color_scheme=scheme)
    pairs = {tuple(map(_hexadecimal, pair)) for pair in page.evaluate(PAIRS)}
    assert len(pairs) == 4 + 1
    assert [pair for pair in pairs if contrast(*pair) < 4.5] == []
    page.emulate_media(media="print")
    assert {_hexadecimal(number) for number, _ in page.evaluate(PAIRS)} == {"#000000"}
    assert {_hexadecimal(ground) for _, ground in page.evaluate(PAIRS)} == {"#ffffff"}


def test_the_heads_stay_in_sight(browse: Callable[..., Page], home: str) -> None:
    page = open_matrix(browse, home, 360, **PHONE)
    row = page.locator(".matrix").first.locator("tbody tr").last
    row.scroll_into_view_if_needed()
    page.evaluate("(top) => scrollBy(0, top - 200)", row.bounding_box()["y"])  # type: ignore[index]
    head = page.locator(".matrix").first.locator("thead th").first.bounding_box()
    assert head
    assert 0 <= head["y"] < 120


def _hexadecimal(color: str) -> str:
    channels = color.removeprefix("rgb(").removesuffix(")").split(", ")
    return "#" + "".join(f"{int(channel):02x}" for channel in channels)
