"""HTML that a reader of documents wrote -> its nodes, in one walk, and its notes apart."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from plugins.word.nodes import Cell, Inline, Item, ListBlock, Paragraph, Quote, Table
from plugins.word.pieces import is_rule, tidy

if TYPE_CHECKING:
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
# What would end an address in Markdown, or mean something in it.
_UNSAFE = {ord(letter): f"%{ord(letter):02X}" for letter in ' ()<>"[]\\`{}|^'}
_LONGEST_LINK = 2_000
# Lists and tables in each other; what lies deeper stands in the last of them.
_MOST_DEEP = 16


@dataclass
class _Open:
    """An element that has begun and not ended."""

    tag: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    blocks: list[Node] = field(default_factory=list)
    pieces: list[Inline] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)
    rows: list[tuple[Cell, ...]] = field(default_factory=list)
    heads: int = 0


class Reader(HTMLParser):
    """Reads what it is fed; once it is closed it has the nodes of a document, those of each note, a count of links."""

    def __init__(self, report: ImportReport) -> None:
        super().__init__(convert_charrefs=True)
        self._report = report
        self._stack = [_Open()]
        self._marks: list[str] = []
        self._href = ""
        # Within the mark of a note, or what leads back to one, its text so far.
        self._mark: str | None = None
        self._is_back = self._has_words = self._has_picture = False
        self._skipped = 0
        self.notes: list[tuple[Node, ...]] = []
        self.links = 0

    @property
    def nodes(self) -> list[Node]:
        """What was read, in order."""
        return self._stack[0].blocks

    def close(self) -> None:
        super().close()
        while len(self._stack) > 1:
            self._end()
        self._flush(self._stack[0])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if tag in _MARKS:
            self._marks.append(_MARKS[tag])
        elif tag == "br":
            self._stack[-1].pieces.append(Inline("break"))
        elif tag == "img":
            self._picture(attributes)
        elif tag == "a":
            self._begin_link(attributes)
        elif tag in _TEXTS or tag in _PARTS:
            self._begin(tag, attributes)

    def handle_endtag(self, tag: str) -> None:
        if tag in _MARKS and _MARKS[tag] in self._marks:
            del self._marks[len(self._marks) - 1 - self._marks[::-1].index(_MARKS[tag])]
        elif tag == "a":
            self._end_link()
        elif (tag in _TEXTS or tag in _PARTS) and self._skipped and tag not in _TEXTS:
            self._skipped -= 1
        elif any(opened.tag == tag for opened in self._stack):
            while self._stack[-1].tag != tag:
                self._end()
            self._end()

    def handle_data(self, data: str) -> None:
        if self._mark is not None:
            self._mark += data
        else:
            self._has_words = self._has_words or not data.isspace()
            self._stack[-1].pieces.append(Inline("text", data, frozenset(self._marks), self._href))

    def _picture(self, attributes: dict[str, str]) -> None:
        if src := attributes.get("src"):
            self._has_picture = True
            self._stack[-1].pieces.append(Inline("picture", src, alt=" ".join(attributes.get("alt", "").split())))

    def _begin_link(self, attributes: dict[str, str]) -> None:
        self._end_link()
        href = attributes.get("href", "").strip()
        if _NOTE_BACK.match(href):
            self._mark, self._is_back = "", True
        elif (note := _NOTE.match(attributes.get("id", ""))) and note[1]:
            self._mark, self._is_back = "", False
        else:
            self._href, self._has_words, self._has_picture = href, False, False
            if href.lower().startswith("www."):
                self._href = f"http://{href}"
            if _SAFE_LINK.match(self._href) and len(self._href) <= _LONGEST_LINK:
                self._href = self._href.translate(_UNSAFE)
            elif href:
                if not href.startswith("#"):
                    is_own = _OWN_FILE.match(href) and not _SAFE_LINK.match(self._href)
                    what = "tới tệp trên máy người viết" if is_own else "không mở được trên trang"
                    self._report.lost[f"liên kết {what} (giữ chữ)"] += 1
                self._href = ""

    def _end_link(self) -> None:
        if self._mark is not None:
            number = re.sub(r"\D", "", self._mark)
            if number and not self._is_back:
                self._stack[-1].pieces.append(Inline("note", number))
            self._mark = None
        elif self._href:
            self.links += self._has_words
            self._report.lost["liên kết đặt trên ảnh (giữ ảnh)"] += self._has_picture and not self._has_words
            self._href = ""

    def _begin(self, tag: str, attributes: dict[str, str]) -> None:
        if self._stack[-1].tag in _TEXTS:
            self._end()
        if tag in _PARTS and (self._skipped or len(self._stack) > _MOST_DEEP * 2):
            self._skipped += 1
            return
        self._flush(self._stack[-1])
        self._stack.append(_Open(tag, attributes))

    def _end(self) -> None:
        ended, around = self._stack.pop(), self._stack[-1]
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
        """End the text that stands in an element."""
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
