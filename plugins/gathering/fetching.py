"""Fetch files of a listed site, as untrusted input: JSON of limited size, from that host alone, within time limits.

On http.client and ssl, as urllib3 and httpx resolve names themselves: between a check and their look-up the name server
could answer otherwise (DNS rebinding). Here the connection goes to the address that was checked.
"""

import ipaddress
import re
import socket
import ssl
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urljoin, urlsplit

from plugins.content.members.open_data import MOST_BYTES

_CERTIFICATE_FAULTS = {
    10: "đã hết hạn",
    9: "chưa đến ngày dùng",
    62: "là của tên miền khác",
    18: "tự ký, không ai bảo đảm",
}
# The second may lead to a private network (RFC 8215), which not every Python knows.
_NAT64, _LOCAL_NAT64 = ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("64:ff9b:1::/48")

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
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


class FetchError(Exception):
    """Data that could not be fetched; the message, in Vietnamese, is one line."""


def resolve(host: str, port: int) -> list[str]:
    """Return the IP addresses of a host by the system's resolver."""
    return list(dict.fromkeys(str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))


@dataclass(frozen=True)
class Trust:
    """The trusted certificate authorities (None: this machine's), resolver, and addresses beside public ones.

    Only tests set these: no content, option or environment variable reaches them.
    """

    authority: Path | None = None
    resolve: Callable[[str, int], list[str]] = resolve
    permitted: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Timeouts:
    """Seconds that one member may take: to connect, between two pieces, and in all."""

    connect: float = 10.0
    piece: float = 15.0
    whole: float = 60.0


def is_public(written: str) -> bool:
    """Tell whether an IP address is public: not of this machine, a private network or a reserved range."""
    try:
        address = _unwrap(ipaddress.ip_address(written.partition("%")[0]))
    except ValueError:
        return False
    is_inside = isinstance(address, ipaddress.IPv6Address) and (address.is_site_local or address in _LOCAL_NAT64)
    return address.is_global and not (is_inside or address.is_multicast or address.is_reserved)


def _unwrap(address: Address) -> Address:
    """Return the IPv4 address embedded in an IPv6 address, to which packets go, or the address itself."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None) or address


def make_context(trust: Trust) -> ssl.SSLContext:
    """Return a TLS context that verifies certificates and host names, with sockets that keep time limits."""
    context = ssl.create_default_context(cafile=trust.authority)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.sslsocket_class = _TimedSocket
    return context


def _remaining(most: float, deadline: float) -> float:
    if (left := deadline - time.monotonic()) <= 0:
        raise TimeoutError
    return min(most, left)


class _TimedSocket(ssl.SSLSocket):
    """A socket that waits `piece` seconds at most, and never beyond `deadline` (time.monotonic)."""

    piece = deadline = float("inf")

    def recv_into(self, *where: Any) -> int:
        """Receive within the limits: http.client reads by this alone, and a server may send a byte now and then."""
        self.settimeout(_remaining(self.piece, self.deadline))
        return super().recv_into(*where)


class Connection(HTTPConnection):
    """HTTPS to one host and port, at an address that was found to be public."""

    def __init__(self, host: str, port: int, context: ssl.SSLContext, trust: Trust, timeouts: Timeouts) -> None:
        super().__init__(host, port)
        self.default_port = 443
        self._context, self._trust, self._timeouts = context, trust, timeouts
        self._deadline = time.monotonic() + timeouts.whole

    def connect(self) -> None:
        """Connect to the first address that answers. Raises FetchError when none does."""
        last: OSError | None = None
        for address in self._find_addresses():
            try:
                patience = _remaining(self._timeouts.connect, self._deadline)
                plain = socket.create_connection((address, self.port), patience)
            except OSError as error:
                last = error
                continue
            self.sock = self._secure(plain)
            return
        raise FetchError(_tell(last) if last else "tên miền không có địa chỉ nào") from last

    def _find_addresses(self) -> list[str]:
        try:
            found = self._trust.resolve(self.host, self.port)
        except (OSError, UnicodeError):
            raise FetchError(f"không tìm thấy tên miền {self.host}") from None
        if inside := [one for one in found if not is_public(one) and one not in self._trust.permitted]:
            what = f"tên miền {self.host} chỉ tới địa chỉ {inside[0]}"
            raise FetchError(f"{what}, không phải địa chỉ công khai trên mạng")
        return found

    def _secure(self, plain: socket.socket) -> ssl.SSLSocket:
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            secured = self._context.wrap_socket(plain, server_hostname=self.host)
        except (OSError, ValueError) as error:
            plain.close()
            raise FetchError(_tell(error)) from error
        secured.piece, secured.deadline = self._timeouts.piece, self._deadline  # type: ignore[attr-defined]
        return secured


def _tell(error: Exception) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"chứng chỉ của trang {_CERTIFICATE_FAULTS.get(error.verify_code, 'không có nơi cấp đáng tin')}"
    if isinstance(error, TimeoutError):
        return "trang không trả lời kịp"
    if isinstance(error, ssl.SSLError):
        return "máy chủ không nói chuyện được bằng https"
    return "không nối được với máy chủ"


class Validator(NamedTuple):
    """The validator of a response (RFC 9110, 8.8): an entity tag, or a date of modification."""

    etag: str = ""
    modified: str = ""

    def headers(self) -> dict[str, str]:
        """Return the headers of a conditional request."""
        if self.etag:
            return {"If-None-Match": self.etag}
        return {"If-Modified-Since": self.modified} if self.modified else {}


NO_VALIDATOR = Validator()


class Session:
    """A connection to one site."""

    def __init__(self, origin: str, connection: Connection, most: int) -> None:
        self._origin, self._connection, self._most = origin, connection, most

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
        forms = {"ETag": _ETAG, "Last-Modified": _MODIFIED}
        told = {name: response.headers.get(name, "") for name in forms}
        return data, Validator(*(one if forms[name].fullmatch(one) else "" for name, one in told.items()))

    def _follow(self, path: str, validator: Validator) -> HTTPResponse:
        """Ask for a path, and follow redirects on the same host."""
        for _ in range(_MOST_REDIRECTS + 1):
            if (response := self._ask(path, validator)).status not in _MOVED:
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
        except ConnectionError:
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


class Fetcher:
    """Opens sessions with listed sites; certificates are loaded once for all."""

    def __init__(self, trust: Trust | None = None, timeouts: Timeouts | None = None, most: int = MOST_BYTES) -> None:
        self._trust, self._timeouts, self._most = trust or Trust(), timeouts or Timeouts(), most
        self._context = make_context(self._trust)

    @contextmanager
    def open(self, origin: str) -> Iterator[Session]:
        """Yield a session with https://host or https://host:port, not yet connected; it is closed after the block."""
        parts = urlsplit(origin)
        connection = Connection(parts.hostname or "", parts.port or 443, self._context, self._trust, self._timeouts)
        with closing(connection):
            yield Session(origin, connection, self._most)


def _check_kind(response: HTTPResponse) -> None:
    if response.status != 200:
        raise FetchError(_TOLD.get(response.status, f"máy chủ báo lỗi {response.status}"))
    kind = response.headers.get("Content-Type", "")
    if not _JSON.fullmatch(kind.strip()):
        shown = re.sub(r"[^!-~ ]", "", kind)[:40]
        raise FetchError(f"máy chủ trả về loại “{shown}”, không phải JSON")
