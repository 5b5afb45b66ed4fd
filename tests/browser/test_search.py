"""Finding in the browser: what is typed in whatever way finds what was meant, and the page tells the truth about it."""

from __future__ import annotations

import json
import re
import unicodedata
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, quote, urlsplit

import pytest
from playwright.sync_api import expect

from plugins.vietnamese import squash
from tests.browser.conftest import reader
from tests.search.test_words import WORDS
from tests.site.checkout import DRAFT_TITLE, NEWS_URL, PHONE_URL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Locator, Page

    from tests.site.conftest import Build

SEARCH = "/tim-kiem/"
# A query, and the first story found (by the end of its address).
FIRST = [
    ("dak wil giu nuoc", "dak-wil-giu-nuoc-cho-lua-hai-vu"),
    ("hu gao buon nui", "hu-gao-tinh-thuong-buon-nui"),
    ("hu g\u200bao bu\u00adon nui", "hu-gao-tinh-thuong-buon-nui"),
    ("hũ gạo tình thương buôn Nui", "hu-gao-tinh-thuong-buon-nui"),
    ("HŨ GẠO TỔ DÂN PHỐ 4", "hu-gao-tinh-thuong-to-dan-pho-4"),
    ("hu gao thon 9", "hu-gao-tinh-thuong-thon-9-dak-drong"),
    ("3,2 km", "hai-thon-chung-tay-be-tong-hoa-kenh-muong-noi-dong"),
    ("3.2km", "hai-thon-chung-tay-be-tong-hoa-kenh-muong-noi-dong"),
    ("kenh muong noi dong", "hai-thon-chung-tay-be-tong-hoa-kenh-muong-noi-dong"),
    ("be tong hoa kenh", "hai-thon-chung-tay-be-tong-hoa-kenh-muong-noi-dong"),
    ("1.850 m²", "hai-thon-chung-tay-be-tong-hoa-kenh-muong-noi-dong"),
    ("1850 m2", "hai-thon-chung-tay-be-tong-hoa-kenh-muong-noi-dong"),
    ("1,6 km", "xa-dak-wil-noi-dai-tuyen-kenh"),
    ("96,4 ha", "co-gai-ghi-toa-do-tung-vuon-ca-phe"),
    ("toa do vuon ca phe", "co-gai-ghi-toa-do-tung-vuon-ca-phe"),
    ("dinh thi hao", "co-gai-ghi-toa-do-tung-vuon-ca-phe"),
    ("Đinh Thị Hảo", "co-gai-ghi-toa-do-tung-vuon-ca-phe"),
    ("tran dinh khai", "cuon-vo-ghi-loi-than-phien-thon-11"),
    ("ong tham", "nguoi-nho-vuon-tieu-benh-truoc"),
    ("hoang van tham", "nguoi-nho-vuon-tieu-benh-truoc"),
    ("tieu benh", "nguoi-nho-vuon-tieu-benh-truoc"),
    ("4.300 trụ", "nguoi-nho-vuon-tieu-benh-truoc"),
    ("pham thi lanh", "am-tra-thu-hai-cua-ba-to-truong-hoa-giai"),
    ("hoà giải", "am-tra-thu-hai-cua-ba-to-truong-hoa-giai"),
    ("hòa giải", "am-tra-thu-hai-cua-ba-to-truong-hoa-giai"),
    ("hoa giai", "am-tra-thu-hai-cua-ba-to-truong-hoa-giai"),
    ("am tra", "am-tra-thu-hai-cua-ba-to-truong-hoa-giai"),
    ("y khuin eban", "nguoi-giu-nhip-chieng-o-buon-trum"),
    ("ykhuin", "nguoi-giu-nhip-chieng-o-buon-trum"),
    ("giu nhip chieng", "nguoi-giu-nhip-chieng-o-buon-trum"),
    ("khung cui", "chin-khung-cui-sang-den-o-buon-trum"),
    ("det buoi toi", "chin-khung-cui-sang-den-o-buon-trum"),
    ("hloan", "hu-gao-tinh-thuong-buon-nui"),
    ("h'loan", "hu-gao-tinh-thuong-buon-nui"),
    ("h loan", "hu-gao-tinh-thuong-buon-nui"),
    ("H’Loan Byă", "hu-gao-tinh-thuong-buon-nui"),
    ("doan van soan", "tu-sach-khong-khoa-cua-thay-giao-ve-huu"),
    ("tu sach", "tu-sach-khong-khoa-cua-thay-giao-ve-huu"),
    ("thay soan", "tu-sach-khong-khoa-cua-thay-giao-ve-huu"),
    ("lo thi hien", "ba-hien-nhat-37-cho-sai-danh-sach-cu-tri"),
    ("danh sach cu tri", "ba-hien-nhat-37-cho-sai-danh-sach-cu-tri"),
    ("luc van thinh", "ong-thinh-mo-cong-vuon-sau-rieng"),
    ("sau rieng", "ong-thinh-mo-cong-vuon-sau-rieng"),
    ("saurieng", "ong-thinh-mo-cong-vuon-sau-rieng"),
    ("thao a vang", "ong-vang-ke-chuyen-nha-minh"),
    ("tao hon", "ong-vang-ke-chuyen-nha-minh"),
    ("vi van quy", "be-boi-bat-cua-anh-dan-quan-dak-wil"),
    ("be boi", "be-boi-bat-cua-anh-dan-quan-dak-wil"),
    ("nong thi men", "tam-bang-dan-hoi-bao-gio-tra-loi"),
    ('"dân hỏi, bao giờ trả lời"', "tam-bang-dan-hoi-bao-gio-tra-loi"),
    ("truc son binh xet", "truc-son-binh-xet-dien-hinh-2023"),
    ("nha phan loai rac", "nha-phan-loai-rac-thon-2-truc-son"),
    ("phan loai rac tai nguon", "tam-thang-phan-loai-rac-tai-nguon"),
    ("rac xa cu jut", "to-dan-cu-tu-quan-phan-loai-rac-xa-cu-jut"),
    ("camera", "camera-nga-ba-thon-15-dak-drong"),
    ("camera thon 15", "camera-nga-ba-thon-15-dak-drong"),
    ("ao ca chi bo", "ao-ca-chi-bo-thon-6-nam-dong"),
    ("mot cua", "ban-mot-cua-chieu-thu-nam-nam-dong"),
    ("“một cửa”", "ban-mot-cua-chieu-thu-nam-nam-dong"),
    ("xoa mu chu", "lop-hoc-bay-ruoi-toi-thon-12"),
    ("san bong chuyen", "bai-dau-xe-thanh-san-bong-chuyen"),
    ("bong chuyen san", "bai-dau-xe-thanh-san-bong-chuyen"),
    ("can doi chung", "chiec-can-doi-chung-giua-cho-ea-tling"),
    ("cho ea tling", "chiec-can-doi-chung-giua-cho-ea-tling"),
    ("nha dai", "hop-buon-tren-nha-dai"),
    ("buon buor", "hop-buon-tren-nha-dai"),
    ("nuoc suoi nguoi mong", "nuoc-suoi-ve-san-cum-dan-cu-nguoi-mong"),
    ("cau 14 met", "cay-cau-14-met-va-muoi-hai-dem-ban-bac"),
    ("keng", "hai-hoi-keng-moi-toi-thon-2-dak-wil"),
    ("mat ong", "mua-hoa-ca-phe-khong-phun-thuoc"),
    ("sung tu che", "buon-nui-diem-sang-an-ninh-trat-tu"),
    ("long tong", "ea-po-mo-hoi-long-tong"),
    ("hop thu gop y", "hop-thu-gop-y-o-lai-gan-dan"),
    ("doi troc", "doi-troc-thon-4-moi-nha-mot-hang-cay"),
    ("quoc lo 14", "cuu-chien-binh-giu-doc-quoc-lo-14-gio-tan-truong"),
    ("anh sang an ninh tam thang", "anh-sang-an-ninh-tam-thang"),
    ("nghi quyet 1671", "nghi-quyet-1671-sap-xep-don-vi-hanh-chinh"),
    ("huong dan nam dan van kheo", "huong-dan-nam-dan-van-kheo-2020"),
    ("ho tro tiep can", "tro-nang"),
    ("chup ke", PHONE_URL.strip("/")),
    ("hop bao dau nam", NEWS_URL.strip("/")),
]
# Different ways to type one name; all of its stories are found, however it is typed.
ALIKE = {
    "dak-wil": ["dak wil", "dakwil", "đăk wil", "Đắk Wil", "ĐẮK WIL", "dak-wil", "Dakwil"],
    "dak-drong": ["Đắk D’rông", "Đắk D'rông", "dak d'rong", "dak drong", "dakdrong", "đăk drông", "dak d rong"],
    "ea-tling": ["ea tling", "eatling", "Ea T’ling", "ea t'ling", "EA TLING", "ea t ling"],
    "cu-knia": ["cu knia", "cuknia", "Cư K’nia", "cư knia", "cu k'nia", "cu k nia"],
    "nam-dong": ["nam dong", "namdong", "Nam Dong", "NAM DONG"],
    "ea-po": ["ea po", "eapo", "Ea Pô"],
    "truc-son": ["truc son", "trucson", "Trúc Sơn"],
}
# A word that a story holds somewhere: all the stories that hold it, and no other.
EVERY = ["đảng viên", "dân vận khéo", "hũ gạo", "sầu riêng", "nhà văn hóa", "cựu chiến binh", "nhà dài"]

# Goes to an address of the search, if any, as the back button would, asks for more until all is shown, and returns the
# addresses of all results; null where no search is open. Until the answer is whole, the results say that they are not.
_ASK = """async (address) => {
    const results = document.querySelector(".search__results");
    if (!results) return null;
    const isSeen = (element) => element.checkVisibility() && element.getClientRects().length > 0;
    const answers = document.querySelectorAll(".search__count, .search__nothing");
    const isWhole = () => !results.hasAttribute("aria-busy") && [...answers].some(isSeen);
    const until = (isSo) => new Promise((resolve, reject) => {
        const end = setTimeout(() => reject(new Error(`no whole answer for ${location.search}`)), 15000);
        const look = () => {
            if (!isSo()) return;
            watch.disconnect();
            clearTimeout(end);
            resolve();
        };
        const watch = new MutationObserver(look);
        watch.observe(document.body, { attributes: true, childList: true, subtree: true });
        look();
    });
    if (address) {
        results.setAttribute("aria-busy", "true");
        history.pushState(null, "", address);
        dispatchEvent(new PopStateEvent("popstate"));
    }
    await until(isWhole);
    const [found, more] = [document.getElementsByClassName("result"), document.querySelector(".search__more button")];
    while (isSeen(more)) {
        const before = found.length;
        more.click();
        await until(() => isWhole() && found.length !== before);
    }
    return [...document.querySelectorAll(".result__title a")].map((link) => link.getAttribute("href"));
}"""

# From now on what waits for typing to rest, waits for `rest`, which returns whether anything did.
_HOLD = """() => {
    const [wait, drop, held] = [setTimeout, clearTimeout, new Map()];
    window.setTimeout = (act, after = 0) => {
        if (after < 100 || after > 1000) return wait(act, after);
        held.set(-held.size - 1, act);
        return -held.size;
    };
    window.clearTimeout = (number) => (held.has(number) ? held.set(number, null) : drop(number));
    window.rest = () => {
        let any = false;
        for (const number of [...held.keys()]) {
            const act = held.get(number);
            held.set(number, null);
            any ||= Boolean(act);
            act?.();
        }
        return any;
    };
}"""


class SearchPage:
    """The search as a reader sees and uses it."""

    def __init__(self, page: Page, home: str) -> None:
        self.page, self.home = page, home
        self.field = page.get_by_role("searchbox", name="Tên người, thôn, buôn, bon, việc làm…")
        self.count_line = page.locator(".search__count")
        self.nothing = page.locator(".search__nothing")

    def ask(self, query: str, **facets: str) -> list[str]:
        """Go to this query, without loading the search again where it is open. Returns the addresses of all results."""
        chosen = "".join(f"&{name.replace('_', '-')}={value}" for name, value in facets.items())
        address = f"{SEARCH}?q={quote(query)}{chosen}"
        found = self.page.evaluate(_ASK, address)
        if found is None:
            self.page.goto(self.home + address)
            found = self.page.evaluate(_ASK, None)
        return list(found)

    def rest(self) -> None:
        """Let typing have come to rest, in a page whose timers are held."""
        self.page.wait_for_function("rest()")

    @property
    def count(self) -> int:
        return int(self.count_line.inner_text().split()[0].replace(".", ""))

    @property
    def state(self) -> dict[str, str]:
        return dict(parse_qsl(urlsplit(self.page.url).query))

    @property
    def counts(self) -> dict[str, dict[str, int]]:
        read = self.page.evaluate("""() => [...document.querySelectorAll(".facet__link")]
            .filter((link) => !link.parentElement.hidden)
            .map((link) => [
                link.closest("[data-facet]").dataset.facet, link.dataset.value,
                link.querySelector(".facet__count").textContent,
            ])""")
        found: dict[str, dict[str, int]] = {}
        for facet, value, number in read:
            found.setdefault(facet, {})[value] = int(number)
        return found

    @property
    def marked(self) -> list[str]:
        # Not innerText: what has not been scrolled to is not laid out, and has none.
        return self.page.locator(".result mark").all_text_contents()


def _addresses(links: Locator) -> list[str]:
    """Return where links lead, asked of the page at once."""
    return list(links.evaluate_all("(links) => links.map((link) => link.getAttribute('href'))"))


@pytest.fixture(scope="module")
def shared(browser: Browser, home: str) -> Iterator[SearchPage]:
    """One page for many questions; a link with one is opened where the address is the state."""
    with reader(browser) as open_page:
        yield SearchPage(open_page(home + SEARCH), home)


@pytest.fixture
def search(browse: Callable[..., Page], home: str) -> SearchPage:
    """A page of one's own to type into."""
    return SearchPage(browse(home + SEARCH), home)


@pytest.mark.parametrize(("query", "first"), FIRST, ids=[query for query, _ in FIRST])
def test_what_was_meant_comes_first(shared: SearchPage, query: str, first: str) -> None:
    assert shared.ask(query)[0].strip("/").endswith(first)


@pytest.mark.parametrize("commune", ALIKE)
def test_a_name_is_found_however_it_is_typed(shared: SearchPage, built: Build, commune: str) -> None:
    stories = set(built.site.listed(f"/dan-van-kheo/xa/{commune}/"))
    assert stories
    for spelling in ALIKE[commune]:
        found = shared.ask(spelling)
        assert stories <= set(found), spelling
        # Those that are of the commune, or tell of it in their title, before those that only mention it.
        name = squash(commune)
        assert found[0] in stories or name in squash(built.site[found[0]].heading), spelling


@pytest.mark.parametrize("words", EVERY)
@pytest.mark.parametrize("normal_form", ["NFC", "NFD"])
def test_every_story_that_holds_the_words_is_found(
    shared: SearchPage, built: Build, words: str, normal_form: str
) -> None:
    holding = {url for url in built.site.stories if words in _own_words(built, url)}
    assert holding
    quoted = set(shared.ask(f'"{unicodedata.normalize(normal_form, words)}"'))
    assert holding <= quoted
    assert [url for url in quoted if words not in " ".join(built.site[url].main.itertext()).lower()] == []
    unmarked = unicodedata.normalize("NFD", words.replace("đ", "d"))
    assert holding <= set(shared.ask("".join(letter for letter in unmarked if not unicodedata.combining(letter))))


def _own_words(built: Build, url: str) -> str:
    """The story alone, without the rest of its page."""
    page = built.site[url]
    parts = [*page.find("h1"), *page.find("p", "story__lead"), *page.find("div", "prose")]
    return " ".join("".join(part.itertext()) for part in parts).lower()


def test_exact_marks_come_first(shared: SearchPage) -> None:
    """đường (road) and Dương (a name), hoa (flower) and hòa (peace): both are found, what was typed first."""
    for typed in ("đường", "hoa cà phê", "hòa"):
        shared.ask(typed)
        assert typed.split()[0] in shared.marked[0].lower()


def test_words_are_marked_as_they_are_written(shared: SearchPage) -> None:
    shared.ask("dakdrong")
    assert "Đắk D’rông" in shared.marked
    assert {text.replace("'", "’").lower() for text in shared.marked} <= {"đắk d’rông", "đăk d’rông"}
    shared.ask("hu gao")
    assert "Hũ gạo" in shared.marked
    shared.ask("3.2 km")
    assert "3,2 km" in shared.marked


def test_quotes_ask_for_words_that_stand_together(shared: SearchPage) -> None:
    assert len(shared.ask('"gạo hũ"')) == 0
    assert len(shared.ask("gạo hũ")) >= 3
    assert shared.ask('"dân vận khéo"') == shared.ask("“dân vận khéo”")


def test_drafts_are_not_found(shared: SearchPage, built: Build) -> None:
    found = shared.ask(f'"{DRAFT_TITLE}"')
    assert found == []
    texts = [file.read_text(encoding="utf-8") for file in (built.site.root / "tim-kiem").rglob("*.json")]
    assert [text for text in texts if "chưa ai được đọc" in text.lower() or "bài còn viết dở" in text.lower()] == []


def test_everything_is_in_the_index_once(built: Build) -> None:
    files = (built.site.root / "tim-kiem").rglob("*.bai.json")
    urls = [entry["url"] for file in files for entry in json.loads(file.read_text(encoding="utf-8"))]
    documents = {url for url in built.site.pages if url.startswith("/van-ban/") and url != "/van-ban/"}
    standing = {"/gioi-thieu/", "/lien-he/", "/tro-nang/", "/quyen-rieng-tu/"}
    assert sorted(urls) == sorted({*built.site.stories, *documents, *standing})


def test_facets_count_the_results_and_combine(shared: SearchPage) -> None:
    everything = shared.ask("bà con")
    counts = shared.counts
    assert sum(counts["loai"].values()) == len(everything) == shared.count
    for value, number in list(counts["linh-vuc"].items()):
        found = shared.ask("bà con", linh_vuc=value)
        assert len(found) == number == shared.count
        assert set(found) <= set(everything)
    value = next(iter(counts["linh-vuc"]))
    shared.ask("bà con", linh_vuc=value)
    for kind, number in shared.counts["loai"].items():
        assert len(shared.ask("bà con", linh_vuc=value, loai=kind)) == number


def test_the_address_is_the_state_and_the_back_button_undoes(search: SearchPage) -> None:
    page = search.page
    search.field.fill("hu gao")
    search.field.press("Enter")
    expect(search.count_line).to_contain_text("hu gao")
    assert search.state == {"q": "hu gao"}
    number = search.count
    # Until all is counted, places without a result are there too.
    expect(page.locator('[data-facet="xa"] li[hidden]')).not_to_have_count(0)
    page.locator('[data-facet="xa"] li:not([hidden]) a').first.click()
    expect(page.locator(".chips a:visible")).to_have_count(1)
    assert set(search.state) == {"q", "xa"}
    filtered = page.url
    search.field.fill("nuoc")
    search.field.press("Enter")
    expect(search.count_line.or_(search.nothing).first).to_contain_text("nuoc")
    page.go_back()
    expect(search.field).to_have_value("hu gao")
    assert page.url == filtered
    page.go_back()
    expect(page.locator(".chips a:visible")).to_have_count(0)
    assert (search.state, search.count) == ({"q": "hu gao"}, number)
    page.go_back()
    expect(page.get_by_role("heading", name="Mọi bài, từ A đến Y")).to_be_visible()
    expect(search.field).to_have_value("")
    page.goto(filtered)
    expect(page.locator(".chips a:visible")).to_have_count(1)


def test_results_come_while_the_last_word_is_typed(search: SearchPage) -> None:
    search.field.press_sequentially("giu nhip chi", delay=20)
    expect(search.page.locator(".result__title").first).to_contain_text("Người giữ nhịp chiêng")
    search.field.press_sequentially("eng", delay=20)
    expect(search.count_line).to_contain_text("giu nhip chieng")
    expect(search.page.locator(".result__title").first).to_contain_text("Người giữ nhịp chiêng")


def test_the_count_is_said_once_when_typing_rests(search: SearchPage) -> None:
    search.page.evaluate("""() => {
        window.said = [];
        const status = document.querySelector("[role=status]");
        const note = (changes) => changes.forEach(() => window.said.push(status.textContent));
        new MutationObserver(note).observe(status, { childList: true });
    }""")
    search.page.evaluate(_HOLD)
    search.field.press_sequentially("hu gao", delay=60)
    expect(search.count_line).to_contain_text("kết quả cho hu gao")
    expect(search.page.locator(".search__results[aria-busy]")).to_have_count(0)
    assert search.page.evaluate("window.said") == []
    search.rest()
    expect(search.page.get_by_role("status")).to_contain_text("kết quả cho hu gao")
    assert not search.page.evaluate("rest()")
    assert len(search.page.evaluate("window.said")) == 1


def test_what_is_so_is_said_when_typing_rests(search: SearchPage) -> None:
    """While a word is typed that says nothing, what the others say may stand; not once typing rests."""
    search.page.evaluate(_HOLD)
    search.field.press_sequentially("hu gao", delay=20)
    expect(search.count_line).to_contain_text("kết quả cho hu gao")
    search.rest()
    search.field.fill("qqwwzz")
    search.rest()
    expect(search.nothing).to_contain_text("Không tìm thấy “qqwwzz”.", timeout=1500)
    expect(search.count_line).to_be_hidden()
    expect(search.page.get_by_role("status")).to_have_text("Không tìm thấy “qqwwzz”.")
    assert search.state == {"q": "qqwwzz"}
    search.field.fill("hu gao qqwwzz")
    expect(search.count_line).to_have_text(re.compile(r"\d+ kết quả cho hu gao"))
    search.rest()
    expect(search.page.locator(".search__advice")).to_contain_text("Không bài nào có đủ các chữ", timeout=1500)
    expect(search.count_line).to_contain_text("hu gao qqwwzz")
    expect(search.page.get_by_role("status")).to_contain_text("chỉ có một phần các chữ")


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("dak drog", "dak drong"),
        ("namdogn", "Nam Dong"),
        ("eatlingg", "Thị trấn Ea T’ling"),
        ("kinh tte", "kinh te"),
        ("trúc sơnn", "trúc son"),
    ],
)
def test_a_slip_is_put_right(shared: SearchPage, typed: str, offered: str) -> None:
    shared.ask(typed)
    link = shared.page.locator(".search__advice a:visible, .search__suggestions a:visible", has_text=offered).first
    link.click()
    expect(shared.page.locator(".result, .card").first).to_be_visible()


def test_where_nothing_is_found_words_are_offered_that_find_something(shared: SearchPage) -> None:
    assert shared.ask("xyzzyq") == []
    expect(shared.nothing).to_contain_text("Không tìm thấy “xyzzyq”.")
    offered = shared.nothing.locator(".chips a").all_inner_texts()
    assert len(offered) >= 4
    shared.nothing.locator(".chips a").first.click()
    expect(shared.count_line).to_be_visible()
    expect(shared.count_line).to_be_focused()
    for words in offered:
        assert shared.ask(words)


def test_facets_that_leave_nothing_can_be_dropped(shared: SearchPage) -> None:
    assert shared.ask("camera", xa="ea-po") == []
    shared.nothing.get_by_role("link").first.click()
    expect(shared.page.locator(".result").first).to_be_visible()
    assert shared.state == {"q": "camera"}


def test_a_facet_alone_lists_what_is_filed_there(shared: SearchPage, built: Build) -> None:
    found = shared.ask("", loai="ca-nhan")
    assert found == built.site.listed("/dan-van-kheo/loai/ca-nhan/")


def test_the_box_of_every_page_leads_to_the_results(browse: Callable[..., Page], home: str, built: Build) -> None:
    boxes = {url: len(page.find("form", role="search", action=SEARCH)) for url, page in built.site.pages.items()}
    assert [url for url, number in boxes.items() if number != 1] == []
    page = browse(home)
    page.get_by_role("searchbox", name="Tìm trên trang").fill("cuknia")
    page.get_by_role("searchbox", name="Tìm trên trang").press("Enter")
    expect(page.locator(".search__count")).to_contain_text("cuknia")
    assert page.url == f"{home}{SEARCH}?q=cuknia"


def test_without_javascript_everything_is_listed_and_filed(
    browse: Callable[..., Page], home: str, built: Build
) -> None:
    page = browse(f"{home}{SEARCH}?q=hu+gao", java_script_enabled=False)
    expect(page.get_by_text("Tìm theo chữ cần JavaScript và đường mạng")).to_be_visible()
    links = page.locator(".titles__list a")
    assert set(_addresses(links)) == set(built.site.stories)
    assert _addresses(links.locator("visible=false")) == []
    letters = page.locator(".titles__letter").all_inner_texts()
    assert letters.index("Đ") == letters.index("D") + 1 if "D" in letters else "Đ" in letters
    assert [url for url in _addresses(page.locator(".facet__link")) if not built.site.has(url or "")] == []


def test_nothing_needs_more_than_scripts_of_our_own(browser: Browser, home: str) -> None:
    """The strictest policy that a server may send: no eval, no wasm, nothing inline."""
    context = browser.new_context()
    allowed = ("script-src", "style-src", "font-src", "img-src", "connect-src", "manifest-src")
    policy = "; ".join(["default-src 'none'", *(f"{kind} 'self'" for kind in allowed)])

    def answer(route) -> None:  # type: ignore[no-untyped-def]
        response = route.fetch()
        route.fulfill(response=response, headers=response.headers | {"content-security-policy": policy})

    context.route("**/*", answer)
    page = context.new_page()
    faults: list[str] = []
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    page.goto(f"{home}{SEARCH}?q=hu+gao")
    expect(page.locator(".result")).not_to_have_count(0)
    expect(page.locator(".search__results[aria-busy]")).to_have_count(0)
    assert faults == []
    context.unroute_all(behavior="ignoreErrors")
    context.close()


def test_the_browser_reads_words_as_the_index_does(shared: SearchPage, built: Build) -> None:
    module = next((built.site.root / "theme/js").glob("search-words.*.js")).relative_to(built.site.root).as_posix()
    texts = [unicodedata.normalize(form, text) for text, _, _ in WORDS for form in ("NFC", "NFD")]
    read = shared.page.evaluate(
        """async ([module, texts]) => {
            const { readWords } = await import(module);
            return texts.map(readWords).map((words) => [
                words.map(({ key }) => key).join(" "), words.map(({ form }) => form).join(" "),
            ]);
        }""",
        [f"/{module}", texts],
    )
    assert read == [[keys, forms] for _, keys, forms in WORDS for _ in range(2)]


def test_an_empty_site_still_finds_its_documents(browse: Callable[..., Page], empty_home: str) -> None:
    search = SearchPage(browse(empty_home + SEARCH), empty_home)
    assert search.ask("nghi quyet 1671") == ["/van-ban/nghi-quyet-1671-sap-xep-don-vi-hanh-chinh/"]
