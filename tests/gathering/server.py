"""A small web server on this machine that speaks TLS for *.example.test, each name answered as its test says."""

from __future__ import annotations

import ssl
import threading
from contextlib import contextmanager
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

from plugins.gathering.fetching import Trust

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

CERTIFICATES = Path(__file__).parent / "certificates"
LOOPBACK = "127.0.0.1"


class Request(BaseHTTPRequestHandler):
    """One request, and the ways in which a site may answer it."""

    protocol_version = "HTTP/1.1"
    server: Server

    def do_GET(self) -> None:
        host = (self.headers.get("Host") or "").partition(":")[0]
        self.server.asked.append((host, self.path, dict(self.headers)))
        self.server.sites[host](self)

    def give(self, body: bytes, status: int = 200, kind: str = "application/json", **headers: str) -> None:
        """Answer with a body."""
        self.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Server(ThreadingHTTPServer):
    """Listens on a free port; `sites` answer by host, `asked` has the requests."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, certificate: str = "server.pem") -> None:
        super().__init__((LOOPBACK, 0), Request)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(CERTIFICATES / certificate)
        self.socket = context.wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)
        self.sites: dict[str, Callable[[Request], None]] = {}
        self.asked: list[tuple[str, str, dict[str, str]]] = []

    def handle_error(self, *_: object) -> None:
        """Ignore clients that hang up, as some tests do."""

    def origin(self, host: str) -> str:
        return f"https://{host}:{self.server_port}"


def trust_of_tests(**hosts: str) -> Trust:
    """Trust the authority of the tests, and this machine under every name; `hosts` have other addresses."""
    found = {name.replace("_", "-") + ".example.test": address for name, address in hosts.items()}
    return Trust(CERTIFICATES / "authority.pem", lambda host, _: [found.get(host, LOOPBACK)], frozenset({LOOPBACK}))


@contextmanager
def serving(certificate: str = "server.pem") -> Iterator[Server]:
    """Serve until the block ends."""
    with Server(certificate) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


def publish(server: Server, host: str, **files: bytes) -> None:
    """Have a host publish files under /du-lieu/, with entity tags, as a web server does."""
    by_path = {f"/du-lieu/{name.replace('_', '-')}.json": body for name, body in files.items()}

    def answer(request: Request) -> None:
        body = by_path.get(request.path)
        if body is None:
            request.give(b"", 404, "text/html")
            return
        tag = f'"{sha256(body).hexdigest()[:16]}"'
        if request.headers.get("If-None-Match") == tag:
            request.send_response(304)
            request.send_header("ETag", tag)
            request.end_headers()
        else:
            request.give(body, ETag=tag)

    server.sites[host] = answer
