"""Words in, words out: of sixty office documents at random nothing is lost but what the report says is left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.word.corpus import KINDS, make, score

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("kind", range(len(KINDS)), ids=KINDS)
def test_every_word_of_an_office_document_comes_back_once(kind: int, tmp_path: Path) -> None:
    scores = [score(make(seed), tmp_path) for seed in range(kind, 60, len(KINDS))]
    assert len(scores) == 12
    found = sum(one.found for one in scores)
    assert found / sum(one.seen for one in scores) >= 0.999
    assert found / sum(one.got for one in scores) >= 0.999
    assert [one.wrong for one in scores if one.wrong] == []


def test_the_documents_are_the_same_each_time_and_hide_something() -> None:
    made = [make(seed) for seed in range(10)]
    assert [one.seen for one in made] == [make(seed).seen for seed in range(10)]
    assert {one.suffix for one in made} == {".docx", ".odt"}
    assert sum(one.unseen.total() for one in made) >= 5
