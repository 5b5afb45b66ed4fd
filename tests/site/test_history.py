"""Pages after a story was corrected, moved or taken down: the page itself, links to it, and nothing else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from plugins.release.policy import is_served
from plugins.vietnamese import fold
from tests.site import checkout
from tests.site.conftest import find_site
from tests.site.pages import Page, Site, find, words
from tests.site.small_site import REGISTER, STORIES, SmallSite

if TYPE_CHECKING:
    from pathlib import Path

SLUG = "dem-khuyronz-ben-suoi-wblackk"
URL, OLD_URL = f"/bai-viet/2020/{SLUG}/", "/bai-viet/2019/chuyen-dzoangkq/"
REASON = "gia đình người trong bài đề nghị"
FRONT = {
    "Tiêu đề": "Đêm Khuyrơnz bên suối Wblăckk",
    "Ngày": "20/8/2020",
    "Loại": "Cá nhân",
    "Điển hình": "Y Dzoăngkq Kpưihzz",
    "Đồng ý": "PĐY-2020-77",
    "Tóm tắt": "Một đêm ở Wblăckk.",
    "Chú thích ảnh": "Hozzự Buônkq chụp",
    "Tác giả": "Hozzự Buônkq",
    "Kết quả": "\n  - 77 gùi | măng Khuyrơnz",
    "Biểu dương": "\n  - Bằng khen | tỉnh | 2020",
    "Phong trào": "Hàng Việt Nam",
    "Đăng ký": "DK-2020-002",
    "Địa chỉ cũ": "2019/Chuyện Dzoăngkq",
}
# As they are written, and as the index of the search has them.
TRACES = ("khuyronz", "wblackk", "dzoangkq", "kpuihzz", "hozzu", "buonkq")
KENH = "/bai-viet/2020/kenh/"
ATOM, SITEMAP = "{http://www.w3.org/2005/Atom}", "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def _write(site: SmallSite) -> None:
    site.add_story(SLUG, 1, dict(FRONT))
    story = site.path / STORIES / f"2020/{SLUG}/bai.md"
    site.write(site.relative(story.parent / "wblackk.jpg"), checkout.phone_photo())
    site.set_key(story, "Ảnh", "wblackk.jpg")
    site.set_key(story, "Mô tả ảnh", "Suối Wblăckk")
    site.append(site.relative(story), "\nKhuyrơnz kể chuyện Kpưihzz.\n")
    site.add_story("nghe-ke", 5, {"Nhân rộng từ": SLUG})
    link = f"[bài ấy]({{filename}}../{SLUG}/bai.md), [bài này]({URL}), [bài kia](https://example.vn{OLD_URL})"
    site.append(f"{STORIES}/2020/nghe-ke/bai.md", f'\nXem {link}.\n\n<p><a href="{URL}#cach-lam">bài nọ</a></p>\n')
    site.write_register(3, 4)
    site.replace(REGISTER, "Mô hình 2;Tập thể;Thôn", "Đêm Khuyrơnz;Cá nhân;Kpưihzz")
    site.set_key(
        site.path / STORIES / "2020/kenh/bai.md", "Cập nhật", "\n  - 5/3/2026: Thêm số hộ\n  - 1/9/2020 | Thêm"
    )
    site.set_key(site.path / STORIES / "2020/kenh/bai.md", "Đính chính", "7/10/2020 | Kênh dài 3 km, không phải 5 km")
    site.set_key(site.path / STORIES / "2020/kenh/bai.md", "Địa chỉ cũ", "[kenh-cu, /tin/7.html]")
    site.append(f"{STORIES}/2020/hu-gao/bai.md", "\nNhư [kênh](/bai-viet/2020/kenh-cu/#muc-cach-lam).\n")
    site.replace("content/danh-muc/linh-vuc.yaml", "mã: kinh-te\n", "mã: kinh-te\n  mã cũ: lam-an\n")


def _traces(output: Path) -> dict[str, set[str]]:
    """Return which traces of the story are in which files: in their names, and in their bytes read as text."""
    found = {}
    for file in output.rglob("*"):
        path = file.relative_to(output).as_posix()
        text = fold(f"{path}\n{file.read_bytes().decode(errors='ignore')}" if file.is_file() else path)
        if there := {trace for trace in TRACES if trace in text}:
            found[path] = there
    return found


class Told:
    """The site with the story, and published after it was taken down."""

    def __init__(self, path: Path) -> None:
        project = SmallSite.create(path)
        _write(project)
        run = checkout.run(project.path, "build")
        assert run.code == 0, run.stdout + run.stderr
        self.before = Site(project.path / "output", quick=True)
        self.traces_before = _traces(self.before.root)
        project.set_key(project.path / STORIES / f"2020/{SLUG}/bai.md", "Gỡ", f"1/3/2021, lý do {REASON}.")
        self.run = checkout.run(project.path, "publish")
        assert self.run.code == 0, self.run.stdout + self.run.stderr
        self.site = Site(find_site(project.path), quick=True)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    return Told(tmp_path_factory.mktemp("history"))


def test_of_a_story_taken_down_nothing_is_left_in_any_file(told: Told) -> None:
    tombs = {f"{url.strip('/')}{rest}" for url in (URL, OLD_URL) for rest in ("", "/index.html")}
    found = _traces(told.site.root)
    # The address alone, as the name of the folder.
    assert {path for path in found if is_served(path)} == tombs
    for url in (URL, OLD_URL):
        text = fold(told.site[url].html)
        assert [trace for trace in (*TRACES, SLUG, URL, "nam dong", "kinh te/") if trace in text] == []
    # That would have been seen: all of them were nearly everywhere.
    assert {trace for traces in told.traces_before.values() for trace in traces} == set(TRACES)
    assert len(told.traces_before) > 20
    assert {path.rpartition(".")[2] for path in told.traces_before} >= {"html", "json", "csv", "xml", "jpg", "webp"}


def test_its_page_says_that_it_was_taken_down_and_why(told: Told) -> None:
    for url in (URL, OLD_URL):
        page = told.site[url]
        assert page.heading == "Bài này đã được gỡ"
        said = words(page.main)
        assert "được gỡ khỏi trang ngày 1 tháng 3 năm 2021." in said
        assert f"Lý do: {REASON}." in said
        assert page.find("meta", name="robots", content="noindex")
        assert page.find("link", rel="canonical") == page.find("meta", property="og:url") == page.data == []
    (line,) = [words(entry) for entry in told.site["/dinh-chinh/"].find("dd") if "Gỡ" in words(entry)]
    assert line == f"Gỡ một bài. Lý do: {REASON}."


def test_links_to_it_become_plain_words(told: Told) -> None:
    main = told.site["/bai-viet/2020/nghe-ke/"].first("div", "prose")
    assert "Xem bài ấy, bài này, bài kia. bài nọ" in words(main)
    assert [link.get("href") for link in find(main, "a") if "footnote" not in link.get("class", "")] == []
    assert "Còn nhắc tới bài đã gỡ" in told.run.stdout
    assert f"Đã gỡ 1 bài: {STORIES}/2020/{SLUG}/bai.md" in told.run.stdout


def test_nothing_counts_it(told: Told) -> None:
    for url in (
        "/",
        "/dan-van-kheo/",
        "/dan-van-kheo/linh-vuc/kinh-te/",
        "/dan-van-kheo/loai/ca-nhan/",
        "/bao-cao/2020/",
    ):
        before, after = (words(site[url].main) for site in (told.before, told.site))
        numbers = [sum(map(int, re.findall(r"\b\d{1,2}\b(?= điển hình)", text))) for text in (before, after)]
        assert numbers[1] < numbers[0], url
    assert len(told.site.stories) == len(told.before.stories) - 1
    assert "Nhân rộng" not in words(told.site["/bai-viet/2020/nghe-ke/"].first("aside"))


def test_a_story_lists_its_changes_with_their_days(told: Told) -> None:
    page = told.site[KENH]
    (changes,) = page.find("ul", "story__changes")
    assert [words(change) for change in find(changes, "li")] == [
        "Cập nhật ngày 5/3/2026: Thêm số hộ",
        "Đính chính ngày 7/10/2020: Kênh dài 3 km, không phải 5 km",
        "Cập nhật ngày 1/9/2020: Thêm",
    ]
    assert (page.day, page.modified) == ("2020-08-01", "2026-03-05")
    (correction,) = page.described_as("Article")[0]["correction"]
    assert (correction["datePublished"], correction["text"]) == ("2020-10-07", "Kênh dài 3 km, không phải 5 km")
    feed = ET.fromstring((told.site.root / "feeds/tat-ca.atom.xml").read_bytes())  # noqa: S314 - we wrote it
    (entry,) = [e for e in feed.findall(f"{ATOM}entry") if e.findtext(f"{ATOM}title") == page.heading]
    times = [entry.findtext(f"{ATOM}{name}") for name in ("published", "updated")]
    assert times == ["2020-08-01T00:00:00+07:00", "2026-03-05T00:00:00+07:00"]
    assert feed.findtext(f"{ATOM}updated") == times[1]


def test_corrections_are_on_a_page_of_their_own(told: Told) -> None:
    page = told.site["/dinh-chinh/"]
    assert [words(day) for day in page.find("dt") if find(day, "time")] == ["1/3/2021", "7/10/2020"]
    corrected = page.find("dd")[1]
    assert words(corrected) == "Chuyện kenh Kênh dài 3 km, không phải 5 km"
    assert find(corrected, "a")[0].get("href") == KENH
    for where, element in (("/", "footer"), ("/so-do-trang/", "main")):
        assert find(told.site[where].first(element), "a", href="/dinh-chinh/")


MOVES = {
    "/bai-viet/2020/kenh-cu/": KENH,
    "/tin/7.html": KENH,
    "/dan-van-kheo/linh-vuc/lam-an/": "/dan-van-kheo/linh-vuc/kinh-te/",
    "/dan-van-kheo/xa/nam-dong/lam-an/": "/dan-van-kheo/xa/nam-dong/kinh-te/",
}


@pytest.mark.parametrize(("old", "new"), MOVES.items())
def test_an_old_address_leads_on_without_a_redirect_or_a_script(told: Told, old: str, new: str) -> None:
    page: Page = told.site[old]
    assert page.heading == "Trang này đã chuyển sang địa chỉ mới"
    (link,) = find(page.first("p", "sheet__lead"), "a")
    assert link.get("href") == new
    assert words(link) == told.site[new].heading
    assert page.first("link", rel="canonical").get("href") == f"https://example.vn{new}"
    # At once: nothing is taken from under a reader's eyes.
    assert page.first("meta", http_equiv="refresh").get("content") == f"0; url={new}"
    assert page.find("meta", name="robots", content="noindex")


def test_redirect_pages_are_in_no_list(told: Told) -> None:
    assert told.site.signposts >= {*MOVES, URL, OLD_URL}
    site_map = ET.fromstring((told.site.root / "sitemap.xml").read_bytes())  # noqa: S314 - we wrote it
    listed = {words(loc).removeprefix("https://example.vn") for loc in site_map.iter(f"{SITEMAP}loc")}
    assert listed == told.site.pages.keys() - told.site.signposts - {"/404.html"}
    inside = [link.get("href", "") for page in told.site.pages.values() for link in page.find("a")]
    assert [href for href in inside if href.partition("#")[0] in told.site.signposts] == []
    link = told.site["/bai-viet/2020/hu-gao/"].first("a", href=f"{KENH}#muc-cach-lam")
    assert words(link) == "kênh"


def test_the_old_address_of_a_feed_has_the_feed_which_names_its_new_one(told: Told) -> None:
    old, new = (told.site.root / f"feeds/linh-vuc-{name}.atom.xml" for name in ("lam-an", "kinh-te"))
    assert old.read_bytes() == new.read_bytes()
    assert b'href="https://example.vn/feeds/linh-vuc-kinh-te.atom.xml" rel="self"' in new.read_bytes()
