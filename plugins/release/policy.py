"""What every answer of the site says beside its content: one description for all servers and for the preview. Pure.

Sources: CSP Level 3, HSTS (RFC 6797), Permissions Policy, COOP and CORP (HTML, Fetch), `immutable` (RFC 8246).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from plugins.content.addresses.sections import ASSETS_URL, SEARCH_INDEX_URL

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

HTML = "text/html; charset=utf-8"
# By the longest ending that a path has. Never a system's own table: any program may change that of Windows.
TYPES = {
    ".html": HTML,
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".webmanifest": "application/manifest+json; charset=utf-8",
    ".atom.xml": "application/atom+xml; charset=utf-8",
    ".xml": "application/xml; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".svg": "image/svg+xml; charset=utf-8",
    ".woff2": "font/woff2",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".webp": "image/webp",
}
UNKNOWN_TYPE = "application/octet-stream"

# What the pages use, and nothing else. JSON-LD is data, which a browser never runs: no directive is about it.
CONTENT_SECURITY: Mapping[str, tuple[str, ...]] = {
    "default-src": ("'none'",),
    # By connect-src the search fetches its index, the exemplar index its further pages.
    **dict.fromkeys(("script-src", "style-src", "img-src", "font-src", "connect-src", "manifest-src"), ("'self'",)),
    "form-action": ("'self'",),
    **dict.fromkeys(("base-uri", "frame-ancestors"), ("'none'",)),
}
# Each is known to the browsers that are asked; the copying of a story's address stays allowed.
_DENIED = (
    *("accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "hid", "magnetometer", "microphone"),
    *("midi", "payment", "serial", "usb", "xr-spatial-tracking"),
)
# Said over HTTPS alone, as RFC 6797 has it. Two years; not for other hosts below this one: they are not ours to bind.
STRICT_TRANSPORT = ("Strict-Transport-Security", "max-age=63072000")

# Names that a hash of the content is in, as whole paths: theme/static, pictures of stories, the search index.
FINGERPRINTED = (
    rf"{ASSETS_URL}.+\.[0-9a-f]{{8}}\.[0-9a-z]+",
    r"/.+-[0-9a-f]{8}(?:-[0-9]+)?\.(?:jpg|png|svg|webp)",
    rf"{SEARCH_INDEX_URL}[0-9a-f]{{12}}/.+\.json",
)
FOR_EVER = "public, max-age=31536000, immutable"
# Kept, but asked about each time: one small answer says that nothing has changed.
REVALIDATED = "no-cache"

# Of these, all that say nothing of anyone. Beside the releases: those of every release that is kept.
THEME = FINGERPRINTED[0]
SHARED = "shared"

METHODS = ("GET", "HEAD")
# Files in the site that are for servers alone, and copies that are only sent in place of another file.
SERVER_FILES = ("_headers", "_redirects")
COPIES = {".br": "br", ".gz": "gzip"}
# Of what is served: the answer is “not found”, whether there is such a file or not.
HIDDEN_SUFFIXES = (*COPIES, ".map")
# Certificate authorities and mail clients ask below it.
OPEN_DOT_FOLDER = ".well-known"

_LASTING = re.compile("|".join(f"(?:{pattern})" for pattern in FINGERPRINTED))


def content_type(path: str) -> str:
    """Return the media type, with its charset, of what stands at a path of the site."""
    name = path.rpartition("/")[2].lower() or "index.html"
    endings = [name[place:] for place, letter in enumerate(name) if letter == "."]
    return next((TYPES[ending] for ending in endings if ending in TYPES), UNKNOWN_TYPE)


def cache_rule(path: str) -> str:
    """Return the Cache-Control of what stands at a path: for ever where its name says what is in it."""
    return FOR_EVER if _LASTING.fullmatch(path) else REVALIDATED


def is_served(path: str) -> bool:
    """Tell a file that has an address from those that servers alone read, and from copies that stand for others."""
    name = path.rpartition("/")[2]
    return not name.startswith(".") and name not in SERVER_FILES and not name.endswith(HIDDEN_SUFFIXES)


def build_headers(more: Mapping[str, Sequence[str]] | None = None) -> dict[str, str]:
    """Return what every answer says for the safety of who reads it; `more` adds sources to directives of the CSP."""
    return {
        "Content-Security-Policy": _build_csp(more or {}),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Permissions-Policy": ", ".join(f"{feature}=()" for feature in _DENIED),
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
    }


def _build_csp(more: Mapping[str, Sequence[str]]) -> str:
    directives = dict(CONTENT_SECURITY)
    for directive, sources in more.items():
        known = [source for source in directives.get(directive, ()) if source != "'none'"]
        directives[directive] = (*known, *sources)
    return "; ".join(" ".join((directive, *sources)) for directive, sources in directives.items())
