"""The preview, asked as no browser asks."""

from __future__ import annotations

import socket
import threading
from typing import TYPE_CHECKING

import pytest

from plugins.preview.live.site import LiveSite
from plugins.preview.serving import server as preview_server
from plugins.preview.serving.server import Server
from tests.preview.preview_process import Answer
from tests.site.small_site import SmallSite

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    live = LiveSite(SmallSite.create(tmp_path_factory.mktemp("hoi")).path)
    live.update(())
    server = Server(live, 0)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


def ask(port: int, raw: str, *, close: bool = True) -> bytes:
    """Send a request as it is written, {own} being what our own page sends with it. Returns all that comes back."""
    own = f"Host: localhost:{port}\r\nOrigin: http://localhost:{port}\r\n"
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        connection.sendall(raw.replace("{own}", own).encode("latin-1"))
        if close:
            connection.shutdown(socket.SHUT_WR)
        answer = b""
        while more := connection.recv(65536):
            answer += more
        return answer


@pytest.mark.parametrize(
    ("raw", "status"),
    [
        ("POST /_xem-thu/sua/luu HTTP/1.1\r\n{own}Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n", b"411"),
        ("POST /_xem-thu/sua/luu HTTP/1.1\r\n{own}Content-Length: 999999999999999\r\n\r\n", b"413"),
        ("POST /_xem-thu/sua/luu HTTP/1.1\r\n{own}Content-Length: -1\r\n\r\n", b"413"),
        ("POST /_xem-thu/sua/luu HTTP/1.1\r\n{own}Content-Length: 2\r\n\r\n{}", b"403"),
        ("POST /_xem-thu/sua/luu HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}", b"403"),
        ("GET http://[ HTTP/1.1\r\n{own}\r\n", b"400"),
        ("GET /?" + "a=b&" * 50 + " HTTP/1.1\r\n{own}\r\n", b"400"),
        ("GET /../../../../etc/passwd HTTP/1.1\r\n{own}\r\n", b"404"),
        ("GET /%2e%2e/%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\n{own}\r\n", b"404"),
        ("GET /_xem-thu/..%2f..%2fserver.py HTTP/1.1\r\n{own}\r\n", b"404"),
        ("GET /_xem-thu/sua?tep=../../etc/passwd HTTP/1.1\r\n{own}\r\n", b"404"),
        ("GET /_xem-thu/sua?tep=content/../pelicanconf.py HTTP/1.1\r\n{own}\r\n", b"404"),
        ("GET /_xem-thu/sua?tep=content/%00.md HTTP/1.1\r\n{own}\r\n", b"404"),
        ("TRACE / HTTP/1.1\r\n{own}\r\n", b"501"),
        ("GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n", b"403"),
        ("GET / HTTP/1.1\r\n" + "X: y\r\n" * 300 + "\r\n", b"431"),
    ],
)
def test_what_is_asked_wrongly_is_refused_and_nothing_told(port: int, raw: str, status: bytes) -> None:
    # The connection ends with it: what was not read of the request is not the next one.
    answer = ask(port, raw, close=status == b"404")
    assert answer.split(b" ", 2)[1] == status
    assert answer.count(b"HTTP/1.1 ") == 1
    assert b"root:" not in answer
    assert b"Traceback" not in answer
    assert Answer(port, "/").status == 200


def test_who_says_nothing_more_is_not_waited_for(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preview_server._Handler, "timeout", 0.2)
    assert ask(port, "GET / HT", close=False) == b""
    assert ask(port, "POST /_xem-thu/sua/luu HTTP/1.1\r\n{own}Content-Length: 100\r\n\r\n{", close=False) == b""
