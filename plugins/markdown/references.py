"""What a Markdown body points at: photos beside it and other files of content/, with their lines.

Read from the source and not from the rendered HTML, since only the source knows its lines.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from plugins.markdown.markdown_text import hide_unshown
from plugins.vietnamese import nfc

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# The folder in which every path begins.
CONTENT = "content"

_TARGET = r"(?:<(?P<angled>[^>\n]*)>|(?P<plain>[^\s)]+(?: [^\s)\"'][^\s)]*)*))"
_IMAGE = re.compile(r"!\[(?P<alt>[^\]]*)\]\(\s*" + _TARGET)
_IMAGE_BY_NAME = re.compile(r"!\[(?P<alt>[^\]]*)\]\[(?P<label>[^\]]*)\]")
_DEFINITION = re.compile(r"^ {0,3}\[(?P<label>[^\]^]+)\]:\s*<?(?P<target>[^\s>]+)", re.MULTILINE)
_LINK = re.compile(r"\[(?<!!\[)[^\]]*\]\(\s*" + _TARGET)
# Leads somewhere by itself: an anchor, an address of this site or another, or a {filename}.
_LEADS = re.compile(r"[#/{|]|[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_HTML_LINK = re.compile(r"<a\s[^<>]*?[{|]filename[}|]", re.IGNORECASE)
_HTML_IMAGE = re.compile(r"<(?:img|image|picture|source|video|audio|iframe|embed|object|svg)\b", re.IGNORECASE)
# A folder's name may have spaces; what begins with a quote after one is the link's title.
_WORD = r"[^\s)\"'<>\]]+"
_INTERNAL = re.compile(rf"[{{|](?P<what>filename|static|attach)[}}|](?P<target>{_WORD}(?: {_WORD})*)")


@dataclass(frozen=True)
class Reference:
    """One pointer in a body: a photo by name, a link to a source file, or what cannot be accepted.

    That is: a `static` file, a link `adrift` that leads nowhere once the body is a page, and `html` that is not shown.
    """

    kind: Literal["photo", "source", "static", "adrift", "html"]
    target: str
    line: int
    alt: str = ""


def find_references(body: str, first_line: int) -> Iterator[Reference]:
    """Yield what the body points at, code and comments left aside; `first_line` is where the body starts."""
    if not any(mark in body for mark in ("](", "][", "]:", "<", "{", "|filename|")):
        return
    body = hide_unshown(body)

    def line(position: int) -> int:
        return first_line + body.count("\n", 0, position)

    if "![" in body:
        yield from _find_photos(body, line)
    for match in _LINK.finditer(body):
        target = match["angled"] if match["angled"] is not None else match["plain"]
        if not _LEADS.match(target):
            yield Reference("adrift", target.strip(), line(match.start()))
    for match in _HTML_LINK.finditer(body):
        yield Reference("html", "<a", line(match.start()))
    for match in _HTML_IMAGE.finditer(body):
        yield Reference("html", match.group().lower(), line(match.start()))
    if "{" in body or "|" in body:
        for match in _INTERNAL.finditer(body):
            kind: Literal["source", "static"] = "source" if match["what"] == "filename" else "static"
            yield Reference(kind, match["target"], line(match.start()))


def _find_photos(body: str, line: Callable[[int], int]) -> Iterator[Reference]:
    for match in _IMAGE.finditer(body):
        target = match["angled"] if match["angled"] is not None else match["plain"]
        yield Reference("photo", target.strip(), line(match.start()), match["alt"].strip())
    definitions = {match["label"].casefold(): match["target"] for match in _DEFINITION.finditer(body)}
    for match in _IMAGE_BY_NAME.finditer(body):
        label = match["label"] or match["alt"]
        target = definitions.get(label.casefold(), label)
        yield Reference("photo", target, line(match.start()), match["alt"].strip())


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
