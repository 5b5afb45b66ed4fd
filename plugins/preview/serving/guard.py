"""Requests that change something: only from our own pages, which alone know the token, and answered in words always."""

from __future__ import annotations

import json
import secrets
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from plugins.editing.saving import ChangedMeanwhile, Missing
from plugins.preview.serving.agreement import TOKEN
from plugins.preview.serving.exchange import Request, Response
from plugins.preview.serving.touched import listening
from plugins.sources.held import explain_writing
from plugins.sources.problem import Invalid

if TYPE_CHECKING:
    from collections.abc import Callable

# What the form has an answer of its own to.
_STATUS: dict[type[Invalid], HTTPStatus] = {ChangedMeanwhile: HTTPStatus.CONFLICT, Missing: HTTPStatus.NOT_FOUND}


def guarded(route: Callable[[Request], Response]) -> Callable[[Request], Response]:
    """Let a route be used by our own pages alone, and answer in words whatever it is sent."""

    def guarded(request: Request) -> Response:
        if not secrets.compare_digest(request.token.encode(), TOKEN.encode()):
            what = "Trang này mở từ một lần xem thử trước nên không lưu được"
            return refuse(Invalid(what, "tải lại trang; chữ chưa lưu sẽ được hỏi để lấy lại"), HTTPStatus.FORBIDDEN)
        try:
            # Shown at once, also where no system tells of it.
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
    """Return the answer that says what is wrong and what to do."""
    return to_json({"message": invalid.message, "fix": invalid.fix}, status)


def to_json(values: dict[str, Any], status: HTTPStatus = HTTPStatus.OK) -> Response:
    """Return values as an answer for a script."""
    return Response(json.dumps(values, ensure_ascii=False).encode(), "application/json; charset=utf-8", status)
