"""Which address is answered by what: the pages of the site, and the preview's own, by one table of routes."""

from __future__ import annotations

import json
import re
from http import HTTPStatus
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from plugins.engine import engine_of
from plugins.preview.form import file_actions, pasting, pictures, rescue, versions
from plugins.preview.form import page as form
from plugins.preview.handbook import pages as handbook_pages
from plugins.preview.jobs import page as jobs_page
from plugins.preview.jobs import sent_registers
from plugins.preview.live.faults import explain
from plugins.preview.live.page_state import digest
from plugins.preview.serving.exchange import OWN, Request, Response
from plugins.preview.serving.guard import refuse
from plugins.preview.staff import agenda as agenda_page
from plugins.preview.staff import pages as own_pages
from plugins.preview.staff import spreading as spreading_page
from plugins.release.policy import HTML, THEME, content_type
from plugins.sources.problem import Invalid

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from plugins.preview.live.site import LiveSite

_THEME = re.compile(THEME)
_STATIC = Path(__file__).parents[1] / "static"
_LOOK = f"{OWN}theme/"
# A word now and then shows whether anyone still listens.
_HEARTBEAT = 15.0


def answer(method: str, request: Request) -> Response:
    """Answer by the table of routes; what is in none of them is a page of the site. Whatever fails is said in words."""
    try:
        return _answer(method, request)
    except Exception as error:  # noqa: BLE001 - whatever it is, a browser that gets nothing says nothing of use
        problem = explain(error, request.site.project)
        if method == "GET":
            return Response(own_pages.render_fault([problem]), status=HTTPStatus.INTERNAL_SERVER_ERROR)
        return refuse(Invalid(problem.message, problem.fix), HTTPStatus.INTERNAL_SERVER_ERROR)


def _answer(method: str, request: Request) -> Response:
    if route := ROUTES.get((method, request.address)):
        return route(request)
    if method != "GET":
        return Response(status=HTTPStatus.METHOD_NOT_ALLOWED)
    if request.address.startswith(_LOOK):
        return show_look(request)
    return show_page(request)


def show_look(request: Request) -> Response:
    """Answer with a file of the theme as it is written: our own pages look like the site that they belong to."""
    folder = (engine_of(request.site.project) / "theme/static").resolve()
    try:
        file = (folder / request.address.removeprefix(_LOOK)).resolve()
        if file.is_relative_to(folder):
            return Response(file.read_bytes(), content_type(file.name))
    except (OSError, ValueError):
        pass
    return Response(status=HTTPStatus.NOT_FOUND)


def show_page(request: Request) -> Response:
    """Answer with a file of the site; a page has the script added that keeps it up to date."""
    found = request.site.get(request.address)
    if found.place:
        return Response(status=found.status, place=found.place)
    suffix = PurePosixPath(request.address).suffix
    if request.address.endswith("/") or suffix == ".html" or found.status is not HTTPStatus.OK:
        return Response(add_script(found.body, request.site.style), HTML, found.status)
    # What has its hash in its name need not be fetched again whenever a page reloads; what tells of anyone is not kept.
    return Response(found.body, content_type(request.address), lasts=bool(_THEME.fullmatch(request.address)))


def add_script(page: bytes, style: str) -> bytes:
    """Return a page with the script that keeps it up to date as the last thing in its body."""
    before, body, after = page.rpartition(b"</body>")
    script = f'<script src="{OWN}xem-thu.js" data-page="{digest(page, style)}" defer></script>'
    return before + script.encode() + body + after


def show_phone(request: Request) -> Response:
    """Answer with the page at `trang` on a phone's screen."""
    address = request.query.get("trang", "/")
    # Of this site alone: // would begin an address elsewhere.
    return Response(own_pages.render_phone(address if address[:1] == "/" and address[1:2] not in "/\\" else "/"))


def send_events(request: Request) -> Response:
    """Answer with the state of the page at `trang`, now and after every change, as server-sent events."""
    return Response(kind="text/event-stream", stream=_events(request.site, request.query.get("trang", "/")))


def _events(site: LiveSite, address: str) -> Iterator[bytes]:
    told: int | None = None
    yield b"retry: 300\n\n"
    while True:
        with site.changed:
            if site.version == told:
                site.changed.wait(_HEARTBEAT)
            if site.version == told:
                event = b": .\n\n"
            else:
                told = site.version
                event = f"data: {json.dumps(site.describe(address), ensure_ascii=False)}\n\n".encode()
        yield event


def _static(name: str) -> Callable[[Request], Response]:
    return lambda _: Response((_STATIC / name).read_bytes(), content_type(name))


ROUTES: dict[tuple[str, str], Callable[[Request], Response]] = {
    ("GET", f"{OWN}su-kien"): send_events,
    ("GET", f"{OWN}dien-thoai"): show_phone,
    **agenda_page.ROUTES,
    **form.ROUTES,
    **handbook_pages.ROUTES,
    **pasting.ROUTES,
    **pictures.ROUTES,
    **file_actions.ROUTES,
    **versions.ROUTES,
    **jobs_page.ROUTES,
    **rescue.ROUTES,
    **sent_registers.ROUTES,
    **spreading_page.ROUTES,
    **{("GET", f"{OWN}{file.name}"): _static(file.name) for file in sorted(_STATIC.iterdir())},
}
