"""HTML written by a reader of documents -> nodes, and the nodes of each note."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lxml import etree

from plugins.word.nodes import NO_MARKS, Cell, Inline, Item, ListBlock, Paragraph, Quote, Table
from plugins.word.pieces import is_rule, tidy

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from plugins.word.nodes import Node
    from plugins.word.report import ImportReport

_MARKS = {"strong": "strong", "b": "strong", "em": "em", "i": "em", "s": "s", "del": "s", "sup": "sup", "sub": "sub"}
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_TEXTS = {"p", *_HEADINGS}
_PARTS = {"ul", "ol", "li", "table", "thead", "tr", "td", "th", "blockquote"}
_NOTE = re.compile(r"(?:footnote|endnote)-(ref-)?")
_NOTE_BACK = re.compile(r"#(?:footnote|endnote)-ref-")
_SAFE_LINK = re.compile(r"(https?://|mailto:|tel:)\S", re.IGNORECASE)
_OWN_FILE = re.compile(r"file:|[a-z]:|(?![a-z][\w+.-]*:)", re.IGNORECASE)
# Characters that would end an address in Markdown, or mean something in it.
_UNSAFE = {ord(letter): f"%{ord(letter):02X}" for letter in ' ()<>"[]\\`{}|^'}
_LONGEST_LINK = 2_000
# Lists, tables and their parts inside one another; the content of deeper ones goes into the last of these.
_MOST_DEEP = 32


@dataclass
class _Open:
    """An element that is being read: the content found so far."""

    tag: str
    attributes: dict[str, str]
    depth: int = 0
    blocks: list[Node] = field(default_factory=list)
    pieces: list[Inline] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)
    rows: list[tuple[Cell, ...]] = field(default_factory=list)
    heads: int = 0


class Reader:
    """Reads HTML on creation: the nodes of a document, those of each note, and the number of links."""

    def __init__(self, html: str, report: ImportReport) -> None:
        self._report = report
        self.notes: list[tuple[Node, ...]] = []
        self.links = 0
        opened = _Open("div", {})
        # In an element of its own: libxml2 puts loose text of a body into a paragraph.
        parser = etree.HTMLParser(encoding="utf-8", huge_tree=True)
        root = etree.HTML(f"<div>{html}</div>".encode("utf-8", "replace"), parser)
        for element in root.iterfind("body/*"):
            self._read(element, opened, NO_MARKS, "")
        self._flush(opened)
        self.nodes = opened.blocks

    def _read(self, element: HtmlElement, into: _Open, marks: frozenset[str], href: str) -> None:
        self._text(element.text, into, marks, href)
        for child in element:
            if isinstance(child.tag, str):
                self._element(child, into, marks, href)
            self._text(child.tail, into, marks, href)

    def _text(self, text: str | None, into: _Open, marks: frozenset[str], href: str) -> None:
        if text:
            into.pieces.append(Inline("text", text, marks, href))

    def _element(self, element: HtmlElement, into: _Open, marks: frozenset[str], href: str) -> None:
        tag = element.tag
        if tag in _MARKS:
            self._read(element, into, marks | {_MARKS[tag]}, href)
        elif tag == "br":
            into.pieces.append(Inline("break"))
        elif tag == "img":
            if src := element.get("src"):
                into.pieces.append(Inline("picture", src, alt=" ".join(element.get("alt", "").split())))
        elif tag == "a":
            self._link(element, into, marks)
        elif tag in _TEXTS or (tag in _PARTS and into.depth < _MOST_DEEP):
            self._flush(into)
            opened = _Open(tag, dict(element.attrib), into.depth + (tag in _PARTS))
            self._read(element, opened, marks, href)
            self._end(opened, into)
        else:
            self._read(element, into, marks, href)

    def _link(self, link: HtmlElement, into: _Open, marks: frozenset[str]) -> None:
        href = link.get("href", "").strip()
        if _NOTE_BACK.match(href):
            return
        if (note := _NOTE.match(link.get("id", ""))) and note[1]:
            if number := re.sub(r"\D", "", link.xpath("string()")):
                into.pieces.append(Inline("note", number))
            return
        address, start = self._address(href), len(into.pieces)
        self._read(link, into, marks, address)
        if address:
            inside = into.pieces[start:]
            has_words = any(piece.kind == "text" and piece.text.strip() for piece in inside)
            self.links += has_words
            has_picture = any(piece.kind == "picture" for piece in inside)
            self._report.lost["liên kết đặt trên ảnh (giữ ảnh)"] += has_picture and not has_words

    def _address(self, href: str) -> str:
        """Return an address as Markdown may have it, "" for one that no page can lead to, which is reported."""
        address = f"http://{href}" if href.lower().startswith("www.") else href
        if _SAFE_LINK.match(address) and len(address) <= _LONGEST_LINK:
            return address.translate(_UNSAFE)
        if href and not href.startswith("#"):
            is_own = _OWN_FILE.match(href) and not _SAFE_LINK.match(address)
            what = "tới tệp trên máy người viết" if is_own else "không mở được trên trang"
            self._report.lost[f"liên kết {what} (giữ chữ)"] += 1
        return ""

    def _end(self, ended: _Open, around: _Open) -> None:
        match ended.tag:
            case "ul" | "ol":
                self._flush(ended)
                items = (*ended.items, *([Item(tuple(ended.blocks))] if ended.blocks else []))
                if items:
                    start = ended.attributes.get("start", "")
                    number = int(start) if start.isdecimal() and len(start) < 10 else 1
                    around.blocks.append(ListBlock(items, ended.tag == "ol", number))
            case "li":
                self._flush(ended)
                note = _NOTE.match(ended.attributes.get("id", ""))
                if note and not note[1]:
                    self.notes.append(tuple(ended.blocks))
                elif ended.blocks or ended.attributes.get("data-label"):
                    label = " ".join(ended.attributes.get("data-label", "").split())
                    around.items.append(Item(tuple(ended.blocks), label))
            case "blockquote":
                self._flush(ended)
                if ended.blocks:
                    around.blocks.append(Quote(tuple(ended.blocks)))
            case "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6":
                self._flush(ended)
                around.blocks += ended.blocks
            case _:
                self._end_in_table(ended, around)

    def _end_in_table(self, ended: _Open, around: _Open) -> None:
        match ended.tag:
            case "td" | "th":
                self._flush(ended)
                down, across = (_span(ended.attributes.get(name, "1")) for name in ("rowspan", "colspan"))
                around.cells.append(Cell(tuple(ended.blocks), down, across))
            case "tr":
                around.rows.append(tuple(ended.cells))
            case "thead":
                around.heads += len(ended.rows)
                around.rows += ended.rows
            case "table":
                around.blocks.append(Table(tuple(ended.rows), ended.heads))

    def _flush(self, opened: _Open) -> None:
        """End the running text of an element."""
        read, opened.pieces = opened.pieces, []
        is_line = is_rule(read)
        self._report.changed["đường kẻ trang trí đã bỏ"] += is_line
        pieces = () if is_line else tidy(read, self._report)
        if not pieces:
            return
        classes = opened.attributes.get("class", "").split()
        level = _HEADINGS.get(opened.tag, 0)
        opened.blocks.append(
            Paragraph(
                pieces,
                level,
                is_title="title" in classes and bool(level),
                is_caption="caption" in classes,
                is_loose=opened.tag == "li",
            )
        )


def _span(written: str) -> int:
    return max(1, int(written)) if written.isdecimal() and len(written) < 6 else 1
