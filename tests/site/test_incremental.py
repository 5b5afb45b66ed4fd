"""A build after other builds and any changes gives the bytes of a first build."""

from __future__ import annotations

from random import Random

from hypothesis import given, settings

from tests.site import incremental
from tests.site.changes import CHANGES

A_STEP = 8


def test_after_every_change_there_is() -> None:
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
    incremental.run_series(mixed)


@settings(max_examples=1)
@given(steps=incremental.series(5))
def test_after_any_series_of_changes(steps: list[incremental.Step]) -> None:
    incremental.run_series(steps)
