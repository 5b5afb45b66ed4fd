"""What files for servers are made of. Pure.

Above all, addresses that are no page any more: where they lead now, or that they are gone. Checked and encoded once.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

HEAD = "# Tệp này do lệnh publish sinh ra: đừng sửa. Cách dùng: sổ tay, mục “Máy chủ”."
# What no address of ours has, and every file for a server would take for something else.
_UNSAFE = re.compile(r"[\x00-\x1f\x7f\\?#]|//|/\.{1,2}(/|$)")
# What an old address may have asked: /tin.aspx?id=3.
_QUERY = re.compile(r"[A-Za-z0-9_.~+:,-]+=[A-Za-z0-9_.~+:,=&-]*")


@dataclass(frozen=True)
class Addresses:
    """`host` is the site's own, as it stands in an address; the others are site paths, not encoded, in order.

    An old one may have a query.
    """

    host: str
    moved: tuple[tuple[str, str], ...]
    gone: tuple[str, ...]

    @property
    def digest(self) -> str:
        """Twelve hex digits that are others whenever `moved` or `gone` are."""
        return sha256(json.dumps([self.moved, self.gone]).encode()).hexdigest()[:12]


def read_addresses(site_url: str, moved: Mapping[str, str], gone: Collection[str]) -> Addresses:
    """Check what servers will be told; ValueError names an address that is none of a site."""
    for address in (*moved, *gone, *moved.values()):
        path, mark, query = address.partition("?")
        if not path.startswith("/") or _UNSAFE.search(path) or (mark and not _QUERY.fullmatch(query)):
            raise ValueError(f"no path of a site: {address!r}")
    host = _encode_host(urlsplit(site_url).netloc)
    if not re.fullmatch(r"[\w.:-]+", host, re.ASCII):
        raise ValueError(f"no host in the address of the site: {site_url!r}")
    return Addresses(host, tuple(sorted(moved.items())), tuple(sorted(set(gone) - moved.keys())))


def _encode_host(host: str) -> str:
    try:
        return host.encode("idna").decode()
    except UnicodeError:
        return ""


def encode(path: str) -> str:
    """Return a path as it travels: UTF-8, percent-encoded."""
    return quote(path, safe="/-._~")


def quoted(text: str) -> str:
    """Return a string as Apache and nginx read it in quotes; backslashes, of regular expressions alone, are kept."""
    return '"' + text.replace('"', '\\"') + '"'


def join_lines(*lines: str) -> str:
    """Return the text of a file."""
    return "\n".join(lines) + "\n"
