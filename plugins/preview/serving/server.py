"""The preview over HTTP, for this machine only: which requests are accepted, and how responses are sent."""

import os
import socketserver
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from plugins.preview.live.site import LiveSite
from plugins.preview.serving.exchange import Request, Response
from plugins.preview.serving.routes import answer
from plugins.release.policy import IMMUTABLE, build_headers

HOST = "127.0.0.1"
TOKEN_HEADER = "X-Xem-Thu"  # noqa: S105 - it only names it
# The photos of one story, dropped at once.
MOST_BYTES = 200_000_000
_MOST_FIELDS = 20
# The headers of public servers, so that a page they would break fails here first, and what the own pages need: an empty
# icon, and frames for a phone's screen and the page beside the form.
_HEADERS = build_headers({"img-src": ("data:",), "frame-src": ("'self'",), "frame-ancestors": ("'self'",)})


class Server(ThreadingHTTPServer):
    """Serves a site on a port of this machine; OSError if the port is taken."""

    daemon_threads = True
    # On Windows this option would share a port that is in use.
    allow_reuse_address = os.name != "nt"

    def __init__(self, site: LiveSite, port: int) -> None:
        super().__init__((HOST, port), partial(_Handler, site))

    def server_bind(self) -> None:
        # The base class looks up a host name, which takes seconds on some systems.
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = HOST, int(self.server_address[1])

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Print no traceback: browsers may close a connection at any time."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Otherwise a small response waits for the acknowledgement of its headers.
    disable_nagle_algorithm = True
    # Seconds until an idle connection gives up its thread.
    timeout = 60
    server: Server

    def __init__(self, site: LiveSite, *arguments: Any) -> None:
        self._site = site
        # The base class handles the request within its __init__.
        super().__init__(*arguments)

    def do_GET(self) -> None:
        """Respond to a request of any method."""
        method = "GET" if self.command == "HEAD" else self.command
        if not self._is_from_here(method):
            self._send(Response("Chỉ máy này được hỏi.".encode(), "text/plain; charset=utf-8", HTTPStatus.FORBIDDEN))
            return
        length = self.headers.get("Content-Length", "0")
        # Chunked bodies: no browser sends them, and one left unread would be taken for the next request.
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

    do_HEAD = do_POST = do_PUT = do_DELETE = do_GET  # noqa: N815 - names that the base class calls

    def _is_from_here(self, method: str) -> bool:
        """Return whether a request is for this server by name and, unless GET, from one of its pages.

        Pages of other sites can reach it by DNS rebinding or with a cross-site form.
        """
        hosts = {f"{name}:{self.server.server_port}" for name in (HOST, "localhost")}
        is_own = method == "GET" or self.headers.get("Origin") in {f"http://{host}" for host in hosts}
        return is_own and self.headers.get("Host") in hosts

    def _send(self, response: Response, query: str = "") -> None:
        self.send_response(response.status)
        self.send_header("Content-Type", response.kind)
        for name, value in _HEADERS.items():
            self.send_header(name, value)
        self.send_header("Cache-Control", IMMUTABLE if response.immutable else "no-store")
        if response.name:
            self.send_header("Content-Disposition", f"attachment; filename*=UTF-8''{quote(response.name, safe='')}")
        if response.place:
            self.send_header("Location", quote(response.place) + (f"?{query}" if query else ""))
        if response.status >= HTTPStatus.BAD_REQUEST or response.stream:
            # Any unread rest of the request must not be taken for the next one.
            self.send_header("Connection", "close")
        length = len(response.body) if response.stream is None else response.length
        if length is not None:
            self.send_header("Content-Length", str(length))
        self.end_headers()
        parts = response.stream or (response.body,)
        for part in () if self.command == "HEAD" else parts:
            self.wfile.write(part)
            self.wfile.flush()

    def log_message(self, *_: Any) -> None:
        """Print nothing: the terminal is for problems of the content."""
