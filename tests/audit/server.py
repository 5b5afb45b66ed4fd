"""A built site as a real web server serves it: compressed, kept for ever where the address carries a hash."""

from __future__ import annotations

import gzip
import re
import time
from contextlib import contextmanager
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator

TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".svg": "image/svg+xml",
    ".xml": "application/xml; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
    ".webp": "image/webp",
    ".png": "image/png",
    ".jpg": "image/jpeg",
}
# Types that a server compresses; pictures and fonts are compressed already.
_TEXT = {".html", ".css", ".js", ".json", ".svg", ".xml", ".txt", ".webmanifest"}
# nginx and Apache compress this hard unless told otherwise; more would flatter the figures.
LEVEL = 6
_HASHED = re.compile(r"[.-][0-9a-f]{8}\.\w+$")


@cache
def compress(file: Path, _changed: float) -> bytes:
    """Return a file's bytes as gzip sends them."""
    return gzip.compress(file.read_bytes(), LEVEL, mtime=0)


class _Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Else a small answer waits for the acknowledgement of its headers.
    disable_nagle_algorithm = True

    def __init__(self, *given: Any, fonts_after: float, **named: Any) -> None:
        self._fonts_after = fonts_after
        super().__init__(*given, **named)

    def send_head(self) -> BytesIO:
        if self.path.endswith(".woff2"):
            time.sleep(self._fonts_after)
        file = Path(self.translate_path(urlsplit(self.path).path))
        if file.is_dir():
            file /= "index.html"
        status = 200
        if not file.is_file():
            status, file = 404, Path(self.directory) / "404.html"
        packed = file.suffix in _TEXT and "gzip" in self.headers.get("Accept-Encoding", "")
        content = compress(file, file.stat().st_mtime) if packed else file.read_bytes()
        self.send_response(status)
        self.send_header("Content-Type", TYPES.get(file.suffix, "application/octet-stream"))
        self.send_header("Content-Length", str(len(content)))
        keep = "max-age=31536000, immutable" if _HASHED.search(file.name) else "no-cache"
        self.send_header("Cache-Control", keep)
        if packed:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        return BytesIO(content)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@contextmanager
def serve(root: Path, port: int = 0, *, fonts_after: float = 0) -> Iterator[str]:
    """Serve a folder on this machine while the block runs, fonts so many seconds late; gives its address."""
    answer = partial(_Handler, directory=str(root), fonts_after=fonts_after)
    server = ThreadingHTTPServer(("127.0.0.1", port), answer)
    server.daemon_threads = True
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield f"http://localhost:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
