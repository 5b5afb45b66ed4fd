"""The tree of a document between its HTML and its Markdown: paragraphs, lists, tables, and inlines."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element

NO_MARKS: frozenset[str] = frozenset()


class Inline(NamedTuple):
    """A "text", a "break", a "picture" (`text` is its file) or the reference to a "note" (`text` is its number).

    While a document is read there are also a "page", a break that ends the paragraph, and a text "box" anchored in it.
    """

    kind: str
    text: str = ""
    marks: frozenset[str] = NO_MARKS  # strong, em, s, sup, sub; raised and lowered while it is read
    href: str = ""
    alt: str = ""
    font: str = ""
    box: Element | None = None


@dataclass(frozen=True)
class Paragraph:
    """A paragraph, or a heading if it has a level; a picture has a paragraph of its own, with its caption."""

    pieces: tuple[Inline, ...]
    level: int = 0
    caption: str = ""
    is_title: bool = False
    is_caption: bool = False
    is_loose: bool = False  # text directly in an item
    is_arranged: bool = False  # from a layout table or a letterhead
    is_raised: bool = False  # a heading made of bold text

    @property
    def words(self) -> str:
        """The text, with a space for each break."""
        return words_of(self.pieces)

    @property
    def is_picture(self) -> bool:
        """Whether this is only a picture."""
        return len(self.pieces) == 1 and self.pieces[0].kind == "picture"

    @property
    def is_bold(self) -> bool:
        """Whether all of it is bold."""
        return is_all(self.pieces, "strong")


@dataclass(frozen=True)
class Item:
    """An item of a list, with the label of Word if no list on a page can show it."""

    blocks: "tuple[Node, ...]"
    label: str = ""


@dataclass(frozen=True)
class ListBlock:
    """A list."""

    items: tuple[Item, ...]
    is_numbered: bool = False
    start: int = 1


@dataclass(frozen=True)
class Cell:
    """A cell over `down` rows and `across` columns."""

    blocks: "tuple[Node, ...]"
    down: int = 1
    across: int = 1


@dataclass(frozen=True)
class Table:
    """A table with merged cells; the first `heads` rows are its head."""

    rows: tuple[tuple[Cell, ...], ...]
    heads: int = 0


@dataclass(frozen=True)
class GridTable:
    """A table of Markdown: a row of heads, then rows of as many cells."""

    rows: tuple[tuple[tuple[Inline, ...], ...], ...]


@dataclass(frozen=True)
class Quote:
    """A quotation."""

    blocks: "tuple[Node, ...]"


Pieces = tuple[Inline, ...]
Node = Paragraph | ListBlock | Table | GridTable | Quote
# Reads the content of a cell, a text box or a note.
ReadBlocks = Callable[[Iterable[Element]], list[Node]]


class Parsed(NamedTuple):
    """The nodes of a document, and those of each of its notes."""

    nodes: Sequence[Node]
    notes: Sequence[Sequence[Node]] = ()


def words_of(pieces: Iterable[Inline], gap: str = " ") -> str:
    """Return the text of inlines, with `gap` for each break."""
    return "".join(piece.text if piece.kind == "text" else gap for piece in pieces if piece.kind in ("text", "break"))


def without_marks(pieces: Iterable[Inline], marks: frozenset[str]) -> Pieces:
    """Return inlines without these marks."""
    return tuple(piece._replace(marks=piece.marks - marks) for piece in pieces)


def is_all(pieces: Iterable[Inline], mark: str) -> bool:
    """Tell whether there is text and all of it has a mark."""
    marked = [mark in piece.marks for piece in pieces if piece.kind == "text" and any(map(str.isalnum, piece.text))]
    return bool(marked) and all(marked)


def pieces_in(nodes: Iterable[Node]) -> Iterator[Pieces]:
    """Yield the inlines of each paragraph and cell in nodes, in order."""
    for node in nodes:
        match node:
            case Paragraph(pieces=pieces):
                yield pieces
            case GridTable(rows=rows):
                yield from chain.from_iterable(rows)
            case Quote(blocks=blocks):
                yield from pieces_in(blocks)
            case ListBlock(items=items):
                yield from pieces_in(block for item in items for block in item.blocks)
            case Table(rows=lines):
                yield from pieces_in(block for line in lines for cell in line for block in cell.blocks)


def change_inside(node: Node, change: Callable[[Sequence[Node]], Iterable[Node]]) -> Node:
    """Return a list or quotation with the blocks inside changed; any other node as it is."""
    match node:
        case ListBlock(items=items):
            return replace(node, items=tuple(Item(tuple(change(item.blocks)), item.label) for item in items))
        case Quote(blocks=blocks):
            return Quote(tuple(change(blocks)))
    return node


def change_paragraphs(nodes: Iterable[Node], **changes: Any) -> list[Node]:
    """Return nodes, the paragraphs among them with these attributes."""
    return [replace(node, **changes) if isinstance(node, Paragraph) else node for node in nodes]


def has_picture(nodes: Iterable[Node]) -> bool:
    """Tell whether there is a picture anywhere in nodes."""
    return any(piece.kind == "picture" for pieces in pieces_in(nodes) for piece in pieces)
