"""Feeds as a reader program takes them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from plugins.exemplars.model.listing import feed_url
from plugins.exemplars.pages.feeds import NEWEST, Feed, build_feed, plan_feeds
from tests.conftest import VOCABULARY

if TYPE_CHECKING:
    from plugins.exemplars.model.edition import Edition
    from tests.conftest import Project

SITE = "https://example.vn"
ATOM = {"": "http://www.w3.org/2005/Atom"}


def plan(edition: Edition) -> dict[str, Feed]:
    return {feed.url: feed for feed in plan_feeds(edition.index, edition.content.office.site_name)}


def build(edition: Edition, url: str) -> str:
    return build_feed(plan(edition)[url], edition.content.office, edition.index.vocabulary, SITE)


def test_there_is_a_feed_for_all_and_for_each_field_and_commune_with_stories(district: Project) -> None:
    feeds = plan(district.edition())
    assert {url: [story.slug for story in feed.stories] for url, feed in feeds.items()} == {
        "/feeds/tat-ca.atom.xml": [
            "kenh-moi",
            "hop-thu",
            "chieng",
            "kenh-dak-drong",
            "tin",
            "hu-gao",
            "kenh-ea-tling",
            "kenh",
        ],
        "/feeds/linh-vuc-kinh-te.atom.xml": ["kenh-moi", "kenh-dak-drong", "kenh-ea-tling", "kenh"],
        "/feeds/linh-vuc-van-hoa-xa-hoi.atom.xml": ["hop-thu", "chieng", "hu-gao"],
        "/feeds/xa-ea-tling.atom.xml": ["kenh-ea-tling"],
        "/feeds/xa-nam-dong.atom.xml": ["chieng", "hu-gao", "kenh"],
        "/feeds/xa-dak-drong.atom.xml": ["kenh-dak-drong"],
        "/feeds/xa-xa-cu-jut.atom.xml": ["kenh-ea-tling"],
        "/feeds/xa-xa-nam-dong-2025.atom.xml": ["kenh-moi", "hop-thu", "chieng", "kenh-dak-drong", "hu-gao", "kenh"],
    }
    assert feeds["/feeds/xa-xa-nam-dong-2025.atom.xml"].title == "Dân vận khéo: Xã Nam Dong mới, tỉnh Lâm Đồng"
    assert len({feed.title for feed in feeds.values()}) == len(feeds)


def test_pages_and_feeds_agree_on_the_address(district: Project) -> None:
    vocabulary = district.load().vocabulary
    assert feed_url() == "/feeds/tat-ca.atom.xml"
    assert feed_url(vocabulary.fields[0]) == "/feeds/linh-vuc-kinh-te.atom.xml"
    assert feed_url(vocabulary.commune("ea-tling")) == "/feeds/xa-ea-tling.atom.xml"


def test_an_empty_edition_has_no_feed(project: Project) -> None:
    assert plan(project.edition()) == {}


def test_content_of_a_feed(district: Project) -> None:
    url = "/feeds/xa-ea-tling.atom.xml"
    root = ET.fromstring(build(district.edition(), url))  # noqa: S314 - we wrote it
    assert root.findtext("title", namespaces=ATOM) == "Dân vận khéo: Thị trấn Ea T’ling, huyện Cư Jút, tỉnh Đắk Nông"
    links = {link.get("rel"): link.get("href") for link in root.findall("link", ATOM)}
    assert links == {"alternate": f"{SITE}/dan-van-kheo/xa/ea-tling/", "self": f"{SITE}{url}"}
    (entry,) = root.findall("entry", ATOM)
    assert entry.findtext("title", namespaces=ATOM) == "Ea T’ling học làm kênh"
    assert entry.findtext("id", namespaces=ATOM) == "tag:dan-van-kheo,2020:kenh-ea-tling"
    assert entry.findtext("updated", namespaces=ATOM) == "2020-03-02T00:00:00+07:00"
    assert root.findtext("updated", namespaces=ATOM) == "2020-03-02T00:00:00+07:00"
    link = entry.find("link", ATOM)
    assert link is not None
    assert link.get("href") == f"{SITE}/bai-viet/2020/kenh-ea-tling/"


def entry_ids(edition: Edition) -> set[str | None]:
    root = ET.fromstring(build(edition, feed_url()))  # noqa: S314 - we wrote it
    return {entry.findtext("id", namespaces=ATOM) for entry in root.findall("entry", ATOM)}


def test_an_entry_is_the_same_after_a_rename_and_in_another_year(project: Project) -> None:
    front = {"Tiêu đề": "Kênh", "Địa chỉ cũ": "[/tin/7.html, 2020/kenh, 2020/kenh-moi]"}
    project.write_story("kenh-nay", 2021, front=front)
    assert entry_ids(project.edition()) == {"tag:dan-van-kheo,2020:kenh"}


def test_new_entries_bear_the_name_of_their_site_and_old_ones_stay(project: Project) -> None:
    office = VOCABULARY["co-quan.yaml"]
    project.write("content/danh-muc/co-quan.yaml", f"{office}mã nguồn tin: cưjút.vn, 1/1/2021\n")
    project.write_story("cu", 2020)
    project.write_story("moi", 2021, front={"Tiêu đề": "Mới", "Địa chỉ cũ": "2021/dau-tien"})
    assert project.problems() == []
    assert entry_ids(project.edition()) == {
        "tag:dan-van-kheo,2020:cu",
        "tag:xn--cjt-9na22g.vn,2021-01-01:2021/dau-tien",
    }
    moved = office.replace("https://example.vn", "https://khac.vn")
    project.write("content/danh-muc/co-quan.yaml", f"{moved}mã nguồn tin: cưjút.vn, 1/1/2021\n")
    assert "tag:xn--cjt-9na22g.vn,2021-01-01:2021/dau-tien" in entry_ids(project.edition())
    project.write("content/danh-muc/co-quan.yaml", f"{office}mã nguồn tin: cưjút\n")
    assert 'Mã nguồn tin "cưjút" không đúng dạng' in project.problems()[0]


def test_signs_of_markup_stay_words(project: Project) -> None:
    project.write_story(front={"Tiêu đề": "Ba & <b>bốn</b>", "Tóm tắt": "5 < 6 & 7"})
    root = ET.fromstring(build(project.edition(), "/feeds/tat-ca.atom.xml"))  # noqa: S314 - we wrote it
    assert root.findtext("entry/title", namespaces=ATOM) == "Ba & <b>bốn</b>"
    assert root.findtext("entry/summary", namespaces=ATOM) == "5 < 6 & 7"


def test_a_feed_holds_the_newest_and_is_the_same_each_time(project: Project) -> None:
    for number in range(NEWEST + 5):
        project.write_story(f"bai-{number}", front={"Tiêu đề": f"Bài {number}", "Ngày": f"{number % 28 + 1}/8/2020"})
    first, second = (build(project.edition(), "/feeds/linh-vuc-kinh-te.atom.xml") for _ in range(2))
    assert first == second
    assert first.count("<entry>") == NEWEST
