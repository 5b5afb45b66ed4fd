"""Budgets of compressed bytes for a cheap phone: over one is advice, over twice that an error."""

import re
from collections.abc import Iterator

from plugins.content.addresses.sections import NEWS, SEARCH
from plugins.content.addresses.urls import file_of_url, url_of_file
from plugins.release.verify.candidate import Candidate
from plugins.release.verify.facts import Facts, Finding
from plugins.sources.problem import Level
from plugins.vietnamese import format_number

STORY_HTML = 20_000
LONG_INDEX_HTML = 60_000
STYLE = 12_000
SCRIPTS = 10_000
FONTS = 40_000
# Phones show at most 800 px; the largest copy is for large screens.
LEAD_PHOTO = 80_000
LARGE_PHOTO = 500_000
WITHOUT_SCRIPT_BAR = {SEARCH.url}  # its search engine has budgets of its own (tests/search)
STORY_URL = re.compile(rf"{NEWS.url}\d{{4}}/")
_LOADED = (("CSS", "style-src", STYLE), ("JS", "script-src", SCRIPTS), ("phông", "font-src", FONTS))
_PHONE_COPY = re.compile(r"-(?:[1-7]?\d{1,2}|800)\.webp$")
_PHOTO = re.compile(r"\.(?:webp|jpe?g|avif)$")


def find_heavy(candidate: Candidate) -> Iterator[Finding]:
    """Yield each page and photo over budget."""
    for url, facts in candidate.pages.items():
        yield from _judge(url, "HTML", facts.weight, STORY_HTML if STORY_URL.match(url) else LONG_INDEX_HTML)
        for what, directive, bar in _LOADED:
            if directive != "script-src" or url not in WITHOUT_SCRIPT_BAR:
                yield from _judge(url, what, _weigh(candidate, url, facts, directive), bar)
    for path, facts in candidate.files.items():
        if _PHOTO.search(path):
            bar = LEAD_PHOTO if _PHONE_COPY.search(path) else LARGE_PHOTO
            yield from _judge(url_of_file(path), "ảnh", facts.weight, bar)


def _judge(url: str, what: str, weight: int, bar: int) -> Iterator[Finding]:
    if weight > bar:
        level = Level.ERROR if weight > 2 * bar else Level.ADVICE
        fix = "rút ngắn trang, hoặc tách làm hai" if what == "HTML" else "làm tệp ấy nhẹ đi"
        yield Finding(url, f"{what} nặng {format_number(weight)} byte, quá {format_number(bar)}", fix, level)


def _weigh(candidate: Candidate, url: str, facts: Facts, directive: str) -> int:
    """Return the bytes that a page loads by a directive, directly or through other files."""
    found: set[str] = set()
    waiting = [(file_of_url(url), facts)]
    while waiting:
        path, read = waiting.pop()
        for by, target in read.loads:
            own = candidate.find_own(path, target) if by == directive else None
            file = candidate.find_file(own.path) if own else None
            if file and file not in found:
                found.add(file)
                waiting.append((file, candidate.files[file]))
    return sum(candidate.files[file].weight for file in found)
