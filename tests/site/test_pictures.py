"""Photos, galleries and share cards as the pages of a real build have them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PIL import Image

from tests.site.checkout import COPY_URL, PHONE_URL, run
from tests.site.pages import find, pictures, words

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from tests.site.conftest import Build
    from tests.site.pages import Page, Site

GALLERY_URL = "/bai-viet/2019/hai-thon-chung-tay-be-tong-hoa-kenh-muong-noi-dong/"
PHOTO_NAME = re.compile(r"/bai-viet/\d{4}/[a-z0-9-]+/[a-z0-9-]+-[0-9a-f]{8}-\d+\.(webp|jpg)")


def _photos(page: Page) -> list[Element]:
    return [picture for picture in page.find("picture") if find(picture, "img")[0].get("src", "").startswith("/bai-")]


def test_every_picture_that_is_named_is_there_under_a_name_with_its_hash(site: Site) -> None:
    named = {url for page in site.pages.values() for url in pictures(page)}
    assert [url for url in named if not site.has(url)] == []
    assert [
        url
        for url in named
        if url.startswith("/bai-viet/") and "/chia-se-" not in url and not PHOTO_NAME.fullmatch(url)
    ] == []


def test_every_photo_is_offered_in_its_sizes(built: Build) -> None:
    seen = 0
    for url, page in built.site.pages.items():
        for picture in _photos(page):
            (source,), (img,) = find(picture, "source"), find(picture, "img")
            assert (source.get("type"), list(picture)) == ("image/webp", [source, img]), url
            assert source.get("sizes")
            for candidate in source.get("srcset", "").split(", "):
                address, width = candidate.split(" ")
                with Image.open(built.site.root / address.lstrip("/")) as image:
                    assert (image.format, f"{image.width}w") == ("WEBP", width)
            with Image.open(built.site.root / img.get("src", "").lstrip("/")) as image:
                assert (image.format, image.size) == ("JPEG", (int(img.get("width", 0)), int(img.get("height", 0))))
                assert image.width <= 800
            seen += 1
    assert seen > 100


def test_only_pictures_in_view_are_loaded_at_once(built: Build) -> None:
    for url, page in built.site.pages.items():
        photos = [find(picture, "img")[0] for picture in _photos(page)]
        eager = [img for img in photos if img.get("loading") == "eager"]
        assert len(eager) <= 1, url
        assert all(img.get("fetchpriority") == "high" for img in eager)
        assert all((img.get("loading"), img.get("decoding")) == ("lazy", "async") for img in photos if img not in eager)
    for url in ("/", PHONE_URL, GALLERY_URL):
        assert find(_photos(built.site[url])[0], "img")[0].get("loading") == "eager", url


def test_lists_load_small_copies(built: Build) -> None:
    for page in built.site.pages.values():
        for css, most in (("card__photo", 480), ("teaser__photo", 480)):
            for picture in _photos(page):
                if find(picture, "img", css):
                    widths = re.findall(r" (\d+)w", find(picture, "source")[0].get("srcset", ""))
                    assert max(map(int, widths)) <= most


def test_the_first_load_of_a_phone_is_light(built: Build) -> None:
    for page in built.site.stories.values():
        for figure in page.find("figure", "figure--lead"):
            urls = find(figure, "source")[0].get("srcset", "").split(", ")
            for address, width in (url.split(" ") for url in urls):
                if int(width[:-1]) <= 800:
                    assert (built.site.root / address.lstrip("/")).stat().st_size <= 80_000


def test_a_gallery_is_a_list_of_photos_with_words(built: Build) -> None:
    page = built.site[GALLERY_URL]
    (gallery,) = page.find("section", "gallery")
    assert gallery.get("aria-labelledby") == find(gallery, "h2")[0].get("id")
    items = find(gallery, "li")
    assert len(items) == 3
    for item in items:
        (link,), (img,) = find(item, "a"), find(item, "img")
        assert built.site.has(link.get("href", ""))
        assert link.get("href", "").endswith("-1600.webp")
        assert img.get("alt")
        assert words(find(item, "figcaption")[0]).endswith("Hình vẽ minh họa.")
    scripts = [script.get("src", "") for script in page.find("script", type="module")]
    assert [src for src in scripts if "gallery" in src]
    plain = [script.get("src", "") for script in built.site[COPY_URL].find("script", type="module")]
    assert not [src for src in plain if "gallery" in src]


def test_the_gallery_script_is_small(built: Build) -> None:
    (file,) = (built.site.root / "theme/js").glob("gallery*.js")
    assert file.stat().st_size < 5_000


def test_every_published_story_has_a_card_to_be_shared_by(built: Build, published: Build) -> None:
    site = published.site
    assert site.stories
    for url, page in site.stories.items():
        meta = {m.get("property"): m.get("content", "") for m in page.find("meta") if m.get("property")}
        address = meta["og:image"].removeprefix(site.address)
        # With the story's photo where it has one, else with words and a plate.
        ending = "jpg" if page.find("figure", "figure--lead") else "png"
        assert re.fullmatch(rf"{re.escape(url)}chia-se-[0-9a-f]{{8}}\.{ending}", address)
        with Image.open(site.root / address.lstrip("/")) as image:
            assert image.size == (1200, 630) == (int(meta["og:image:width"]), int(meta["og:image:height"]))
        assert meta["og:image:alt"].startswith(page.heading)
    # Nobody shares from a build on one's own machine, and drawing takes longer than all its pages.
    assert list(built.site.root.rglob("chia-se-*")) == []


def test_a_second_build_takes_its_pictures_from_the_cache(built: Build) -> None:
    entries = {file: file.stat().st_mtime_ns for file in (built.project / ".cache/photos").rglob("*") if file.is_file()}
    assert len(entries) > 100
    assert run(built.project, "build").code == 0
    again = {file: file.stat().st_mtime_ns for file in (built.project / ".cache/photos").rglob("*") if file.is_file()}
    assert again == entries


def test_a_story_without_a_photo_has_a_plate_in_lists_and_nowhere_else(built: Build) -> None:
    site = built.site
    seen = 0
    for url, page in site.pages.items():
        plates = page.find("img", "plate")
        for img in plates:
            address = img.get("src", "")
            assert address.startswith("/hinh-trang-tri/"), url
            assert site.has(address)
            assert (img.get("alt"), img.get("width"), img.get("height")) == ("", "360", "240")
        seen += len(plates)
        # None replaces a story's photo, and none is described as a picture.
        assert not find(page.main, "figure", "figure--lead") or not plates or not url.startswith("/bai-viet/2")
        assert "hinh-trang-tri" not in str(page.data)
    assert seen > 30
    for card in (card for page in site.pages.values() for card in page.find("li", "card")):
        assert len(find(card, "img")) == 1


def test_no_feed_names_a_plate_and_no_plate_is_left_over(built: Build) -> None:
    root = built.site.root
    assert not [feed for feed in root.rglob("*.xml") if "hinh-trang-tri" in feed.read_text(encoding="utf-8")]
    shown = {url for page in built.site.pages.values() for url in pictures(page) if url.startswith("/hinh-trang-tri/")}
    assert {f"/hinh-trang-tri/{file.name}" for file in (root / "hinh-trang-tri").iterdir()} == shown
