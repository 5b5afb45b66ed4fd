"""The preview over HTTP, for this machine alone: who may ask, and how answers travel; what they say is routes.py's."""

from __future__ import annotations

import os
import socketserver
import time
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from plugins.preview.serving.agreement import HOST, TOKEN_HEADER
from plugins.preview.serving.exchange import Request, Response
from plugins.preview.serving.routes import answer
from plugins.release.policy import FOR_EVER, build_headers

if TYPE_CHECKING:
    from plugins.preview.live.site import LiveSite

# The photos of one story, dropped at once.
MOST_BYTES = 200_000_000
_MOST_FIELDS = 20
# As a public server sends them, so that what they forbid fails here first. Added is what only the preview has: an icon
# of no bytes on its own pages, and its pages in frames, on a phone's screen and beside the form.
_HEADERS = build_headers({"img-src": ("data:",), "frame-src": ("'self'",), "frame-ancestors": ("'self'",)})


class Server(ThreadingHTTPServer):
    """A server that takes a port only when it is free, and never prints a traceback."""

    daemon_threads = True
    # On Windows “reuse” would share a port with whoever has it.
    allow_reuse_address = os.name != "nt"

    def server_bind(self) -> None:
        # Without the base class's look-up of a host name, which some systems answer only after seconds.
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = HOST, int(self.server_address[1])

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: a browser that hangs up in the middle is no fault of anyone's."""


def open_server(site: LiveSite, port: int) -> Server:
    """Return a server of the site on a port; OSError when it stays taken."""
    # The process before this one may be about to leave it.
    for _ in range(40):
        try:
            return Server((HOST, port), partial(_Handler, site))
        except OSError:
            time.sleep(0.05)
    return Server((HOST, port), partial(_Handler, site))


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Else a small answer waits for the acknowledgement of its headers.
    disable_nagle_algorithm = True
    # Seconds: who says nothing more for so long holds a thread no longer.
    timeout = 60
    server: Server

    def __init__(self, site: LiveSite, *arguments: Any) -> None:
        self._site = site
        # The base class answers the request from within its __init__.
        super().__init__(*arguments)

    def do_GET(self) -> None:
        """Answer any method that a route may have."""
        method = "GET" if self.command == "HEAD" else self.command
        if not self._is_from_here(method):
            self._send(Response("Chỉ máy này được hỏi.".encode(), "text/plain; charset=utf-8", HTTPStatus.FORBIDDEN))
            return
        length = self.headers.get("Content-Length", "0")
        # In pieces of any number and length: no browser sends it, and what is left unread would be the next request.
        if "Transfer-Encoding" in self.headers:
            self._send(Response(status=HTTPStatus.LENGTH_REQUIRED))
            return
        if not (length.isdecimal() and len(length) < 12) or int(length) > MOST_BYTES:
            self._send(Response(status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE))
            return
        try:
            parts = urlsplit(self.path)
            query = dict(parse_qsl(parts.query, max_num_fields=_MOST_FIELDS))
        except ValueError:
            self._send(Response(status=HTTPStatus.BAD_REQUEST))
            return
        body = self.rfile.read(int(length))
        request = Request(self._site, unquote(parts.path), query, body, self.headers.get(TOKEN_HEADER, ""))
        self._send(answer(method, request), parts.query)

    do_HEAD = do_POST = do_PUT = do_DELETE = do_GET  # noqa: N815 - the base class calls them by these names

    def _is_from_here(self, method: str) -> bool:
        """Refuse what another site's page may send: by a name of its own that leads here, or as a form of its own."""
        hosts = {f"{name}:{self.server.server_port}" for name in (HOST, "localhost")}
        if self.headers.get("Host") not in hosts:
            return False
        return method == "GET" or self.headers.get("Origin") in {f"http://{host}" for host in hosts}

    def _send(self, response: Response, query: str = "") -> None:
        self.send_response(response.status)
        self.send_header("Content-Type", response.kind)
        for name, value in _HEADERS.items():
            self.send_header(name, value)
        self.send_header("Cache-Control", FOR_EVER if response.lasts else "no-store")
        if response.name:
            self.send_header("Content-Disposition", f"attachment; filename*=UTF-8''{quote(response.name, safe='')}")
        if response.place:
            self.send_header("Location", quote(response.place) + (f"?{query}" if query else ""))
        if response.status >= HTTPStatus.BAD_REQUEST or response.stream:
            # What was not read of the request must not be taken for the next one.
            self.send_header("Connection", "close")
        if response.stream is None or response.length is not None:
            self.send_header("Content-Length", str(len(response.body) if response.stream is None else response.length))
        self.end_headers()
        if self.command == "HEAD":
            return
        if response.stream is None:
            self.wfile.write(response.body)
            return
        for part in response.stream:
            self.wfile.write(part)
            self.wfile.flush()

    def log_message(self, *_: Any) -> None:
        """Say nothing: the terminal is for the problems of the content."""
