"""What stood at another address before: where it is now, and where a link to it leads. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping


@dataclass(frozen=True)
class Move:
    """Where an old address leads now, and what that is called."""

    url: str
    title: str


def follow(href: str, moved: Mapping[str, str], gone: Collection[str], site_url: str) -> str | None:
    """Return where an address leads now: one of our own that has moved leads on, one that is gone nowhere (None)."""
    if not (moved or gone):
        return href
    try:
        target = urlsplit(href)
    except ValueError:
        # No address at all.
        return href
    if target.netloc.removeprefix("www.") not in ("", urlsplit(site_url).netloc.removeprefix("www.")):
        return href
    path = unquote(target.path).removesuffix("index.html")
    path = path if path.endswith(("/", ".html", ".xml")) else f"{path}/"
    if path in gone:
        return None
    if path not in moved:
        return href
    return f"{moved[path]}#{target.fragment}" if target.fragment else moved[path]
