"""HTTP headers of every response: one description for all servers and for the preview. Pure.

Sources: CSP Level 3, HSTS (RFC 6797), Permissions Policy, COOP and CORP (HTML, Fetch), `immutable` (RFC 8246).
"""

import re
from collections.abc import Mapping, Sequence

from plugins.content.addresses.sections import ASSETS_URL, SEARCH_INDEX_URL

HTML = "text/html; charset=utf-8"
# By the longest suffix of a path. Not the system's table, which any program on Windows may change.
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

# Only what the pages use. JSON-LD is data, which no directive concerns.
CONTENT_SECURITY: Mapping[str, tuple[str, ...]] = {
    "default-src": ("'none'",),
    # connect-src: the search fetches its index, the exemplar index its further pages.
    **dict.fromkeys(("script-src", "style-src", "img-src", "font-src", "connect-src", "manifest-src"), ("'self'",)),
    "form-action": ("'self'",),
    **dict.fromkeys(("base-uri", "frame-ancestors"), ("'none'",)),
}
# Features that browsers know; writing to the clipboard stays allowed, to copy a story's address.
_DENIED = (
    *("accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "hid", "magnetometer", "microphone"),
    *("midi", "payment", "serial", "usb", "xr-spatial-tracking"),
)
# Over HTTPS only (RFC 6797). Two years, without subdomains, which may belong to others.
STRICT_TRANSPORT = ("Strict-Transport-Security", "max-age=63072000")

# Paths that contain a hash of the content: theme/static, pictures of stories, the search index.
FINGERPRINTED = (
    rf"{ASSETS_URL}.+\.[0-9a-f]{{8}}\.[0-9a-z]+",
    r"/.+-[0-9a-f]{8}(?:-[0-9]+)?\.(?:jpg|png|svg|webp)",
    rf"{SEARCH_INDEX_URL}[0-9a-f]{{12}}/.+\.json",
)
IMMUTABLE = "public, max-age=31536000, immutable"
REVALIDATED = "no-cache"  # cached, but revalidated each time with a conditional request

# Those of them without personal data; SHARED, beside the releases, has those of every release.
THEME = FINGERPRINTED[0]
SHARED = "shared"

METHODS = ("GET", "HEAD")
# Files in the site for servers only, and compressed copies, sent in place of another file.
SERVER_FILES = ("_headers", "_redirects")
COPIES = {".br": "br", ".gz": "gzip"}
HIDDEN_SUFFIXES = (*COPIES, ".map")  # never served, even where there is such a file
OPEN_DOT_FOLDER = ".well-known"  # used by certificate authorities and mail clients

_LASTING = re.compile("|".join(f"(?:{pattern})" for pattern in FINGERPRINTED))


def content_type(path: str) -> str:
    """Return the media type of a path of the site, with charset."""
    name = path.rpartition("/")[2].lower() or "index.html"
    endings = [name[place:] for place, letter in enumerate(name) if letter == "."]
    return next((TYPES[ending] for ending in endings if ending in TYPES), UNKNOWN_TYPE)


def cache_rule(path: str) -> str:
    """Return the Cache-Control of a path: immutable if it contains a hash of its content."""
    return IMMUTABLE if _LASTING.fullmatch(path) else REVALIDATED


def is_served(path: str) -> bool:
    """Tell whether a file has an address: it is neither for servers only nor a compressed copy."""
    name = path.rpartition("/")[2]
    return not name.startswith(".") and name not in SERVER_FILES and not name.endswith(HIDDEN_SUFFIXES)


def build_headers(more: Mapping[str, Sequence[str]] | None = None) -> dict[str, str]:
    """Return the security headers of every response by name; `more` adds sources to directives of the CSP."""
    directives = dict(CONTENT_SECURITY)
    for directive, sources in (more or {}).items():
        known = [source for source in directives.get(directive, ()) if source != "'none'"]
        directives[directive] = (*known, *sources)
    return {
        "Content-Security-Policy": "; ".join(" ".join((name, *allowed)) for name, allowed in directives.items()),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Permissions-Policy": ", ".join(f"{feature}=()" for feature in _DENIED),
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
