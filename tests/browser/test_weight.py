"""What every page type costs a reader with a cheap phone: the bars that need no Lighthouse."""

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
from tests.audit.weight import DESK, PHONE, read_slowly, shift_when_fonts_are_late, weigh
from tests.browser.conftest import CHROMIUM_ARGS, find_chromium
from tests.browser.page_types import PAGE_TYPES
from tests.browser.shifts import launch_with

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from tests.site.conftest import Build

DEJAVU = (Path("/usr/share/fonts/truetype/dejavu"), Path("/usr/share/fonts/dejavu-sans-fonts"))


@pytest.fixture(scope="module")
def served(built: Build) -> Iterator[str]:
    """The address of the built site, compressed as a server does."""
    with serve(built.site.root) as address:
        yield address


@pytest.fixture(scope="module")
def browser(browser: Browser) -> Iterator[Browser]:
    """The browser as readers have it: the one without windows loads pictures from further below."""
    executable = find_chromium(browser.browser_type.executable_path, as_readers_have_it=True)
    own = browser.browser_type.launch(executable_path=executable, args=CHROMIUM_ARGS)
    yield own
    own.close()


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
def test_a_page_is_light_and_still(browser: Browser, served: str, name: str) -> None:
    weight = weigh(browser, served + PAGE_TYPES[name])
    assert list(bars.find_faults(PAGE_TYPES[name], weight)) == []
    assert weight.counts["css"] == 1


@pytest.mark.parametrize("name", ["home", "news", "field", "year", "old commune", "story with everything"])
def test_a_page_is_light_on_a_large_screen_too(browser: Browser, served: str, name: str) -> None:
    assert list(bars.find_faults(PAGE_TYPES[name], weigh(browser, served + PAGE_TYPES[name], DESK))) == []


def test_no_script_is_needed_to_read(browser: Browser, served: str) -> None:
    assert weigh(browser, served + PAGE_TYPES["story"], scripts=False).sizes["js"] == 0


@pytest.mark.parametrize("name", COMPARED)
def test_a_slow_link_gives_text_in_time_and_nothing_jumps(browser: Browser, served: str, name: str) -> None:
    seconds, shift = read_slowly(browser, served + COMPARED[name])
    assert seconds <= bars.SECONDS_TO_TEXT
    assert shift <= bars.SHIFT


@pytest.mark.parametrize("name", COMPARED)
def test_nothing_jumps_when_the_fonts_come_late(browser: Browser, served: str, name: str) -> None:
    assert shift_when_fonts_are_late(browser, served + COMPARED[name]) <= bars.SHIFT


@pytest.mark.parametrize("reader", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("name", COMPARED)
def test_nothing_jumps_where_dejavu_is_the_only_font(
    bare: Browser, served: str, name: str, reader: dict[str, Any]
) -> None:
    assert shift_when_fonts_are_late(bare, served + COMPARED[name], reader) <= bars.SHIFT


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
