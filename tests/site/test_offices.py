"""A site that one office hands to another: who runs it on which day, and whose posts are whose."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from tests.conftest import VOCABULARY
from tests.site.checkout import read_tree, run
from tests.site.pages import Site, find, words
from tests.site.small_site import SmallSite

FILE = "content/danh-muc/co-quan.yaml"
DISTRICT = "Ủy ban MTTQ Việt Nam huyện Cư Jút"
ENDED = f"{VOCABULARY['co-quan.yaml']}đến ngày: 30/6/2025\nkế tục: Mặt trận các xã\n"
GAPS = "".join(
    f'  {key}: "[điền {key}]"\n'
    for key in ("tên gọn", "địa bàn", "cơ quan chủ quản", "chịu trách nhiệm", "địa chỉ", "điện thoại", "thư điện tử")
)
LISTED = "- " + ENDED.replace("\n", "\n  ").rstrip() + '\n- tên: "[điền tên]"\n' + GAPS + "  từ ngày: 1/7/2025\n"
OLD, NEW = "/bai-viet/2020/kenh/", "/bai-viet/2026/hoc-theo/"
ATOM = {"": "http://www.w3.org/2005/Atom"}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> SmallSite:
    return SmallSite.create(tmp_path_factory.mktemp("co-quan"))


def build(small: SmallSite, offices: str, *how: str) -> Site:
    small.write(FILE, offices)
    done = run(small.path, "build", *how)
    assert done.code == 0, done.stdout + done.stderr
    return Site(small.path / "output", quick=True)


def posted_by(site: Site, url: str) -> list[str]:
    """Return the publisher of a story on its page, in structured data and in the feed."""
    page = site[url]
    (article,) = page.described_as("Article")
    feed = ET.fromstring((site.root / "feeds/tat-ca.atom.xml").read_bytes())  # noqa: S314 - we wrote it
    (entry,) = (
        one for one in feed.findall("entry", ATOM) if (one.findtext("id", "", ATOM)).endswith(url.split("/")[3])
    )
    told = [words(line) for line in page.find("p", "story__source")]
    return [*told, article["publisher"]["name"], article["author"]["name"], entry.findtext("author/name", "", ATOM)]


def test_a_story_is_posted_by_the_office_of_its_day_or_by_none(small: SmallSite) -> None:
    site = build(small, LISTED)
    assert posted_by(site, OLD) == [f"Cơ quan đăng: {DISTRICT}", DISTRICT, DISTRICT, DISTRICT]
    assert posted_by(site, NEW) == ["Cơ quan phụ trách trang"] * 3
    home = site["/"]
    assert words(home.first("span", "brand__name")) == "Dân vận khéo"
    assert words(home.first("span", "brand__place")) == "Trang thông tin điện tử"
    assert words(home.first("p", "handover")) == "Đến hết ngày 30/6/2025, trang này do MTTQ huyện Cư Jút phụ trách."
    expected = f"Phụ trách trang đến hết ngày 30/6/2025: {DISTRICT} Từ ngày 1/7/2025, kế thừa nhiệm vụ: Mặt trận các xã"
    for place in (home.first("footer"), site["/lien-he/"].main):
        assert words(next(iter(find(place, "dl", "publisher")))) == expected
    for file in sorted(site.root.rglob("*")):
        if file.suffix in (".html", ".xml", ".json", ".csv", ".webmanifest"):
            assert "[điền" not in file.read_text(encoding="utf-8"), file


def test_pages_follow_from_the_day_of_the_build(small: SmallSite) -> None:
    site = build(small, LISTED, "--date", "30/6/2025")
    assert words(site["/"].first("span", "brand__name")) == "MTTQ huyện Cư Jút"
    assert site["/"].find("p", "handover") == []
    assert "kế thừa" not in words(site["/"].first("footer"))
    assert words(site["/"].first("footer")).startswith(DISTRICT)


def test_one_can_call_from_the_head_of_the_page_of_contact(small: SmallSite) -> None:
    assert "điện thoại: 0261 000 000" in LISTED
    main = build(small, LISTED, "--date", "30/6/2025")["/lien-he/"].main
    first = find(main, "a")[0 if not find(main, "nav", "crumbs") else 1]
    assert (first.get("href"), first.get("class")) == ("tel:0261000000", "button")
    assert words(first) == "Gọi 0261 000 000"


def test_an_office_that_has_ended_without_another_posts_nothing_more(small: SmallSite) -> None:
    site = build(small, ENDED)
    said = words(site["/"].first("p", "handover"))
    assert said == "Cơ quan này hoạt động đến hết ngày 30/6/2025; nhiệm vụ do Mặt trận các xã kế thừa."
    assert "Từ ngày 1/7/2025, kế thừa nhiệm vụ: Mặt trận các xã" in words(site["/"].first("footer"))
    assert posted_by(site, OLD)[0] == f"Cơ quan đăng: {DISTRICT}"
    assert posted_by(site, NEW) == ["Cơ quan phụ trách trang"] * 3
    story = f"content{NEW}bai.md:3: LỖI: Ngày 2/2/2026 không có cơ quan nào phụ trách trang"
    assert story.replace("LỖI: ", "") in run(small.path, "check").stdout
    before = read_tree(small.path / "output")
    done = run(small.path, "publish")
    assert done.code == 1
    assert story in done.stdout
    assert "Chưa xuất bản được: hãy sửa 1 lỗi sau đây rồi chạy lại." in done.stderr
    assert read_tree(small.path / "output") == before


def test_an_office_whose_stories_were_taken_over_is_said_to_have_run_another_site(small: SmallSite) -> None:
    home = build(small, LISTED.replace("  kế tục:", "  trang khác: có\n  kế tục:"))["/"]
    told = "Đến hết ngày 30/6/2025, MTTQ huyện Cư Jút đăng bài ở một trang khác; các bài ấy nay ở trang này."
    assert words(home.first("p", "handover")) == told
    assert f"Đăng bài ở trang khác đến hết ngày 30/6/2025: {DISTRICT}" in words(home.first("footer"))
    assert "Phụ trách trang" not in words(home.first("footer"))
