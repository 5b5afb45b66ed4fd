"""A build after other builds and any changes gives the bytes of a first build."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings

from tests.site import incremental
from tests.site.changes import CHANGES
from tests.site.many_builds import Builder

if TYPE_CHECKING:
    from collections.abc import Iterator

A_STEP = 8


@pytest.fixture(scope="module")
def builder() -> Iterator[Builder]:
    with Builder() as builder:
        yield builder


def test_after_every_change_there_is(builder: Builder) -> None:
    """Each once, in an order that depends on nothing; every third time two builds at once."""
    chance = Random(2020)  # noqa: S311 - not for secrets
    changes = [(name, chance.randrange(8), chance.randrange(8)) for name in sorted(CHANGES)]
    chance.shuffle(changes)
    batches = [changes[start : start + A_STEP] for start in range(0, len(changes), A_STEP)]
    steps = [
        incremental.Step(
            batch, pause=number % 4 != 0, at_once=1 + (number % 3 == 2), way="alone" if number % 2 else "together"
        )
        for number, batch in enumerate(batches)
    ]
    # Between two builds nothing may have changed, too, or just some words.
    nothing = incremental.Step()
    words = [incremental.Step([("edit_body", number, number)]) for number in range(4)]
    mixed = (*steps[:4], nothing, words[0], words[1], *steps[4:8], nothing, words[2], *steps[8:], words[3], nothing)
    incremental.run_series(builder, mixed)


@settings(max_examples=1, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=incremental.series(5))
def test_after_any_series_of_changes(builder: Builder, steps: list[incremental.Step]) -> None:
    incremental.run_series(builder, steps)
