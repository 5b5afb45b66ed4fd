"""Fetch files of a listed site, as untrusted input: JSON of limited size, from that host alone."""

import re
import zlib
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse, RemoteDisconnected
from urllib.parse import urljoin, urlsplit

from plugins.content.members.open_data import MOST_BYTES
from plugins.gathering.connecting import Connection, FetchError, Timeouts, Trust, make_context

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
class Validator:
    """The validator of a response (RFC 9110, 8.8): an entity tag, or a date of modification."""

    etag: str = ""
    modified: str = ""

    def headers(self) -> dict[str, str]:
        """Return the headers of a conditional request."""
        if self.etag:
            return {"If-None-Match": self.etag}
        return {"If-Modified-Since": self.modified} if self.modified else {}


NO_VALIDATOR = Validator()


class Fetcher:
    """Opens sessions with listed sites; certificates are loaded once for all."""

    def __init__(self, trust: Trust | None = None, timeouts: Timeouts | None = None, most: int = MOST_BYTES) -> None:
        self._trust, self._timeouts, self._most = trust or Trust(), timeouts or Timeouts(), most
        self._context = make_context(self._trust)

    def open(self, origin: str) -> "Session":
        """Return a session with https://host or https://host:port, not yet connected."""
        parts = urlsplit(origin)
        connection = Connection(parts.hostname or "", parts.port or 443, self._context, self._trust, self._timeouts)
        return Session(origin, connection, self._most)


class Session:
    """A connection to one site, closed at the end of the block."""

    def __init__(self, origin: str, connection: Connection, most: int) -> None:
        self._origin, self._connection, self._most = origin, connection, most

    def __enter__(self) -> "Session":
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def get(self, path: str, validator: Validator) -> tuple[bytes, Validator] | None:
        """Return a file and its validator, or None while the given validator holds. Raises FetchError."""
        try:
            response = self._follow(path, validator)
            if response.status == 304 and validator.headers():
                response.read()
                return None
            _check_kind(response)
            data = self._read(response)
        except TimeoutError:
            raise FetchError("trang không trả lời kịp") from None
        except (OSError, HTTPException, ValueError) as error:
            raise FetchError(f"đường truyền đứt hoặc máy chủ trả lời sai cách ({type(error).__name__})") from error
        etag, modified = response.headers.get("ETag", ""), response.headers.get("Last-Modified", "")
        return data, Validator(
            *(one if form.fullmatch(one) else "" for one, form in ((etag, _ETAG), (modified, _MODIFIED)))
        )

    def _follow(self, path: str, validator: Validator) -> HTTPResponse:
        """Ask for a path, and follow redirects on the same host."""
        for _ in range(_MOST_REDIRECTS + 1):
            response = self._ask(path, validator)
            if response.status not in _MOVED:
                return response
            self._connection.close()
            target = urljoin(f"{self._origin}{path}", response.headers.get("Location", ""))
            parts = urlsplit(target)
            if f"{parts.scheme}://{parts.netloc}".lower() != self._origin:
                shown = re.sub(r"[^!-~]", "", target)[:100]
                raise FetchError(f"trang chuyển sang {shown}, không phải địa chỉ đã ghi trong nguon.yaml")
            path = parts.path + (f"?{parts.query}" if parts.query else "")
        raise FetchError("trang chuyển địa chỉ vòng quanh")

    def _ask(self, path: str, validator: Validator) -> HTTPResponse:
        headers = {"Accept": "application/json", "Accept-Encoding": "gzip", "User-Agent": "dan-van-kheo-gather/2"}
        is_kept = self._connection.sock is not None
        try:
            self._connection.request("GET", path, headers=headers | validator.headers())
            return self._connection.getresponse()
        except (RemoteDisconnected, ConnectionError):
            # A server may close an idle connection: try a new one.
            if not is_kept:
                raise
            self._connection.close()
            self._connection.request("GET", path, headers=headers | validator.headers())
            return self._connection.getresponse()

    def _read(self, response: HTTPResponse) -> bytes:
        encoding = response.headers.get("Content-Encoding", "identity").strip().lower()
        if encoding not in ("identity", "gzip"):
            raise FetchError(f"máy chủ nén kiểu {encoding[:20]!r} mà không ai hỏi")
        unpack = zlib.decompressobj(16 + zlib.MAX_WBITS) if encoding == "gzip" else None
        data = bytearray()
        while piece := response.read(_PIECE):
            try:
                data += unpack.decompress(piece, self._most + 1 - len(data)) if unpack else piece
            except zlib.error:
                raise FetchError("tệp nén hỏng") from None
            if len(data) > self._most or (unpack and unpack.unconsumed_tail):
                raise FetchError(f"tệp nặng quá {self._most // 1_000_000} MB")
        if response.length or (unpack and not unpack.eof):
            raise FetchError("tệp gửi chưa trọn")
        return bytes(data)


def _check_kind(response: HTTPResponse) -> None:
    if response.status != 200:
        raise FetchError(_TOLD.get(response.status, f"máy chủ báo lỗi {response.status}"))
    kind = response.headers.get("Content-Type", "")
    if not _JSON.fullmatch(kind.strip()):
        shown = re.sub(r"[^!-~ ]", "", kind)[:40]
        raise FetchError(f"máy chủ trả về loại “{shown}”, không phải JSON")
