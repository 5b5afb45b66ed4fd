"""Never published: drafts, places of photos, originals; and samples never pass for real."""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

from tests.site import checkout
from tests.site.pages import find, pictures, words

if TYPE_CHECKING:
    from tests.site.conftest import Build
    from tests.site.pages import Site

PREVIEW = Path(__file__).parents[2] / "plugins/preview"
PHOTO_SUFFIXES = {".jpg", ".jpeg", ".png", ".webp", ".avif"}


def _photos(folder: Path) -> list[Path]:
    return [file for file in sorted(folder.rglob("*")) if file.suffix.lower() in PHOTO_SUFFIXES]


def _samples(project: Path) -> set[str]:
    """Return the addresses of the stories that say “Mẫu: có”."""
    found = set()
    for file in (project / checkout.STORIES).rglob("bai.md"):
        text = file.read_text(encoding="utf-8")
        if re.search(r"^Mẫu: có$", text, re.MULTILINE) and "\nGỡ:" not in text:
            found.add(file.parent)
    extra = {
        checkout.PHONE_STORY: checkout.PHONE_URL,
        checkout.COPY_STORY: checkout.COPY_URL,
        checkout.NEWS_STORY: checkout.NEWS_URL,
    }
    urls = {project / path: url for path, url in extra.items()}
    return {urls.get(folder / "bai.md", f"/bai-viet/{folder.parent.name}/{folder.name}/") for folder in found}


def test_a_draft_is_nowhere(site: Site) -> None:
    assert "bai-con-viet-do" not in " ".join(path.as_posix() for path in site.root.rglob("*"))
    for file in site.root.rglob("*"):
        if file.is_file():
            data = file.read_bytes()
            for trace in (checkout.DRAFT_TITLE, "bai-con-viet-do", "Chưa ai xem", "anh-chua-ai-xem"):
                assert trace.encode() not in data, file


def test_nothing_of_the_preview_and_its_form_is_on_the_site(site: Site) -> None:
    ours = {file.name for file in (PREVIEW / "static").iterdir()}
    assert not ours & {file.name for file in site.root.rglob("*")}
    for file in site.root.rglob("*"):
        if file.suffix in (".html", ".js", ".css", ".json", ".txt", ".xml"):
            text = file.read_text(encoding="utf-8")
            assert not [trace for trace in ("_xem-thu", "_ban-bien-tap", "X-Xem-Thu", ".history") if trace in text], (
                file
            )


def test_a_build_says_which_drafts_it_left_out(built: Build) -> None:
    assert f"Không đưa lên 1 bài nháp: {checkout.DRAFT_STORY}" in built.run.stdout


def test_no_original_photo_is_on_the_site(built: Build) -> None:
    originals = {sha256(file.read_bytes()).hexdigest() for file in _photos(built.project / "content")}
    shown = {sha256(file.read_bytes()).hexdigest() for file in built.site.root.rglob("*") if file.is_file()}
    assert len(originals) > 10
    assert originals & shown == set()


def test_no_photo_has_its_place_time_or_camera(built: Build) -> None:
    photos = _photos(built.site.root)
    assert len(photos) > 10
    for file in photos:
        data = file.read_bytes()
        with Image.open(file) as image:
            assert dict(image.getexif()) == {}, file
            assert (
                image.info.keys() & {"exif", "xmp", "XML:com.adobe.xmp", "icc_profile", "comment", "photoshop"} == set()
            )
        for trace in (b"Exif\x00", b"http://ns.adobe.com", b"CameraOwner", "Máy của cô Hoa".encode()):
            assert trace not in data, file


def test_a_rotated_photo_is_upright(built: Build) -> None:
    page = built.site[checkout.PHONE_URL]
    lead = find(page.first("figure", "figure--lead"), "img")[0]
    file = built.site.root / lead.get("src", "").lstrip("/")
    with Image.open(file) as image:
        assert image.size == (600, 800) == (int(lead.get("width", 0)), int(lead.get("height", 0)))
        red, blue = image.convert("RGB").getpixel((300, 100)), image.convert("RGB").getpixel((300, 700))
    assert red[0] > 150 > red[2]
    assert blue[2] > 150 > blue[0]
    assert re.fullmatch(r"anh-tu-dien-thoai-[0-9a-f]{8}-600\.jpg", file.name)


def test_only_photos_that_a_page_shows_are_written(site: Site) -> None:
    shown = {url for page in site.pages.values() for url in pictures(page)}
    written = {f"/{file.relative_to(site.root).as_posix()}" for file in _photos(site.root / "bai-viet")}
    assert written <= shown


def test_a_sample_says_so_on_its_page_and_wherever_it_is_offered(built: Build) -> None:
    samples = _samples(built.project)
    assert len(samples) > 40
    assert samples <= built.site.stories.keys()
    for url, page in built.site.stories.items():
        notices = [words(notice) for notice in find(page.main, "p", "notice")]
        assert any(notice.startswith("Bài mẫu.") for notice in notices) == (url in samples), url
    offers = [
        (url, offer)
        for url, page in built.site.pages.items()
        for name in ("card", "teaser", "front__lead")
        for offer in page.find(css_class=name)
    ]
    assert len(offers) > 400
    for url, offer in offers:
        links = {link.get("href") for link in find(offer, "a")}
        assert ("Bài mẫu" in words(offer)) == bool(links & samples), url


def test_a_publish_leaves_every_sample_out_and_says_so(built: Build, published: Build) -> None:
    samples = _samples(built.project)
    assert published.site.stories.keys() == built.site.stories.keys() - samples
    assert len(published.site.stories) >= 4
    labelled = [url for url, page in published.site.pages.items() if "Bài mẫu" in page.html]
    # One explains the label, the other has a column of that name.
    assert labelled == ["/du-lieu/", "/gioi-thieu/"]
    assert re.search(rf"^Không đưa lên {len(samples)} bài mẫu: content/bai-viet/", published.run.stdout, re.MULTILINE)
    assert f"Không đưa lên 1 bài nháp: {checkout.DRAFT_STORY}" in published.run.stdout


YEARS = ("/dan-van-kheo/nam/", "/bao-cao/2")


def test_a_publish_keeps_every_address_but_those_of_stories(built: Build, published: Build, empty: Build) -> None:
    for build in (published, empty):
        gone = built.site.pages.keys() - build.site.pages.keys() - built.site.stories.keys() - built.site.signposts
        # Only a second page of a list, and a year in which nothing is left, go with their stories.
        assert [url for url in gone if "/trang/" not in url and not url.startswith(YEARS)] == []


def test_typed_text_is_never_markup(built: Build) -> None:
    page = built.site[checkout.PHONE_URL]
    assert page.heading == 'Chụp & kể <mỗi tuần> một chuyện "thật" ở Cư K’nia'
    body = page.first("div", "prose")
    assert find(body, "script") == []
    assert [element.tag for element in find(body) if element.get("onclick") or element.get("style")] == []
    assert page.ids.count("noi-dung") == 1
    assert [element.tag for element in find(body) if element.tag in ("h1", "h2", "h3")] == ["h2", "h3"]
    assert "Klei blŭ Êđê" in words(find(body, "p", lang="rad")[0])
