"""Markdown of a body -> HTML that is safe, begins at h2, and knows its photos and links."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

import nh3
from markdown import Markdown
from markdown.extensions.abbr import AbbrExtension
from markdown.extensions.attr_list import AttrListExtension
from markdown.extensions.def_list import DefListExtension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.smarty import SmartyExtension
from markdown.extensions.tables import TableExtension
from markdown.extensions.toc import TocExtension
from markdown.treeprocessors import Treeprocessor

from plugins.markdown.quick_markdown import quicken
from plugins.sources.text import CONTROL
from plugins.vietnamese import nfc, slugify

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from plugins.photos.photo import Photo

_TEXT_TAGS = [
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
    "abbr",
    "cite",
    "q",
    "code",
    "pre",
    "kbd",
    "blockquote",
    "a",
    "span",
    "div",
]
_LIST_TAGS = [
    "ul",
    "ol",
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
    "th",
    "td",
    "figure",
    "figcaption",
    "img",
    "picture",
    "source",
]
_OWN_PICTURE = re.compile(r"(/[\w.-]+)+", re.ASCII)
# What "&#7;" brings, which no file may hold as it is.
_CONTROL = re.compile(f"[{CONTROL}]")
_HEADINGS = ("h2", "h3", "h4", "h5", "h6")
_TYPED = frozenset(("h1", *_HEADINGS))
_CLEANER = nh3.Cleaner(
    tags={*_TEXT_TAGS, *_LIST_TAGS, *_HEADINGS},
    attributes={
        "*": {"lang", "id"},
        "a": {"href", "title", "hreflang"},
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
        "td": {"align-right", "align-center"},
        "th": {"align-right", "align-center"},
    },
    attribute_filter=lambda tag, name, value: value if _is_ours(tag, name, value) else None,
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel=None,
)


def _is_ours(tag: str, name: str, value: str) -> bool:
    if name == "id":
        # A page's own ids are never an author's to take: only headings' and footnotes', which carry these prefixes.
        return value.startswith(("muc-", "fn:", "fnref"))
    # Of this site alone: to a browser “//”, “/\” and a tab between two strokes begin the address of another.
    if tag == "img" and name == "src":
        return bool(_OWN_PICTURE.fullmatch(value))
    if tag == "source" and name == "srcset":
        return all(_OWN_PICTURE.fullmatch(part.partition(" ")[0]) for part in value.split(", "))
    return True


# How wide a photo stands in running text, as .prose and .wrap in the style sheets have it.
SIZES = "(min-width: 44rem) 40.5rem, calc(100vw - 2rem)"

# Vietnamese sets quotations as “ ” and ‘ ’; the apostrophe of Đắk D’rông is ’ too.
_QUOTES = {
    "left-single-quote": "‘",
    "right-single-quote": "’",
    "left-double-quote": "“",
    "right-double-quote": "”",
    "ellipsis": "…",
    "ndash": "–",
    "mdash": "—",
}


class BodyRenderer:
    """Renders bodies one after another with a single Markdown instance, which is slow to make."""

    def __init__(self, adapt: Callable[[Markdown], None] = quicken) -> None:
        self._places = _Places()
        self._markdown = Markdown(
            extensions=[
                AttrListExtension(),
                DefListExtension(),
                SaneListExtension(),
                AbbrExtension(),
                FootnoteExtension(BACKLINK_TITLE="Về lại chỗ có chú thích %d", SEPARATOR=":"),
                SmartyExtension(substitutions=_QUOTES),
                TableExtension(use_align_attribute=True),
                TocExtension(slugify=lambda text, _: f"muc-{slugify(text) or 'phan'}", toc_depth=6),
            ],
            output_format="html",
        )
        # After the inline patterns and attribute lists, before headings get their ids.
        self._markdown.treeprocessors.register(_Newsroom(self._markdown, self._places), "newsroom", 7)
        adapt(self._markdown)

    def render(self, body: str, photos: Mapping[str, Photo], link: Callable[[str], str | None]) -> str:
        """Return the HTML of a body; `link` gives the URL of a {filename} target, None when it is not on the site."""
        self._places.photos, self._places.link = photos, link
        return _CONTROL.sub("", _CLEANER.clean(self._markdown.reset().convert(body)))


class _Places:
    """Where the body that is being rendered finds its photos and its neighbours."""

    photos: Mapping[str, Photo]
    link: Callable[[str], str | None]


class _Newsroom(Treeprocessor):
    """What a news page asks of Markdown's tree: headings, figures, links and tables as the site's pages need them."""

    def __init__(self, markdown: Markdown, places: _Places) -> None:
        super().__init__(markdown)
        self._places = places

    def run(self, root: Element) -> None:
        for element in root.iter():
            for name, value in element.items():
                # Of "{ id }", which is as HTML has it, but not what anyone expects who looks into a tree.
                if value is None:
                    element.set(name, "")
        self._level_headings(root)
        for link in list(root.iter("a")):
            self._point(link)
        if pictures := list(root.iter("img")):
            parents = {child: parent for parent in root.iter() for child in parent}
            for picture in pictures:
                self._show(picture, parents)
        for table in list(root.iter("table")):
            _make_scrollable(table)
        for tag in ("th", "td"):
            for cell in root.iter(tag):
                _align(cell)

    @staticmethod
    def _level_headings(root: Element) -> None:
        """Number the headings from h2 on, each at most one level under the one that it stands in."""
        above: list[int] = []
        for element in root.iter():
            if element.tag in _TYPED:
                typed = int(element.tag[1])
                while above and above[-1] >= typed:
                    above.pop()
                element.tag = _HEADINGS[min(len(above), len(_HEADINGS) - 1)]
                above.append(typed)

    def _point(self, element: Element) -> None:
        href = element.get("href", "")
        for opening in ("{filename}", "|filename|"):
            if not href.startswith(opening):
                continue
            target, _, anchor = href.removeprefix(opening).partition("#")
            url = self._places.link(target)
            if url is None:
                # Left out of this edition (a draft, a sample): the words stay, the link goes.
                element.tag = "span"
                element.attrib.clear()
            else:
                element.set("href", f"{url}#{anchor}" if anchor else url)

    def _show(self, element: Element, parents: Mapping[Element, Element]) -> None:
        photo = self._places.photos.get(nfc(element.get("src", "")))
        if photo is None:
            element.attrib.pop("src", None)
            return
        caption = element.attrib.pop("title", "")
        size = {"width": str(photo.width), "height": str(photo.height)}
        # The markup of theme/templates/partials/picture.html.
        picture = {"src": photo.url, **size, "loading": "lazy", "decoding": "async"}
        shown = Element("img", {**element.attrib, **picture})
        source = Element("source", {"type": "image/webp", "srcset": photo.srcset(), "sizes": SIZES})
        element.tag = "picture"
        element.attrib.clear()
        element.extend((source, shown))
        paragraph = parents[element]
        if paragraph.tag == "p" and len(paragraph) == 1 and not (paragraph.text or "").strip() and not element.tail:
            paragraph.tag = "figure"
            paragraph.set("class", "figure")
            if caption:
                figcaption = Element("figcaption")
                figcaption.text = caption
                paragraph.append(figcaption)


def _make_scrollable(table: Element) -> None:
    """Let a wide table scroll by itself on a phone, by touch and by keyboard."""
    inner = Element("table", table.attrib)
    inner.extend(list(table))
    table.clear()
    table.tag = "div"
    table.attrib.update({"class": "table-scroll", "role": "region", "tabindex": "0", "aria-label": "Bảng"})
    table.append(inner)


def _align(cell: Element) -> None:
    side = cell.attrib.pop("align", "")
    if side in ("right", "center"):
        cell.set("class", f"align-{side}")
    if cell.tag == "th":
        cell.set("scope", "col")
