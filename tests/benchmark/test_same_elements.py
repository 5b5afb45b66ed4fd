"""Fair in both directions: a peer's pages carry what ours carry, but for what is named here, and nothing beside it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from tests.benchmark import contestants, stories
from tests.benchmark.contestants import ELEVENTY, HUGO, PELICAN, PROJECT
from tests.site.pages import Page

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from xml.etree.ElementTree import Element

    from plugins.content.load import Content
    from plugins.content.story import Story

SIZE = 40
# How Markdown becomes HTML is each generator's own; which stories belong to another field too, how often an exemplar
# was replicated, and in which order all stand by name, only ours tells.
OURS_ALONE = {"prose", "group", "card__spread"}
# Stock cannot choose what is near.
STOCK_CANNOT = {"teasers"}
MINUTES = re.compile(r"· \d+ phút đọc")


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Content]:
    folder = tmp_path_factory.mktemp("cùng") / "ours"
    library = stories.write_ours(PROJECT, folder, SIZE)
    next(contestants.plan_ours(library, folder)).command.time()
    return folder / "output", library


@pytest.fixture(scope="module", params=[PELICAN, HUGO, ELEVENTY])
def peer(
    request: pytest.FixtureRequest, ours: tuple[Path, Content], tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, Path]:
    found = contestants.find_installed(request.param)
    if found is None:
        pytest.skip(f"máy không có {request.param}")
    folder = tmp_path_factory.mktemp(request.param) / "site"
    found.plan(ours[1], folder).command.time()
    return request.param, folder / found.made[0]


def test_a_story_has_the_same_elements(ours: tuple[Path, Content], peer: tuple[str, Path]) -> None:
    replicated = {story.replicates for story in ours[1].stories}
    alone = [story for story in ours[1].stories if not story.replicates and story.slug not in replicated]
    exemplars = [story for story in alone if story.is_exemplar]
    richest = max(exemplars, key=_wealth)
    assert _wealth(richest) >= 5
    for story in (richest, min(exemplars, key=_wealth), next(story for story in alone if not story.is_exemplar)):
        compare(story.url, ours[0], *peer)


def test_a_list_has_the_same_elements(ours: tuple[Path, Content], peer: tuple[str, Path]) -> None:
    output, library = ours
    exemplars = [story for story in library.stories if story.is_exemplar]
    news = {story.date.year for story in library.stories if not story.is_exemplar}
    compare(next(story.year.url for story in exemplars if story.year.number not in news), output, *peer)
    if peer[0] == PELICAN:
        return
    commune, field = next(story.pair for story in exemplars if story.pair and story.pair[0].successor)
    for url in (field.url, commune.pair_url(field), "/bai-viet/"):
        compare(url, output, *peer)
    compare_parts("/bai-viet/trang/2/", ("crumbs", "sheet__head", "card__title", "pager", "footer"), output, peer[1])
    # In another order, and on more pages: ours has them by field.
    compare_parts(commune.url, ("nav", "crumbs", "sheet__head", "bars"), output, peer[1])


def test_the_home_page_has_the_same_stories(ours: tuple[Path, Content], peer: tuple[str, Path]) -> None:
    if peer[0] == PELICAN:
        pytest.skip("trang đầu của Pelican thường là danh sách mọi bài")
    compare_parts("/", ("nav", "handover", "front__lead", "front__latest", "footer"), ours[0], peer[1])


def compare(url: str, output: Path, name: str, folder: Path) -> None:
    """Assert that a page of ours and of a peer have the same classes, data, head, words and links."""
    without = OURS_ALONE | (STOCK_CANNOT if name == PELICAN else set())
    mine, theirs = (open_page(url, place) for place in (output, folder))
    assert set(_head(mine)) == set(_head(theirs))
    for page in (mine, theirs):
        _prune(page.root, without)
    assert _classes(mine) == _classes(theirs)
    assert set(_attributes(mine)) == set(_attributes(theirs))
    assert _paths(mine) == _paths(theirs)
    # Stock does not count how long a story takes to read; the others count otherwise than we do.
    assert {MINUTES.sub("", text) for text in _texts(mine.main)} - {""} == {
        MINUTES.sub("", text) for text in _texts(theirs.main)
    } - {""}
    if name != PELICAN:
        # Stock makes addresses of names, ours come from registers; and feeds stand elsewhere.
        assert _links(mine) == _links(theirs)


def compare_parts(url: str, css_classes: Iterable[str], output: Path, folder: Path) -> None:
    """Assert that what bears these classes says the same on a page of ours and of a peer."""
    mine, theirs = (open_page(url, place) for place in (output, folder))
    for css_class in css_classes:
        said, also_said = ([*map(_texts, page.find("*", css_class))] for page in (mine, theirs))
        assert said
        assert said == also_said


def open_page(url: str, folder: Path) -> Page:
    return Page(url, folder / url.lstrip("/") / "index.html")


def _wealth(story: Story) -> int:
    ended = bool(story.commune and story.commune.successor)
    facts = (story.author, story.source, story.results, story.honors, story.movements, ended, story.exemplar)
    return sum(map(bool, facts))


def _prune(root: Element, classes: set[str]) -> None:
    for parent in list(root.iter()):
        for child in list(parent):
            if classes & set(child.get("class", "").split()):
                parent.remove(child)


def _head(page: Page) -> Iterator[tuple[str, ...]]:
    for element in page.first("head"):
        if element.tag in ("meta", "link"):
            kept = ("name", "property", "rel", "media", "type", "sizes")
            yield (str(element.tag), *(element.get(key, "") for key in kept))


def _classes(page: Page) -> set[str]:
    return {name for element in page.first("body").iter() for name in element.get("class", "").split()}


def _attributes(page: Page) -> Iterator[tuple[str, str]]:
    for element in page.first("body").iter():
        for key, value in element.items():
            if key.startswith(("data-", "aria-")) and key != "data-ten":
                yield key, value


def _paths(page: Page) -> set[tuple[str, str]]:
    """Return where in the JSON-LD which text stands: numbers of items aside, the path of keys and the value."""

    def walk(value: Any, path: str) -> Iterator[tuple[str, str]]:
        if isinstance(value, dict):
            for key, inner in value.items():
                yield from walk(inner, f"{path}.{key}")
        elif isinstance(value, list):
            for inner in value:
                yield from walk(inner, path)
        else:
            yield path, str(value)

    # Which page of a list it is, not all write into its data.
    return {pair for pair in walk(page.data, "") if "/trang/" not in pair[1] and "(trang " not in pair[1]}


def _texts(element: Element) -> set[str]:
    return {" ".join(text.split()) for text in element.itertext()} - {""}


def _links(page: Page) -> set[str]:
    return {url for url in map(_address, page.find("a")) if not url.endswith(".xml")}


def _address(link: Element) -> str:
    return link.get("href", "").lower()
