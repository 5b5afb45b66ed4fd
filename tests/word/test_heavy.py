"""A heavy file is read in time and memory or refused in a sentence; `python -m tests.word.heavy` measures more."""

from __future__ import annotations

import sys

import pytest

from tests.word.heavy import HOSTILE, MOST_MB, MOST_SECONDS, ORDINARY, measure

REFUSED = (
    "6 MB of text, unpacked",
    "tables too deep",
    "a table of 400,000 tags",
    "a repeated table, .odt",
    "a page of HTML",
)


@pytest.mark.skipif(sys.platform != "linux", reason="/proc is of Linux alone")
def test_a_file_of_6_mb_is_read_in_time_and_memory() -> None:
    suffix, make = ORDINARY["6 MB of text and photos"]
    data = make()
    assert 4_500_000 <= len(data) <= 7_000_000
    taken = measure(data, suffix)
    assert taken.said == "read"
    assert taken.megabytes <= MOST_MB
    # Twice the time on a machine that does other things too.
    assert taken.seconds <= 2 * MOST_SECONDS


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no getrusage to measure by")
@pytest.mark.parametrize("name", REFUSED)
def test_heavier_files_are_refused_in_a_sentence(name: str) -> None:
    suffix, make = HOSTILE[name]
    taken = measure(make(), suffix)
    assert taken.said.startswith(("Tệp dài quá một bài viết; ", "Tệp lồng quá nhiều tầng, không đọc được; "))
    assert taken.megabytes <= MOST_MB
    assert taken.seconds <= 2 * MOST_SECONDS


@pytest.mark.skipif(sys.platform != "linux", reason="/proc is of Linux alone")
@pytest.mark.parametrize("name", ["huge numbering", "many styles", "empty rows", "a long word"])
def test_no_file_takes_more_memory(name: str) -> None:
    suffix, make = HOSTILE[name]
    taken = measure(make(), suffix)
    assert not taken.said.startswith("crashed")
    assert taken.megabytes <= MOST_MB
