"""How large a photo is shown. Arithmetic only."""

from __future__ import annotations

# Wide enough for a full-width lead on a large screen; a phone photo is 4,000 px and tells where it was taken.
MAX_WIDTH = 1600
MAX_HEIGHT = 1600


def fit(width: int, height: int) -> tuple[int, int]:
    """Return the size, in pixels, of a photo scaled down to the limits; never scaled up."""
    scale = min(1.0, MAX_WIDTH / width, MAX_HEIGHT / height)
    return max(1, round(width * scale)), max(1, round(height * scale))
