"""The exemplar index in the browser: facets combine, counts never lie, and the address is the state."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.sync_api import expect

from plugins.exemplars.model.listing import PER_PAGE
from tests.site.test_index import INDEX, field_ids, read_csv, story_path

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator, Page

    from tests.site.conftest import Build

KINDS = {"Tập thể": "tap-the", "Cá nhân": "ca-nhan", "Mô hình": "mo-hinh"}
State = dict[str, str]


# Follows each link in turn and back again, as soon as the page has done what that asks of it, or after all too long.
# Returns what is shown at first, and each time after a choice and after it is undone.
_TRY_EACH = """async (choices) => {
    const look = () => ({
        state: Object.fromEntries(new URLSearchParams(location.search)),
        count: Number(document.querySelector(".browse__status strong").textContent),
        shown: [...document.querySelectorAll(".cards .card")].filter((card) => card.checkVisibility())
            .map((card) => card.querySelector("a").getAttribute("href")),
        counts: [...document.querySelectorAll(".facet__count")].map((count) => count.textContent),
    });
    const before = location.search;
    const settle = async (isDone) => {
        const end = performance.now() + 5000;
        while (!isDone() || document.querySelector(".browse__results[aria-busy]")) {
            if (performance.now() > end) return;
            await new Promise((resolve) => setTimeout(resolve));
        }
    };
    const looks = [look()];
    for (const [facet, value] of choices) {
        const link = document.querySelector(`[data-facet="${facet}"] [data-value="${value}"]`);
        if (!link.checkVisibility()) throw new Error(`${facet} ${value} is out of sight`);
        link.click();
        await settle(() => location.search !== before);
        looks.push(look());
        history.back();
        await settle(() => location.search === before);
        looks.push(look());
    }
    return JSON.stringify(looks);
}"""


class IndexPage:
    """The index as a reader sees and uses it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.status = page.get_by_role("status")
        self.chips = page.locator(".chips a")
        # Until the script is there, a click leads to a prebuilt page, which is right but another test's matter.
        page.locator(".browse__status[tabindex]").wait_for()
        self.settle()

    @property
    def shown(self) -> list[str]:
        """The addresses of the stories that can be seen, in order."""
        return self.page.evaluate("""() => [...document.querySelectorAll(".cards .card")]
            .filter((card) => card.checkVisibility())
            .map((card) => card.querySelector("a").getAttribute("href"))""")

    @property
    def count(self) -> int:
        return int(self.status.inner_text().split()[0].replace(".", ""))

    @property
    def state(self) -> State:
        return dict(parse_qsl(urlsplit(self.page.url).query))

    @property
    def counts(self) -> dict[tuple[str, str], int]:
        """The number beside each facet's value, seen or folded away."""
        read = self.page.evaluate("""() => [...document.querySelectorAll(".facet__link")].map((link) => [
            link.closest(".facet").dataset.facet, link.dataset.value, link.querySelector(".facet__count").textContent,
        ])""")
        return {(facet, value): int(number) for facet, value, number in read}

    @property
    def chosen(self) -> State:
        read = self.page.evaluate("""() => [...document.querySelectorAll(".facet__link[aria-current=true]")].map(
            (link) => [link.closest(".facet").dataset.facet, link.dataset.value])""")
        return dict(read)

    def link(self, facet: str, value: str) -> Locator:
        return self.page.locator(f'[data-facet="{facet}"] [data-value="{value}"]')

    def choose(self, facet: str, value: str) -> None:
        self.link(facet, value).click()
        self.settle()

    def try_each(self, choices: list[tuple[str, str]]) -> list[dict[str, Any]]:
        """Choose each of these alone, and take it back: what is shown before all, and by turns with it and after it."""
        return list(json.loads(self.page.evaluate(_TRY_EACH, choices)))

    def settle(self) -> None:
        """Let what was chosen be there."""
        expect(self.page.locator(".browse__results[aria-busy]")).to_have_count(0)

    def assert_shows(self, expected: list[str]) -> None:
        """The count equals the expected stories, and the first of them are shown."""
        expect(self.status.locator("strong")).to_have_text(str(len(expected)))
        self.settle()
        assert self.shown == expected[:PER_PAGE]


@pytest.fixture(scope="module")
def exemplars(built: Build) -> list[State]:
    """Every exemplar, newest first, with its facets: recomputed from the open data."""
    fields = field_ids(built.site)
    return [
        {
            "url": story_path(built.site, row),
            "linh-vuc": fields[row["Lĩnh vực"]],
            "xa": row["Mã xã"],
            "xa-nay": row["Mã xã hiện nay"],
            "loai": KINDS[row["Loại"]],
            "nam": row["Năm"],
        }
        for row in read_csv(built.site, "dien-hinh.csv")
    ]


def matching(exemplars: list[State], state: State) -> list[str]:
    wanted = {facet: value for facet, value in state.items() if facet != "xep"}
    return [exemplar["url"] for exemplar in exemplars if wanted.items() <= exemplar.items()]


@pytest.fixture
def index(browse: Callable[..., Page], home: str) -> IndexPage:
    return IndexPage(browse(home + INDEX))


def query(state: State) -> str:
    return "?" + "&".join(f"{key}={value}" for key, value in state.items())


def test_at_first_everything_is_shown_and_nothing_is_chosen(index: IndexPage, exemplars: list[State]) -> None:
    index.assert_shows(matching(exemplars, {}))
    assert index.chosen == {}
    assert not index.page.locator(".chips").is_visible()
    assert not index.page.locator(".empty").is_visible()


def test_facets_combine_without_a_reload(index: IndexPage, exemplars: list[State]) -> None:
    index.page.evaluate("window.sameDocument = true")
    state: State = {}
    for facet, value in (("xa-nay", "xa-cu-jut"), ("linh-vuc", "van-hoa-xa-hoi"), ("loai", "mo-hinh")):
        index.choose(facet, value)
        state[facet] = value
        index.assert_shows(matching(exemplars, state))
        assert index.state == index.chosen == state
    assert 0 < index.count < len(exemplars)
    index.choose("linh-vuc", "van-hoa-xa-hoi")
    del state["linh-vuc"]
    index.assert_shows(matching(exemplars, state))
    index.choose("xa-nay", "xa-nam-dong-2025")
    index.assert_shows(matching(exemplars, state | {"xa-nay": "xa-nam-dong-2025"}))
    assert index.page.evaluate("window.sameDocument")


@pytest.mark.parametrize(
    "state",
    [{}, {"linh-vuc": "van-hoa-xa-hoi"}, {"xa-nay": "xa-cu-jut", "loai": "tap-the"}, {"nam": "2018", "xa": "ea-po"}],
    ids=query,
)
def test_each_number_is_what_choosing_it_gives(
    browse: Callable[..., Page], home: str, exemplars: list[State], state: State
) -> None:
    index = IndexPage(browse(home + INDEX + query(state)))
    counts = index.counts
    assert len(counts) > 25
    others = [choice for choice in counts if state.get(choice[0]) != choice[1]]
    first, *looks = index.try_each(others)
    everything = matching(exemplars, state)
    assert (first["state"], first["count"], first["shown"]) == (state, len(everything), everything[:PER_PAGE])
    for (facet, value), chosen, back in zip(others, looks[::2], looks[1::2], strict=True):
        wanted = state | {facet: value}
        expected = matching(exemplars, wanted)
        assert counts[facet, value] == len(expected), wanted
        assert (chosen["state"], chosen["count"], chosen["shown"]) == (wanted, len(expected), expected[:PER_PAGE])
        assert back == first, wanted
    index.assert_shows(everything)
    assert index.counts == counts


def test_the_state_is_in_the_address_for_others_and_for_later(
    browse: Callable[..., Page], home: str, index: IndexPage, exemplars: list[State]
) -> None:
    state = {"xa": "dak-drong", "loai": "tap-the", "xep": "ten"}
    index.choose("xa", "dak-drong")
    index.choose("loai", "tap-the")
    index.page.locator("[data-order]").click()
    assert index.state == state
    shown, counts, chips = index.shown, index.counts, index.chips.all_inner_texts()
    assert set(shown) == set(matching(exemplars, state))
    index.page.reload()
    elsewhere = IndexPage(browse(index.page.url, viewport={"width": 360, "height": 640}))
    for page in (index, elsewhere):
        page.assert_shows(shown)
        assert (page.counts, page.chips.all_inner_texts()) == (counts, chips)
        assert page.chosen == {"xa": "dak-drong", "loai": "tap-the"}
    # On a phone the filters are folded; what is chosen stands over what it finds.
    assert not elsewhere.link("xa", "dak-drong").is_visible()
    assert elsewhere.chips.first.is_visible()


def test_back_undoes_one_choice_at_a_time_and_forward_redoes_it(index: IndexPage, exemplars: list[State]) -> None:
    steps: list[State] = [{}, {"nam": "2020"}, {"nam": "2020", "loai": "tap-the"}]
    index.choose("nam", "2020")
    index.choose("loai", "tap-the")
    for step in (steps[1], steps[0]):
        index.page.go_back()
        index.assert_shows(matching(exemplars, step))
        assert index.chosen == step
    index.page.go_forward()
    index.assert_shows(matching(exemplars, steps[1]))


def test_back_from_a_story_finds_the_list_as_it_was(index: IndexPage, exemplars: list[State]) -> None:
    index.choose("linh-vuc", "kinh-te")
    expected = matching(exemplars, {"linh-vuc": "kinh-te"})
    index.page.locator(".card__title a:visible").nth(1).click()
    expect(index.page.locator(".story__title")).to_be_visible()
    index.page.go_back()
    index.assert_shows(expected)


def test_a_chip_names_a_choice_and_takes_it_back(index: IndexPage, exemplars: list[State]) -> None:
    index.choose("linh-vuc", "he-thong-chinh-tri")
    index.choose("xa-nay", "xa-dak-wil-2025")
    assert index.chips.count() == 2
    index.page.get_by_role("link", name="Bỏ lọc Hệ thống chính trị").click()
    index.assert_shows(matching(exemplars, {"xa-nay": "xa-dak-wil-2025"}))
    assert index.page.evaluate("document.activeElement.textContent").startswith("Đắk Wil")
    index.chips.click()
    index.assert_shows(matching(exemplars, {}))
    assert index.state == {}
    # Nothing is left to take back: whoever uses a keyboard goes on from the count.
    expect(index.status).to_be_focused()
    assert not index.page.locator(".chips").is_visible()


def test_order_by_name_is_that_of_the_page_by_name(index: IndexPage, built: Build, exemplars: list[State]) -> None:
    by_name = built.site.listed(f"{INDEX}theo-ten/")
    index.page.get_by_role("link", name="Xếp theo tên").click()
    index.assert_shows(by_name)
    assert "xếp theo tên" in index.status.inner_text()
    index.choose("linh-vuc", "van-hoa-xa-hoi")
    wanted = set(matching(exemplars, {"linh-vuc": "van-hoa-xa-hoi"}))
    index.assert_shows([url for url in by_name if url in wanted])
    index.page.get_by_role("link", name="Xếp mới nhất trước").click()
    index.assert_shows(matching(exemplars, {"linh-vuc": "van-hoa-xa-hoi"}))
    assert index.state == {"linh-vuc": "van-hoa-xa-hoi"}


def test_where_nothing_matches_the_page_says_so_and_how_to_go_on(index: IndexPage) -> None:
    index.choose("xa", "ea-po")
    facet, value = next(place for place, number in index.counts.items() if not number and place[0] == "nam")
    index.choose(facet, value)
    index.assert_shows([])
    notice = index.page.locator(".empty")
    assert notice.is_visible()
    assert "Không có điển hình nào khớp" in notice.inner_text()
    index.chips.first.click()
    assert index.count > 0
    assert not notice.is_visible()


def test_a_click_that_asks_for_a_new_tab_gets_one(index: IndexPage, exemplars: list[State]) -> None:
    index.choose("loai", "ca-nhan")
    before = index.shown
    for how in ({"modifiers": ["Control"]}, {"button": "middle"}):
        with index.page.context.expect_page() as opened:
            index.link("nam", "2020").click(**how)
        IndexPage(opened.value).assert_shows(matching(exemplars, {"loai": "ca-nhan", "nam": "2020"}))
        assert index.state == {"loai": "ca-nhan"}
        assert index.shown == before


@pytest.mark.parametrize("asked", ["?linh-vuc=khong-co", "?nam=", "?xep=ngay", "?la=<b>", "?linh-vuc=%FF&xa=toString"])
def test_an_address_that_means_nothing_shows_everything(
    browse: Callable[..., Page], home: str, exemplars: list[State], asked: str
) -> None:
    index = IndexPage(browse(home + INDEX + asked))
    index.assert_shows(matching(exemplars, {}))
    assert index.chosen == {}


def test_facets_work_by_keyboard_alone(index: IndexPage, exemplars: list[State]) -> None:
    index.link("loai", "ca-nhan").focus()
    index.page.keyboard.press("Enter")
    index.assert_shows(matching(exemplars, {"loai": "ca-nhan"}))
    expect(index.link("loai", "ca-nhan")).to_be_focused()
    index.page.keyboard.press("Enter")
    index.assert_shows(matching(exemplars, {}))


def test_on_a_phone_a_choice_shows_at_once_what_it_finds(
    browse: Callable[..., Page], home: str, exemplars: list[State]
) -> None:
    index = IndexPage(browse(home + INDEX, viewport={"width": 360, "height": 640}, is_mobile=True, has_touch=True))
    for facet, value in (("loai", "mo-hinh"), ("nam", "2020")):
        assert not index.link(facet, value).is_visible()
        index.page.locator(".filters__name").press("Enter")
        if not index.link(facet, value).is_visible():
            index.page.locator(f'[data-facet="{facet}"] summary').press("Enter")
        index.link(facet, value).press("Enter")
        # Folded again; the focus, and so what is read on, is at the count, with the first story under it.
        expect(index.status).to_be_focused()
        assert not index.link(facet, value).is_visible()
    index.assert_shows(matching(exemplars, {"loai": "mo-hinh", "nam": "2020"}))
    for part in (index.status, index.chips.first, index.page.locator(".card__title").first):
        expect(part).to_be_in_viewport(ratio=1)


def test_the_rest_comes_when_asked_and_is_there_again_on_coming_back(
    browse: Callable[..., Page], home: str, built: Build
) -> None:
    index = IndexPage(browse(f"{home}{INDEX}?xep=ten"))
    by_name = built.site.listed(f"{INDEX}theo-ten/")
    index.assert_shows(by_name)
    more = index.page.locator(".browse__more button")
    rest = min(PER_PAGE, len(by_name) - PER_PAGE)
    assert more.inner_text() == f"Xem thêm {rest} điển hình"
    more.click()
    expect(index.page.locator(".cards .card")).to_have_count(PER_PAGE + rest)
    assert index.shown == by_name[: PER_PAGE + rest]
    assert index.page.evaluate("document.activeElement.getAttribute('href')") == by_name[PER_PAGE]
    index.page.reload()
    expect(index.page.locator(".cards .card")).to_have_count(PER_PAGE + rest)


def test_what_would_give_nothing_says_so(index: IndexPage) -> None:
    index.choose("xa", "ea-po")
    expect(index.page.locator(".chips a")).to_have_count(1)
    marked = index.page.locator(".facet__link--none").count()
    assert marked == sum(1 for number in index.counts.values() if not number) > 0
    for link in index.page.locator(".facet__link--none").all():
        assert link.locator(".facet__count").inner_text() == "0"


def test_what_changed_is_announced_once(index: IndexPage) -> None:
    assert index.page.get_by_role("status").count() == 1
    index.choose("loai", "ca-nhan")
    assert index.status.inner_text().startswith(f"{len(index.shown)} điển hình")


def test_numbers_agree_with_the_prebuilt_pages(index: IndexPage, built: Build) -> None:
    lists = {"linh-vuc": "linh-vuc", "loai": "loai", "nam": "nam"}
    for (facet, value), number in index.counts.items():
        if facet in lists:
            assert number == len(built.site.listed(f"{INDEX}{lists[facet]}/{value}/"))
    assert Counter(facet for facet, _ in index.counts) == {"linh-vuc": 4, "xa": 11, "xa-nay": 3, "loai": 3, "nam": 9}


def test_a_long_index_comes_in_pages(browse: Callable[..., Page], home: str, exemplars: list[State]) -> None:
    index = IndexPage(browse(home + INDEX))
    everything = matching(exemplars, {})
    assert index.shown == everything[:PER_PAGE]
    assert index.count == len(everything)
    index.page.get_by_role("link", name="Trang sau").click()
    assert index.shown == everything[PER_PAGE : 2 * PER_PAGE]


def test_a_choice_in_a_long_index_reaches_every_page(
    browse: Callable[..., Page], home: str, exemplars: list[State]
) -> None:
    index = IndexPage(browse(home + INDEX))
    before = index.counts
    index.choose("linh-vuc", "van-hoa-xa-hoi")
    index.assert_shows(matching(exemplars, {"linh-vuc": "van-hoa-xa-hoi"}))
    assert index.count == before["linh-vuc", "van-hoa-xa-hoi"]
    assert set(index.shown) - set(matching(exemplars, {})[:PER_PAGE])
    assert not index.page.locator(".pager").is_visible()
    index.choose("xa-nay", "xa-cu-jut")
    index.assert_shows(matching(exemplars, {"linh-vuc": "van-hoa-xa-hoi", "xa-nay": "xa-cu-jut"}))
    index.page.go_back()
    index.page.go_back()
    index.assert_shows(matching(exemplars, {}))
    assert index.counts == before


def test_a_long_index_is_restored_from_its_address(
    browse: Callable[..., Page], home: str, built: Build, exemplars: list[State]
) -> None:
    index = IndexPage(browse(f"{home}{INDEX}?loai=mo-hinh&xep=ten"))
    wanted = set(matching(exemplars, {"loai": "mo-hinh"}))
    index.assert_shows([url for url in built.site.listed(f"{INDEX}theo-ten/") if url in wanted])


def test_a_long_index_can_be_put_in_order(browse: Callable[..., Page], home: str, built: Build) -> None:
    index = IndexPage(browse(home + INDEX))
    index.page.get_by_role("link", name="Xếp theo tên").click()
    expect(index.status).to_contain_text("xếp theo tên")
    index.assert_shows(built.site.listed(f"{INDEX}theo-ten/"))
    assert index.state == {"xep": "ten"}


def test_a_choice_on_a_later_page_leads_to_the_index_itself(
    browse: Callable[..., Page], home: str, exemplars: list[State]
) -> None:
    index = IndexPage(browse(f"{home}{INDEX}trang/2/"))
    index.choose("linh-vuc", "kinh-te")
    index.page.wait_for_url(f"{home}{INDEX}?linh-vuc=kinh-te")
    index.assert_shows(matching(exemplars, {"linh-vuc": "kinh-te"}))
    assert index.page.locator("h1").inner_text() == "Danh mục điển hình “Dân vận khéo”"


def test_when_the_rest_cannot_be_fetched_the_prebuilt_page_is_shown(
    browse: Callable[..., Page], home: str, exemplars: list[State]
) -> None:
    index = IndexPage(browse(home + INDEX))
    # Quietly: an aborted request would be a complaint of the browser's.
    index.page.evaluate("() => { window.fetch = () => Promise.reject(new TypeError('mất mạng')); }")
    index.choose("linh-vuc", "kinh-te")
    index.page.wait_for_url(f"{home}{INDEX}linh-vuc/kinh-te/")
    assert set(index.shown) >= set(matching(exemplars, {"linh-vuc": "kinh-te"}))
