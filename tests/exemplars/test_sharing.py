"""Links for sharing a story, and a QR code that a camera reads."""

from __future__ import annotations

import json
import re
from base64 import urlsafe_b64decode
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageOps
from qrcodegen import QrCode, QrSegment

from plugins.exemplars.pages import sharing
from plugins.exemplars.pages.sharing import QUIET, draw_qr, find_qr, share_links
from plugins.photos.cache import Cache

if TYPE_CHECKING:
    from pathlib import Path

ADDRESS = "https://mttq.example.vn/bai-viet/2020/hai-thon/"
TITLE = "Hai thôn & “kênh” 3,2 km?"


def test_each_link_carries_the_address() -> None:
    zalo, facebook, mail = share_links(ADDRESS, TITLE)
    assert json.loads(urlsafe_b64decode(parse_qs(urlsplit(zalo.url).query)["d"][0])) == {"url": ADDRESS}
    assert parse_qs(urlsplit(facebook.url).query) == {"u": [ADDRESS]}
    assert parse_qs(mail.url.partition("?")[2]) == {"subject": [TITLE], "body": [ADDRESS]}
    assert "+" not in mail.url
    assert unquote(mail.url).startswith(f"mailto:?subject={TITLE}")


@pytest.mark.parametrize("address", [ADDRESS, f"https://mttq.example.vn/bai-viet/2020/{'dai-' * 40}/"])
def test_the_code_is_the_same_every_time_and_has_no_style_of_its_own(address: str) -> None:
    svg = draw_qr(address)
    assert svg == draw_qr(address)
    assert svg.startswith("<svg ")
    assert 'class="paper__code"' in svg
    assert "style=" not in svg
    assert "xmlns" not in svg
    # Lean enough to stand in every story.
    assert len(svg) < 7_000


def test_a_code_is_drawn_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = Cache(tmp_path)
    assert find_qr(ADDRESS, cache) == draw_qr(ADDRESS)
    another = find_qr(f"{ADDRESS}&<x>/", cache)
    assert another != draw_qr(ADDRESS)
    assert "<x>" not in another
    monkeypatch.setattr(sharing, "draw_qr", lambda _: pytest.fail("drawn again"))
    assert find_qr(ADDRESS, cache) == draw_qr(ADDRESS)


@given(st.from_regex(r"https?://[a-z]{2,20}(\.[a-z]{2,20}){1,3}/([a-z]{1,9}(-[a-z]{1,9}){0,7}/){0,6}", fullmatch=True))
def test_the_code_is_that_of_another_encoder(address: str) -> None:
    modules = _read_modules(draw_qr(address))
    # Which of eight masks was chosen stands beside the upper left corner (ISO/IEC 18004, 7.9.1).
    mask = int("".join(map(str, modules[8][2:5])), 2) ^ 0b101
    segments = [QrSegment.make_bytes(address.encode())]
    code = QrCode.encode_segments(segments, QrCode.Ecc.LOW, mask=mask, boostecl=False)
    every = range(code.get_size())
    assert modules == [bytes(code.get_module(x, y) for x in every) for y in every]


@given(st.from_regex(r"https?://[a-z0-9.-]{1,40}(/[A-Za-z0-9%?=&-]{0,60}){0,6}", fullmatch=True))
def test_a_camera_reads_the_address(address: str) -> None:
    modules = _read_modules(draw_qr(address))
    picture = Image.frombytes("L", (len(modules), len(modules)), bytes(255 * (not one) for one in b"".join(modules)))
    seen = ImageOps.expand(picture, QUIET, 255).resize((4 * len(modules), 4 * len(modules)), Image.Resampling.NEAREST)
    assert [code.text for code in zxingcpp.read_barcodes(seen)] == [address]


def _read_modules(svg: str) -> list[bytes]:
    """Return the rows of a code, 1 for dark, without the quiet zone, which is held to be empty."""
    side = int(svg.partition('viewBox="0 0 ')[2].partition(" ")[0])
    drawn = [bytearray(side) for _ in range(side)]
    x = y = 0
    path = svg.rpartition(' d="')[2].partition('"')[0]
    for start, row, step, line in re.findall(r"M(\d+) (\d+)\.5|m(\d+) 0|h(\d+)", path):
        y = int(row) if start else y
        x = int(start or x) + int(step or 0)
        drawn[y][x : x + int(line or 0)] = b"\1" * int(line or 0)
        x += int(line or 0)
    inside = slice(QUIET, side - QUIET)
    assert not any(map(any, drawn[:QUIET] + drawn[side - QUIET :]))
    assert not any(any(row[:QUIET]) or any(row[side - QUIET :]) for row in drawn)
    return [bytes(row[inside]) for row in drawn[inside]]
