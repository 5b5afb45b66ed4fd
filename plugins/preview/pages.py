"""The built pages over HTTP, on this machine alone: right types, nothing cached, no listings, the site's own 404."""

from __future__ import annotations

import os
import socketserver
import time
from functools import partial
from html import escape
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable

HOST = "127.0.0.1"
_HTML = "text/html; charset=utf-8"
# Not the system's table: Windows keeps one in its registry, where any program may change it.
_TYPES = {
    ".html": _HTML,
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".webmanifest": "application/manifest+json; charset=utf-8",
    ".xml": "application/xml; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".svg": "image/svg+xml; charset=utf-8",
    ".woff2": "font/woff2",
    ".ico": "image/x-icon",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".pdf": "application/pdf",
}
_NOTICE = """\
<!doctype html>
<html lang="vi">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="refresh" content="2">
<title>{title}</title>
<h1>{title}</h1>
<p>Trang này tự mở lại khi dựng xong.</p>
<ul>{lines}</ul>
</html>
"""


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


def open_server(root: Path, port: int, said: Callable[[], str]) -> Server:
    """Return a server of the folder's pages, on the port or the next free one; OSError when there is none.

    While there is no such folder, every address shows `said`: what the last build said, "" before it has ended.
    """
    handler = partial(_Pages, directory=str(root), said=said)
    last = max(port, min(port + 100, 65535))
    for number in range(port, last):
        try:
            return Server((HOST, number), handler)
        except OSError:
            continue
    return Server((HOST, last), handler)


class _Pages(SimpleHTTPRequestHandler):
    def __init__(self, *arguments: Any, said: Callable[[], str], **options: Any) -> None:
        self._said = said
        # The base class answers the request from within its __init__.
        super().__init__(*arguments, **options)

    def send_head(self) -> BytesIO | None:
        """Answer GET and HEAD: the file, the folder's index, or why there is neither."""
        address = urlsplit(self.path)
        file = Path(self.translate_path(self.path))
        if address.path.endswith("/"):
            file /= "index.html"
        elif file.is_dir():
            self.send_response(HTTPStatus.MOVED_PERMANENTLY)
            self.send_header("Location", address._replace(path=f"{address.path}/").geturl())
            self.send_header("Content-Length", "0")
            self.end_headers()
            return None
        content = _read(file)
        if content is not None:
            return self._send(HTTPStatus.OK, _TYPES.get(file.suffix.lower(), "application/octet-stream"), content)
        root = Path(self.directory)
        if root.is_dir():
            page = _read(root / "404.html") or "Không có trang này.".encode()
            return self._send(HTTPStatus.NOT_FOUND, _HTML, page)
        return self._send(HTTPStatus.SERVICE_UNAVAILABLE, _HTML, render_notice(self._said()).encode())

    def _send(self, status: HTTPStatus, kind: str, content: bytes) -> BytesIO:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        return BytesIO(content)

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, *_: Any) -> None:
        """Say nothing: the terminal is for the problems of the content."""


def render_notice(said: str) -> str:
    """Return the page that stands in while there is no site: what the build said, line by line."""
    title = "Chưa dựng được trang" if said else "Đang dựng trang lần đầu…"
    lines = "".join(f"\n<li>{escape(line)}</li>" for line in said.splitlines() if line.strip())
    return _NOTICE.format(title=title, lines=lines)


def _read(file: Path) -> bytes | None:
    """Return a file's content, None when there is none. Read at once: Windows cannot move a folder with open files."""
    # A new build is put in place by two renames; a request may fall in between.
    for patience in (0.05, 0):
        try:
            return file.read_bytes()
        except (OSError, ValueError):
            time.sleep(patience)
    return None
