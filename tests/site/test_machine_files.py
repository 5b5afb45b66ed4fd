"""Files for programs: site map, feeds, robots, manifest, structured data."""

from __future__ import annotations

import json
from datetime import date, datetime, time, timedelta, timezone
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest
from PIL import Image

from tests.site import checkout
from tests.site.pages import find, words
from tests.site.test_index import COMMUNES, INDEX, communes_of, read_csv, story_path

if TYPE_CHECKING:
    from tests.site.conftest import Build
    from tests.site.pages import Page, Site

ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
VIETNAM = timezone(timedelta(hours=7))


def _read_xml(site: Site, path: str) -> ET.Element:
    return ET.fromstring((site.root / path.lstrip("/")).read_bytes())  # noqa: S314 - we wrote it


def test_the_site_map_has_exactly_the_pages(site: Site) -> None:
    locations = [words(loc) for loc in _read_xml(site, "sitemap.xml").iter(f"{SITEMAP}loc")]
    assert len(locations) == len(set(locations))
    assert set(locations) == {site.address + url for url in site.pages.keys() - site.signposts - {"/404.html"}}


def test_the_site_map_has_the_days_of_changes(site: Site) -> None:
    for entry in _read_xml(site, "sitemap.xml"):
        url = words(entry.find(f"{SITEMAP}loc")).removeprefix(site.address)
        changed = entry.findtext(f"{SITEMAP}lastmod")
        if url in site.stories:
            assert changed == site[url].modified, url
        elif url == "/":
            assert changed == max((page.modified for page in site.stories.values()), default=None)
        elif cards := find(site[url].main, "li", "card"):
            # Stories of another main field, offered below, are not of the page's list.
            own = set(site.listed(url)) if "trang/" not in url else None
            shown = [find(card, "a")[0].get("href", "") for card in cards]
            days = [site[story].modified for story in shown if own is None or story in own]
            assert changed == max(days, default=None), url


def _feeds(site: Site) -> dict[str, ET.Element]:
    return {
        f"/feeds/{file.name}": _read_xml(site, f"/feeds/{file.name}") for file in (site.root / "feeds").glob("*.xml")
    }


def _links(element: ET.Element) -> dict[str, str]:
    return {link.get("rel", ""): link.get("href", "") for link in element.findall(f"{ATOM}link")}


def test_each_feed_holds_the_newest_of_the_page_that_it_follows(site: Site) -> None:
    for url, feed in _feeds(site).items():
        links = _links(feed)
        assert links["self"] == site.address + url
        followed = site.listed(links["alternate"].removeprefix(site.address))
        entries = [_links(entry)["alternate"].removeprefix(site.address) for entry in feed.findall(f"{ATOM}entry")]
        assert entries
        assert len(entries) == min(30, len(followed)), url
        # A commune's page divides its stories by field; its feed tells them by date.
        newest = sorted((site[story].day for story in followed), reverse=True)
        assert [site[entry].day for entry in entries] == newest[: len(entries)]
        assert set(entries) <= set(followed)


def test_each_entry_matches_its_page(site: Site) -> None:
    for feed in _feeds(site).values():
        for entry in feed.findall(f"{ATOM}entry"):
            page = site[_links(entry)["alternate"].removeprefix(site.address)]
            assert entry.findtext(f"{ATOM}title") == page.heading
            lead = page.find("p", "story__lead")
            assert (entry.findtext(f"{ATOM}summary") or "") == (words(lead[0]) if lead else "")


def test_no_time_in_a_feed_depends_on_when_it_was_built(site: Site) -> None:
    for url, feed in _feeds(site).items():
        entries = feed.findall(f"{ATOM}entry")
        times = []
        for entry in entries:
            page = site[_links(entry)["alternate"].removeprefix(site.address)]
            for name, day in (("published", page.day), ("updated", page.modified)):
                midnight = datetime.combine(date.fromisoformat(day), time(), VIETNAM)
                assert datetime.fromisoformat(entry.findtext(f"{ATOM}{name}", "")) == midnight, url
            times.append(midnight)
        assert datetime.fromisoformat(feed.findtext(f"{ATOM}updated", "")) == max(times)


def test_identifiers_in_feeds_are_unique_and_do_not_hang_on_the_address(built: Build, published: Build) -> None:
    both = []
    for site in (built.site, published.site):
        entries = _feeds(site)["/feeds/tat-ca.atom.xml"].findall(f"{ATOM}entry")
        identifiers = {_links(e)["alternate"].removeprefix(site.address): e.findtext(f"{ATOM}id") for e in entries}
        assert len(set(identifiers.values())) == len(entries)
        both.append(identifiers)
    shared = both[0].keys() & both[1].keys()
    assert shared
    assert {url: both[0][url] for url in shared} == {url: both[1][url] for url in shared}


def test_every_field_and_commune_with_stories_has_a_feed(site: Site) -> None:
    terms = [url for url in site.pages if url.startswith((f"{INDEX}linh-vuc/", COMMUNES)) and url.count("/") == 4]
    expected = {"/feeds/tat-ca.atom.xml"} if site.stories else set()
    for url in terms:
        _, _, kind, term, _ = url.split("/")
        feed = f"/feeds/{kind}-{term}.atom.xml"
        offered = [link.get("href") for link in site[url].find("link", type="application/atom+xml")]
        if site.listed(url):
            expected.add(feed)
            assert offered == [feed]
        else:
            assert feed not in offered
    assert _feeds(site).keys() == expected


def test_robots_are_welcome_and_shown_the_site_map(site: Site) -> None:
    lines = (site.root / "robots.txt").read_text(encoding="utf-8").splitlines()
    assert lines == ["User-agent: *", "Allow: /", "", f"Sitemap: {site.address}/sitemap.xml"]


def test_the_manifest_names_the_site_and_its_icons(site: Site) -> None:
    manifest = json.loads((site.root / "manifest.webmanifest").read_text(encoding="utf-8"))
    assert manifest["name"] == words(site["/"].first("span", "brand__name"))
    assert (manifest["lang"], manifest["start_url"]) == ("vi", "/")
    sizes = []
    for icon in manifest["icons"]:
        assert site.has(icon["src"])
        if icon["type"] == "image/png":
            with Image.open(site.root / icon["src"].lstrip("/")) as image:
                assert icon["sizes"] == f"{image.width}x{image.height}"
                sizes.append(image.width)
    assert sizes == [192, 512]


def test_each_story_is_an_article_to_search_engines(built: Build) -> None:
    site = built.site
    origins = {row["Mã bài nhân rộng"]: row["Mã bài gốc"] for row in read_csv(site, "nhan-rong.csv")}
    rows = {story_path(site, row): row for row in read_csv(site, "dien-hinh.csv")}
    url_of = {row["Mã bài"]: row["Địa chỉ"] for row in rows.values()}
    assert len(site.stories) > len(rows)
    for url, page in site.stories.items():
        (article,) = page.described_as("Article")
        assert article["headline"] == page.heading
        assert article["datePublished"] == page.day
        assert article["mainEntityOfPage"] == site.address + url
        # Who comes after the district is still to be filled in.
        office = checkout.DISTRICT if page.day <= "2025-06-30" else "Cơ quan phụ trách trang"
        assert article["publisher"]["name"] == office
        if row := rows.get(url):
            assert article["contentLocation"]["@type"] == "AdministrativeArea"
            assert article["contentLocation"]["url"] == f"{site.address}{COMMUNES}{row['Mã xã']}/"
            assert article["articleSection"][0] == row["Lĩnh vực"]
            assert article.get("isBasedOn") == url_of.get(origins.get(row["Mã bài"], ""))
        _assert_pictured(page, article)
    assert len(origins) >= 8


def _assert_pictured(page: Page, article: dict[str, Any]) -> None:
    lead = page.find("figure", "figure--lead")
    assert bool(lead) == ("image" in article)
    if lead:
        img = find(lead[0], "img")[0]
        assert article["image"]["url"].endswith(img.get("src", "-"))
        assert (article["image"]["width"], article["image"]["height"]) == (
            int(img.get("width", 0)),
            int(img.get("height", 0)),
        )


def test_the_trail_is_the_same_for_readers_and_machines(site: Site) -> None:
    without = {url for url, page in site.pages.items() if not page.described_as("BreadcrumbList")}
    assert without == {"/404.html", "/", *site.signposts}
    for url, page in site.pages.items():
        if url in without:
            continue
        (trail,) = page.described_as("BreadcrumbList")
        shown = [words(step) for step in find(page.first("nav", aria_label="Đường dẫn"), "li")]
        steps = trail["itemListElement"]
        # Readers see the page's heading; programs need it as the last step.
        assert [step["name"] for step in steps][:-1] == shown, url
        assert steps[-1]["name"] not in shown, url
        assert [step["position"] for step in steps] == list(range(1, len(steps) + 1))
        assert steps[0]["item"] == f"{site.address}/"
        assert all(site.has(step["item"].removeprefix(site.address)) for step in steps)


def test_each_list_is_a_collection_of_its_stories(site: Site) -> None:
    for url, page in site.pages.items():
        cards = find(page.main, "li", "card")
        # A chain goes by its exemplar's name, a card by its story's title.
        chains = find(page.main, "section", "chains__item")
        own = chains or [card for card in cards if "trang/" in url or _is_listed(site, url, card)]
        if not own:
            assert page.described_as("CollectionPage") == [], url
            continue
        (collection,) = page.described_as("CollectionPage")
        items = collection["mainEntity"]
        assert (collection["name"], collection["url"]) == (page.heading, site.address + url)
        assert items["@type"] == "ItemList"
        assert items["numberOfItems"] == len(own)
        links = [find(entry, "a")[0] for entry in own]
        assert [item["url"] for item in items["itemListElement"]] == [site.address + a.get("href", "") for a in links]
        assert chains or [item["name"] for item in items["itemListElement"]] == [words(a) for a in links], url


def _is_listed(site: Site, url: str, card: ET.Element) -> bool:
    return find(card, "a")[0].get("href", "") in site.listed(url)


@pytest.mark.parametrize("identifier", ["ea-tling", "xa-cu-jut"])
def test_a_commune_is_an_area_within_a_larger_one(built: Build, identifier: str) -> None:
    commune = next(commune for commune in communes_of(built.project) if commune["mã"] == identifier)
    (collection,) = built.site[f"{COMMUNES}{identifier}/"].described_as("CollectionPage")
    assert collection["about"] == {
        "@type": "AdministrativeArea",
        "name": f"{commune['loại'].capitalize()} {commune['tên']}",
        "url": f"{built.site.address}{COMMUNES}{identifier}/",
        "containedInPlace": {"@type": "AdministrativeArea", "name": commune["thuộc"]},
    }


def test_the_home_page_names_the_office_of_today(published: Build) -> None:
    (organization,) = published.site["/"].described_as("GovernmentOrganization")
    assert organization["name"] == checkout.OFFICE
    assert organization["telephone"] == "0261 000 000"
    assert organization["@context"] == "https://schema.org"
