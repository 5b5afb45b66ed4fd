"""HTML that some other program wrote -> the HTML that a .docx becomes: a page saved as .doc, a chunk of a document."""

from __future__ import annotations

import re
from email import message_from_bytes
from itertools import groupby
from typing import TYPE_CHECKING

from bs4 import BeautifulSoup
from bs4.element import PageElement, PreformattedString, Tag

from plugins.word.docx.kinds import CHANGES, HIDDEN
from plugins.word.docx.ooxml import W
from plugins.word.package import LONG

if TYPE_CHECKING:
    from plugins.word.report import Report

_RENAMED = {"b": "strong", "i": "em", "strike": "s"}
_OF_BLOCKS = """
div center address pre section article header footer main aside figure figcaption dl dt dd form fieldset
"""
_RENAMED |= dict.fromkeys(_OF_BLOCKS.split(), "p")
_INLINE = {"strong", "em", "s", "sup", "sub", "br", "a"}
_BLOCKS = ["h1", "h2", "h3", "h4", "h5", "h6", "p", "ul", "ol", "table", "blockquote"]
_KEPT = {*_INLINE, *_BLOCKS, "li", "thead", "tr", "th", "td"}
_DROPPED = ["script", "style", "head", "title", "template", "iframe", "object", "noscript"]
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_ATTRIBUTES = {"a": ("href",), "td": ("rowspan", "colspan"), "th": ("rowspan", "colspan"), "ol": ("start",)}
# Twice the longest body, and its tags.
_MOST_TAGS = 60_000
MAX_HTML_BYTES = 3_000_000
_START = re.compile(
    rb"(\xef\xbb\xbf)?\s*(<!DOCTYPE html|<html|<\?xml[^>]*\?>\s*(<!DOCTYPE html|<html)|MIME-Version:)", re.IGNORECASE
)


def is_html(data: bytes) -> bool:
    """Tell whether a file is a web page, alone or as a program saves it with all that it shows."""
    return bool(_START.match(data[:1024].replace(b"\0", b"").removeprefix(b"\xff\xfe")))


def read_html(data: bytes, report: Report) -> str:
    """Return a web page in the few tags that the blocks of a document are made of."""
    if data.lstrip()[:13].lower() == b"mime-version:":
        parts = message_from_bytes(data.lstrip()).walk()
        pages = (part.get_payload(decode=True) for part in parts if part.get_content_subtype() == "html")
        found = next(pages, b"")
        data = found if isinstance(found, bytes) else b""
    if data.count(b"<") > _MOST_TAGS:
        raise LONG
    return clean_html(decode_text(data), report)


def decode_text(data: bytes) -> str:
    """Return a text in the encoding that it says, or that fits."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    declared = re.search(rb"charset\s*=\s*[\"']?([\w-]+)", data[:2048])
    for codec in (declared[1].decode() if declared else "utf-8", "utf-8-sig"):
        try:
            return data.decode(codec).lstrip("\ufeff")
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("cp1258", "replace")


def clean_html(html: str, report: Report) -> str:
    """Return HTML with nothing but text in blocks; what it hides, and its pictures, are left out and counted."""
    soup = BeautifulSoup(html, "html.parser")
    for unseen in [*soup.find_all(_DROPPED), *soup.find_all(string=lambda text: isinstance(text, PreformattedString))]:
        unseen.extract()
    report.changed[CHANGES[f"{W}del"]] += len(soup.find_all("del"))
    hidden = [element for element in soup.find_all(True) if _is_hidden(element)]
    report.lost[HIDDEN] += len(hidden)
    for element in [*hidden, *soup.find_all("del")]:
        element.extract()
    report.lost["ảnh của trang web"] += len(soup.find_all("img"))
    for element in soup.find_all(True):
        name = element.name = _RENAMED.get(element.name, element.name)
        if name not in _KEPT or (name == "p" and element.find([*_BLOCKS, *_OF_BLOCKS.split()])):
            _unwrap(element)
            continue
        is_title = "msotitle" in str(element.get("class", "")).lower()
        element.attrs = {key: element[key] for key in _ATTRIBUTES.get(name, ()) if element.get(key)}
        if is_title:
            element.name, element["class"] = "h1", "title"
    soup.smooth()
    for is_loose, children in groupby(list(soup.contents), _is_loose):
        if is_loose:
            _wrap(soup, list(children))
    return str(soup)


def _is_hidden(element: Tag) -> bool:
    return bool(_HIDDEN.search(str(element.get("style", "")))) or element.has_attr("hidden")


def _unwrap(element: Tag) -> None:
    """Take a tag away; what was a block of its own does not run into what stands beside it."""
    if element.name == "p":
        element.insert_before("\n")
        element.insert_after("\n")
    element.unwrap()


def _is_loose(child: PageElement) -> bool:
    return not isinstance(child, Tag) or child.name in _INLINE


def _wrap(soup: BeautifulSoup, children: list[PageElement]) -> None:
    """Make a paragraph of what stands in none."""
    if any(child.get_text(strip=True) for child in children):
        paragraph = soup.new_tag("p")
        children[0].insert_before(paragraph)
        paragraph.extend(child.extract() for child in children)
