"""HTML in the dialect of any program -> nodes.

Word writes no HTML lists: an item is a paragraph that begins with a picture of its bullet or number. On the clipboard,
it hides text boxes and formulas in comments, each before a picture of the same thing for other programs.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import count

from lxml import etree
from lxml.html import HtmlElement

from plugins.sources.problem import Invalid
from plugins.word.html import looks
from plugins.word.html.looks import PARAGRAPH, Look, Position
from plugins.word.lists import MOST_DEEP
from plugins.word.nodes import Cell, Inline, Node, Parsed, Quote, Table
from plugins.word.package import DEEP, LONG, MAX_PARAGRAPHS
from plugins.word.paragraphs import make_paragraph
from plugins.word.report import DELETED_TEXT, FORMULAS, HIDDEN, TEXT_BOXES, ImportReport

PICTURES = "ảnh (chép riêng từng ảnh rồi dán, hoặc kéo tệp ảnh vào trang này)"


@dataclass(frozen=True)
class Source:
    """Origin of HTML: the report's name for its pictures, errors, whether it has a title, the name of hidden text."""

    pictures: str
    too_long: Invalid
    too_deep: Invalid
    has_title: bool = False
    hidden: str = ""  # none for the clipboard: whoever copied a page never saw it


CLIPBOARD = Source(
    PICTURES,
    Invalid("Đoạn chép dài quá một bài viết", "chép và dán từng phần"),
    Invalid("Đoạn chép lồng quá nhiều tầng", "chép và dán từng phần"),
)
PAGE = Source("ảnh của trang web", LONG, DEEP, has_title=True, hidden=HIDDEN)
# Of all tables together, spans included.
_MOST_PLACES = 50_000

# libxml2 drops whatever follows these, such as the second of two pages.
_END = re.compile(r"</(?:body|html)\s*>|\0", re.IGNORECASE)
_UNREAD = {"script", "style", "head", "title", "template", "noscript", "svg", "canvas", "select", "textarea", "xml"}
_FRAMES = {"iframe", "video", "audio", "object", "embed"}
_BLOCK = re.compile(
    "html|body|p|div|section|article|main|header|footer|nav|aside|address|figure|figcaption|center|details|summary|form"
    "|fieldset|legend|hr|dl|dt|dd|pre|caption|tbody|thead|tfoot|tr|td|th"
)
_HEADING = re.compile(r"h([1-6])")
_ITEM = re.compile(r"l\d+ level(\d)")
_NOTE_LINK = re.compile(r"#_?((ftn|edn|sdfootnote|sdendnote)\d+)(?:sym)?$")
_NOTE_BACK = re.compile(r"#(_?(ftn|edn)ref\d+|(sdfootnote|sdendnote)\d+anc)$")


def _between(start: str, end: str) -> str:
    """Return a pattern for the text between two marks, the first not repeated in it: linear time."""
    return f"{start}((?:(?!{start}).)*?){end}"


_END_OF_CONDITION = r"<!(?:--)?\[endif\](?:--)?>"
_NO_VML = _between(r"<!(?:--)?\[if\s+!vml\](?:--)?>", _END_OF_CONDITION)
_VML = re.compile(_between(r"<!--\[if\s+gte\s+vml\s+1\]>", r"<!\[endif\]-->") + rf"(\s*{_NO_VML})?", re.DOTALL)
_BOX = re.compile(_between(r"<v:textbox\b[^>]*(?<!/)>", "</v:textbox>"), re.DOTALL)
_SCAFFOLD = re.compile(_between(r"<!\[if\s+!mso\]>", r"<!\[endif\]>"), re.DOTALL)
_FORMULA = re.compile(_between(r"<!--\[if\s+gte\s+msEquation\s+12\]>", r"<!\[endif\]-->"), re.DOTALL)
_NO_FORMULA = re.compile(_between(r"<!(?:--)?\[if\s+!msEquation\](?:--)?>", _END_OF_CONDITION), re.DOTALL)
_CONDITION = re.compile(r"<!\[[^\]<>]*\]>")
_TAG = re.compile(r"<[^<>]*>")


def read_html(html: str, source: Source, report: ImportReport, first_note: int = 1) -> Parsed:
    """Return HTML without pictures, its notes numbered from `first_note`; Invalid when it is too long or deep."""
    opened = _END.sub("", _open_comments(html, report)).encode("utf-8", "replace")
    if (root := etree.HTML(opened, etree.HTMLParser(encoding="utf-8", huge_tree=True))) is None:
        return Parsed([])
    sheet = looks.StyleSheet(root)
    _cut_to_fragment(root)
    reader = _Reader(root, sheet, source, report, first_note)
    try:
        nodes = reader.capture(root, Look())
    except RecursionError:
        raise source.too_deep from None
    return Parsed(nodes, [note for _, note in sorted(reader.notes.items())])


class _Reader:
    """Walks the tree; text gathers until its paragraph ends."""

    def __init__(
        self, root: HtmlElement, sheet: looks.StyleSheet, source: Source, report: ImportReport, first_note: int
    ) -> None:
        self._sheet, self._source, self._report, self._first_note = sheet, source, report, first_note
        self._written: list[tuple[Position, Sequence[Node]]] = []
        self._runs: list[tuple[Position, Inline]] = []
        self._boxes: list[list[Node]] = []
        self._count = self._places = 0
        self._items = count(1)
        self._ids = set(root.xpath("//@id"))
        self._numbers: dict[str, int] = {}
        self.notes: dict[int, list[Node]] = {}

    def capture(self, parent: HtmlElement, look: Look) -> list[Node]:
        """Return the content of an element as blocks of its own."""
        around = self._written, self._runs, self._boxes
        self._written, self._runs, self._boxes = [], [], []
        self._walk(parent, look)
        self._flush()
        nodes = looks.nest_items(self._written)
        self._written, self._runs, self._boxes = around
        return nodes

    def _walk(self, parent: HtmlElement, look: Look) -> None:
        self._text(parent.text, look)
        for child in parent:
            # Comments and processing instructions have no name.
            if isinstance(child.tag, str):
                self._element(child, look)
            self._text(child.tail, look)

    def _text(self, text: str | None, look: Look) -> None:
        if text:
            self._show(text if look.keeps_lines else re.sub(r"\s+", " ", text), look)

    def _show(self, text: str, look: Look) -> None:
        self._runs.append((look.place, look.show(text)))

    def _element(self, element: HtmlElement, look: Look) -> None:
        if self._is_left_out(element, style := self._sheet.style_of(element)):
            return
        name, look = element.tag, look.within(element, style)
        if name == "br":
            self._show("\n", look)
        elif name == "img":
            self._picture(element, look)
        elif name == "a" and (link := _NOTE_LINK.match(look.href)) and link[1] in self._ids:
            number = self._numbers.setdefault(link[1], self._first_note + len(self._numbers))
            self._show(str(number), replace(look, note=number))
        elif (note := self._numbers.get(element.get("id", ""))) is not None:
            self.notes[note] = self.capture(element, Look())
        elif name == "v:textbox":
            self._report.changed[TEXT_BOXES] += 1
            self._boxes.append(self.capture(element, Look()))
        elif name == "table":
            self._flush()
            self._add(look.place, self._table(element, replace(look, place=PARAGRAPH)))
        elif name == "blockquote":
            self._flush()
            self._add(look.place, [Quote(tuple(self.capture(element, replace(look, place=PARAGRAPH))))])
        elif place := self._place(element, style, look.place):
            self._flush()
            self._walk(element, replace(look, place=place))
            self._flush()
        else:
            self._walk(element, look)

    def _is_left_out(self, element: HtmlElement, style: dict[str, str]) -> bool:
        """Tell whether an element is no part of the text, and count it if its writer may miss it."""
        classes = element.get("class", "")
        lost, around = self._report.lost, element.iterancestors()
        if element.tag in _FRAMES:
            lost["video hoặc khung của trang khác"] += 1
        elif style.get("mso-element") == "comment-list":
            lost["lời bình bên lề"] += len(_styled(element, r"mso-element:\s*comment(?!-)"))
        elif "MsoToc" in classes or "MsoTableOfFigures" in classes:
            lost["mục lục"] = 1
        elif element.tag == "del":
            self._report.changed[DELETED_TEXT] += 1
        elif _is_hidden(element, style):
            if self._source.hidden and element.xpath("string()").strip():
                lost[self._source.hidden] += 1
        else:
            return (
                element.tag in _UNREAD
                or "MsoCommentReference" in classes
                or bool(_NOTE_BACK.match(element.get("href", "")))
                or (style.get("mso-list") == "Ignore" and not any(_HEADING.fullmatch(a.tag) for a in around))
            )
        return True

    def _picture(self, picture: HtmlElement, look: Look) -> None:
        alt = picture.get("alt", "")
        said = " ".join([*picture.keys(), *picture.values()]).lower()
        if alt and ("emoji" in said or not any(map(str.isalnum, alt))):
            self._show(alt, look)
        elif picture.get("width") not in ("0", "1") and picture.get("height") not in ("0", "1"):
            self._report.lost[self._source.pictures] += 1

    def _place(self, element: HtmlElement, style: dict[str, str], around: Position) -> Position | None:
        """Return the position of text in a block element, or None for an inline one."""
        name, classes = element.tag, element.get("class", "").split()
        if name in ("ul", "ol"):
            return replace(around, level=min(MOST_DEEP, around.level + 1))
        if name == "li":
            parent = element.getparent()
            level = looks.to_int(element.get("data-aria-level") or str(max(1, around.level)))
            start = element.get("value") or parent.get("start") or "1"
            return Position("p", level, parent.tag == "ol", looks.to_int(start), next(self._items))
        heading = _HEADING.fullmatch(name) or _HEADING.fullmatch(f"h{style.get('mso-outline-level')}")
        if element.get("role") == "heading":
            heading = _HEADING.fullmatch(f"h{element.get('aria-level', '2')}")
        if around.level == 0 and (heading or "MsoTitle" in classes):
            # The title of a document is above its headings.
            return Position(f"h{min(6, int(heading[1]) + 1)}") if heading else Position("h1", is_title=True)
        if around.level == 0 and (item := _ITEM.match(style.get("mso-list", ""))):
            marks = _styled(element, r"mso-list:\s*Ignore")
            number = looks.read_number(marks[0].xpath("string()") if marks else "")
            return Position("p", int(item[1]), bool(number), number, next(self._items))
        return around if heading or _BLOCK.fullmatch(name) else None

    def _table(self, table: HtmlElement, look: Look) -> list[Node]:
        if (caption := table.find("caption")) is not None:
            self._add(look.place, self.capture(caption, look))
        rows, heads = [], 0
        for row in table.iter("tr"):
            if (cells := row.xpath("td|th")) and next(row.iterancestors("table")) is table:
                rows.append(tuple(self._cell(cell, look) for cell in cells))
                heads += row.getparent().tag == "thead"
        return [Table(tuple(rows), heads)] if rows else []

    def _cell(self, cell: HtmlElement, look: Look) -> Cell:
        inner = look.within(cell, self._sheet.style_of(cell))
        down, across = (max(1, looks.to_int(cell.get(name, "1"))) for name in ("rowspan", "colspan"))
        self._places += down * across
        if self._places > _MOST_PLACES:
            raise self._source.too_long
        return Cell(tuple(self.capture(cell, inner)), down, across)

    def _flush(self) -> None:
        """End the paragraph; the text boxes anchored in it follow."""
        (runs, self._runs), (boxes, self._boxes) = (self._runs, []), (self._boxes, [])
        for inlines in looks.split_paragraphs((one for _, one in runs), self._report):
            place = runs[0][0]
            is_title = self._source.has_title and place.is_title
            self._add(place, make_paragraph(inlines, place.tag, self._report, is_title=is_title))
        for box in boxes:
            self._add(PARAGRAPH, box)

    def _add(self, place: Position, nodes: Sequence[Node]) -> None:
        self._count += 1
        if self._count > MAX_PARAGRAPHS:
            raise self._source.too_long
        self._written.append((place, nodes))


def _is_hidden(element: HtmlElement, style: dict[str, str]) -> bool:
    said = style.get("display"), style.get("visibility"), style.get("mso-hide")
    return "none" in said[:1] or "hidden" in said or "all" in said[2:] or "hidden" in element.attrib


def _styled(element: HtmlElement, pattern: str) -> list[HtmlElement]:
    """Return the elements inside whose own style matches a pattern."""
    return [inner for inner in element.iterdescendants("*") if re.search(pattern, inner.get("style", ""))]


def _open_comments(html: str, report: ImportReport) -> str:
    """Take text boxes and formulas out of their comments, and drop the pictures that replace them."""

    def open_boxes(match: re.Match[str]) -> str:
        boxes = _BOX.findall(_SCAFFOLD.sub("", match[1]))
        return "".join(f"<v:textbox>{box}</v:textbox>" for box in boxes) or match[2] or ""

    def open_formula(match: re.Match[str]) -> str:
        report.changed[FORMULAS] += 1
        return _TAG.sub("", match[1])

    html = _NO_FORMULA.sub("", _FORMULA.sub(open_formula, _VML.sub(open_boxes, html)))
    return _CONDITION.sub("", html)


def _cut_to_fragment(root: HtmlElement) -> None:
    """Drop everything around the copied part but the elements that contain it."""
    starts = root.xpath("//comment()[normalize-space() = 'StartFragment']")
    ends = root.xpath("//comment()[normalize-space() = 'EndFragment']")
    for mark, is_start in (*((mark, True) for mark in starts[:1]), *((mark, False) for mark in ends[-1:])):
        for node in (mark, *mark.iterancestors()):
            if (parent := node.getparent()) is None:
                break
            for sibling in list(node.itersiblings(preceding=is_start)):
                parent.remove(sibling)
            if is_start:
                parent.text = None
            else:
                node.tail = None
