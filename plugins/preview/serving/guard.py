"""Requests that change files: accepted from the preview's own pages only, and always answered in words."""

from __future__ import annotations

import json
import secrets
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from plugins.editing.saving import ChangedMeanwhile, Missing
from plugins.preview.rendering import TOKEN
from plugins.preview.serving.exchange import Request, Response
from plugins.preview.serving.touched import listening
from plugins.sources.held import explain_writing
from plugins.sources.problem import Invalid

if TYPE_CHECKING:
    from collections.abc import Callable

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


def refuse(invalid: Invalid, status: HTTPStatus = HTTPStatus.UNPROCESSABLE_ENTITY) -> Response:
    """Return a JSON response with the message and the fix."""
    return to_json({"message": invalid.message, "fix": invalid.fix}, status)


def to_json(values: dict[str, Any], status: HTTPStatus = HTTPStatus.OK) -> Response:
    """Return a JSON response."""
    return Response(json.dumps(values, ensure_ascii=False).encode(), "application/json; charset=utf-8", status)
