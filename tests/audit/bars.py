"""How heavy a page may be, compressed, in bytes: the figures that the site was built to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.audit.weight import Weight

STORY_HTML = 20_000
LONG_INDEX_HTML = 60_000
STYLE = 12_000
SCRIPTS = 10_000
FONTS = 40_000
FONT_FILES = 2
LEAD_PHOTO = 80_000
STORY = 150_000
REQUESTS = 10
SHIFT = 0.02
SECONDS_TO_TEXT = 4.0

# /tim-kiem/ has a search engine, which has bars of its own.
_WITHOUT_SCRIPT_BAR = {"/tim-kiem/"}
_STORY = re.compile(r"/bai-viet/\d{4}/")


def find_faults(url: str, weight: Weight) -> Iterator[str]:
    """Yield every bar that a page does not meet."""
    limits = [
        ("HTML", weight.sizes["html"], STORY_HTML if _STORY.match(url) else LONG_INDEX_HTML),
        ("CSS", weight.sizes["css"], STYLE),
        ("tệp CSS", weight.counts.get("css", 0), 1),
        ("JS", weight.sizes["js"], weight.sizes["js"] if url.partition("?")[0] in _WITHOUT_SCRIPT_BAR else SCRIPTS),
        ("phông", weight.sizes["font"], FONTS),
        # A page with a passage in Ê Đê or M’Nông has that passage's font too.
        ("tệp phông", weight.counts.get("font", 0), FONT_FILES + 1),
        ("nơi tải", len(weight.hosts), 1),
        ("xê dịch", weight.shift, SHIFT),
    ]
    if _STORY.match(url):
        limits += [("tất cả", weight.total, STORY), ("lượt tải", weight.requests, REQUESTS)]
    for what, got, most in limits:
        if got > most:
            yield f"{what} {got} > {most}"
