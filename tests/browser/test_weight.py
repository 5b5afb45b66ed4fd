"""The cost of every page type for a reader with a cheap phone: the bars that need no Lighthouse."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from plugins.release.verify.budgets import LONG_INDEX_HTML
from tests.audit import bars
from tests.audit.report import COMPARED, build_long_index
from tests.audit.server import compress, serve
from tests.audit.weight import DESK, PHONE, Weight, measure_shifts, read_slowly, weigh
from tests.browser.page_types import PAGE_TYPES
from tests.browser.shifts import LATE, launch_with

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from tests.site.conftest import Build

WITH_PICTURES = ("home", "news", "field", "year", "old commune", "story with everything")
DEJAVU = (Path("/usr/share/fonts/truetype/dejavu"), Path("/usr/share/fonts/dejavu-sans-fonts"))


@pytest.fixture(scope="module")
def served(built: Build) -> Iterator[str]:
    """The address of the built site, compressed as a server does."""
    with serve(built.site.root) as address:
        yield address


@pytest.fixture(scope="module")
def served_without_fonts(built: Build) -> Iterator[str]:
    """The same, while its fonts come late."""
    with serve(built.site.root, fonts_after=LATE) as address:
        yield address


@pytest.fixture(scope="module")
def weights(browser: Browser, served: str) -> dict[str, Weight]:
    """The weight of each page type on a phone, by its address."""
    return weigh(browser, [served + url for url in PAGE_TYPES.values()])


@pytest.fixture(scope="module")
def weights_on_a_desk(browser: Browser, served: str) -> dict[str, Weight]:
    """The weight of pages with many pictures on a large screen, by their addresses."""
    return weigh(browser, [served + PAGE_TYPES[name] for name in WITH_PICTURES], DESK)


@pytest.fixture(scope="module")
def bare(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """The browser on a machine that has no fonts but DejaVu, as a fresh Debian is."""
    folder = next((path for path in DEJAVU if path.is_dir()), None)
    if folder is None:
        told = pytest.fail if os.environ.get("CI") else pytest.skip
        told("không có phông DejaVu: cài gói fonts-dejavu-core")
    fonts = tmp_path_factory.mktemp("fonts")
    bare = launch_with(browser.browser_type, folder, fonts)
    yield bare
    bare.close()


@pytest.mark.parametrize("name", PAGE_TYPES)
def test_a_page_is_light_and_still(weights: dict[str, Weight], served: str, name: str) -> None:
    weight = weights[served + PAGE_TYPES[name]]
    assert list(bars.find_faults(PAGE_TYPES[name], weight)) == []
    assert weight.counts["css"] == 1


@pytest.mark.parametrize("name", WITH_PICTURES)
def test_a_page_is_light_on_a_large_screen_too(weights_on_a_desk: dict[str, Weight], served: str, name: str) -> None:
    assert list(bars.find_faults(PAGE_TYPES[name], weights_on_a_desk[served + PAGE_TYPES[name]])) == []


def test_no_script_is_needed_to_read(browser: Browser, served: str) -> None:
    [weight] = weigh(browser, [served + PAGE_TYPES["story"]], scripts=False).values()
    assert weight.sizes["html"] > 0
    assert weight.sizes["js"] == 0


def test_a_slow_link_gives_text_in_time_and_nothing_jumps(browser: Browser, served: str) -> None:
    found = read_slowly(browser, [served + url for url in COMPARED.values()])
    assert {url: seconds for url, (seconds, _) in found.items() if seconds > bars.SECONDS_TO_TEXT} == {}
    assert {url: shift for url, (_, shift) in found.items() if shift > bars.SHIFT} == {}


def test_nothing_jumps_when_the_fonts_come_late(browser: Browser, served_without_fonts: str) -> None:
    assert _find_jumping(browser, served_without_fonts, PHONE) == {}


@pytest.mark.parametrize("reader", [PHONE, DESK], ids=["phone", "desk"])
def test_nothing_jumps_where_dejavu_is_the_only_font(
    bare: Browser, served_without_fonts: str, reader: dict[str, Any]
) -> None:
    assert _find_jumping(bare, served_without_fonts, reader) == {}


def _find_jumping(browser: Browser, home: str, reader: dict[str, Any]) -> dict[str, float]:
    shifts = measure_shifts(browser, [home + url for url in COMPARED.values()], reader)
    return {url: shift for url, shift in shifts.items() if shift > bars.SHIFT}


def test_the_index_of_500_exemplars_is_light(tmp_path: Path) -> None:
    file = build_long_index(tmp_path)
    counted = re.search(r"<strong>(\d+)</strong> điển hình", file.read_text(encoding="utf-8"))
    assert counted
    assert int(counted[1]) >= 495
    assert len(compress(file, file.stat().st_mtime)) <= LONG_INDEX_HTML


def test_what_has_a_hash_is_kept_for_ever_and_pages_are_asked_for_again(browser: Browser, served: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    kept = {}
    page.on("response", lambda got: kept.update({got.url: got.headers["cache-control"]}))
    page.goto(served + PAGE_TYPES["story"])
    context.close()
    theme = [rule for url, rule in kept.items() if "/theme/" in url]
    assert len(theme) > 4
    assert all("immutable" in rule for rule in theme)
    assert kept[served + PAGE_TYPES["story"]] == "no-cache"
