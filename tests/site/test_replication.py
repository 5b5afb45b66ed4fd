"""The page of replication: every edge of the open data is in its lists and diagrams, and the rest waits."""

from __future__ import annotations

import shutil
from collections import Counter
from typing import TYPE_CHECKING

from plugins.exemplars.model.replication import DEEPEST, MOST_BESIDE
from tests.site import checkout
from tests.site.conftest import build_site
from tests.site.pages import find, words
from tests.site.test_index import communes_of, read_csv, story_path

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from xml.etree.ElementTree import Element

    from tests.site.conftest import Build
    from tests.site.pages import Site

PAGE = "/nhan-rong/"
WAITING = f"{PAGE}chua-nhan-rong/"


def listed_edges(item: Element) -> Iterator[tuple[str, str]]:
    """Yield each (origin, copy) of a nested list, by the addresses of their stories."""
    own = item.find("a")
    assert own is not None
    for below in item.findall("ul"):
        for copy in below.findall("li"):
            link = copy.find("a")
            assert link is not None
            yield own.get("href", ""), link.get("href", "")
            yield from listed_edges(copy)


def urls(site: Site) -> dict[str, str]:
    return {row["Mã bài"]: story_path(site, row) for row in read_csv(site, "dien-hinh.csv")}


def test_the_lists_hold_every_edge_of_the_open_data(site: Site) -> None:
    by_id = urls(site)
    expected = {(by_id[row["Mã bài gốc"]], by_id[row["Mã bài nhân rộng"]]) for row in read_csv(site, "nhan-rong.csv")}
    sections = find(site[PAGE].main, "section", "chains__item")
    found = [edge for section in sections for edge in listed_edges(find(section, "li", "chain__item")[0])]
    assert Counter(found) == Counter(expected)


def test_each_diagram_matches_its_list(built: Build) -> None:
    sections = find(built.site[PAGE].main, "section", "chains__item")
    assert len(sections) >= 4
    for section in sections:
        items = find(section, "li", "chain__item")
        picture = find(section, css_class="tree")[0]
        assert len(find(picture, css_class="tree__mark")) == len(items)
        upright = [line for line in find(picture, css_class="tree__line") if line.get("x1") == line.get("x2")]
        assert len(upright) == len(items) - 1
        assert words(find(section, "p", "chains__facts")[0]) == f"{len(items) - 1} nơi làm theo"
        drawn = words(picture)
        assert all(words(find(item, "a")[0]) in drawn for item in items)
        assert picture.get("role") == "img"
        assert picture.get("aria-label")


def test_chains_stand_under_their_field_and_across_the_merger(built: Build) -> None:
    rows = {row["Mã bài"]: row for row in read_csv(built.site, "dien-hinh.csv")}
    for field in find(built.site[PAGE].main, "section", "chains"):
        for section in find(field, "section", "chains__item"):
            assert words(find(field, "a", "field")[0]) == rows[section.get("id", "")]["Lĩnh vực"]
    text = words(built.site[PAGE].main)
    assert "Xã Ea Pô (nay thuộc xã Đắk Wil mới), 2020" in text
    assert "Xã Đắk Wil mới, 2026" in text


def is_honored(row: dict[str, str]) -> bool:
    return row["Được công nhận"] == "có" or bool(row["Biểu dương"])


def test_waiting_exemplars_are_recognised_and_in_no_edge(site: Site) -> None:
    rows = read_csv(site, "dien-hinh.csv")
    in_chains = {
        row[column] for row in read_csv(site, "nhan-rong.csv") for column in ("Mã bài gốc", "Mã bài nhân rộng")
    }
    waiting = [row for row in rows if is_honored(row) and row["Mã bài"] not in in_chains]
    assert set(site.listed(WAITING)) == {story_path(site, row) for row in waiting}
    told = site[WAITING].first("meta", name="description").get("content", "")
    assert told == f"{len(waiting)} điển hình đã được công nhận, biểu dương hoặc khen thưởng mà chưa nơi nào làm theo."
    heading = next(section for section in find(site[PAGE].main, "h2") if words(section).startswith("Chưa được"))
    assert words(find(heading, css_class="group__count")[0]) == str(len(waiting))


def test_the_table_of_communes_matches_the_open_data(site: Site, built: Build) -> None:
    rows = read_csv(site, "dien-hinh.csv")
    edges = read_csv(site, "nhan-rong.csv")
    origins, copies = ({row[column] for row in edges} for column in ("Mã bài gốc", "Mã bài nhân rộng"))
    today = [commune["mã"] for commune in communes_of(built.project) if "nay thuộc" not in commune]
    bodies = [body for table in find(site[PAGE].main, "table", "shares") for body in table.findall("tbody")]
    # Rows of zeros are listed by name instead.
    silent = [place for told in find(site[PAGE].main, "p", "shares__none") for place in find(told, "a")]
    assert len(bodies) + len(silent) == len(today)
    recounted = origins | copies | {one["Mã bài"] for one in rows if is_honored(one)}
    told_of = {one["Mã xã hiện nay"] for one in rows if one["Mã bài"] in recounted}
    assert {place.get("href", "").split("/")[-2] for place in silent} == set(today) - told_of
    for body in bodies:
        (whole,) = find(body, "tr", "shares__total")
        of_today = commune_in(whole)
        for row in body.findall("tr"):
            # The part since the merger has no page of its own to lead to.
            column, commune = ("Mã xã hiện nay", of_today) if row is whole else ("Mã xã", commune_in(row) or of_today)
            there = [one for one in rows if one[column] == commune]
            expected = [
                sum(one["Mã bài"] in origins for one in there),
                sum(one["Mã bài"] in copies for one in there),
                sum(is_honored(one) and one["Mã bài"] not in origins | copies for one in there),
            ]
            assert [int(words(cell)) for cell in row.findall("td")] == expected


def commune_in(row: Element) -> str:
    links = find(row, "a")
    return links[0].get("href", "").split("/")[-2] if links else ""


def test_a_copy_names_its_origin(site: Site) -> None:
    by_id = urls(site)
    based = {}
    for url, page in site.stories.items():
        (article,) = page.described_as("Article")
        if "isBasedOn" in article:
            based[url] = article["isBasedOn"].removeprefix(site.address)
    edges = read_csv(site, "nhan-rong.csv")
    assert based == {by_id[row["Mã bài nhân rộng"]]: by_id[row["Mã bài gốc"]] for row in edges}


def test_the_page_is_found_from_where_a_reader_expects_it(built: Build) -> None:
    for url in ("/", "/dan-van-kheo/", "/du-lieu/", "/so-do-trang/", "/bai-viet/2020/ea-po-hoc-cach-lam-kenh/"):
        links = [link.get("href", "").partition("#")[0] for link in find(built.site[url].main, "a")]
        assert PAGE in links, url


def nesting(item: Element) -> int:
    return 1 + max((nesting(copy) for below in item.findall("ul") for copy in below.findall("li")), default=0)


def test_a_large_chain_is_cut_beside_its_stories_and_whole_on_its_own_page(tmp_path: Path) -> None:
    """Twenty that follow one another, and twenty copies of the first: longer and wider than fits beside a story."""
    project = checkout.copy_project(tmp_path)
    shutil.rmtree(project / checkout.STORIES)
    for number in range(41):
        origin = "" if number == 0 else f"Nhân rộng từ: bai-{number - 1 if number <= 20 else 0}\n"
        front = f"Tiêu đề: Bài {number}\nNgày: 1/2/2020\nLĩnh vực: Kinh tế\nXã: Ea Pô\nLoại: Mô hình\n"
        origin += f"Điển hình: Nơi {number}\n"
        checkout.write(project, f"{checkout.STORIES}/2020/bai-{number}/bai.md", f"---\n{front}{origin}---\nBài.\n")
    site = build_site(project, "build").site
    (chain,) = find(site[PAGE].main, "section", "chains__item")
    items = find(chain, "li", "chain__item")
    assert len(items) == len({find(item, "a")[0].get("href") for item in items}) == 41
    assert nesting(items[0]) == DEEPEST + 2
    deep = next(item for item in items if words(item).startswith("Nơi 15 "))
    assert "nhân rộng từ Nơi 14" in words(deep)
    for number in (0, 10, 40):
        facts = site[f"/bai-viet/2020/bai-{number}/"].first("aside", "facts")
        shown = find(facts, "li", "chain__item")
        assert len(shown) <= MOST_BESIDE + 2
        (rest,) = find(facts, "p", "chain__rest")
        assert words(rest) == f"và {41 - len(shown)} nơi nữa trong chuỗi"
        address = find(rest, "a")[0].get("href", "")
        assert address == f"{PAGE}#bai-0"
        assert site.has(address)
