"""One file of a listed site -> its bytes, taken as a stranger’s answer: bounded, of one kind, from that host alone."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse, RemoteDisconnected
from urllib.parse import urljoin, urlsplit

from plugins.content.members.open_data import MOST_BYTES
from plugins.gathering.connecting import Connection, Limits, Trust, Unreached, make_context

_MOST_REDIRECTS = 3
_PIECE = 65_536
_MOVED = (301, 302, 303, 307, 308)
_ETAG = re.compile(r'(?:W/)?"[!#-~]{0,200}"')
_MODIFIED = re.compile(r"[A-Za-z]{3}, [0-9]{2} [A-Za-z]{3} [0-9]{4} [0-9:]{8} GMT")
_JSON = re.compile(r"application/(?:[a-z0-9.-]+\+)?json(?:\s*;.*)?", re.IGNORECASE)
_TOLD = {
    404: "không có tệp ấy (404); trang chưa cập nhật chương trình hay chưa đưa lên mạng",
    410: "đã gỡ tệp ấy (410)",
}


@dataclass(frozen=True)
class Seal:
    """By what a server tells that a file is still the one it gave: an entity tag, or a day and hour."""

    etag: str = ""
    modified: str = ""

    def ask(self) -> dict[str, str]:
        """Return the headers that ask for the file only if it is another."""
        if self.etag:
            return {"If-None-Match": self.etag}
        return {"If-Modified-Since": self.modified} if self.modified else {}


NO_SEAL = Seal()


class Fetcher:
    """Asks listed sites for their files; what TLS needs is read once for all of them."""

    def __init__(self, trust: Trust | None = None, limits: Limits | None = None, most: int = MOST_BYTES) -> None:
        self._trust, self._limits, self._most = trust or Trust(), limits or Limits(), most
        self._context = make_context(self._trust)

    def open(self, origin: str) -> Visit:
        """Return a visit to https://host or https://host:port; nothing is connected yet."""
        parts = urlsplit(origin)
        connection = Connection(parts.hostname or "", parts.port or 443, self._context, self._trust, self._limits)
        return Visit(origin, connection, self._most)


class Visit:
    """A connection to one site, closed at the end of the block."""

    def __init__(self, origin: str, connection: Connection, most: int) -> None:
        self._origin, self._connection, self._most = origin, connection, most

    def __enter__(self) -> Visit:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def get(self, path: str, seal: Seal) -> tuple[bytes, Seal] | None:
        """Return a file with its seal, None while it is as the given seal says. Unreached says why it cannot be had."""
        try:
            response = self._follow(path, seal)
            if response.status == 304 and seal.ask():
                response.read()
                return None
            _check_kind(response)
            data = self._read(response)
        except TimeoutError:
            raise Unreached("trang không trả lời kịp") from None
        except (OSError, HTTPException, ValueError) as error:
            raise Unreached(f"đường truyền đứt hoặc máy chủ trả lời sai cách ({type(error).__name__})") from error
        etag, modified = response.headers.get("ETag", ""), response.headers.get("Last-Modified", "")
        return data, Seal(*(one if form.fullmatch(one) else "" for one, form in ((etag, _ETAG), (modified, _MODIFIED))))

    def _follow(self, path: str, seal: Seal) -> HTTPResponse:
        """Ask for a path, and where the same host says that it stands now."""
        for _ in range(_MOST_REDIRECTS + 1):
            response = self._ask(path, seal)
            if response.status not in _MOVED:
                return response
            self._connection.close()
            target = urljoin(f"{self._origin}{path}", response.headers.get("Location", ""))
            parts = urlsplit(target)
            if f"{parts.scheme}://{parts.netloc}".lower() != self._origin:
                shown = re.sub(r"[^!-~]", "", target)[:100]
                raise Unreached(f"trang chuyển sang {shown}, không phải địa chỉ đã ghi trong nguon.yaml")
            path = parts.path + (f"?{parts.query}" if parts.query else "")
        raise Unreached("trang chuyển địa chỉ vòng quanh")

    def _ask(self, path: str, seal: Seal) -> HTTPResponse:
        headers = {"Accept": "application/json", "Accept-Encoding": "gzip", "User-Agent": "dan-van-kheo-gather/2"}
        is_kept = self._connection.sock is not None
        try:
            self._connection.request("GET", path, headers=headers | seal.ask())
            return self._connection.getresponse()
        except (RemoteDisconnected, ConnectionError):
            # A server may close a connection that it kept; a new one has not been tried.
            if not is_kept:
                raise
            self._connection.close()
            self._connection.request("GET", path, headers=headers | seal.ask())
            return self._connection.getresponse()

    def _read(self, response: HTTPResponse) -> bytes:
        encoding = response.headers.get("Content-Encoding", "identity").strip().lower()
        if encoding not in ("identity", "gzip"):
            raise Unreached(f"máy chủ nén kiểu {encoding[:20]!r} mà không ai hỏi")
        unpack = zlib.decompressobj(16 + zlib.MAX_WBITS) if encoding == "gzip" else None
        data = bytearray()
        while piece := response.read(_PIECE):
            try:
                data += unpack.decompress(piece, self._most + 1 - len(data)) if unpack else piece
            except zlib.error:
                raise Unreached("tệp nén hỏng") from None
            if len(data) > self._most or (unpack and unpack.unconsumed_tail):
                raise Unreached(f"tệp nặng quá {self._most // 1_000_000} MB")
        if response.length or (unpack and not unpack.eof):
            raise Unreached("tệp gửi chưa trọn")
        return bytes(data)


def _check_kind(response: HTTPResponse) -> None:
    if response.status != 200:
        raise Unreached(_TOLD.get(response.status, f"máy chủ báo lỗi {response.status}"))
    kind = response.headers.get("Content-Type", "")
    if not _JSON.fullmatch(kind.strip()):
        shown = re.sub(r"[^!-~ ]", "", kind)[:40]
        raise Unreached(f"máy chủ trả về loại “{shown}”, không phải JSON")
