"""The table of routes; any other address is a page of the site."""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from http import HTTPStatus
from pathlib import PurePosixPath
from typing import Any

from plugins.preview.addresses import FORM_URL, JOBS_URL, OWN, REMOVED_URL, SPREADING_URL, STAFF_URL
from plugins.preview.form import drafts, file_actions, page, pasting, pictures, versions
from plugins.preview.handbook import pages as handbook_pages
from plugins.preview.jobs import page as jobs_page
from plugins.preview.jobs import sent_registers
from plugins.preview.live.faults import explain_exception
from plugins.preview.live.page_state import digest
from plugins.preview.live.site import LiveSite
from plugins.preview.own_files import own_folder, read_own_file
from plugins.preview.rendering import render
from plugins.preview.serving.exchange import Request, Response, guarded, refuse
from plugins.preview.staff import pages as staff_pages
from plugins.release.policy import HTML, THEME, content_type
from plugins.sources.problem import Invalid

# Seconds between comments sent to find out whether a page still listens.
_HEARTBEAT = 15.0


def answer(method: str, request: Request) -> Response:
    """Return the response to a request, an unforeseen exception explained in it."""
    try:
        if route := ROUTES.get((method, request.address)):
            return route(request)
        if method != "GET":
            return Response(status=HTTPStatus.METHOD_NOT_ALLOWED)
        return (send_own_file if request.address.startswith(OWN) else show_page)(request)
    except Exception as error:  # noqa: BLE001 - a page with the reason is of more use than a dropped connection
        problem = explain_exception(error, request.site.project)
        if method == "GET":
            return Response(render("loi.html", errors=[problem]), status=HTTPStatus.INTERNAL_SERVER_ERROR)
        return refuse(Invalid(problem.message, problem.fix), HTTPStatus.INTERNAL_SERVER_ERROR)


def send_own_file(request: Request) -> Response:
    """Return a file that the own pages name; for any other address, what the site has there."""
    with suppress(OSError, ValueError):
        data, is_kept = read_own_file(request.address)
        return Response(data, content_type(request.address), immutable=is_kept)
    return show_page(request)


def show_page(request: Request) -> Response:
    """Return a staff page or a file of the site; a page with the script that keeps it up to date."""
    site = request.site
    if page := staff_pages.make_page(site, request.address):
        return Response(add_script(page, site.style))
    found = site.get(request.address)
    if found.place:
        return Response(status=found.status, place=found.place)
    suffix = PurePosixPath(request.address).suffix
    if request.address.endswith("/") or suffix == ".html" or found.status is not HTTPStatus.OK:
        return Response(add_script(found.body, site.style), HTML, found.status)
    # Only files with a hash in their name: browsers must not keep anything about a person.
    is_hashed = bool(re.fullmatch(THEME, request.address))
    return Response(found.body, content_type(request.address), immutable=is_hashed)


def add_script(page: bytes, style: str) -> bytes:
    """Return a page with the script that keeps it up to date at the end of its body."""
    before, body, after = page.rpartition(b"</body>")
    script = f'<script src="{own_folder()}xem-thu.js" data-page="{digest(page, style)}" defer></script>'
    return before + script.encode() + body + after


def show_phone(request: Request) -> Response:
    """Return the page that shows the address `trang` as wide as a phone."""
    address = request.query.get("trang", "/")
    # An address that begins with // is on another host.
    is_here = address[:1] == "/" and address[1:2] not in "/\\"
    return Response(render("dien-thoai.html", address=address if is_here else "/"))


def send_events(request: Request) -> Response:
    """Return the state of the page at `trang`, now and after every change, as server-sent events."""
    return Response(kind="text/event-stream", stream=_events(request.site, request.query.get("trang", "/")))


def _events(site: LiveSite, address: str) -> Iterator[bytes]:
    sent: int | None = None
    yield b"retry: 300\n\n"
    while True:
        with site.changed:
            event = b": .\n\n"
            if site.version != sent or (site.changed.wait(_HEARTBEAT) and site.version != sent):
                sent = site.version
                event = f"data: {json.dumps(describe_page(site, address), ensure_ascii=False)}\n\n".encode()
        yield event


def describe_page(site: LiveSite, address: str) -> dict[str, Any]:
    """Return the state of the page at an address, of the staff or of the site, as its script reads it."""
    state = site.describe(address, staff_pages.make_page(site, address))
    # The desk lists every problem itself.
    return state | {"problems": []} if address == STAFF_URL else state


_GET: dict[str, Callable[[Request], Response]] = {
    SPREADING_URL: staff_pages.show_spreading,
    staff_pages.CALENDAR_URL: staff_pages.send_calendar,
    FORM_URL: page.show_form,
    f"{FORM_URL}/ban-truoc": versions.show_version,
    f"{OWN}anh": pictures.show_thumbnail,
    REMOVED_URL: file_actions.show_removed,
    f"{REMOVED_URL}/anh": file_actions.show_removed_photo,
    JOBS_URL: jobs_page.show_jobs,
    f"{JOBS_URL}tin": jobs_page.send_state,
    f"{JOBS_URL}tep": jobs_page.send_made,
    **handbook_pages.ROUTES,
    f"{OWN}dien-thoai": show_phone,
    f"{OWN}su-kien": send_events,
}
_POST: dict[str, Callable[[Request], Response]] = {
    f"{FORM_URL}/bai-moi": drafts.begin,
    f"{FORM_URL}/tu-word": drafts.take_document,
    f"{FORM_URL}/cuu": drafts.rescue,
    f"{FORM_URL}/thu": page.try_out,
    f"{FORM_URL}/luu": page.save_text,
    f"{FORM_URL}/khoi-phuc": versions.restore_version,
    f"{FORM_URL}/dan": pasting.paste,
    f"{FORM_URL}/anh": pictures.take_photo,
    f"{FORM_URL}/anh-nho": pictures.preview_photo,
    f"{FORM_URL}/bo-anh": file_actions.remove_photo,
    f"{FORM_URL}/lay-lai-anh": file_actions.restore_photo,
    f"{FORM_URL}/xoa-bai": file_actions.remove_story,
    f"{FORM_URL}/doi-dia-chi": file_actions.change_address,
    f"{FORM_URL}/khoi-phuc-da-xoa": file_actions.restore_removed,
    f"{FORM_URL}/nhan-so": sent_registers.receive_register,
    f"{FORM_URL}/bo-so": sent_registers.put_away_register,
    f"{JOBS_URL}chay": jobs_page.start_job,
    f"{JOBS_URL}dung": jobs_page.stop_job,
}
ROUTES = {("GET", address): route for address, route in _GET.items()}
ROUTES |= {("POST", address): guarded(route) for address, route in _POST.items()}
