"""A Markdown source -> Body: one parse gives the page's HTML and what it points at."""

from __future__ import annotations

import threading
from hashlib import blake2b
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions.abbr import AbbrExtension
from markdown.extensions.attr_list import AttrListExtension
from markdown.extensions.def_list import DefListExtension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.smarty import SmartyExtension
from markdown.extensions.tables import TableExtension
from markdown.extensions.toc import TocExtension
from markdown.treeprocessors import Treeprocessor, UnescapeTreeprocessor

from plugins.markdown.body import Body, cut
from plugins.markdown.cleaning import HEADINGS, clean
from plugins.markdown.quick_markdown import quicken
from plugins.markdown.references import Reference, find_in_html, refer
from plugins.vietnamese import nfc, slugify

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_TYPED = frozenset(("h1", *HEADINGS))
# Made for each photo anew, whatever a writer puts there.
_SIZE = ("src", "title", "width", "height", "loading", "decoding")
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


class BodyReader:
    """Reads bodies one after another with a single Markdown instance, which is slow to make."""

    def __init__(self, adapt: Callable[[Markdown], None] = quicken) -> None:
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
        self._newsroom = _Newsroom(self._markdown)
        # After the inline patterns and attribute lists, before headings get their ids.
        self._markdown.treeprocessors.register(self._newsroom, "newsroom", 7)
        adapt(self._markdown)

    def read(self, source: str) -> Body:
        """Return a body as its page will have it."""
        # Where a photo goes. No writer can have it: it comes of all that is written.
        self._newsroom.mark = mark = f"/anh-{blake2b(source.encode('utf-8', 'replace'), digest_size=16).hexdigest()}-"
        found = self._newsroom.found = []
        html = clean(self._markdown.reset().convert(source))
        for piece in self._markdown.htmlStash.rawHtmlBlocks:
            if isinstance(piece, str) and "<" in piece:
                found += find_in_html(piece)
        photos = tuple(nfc(reference.target) for reference in found if reference.kind == "photo")
        return Body(source, cut(html, mark if photos else ""), photos, tuple(found))


_READERS = threading.local()


def read_body(source: str) -> Body:
    """Return a body as its page will have it."""
    if not hasattr(_READERS, "reader"):
        _READERS.reader = BodyReader()
    body: Body = _READERS.reader.read(source)
    return body


class _Newsroom(Treeprocessor):
    """What a news page asks of Markdown's tree: headings, figures and tables as the site's pages need them.

    `found` is what the last tree points at; at the place of each photo stands `mark` with its number.
    """

    mark = ""
    found: list[Reference]

    def run(self, root: Element) -> None:
        for element in root.iter():
            for name, value in element.items():
                # Of "{ id }", which is as HTML has it, but not what anyone expects who looks into a tree.
                if value is None:
                    element.set(name, "")
        self._level_headings(root)
        unescape = UnescapeTreeprocessor(self.md).unescape
        pictures = 0
        parents: Mapping[Element, Element] = {}
        for element in list(root.iter()):
            if element.tag == "a":
                self.found += refer(unescape(element.get("href", "")))
            elif element.tag == "img":
                parents = parents or {child: parent for parent in root.iter() for child in parent}
                target, alt = (unescape(element.get(name, "")).strip() for name in ("src", "alt"))
                self.found.append(Reference("photo", target, alt))
                _make_room(element, parents[element], f"{self.mark}{pictures}")
                pictures += 1
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
                element.tag = HEADINGS[min(len(above), len(HEADINGS) - 1)]
                above.append(typed)


def _make_room(picture: Element, parent: Element, place: str) -> None:
    """Leave only a mark of a photo, in a figure with its caption where it stands by itself."""
    caption = picture.get("title", "")
    for name in _SIZE:
        picture.attrib.pop(name, None)
    picture.set("src", place)
    if parent.tag == "p" and len(parent) == 1 and not (parent.text or "").strip() and not picture.tail:
        parent.tag = "figure"
        parent.set("class", "figure")
        if caption:
            SubElement(parent, "figcaption").text = caption


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
