"""Chains as the page of replication tells them: small ones whole, large ones cut, none slow."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from plugins.content.vocabulary.terms import Year
from plugins.exemplars.model.index import build_index
from plugins.exemplars.model.replication import CHAINS_PER_PAGE, DEEPEST, MOST_BESIDE, Replication

if TYPE_CHECKING:
    from collections.abc import Callable

    from plugins.exemplars.model.index import Chain, Index
    from tests.conftest import Project

COUNT = 1000


@pytest.fixture
def index(district: Project) -> Index:
    praised = {"hu-gao": "2020", "hop-thu": "2025", "kenh": "2019", "kenh-moi": "2026"}
    for slug, year in praised.items():
        (file,) = district.path.glob(f"content/bai-viet/*/{slug}/bai.md")
        text = file.read_text(encoding="utf-8")
        front = text.replace("---\nBài.", f"Biểu dương:\n  - Giấy khen | huyện | {year}\n---\nBài.")
        assert front != text
        file.write_text(front, encoding="utf-8", newline="\n")
    return district.edition().index


def large(project: Project, origin: Callable[[int], int]) -> Index:
    """Return an index of a thousand exemplars, each a copy of the one that `origin` says."""
    project.write_story("bai-0")
    library = project.load()
    (story,) = library.stories
    stories = [
        replace(
            story,
            slug=f"bai-{number}",
            title=f"Bài {number}",
            year=Year(2018 + number // 125),
            replicates=f"bai-{origin(number)}" if number else "",
        )
        for number in range(COUNT)
    ]
    return build_index(stories, library.vocabulary)


def replication_of(index: Index) -> Replication:
    return Replication(index)


def depth(chain: Chain) -> int:
    return 1 + max(map(depth, chain.copies), default=0)


def test_chains_stand_under_the_field_of_their_origin(index: Index) -> None:
    by_field = replication_of(index).by_field
    assert {field.id: [chain.story.slug for chain in chains] for field, chains in by_field.items()} == {
        "kinh-te": ["kenh"]
    }


def test_a_waiting_exemplar_is_recognised_and_in_no_chain(index: Index) -> None:
    """Copies and exemplars never commended do not wait; the longest wait comes first."""
    replication = replication_of(index)
    assert [story.slug for story in replication.waiting] == ["hu-gao", "hop-thu"]
    assert {field.id: len(stories) for field, stories in replication.waiting_by_field.items()} == {"van-hoa-xa-hoi": 2}


def test_a_commune_of_today_adds_up_its_predecessors(index: Index) -> None:
    shares = {
        lineage.total.commune.id: [
            (share.commune.id, share.copied, share.copying, share.waiting) for share in (lineage.total, *lineage.parts)
        ]
        for lineage in replication_of(index).lineages
    }
    assert shares == {
        "xa-cu-jut": [("xa-cu-jut", 1, 1, 0), ("xa-cu-jut", 0, 0, 0), ("ea-tling", 1, 1, 0)],
        "xa-nam-dong-2025": [
            ("xa-nam-dong-2025", 1, 2, 2),
            ("xa-nam-dong-2025", 0, 1, 1),
            ("dak-drong", 0, 1, 0),
            ("nam-dong", 1, 0, 1),
        ],
    }


def test_a_small_chain_is_shown_whole_beside_each_of_its_stories(index: Index) -> None:
    replication = replication_of(index)
    for slug in ("kenh", "kenh-ea-tling", "kenh-moi"):
        shown = replication.beside(index.by_slug[slug])
        assert (shown.story.slug, shown.size, replication.rest(shown)) == ("kenh", 3, 0)
        assert replication.url(index.by_slug[slug]) == "/nhan-rong/#kenh"


@pytest.mark.parametrize(
    ("origin", "near", "levels"),
    [
        pytest.param(lambda number: number - 1, 3, DEEPEST + 2, id="one after another"),
        pytest.param(lambda _: 0, 2, 2, id="all of one"),
        pytest.param(lambda number: (number - 1) // 2, 4, DEEPEST + 2, id="two of each"),
    ],
)
def test_a_thousand_stories_in_one_chain_are_listed_once_and_never_too_deep(
    project: Project, origin: Callable[[int], int], near: int, levels: int
) -> None:
    index = large(project, origin)
    (chain,) = index.chains
    replication = replication_of(index)
    shown = replication.shown(chain)
    assert (shown.size, chain.size, depth(shown)) == (COUNT - 1, COUNT - 1, levels)
    assert {story.slug for story in shown.stories} == set(index.by_slug)
    beside = replication.beside(index.by_slug["bai-400"])
    assert 1 + beside.size == near
    assert replication.rest(beside) == COUNT - near
    assert max(replication.beside(story).size for story in index.exemplars) <= MOST_BESIDE + 1
    assert {replication.url(story) for story in index.exemplars} == {"/nhan-rong/#bai-0"}


def test_a_chain_is_found_on_its_page_of_the_list(project: Project) -> None:
    for number in range(CHAINS_PER_PAGE + 1):
        project.write_story(f"goc-{number:02}", front={"Tiêu đề": f"Gốc {number:02}"})
        project.write_story(
            f"con-{number:02}", front={"Tiêu đề": f"Con {number:02}", "Nhân rộng từ": f"goc-{number:02}"}
        )
    index = project.edition().index
    replication = replication_of(index)
    assert replication.url(index.by_slug["con-00"]) == "/nhan-rong/#goc-00"
    assert replication.url(index.by_slug["con-12"]) == "/nhan-rong/trang/2/#goc-12"
