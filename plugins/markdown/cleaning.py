"""The HTML that a body may bring into a page; everything else is removed."""

import re

import nh3
from markdown.util import BLOCK_LEVEL_ELEMENTS

from plugins.markdown.references import LOST, REFUSED
from plugins.sources.text import CONTROL

_BLOCKS = ("p", "br", "hr", "pre", "blockquote", "div", "ul", "ol", "li", "dl", "dt", "dd")
_WORDS = ("em", "strong", "s", "del", "ins", "sub", "sup", "small", "mark", "abbr", "cite", "q", "a", "span")
_TABLES = ("table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td")
_PICTURES = ("figure", "figcaption", "img", "picture", "source")
# Names of HTML tags; anything else in <> is text.
TAGS = frozenset((*nh3.ALLOWED_TAGS, *BLOCK_LEVEL_ELEMENTS, *REFUSED, *LOST, "font", "big", "label", "input", "html"))
_OF_A_NOTE = re.compile(r"(?:Chú thích|Về lại chỗ có chú thích) \d+")
_OWN_PICTURE = re.compile(r"(/[\w.-]+)+", re.ASCII)
# From references such as "&#7;": files with the characters themselves are refused.
_CONTROL = re.compile(f"[{CONTROL}]")
HEADINGS = ("h2", "h3", "h4", "h5", "h6")


def _keep_ours(tag: str, name: str, value: str) -> str | None:
    """Return the value of an attribute, None if no page may have it."""
    if name == "id":
        # Authors cannot take ids of the page: only headings and footnotes, with these prefixes, have any.
        return value if value.startswith(("muc-", "fn:", "fnref")) else None
    # The accessible name of a link is its text, except for the signs of notes.
    if name == "aria-label" and tag == "a":
        return value if _OF_A_NOTE.fullmatch(value) else None
    # Only from this site: for a browser “//”, “/\” and a tab between two slashes begin the address of another.
    if name == "src" and tag == "img":
        return value if _OWN_PICTURE.fullmatch(value) else None
    if name == "srcset" and tag == "source":
        parts = (part.partition(" ")[0] for part in value.split(", "))
        return value if all(map(_OWN_PICTURE.fullmatch, parts)) else None
    return value


_CLEANER = nh3.Cleaner(
    tags={*_BLOCKS, *_WORDS, "code", "kbd", *_TABLES, *_PICTURES, *HEADINGS},
    attributes={
        "*": {"lang", "id"},
        "a": {"href", "title", "hreflang", "aria-label"},
        "abbr": {"title"},
        "div": {"role", "tabindex", "aria-label"},
        "img": {"src", "alt", "width", "height", "loading", "decoding"},
        "ol": {"start"},
        "source": {"type", "srcset", "sizes"},
        "td": {"colspan", "rowspan"},
        "th": {"colspan", "rowspan", "scope"},
    },
    allowed_classes={
        "a": {"footnote-ref", "footnote-backref"},
        "div": {"footnote", "table-scroll"},
        "figure": {"figure"},
        **{name: {"align-right", "align-center"} for name in ("td", "th")},
    },
    attribute_filter=_keep_ours,
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel=None,
)


def clean(html: str) -> str:
    """Return HTML without anything that could harm a reader or the page."""
    return _CONTROL.sub("", _CLEANER.clean(html))
