"""Nodes of a document as tests write them: HTML with class="title", class="caption", data-label and footnotes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag

from plugins.word.blocks import build_blocks
from plugins.word.nodes import NO_MARKS, Cell, Inline, Item, ListBlock, Parsed, Quote, Table
from plugins.word.paragraphs import make_paragraph

if TYPE_CHECKING:
    from plugins.word.blocks import Block
    from plugins.word.nodes import Node
    from plugins.word.report import ImportReport

MARKS = {"strong": "strong", "b": "strong", "em": "em", "i": "em", "s": "s", "sup": "sup", "sub": "sub"}
TEXTS = {"p", "h1", "h2", "h3", "h4", "h5", "h6"}


@dataclass
class Open:
    """An element, and its content so far."""

    tag: Tag
    blocks: list[Node] = field(default_factory=list)
    inlines: list[Inline] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)
    rows: list[tuple[Cell, ...]] = field(default_factory=list)
    heads: int = 0


class Notation:
    """Reads HTML on creation."""

    def __init__(self, html: str, report: ImportReport) -> None:
        self._report = report
        self._notes: list[list[Node]] = []
        root = Open(BeautifulSoup(html, "html.parser"))
        self._read(root.tag, root, NO_MARKS, "")
        self._flush(root)
        self.parsed = Parsed(root.blocks, self._notes)

    def _read(self, element: Tag, into: Open, marks: frozenset[str], href: str) -> None:
        for child in element.children:
            if isinstance(child, Tag):
                self._element(child, into, marks, href)
            elif isinstance(child, NavigableString):
                into.inlines.append(Inline("text", str(child), marks, href))

    def _element(self, tag: Tag, into: Open, marks: frozenset[str], href: str) -> None:
        if tag.name in MARKS:
            self._read(tag, into, marks | {MARKS[tag.name]}, href)
        elif tag.name == "br":
            into.inlines.append(Inline("break"))
        elif tag.name == "img":
            into.inlines.append(Inline("picture", str(tag["src"]), alt=str(tag.get("alt", ""))))
        elif tag.name == "a":
            if str(tag.get("id", "")).startswith("footnote-ref-"):
                into.inlines.append(Inline("note", re.sub(r"\D", "", tag.get_text())))
            elif not str(tag.get("href", "")).startswith("#footnote-ref-"):
                self._read(tag, into, marks, str(tag.get("href", "")))
        else:
            self._flush(into)
            opened = Open(tag)
            self._read(tag, opened, marks, href)
            self._flush(opened)
            self._end(opened, into)

    def _end(self, ended: Open, around: Open) -> None:
        tag, blocks = ended.tag, tuple(ended.blocks)
        match tag.name:
            case "ul" | "ol":
                around.blocks.append(ListBlock(tuple(ended.items), tag.name == "ol", int(str(tag.get("start", "1")))))
            case "li" if str(tag.get("id", "")).startswith("footnote-"):
                self._notes.append(ended.blocks)
            case "li":
                around.items.append(Item(blocks, str(tag.get("data-label", ""))))
            case "blockquote":
                around.blocks.append(Quote(blocks))
            case "td" | "th":
                down, across = (int(str(tag.get(name, "1"))) for name in ("rowspan", "colspan"))
                around.cells.append(Cell(blocks, down, across))
            case "tr":
                around.rows.append(tuple(ended.cells))
            case "thead":
                around.rows += ended.rows
                around.heads += len(ended.rows)
            case "table":
                around.blocks.append(Table(tuple(ended.rows), ended.heads))
            case _:
                around.blocks += blocks

    def _flush(self, opened: Open) -> None:
        read, opened.inlines = opened.inlines, []
        classes = opened.tag.get_attribute_list("class")
        kind = "caption" if "caption" in classes else opened.tag.name if opened.tag.name in TEXTS else "p"
        is_loose = opened.tag.name == "li"
        opened.blocks += make_paragraph(read, kind, self._report, is_title="title" in classes, is_loose=is_loose)


def blocks_of(html: str, report: ImportReport) -> list[Block]:
    """Return the blocks of a document in this notation."""
    return build_blocks(Notation(html, report).parsed, report)
