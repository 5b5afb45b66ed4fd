"""References of a body: photos beside it, other files of content/, addresses, and broken ones."""

import re
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import urlsplit

from plugins.vietnamese import nfc

# The root folder of every path.
CONTENT = "content"
# Prefixes of links to files of content/.
FILENAME = ("{filename}", "|filename|")
_STATIC = ("{static}", "|static|", "{attach}", "|attach|")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*(?=:)", re.IGNORECASE)
_OWN_COMPUTER = re.compile(r"file:|[a-z]:[\\/]|\\\\", re.IGNORECASE)
_HERE = ("localhost", "0.0.0.0", "::1")  # noqa: S104 - read, not bound
# Schemes of links on a page.
SCHEMES = frozenset(["http", "https", "mailto", "tel"])
# HTML that is not shown: photos are written in Markdown, and nothing else may be embedded.
REFUSED = frozenset(["img", "image", "picture", "source", "video", "audio", "iframe", "embed", "object", "svg"])
LOST = frozenset(["script", "style", "template", "title", "textarea", "math"])  # with the words inside
# The kind of a reference. Sound: a `photo`, a `link` to an address, a `source` in content/. Wrong: a `static` file, a
# file on the writer's own `computer`, the `preview` running there, another `scheme`, a `broken` or `empty` address, one
# `adrift` (relative, so nowhere once the body is a page), `html` that is not shown. Also reported: a `row` wider than
# the head of its table, a second `note` of one label, an `unused` definition, words `lost` inside a tag.
_Sound = Literal["photo", "link", "source"]
_Wrong = Literal["static", "computer", "preview", "scheme", "broken", "empty", "adrift", "html"]
Kind = _Sound | _Wrong | Literal["row", "note", "unused", "lost"]


@dataclass(frozen=True)
class Reference:
    """A reference in a body: its target as written, its line in the file and its offset in the source."""

    kind: Kind
    target: str
    line: int
    alt: str = ""
    caption: str = ""
    at: int = field(default=0, compare=False)


def judge(href: str) -> Kind:
    """Return the kind of a link by its address."""
    if not href:
        return "empty"
    if href.startswith(FILENAME):
        return "source"
    if href.startswith(_STATIC):
        return "static"
    if _OWN_COMPUTER.match(href):
        return "computer"
    if scheme := _SCHEME.match(href):
        return _judge_web(href) if scheme[0].lower() in SCHEMES else "scheme"
    return "link" if href.startswith(("#", "/")) else "adrift"


def _judge_web(href: str) -> Kind:
    try:
        host = urlsplit(href).hostname
    except ValueError:
        return "broken"
    if host is None:
        return "link" if href.partition(":")[0].lower() in ("mailto", "tel") else "broken"
    return "preview" if host in _HERE or host.startswith("127.") else "link"


def resolve_source(path: str, target: str) -> str:
    """Return the project path of a {filename} link in the file at `path`; "" if it leaves content/."""
    target = nfc(target.split("#", maxsplit=1)[0].replace("\\", "/"))
    parts = [CONTENT] if target.startswith("/") else path.split("/")[:-1]
    for part in target.split("/"):
        if part == "..":
            if len(parts) <= 1:
                return ""
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)
