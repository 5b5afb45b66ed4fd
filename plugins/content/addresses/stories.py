"""Addresses of stories on any site, normalised so that one story has one address. Pure."""

import re
from collections.abc import Iterable
from urllib.parse import unquote, urlsplit

from plugins.content.addresses.sections import NEWS
from plugins.content.addresses.urls import ascii_host, host_of, is_address
from plugins.sources.problem import Invalid
from plugins.vietnamese import nfc

_HOST = re.compile(r"[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::[0-9]{1,5})?")
_STORY = re.compile(rf"{NEWS.url}[0-9]{{4}}/[a-z0-9]+(?:-[a-z0-9]+)*/")
_LOCAL = ("localhost", "127.0.0.1")


def story_address(written: str) -> str:
    """Return the normalised address of a story; Invalid if it is none."""
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
    """Return the slug at the end of a story's address."""
    return address.rstrip("/").rpartition("/")[2]


def same_story(address: str) -> str:
    """Return a key that is equal for all addresses of a story: http or https, with or without www."""
    host, _, path = address.partition("://")[2].partition("/")
    return f"https://{host.removeprefix('www.')}/{path}"


def is_own_address(address: str, sites: Iterable[str]) -> bool:
    """Return whether an address is on one of these sites or on a local preview."""
    host = host_of(address)
    return host.partition(":")[0] in _LOCAL or host in {host_of(site) for site in sites if site}
