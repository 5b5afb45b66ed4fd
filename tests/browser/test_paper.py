"""A story on paper: two sheets of A4 at most, with its address and a code that leads back to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import pypdfium2
import pytest
import zxingcpp
from playwright.sync_api import Error

from tests.browser.conftest import reader
from tests.browser.page_types import PAGE_TYPES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from playwright.sync_api import Browser, Page

    from tests.site.conftest import Build

    _Paper = tuple[str | None, pypdfium2.PdfDocument]


def print_page(page: Page) -> pypdfium2.PdfDocument:
    """Return the page as a reader's printer gets it."""
    return pypdfium2.PdfDocument(page.pdf(format="A4", prefer_css_page_size=True))


def _is_longer_than(sheets: int, page: Page) -> bool:
    """Tell whether the page takes more sheets than these, without drawing any of these."""
    try:
        page.pdf(format="A4", prefer_css_page_size=True, page_ranges=f"{sheets + 1}")
    except Error as error:
        if "Page range exceeds page count" not in error.message:
            raise
        return False
    return True


def _open_each(
    browser: Browser, home: str, stories: Iterable[str], color_scheme: Literal["light", "dark"] = "light"
) -> Iterator[tuple[str, Page]]:
    with reader(browser) as open_page:
        page = open_page(home, color_scheme=color_scheme)
        for url in stories:
            page.goto(home + url)
            yield url, page


def _print_stories(
    browser: Browser, home: str, stories: Iterable[str], color_scheme: Literal["light", "dark"] = "light"
) -> dict[str, _Paper]:
    """Return the address that each story names, and its paper."""
    address = "document.querySelector('link[rel=canonical]').getAttribute('href')"
    return {
        url: (page.evaluate(address), print_page(page))
        for url, page in _open_each(browser, home, stories, color_scheme)
    }


@pytest.fixture(scope="module")
def printed(browser: Browser, published_home: str, published: Build) -> dict[str, _Paper]:
    """Every published story on paper."""
    return _print_stories(browser, published_home, published.site.stories)


def test_every_story_is_on_two_sheets_at_most(
    browser: Browser, home: str, built: Build, printed: dict[str, _Paper]
) -> None:
    """Of what is published too, the paper with a code counts: it holds more."""
    others = [url for url in built.site.stories if url not in printed]
    assert len(printed) + len(others) > 45
    assert {url: len(paper) for url, (_, paper) in printed.items() if len(paper) > 2} == {}
    assert [url for url, page in _open_each(browser, home, others) if _is_longer_than(2, page)] == []


def test_a_camera_reads_the_address_from_the_paper(printed: dict[str, _Paper]) -> None:
    assert printed
    for address, document in printed.values():
        _assert_leads_back(address, document)


def test_a_camera_reads_it_where_the_screen_is_dark(
    browser: Browser, published_home: str, printed: dict[str, _Paper]
) -> None:
    """One style sheet gives paper its colours: a few stories tell of all."""
    for address, document in _print_stories(browser, published_home, list(printed)[:3], "dark").values():
        _assert_leads_back(address, document)


def _assert_leads_back(address: str | None, document: pypdfium2.PdfDocument) -> None:
    assert address
    codes = [
        code.text
        # 150 dots an inch: an old office printer.
        for sheet in document
        for code in zxingcpp.read_barcodes(sheet.render(scale=150 / 72).to_pil())
    ]
    assert codes == [address]
    # A hyphen at the end of a line is read as U+FFFE.
    words = "".join(sheet.get_textpage().get_text_range() for sheet in document).replace("\ufffe", "-")
    assert address in "".join(words.split())


def test_paper_is_white_whatever_was_chosen_on_the_screen(browse: Callable[..., Page], home: str) -> None:
    page = browse(home + PAGE_TYPES["story"], color_scheme="dark")
    page.evaluate("localStorage.setItem('nen', 'dark'); localStorage.setItem('co-chu', 'larger')")
    page.reload()
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "16px"


def test_on_the_screen_there_is_no_code(browse: Callable[..., Page], home: str) -> None:
    assert not browse(home + PAGE_TYPES["story"]).locator(".paper").is_visible()


@pytest.mark.parametrize("name", ["report", "reports", "replication", "communes", "old commune"])
def test_no_heading_is_cut_from_what_it_heads(browse: Callable[..., Page], home: str, name: str) -> None:
    page = browse(home + PAGE_TYPES[name])
    heads = page.evaluate("[...document.querySelectorAll('main :is(h2, h3, h4, summary)')].map((e) => e.textContent)")
    heads += page.evaluate("[...document.querySelectorAll('.group__title + p')].map((e) => e.textContent)")
    told = {"".join(head.split()) for head in heads}
    ends = [
        "".join(lines[-1].replace("\ufffe", "-").split())
        for sheet in print_page(page)
        if (lines := sheet.get_textpage().get_text_range().strip().splitlines())
    ]
    assert ends
    assert [end for end in ends if end in told] == []
