"""Each case of cases.tsv is read as a newsreader reads it; the properties of every reading hold for each."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from plugins.spoken.numbers import NORTH, SOUTH
from plugins.spoken.text import read_aloud
from plugins.vietnamese import capitalize

SPEECHES = {"bắc": NORTH, "nam": SOUTH}


class Case(NamedTuple):
    written: str
    said: str
    speech: str
    section: str


def read_cases() -> list[Case]:
    """Return the table: what is written, what is said, in which speech; “# ” begins a section of one kind."""
    lines = Path(__file__).with_name("cases.tsv").read_text(encoding="utf-8").splitlines()[1:]
    cases, section = [], ""
    for line in lines:
        if line.startswith("# "):
            section = line[2:]
        else:
            written, said, speech = line.split("\t")
            cases.append(Case(written, said, speech, section))
    return cases


CASES = read_cases()


@pytest.mark.parametrize("case", CASES, ids=[f"{case.written} ({case.speech})" for case in CASES])
def test_it_is_read_as_a_newsreader_reads_it(case: Case) -> None:
    said = read_aloud(case.written, SPEECHES[case.speech]).text
    # A text begins with a sentence.
    assert capitalize(said) == capitalize(case.said)
    assert not re.search(r"\d", said)
    assert read_aloud(said, SPEECHES[case.speech]).text == said


def test_there_are_enough_cases_and_half_of_them_are_irregular() -> None:
    irregular = [case for case in CASES if case.section.startswith("bất thường")]
    assert len({case[:3:2] for case in CASES}) == len(CASES) >= 400
    assert 2 * len(irregular) >= len(CASES)
    assert sum(case.speech == "nam" for case in CASES) >= 20
