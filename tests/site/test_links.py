"""Everything that a page points at is there, and nothing that it needs comes from elsewhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from PIL import Image

from plugins.content.addresses.sections import TAKEN
from tests.site.pages import Site

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from tests.site.conftest import Build
    from tests.site.pages import Page


def _targets(page: Page) -> Iterator[tuple[Element, str]]:
    """Yield every address on a page, as it is written, with the element that has it."""
    for element in page.find():
        for name in ("href", "src", "poster", "action", "data"):
            if value := element.get(name):
                yield element, value
        for candidate in element.get("srcset", "").split(","):
            if candidate.strip():
                yield element, candidate.split()[0]
        if element.tag == "meta" and element.get("property") == "og:image":
            yield element, element.get("content", "")


def _own(site: Site, url: str, target: str) -> str | None:
    """Return the path (and anchor) of an address when it is the site's own, else None."""
    absolute = urljoin(site.address + url, target)
    if not absolute.startswith(f"{site.address}/"):
        return None
    return absolute.removeprefix(site.address)


def dead_links(site: Site) -> list[str]:
    """Return every address of the site's own that nothing answers: page, anchor, picture, feed, file."""
    dead, checked = [], 0
    for url, page in site.pages.items():
        for element, target in _targets(page):
            own = _own(site, url, target)
            checked += own is not None
            if own is not None and not site.has(own):
                dead.append(f"{url}: {element.tag} {target}")
    assert checked > 1000
    return dead


def test_no_link_picture_feed_or_anchor_is_dead(site: Site) -> None:
    assert dead_links(site) == []


def test_quick_reading_meets_the_same_addresses_and_anchors(site: Site) -> None:
    for url, page in Site(site.root, quick=True).pages.items():
        found, expected = ([(one.tag, target) for one, target in _targets(read)] for read in (page, site[url]))
        assert found == expected, url
        assert page.ids == site[url].ids, url


def test_no_standing_page_could_stand_where_the_site_has_its_own(built: Build) -> None:
    folders = {path.name for path in built.site.root.iterdir() if path.is_dir()}
    standing = {path.stem for path in (built.project / "content/trang").glob("*.md")}
    assert folders - standing == TAKEN


def test_no_link_leads_through_a_redirect_or_a_file_name(site: Site) -> None:
    """A page's address ends in “/”: each page has one permanent address."""
    faults = []
    for url, page in site.pages.items():
        for element, target in _targets(page):
            path = urlsplit(_own(site, url, target) or "/").path
            if (
                element.tag == "a"
                and target[0] != "#"
                and (path.endswith(".html") or (not path.endswith("/") and "." not in path))
            ):
                faults.append(f"{url}: {target}")
    assert faults == []


def test_nothing_that_a_page_needs_comes_from_another_host(site: Site) -> None:
    faults = []
    for url, page in site.pages.items():
        for element, target in _targets(page):
            if element.tag != "a" and _own(site, url, target) is None:
                faults.append(f"{url}: {element.tag} {target}")
    assert faults == []


def test_style_sheets_point_at_files_of_the_site(built: Build) -> None:
    checked = 0
    for sheet in built.site.root.rglob("*.css"):
        text = sheet.read_text(encoding="utf-8")
        assert "@import" not in text
        url = f"/{sheet.relative_to(built.site.root).as_posix()}"
        for target in re.findall(r"url\(\s*[\"']?([^\"')]+)", text):
            checked += 1
            assert built.site.has(urljoin(url, target)), f"{url}: {target}"
    assert checked >= 3


def test_the_font_brings_its_licence(site: Site) -> None:
    assert "SIL OPEN FONT LICENSE" in (site.root / "theme/fonts/OFL.txt").read_text(encoding="utf-8").upper()


def test_every_page_can_be_reached_from_the_home_page(site: Site) -> None:
    reached, waiting = {"/"}, ["/"]
    while waiting:
        url = waiting.pop()
        for element in (*site[url].find("a"), *site[url].find("form")):
            target = element.get("href") or element.get("action", "")
            path = urlsplit(_own(site, url, target) or "").path
            if path in site.pages and path not in reached:
                reached.add(path)
                waiting.append(path)
    assert site.pages.keys() - reached == {"/404.html", *site.signposts}


def test_pictures_have_the_size_that_the_page_says(built: Build) -> None:
    """Else the text jumps while they load."""
    sizes: dict[str, tuple[int, int]] = {}
    for url, page in built.site.pages.items():
        for img in page.find("img"):
            source = img.get("src", "")
            if source.endswith(".svg"):
                continue
            if source not in sizes:
                with Image.open(built.site.root / source.lstrip("/")) as image:
                    sizes[source] = image.size
            assert (int(img.get("width", 0)), int(img.get("height", 0))) == sizes[source], f"{url}: {source}"
    assert len(sizes) > 10


def test_a_link_to_a_hidden_story_is_plain_words(built: Build) -> None:
    story = built.site["/bai-viet/2024/anh-chup-bang-dien-thoai/"]
    assert "bài chưa đăng thì không dẫn đi đâu" in " ".join("".join(story.main.itertext()).split())
    assert {link.text for link in story.find("a")} >= {"văn bản hướng dẫn", "liên kết ra ngoài"}
    assert "bài chưa đăng" not in {link.text for link in story.find("a")}
