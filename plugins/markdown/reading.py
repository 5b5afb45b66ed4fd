"""A Markdown source -> Body: one parse for the HTML, the references, and the prose."""

import threading
from collections.abc import Callable
from hashlib import blake2b
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions.abbr import AbbrExtension
from markdown.extensions.def_list import DefListExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.smarty import SmartyExtension
from markdown.extensions.toc import TocExtension
from markdown.serializers import to_html_string
from markdown.treeprocessors import Treeprocessor

from plugins.markdown.as_meant import AsMeant, Footnotes
from plugins.markdown.body import Body, cut
from plugins.markdown.cleaning import HEADINGS, clean
from plugins.markdown.places import Places
from plugins.markdown.quick_markdown import quicken
from plugins.vietnamese import slugify

_TYPED = frozenset(("h1", *HEADINGS))
_SHAPED = ("img", "table", "th", "td", "a")
# Vietnamese sets quotations as “ ” and ‘ ’; the apostrophe in a name is ’ too.
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
    """Parses bodies with a single Markdown instance, which is slow to create."""

    def __init__(self, adapt: Callable[[Markdown], None] = quicken) -> None:
        self._footnotes, self._as_meant = Footnotes(), AsMeant()
        self._markdown = Markdown(
            extensions=[
                DefListExtension(),
                SaneListExtension(),
                AbbrExtension(),
                SmartyExtension(substitutions=_QUOTES),
                TocExtension(slugify=lambda text, _: f"muc-{slugify(text) or 'phan'}", toc_depth=6),
                self._footnotes,
                self._as_meant,
            ],
            output_format="html",
        )
        self._newsroom = _Newsroom(self._markdown)
        # After the inline patterns and attribute lists, before headings get their ids.
        self._markdown.treeprocessors.register(self._newsroom, "newsroom", 7)
        adapt(self._markdown)

    def read(self, source: str, line: int = 1, *, is_shown: bool = True) -> Body:
        """Parse a body that begins at a line of its file; without HTML if it is not shown."""
        self._markdown.serializer = to_html_string if is_shown else lambda root: f"<{root.tag}></{root.tag}>"
        places = self._newsroom.places = Places(self._markdown, self._footnotes, source, line)
        # The mark of photos: a hash of the source, which no writer can type.
        self._newsroom.mark = mark = f"/anh-{blake2b(source.encode('utf-8', 'replace'), digest_size=16).hexdigest()}-"
        html = self._markdown.reset().convert(source)
        for row, head in self._as_meant.wide_rows:
            places.tell("row", head, max(0, source.find(row)))
        pointed = {one.target for one in places.references}
        for label, (target, _) in self._markdown.references.items():
            if target not in pointed:
                places.tell("unused", target, max(0, source.lower().find(f"[{label}]:")))
        for label in self._footnotes.twice:
            places.tell("note", label, max(0, source.rfind(f"[^{label}]:")))
        has_photos = any(one.kind == "photo" for one in places.references)
        parts = cut(clean(html), mark if has_photos else "") if is_shown else ()
        return Body(source, line, parts, tuple(places.references), tuple(places.headings), tuple(places.hidden))


_READERS = threading.local()


def read_body(source: str, line: int = 1, *, is_shown: bool = True) -> Body:
    """Parse a body that begins at a line of its file; without HTML if it is not shown."""
    if not hasattr(_READERS, "reader"):
        _READERS.reader = BodyReader()
    body: Body = _READERS.reader.read(source, line, is_shown=is_shown)
    return body


class _Newsroom(Treeprocessor):
    """Adapts Markdown's tree to the site: headings, tables, figures; each photo gets `mark` and a number as src."""

    mark = ""
    places: Places

    def run(self, root: Element) -> None:
        found: dict[str, list[Element]] = {tag: [] for tag in _SHAPED}
        for element in root.iter():
            if element.tag in found:
                found[element.tag].append(element)
        self.places.walk(root)
        self._level_headings(root)
        if found["img"]:
            parents = {child: parent for parent in root.iter() for child in parent}
            for number, picture in enumerate(found["img"]):
                _make_room(picture, parents[picture], f"{self.mark}{number}")
        for table in found["table"]:
            _make_scrollable(table)
        for cell in (*found["th"], *found["td"]):
            _align(cell)
        for link in found["a"]:
            _name_note(link)

    def _level_headings(self, root: Element) -> None:
        """Renumber headings from h2, each at most one level below its parent."""
        above: list[int] = []
        for heading in [element for element in root.iter() if element.tag in _TYPED]:
            typed = int(heading.tag[1])
            self.places.tell_heading(typed, heading)
            while above and above[-1] >= typed:
                above.pop()
            heading.tag = HEADINGS[min(len(above), len(HEADINGS) - 1)]
            above.append(typed)


def _make_room(picture: Element, parent: Element, place: str) -> None:
    """Reduce a photo to its mark, in a figure with its caption if it is alone in its paragraph."""
    caption = picture.get("title", "")
    # Set for each photo, whatever a writer put there.
    for name in ("src", "title", "width", "height", "loading", "decoding"):
        picture.attrib.pop(name, None)
    picture.set("src", place)
    if parent.tag == "p" and len(parent) == 1 and not (parent.text or "").strip() and not picture.tail:
        parent.tag = "figure"
        parent.set("class", "figure")
        if caption:
            SubElement(parent, "figcaption").text = caption


def _make_scrollable(table: Element) -> None:
    """Make a wide table scroll on a phone, by touch and by keyboard."""
    inner = Element("table", table.attrib)
    inner.extend(list(table))
    table.clear()
    table.tag = "div"
    table.attrib.update({"class": "table-scroll", "role": "region", "tabindex": "0", "aria-label": "Bảng"})
    table.append(inner)


def _name_note(link: Element) -> None:
    """Give the number of a note, and the sign that leads back, an accessible name."""
    kind = link.get("class")
    if kind == "footnote-ref":
        link.set("aria-label", f"Chú thích {link.text}")
    elif kind == "footnote-backref":
        link.set("aria-label", link.attrib.pop("title", ""))


def _align(cell: Element) -> None:
    if (side := cell.attrib.pop("align", "")) in ("right", "center"):
        cell.set("class", f"align-{side}")
    if cell.tag == "th":
        if cell.text or len(cell):
            cell.set("scope", "col")
        else:
            # An empty heading cell heads nothing.
            cell.tag = "td"
