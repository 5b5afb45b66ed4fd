"""The archive, opened from a disk as whoever gets the USB stick opens it."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from plugins.release.archive import archive
from tests.browser.conftest import reader
from tests.release.made_release import make_release
from tests.site.checkout import PHONE_URL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from tests.site.conftest import Build


@pytest.fixture(scope="module")
def start(built: Build, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file that is clicked first, in an archive that was taken apart."""
    project = tmp_path_factory.mktemp("Dân vận khéo")
    root = built.site.root
    make_release(
        project,
        7,
        {file.relative_to(root).as_posix(): file.read_bytes() for file in root.rglob("*") if file.is_file()},
    )
    assert archive(project, "ban-luu.zip") == 0
    stick = tmp_path_factory.mktemp("Ổ USB của cô Hoa #1")
    with zipfile.ZipFile(project / "ban-luu.zip") as made:
        made.extractall(stick)
    return stick / "MO-TRANG.html"


@pytest.fixture
def open_file(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open files for one test; at the end nothing may have complained, or been asked of any host."""
    with reader(browser) as open_page:
        yield lambda file, **options: open_page(file.as_uri(), **options)


def test_from_the_first_click_to_a_photo(start: Path, open_file: Callable[..., Page]) -> None:
    page = open_file(start)
    page.wait_for_url("**/trang/index.html")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.evaluate("getComputedStyle(document.body).fontFamily").startswith('"Be Vietnam Pro"')
    assert page.evaluate("document.fonts.ready.then(() => document.fonts.check('16px \"Be Vietnam Pro\"', 'ậ'))")
    assert page.evaluate("[...document.fonts].some(font => font.status === 'loaded')")
    page.get_by_role("navigation", name="Chính").get_by_role("link", name="Dân vận khéo").click()
    page.wait_for_url("**/trang/dan-van-kheo/index.html")
    page.locator(f'main a[href*="{PHONE_URL.strip("/")}"]').first.click()
    page.wait_for_url(f"**/trang{PHONE_URL}index.html")
    expect(page.get_by_role("heading", level=1)).to_contain_text("ở Cư K’nia")
    photo = page.locator("main img").first
    photo.scroll_into_view_if_needed()
    page.wait_for_function("document.querySelector('main img').complete")
    assert photo.evaluate("img => img.naturalWidth") >= 300
    assert photo.evaluate("img => img.currentSrc").endswith(".webp")


def test_the_search_says_that_it_needs_the_net_and_lists_everything(
    start: Path, open_file: Callable[..., Page]
) -> None:
    page = open_file(start.parent / "trang/index.html")
    box = page.get_by_role("search", name="Tìm trên trang").get_by_role("searchbox")
    box.fill("hũ gạo")
    box.press("Enter")
    page.wait_for_url("**/trang/tim-kiem/index.html?q=*")
    expect(page.get_by_text("Tìm theo chữ cần JavaScript và đường mạng")).to_be_visible()
    page.get_by_role("link", name="Hũ gạo tình thương").first.click()
    page.wait_for_url("**/trang/bai-viet/**/index.html")
