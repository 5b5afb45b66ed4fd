"""Requests to the preview and its responses, as values; and those that change files, guarded.

These are accepted from the preview's own pages only, always answered in words, and reported: paths that one writes,
renames or removes are heard from Python's audit events instead of from every route.
"""

import json
import os
import secrets
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from threading import local
from typing import Any

from plugins.editing.saving import ChangedMeanwhile, Missing
from plugins.preview.handbook.places import link_to, of_refusal
from plugins.preview.live.site import LiveSite
from plugins.preview.rendering import TOKEN
from plugins.release.policy import HTML
from plugins.sources.held import explain_writing
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


# Audit events, each with the number of its leading arguments that are paths.
_PATHS = {"open": 1, "os.mkdir": 1, "os.remove": 1, "os.rmdir": 1, "os.rename": 2}
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_here = local()


@contextmanager
def listening() -> Iterator[set[Path]]:
    """Yield a set that collects the paths touched by this thread until the block ends."""
    _here.touched = touched = set[Path]()
    try:
        yield touched
    finally:
        del _here.touched


def _hear(event: str, arguments: tuple[Any, ...]) -> None:
    is_change = event in _PATHS and (event != "open" or (arguments[2] or 0) & _WRITES)
    if not is_change or not hasattr(_here, "touched"):
        return
    for path in arguments[: _PATHS[event]]:
        if isinstance(path, str | bytes | os.PathLike):
            _here.touched.add(Path(os.fsdecode(path)))


# Audit hooks cannot be removed: this one stays for the life of the process.
sys.addaudithook(_hear)


# Statuses that the form's script handles.
_STATUS: dict[type[Invalid], HTTPStatus] = {ChangedMeanwhile: HTTPStatus.CONFLICT, Missing: HTTPStatus.NOT_FOUND}


def guarded(route: Callable[[Request], Response]) -> Callable[[Request], Response]:
    """Return a route that refuses requests without the token, and answers in JSON whatever it is sent.

    A route may raise Invalid or OSError, or the errors of malformed JSON. Files that it writes are read again at once.
    """

    def guarded(request: Request) -> Response:
        if not secrets.compare_digest(request.token.encode(), TOKEN.encode()):
            message = "Trang này mở từ một lần xem thử trước nên không lưu được"
            fix = "tải lại trang; chữ chưa lưu sẽ được hỏi để lấy lại"
            return refuse(Invalid(message, fix), HTTPStatus.FORBIDDEN)
        try:
            # Without waiting for the system to report the change, as network shares never do.
            with listening() as touched:
                try:
                    return route(request)
                finally:
                    request.site.show_written(touched)
        except Invalid as invalid:
            return refuse(invalid, _STATUS.get(type(invalid), HTTPStatus.UNPROCESSABLE_ENTITY))
        except OSError as error:
            return refuse(explain_writing(error, project=request.site.project))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return refuse(Invalid("Trang gửi lên không đúng dạng", "tải lại trang"))

    return guarded
