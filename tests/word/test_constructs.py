"""Every kind of construct is read right; `python -m tests.word.constructs` sets it beside what others make of it."""

from __future__ import annotations

import pytest

from tests.word.construct_kinds import KINDS
from tests.word.constructs import Construct, is_right
from tests.word.page import our_page


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: f"{kind.group}: {kind.name}{kind.suffix}")
def test_a_construct_is_read_right(kind: Construct) -> None:
    assert is_right(kind, our_page)


def test_there_are_enough_of_them() -> None:
    assert len(KINDS) >= 100
    assert len({(kind.group, kind.name, kind.suffix) for kind in KINDS}) == len(KINDS)
