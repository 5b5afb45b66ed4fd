"""HTTPS connections to listed hosts, only to addresses that were checked, with time limits.

On http.client and ssl, as urllib3 and httpx resolve names themselves: between a check and their look-up the name server
could answer otherwise (DNS rebinding). Here the connection goes to the address that was checked.
"""

import ipaddress
import socket
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

_CERTIFICATE_FAULTS = {
    10: "đã hết hạn",
    9: "chưa đến ngày dùng",
    62: "là của tên miền khác",
    18: "tự ký, không ai bảo đảm",
}
# The second may lead to a private network (RFC 8215), which not every Python knows.
_NAT64, _LOCAL_NAT64 = ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("64:ff9b:1::/48")

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


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


class _TimedSocket(ssl.SSLSocket):
    """A socket that waits `piece` seconds at most, and never beyond `deadline` (time.monotonic)."""

    piece = deadline = float("inf")

    def recv_into(self, *where: Any) -> int:
        """Receive within the limits: http.client reads by this alone, and a server may send a byte now and then."""
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self.settimeout(min(self.piece, left))
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
                plain = socket.create_connection((address, self.port), self._patience())
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
        inside = [one for one in found if not is_public(one) and one not in self._trust.permitted]
        if inside:
            raise FetchError(
                f"tên miền {self.host} chỉ tới địa chỉ {inside[0]}, không phải địa chỉ công khai trên mạng"
            )
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

    def _patience(self) -> float:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return min(self._timeouts.connect, left)


def _tell(error: Exception) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"chứng chỉ của trang {_CERTIFICATE_FAULTS.get(error.verify_code, 'không có nơi cấp đáng tin')}"
    if isinstance(error, TimeoutError):
        return "trang không trả lời kịp"
    if isinstance(error, ssl.SSLError):
        return "máy chủ không nói chuyện được bằng https"
    return "không nối được với máy chủ"
