"""Where words stand in so many entries that their places are not fetched whole, the same is found as where they are."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from plugins.search.index_files import SIZES, IndexSizes, build_index_files
from tests.browser.conftest import reader
from tests.search.cards import make_cards

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page, Route

    from tests.site.conftest import Build

CARDS = 600
# As in a country, but soon: every word of more than ten cards is cut, a card each stands in a file with a few others.
CUT = IndexSizes(shard=400, long=60, pack=2_000, segment=64)
QUERIES = (
    "dak drong",
    "dakdrong",
    "hu gao",
    "xã nông thôn mới",
    "nong thon moi dak wil",
    "hũ gạo tình thương thôn 9",
    "Hòa giải",
    "bê tông hóa",
    '"nông thôn mới"',
    '"hũ gạo" "tình thương"',
    '"mặt trận thôn"',
    "nongthonmoi",
)
_FIND = """async ([folder, query, effort, query_module, rank_module, index_module]) => {
    const { openIndex } = await import(index_module);
    const { readQuery } = await import(query_module);
    const { search } = await import(rank_module);
    const index = await openIndex(folder);
    const { entries, least } = await search(readQuery(query, index, false), index, () => true, effort);
    const shown = await Promise.all(entries.slice(0, 10).map((number) => index.entry(number)));
    return { entries, least, shown: shown.map(({ url }) => url) };
}"""


class Finder:
    """Asks the scripts of the search themselves."""

    def __init__(self, page: Page, build: Build) -> None:
        root = build.site.root
        names = ("search-query", "search-rank", "search-index")
        self._modules = [f"/{next(root.glob(f'theme/js/{name}.*.js')).relative_to(root).as_posix()}" for name in names]
        self._page = page

    def find(self, folder: str, query: str, effort: float = 1) -> dict[str, Any]:
        return dict(self._page.evaluate(_FIND, [f"/{folder}/", query, effort, *self._modules]))


@pytest.fixture(scope="module")
def finder(browser: Browser, home: str, built: Build) -> Iterator[Finder]:
    cards = list(make_cards(CARDS))
    indexes = {name: build_index_files(cards, limits)[1] for name, limits in (("whole", SIZES), ("cut", CUT))}
    assert any("-" in name for name in indexes["cut"])

    def answer(route: Route) -> None:
        folder, name = route.request.url.split("/")[-2:]
        route.fulfill(body=indexes[folder][name], content_type="application/json")

    with reader(browser) as open_page:
        page = open_page(home + "/lien-he/")
        for folder in indexes:
            page.route(f"**/{folder}/*.json", answer)
        yield Finder(page, built)


@pytest.mark.parametrize("query", QUERIES)
def test_a_cut_index_finds_what_a_whole_one_does(finder: Finder, query: str) -> None:
    whole, cut = finder.find("whole", query), finder.find("cut", query)
    assert whole["entries"]
    assert cut["shown"] == whole["shown"]
    assert sorted(cut["entries"]) == sorted(whole["entries"])
    assert cut["least"] is whole["least"] is False


@pytest.mark.parametrize("query", ["k nia", "thôn", "Hũ"])
def test_of_one_word_alone_the_foremost_part_is_enough(finder: Finder, query: str) -> None:
    """How often it stands in an entry is not asked: that would cost more than it tells."""
    whole, cut = finder.find("whole", query), finder.find("cut", query)
    assert whole["entries"]
    assert sorted(cut["entries"]) == sorted(whole["entries"])
    assert cut["least"] is False


def test_what_was_not_looked_at_is_told(finder: Finder) -> None:
    query = '"nông thôn mới"'
    whole, some = finder.find("whole", query), finder.find("cut", query, effort=0.003)
    assert some["least"] is True
    assert 0 < len(some["entries"]) < len(whole["entries"])
    assert set(some["entries"]) < set(whole["entries"])


def test_a_place_and_a_work_are_found_without_marks(finder: Finder) -> None:
    for query, told in (("dak drong", "dak-drong"), ("hu gao", "hu-gao")):
        first = finder.find("cut", query)["shown"]
        assert first
        assert all(told in url for url in first), json.dumps(first)
