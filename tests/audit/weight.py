"""What a page costs a reader with a cheap phone and an empty cache: bytes by kind, requests, shift, time to text."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playwright.sync_api import Browser, Route

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
_SHIFT = """() => new Promise((done) => {
    let sum = 0;
    new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) if (!entry.hadRecentInput) sum += entry.value;
    }).observe({ type: "layout-shift", buffered: true });
    setTimeout(() => done(sum), 300);
})"""
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


def weigh(browser: Browser, url: str, reader: Mapping[str, Any] = PHONE, *, scripts: bool = True) -> Weight:
    """Open a page as a reader does for the first time, without scrolling, and add up what came."""
    context = browser.new_context(**reader, java_script_enabled=scripts)
    try:
        page = context.new_page()
        session = context.new_cdp_session(page)
        weight, kinds = Weight(), {}

        def remember(said: dict[str, Any]) -> None:
            if not said["response"]["url"].startswith("data:"):
                kinds[said["requestId"]] = _KINDS.get(said["type"], "other")
                weight.hosts.add(said["response"]["url"].split("/")[2])

        def add(said: dict[str, Any]) -> None:
            if kind := kinds.get(said["requestId"]):
                weight.sizes[kind] += int(said["encodedDataLength"])
                weight.counts[kind] = weight.counts.get(kind, 0) + 1

        session.on("Network.responseReceived", remember)
        session.on("Network.loadingFinished", add)
        session.send("Network.enable")
        page.goto(url, wait_until="load")
        page.wait_for_timeout(300)
        if scripts:
            weight.shift = page.evaluate(_SHIFT)
        return weight
    finally:
        context.close()


def shift_when_fonts_are_late(browser: Browser, url: str, reader: Mapping[str, Any] = PHONE) -> float:
    """Return the layout shift of a page whose fonts come a second after everything else."""
    context = browser.new_context(**reader)
    try:
        page = context.new_page()

        def delay(route: Route) -> None:
            time.sleep(1)
            route.continue_()

        page.route("**/*.woff2", delay)
        page.goto(url, wait_until="load")
        page.wait_for_timeout(600)
        return float(page.evaluate(_SHIFT))
    finally:
        context.close()


def read_slowly(browser: Browser, url: str) -> tuple[float, float]:
    """Open a page over a slow link. Returns the seconds until its text is there, and the layout shift by the end."""
    context = browser.new_context(**PHONE)
    try:
        page = context.new_page()
        session = context.new_cdp_session(page)
        session.send("Network.enable")
        session.send("Network.emulateNetworkConditions", SLOW)
        page.goto(url, wait_until="load", timeout=60_000)
        shift = page.evaluate(_SHIFT)
        return HANDSHAKES + page.evaluate(_PAINT), shift
    finally:
        context.close()
