"""Taking a story elsewhere: plain links that share its address, and a QR code that leads from paper to it. Pure."""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from io import BytesIO
from typing import NamedTuple
from urllib.parse import quote, urlencode

import segno


class ShareLink(NamedTuple):
    """Where one can share: its name, and the address that opens it with the story's address filled in."""

    name: str
    url: str


def share_links(address: str, title: str) -> tuple[ShareLink, ...]:
    """Return the links for an absolute address. None loads anything before it is followed."""
    # Zalo documents only its script; this is the page that the script opens.
    zalo = urlsafe_b64encode(json.dumps({"url": address}).encode()).decode()
    return (
        ShareLink("Zalo", f"https://button-share.zalo.me/share_external?{urlencode({'d': zalo})}"),
        ShareLink("Facebook", f"https://www.facebook.com/sharer/sharer.php?{urlencode({'u': address})}"),
        # Mail programs take %20 for a space, and show a plus as a plus.
        ShareLink("Thư điện tử", f"mailto:?{urlencode({'subject': title, 'body': address}, quote_via=quote)}"),
    )


def draw_qr(address: str) -> str:
    """Return an <svg> element, black on white with its quiet zone, that decodes to the address."""
    out = BytesIO()
    segno.make(address, error="m", micro=False).save(
        out,
        kind="svg",
        xmldecl=False,
        svgns=False,
        omitsize=True,
        nl=False,
        svgclass="paper__code",
        lineclass=None,
        light="#fff",
    )
    return out.getvalue().decode()
