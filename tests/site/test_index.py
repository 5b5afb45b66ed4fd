"""Every number on the site is the number of stories that a reader finds behind it, and the open data says the same."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from typing import TYPE_CHECKING

import pytest
import yaml

from plugins.vietnamese import sort_key
from tests.site.checkout import COPY_URL, PHONE_URL
from tests.site.pages import find, words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from xml.etree.ElementTree import Element

    from tests.site.conftest import Build
    from tests.site.pages import Site

INDEX = "/dan-van-kheo/"
COMMUNES = f"{INDEX}xa/"


def read_csv(site: Site, name: str) -> list[dict[str, str]]:
    text = (site.root / "du-lieu" / name).read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def story_path(site: Site, row: dict[str, str]) -> str:
    return row["Địa chỉ"].removeprefix(site.address)


AGES = {"xa-nam-dong-2025": " mới", "xa-dak-wil-2025": " mới"}


def communes_of(project: Path) -> list[dict[str, str]]:
    return yaml.safe_load((project / "content/danh-muc/xa.yaml").read_text(encoding="utf-8"))


def _matrix(table: Element) -> Iterator[tuple[str, str, str, int]]:
    """Yield each number of a matrix: the commune of its row, the field of its column ("" for totals), link, number."""
    fields = [link.get("href", "").split("/")[-2] for link in find(table, "a", "matrix__field")] + [""]
    rows = [row for row in find(table, "tr") if find(row, "td") and not find(row, "td", "matrix__corner")]
    for row in rows:
        own = find(row, "a", "matrix__commune")
        commune = own[0].get("href", "").split("/")[-2] if own else ""
        cells = find(row, "td")
        assert len(cells) == len(fields)
        for field, cell in zip(fields, cells, strict=True):
            link = find(cell, "a")[0]
            yield commune, field, link.get("href", ""), int(words(link).removeprefix("tất cả ").split()[0])


def field_ids(site: Site) -> dict[str, str]:
    tiles = find(site[f"{INDEX}linh-vuc/"].main, "li", "tile")
    return {words(find(tile, "h2")[0]): find(tile, "a")[0].get("href", "").split("/")[-2] for tile in tiles}


@pytest.mark.parametrize("column", ["Mã xã", "Mã xã hiện nay"])
def test_each_number_of_a_matrix_is_the_number_of_stories_behind_it(site: Site, column: str) -> None:
    """The first matrix counts by the commune of then, the second by today's; zeros are shown and lead somewhere too."""
    rows, fields = read_csv(site, "dien-hinh.csv"), field_ids(site)
    tables = site[COMMUNES].find("table", "matrix")
    if not rows:
        assert tables == []
        return
    table = tables[column == "Mã xã hiện nay"]
    seen = 0
    for commune, field, link, number in _matrix(table):
        expected = {
            story_path(site, row)
            for row in rows
            if commune in ("", row[column]) and field in ("", fields[row["Lĩnh vực"]])
        }
        listed = site.listed(link)
        assert (number, set(listed), len(listed)) == (len(expected), expected, number), f"{commune} {field} → {link}"
        seen += 1
    communes = len(find(table, "a", "matrix__commune"))
    assert seen == (communes + 1) * (len(fields) + 1)


def test_the_home_page_shows_the_matrix_of_then(site: Site) -> None:
    tables = [list(map(_matrix, site[url].find("table", "matrix")))[:1] for url in ("/", COMMUNES)]
    at_home, among_communes = ([list(numbers) for numbers in found] for found in tables)
    assert at_home == among_communes
    assert at_home or not list(site.stories)


def test_each_commune_has_a_row_or_is_named_as_one_without_exemplars(site: Site) -> None:
    counted = {row["Mã xã"] for row in read_csv(site, "dien-hinh.csv")}
    told = {link.get("href", "").split("/")[-2] for link in site["/"].find("a", "matrix__commune")}
    quiet = {
        link.get("href", "").split("/")[-2]
        for names in site["/"].find("ul", "matrix__names")
        for link in find(names, "a")
    }
    assert told == counted
    assert quiet == {url.split("/")[-2] for url in site.pages if re.fullmatch(rf"{COMMUNES}[\w-]+/", url)} - counted


def test_the_merger_changes_no_sum(built: Build) -> None:
    then, now = (
        {(commune, field): number for commune, field, _, number in _matrix(table)}
        for table in built.site[COMMUNES].find("table", "matrix")
    )
    today = {commune["mã"]: commune.get("nay thuộc", commune["mã"]) for commune in communes_of(built.project)}
    summed: Counter[tuple[str, str]] = Counter()
    for (commune, field), number in then.items():
        summed[today.get(commune, ""), field] += number
    assert now == dict(summed)
    assert now["", ""] == then["", ""] == len(read_csv(built.site, "dien-hinh.csv"))
    assert {commune for commune, _ in now} - {""} == {"xa-cu-jut", "xa-nam-dong-2025", "xa-dak-wil-2025"}


def test_each_facet_counts_the_stories_behind_it(site: Site) -> None:
    lists = site[INDEX].find("details", "facet")
    if not lists:
        assert read_csv(site, "dien-hinh.csv") == []
        return
    assert [facet.get("data-facet") for facet in lists] == ["linh-vuc", "xa", "xa-nay", "loai", "nam"]
    for facet in lists:
        total = 0
        for link in find(facet, "a", "facet__link"):
            number = int(words(find(link, css_class="facet__count")[0]))
            listed = site.listed(link.get("href", ""))
            assert len(listed) == len(set(listed)) == number, link.get("href")
            total += number
        assert total == len(site.listed(INDEX)), facet.get("data-facet")


def test_the_count_above_a_list_is_the_length_of_the_list(site: Site) -> None:
    checked = 0
    for url, page in site.pages.items():
        for count in find(page.main, "p", "sheet__count"):
            first = url.split("trang/")[0]
            assert int(words(find(count, "strong")[0])) == len(site.listed(first)), url
            checked += 1
        for group in find(page.main, "section", "group"):
            if (numbers := find(group, css_class="group__count")) and group.get("id") and "trang/" not in url:
                assert int(words(numbers[0])) == len(site.listed(f"{url}#{group.get('id')}")), url
    assert checked > 50


def test_tiles_count_the_stories_behind_them(site: Site) -> None:
    tiles = [(url, tile) for url, page in site.pages.items() for tile in find(page.main, "li", "tile")]
    assert len(tiles) >= 12
    for url, tile in tiles:
        number = int(words(find(find(tile, css_class="tile__count")[0], "strong")[0]))
        assert number == len(site.listed(find(tile, "a")[0].get("href", ""))), url


def test_a_commune_counts_its_fields(site: Site) -> None:
    for url in (f"{COMMUNES}dak-drong/", f"{COMMUNES}xa-cu-jut/"):
        bars = find(site[url].main, "li", "bars__item")
        numbers = [int(words(find(bar, "strong")[0])) for bar in bars]
        assert numbers == [len(site.listed(find(bar, "a")[0].get("href", ""))) for bar in bars]
        assert sum(numbers) == len(site.listed(url))


def test_lists_are_newest_first(site: Site) -> None:
    for url in (
        "/bai-viet/",
        INDEX,
        f"{INDEX}linh-vuc/kinh-te/",
        f"{INDEX}loai/ca-nhan/",
        "/phong-trao/vi-nguoi-ngheo/",
    ):
        days = [site[story].day for story in site.listed(url)]
        assert days == sorted(days, reverse=True), url


def test_the_index_by_name_is_in_vietnamese_order(built: Build) -> None:
    site = built.site
    names = {story_path(site, row): row["Điển hình"] for row in read_csv(site, "dien-hinh.csv")}
    listed = [names[url] for url in site.listed(f"{INDEX}theo-ten/")]
    assert sorted(listed) == sorted(names.values())
    assert listed == sorted(listed, key=sort_key)
    assert listed != sorted(listed)


def test_the_index_by_name_shows_the_names_that_it_is_ordered_by(built: Build) -> None:
    site = built.site
    names = {story_path(site, row): row["Điển hình"] for row in read_csv(site, "dien-hinh.csv")}
    cards = [
        card for url in site.pages if url.startswith(f"{INDEX}theo-ten/") for card in find(site[url].main, "li", "card")
    ]
    assert len(cards) == len(names)
    missing = [names[url] for card in cards if names[url := find(card, "a")[0].get("href", "")] not in words(card)]
    assert missing == []


def test_communes_are_in_vietnamese_order(built: Build) -> None:
    rows = [commune for commune, field, _, _ in _matrix(built.site["/"].first("table", "matrix")) if not field]
    assert rows == [
        *("cu-knia", "dak-drong", "dak-wil", "ea-po", "ea-tling", "nam-dong", "tam-thang", "truc-son"),
        *("xa-cu-jut", "xa-dak-wil-2025", "xa-nam-dong-2025"),
        "",
    ]


def test_open_data_is_the_index(site: Site) -> None:
    rows = read_csv(site, "dien-hinh.csv")
    data = json.loads((site.root / "du-lieu/dien-hinh.json").read_text(encoding="utf-8"))
    assert [story_path(site, row) for row in rows] == site.listed(INDEX)
    assert [row["url"].removeprefix(site.address) for row in data["exemplars"]] == site.listed(INDEX)
    assert data["licence_url"].startswith("https://creativecommons.org/licenses/by/4.0/")
    assert f"{len(rows)} dòng" in words(site["/du-lieu/"].main)


def test_csv_and_json_hold_the_same_values(built: Build) -> None:
    dictionary = [row for row in read_csv(built.site, "tu-dien.csv") if row["Cột trong CSV"] != "Giấy phép"]
    rows = read_csv(built.site, "dien-hinh.csv")
    data = json.loads((built.site.root / "du-lieu/dien-hinh.json").read_text(encoding="utf-8"))["exemplars"]
    assert list(rows[0]) == [row["Cột trong CSV"] for row in dictionary]
    assert list(data[0]) == [row["Khóa trong JSON"] for row in dictionary]
    for row, item in zip(rows, data, strict=True):
        flat = ["; ".join(value) if isinstance(value, list) else str(value) for value in item.values()]
        assert list(row.values()) == flat


def test_each_column_is_explained_in_both_languages(built: Build) -> None:
    table = built.site["/du-lieu/"].first("table")
    shown = [[words(cell) for cell in row] for row in find(table, "tr")[1:]]
    dictionary = [list(row.values()) for row in read_csv(built.site, "tu-dien.csv")]
    assert shown == dictionary[:-1]
    assert all(all(row) for row in dictionary)
    assert dictionary[-1][2] == "CC BY 4.0"


def test_excel_sees_the_marks(site: Site) -> None:
    for file in (site.root / "du-lieu").glob("*.csv"):
        raw = file.read_bytes()
        assert raw.startswith(b"\xef\xbb\xbf")
        assert raw.count(b"\n") == raw.count(b"\r\n")


def test_open_data_matches_the_story(built: Build) -> None:
    row = next(row for row in read_csv(built.site, "dien-hinh.csv") if story_path(built.site, row) == PHONE_URL)
    assert row | {"Địa chỉ": ""} == {
        "Mã bài": "anh-chup-bang-dien-thoai",
        "Điển hình": "Mỗi tuần một ảnh",
        "Tiêu đề bài": 'Chụp & kể <mỗi tuần> một chuyện "thật" ở Cư K’nia',
        "Loại": "Mô hình",
        "Lĩnh vực": "Văn hóa – xã hội",
        "Lĩnh vực khác": "Kinh tế",
        "Mã xã": "cu-knia",
        "Xã": "xã Cư K’nia",
        "Mã xã hiện nay": "xa-cu-jut",
        "Xã hiện nay": "xã Cư Jút",
        "Năm": "2024",
        "Ngày đăng": "2024-03-05",
        "Ngày cập nhật": "2024-03-05",
        "Tóm tắt": "Điện thoại nào cũng kể được chuyện thôn mình, nếu biết đứng cho khéo.",
        "Kết quả": "52 ảnh mỗi năm; Bà con kể chuyện nhau nghe",
        "Biểu dương": "Giấy khen cấp huyện, 2024",
        "Phong trào": "Cư Jút chung sức xây dựng nông thôn mới",
        "Nhân rộng từ": "",
        "Số nơi làm theo": "1",
        "Được công nhận": "",
        "Bài mẫu": "có",
        "Địa chỉ": "",
        "Mã lĩnh vực": "van-hoa-xa-hoi",
        "Mã loại": "mo-hinh",
        "Loại nơi": "xã",
        "Địa chỉ gốc": "",
    }


def test_a_replication_is_shown_at_both_ends(site: Site) -> None:
    """The whole chain stands on every story of it, as lists in lists: read without CSS, it is still a tree."""
    url = {row["Mã bài"]: story_path(site, row) for row in read_csv(site, "dien-hinh.csv")}
    names = {row["Mã bài"]: row["Điển hình"] for row in read_csv(site, "dien-hinh.csv")}
    edges = [(row["Mã bài gốc"], row["Mã bài nhân rộng"]) for row in read_csv(site, "nhan-rong.csv")]
    for origin, copy in edges:
        for slug in (origin, copy):
            chain = site[url[slug]].first("ul", "chain")
            here = [item for item in find(chain, "li", "chain__item") if words(item).startswith(names[origin])]
            below = find(here[0], "ul", "chain__copies")
            assert names[copy] in words(below[0]), slug
            assert [words(mark) for mark in find(chain, aria_current="true")] == [names[slug]]
        page = site[url[copy]]
        assert any(link.get("href") == url[origin] for link in find(page.first("aside", "facts"), "a"))
        assert f"Nhân rộng từ {names[origin]}" in words(page.main)


def test_the_shipped_chains_go_three_steps_deep_and_across_the_merger(built: Build) -> None:
    rows = {row["Mã bài"]: row for row in read_csv(built.site, "dien-hinh.csv")}
    edges = {row["Mã bài nhân rộng"]: row["Mã bài gốc"] for row in read_csv(built.site, "nhan-rong.csv")}

    def depth(slug: str) -> int:
        return 1 + depth(edges[slug]) if slug in edges else 0

    assert max(map(depth, edges)) >= 3
    assert len({slug for slug in edges.values() if slug not in edges}) >= 3
    crossing = [slug for slug in edges if rows[slug]["Mã xã"].startswith("xa-") and rows[edges[slug]]["Năm"] <= "2025"]
    assert len(crossing) >= 2
    assert "anh-chup-bang-dien-thoai" in edges.values()
    assert "Nhân rộng ở 1 nơi" in words(_card(built.site, INDEX, PHONE_URL))
    assert "Nhân rộng" not in words(_card(built.site, INDEX, COPY_URL))


def _card(site: Site, list_url: str, story_url: str) -> Element:
    cards = find(site[list_url].main, "li", "card")
    return next(card for card in cards if find(card, "a", href=story_url))


def test_an_old_commune_names_its_successor(site: Site, built: Build) -> None:
    communes = {commune["mã"]: commune for commune in communes_of(built.project)}
    ended = [commune for commune in communes.values() if "đến ngày" in commune]
    assert len(ended) == 8
    for commune in ended:
        after = communes[commune["nay thuộc"]]
        for url in (f"{COMMUNES}{commune['mã']}/", f"{COMMUNES}{commune['mã']}/kinh-te/"):
            notice = site[url].first("p", "notice")
            name = f"{after['loại']} {after['tên']}{AGES.get(after['mã'], '')}"
            assert f"nay thuộc {name}, {after['thuộc']}" in words(notice)
            assert words(notice).startswith("Từ ngày 1/7/2025, ")
            assert "Nghị quyết số 1671/NQ-UBTVQH15" in words(notice)
            assert find(notice, "a", href=f"{COMMUNES}{after['mã']}/")


def test_a_new_commune_names_and_gathers_those_before_it(built: Build) -> None:
    site = built.site
    for identifier in ("xa-cu-jut", "xa-nam-dong-2025", "xa-dak-wil-2025"):
        before = [c for c in communes_of(built.project) if c.get("nay thuộc") == identifier]
        page = site[f"{COMMUNES}{identifier}/"]
        notice = page.first("p", "notice")
        assert "được thành lập từ ngày 1/7/2025" in words(notice)
        assert {link.get("href") for link in find(notice, "a")} == {f"{COMMUNES}{c['mã']}/" for c in before}
        listed = set(site.listed(page.url))
        for commune in before:
            own = set(site.listed(f"{COMMUNES}{commune['mã']}/"))
            assert own
            assert own <= listed
        assert f"Điển hình theo {identifier}" not in words(page.main)


def test_two_communes_of_one_name_are_distinct(built: Build) -> None:
    assert built.site[f"{COMMUNES}nam-dong/"].heading == "Xã Nam Dong cũ"
    assert built.site[f"{COMMUNES}xa-nam-dong-2025/"].heading == "Xã Nam Dong (từ 1/7/2025)"
    facet = built.site[INDEX].find("details", "facet")[1]
    labels = [words(link) for link in find(facet, "a", "facet__link")]
    assert len({label.rsplit(" ", 1)[0] for label in labels}) == len(labels) == 11
    # A screen reader too reads one commune alone for a cell.
    cells = built.site[COMMUNES].first("table", "matrix")
    spoken = [words(mark) for mark in find(cells, "span", "visually-hidden")]
    assert "điển hình lĩnh vực Kinh tế, xã Nam Dong cũ" in spoken
    assert "điển hình lĩnh vực Kinh tế, xã Nam Dong mới" in spoken
    assert len(set(spoken)) == len(spoken)


def test_no_commune_is_its_own_successor(built: Build) -> None:
    again = re.compile(r"(?i)xã (Nam Dong|Đắk Wil)[ (,]*(được sắp xếp, )?nay thuộc xã \1")
    told = re.compile(r"(?i)xã (Nam Dong|Đắk Wil) cũ[ (,]*(được sắp xếp, )?nay thuộc xã \1 mới")
    texts = {url: words(page.main) for url, page in built.site.pages.items()}
    assert [url for url, text in texts.items() if again.search(text)] == []
    assert len([url for url, text in texts.items() if told.search(text)]) > 10


def test_the_four_fields_and_the_movements_have_their_pages(site: Site) -> None:
    for field in ("kinh-te", "van-hoa-xa-hoi", "quoc-phong-an-ninh", "he-thong-chinh-tri"):
        assert site[f"{INDEX}linh-vuc/{field}/"].heading
    for kind in ("tap-the", "ca-nhan", "mo-hinh"):
        assert site[f"{INDEX}loai/{kind}/"].heading
    assert len([url for url in site.pages if url.startswith("/phong-trao/")]) == 6


def test_an_empty_list_says_so(empty: Build) -> None:
    site = empty.site
    assert list(site.stories) == []
    for url in ("/", "/bai-viet/", INDEX, f"{INDEX}theo-ten/", f"{COMMUNES}ea-po/", f"{COMMUNES}ea-po/kinh-te/"):
        notice = site[url].first("div", "empty")
        assert words(notice).startswith("Chưa có"), url
        assert find(notice, "a", href="/lien-he/"), url
    assert "Chưa có tin, bài nào ở đây." in words(site["/phong-trao/hang-viet/"].main)
    assert [script for script in site[INDEX].find("script") if "facets" in script.get("src", "")] == []
    assert site["/"].find("table", "matrix") == []
    assert "Chưa có điển hình" in words(site["/"].main)
