"""Addresses of stories, on whichever site they stand: one story, one address, however it was written. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from plugins.content.addresses.old import ascii_host
from plugins.content.addresses.sections import NEWS
from plugins.sources.problem import Invalid
from plugins.vietnamese import nfc

if TYPE_CHECKING:
    from collections.abc import Iterable

_SCHEME = re.compile(r"https?://", re.IGNORECASE)
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::[0-9]{1,5})?")
_STORY = re.compile(rf"{NEWS.url}[0-9]{{4}}/[a-z0-9]+(?:-[a-z0-9]+)*/")
_LOCAL = ("localhost", "127.0.0.1")


def is_address(written: str) -> bool:
    """Tell whether what was written is an address of the web."""
    return _SCHEME.match(written.strip()) is not None


def story_address(written: str) -> str:
    """Return the address of a story on some site, in the one form that tells it from others; Invalid for none."""
    text = nfc(written).strip()
    try:
        parts = urlsplit(text)
    except ValueError:
        parts = urlsplit("")
    host = ascii_host(parts.netloc).lower()
    path = unquote(parts.path).removesuffix("index.html").rstrip("/") + "/"
    if not (is_address(text) and _HOST.fullmatch(host) and _STORY.fullmatch(path)):
        fix = "mở bài gốc trên trang ấy rồi chép cả địa chỉ, dạng https://ten-mien/bai-viet/2026/ten-bai/"
        raise Invalid(f'"{written}" không phải địa chỉ một bài', fix)
    return f"{parts.scheme.lower()}://{host}{path}"


def slug_in(address: str) -> str:
    """Return the slug of the story at an address, by which its own site knows it."""
    return address.rstrip("/").rpartition("/")[2]


def same_story(address: str) -> str:
    """Return what tells a story by its address from all others: http or https, with www. or without, it is one."""
    host, _, path = address.partition("://")[2].partition("/")
    return f"https://{host.removeprefix('www.')}/{path}"


def absolute_url(url: str, site_url: str) -> str:
    """Return the whole address of what stands on this site, or, where it has one already, on another."""
    return url if is_address(url) else site_url + url


def host_of(address: str) -> str:
    """Return the host of an address, by which its site is told from others."""
    return ascii_host(address.partition("://")[2].partition("/")[0]).lower().removeprefix("www.")


def is_own_address(address: str, sites: Iterable[str]) -> bool:
    """Tell whether a story's address is one of this site, which is at one of these; a preview's is."""
    host = host_of(address)
    return host.partition(":")[0] in _LOCAL or host in {host_of(site) for site in sites if site}
