"""What a browser asks of the preview and what it gets, as values."""

from __future__ import annotations

from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING

from plugins.release.policy import HTML

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from plugins.preview.live.site import LiveSite

OWN = "/_xem-thu/"


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
    """What a browser gets: `body`, or `stream` for as long as it listens; `place` when it is sent elsewhere.

    It keeps nothing, unless what stands there `lasts`. What has a `name` is saved under it, and not shown; `length` is
    that of a stream, where it is known.
    """

    body: bytes = b""
    kind: str = HTML
    status: HTTPStatus = HTTPStatus.OK
    place: str = ""
    stream: Iterator[bytes] | None = None
    lasts: bool = False
    name: str = ""
    length: int | None = None
