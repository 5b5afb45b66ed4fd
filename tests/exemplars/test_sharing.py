"""From a story to elsewhere: addresses that say what they should, and a code that a camera reads."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from plugins.exemplars.sharing import draw_qr, share_links

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
