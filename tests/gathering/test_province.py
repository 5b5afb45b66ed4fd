"""A province's site over three invented communes: built once, read page by page, and counted again."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from collections import Counter
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest

from tests.gathering import corpus
from tests.gathering.made_data import make_data
from tests.site import checkout
from tests.site.conftest import find_site
from tests.site.pages import Page, Site, find, words

if TYPE_CHECKING:
    from pathlib import Path
    from xml.etree.ElementTree import Element

MEMBERS, EACH = 3, 20
OWN = "bai-viet/2026/tinh-ke-chuyen/bai.md"
_STORY = f"""\
---
Tiêu đề: Tỉnh kể chuyện {corpus.commune_name(0)}
Ngày: 5/10/2026
Lĩnh vực: Kinh tế
Xã: {corpus.member_id(0)}
Loại: Mô hình
Mẫu: có
Nhân rộng từ: {corpus.story_url(1, 0)}
---
Học từ nơi khác.
"""
_FROM_NOWHERE = _STORY.replace(corpus.story_url(1, 0), "https://la.example.vn/bai-viet/2026/la/").replace("kể", "nghe")
_FAR = "https://xa.example.vn/bai-viet/2026/hoc-tu-tinh/"


class Province:
    """The built site, and the rows of its members."""

    def __init__(self, folder: Path) -> None:
        self.project = checkout.copy_project(folder)
        shutil.rmtree(self.project / "content")
        corpus.write_province(self.project, MEMBERS, EACH)
        checkout.write(self.project, f"content/{OWN}", _STORY)
        checkout.write(self.project, f"content/{OWN.replace('ke', 'nghe')}", _FROM_NOWHERE)
        self.rows = [row for number in range(MEMBERS) for row in corpus.make_exemplars(number, EACH)]
        # Learned from the province; a row of another's is refused by whoever reads; a place that none knows.
        learned = corpus.make_exemplars(2, EACH)
        learned[-1]["replicates_url"] = f"{corpus.PROVINCE}/{OWN.removesuffix('bai.md')}"
        learned[-2] |= {"title": 'Chữ <b>"lạ"</b> & dấu', "summary": "</script><script>alert(1)</script>"}
        self.rows[-EACH:] = learned
        corpus.write_member(self.project, corpus.member_id(2), make_data(corpus.address(2), learned))
        # Gathered by a site further on only.
        copy = {"url": _FAR, "name": "Học từ tỉnh", "place": "xã Xa", "site": "Mặt trận xã Xa"}
        known = copy | {"url": learned[-1]["url"]}
        origin = {"url": learned[-1]["replicates_url"], "name": "", "copies": [copy, known]}
        rows = corpus.make_exemplars(0, EACH)
        corpus.write_member(
            self.project, corpus.member_id(0), make_data(corpus.address(0), rows), {"origins": [origin]}
        )
        self.run = checkout.run(self.project, "build")
        self.site = Site(find_site(self.project))

    def read(self, path: str) -> str:
        return (find_site(self.project) / path).read_text(encoding="utf-8-sig")


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> Province:
    return Province(tmp_path_factory.mktemp("tinh"))


def test_index_matrix_report_and_data_say_the_same(province: Province) -> None:
    assert province.run.code == 0, province.run.stderr
    fields = Counter(row["field"] for row in province.rows) + Counter({"Kinh tế": 2})
    total = fields.total()
    assert words(province.site["/dan-van-kheo/"].first("p", "browse__status")).startswith(f"{total} điển hình")
    table = list(csv.DictReader(io.StringIO(province.read("du-lieu/dien-hinh.csv"))))
    assert Counter(row["Lĩnh vực"] for row in table) == fields
    assert {row["Địa chỉ"] for row in table if row["Trang"]} == {row["url"] for row in province.rows}
    gathered: list[dict[str, Any]] = json.loads(province.read("du-lieu/thu-ve.json"))["exemplars"]
    own: list[dict[str, Any]] = json.loads(province.read("du-lieu/dien-hinh.json"))["exemplars"]
    assert (len(gathered), len(own)) == (len(province.rows), 2)
    years = Counter(str(row["year"]) for row in province.rows) + Counter({"2026": 2})
    compared = list(csv.reader(io.StringIO(province.read("bao-cao/2026/bao-cao-2026.csv"))))
    assert any(str(years["2026"]) in row for row in compared)
    for number in range(MEMBERS):
        page = province.site[f"/dan-van-kheo/xa/{corpus.member_id(number)}/"]
        assert words(page.first("p", "sheet__count")).startswith(f"{EACH + 2 * (number == 0)} điển hình")


def cards_of(page: Page, link: Element) -> list[Element]:
    """Return the card that a link stands in."""
    return [card for card in page.find("li", "card") if link in card.iter()]


def test_a_card_leads_to_the_site_that_it_names(province: Province) -> None:
    page = province.site[f"/dan-van-kheo/xa/{corpus.member_id(1)}/"]
    links = [link for link in page.find("a") if link.get("href", "").startswith(corpus.address(1))]
    assert len(links) >= 12
    for link in links:
        assert words(link).endswith(f"trên trang xã {corpus.commune_name(1)}")
        assert (link.get("rel"), link.get("target")) == ("external", None)
        assert not [picture for card in cards_of(page, link) for picture in find(card, "img")]
    assert "<script>alert" not in "".join(one.html for one in province.site.pages.values())
    assert not [error for one in province.site.pages.values() for error in one.errors]


def test_chains_go_from_site_to_site(province: Province) -> None:
    maps = province.site["/nhan-rong/"]
    text = words(maps.main)
    assert f"Tỉnh kể chuyện {corpus.commune_name(0)}" in text
    assert corpus.story_url(1, 0) in {link.get("href") for link in maps.find("a")}
    table = list(csv.DictReader(io.StringIO(province.read("du-lieu/nhan-rong.csv"))))
    edges = {(row["Mã bài gốc"], row["Mã bài nhân rộng"]) for row in table}
    assert (corpus.story_url(1, 0), "tinh-ke-chuyen") in edges
    assert ("tinh-ke-chuyen", corpus.story_url(2, EACH - 1)) in edges
    stated = sum(bool(row["replicates_url"]) for row in province.rows)
    assert len(edges) == stated + 1
    story = province.site["/bai-viet/2026/tinh-nghe-chuyen/"]
    assert "Nhân rộng từ bài trên trang la.example.vn." in words(story.main)


def test_members_learn_who_copied_them(province: Province) -> None:
    origins = json.loads(province.read("du-lieu/nhan-rong.json"))["origins"]
    told = {(origin["url"], copy["url"]) for origin in origins for copy in origin["copies"]}
    assert (corpus.story_url(1, 0), f"{corpus.PROVINCE}/bai-viet/2026/tinh-ke-chuyen/") in told
    hosts = [[url.split("/")[2] for url in pair] for pair in told]
    assert all(origin != copy for origin, copy in hosts)
    assert not any(origin == corpus.PROVINCE.split("/")[2] for origin, _ in hosts)


def test_copies_on_further_sites_are_named_and_not_counted(province: Province) -> None:
    for url in ("/bai-viet/2026/tinh-ke-chuyen/", "/nhan-rong/"):
        page = province.site[url]
        links = [link for link in page.find("a") if link.get("href") == _FAR]
        assert [words(link) for link in links] == ["Học từ tỉnh trên trang Mặt trận xã Xa"]
        assert "Nơi khác đã làm theo" in words(page.main)
    assert words(province.site["/nhan-rong/"].part("noi-khac")).startswith("Nơi khác đã làm theo 1 ")
    assert _FAR not in province.read("du-lieu/nhan-rong.csv")


def test_feeds_bear_the_addresses_of_their_stories(province: Province) -> None:
    feed = ET.fromstring(province.read(f"feeds/xa-{corpus.member_id(1)}.atom.xml"))  # noqa: S314 - ours
    atom = "{http://www.w3.org/2005/Atom}"
    found = [(entry.findtext(f"{atom}id"), entry.find(f"{atom}link")) for entry in feed.iter(f"{atom}entry")]
    assert len(found) == EACH
    for identifier, link in found:
        assert link is not None
        assert identifier == link.get("href")
        assert re.fullmatch(rf"{corpus.address(1)}/bai-viet/\d{{4}}/bai-\d+/", identifier or "")
    assert corpus.address(1) not in province.read("sitemap.xml")
