"""What a body points at: photos beside it, other files of content/, and what leads nowhere."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Literal

from plugins.vietnamese import nfc

# The folder in which every path begins.
CONTENT = "content"
# How a link to a file of content/ begins.
FILENAME = ("{filename}", "|filename|")
_STATIC = ("{static}", "|static|", "{attach}", "|attach|")
# Leads somewhere by itself: an anchor, an address of this site or another.
_LEADS = re.compile(r"[#/]|[a-z][a-z0-9+.-]*:", re.IGNORECASE)
# HTML that is not shown: a photo has its own way in, and nothing else comes into a page.
REFUSED = frozenset(["img", "image", "picture", "source", "video", "audio", "iframe", "embed", "object", "svg"])


@dataclass(frozen=True)
class Reference:
    """One pointer in a body: a photo by name, a link to a source file, or what cannot be accepted.

    That is: a `static` file, a link `adrift` that leads nowhere once the body is a page, and `html` that is not shown.
    """

    kind: Literal["photo", "source", "static", "adrift", "html"]
    target: str
    alt: str = ""
    written: str = ""  # of HTML, the tag


def refer(href: str) -> list[Reference]:
    """Return what is to be known of a link: nothing of one that leads somewhere by itself."""
    href = href.strip()
    if href.startswith(FILENAME):
        return [Reference("source", href[len(FILENAME[0]) :])]
    if href.startswith(_STATIC):
        return [Reference("static", re.split("[}|]", href[1:], maxsplit=1)[1])]
    return [] if _LEADS.match(href) else [Reference("adrift", href)]


class _Html(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[Reference] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in REFUSED:
            self.found.append(Reference("html", f"<{tag}", written=self.get_starttag_text() or ""))
        elif tag == "a":
            self.found += [one for name, value in attrs if name == "href" for one in refer(value or "")]


def find_in_html(html: str) -> list[Reference]:
    """Return what HTML points at that a writer typed."""
    parser = _Html()
    parser.feed(html)
    parser.close()
    return parser.found


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
