"""Links for sharing a story, and a QR code that a camera reads."""

from __future__ import annotations

import json
import re
from base64 import urlsafe_b64decode
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
import segno
from hypothesis import given
from hypothesis import strategies as st

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
    assert len(svg) < 12_000


def test_a_code_is_drawn_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = Cache(tmp_path)
    assert find_qr(ADDRESS, cache) == draw_qr(ADDRESS)
    another = find_qr(f"{ADDRESS}&<x>/", cache)
    assert another != draw_qr(ADDRESS)
    assert "<x>" not in another
    monkeypatch.setattr(sharing, "draw_qr", lambda _: pytest.fail("drawn again"))
    assert find_qr(ADDRESS, cache) == draw_qr(ADDRESS)


@given(st.from_regex(r"https?://[a-z0-9.-]{1,40}(/[a-z0-9%?=&-]{0,60}){0,6}", fullmatch=True))
def test_the_code_has_the_modules_of_its_address_and_a_quiet_zone_around_them(address: str) -> None:
    svg = draw_qr(address)
    matrix = segno.make(address, error="l", micro=False, mask=3, boost_error=False).matrix
    side = len(matrix) + 2 * QUIET
    assert f'viewBox="0 0 {side} {side}"' in svg
    drawn = [bytearray(side) for _ in range(side)]
    for x, y, length in re.findall(r"M(\d+) (\d+)\.5h(\d+)", svg):
        drawn[int(y)][int(x) : int(x) + int(length)] = b"\1" * int(length)
    margin = bytes(QUIET)
    assert drawn == [bytes(side)] * QUIET + [margin + row + margin for row in matrix] + [bytes(side)] * QUIET
