"""The limits for reading or refusing a register: three seconds and 150 MB."""

from __future__ import annotations

import sys

import pytest

from tests.content.registers.heavy import measure


@pytest.mark.skipif(sys.platform != "linux", reason="cần /proc: bộ nhớ của một tiến trình")
@pytest.mark.parametrize(
    ("kind", "read"),
    [
        ("a string of 30,000 in 20,000 cells", 0),
        ("a string of 290 in 20,000 cells", 0),
        ("36 rows", 36),
        ("CSV of empty lines", 0),
    ],
)
def test_no_file_takes_more_than_its_bounds(kind: str, read: int) -> None:
    cost = measure(kind)
    assert cost.read == read
    assert (cost.seconds < 3, cost.memory < 150) == (True, True), cost
