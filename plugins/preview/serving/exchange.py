"""Requests to the preview and its responses, as values."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from plugins.preview.handbook.places import link_to, of_refusal
from plugins.preview.live.site import LiveSite
from plugins.release.policy import HTML
from plugins.sources.problem import Invalid


@dataclass(frozen=True)
class Request:
    """A request for `address`, which is without its query; `token` is the value of the token's header."""

    site: LiveSite
    address: str
    query: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    token: str = ""

    @property
    def json(self) -> Any:
        """The body parsed as JSON; ValueError when it is none."""
        return json.loads(self.body)


@dataclass(frozen=True)
class Response:
    """A response with a `body`, or a `stream` of `length` bytes, None if unknown.

    `place` is the target of a redirect; a response with a `name` is saved as a file of that name. Browsers may keep it
    only if it is `immutable`.
    """

    body: bytes = b""
    kind: str = HTML
    status: HTTPStatus = HTTPStatus.OK
    place: str = ""
    stream: Iterator[bytes] | None = None
    immutable: bool = False
    name: str = ""
    length: int | None = None


def refuse(invalid: Invalid, status: HTTPStatus = HTTPStatus.UNPROCESSABLE_ENTITY) -> Response:
    """Return a JSON response with the message, the fix and the paragraph of the handbook."""
    return to_json({"message": invalid.message, "fix": invalid.fix, **link_to(of_refusal(invalid))}, status)


def to_json(values: dict[str, Any], status: HTTPStatus = HTTPStatus.OK) -> Response:
    """Return a JSON response."""
    return Response(json.dumps(values, ensure_ascii=False).encode(), "application/json; charset=utf-8", status)
