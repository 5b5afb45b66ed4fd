"""Nodes of a document -> its blocks as Markdown: captions, lists typed by hand, headings in bold, notes."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import count, groupby

from plugins.markdown.excess import MOST_MARKS, MOST_MARKS_TOGETHER, count_marks, count_together
from plugins.vietnamese import fold
from plugins.word.markdown import render_blocks
from plugins.word.nodes import (
    GridTable,
    Inline,
    ListBlock,
    Node,
    Paragraph,
    Parsed,
    Table,
    change_inside,
    is_all,
    pieces_in,
    words_of,
)
from plugins.word.pieces import BLANK, split
from plugins.word.report import ImportReport
from plugins.word.structure import collect_typed_items, raise_bold_headings, settle_levels, write_labels
from plugins.word.tables import flow, settle_table, settle_tables

_CAPTION = re.compile(r"^\(?(anh|hinh|trong anh|chu thich anh|chu thich)\s*(\d+)?\s*[:.\-–]", re.IGNORECASE)
_LONGEST_CAPTION = 300
# Blocks from the start and the end of a document within which its letterhead and signatures may be.
_START = 8
_END = 12
_EMPHASIS = {"strong", "em"}


@dataclass(frozen=True)
class Block:
    """One block of a document: title, heading, paragraph, list, table, picture or note; its text and its Markdown.

    A paragraph is `bold` if all of it is, `arranged` if it was in a table for layout or a letterhead.
    """

    kind: str
    text: str
    markdown: str
    bold: bool = False
    arranged: bool = False


def build_blocks(parsed: Parsed, report: ImportReport, first_note: int = 1) -> list[Block]:
    """Return the blocks of a document in order, notes last, and count them in the report."""
    parted = _caption_pictures(_split_paragraphs(_without_tables(parsed.nodes, report)))
    listed = write_labels(collect_typed_items(_drop_blanks(parted), report))
    nodes: Sequence[Node] = settle_levels(raise_bold_headings(listed, report))
    notes: Sequence[Node] = [Paragraph(flow(note, report)) for note in parsed.notes]
    written, nodes, notes = _within_bounds(nodes, notes, report)
    blocks = [_block_of(node, text) for node, text in zip([*nodes, *notes], written, strict=True)]
    for at, number in zip(range(len(nodes), len(blocks)), count(first_note)):
        blocks[at] = replace(blocks[at], kind="note", markdown=f"[^{number}]: {blocks[at].markdown}")
    counted = {"heading": "đề mục", "list": "danh sách", "note": "chú thích", "paragraph": "đoạn văn"}
    pictures = sum(piece.kind == "picture" for pieces in pieces_in([*nodes, *notes]) for piece in pieces)
    counts = {what: sum(block.kind == kind for block in blocks) for kind, what in counted.items()}
    for what in ("đề mục", "danh sách", "ảnh", "chú thích", "đoạn văn"):
        report.kept[what] += counts.get(what, pictures)
    report.kept["liên kết"] += _count_links([*parsed.nodes, *(node for note in parsed.notes for node in note)])
    return blocks


def _count_links(nodes: Sequence[Node]) -> int:
    return sum(
        bool(href) and bool(words_of(group).strip())
        for pieces in pieces_in(nodes)
        for href, group in groupby(pieces, lambda piece: piece.href)
    )


def _without_tables(nodes: Sequence[Node], report: ImportReport) -> list[Node]:
    made: list[Node] = []
    for at, node in enumerate(nodes):
        if isinstance(node, Table):
            made += settle_table(node, report, is_start=at < _START, is_end=at >= len(nodes) - _END)
        else:
            made += settle_tables([node], report)
    return made


def _split_paragraphs(nodes: Iterable[Node], *, is_inner: bool = False) -> list[Node]:
    made: list[Node] = []
    for node in nodes:
        if isinstance(node, Paragraph):
            # A heading on a page is inside nothing else.
            made += split(replace(node, level=0) if is_inner and node.level else node)
        else:
            made.append(change_inside(node, partial(_split_paragraphs, is_inner=True)))
    return made


def _drop_blanks(nodes: Iterable[Node]) -> list[Node]:
    """Return nodes without two blank lines to fill in in a row."""
    made: list[Node] = []
    for node in nodes:
        is_blank = isinstance(node, Paragraph) and node.words == BLANK
        if not (is_blank and made and isinstance(made[-1], Paragraph) and made[-1].words == BLANK):
            made.append(node)
    return made


def _caption_pictures(nodes: Sequence[Node]) -> list[Node]:
    """Make the paragraph under a picture, or else the one over it, its caption if it looks like one."""
    made: list[Node] = []
    at = 0
    while at < len(nodes):
        node = nodes[at]
        at += 1
        if not isinstance(node, Paragraph):
            node = change_inside(node, _caption_pictures)
        elif node.is_picture:
            before, after = made[-1] if made else None, nodes[at] if at < len(nodes) else None
            if isinstance(after, Paragraph) and _is_caption(after):
                node = replace(node, caption=after.words)
                at += 1
            elif isinstance(before, Paragraph) and before.is_caption and _is_caption(before):
                node = replace(node, caption=before.words)
                made.pop()
        made.append(node)
    return made


def _is_caption(paragraph: Paragraph) -> bool:
    text = paragraph.words
    # No caption on the page has links or notes.
    is_plain = all(piece.kind in ("text", "break") and not piece.href for piece in paragraph.pieces)
    if paragraph.level or len(text) > _LONGEST_CAPTION or not is_plain:
        return False
    return paragraph.is_caption or bool(_CAPTION.match(fold(text))) or is_all(paragraph.pieces, "em")


def _text(node: Node) -> str:
    """Return the text of a node, with a line feed for each break of a paragraph."""
    if isinstance(node, Paragraph):
        return "".join("\n" if piece.kind == "break" else words_of([piece]) for piece in node.pieces).strip()
    return " ".join(" ".join(map(words_of, pieces_in([node]))).split())


def _block_of(node: Node, markdown: str) -> Block:
    if not isinstance(node, Paragraph):
        kind = "list" if isinstance(node, ListBlock) else "table" if isinstance(node, GridTable) else "paragraph"
        return Block(kind, _text(node), markdown)
    kind = "picture" if node.is_picture else "title" if node.is_title else "heading" if node.level else "paragraph"
    return Block(kind, _text(node), markdown, node.is_raised or node.is_bold, node.is_arranged)


def _within_bounds(
    nodes: Sequence[Node], notes: Sequence[Node], report: ImportReport
) -> tuple[list[str], Sequence[Node], Sequence[Node]]:
    """Return each node as Markdown, and the nodes; without emphasis where that exceeds the marks a story may have."""
    written = [*render_blocks(nodes), *render_blocks(notes)]
    marks = [count_together(text) for text in written]
    is_much = sum(map(count_marks, written)) > MOST_MARKS
    if not is_much and max(marks, default=0) <= MOST_MARKS_TOGETHER:
        return written, nodes, notes
    made: list[Node] = []
    for node, together in zip([*nodes, *notes], marks, strict=True):
        has_emphasis = any(piece.marks & _EMPHASIS for pieces in pieces_in([node]) for piece in pieces)
        is_plain = has_emphasis and (is_much or together > MOST_MARKS_TOGETHER)
        made.append(_plain(node) if is_plain else node)
        report.changed["đoạn có quá nhiều chữ đậm, nghiêng, chỉ giữ chữ"] += is_plain
    nodes, notes = made[: len(nodes)], made[len(nodes) :]
    return [*render_blocks(nodes), *render_blocks(notes)], nodes, notes


def _plain(node: Node) -> Node:
    """Return a node without emphasis."""

    def bare(pieces: Iterable[Inline]) -> tuple[Inline, ...]:
        return tuple(piece._replace(marks=piece.marks - _EMPHASIS) for piece in pieces)

    match node:
        case Paragraph(pieces=pieces):
            return replace(node, pieces=bare(pieces))
        case GridTable(rows=rows):
            return GridTable(tuple(tuple(bare(cell) for cell in row) for row in rows))
    return change_inside(node, partial(map, _plain))
