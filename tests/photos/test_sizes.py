"""How large a photo is shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.photos.recipe import MAX_HEIGHT, WIDTHS, Size, fallback_size, plan_sizes


@pytest.mark.parametrize(
    ("size", "offered", "fallback"),
    [
        pytest.param(
            (4000, 3000), [(240, 180), (480, 360), (800, 600), (1200, 900), (1600, 1200)], (800, 600), id="phone"
        ),
        pytest.param(
            (3000, 4000), [(240, 320), (480, 640), (800, 1067), (1200, 1600), (1600, 2133)], (800, 1067), id="upright"
        ),
        pytest.param(
            (1600, 1067), [(240, 160), (480, 320), (800, 534), (1200, 800), (1600, 1067)], (800, 534), id="as large"
        ),
        pytest.param((1000, 500), [(240, 120), (480, 240), (800, 400), (1000, 500)], (800, 400), id="between two"),
        pytest.param((300, 200), [(240, 160), (300, 200)], (300, 200), id="small"),
        pytest.param((1, 1), [(1, 1)], (1, 1), id="a dot"),
        pytest.param((16000, 3), [(240, 1), (480, 1), (800, 1), (1200, 1), (1600, 1)], (800, 1), id="a line"),
        pytest.param(
            (20000, 2000), [(240, 24), (480, 48), (800, 80), (1200, 120), (1600, 160)], (800, 80), id="panorama"
        ),
        pytest.param((2000, 20000), [(240, 2400), (320, 3200)], (320, 3200), id="tower"),
    ],
)
def test_scaled_down_and_never_up(size: Size, offered: list[Size], fallback: Size) -> None:
    assert list(plan_sizes(*size)) == offered
    assert fallback_size(*size) == fallback


@given(st.integers(1, 10**5), st.integers(1, 10**5))
def test_always_within_the_limits_and_in_proportion(width: int, height: int) -> None:
    sizes = plan_sizes(width, height)
    assert 1 <= len(sizes) <= len(WIDTHS)
    assert list(sizes) == sorted(set(sizes))
    assert fallback_size(width, height) in sizes
    for shown_width, shown_height in sizes:
        assert 1 <= shown_width <= min(width, WIDTHS[-1])
        assert 1 <= shown_height <= min(height, MAX_HEIGHT)
        # To the pixel, in the direction in which that is less.
        off = abs(shown_height - height * shown_width / width), abs(shown_width - width * shown_height / height)
        assert min(off) <= 1
