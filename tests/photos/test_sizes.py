"""How large a photo is shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.photos.sizes import MAX_HEIGHT, MAX_WIDTH, fit


@pytest.mark.parametrize(
    ("size", "shown"),
    [
        ((800, 600), (800, 600)),
        ((1600, 1600), (1600, 1600)),
        ((4000, 3000), (1600, 1200)),
        ((3000, 4000), (1200, 1600)),
        ((16000, 3), (1600, 1)),
    ],
)
def test_scaled_down_and_never_up(size: tuple[int, int], shown: tuple[int, int]) -> None:
    assert fit(*size) == shown


@given(st.integers(1, 10**5), st.integers(1, 10**5))
def test_always_within_the_limits(width: int, height: int) -> None:
    shown_width, shown_height = fit(width, height)
    assert 1 <= shown_width <= min(width, MAX_WIDTH)
    assert 1 <= shown_height <= min(height, MAX_HEIGHT)
