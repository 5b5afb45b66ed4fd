"""The diagram of a chain: each exemplar on its own row, right of its origin, without crossing lines."""

from __future__ import annotations

import re
from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING

import pytest

from plugins.content.vocabulary.terms import Year
from plugins.exemplars.model.index import build_index
from plugins.exemplars.pages.chain_diagram import MOST_DRAWN, ChainDiagram, lay_out_chain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.conftest import Project


def draw(project: Project, copies: Sequence[tuple[int, int | None]], name: str = "") -> ChainDiagram:
    """Return the picture of exemplars given as (year, number of the one that it copies)."""
    project.write_story("goc")
    library = project.load()
    (story,) = library.stories
    stories = [
        replace(
            story,
            slug=f"bai-{number:04}",
            exemplar=name or f"Điển hình {number}",
            year=Year(year),
            replicates="" if origin is None else f"bai-{origin:04}",
        )
        for number, (year, origin) in enumerate(copies)
    ]
    (chain,) = build_index(stories, library.vocabulary).chains
    return lay_out_chain(chain)


def test_a_chain_reads_from_its_origin_down_and_to_the_right(project: Project) -> None:
    picture = draw(project, [(2019, None), (2020, 0), (2022, 1), (2026, 2)])
    assert [year for year, _ in picture.years] == [2019, 2020, 2022, 2026]
    assert [mark.x for mark in picture.nodes] == [0, 33.33, 66.67, 100]
    assert [x for _, x in picture.years] == [0, 33.33, 66.67, 100]
    assert [mark.place for mark in picture.nodes] == [f"Nam Dong cũ, {year}" for year in (2019, 2020, 2022, 2026)]
    assert [mark.origin for mark in picture.nodes] == [None, *picture.nodes[:3]]
    assert not picture.is_crowded


def test_long_names_are_broken_and_never_run_out_of_the_picture(project: Project) -> None:
    name = "Ban Công tác Mặt trận thôn 7 và thôn Tân Sơn"
    picture = draw(project, [(2019, None), (2020, 0)], name)
    assert picture.nodes[0].words == ("Ban Công tác Mặt trận", "thôn 7 và thôn Tân Sơn")
    first, second = picture.nodes
    assert second.y - first.y > 18 * (1 + len(first.words))


def test_an_exemplar_without_years_between_fills_the_picture_and_many_years_are_crowded(project: Project) -> None:
    assert [mark.x for mark in draw(project, [(2020, None), (2020, 0)]).nodes] == [0, 100]
    line = draw(project, [(2015 + number, number - 1 if number else None) for number in range(11)])
    assert line.is_crowded
    assert line.nodes[-1].x == 100


def test_a_copy_of_the_same_or_an_earlier_year_is_right_of_its_origin(project: Project) -> None:
    picture = draw(project, [(2020, None), (2020, 0), (2019, 1), (2021, 2)])
    xs = [mark.x for mark in picture.nodes]
    assert xs == sorted(set(xs))
    assert [mark.place for mark in picture.nodes][2] == "Nam Dong cũ, 2019"
    assert [year for year, _ in picture.years] == [2020, 2021]


def test_of_a_large_chain_the_nearest_are_drawn_and_the_rest_counted(project: Project) -> None:
    star = draw(project, [(2020, None), *[(2021, 0)] * 999])
    assert len(star.nodes) == MOST_DRAWN + 1
    assert (star.nodes[-1].place, star.nodes[-1].story) == ("và 940 nơi khác", None)
    line = draw(project, [(2018 + number // 125, number - 1 if number else None) for number in range(1000)])
    assert line.nodes[-1].place == "và 940 nơi khác"
    assert line.nodes[-1].origin == line.nodes[-2]


@pytest.mark.parametrize("seed", range(4))
def test_rows_of_a_thousand_stay_apart_and_no_line_runs_through_words(project: Project, seed: int) -> None:
    chance = Random(seed)  # noqa: S311 - not for secrets
    copies: list[tuple[int, int | None]] = [(2018, None)]
    copies += [(2018 + n // 125, chance.randrange(max(0, n - 30 * (seed + 1)), n)) for n in range(1, 1000)]
    picture = draw(project, copies)
    ys = [mark.y for mark in picture.nodes]
    assert ys == sorted(set(ys))
    stories = [mark for mark in picture.nodes if mark.story]
    assert len(stories) == MOST_DRAWN
    hidden = sum(int(re.findall(r"\d+", mark.place)[0]) for mark in picture.nodes if not mark.story)
    assert len(stories) + hidden == 1000
    for mark in picture.nodes[1:]:
        assert mark.origin
        # The upright part of a line passes left of every mark, and so of all words, on its way.
        passed = [other for other in picture.nodes if mark.origin.y < other.y < mark.y]
        assert all(other.x >= mark.origin.x for other in passed)
    assert all(0 <= mark.x <= 100 for mark in picture.nodes)
