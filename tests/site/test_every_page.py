"""Promises about every page of every edition."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.site import checkout
from tests.site.checkout import PROJECT
from tests.site.pages import find, words

if TYPE_CHECKING:
    from tests.site.conftest import Build
    from tests.site.pages import Page, Site


def test_every_page_has_a_title_of_its_own(site: Site) -> None:
    titles = Counter(words(page.first("title")) for page in site.pages.values())
    assert [title for title, count in titles.items() if count > 1 or not title] == []
    assert [url for url, page in site.pages.items() if len(page.find("title")) != 1] == []


def test_every_page_has_one_heading_of_the_first_level(site: Site) -> None:
    assert [url for url, page in site.pages.items() if len(page.find("h1")) != 1 or not page.heading] == []


def test_headings_never_skip_a_level(site: Site) -> None:
    faults = []
    for url, page in site.pages.items():
        levels = [int(element.tag[1]) for element in page.find() if re.fullmatch("h[1-6]", element.tag)]
        faults += [f"{url}: h{a} → h{b}" for a, b in pairwise(levels) if b > a + 1]
    assert faults == []


def test_every_page_is_in_vietnamese(site: Site) -> None:
    assert {page.first("html").get("lang") for page in site.pages.values()} == {"vi"}
    assert [url for url, page in site.pages.items() if 'charset="utf-8"' not in page.html[:200]] == []


def _landmark_faults(page: Page) -> list[str]:
    faults = [tag for tag in ("header", "main", "footer") if len(_landmarks(page, tag)) != 1]
    navigations = [nav.get("aria-label", "") for nav in page.find("nav")]
    if "Chính" not in navigations or "" in navigations or len(set(navigations)) < len(navigations):
        faults.append(f"nav {navigations}")
    first = find(page.first("body"), "a")[0]
    if first.get("href") != f"#{page.main.get('id')}" or words(first) != "Đến nội dung":
        faults.append("skip link")
    return faults


def _landmarks(page: Page, tag: str) -> list[object]:
    # A header inside an article is the article's own.
    return [child for child in page.first("body") if child.tag == tag]


def test_every_page_has_its_landmarks_and_begins_with_the_way_to_its_content(site: Site) -> None:
    faults = {url: found for url, page in site.pages.items() if (found := _landmark_faults(page))}
    assert faults == {}


def test_the_current_page_is_marked_in_the_navigation(site: Site) -> None:
    for url in ("/", "/bai-viet/", "/dan-van-kheo/", "/phong-trao/", "/van-ban/", "/gioi-thieu/"):
        navigation = site[url].first("nav", aria_label="Chính")
        assert [link.get("href") for link in find(navigation, aria_current="page")] == [url]
    below = site["/dan-van-kheo/xa/nam-dong/"].first("nav", aria_label="Chính")
    assert [link.get("href") for link in find(below, aria_current="true")] == ["/dan-van-kheo/"]


def _head_faults(page: Page, address: str) -> list[str]:
    properties = {meta.get("property"): meta.get("content", "") for meta in page.find("meta") if meta.get("property")}
    descriptions = [meta.get("content", "") for meta in page.find("meta", name="description")]
    faults = [f"og:{name}" for name in ("title", "description", "type", "image") if not properties[f"og:{name}"]]
    # A former address names the new one; a story taken down is not named, nor is its address.
    moved = [meta.get("content", "").partition("url=")[2] for meta in page.find("meta", http_equiv="refresh")]
    is_gone = "đã được gỡ" in page.heading
    url = None if is_gone else address + (moved[0] if moved else page.url)
    if properties.get("og:url") != url:
        faults.append(f"og:url {properties.get('og:url')}")
    if not properties["og:image"].startswith(f"{address}/"):
        faults.append(f"og:image {properties['og:image']}")
    if len(descriptions) != 1 or not descriptions[0]:
        faults.append(f"description {descriptions}")
    canonical = [link.get("href") for link in page.find("link", rel="canonical")]
    if canonical != ([] if page.url == "/404.html" or is_gone else [url]):
        faults.append(f"canonical {canonical}")
    return faults


def test_every_page_describes_itself_for_sharing(site: Site) -> None:
    faults = {url: found for url, page in site.pages.items() if (found := _head_faults(page, site.address))}
    assert faults == {}
    assert site["/404.html"].find("meta", name="robots", content="noindex")


def test_a_page_counts_for_search_engines_as_for_its_readers(site: Site) -> None:
    """The description of a list begins with the number that stands over it, or with none."""
    checked = 0
    for url, page in site.pages.items():
        told = re.match(r"([\d.]+) điển hình", page.first("meta", name="description").get("content", ""))
        counts = [words(find(line, "strong")[0]) for line in page.find("p", "sheet__count")]
        if told and counts:
            assert counts == [told[1]], url
            checked += 1
    assert checked > 15 or len(site.pages) < 100


def test_a_published_site_speaks_of_its_own_address_only(published: Build) -> None:
    assert published.site.address == "https://cujut.example.vn"
    texts = [
        path for path in published.site.root.rglob("*") if path.suffix in {".html", ".xml", ".json", ".csv", ".txt"}
    ]
    assert [path.name for path in texts if "localhost" in path.read_text(encoding="utf-8")] == []


def test_no_identifier_is_used_twice_on_a_page(site: Site) -> None:
    faults = {url: twice for url, page in site.pages.items() if (twice := _twice(page.ids))}
    assert faults == {}


def _twice(values: list[str]) -> list[str]:
    return [value for value, count in Counter(values).items() if count > 1 or not value]


def test_references_between_elements_are_whole(site: Site) -> None:
    faults = []
    for url, page in site.pages.items():
        for name in ("aria-labelledby", "aria-describedby", "aria-controls", "for"):
            wanted = {part for element in page.find() for part in element.get(name, "").split()}
            faults += [f"{url}: {name}={value}" for value in wanted - set(page.ids)]
    assert faults == []


def test_no_page_carries_script_or_style_of_its_own(site: Site) -> None:
    """The content security policy to come forbids them."""
    faults = []
    for url, page in site.pages.items():
        for element in page.find():
            runs = element.tag == "script" and not element.get("src") and element.get("type") != "application/ld+json"
            handlers = [name for name in element.attrib if name == "style" or name.startswith("on")]
            if runs or element.tag == "style" or handlers or element.get("href", "").startswith("javascript:"):
                faults.append(f"{url}: {element.tag} {handlers}")
    assert faults == []


def test_every_picture_has_its_size_and_a_text(site: Site) -> None:
    pictures = [(url, img) for url, page in site.pages.items() for img in page.find("img")]
    assert pictures
    assert [
        (url, img.get("src"))
        for url, img in pictures
        if img.get("alt") is None or not img.get("width") or not img.get("height")
    ] == []


def test_every_day_is_written_for_machines_too(site: Site) -> None:
    faults = []
    for url, page in site.pages.items():
        for element in page.find("time"):
            year, month, day = map(int, element.get("datetime", "").split("-"))
            if f"{day}/{month}/{year}" not in words(element) and f"ngày {day} tháng {month} năm {year}" != words(
                element
            ):
                faults.append(f"{url}: {element.get('datetime')} {words(element)}")
    assert faults == []


def test_every_page_says_who_runs_the_site_and_who_ran_it(site: Site) -> None:
    told = "Đến hết ngày 30/6/2025, trang này do Mặt trận Tổ quốc Việt Nam huyện Cư Jút phụ trách."
    for url, page in site.pages.items():
        footer = words(page.first("footer"))
        assert [words(line) for line in page.find("p", "handover")] == [told] * (url == "/")
        assert f"Phụ trách trang đến hết ngày 30/6/2025: {checkout.DISTRICT}" in footer
        assert "Từ ngày 1/7/2025, kế thừa nhiệm vụ: Mặt trận Tổ quốc Việt Nam các xã Cư Jút" in footer
        # Missing facts leave no trace.
        assert "[điền" not in page.html
        assert "……" not in page.html


def test_a_publish_is_by_the_office_of_today(published: Build) -> None:
    for page in published.site.pages.values():
        footer = words(page.first("footer"))
        assert footer.startswith(checkout.OFFICE)
        assert "Cơ quan chủ quản: Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Lâm Đồng" in footer
        assert "Chịu trách nhiệm nội dung: Ban Thường trực" in footer
        assert words(page.first("header")).startswith("Mặt trận Tổ quốc Việt Nam xã Cư Jút")


def test_a_story_is_posted_by_the_office_of_its_day(published: Build) -> None:
    for page in published.site.stories.values():
        posted = [words(line) for line in page.find("p", "story__source") if words(line).startswith("Cơ quan đăng")]
        office = checkout.DISTRICT if page.day <= "2025-06-30" else checkout.OFFICE
        assert posted == [f"Cơ quan đăng: {office}"]
    assert {page.day for page in published.site.stories.values()} >= {"2026-11-23"}


def test_a_publish_shows_how_to_reach_the_office(published: Build) -> None:
    footer = published.site["/"].first("footer")
    assert "Số 1 đường Nguyễn Tất Thành" in words(footer)
    assert [link.get("href") for link in find(footer, "dd")[3]] == ["tel:0261000000"]
    assert find(footer, "a", href="mailto:mattran@cujut.example.vn")


def test_every_page_is_html5_without_a_parse_error(site: Site) -> None:
    assert [error for page in site.pages.values() for error in page.errors] == []


def test_every_page_passes_the_nu_checker(built: Build, published: Build, empty: Build) -> None:
    jar = Path(os.environ.get("VNU_JAR") or PROJECT / ".cache/npm/node_modules/vnu-jar/build/dist/vnu.jar")
    if not (java := shutil.which("java")):
        pytest.skip("không có Java để chạy trình kiểm tra HTML Nu: cài gói default-jre-headless")
    if not jar.is_file():
        told = pytest.fail if os.environ.get("CI") else pytest.skip
        told(f"không có {jar}: cài gói npm vnu-jar vào .cache/npm, hoặc đặt VNU_JAR")
    folders = [str(build.site.root) for build in (built, published, empty)]
    # Compiled at once and for good: better code takes longer to make than so short a run lasts.
    options = ["-XX:+IgnoreUnrecognizedVMOptions", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xss8m"]
    command = [java, *options, "-jar", str(jar), "--skip-non-html", "--also-check-svg", "--format", "json", *folders]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False, timeout=120)
    found = [
        f"{message['url'].rsplit('/output/', 1)[-1]}:{message.get('lastLine')}: {message['message']}"
        for message in json.loads(done.stderr)["messages"]
    ]
    assert found == []
