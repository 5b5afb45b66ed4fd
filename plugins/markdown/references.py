"""What a body points at: photos beside it, other files of content/, and what leads nowhere."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import urlsplit

from plugins.vietnamese import nfc

# The folder in which every path begins.
CONTENT = "content"
# How a link to a file of content/ begins.
FILENAME = ("{filename}", "|filename|")
_STATIC = ("{static}", "|static|", "{attach}", "|attach|")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*(?=:)", re.IGNORECASE)
_OWN_COMPUTER = re.compile(r"file:|[a-z]:[\\/]|\\\\", re.IGNORECASE)
_HERE = ("localhost", "0.0.0.0", "::1")  # noqa: S104 - read, not bound
# What a page may lead to.
SCHEMES = frozenset(["http", "https", "mailto", "tel"])
# HTML that is not shown: a photo has its own way in, and nothing else comes into a page.
REFUSED = frozenset(["img", "image", "picture", "source", "video", "audio", "iframe", "embed", "object", "svg"])
LOST = frozenset(["script", "style", "template", "title", "textarea", "math"])  # with the words in it
# What is known of a pointer. A `link` leads to an address, a `source` to a file of content/; no page has a `static`
# file, what is on the writer's own `computer` or in the `preview` that runs there, what goes by another `scheme`, is
# `broken`, `empty` or `adrift`, leading nowhere once the body is a page, or is `html` that is not shown. A `row` is
# wider than its table's head; a `note` is the second of its label; to an
# `unused` target, defined for links, none leads; with a tag its words are `lost`.
_Sound = Literal["photo", "link", "source"]
_Wrong = Literal["static", "computer", "preview", "scheme", "broken", "empty", "adrift", "html"]
Kind = _Sound | _Wrong | Literal["row", "note", "unused", "lost"]


@dataclass(frozen=True)
class Reference:
    """One pointer in a body, its target as written, the line of the file and the place in the source where it is."""

    kind: Kind
    target: str
    line: int
    alt: str = ""
    caption: str = ""
    at: int = field(default=0, compare=False)


def judge(href: str) -> Kind:
    """Return what is to be known of a link."""
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
    """Return the project path that a {filename} link means, from the file it stands in; "" when it leaves content/."""
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
