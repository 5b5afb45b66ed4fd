"""Moved and withdrawn addresses for the server files, checked and encoded once; helpers to write these files. Pure."""

import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import quote, urlsplit

HEAD = "# Tệp này do lệnh publish sinh ra: đừng sửa. Cách dùng: sổ tay, mục “Máy chủ”."
# In no address of the site; server files would read them as something else.
_UNSAFE = re.compile(r"[\x00-\x1f\x7f\\?#]|//|/\.{1,2}(/|$)")
_QUERY = re.compile(r"[A-Za-z0-9_.~+:,-]+=[A-Za-z0-9_.~+:,=&-]*")  # query of an old address: /tin.aspx?id=3


@dataclass(frozen=True)
class Addresses:
    """The host of the site, and sorted site paths, not encoded; an old one may have a query."""

    host: str
    moved: tuple[tuple[str, str], ...]
    gone: tuple[str, ...]

    @property
    def digest(self) -> str:
        """Short hash of `moved` and `gone`."""
        return sha256(json.dumps([self.moved, self.gone]).encode()).hexdigest()[:12]


def read_addresses(site_url: str, moved: Mapping[str, str], gone: Collection[str]) -> Addresses:
    """Check the addresses for the server files. Raises ValueError, which names an invalid one."""
    for address in (*moved, *gone, *moved.values()):
        path, mark, query = address.partition("?")
        if not path.startswith("/") or _UNSAFE.search(path) or (mark and not _QUERY.fullmatch(query)):
            raise ValueError(f"no path of a site: {address!r}")
    try:
        host = urlsplit(site_url).netloc.encode("idna").decode()
    except UnicodeError:
        host = ""
    if not re.fullmatch(r"[\w.:-]+", host, re.ASCII):
        raise ValueError(f"no host in the address of the site: {site_url!r}")
    return Addresses(host, tuple(sorted(moved.items())), tuple(sorted(set(gone) - moved.keys())))


def encode(path: str) -> str:
    """Return a path percent-encoded in UTF-8."""
    return quote(path, safe="/-._~")


def quoted(text: str) -> str:
    """Return a string in quotes for Apache and nginx; backslashes, only of regular expressions, are kept."""
    return '"' + text.replace('"', '\\"') + '"'


def join_lines(*lines: str) -> str:
    """Return the text of a file."""
    return "\n".join(lines) + "\n"
