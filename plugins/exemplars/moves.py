"""What stood at another address before: where it is now, and links to it that lead there. Pure."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

# As a cleaned body has it: quoted, and with nothing in it that ends it.
_LINK = re.compile(r'<a((?:\s[\w-]+="[^"]*")*)\s*>(.*?)</a>', re.DOTALL)
_HREF = re.compile(r'(?<=\shref=")[^"]*')


@dataclass(frozen=True)
class Move:
    """Where an old address leads now, and what that is called."""

    url: str
    title: str


def mend_links(body: str, moved: Mapping[str, str], gone: Collection[str], site_url: str) -> str:
    """Return a body's HTML in which links of our own to what has moved lead on, and those to what is gone are words."""
    if not (moved or gone) or "<a " not in body:
        return body
    host = urlsplit(site_url).netloc.removeprefix("www.")

    def mend(link: re.Match[str]) -> str:
        href = _HREF.search(link[1])
        try:
            target = urlsplit(html.unescape(href[0]) if href else "")
        except ValueError:
            # No address at all.
            return link[0]
        if not href or target.netloc.removeprefix("www.") not in ("", host):
            return link[0]
        path = unquote(target.path).removesuffix("index.html")
        path = path if path.endswith(("/", ".html", ".xml")) else f"{path}/"
        if path in gone:
            return link[2]
        if path not in moved:
            return link[0]
        anchor = f"#{html.escape(target.fragment)}" if target.fragment else ""
        attributes = f"{link[1][: href.start()]}{moved[path]}{anchor}{link[1][href.end() :]}"
        return f"<a{attributes}>{link[2]}</a>"

    return _LINK.sub(mend, body)
