"""The parts of a page: elements with attributes, links, code that runs; read by a parser."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

# Elements that the sanitizer allows in a body; `class`, `id` and so on are further narrowed there.
_BODY = (
    *(
        "p",
        "br",
        "hr",
        "em",
        "strong",
        "s",
        "del",
        "ins",
        "sub",
        "sup",
        "small",
        "mark",
        "cite",
        "q",
        "code",
        "pre",
        "kbd",
    ),
    *(
        "blockquote",
        "span",
        "ul",
        "li",
        "dl",
        "dt",
        "dd",
        "table",
        "caption",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "figure",
    ),
    *("figcaption", "picture", "h2", "h3", "h4", "h5", "h6", "abbr", "ol", "source", "td", "th", "img", "div", "a"),
)
_MORE = {
    "a": {"href", "title", "hreflang", "class"},
    "abbr": {"title"},
    "div": {"role", "tabindex", "aria-label", "class"},
    "figure": {"class"},
    "img": {"src", "alt", "width", "height", "loading", "decoding"},
    "ol": {"start"},
    "source": {"type", "srcset", "sizes"},
    "td": {"colspan", "rowspan", "class"},
    "th": {"colspan", "rowspan", "scope", "class"},
}
BODY = {(tag, name) for tag in _BODY for name in _MORE.get(tag, set()) | {"", "lang", "id"}}
_ADDRESSES = {"href", "src", "action", "formaction", "poster", "xlink:href", "background", "cite", "data", "ping"}
# A browser passes over what stands between or before the letters of a scheme.
_SKIPPED = re.compile(r"[\x00-\x20\x7f-\x9f\u200b-\u200f\u2028\u2029]")
_RUNS = re.compile(r"(javascript|vbscript|data|blob|file):", re.IGNORECASE)
_OTHER_PLACE = re.compile(r"[a-z][a-z0-9+.-]*:|[/\\]{2}", re.IGNORECASE)
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")


@dataclass
class Markup(HTMLParser):
    """The (tag, attribute) pairs of one page, and every fault that needs no other page to be seen."""

    host: str = "https://example.vn"
    shapes: set[tuple[str, str]] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)
    _data: str | None = None

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.shapes |= {(tag, ""), *((tag, name) for name, _ in attrs)}
        given = {name: value or "" for name, value in attrs}
        for name, value in given.items():
            if name.startswith("on") or name in ("style", "srcdoc"):
                self.faults.append(f"<{tag} {name}={value[:60]!r}>")
            if name in _ADDRESSES and _RUNS.match(_SKIPPED.sub("", value)):
                self.faults.append(f"<{tag} {name}={value[:60]!r}>")
            if name in ("src", "srcset") and _OTHER_PLACE.match(_SKIPPED.sub("", value)):
                self.faults.append(f"<{tag} {name}={value[:60]!r}> là của nơi khác")
        if tag == "script":
            if given.get("type") == "application/ld+json":
                self._data = ""
            elif not given.get("src", "").startswith("/"):
                self.faults.append(f"<script {given}>")

    def handle_data(self, data: str) -> None:
        if self._data is not None:
            self._data += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "script" and self._data is not None:
            try:
                json.loads(self._data)
            except ValueError as error:
                self.faults.append(f"JSON-LD: {error}")
            self._data = None


def read_markup(html: str) -> Markup:
    """Return the elements of a page."""
    markup = Markup()
    if control := CONTROL.search(html):
        markup.faults.append(f"ký tự điều khiển U+{ord(control.group()):04X}")
    markup.feed(html)
    markup.close()
    return markup
