"""The index: each exemplar counted once on every side, in an order that never changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from plugins.content.vocabulary.terms import KINDS, Year
from plugins.exemplars.model.index import Chain, Index, build_index

if TYPE_CHECKING:
    from collections.abc import Iterable

    from plugins.content.stories.story import Story
    from plugins.exemplars.model.matrix import Matrix
    from tests.conftest import Project

NEWEST_FIRST = ["kenh-moi", "hop-thu", "chieng", "kenh-dak-drong", "hu-gao", "kenh-ea-tling", "kenh"]


@pytest.fixture
def index(district: Project) -> Index:
    return district.edition().index


def slugs(stories: Iterable[Story]) -> list[str]:
    return [story.slug for story in stories]


def counts(matrix: Matrix) -> list[list[tuple[str, list[int], int]]]:
    periods = matrix.periods
    return [[(row.commune.id, [cell.count for cell in row.cells], row.total) for row in rows] for rows in periods]


def nested(chain: Chain) -> tuple[str, list[object]]:
    return chain.story.slug, [nested(copy) for copy in chain.copies]


def test_exemplars_are_newest_first_and_news_stand_apart(index: Index) -> None:
    assert slugs(index.exemplars) == NEWEST_FIRST
    assert slugs(index.news) == ["tin"]
    assert slugs(index.stories) == [*NEWEST_FIRST[:4], "tin", *NEWEST_FIRST[4:]]


def test_by_name_is_in_vietnamese_order(index: Index) -> None:
    assert [story.name for story in index.by_name] == [
        "Ăn chắc từ một con kênh",
        "Bà con giữ tiếng chiêng",
        "Bà Hoa",
        "Đắk D’rông cũng có kênh",
        "Ea T’ling học làm kênh",
        "Hộp thư góp ý",
        "Kênh về thôn 3",
    ]


def test_stories_of_one_day_stand_by_title_in_vietnamese_order(project: Project) -> None:
    for slug, title in (("z", "Ăn chắc"), ("y", "An toàn"), ("x", "Đắk Wil"), ("w", "Dệt vải"), ("v", "Ê Đê")):
        project.write_story(slug, front={"Tiêu đề": title})
    titles = [story.title for story in project.edition().index.stories]
    assert titles == ["An toàn", "Ăn chắc", "Dệt vải", "Đắk Wil", "Ê Đê"]


def test_the_order_of_reading_changes_nothing(district: Project) -> None:
    library = district.load()
    one, other = (build_index(stories, library.vocabulary) for stories in (library.stories, library.stories[::-1]))
    for side in ("stories", "by_name", "news"):
        assert slugs(getattr(one, side)) == slugs(getattr(other, side))
    for side in ("by_field", "by_commune", "by_kind", "by_year", "by_movement", "copies"):
        here, there = getattr(one, side), getattr(other, side)
        assert [(term, slugs(stories)) for term, stories in here.items()] == [
            (term, slugs(stories)) for term, stories in there.items()
        ]
    assert one.matrix_then == other.matrix_then
    assert list(map(nested, one.chains)) == list(map(nested, other.chains))


def test_every_exemplar_is_under_one_term_of_each_facet(index: Index) -> None:
    for facet in (index.by_field, index.by_commune, index.by_kind, index.by_year, index.by_pair):
        assert sorted(slug for stories in facet.values() for slug in slugs(stories)) == sorted(NEWEST_FIRST)
    assert list(index.by_field) == list(index.vocabulary.fields)
    assert list(index.by_kind) == list(KINDS)
    assert list(index.by_year) == [Year(2026), Year(2025), Year(2021), Year(2020), Year(2019)]


def test_a_second_field_is_related_and_not_counted(index: Index) -> None:
    economy, culture = index.vocabulary.fields
    assert slugs(index.by_field[economy]) == ["kenh-moi", "kenh-dak-drong", "kenh-ea-tling", "kenh"]
    assert slugs(index.by_field[culture]) == ["hop-thu", "chieng", "hu-gao"]
    assert slugs(index.also_in_field[economy]) == ["chieng"]


def test_a_movement_gathers_news_too(index: Index) -> None:
    assert {movement.id: slugs(stories) for movement, stories in index.by_movement.items()} == {
        "hang-viet": ["hop-thu", "tin"],
        "an-ninh-to-quoc": [],
    }


def test_the_matrix_as_it_was_and_as_it_is(index: Index) -> None:
    assert counts(index.matrix_then) == [
        [("dak-drong", [1, 0], 1), ("ea-tling", [1, 0], 1), ("nam-dong", [1, 2], 3)],
        [("xa-cu-jut", [0, 0], 0), ("xa-nam-dong-2025", [1, 1], 2)],
    ]
    assert counts(index.matrix_now) == [[("xa-cu-jut", [1, 0], 1), ("xa-nam-dong-2025", [3, 3], 6)]]


def test_the_sums_before_and_after_the_merger_are_equal(index: Index) -> None:
    for matrix in (index.matrix_then, index.matrix_now):
        assert matrix.column_totals == tuple(len(stories) for stories in index.by_field.values()) == (4, 3)
        assert matrix.total == sum(row.total for row in matrix.rows) == len(index.exemplars) == 7


def test_a_commune_includes_its_predecessors(index: Index) -> None:
    parts = index.by_predecessor(index.vocabulary.commune("xa-nam-dong-2025"))
    assert [(place.id, slugs(stories)) for place, stories in parts] == [
        ("xa-nam-dong-2025", ["kenh-moi", "hop-thu"]),
        ("dak-drong", ["kenh-dak-drong"]),
        ("nam-dong", ["chieng", "hu-gao", "kenh"]),
    ]
    assert slugs(index.in_place(index.vocabulary.commune("nam-dong"))) == ["chieng", "hu-gao", "kenh"]
    assert slugs(index.in_place(index.vocabulary.commune("xa-cu-jut"))) == ["kenh-ea-tling"]


def test_a_chain_begins_at_its_origin_with_the_oldest_copies_first(index: Index) -> None:
    (chain,) = index.chains
    assert nested(chain) == ("kenh", [("kenh-ea-tling", [("kenh-dak-drong", []), ("kenh-moi", [])])])
    assert chain.size == 3
    assert slugs(chain.stories) == ["kenh", "kenh-ea-tling", "kenh-dak-drong", "kenh-moi"]


def test_each_copy_knows_its_origin_and_its_root(index: Index) -> None:
    copy = index.by_slug["kenh-moi"]
    origin = index.origin(copy)
    assert origin
    assert (origin.slug, index.root(copy).slug) == ("kenh-ea-tling", "kenh")
    assert index.origin(index.by_slug["kenh"]) is None
    assert index.root(index.by_slug["hu-gao"]).slug == "hu-gao"


def test_a_chain_whose_origin_is_left_out_begins_lower_down(project: Project) -> None:
    project.write_story("goc", front={"Tiêu đề": "Gốc", "Mẫu": "có"})
    project.write_story("hoc-theo", front={"Tiêu đề": "Con", "Nhân rộng từ": "goc"})
    project.write_story("chau", front={"Tiêu đề": "Cháu", "Nhân rộng từ": "hoc-theo"})
    index = project.edition(samples=False).index
    assert list(map(nested, index.chains)) == [("hoc-theo", [("chau", [])])]
    assert index.origin(index.by_slug["hoc-theo"]) is None


def test_the_largest_chain_comes_first(project: Project) -> None:
    for slug, origin in (("a", None), ("a-1", "a"), ("b", None), ("b-1", "b"), ("b-2", "b-1"), ("le", None)):
        project.write_story(slug, front={"Tiêu đề": f"Bài {slug}", "Nhân rộng từ": origin})
    assert [(chain.story.slug, chain.size) for chain in project.edition().index.chains] == [("b", 2), ("a", 1)]


def test_an_index_of_nothing_still_has_every_row(project: Project) -> None:
    index = project.edition().index
    assert counts(index.matrix_now) == [[("xa-cu-jut", [0, 0], 0), ("xa-nam-dong-2025", [0, 0], 0)]]
    assert (index.matrix_then.total, index.chains, index.by_name) == (0, (), ())


def test_related_stories_are_near_and_never_the_story_itself(index: Index) -> None:
    for story in index.stories:
        related = index.related(story)
        assert story not in related
        assert len(set(related)) == len(related) == 3
    assert slugs(index.related(index.by_slug["hu-gao"]))[0] == "chieng"
