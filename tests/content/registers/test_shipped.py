"""The sample registers that the project ships: whole, in agreement with the stories, and said to be samples."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from plugins.content.registers.act import ActKind
from plugins.content.registers.registration import State
from tests.loading import load

if TYPE_CHECKING:
    from plugins.content.content import Content

PROJECT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def district() -> Content:
    return load(PROJECT)


def test_nothing_in_them_is_wrong(district: Content) -> None:
    assert [problem for problem in district.problems if "co-quan.yaml" not in problem.path] == []


def test_every_row_is_a_sample(district: Content) -> None:
    assert district.registrations(samples=False) == {}


@pytest.mark.parametrize(("year", "least", "communes"), [(2020, 30, 8), (2026, 12, 3)])
def test_each_year_has_every_commune_field_kind_and_status(
    district: Content, year: int, least: int, communes: int
) -> None:
    rows = district.registers[year].registrations
    assert len(rows) >= least
    assert len({row.commune for row in rows}) == communes
    assert all(row.commune and row.commune.existed_on(row.registered_on) for row in rows)
    assert (len({row.field for row in rows}), len({row.kind for row in rows})) == (4, 3)
    assert {row.state for row in rows} == set(State)
    kinds = {act.kind for row in rows for act in row.acts}
    assert kinds >= {ActKind.REVIEW, ActKind.RECOGNITION, ActKind.AWARD}
    assert not any(row.undated for row in rows)


def test_they_are_linked_to_stories_across_the_years(district: Content) -> None:
    linked = {code: story.year.number for code, story in district.stories_by_code.items()}
    assert {code[3:7] for code in linked} == {"2020", "2026"}
    assert all(int(code[3:7]) == year for code, year in linked.items())
    posted = {story.date.year for story in district.stories_by_code.values() if story.year.number == 2020}
    assert posted == {2020, 2021}
    assert len(linked) >= 12
