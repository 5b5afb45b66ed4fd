"""What a document is made of between its HTML and its Markdown: paragraphs, lists, tables, and the pieces of a text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

NO_MARKS: frozenset[str] = frozenset()


class Inline(NamedTuple):
    """A "text", a "break", a "picture" (its file is the text) or the mark of a "note" (its number is)."""

    kind: str
    text: str = ""
    marks: frozenset[str] = NO_MARKS  # strong, em, s, sup, sub
    href: str = ""
    alt: str = ""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph, or a heading of a level; a picture stands in one by itself, with its caption.

    `is_loose` is an item's text without a paragraph of its own, `is_arranged` what stood in a table or a letter's head.
    """

    pieces: tuple[Inline, ...]
    level: int = 0
    caption: str = ""
    is_title: bool = False
    is_caption: bool = False
    is_loose: bool = False
    is_arranged: bool = False
    is_raised: bool = False

    @property
    def words(self) -> str:
        """What it says."""
        return words_of(self.pieces)

    @property
    def is_picture(self) -> bool:
        """Is it a picture and nothing more?"""
        return len(self.pieces) == 1 and self.pieces[0].kind == "picture"

    @property
    def is_bold(self) -> bool:
        """Is all of it bold?"""
        return is_all(self.pieces, "strong")


@dataclass(frozen=True)
class Item:
    """An item of a list, with the label that Word shows before it where no list of a page counts so."""

    blocks: tuple[Node, ...]
    label: str = ""


@dataclass(frozen=True)
class ListBlock:
    """A list."""

    items: tuple[Item, ...]
    is_numbered: bool = False
    start: int = 1


@dataclass(frozen=True)
class Cell:
    """A cell of a table over so many rows and columns."""

    blocks: tuple[Node, ...]
    down: int = 1
    across: int = 1


@dataclass(frozen=True)
class Table:
    """A table as it is laid out; the first `heads` rows are marked as its head."""

    rows: tuple[tuple[Cell, ...], ...]
    heads: int = 0


@dataclass(frozen=True)
class GridTable:
    """A table as Markdown has it: a row of heads, then rows; each of as many cells."""

    rows: tuple[tuple[tuple[Inline, ...], ...], ...]


@dataclass(frozen=True)
class Quote:
    """A quotation."""

    blocks: tuple[Node, ...]


Node = Paragraph | ListBlock | Table | GridTable | Quote


def words_of(pieces: Iterable[Inline]) -> str:
    """Return what pieces say; a break is a space."""
    return "".join(piece.text if piece.kind == "text" else " " for piece in pieces if piece.kind in ("text", "break"))


def is_all(pieces: Iterable[Inline], mark: str) -> bool:
    """Tell whether there is text and all of it bears a mark."""
    marked = [mark in piece.marks for piece in pieces if piece.kind == "text" and any(map(str.isalnum, piece.text))]
    return bool(marked) and all(marked)


def pieces_in(nodes: Iterable[Node]) -> Iterator[tuple[Inline, ...]]:
    """Yield the pieces of each paragraph in nodes, in order."""
    for node in nodes:
        if isinstance(node, Paragraph):
            yield node.pieces
        elif isinstance(node, GridTable):
            for row in node.rows:
                yield from row
        else:
            yield from pieces_in(_inside(node))


def _inside(node: ListBlock | Table | Quote) -> Iterator[Node]:
    if isinstance(node, Quote):
        yield from node.blocks
    else:
        holders = node.items if isinstance(node, ListBlock) else (cell for row in node.rows for cell in row)
        for holder in holders:
            yield from holder.blocks


def has_picture(nodes: Iterable[Node]) -> bool:
    """Tell whether a picture stands anywhere in nodes."""
    return any(piece.kind == "picture" for pieces in pieces_in(nodes) for piece in pieces)
