"""How heavy a page may be, compressed, in bytes: the figures that the site was built to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plugins.release.verify.budgets import (
    FONTS,
    LONG_INDEX_HTML,
    SCRIPTS,
    STORY_HTML,
    STORY_URL,
    STYLE,
    WITHOUT_SCRIPT_BAR,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.audit.weight import Weight

FONT_FILES = 2
# Of any page on a first visit, with its pictures.
WHOLE = 100_000
# Of a story, over the wire: its icon is its logo, which is there by then.
REQUESTS = 9
SHIFT = 0.02
SECONDS_TO_TEXT = 4.0


def find_faults(url: str, weight: Weight) -> Iterator[str]:
    """Yield every bar that a page does not meet."""
    limits = [
        ("HTML", weight.sizes["html"], STORY_HTML if STORY_URL.match(url) else LONG_INDEX_HTML),
        ("CSS", weight.sizes["css"], STYLE),
        ("tệp CSS", weight.counts.get("css", 0), 1),
        ("JS", weight.sizes["js"], weight.sizes["js"] if url.partition("?")[0] in WITHOUT_SCRIPT_BAR else SCRIPTS),
        ("phông", weight.sizes["font"], FONTS),
        # A page with a passage in Ê Đê or M’Nông has that passage's font too.
        ("tệp phông", weight.counts.get("font", 0), FONT_FILES + 1),
        ("nơi tải", len(weight.hosts), 1),
        ("xê dịch", weight.shift, SHIFT),
        ("tất cả", weight.total, WHOLE),
    ]
    if STORY_URL.match(url):
        limits.append(("lượt tải", weight.requests, REQUESTS))
    for what, got, most in limits:
        if got > most:
            yield f"{what} {got} > {most}"
