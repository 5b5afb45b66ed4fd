"""The cost of a page with a cheap phone and an empty cache: bytes by kind, requests, shift, time to text."""

from __future__ import annotations

import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import cycle
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from playwright.sync_api import Browser, Page

PHONE: dict[str, Any] = {
    "viewport": {"width": 360, "height": 740},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
}
DESK: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}}
# 400 kbit/s and 400 ms there and back.
SLOW: dict[str, Any] = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
# The browser's own throttling delays each request, but not what comes before the first: TCP and TLS, a round trip each.
HANDSHAKES = 0.8

_KINDS = {"Document": "html", "Stylesheet": "css", "Script": "js", "Font": "font", "Image": "image"}
# Notes from the first moment on what moves, unless the reader did it.
_WATCH = """window.shift = 0;
new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value;
}).observe({ type: "layout-shift", buffered: true });"""
# Milliseconds in which a loaded page may still fetch something, and move.
_SETTLED = 600
# A page is opened in one while others settle in the next; by as many, the first has settled.
_WINDOWS = 4
_PAINT = "() => performance.getEntriesByName('first-contentful-paint')[0].startTime / 1000"


@dataclass
class Weight:
    """Bytes over the wire, headers included, by kind: html, css, js, font, image, other."""

    sizes: dict[str, int] = field(default_factory=lambda: dict.fromkeys((*_KINDS.values(), "other"), 0))
    counts: dict[str, int] = field(default_factory=dict)
    hosts: set[str] = field(default_factory=set)
    shift: float = 0.0

    @property
    def total(self) -> int:
        return sum(self.sizes.values())

    @property
    def requests(self) -> int:
        return sum(self.counts.values())


class _Window:
    """One window of a reader, who comes to each page for the first time."""

    def __init__(self, browser: Browser, reader: Mapping[str, Any], *, scripts: bool) -> None:
        self._context = browser.new_context(**reader, java_script_enabled=scripts)
        self._context.add_init_script(_WATCH)
        self._page, self._scripts = self._context.new_page(), scripts
        self._session = self._context.new_cdp_session(self._page)
        self._session.on("Network.responseReceived", self._remember)
        self._session.on("Network.loadingFinished", self._add)
        self._session.send("Network.enable")
        self._weight, self._kinds, self._loaded = Weight(), dict[str, str](), 0.0

    def open(self, url: str) -> Weight:
        """Open a page, and return what will have come of it once the window is asked for another, or closed."""
        self._settle()
        self._session.send("Network.clearBrowserCache")
        self._weight, self._kinds = Weight(), {}
        self._page.goto(url, wait_until="load")
        self._loaded = time.monotonic()
        return self._weight

    def close(self) -> None:
        self._settle()
        self._context.close()

    def _settle(self) -> None:
        if self._loaded:
            self._page.wait_for_timeout(max(0, _SETTLED - (time.monotonic() - self._loaded) * 1000))
            if self._scripts:
                self._weight.shift = self._page.evaluate("window.shift")

    def _remember(self, said: dict[str, Any]) -> None:
        if not said["response"]["url"].startswith("data:"):
            self._kinds[said["requestId"]] = _KINDS.get(said["type"], "other")
            self._weight.hosts.add(said["response"]["url"].split("/")[2])

    def _add(self, said: dict[str, Any]) -> None:
        if kind := self._kinds.get(said["requestId"]):
            self._weight.sizes[kind] += int(said["encodedDataLength"])
            self._weight.counts[kind] = self._weight.counts.get(kind, 0) + 1


def weigh(
    browser: Browser, urls: Sequence[str], reader: Mapping[str, Any] = PHONE, *, scripts: bool = True
) -> dict[str, Weight]:
    """Open pages as a reader does for the first time, without scrolling, and add up what came of each."""
    windows = [_Window(browser, reader, scripts=scripts) for _ in urls[:_WINDOWS]]
    weights = {url: window.open(url) for url, window in zip(urls, cycle(windows), strict=False)}
    for window in windows:
        window.close()
    return weights


@contextmanager
def _open_at_once(
    browser: Browser, urls: Iterable[str], reader: Mapping[str, Any], link: Mapping[str, Any] | None = None
) -> Iterator[dict[str, Page]]:
    """Open pages beside each other, each as a new reader does; gives them when all have settled."""
    pages: dict[str, Page] = {}
    try:
        for url in urls:
            pages[url] = browser.new_context(**reader).new_page()
            pages[url].add_init_script(_WATCH)
            if link:
                session = pages[url].context.new_cdp_session(pages[url])
                session.send("Network.enable")
                session.send("Network.emulateNetworkConditions", dict(link))
        for url, page in pages.items():
            page.goto(url, wait_until="commit")
        for page in pages.values():
            page.wait_for_load_state(timeout=60_000)
        time.sleep(_SETTLED / 1000)
        yield pages
    finally:
        for page in pages.values():
            page.context.close()


def measure_shifts(browser: Browser, urls: Iterable[str], reader: Mapping[str, Any] = PHONE) -> dict[str, float]:
    """Return the layout shift of each page, all of them opened at once."""
    with _open_at_once(browser, urls, reader) as pages:
        return {url: float(page.evaluate("window.shift")) for url, page in pages.items()}


def read_slowly(browser: Browser, urls: Iterable[str]) -> dict[str, tuple[float, float]]:
    """Open pages at once, each over a slow link of its own.

    Returns of each the seconds until its text is there, and the layout shift by the end.
    """
    with _open_at_once(browser, urls, PHONE, SLOW) as pages:
        return {url: (HANDSHAKES + page.evaluate(_PAINT), page.evaluate("window.shift")) for url, page in pages.items()}
