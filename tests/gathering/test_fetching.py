"""Answers of faulty servers, and the servers that are never asked."""

from __future__ import annotations

import gzip
import re
import time
from typing import TYPE_CHECKING

import pytest

from plugins.gathering.fetching import NO_VALIDATOR, Fetcher, FetchError, Timeouts, Trust, Validator, is_public
from tests.gathering.server import CERTIFICATES, LOOPBACK, Request, Server, publish, serving, trust_of_tests

if TYPE_CHECKING:
    from collections.abc import Callable

PATH = "/du-lieu/dien-hinh.json"
# A busy machine may take its time; a server that takes too much is tried with less.
AMPLE, SHORT = Timeouts(10, 10, 20), Timeouts(connect=1, piece=0.3, whole=0.6)
LATE = "không trả lời kịp"


def get(
    server: Server,
    host: str,
    trust: Trust | None = None,
    validator: Validator = NO_VALIDATOR,
    timeouts: Timeouts = AMPLE,
) -> tuple[bytes, Validator] | None:
    fetcher = Fetcher(trust or trust_of_tests(), timeouts, most=100_000)
    with fetcher.open(server.origin(host)) as visit:
        return visit.get(PATH, validator)


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("203.119.36.106", True),
        ("2001:dc8::1", True),
        ("127.0.0.1", False),
        ("127.9.9.9", False),
        ("0.0.0.0", False),  # noqa: S104 - nobody listens
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),  # metadata of cloud machines
        ("100.64.0.1", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("240.0.0.1", False),
        ("192.0.2.1", False),
        ("::1", False),
        ("::", False),
        ("fe80::1%eth0", False),
        ("fc00::1", False),
        ("ff02::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:10.0.0.1", False),
        ("64:ff9b::7f00:1", False),
        ("64:ff9b:1::a00:1", False),
        ("::7f00:1", False),
        ("fec0::1", False),
        ("2002:7f00:1::", False),
        ("2002:a00:1::1", False),
        ("localhost", False),
    ],
)
def test_only_addresses_of_the_public_internet_are_public(address: str, found: bool) -> None:
    assert is_public(address) is found


@pytest.mark.parametrize("address", ["127.0.0.2", "10.0.0.1", "169.254.169.254", "::1", "::ffff:127.0.0.1"])
def test_a_name_that_leads_inside_is_never_connected_to(server: Server, address: str) -> None:
    with pytest.raises(FetchError, match=re.escape(f"chỉ tới địa chỉ {address}")):
        get(server, "inside.example.test", trust_of_tests(inside=address))


def test_nothing_but_arguments_permits_loopback(server: Server) -> None:
    trust = Trust(CERTIFICATES / "authority.pem", lambda *_: [LOOPBACK])
    with pytest.raises(FetchError, match="không phải địa chỉ công khai"):
        get(server, "a.example.test", trust)


def test_one_address_inside_among_others_is_enough_to_refuse(server: Server) -> None:
    trust = Trust(resolve=lambda *_: ["203.119.36.106", "10.0.0.1"])
    with pytest.raises(FetchError, match=re.escape("10.0.0.1")):
        get(server, "a.example.test", trust)


def test_the_name_is_looked_up_once_for_check_and_connection(server: Server) -> None:
    publish(server, "once.example.test", dien_hinh=b"{}")
    asked: list[str] = []

    def resolve(host: str, _: int) -> list[str]:
        asked.append(host)
        return [LOOPBACK] if len(asked) == 1 else ["10.0.0.1"]

    found = get(server, "once.example.test", Trust(CERTIFICATES / "authority.pem", resolve, frozenset({LOOPBACK})))
    assert found
    assert asked == ["once.example.test"]


def test_a_certificate_is_verified_with_its_name_and_days(server: Server) -> None:
    for host in ("a.elsewhere.test", "a.b.example.test"):
        with pytest.raises(FetchError, match="chứng chỉ của trang là của tên miền khác"):
            get(server, host)
    trust = Trust(resolve=lambda *_: [LOOPBACK], permitted=frozenset({LOOPBACK}))
    with pytest.raises(FetchError, match="không có nơi cấp đáng tin"):
        get(server, "a.example.test", trust)
    with serving("expired.pem") as late, pytest.raises(FetchError, match="đã hết hạn"):
        get(late, "a.example.test")


def test_a_file_is_asked_for_once_and_then_by_its_seal(server: Server) -> None:
    publish(server, "seal.example.test", dien_hinh=b"{}")
    found = get(server, "seal.example.test")
    assert found
    assert found[0] == b"{}"
    assert get(server, "seal.example.test", validator=found[1]) is None
    assert get(server, "seal.example.test", validator=Validator('"other"')) == found


def test_without_an_entity_tag_the_day_serves(server: Server) -> None:
    day = "Mon, 01 Jun 2026 08:00:00 GMT"

    def answer(request: Request) -> None:
        if request.headers.get("If-Modified-Since") == day:
            request.send_response(304)
            request.end_headers()
        else:
            request.give(b"{}", Last_Modified=day, ETag="not in quotes")

    server.sites["day.example.test"] = answer
    found = get(server, "day.example.test")
    assert found == (b"{}", Validator(modified=day))
    assert get(server, "day.example.test", validator=found[1]) is None


def test_compressed_answers_are_unpacked(server: Server) -> None:
    server.sites["gzip.example.test"] = lambda it: it.give(gzip.compress(b"{} " * 9_000), Content_Encoding="gzip")
    found = get(server, "gzip.example.test")
    assert found
    assert found[0] == b"{} " * 9_000


def drip(request: Request) -> None:
    """Send a byte now and then, each in time."""
    request.send_response(200)
    request.send_header("Content-Type", "application/json")
    request.send_header("Content-Length", "1000")
    request.end_headers()
    for _ in range(20):
        request.wfile.write(b" ")
        time.sleep(0.1)


def drip_headers(request: Request) -> None:
    for _ in range(20):
        request.wfile.write(b"HTTP/1.1 200 OK\r\nX"[:1])
        time.sleep(0.1)


def cut(request: Request) -> None:
    request.send_response(200)
    request.send_header("Content-Type", "application/json")
    request.send_header("Content-Length", "1000")
    request.end_headers()
    request.wfile.write(b"{}")
    request.close_connection = True


def flood(request: Request) -> None:
    request.send_response(200)
    request.send_header("Content-Type", "application/json")
    request.end_headers()
    for _ in range(100):
        request.wfile.write(b" " * 10_000)
    request.close_connection = True


def redirect(to: str) -> Callable[[Request], None]:
    return lambda request: request.give(b"", 302, Location=to)


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (lambda _: time.sleep(0.5), LATE),
        (drip, LATE),
        (drip_headers, LATE),
        (cut, "chưa trọn"),
        (flood, "nặng quá"),
        (lambda it: it.give(gzip.compress(b" " * 3_000_000), Content_Encoding="gzip"), "nặng quá"),
        (lambda it: it.give(gzip.compress(b"{}")[:-4], Content_Encoding="gzip"), "chưa trọn"),
        (lambda it: it.give(b"{}", Content_Encoding="gzip"), "nén hỏng"),
        (lambda it: it.give(b"{}", Content_Encoding="br"), "nén kiểu 'br'"),
        (lambda it: it.give(b"<p>", kind="text/html; charset=utf-8"), "loại “text/html; charset=utf-8”"),
        (lambda it: it.give(b"", 404), "không có tệp ấy (404)"),
        (lambda it: it.give(b"", 410), "đã gỡ"),
        (lambda it: it.give(b"", 503), "máy chủ báo lỗi 503"),
        (lambda it: it.give(b"", 304), "máy chủ báo lỗi 304"),
        (lambda it: it.give(b"{}", 206), "máy chủ báo lỗi 206"),
        (lambda it: it.wfile.write(b"SSH-2.0-x\r\n"), "trả lời sai cách"),
        (redirect("http://{host}/x"), "trang chuyển sang http://"),
        (redirect("https://evil.example.test/x"), "trang chuyển sang https://evil.example.test/x"),
        (redirect("//10.0.0.1/x"), "trang chuyển sang https://10.0.0.1/x"),
        (redirect("file:///etc/passwd"), "trang chuyển sang file:"),
        (redirect(PATH), "vòng quanh"),
    ],
)
def test_an_unusable_answer_is_reported(server: Server, answer: Callable[[Request], None], told: str) -> None:
    server.sites["odd.example.test"] = answer
    with pytest.raises(FetchError, match=re.escape(told)):
        get(server, "odd.example.test", timeouts=SHORT if told == LATE else AMPLE)


def test_the_same_host_may_lead_on_three_times(server: Server) -> None:
    def answer(request: Request) -> None:
        step = int(request.path.rpartition("=")[2]) if "=" in request.path else 0
        if step == 3:
            request.give(b"{}")
        else:
            request.give(b"", 301, Location=f"/du-lieu/x?n={step + 1}")

    server.sites["led.example.test"] = answer
    found = get(server, "led.example.test")
    assert found
    assert found[0] == b"{}"


def test_an_unreachable_host_is_reported() -> None:
    with serving() as gone:
        origin = gone.origin("gone.example.test")
    fetcher = Fetcher(trust_of_tests(), AMPLE)
    with fetcher.open(origin) as visit, pytest.raises(FetchError, match="không nối được"):
        visit.get(PATH, NO_VALIDATOR)
