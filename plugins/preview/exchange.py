"""What a browser asks of the preview and what it gets, as values."""

from __future__ import annotations

from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from plugins.preview.live_site import LiveSite

OWN = "/_xem-thu/"
HTML = "text/html; charset=utf-8"
# Not the system's table: Windows keeps one in its registry, where any program may change it.
TYPES = {
    ".html": HTML,
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".webmanifest": "application/manifest+json; charset=utf-8",
    ".xml": "application/xml; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".svg": "image/svg+xml; charset=utf-8",
    ".woff2": "font/woff2",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".webp": "image/webp",
}


@dataclass(frozen=True)
class Request:
    """What a browser asks: the address without its query, the query's values, and the body that it sends."""

    site: LiveSite
    address: str
    query: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    token: str = ""


@dataclass(frozen=True)
class Response:
    """What a browser gets: `body`, or `stream` for as long as it listens; `place` when it is sent elsewhere."""

    body: bytes = b""
    kind: str = HTML
    status: HTTPStatus = HTTPStatus.OK
    place: str = ""
    stream: Iterator[bytes] | None = None
