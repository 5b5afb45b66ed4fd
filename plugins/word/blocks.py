"""Nodes of a document -> its blocks as Markdown: captions, lists typed by hand, headings in bold, notes."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain, groupby

from plugins.markdown.excess import MOST_MARKS, MOST_MARKS_TOGETHER, count_marks, count_together
from plugins.vietnamese import fold
from plugins.word import nodes as tree
from plugins.word.markdown import render_blocks
from plugins.word.pieces import BLANK, split
from plugins.word.report import ImportReport
from plugins.word.structure import collect_typed_items, raise_bold_headings, settle_levels, write_labels
from plugins.word.tables import flow, settle_table, settle_tables

_CAPTION = re.compile(r"^\(?(anh|hinh|trong anh|chu thich anh|chu thich)\s*(\d+)?\s*[:.\-–]", re.IGNORECASE)
_LONGEST_CAPTION = 300
# Blocks from the start and the end of a document within which its letterhead and signatures may be.
_START = 8
_END = 12
_EMPHASIS = frozenset(("strong", "em"))
_COUNTED = {"heading": "đề mục", "list": "danh sách", "picture": "ảnh", "note": "chú thích", "paragraph": "đoạn văn"}


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


def build_blocks(parsed: tree.Parsed, report: ImportReport, first_note: int = 1) -> list[Block]:
    """Return the blocks of a document in order, notes last, and count them in the report."""
    parted = _caption_pictures(_split_paragraphs(_without_tables(parsed.nodes, report)))
    listed = write_labels(collect_typed_items(_drop_blanks(parted), report))
    nodes: Sequence[tree.Node] = settle_levels(raise_bold_headings(listed, report))
    notes: Sequence[tree.Node] = [tree.Paragraph(flow(note, report)) for note in parsed.notes]
    written, nodes, notes = _within_bounds(nodes, notes, report)
    blocks = [_block_of(node, text) for node, text in zip([*nodes, *notes], written, strict=True)]
    for number, at in enumerate(range(len(nodes), len(blocks)), first_note):
        blocks[at] = replace(blocks[at], kind="note", markdown=f"[^{number}]: {blocks[at].markdown}")
    counts = Counter(block.kind for block in blocks)
    # A picture may be within a list too.
    counts["picture"] = sum(piece.kind == "picture" for pieces in tree.pieces_in([*nodes, *notes]) for piece in pieces)
    for kind, what in _COUNTED.items():
        report.kept[what] += counts[kind]
    before = tree.pieces_in([*parsed.nodes, *chain.from_iterable(parsed.notes)])
    links = (group for pieces in before for href, group in groupby(pieces, lambda piece: piece.href) if href)
    report.kept["liên kết"] += sum(bool(tree.words_of(group).strip()) for group in links)
    return blocks


def _without_tables(nodes: Sequence[tree.Node], report: ImportReport) -> list[tree.Node]:
    made: list[tree.Node] = []
    for at, node in enumerate(nodes):
        if isinstance(node, tree.Table):
            made += settle_table(node, report, is_start=at < _START, is_end=at >= len(nodes) - _END)
        else:
            made += settle_tables([node], report)
    return made


def _split_paragraphs(nodes: Iterable[tree.Node], *, is_inner: bool = False) -> list[tree.Node]:
    made: list[tree.Node] = []
    for node in nodes:
        if isinstance(node, tree.Paragraph):
            # A heading on a page is inside nothing else.
            made += split(replace(node, level=0) if is_inner and node.level else node)
        else:
            made.append(tree.change_inside(node, partial(_split_paragraphs, is_inner=True)))
    return made


def _drop_blanks(nodes: Sequence[tree.Node]) -> list[tree.Node]:
    """Return nodes without two blank lines to fill in in a row."""
    blanks = [isinstance(node, tree.Paragraph) and node.words == BLANK for node in nodes]
    return [node for node, *are_blank in zip(nodes, blanks, [False, *blanks], strict=False) if not all(are_blank)]


def _caption_pictures(nodes: Sequence[tree.Node]) -> list[tree.Node]:
    """Make the paragraph under a picture, or else the one over it, its caption if it looks like one."""
    made: list[tree.Node] = []
    at = 0
    while at < len(nodes):
        node = nodes[at]
        at += 1
        if not isinstance(node, tree.Paragraph):
            node = tree.change_inside(node, _caption_pictures)
        elif node.is_picture:
            before, after = made[-1] if made else None, nodes[at] if at < len(nodes) else None
            if isinstance(after, tree.Paragraph) and _is_caption(after):
                node = replace(node, caption=after.words)
                at += 1
            elif isinstance(before, tree.Paragraph) and before.is_caption and _is_caption(before):
                node = replace(node, caption=before.words)
                made.pop()
        made.append(node)
    return made


def _is_caption(paragraph: tree.Paragraph) -> bool:
    text = paragraph.words
    # No caption on the page has links or notes.
    is_plain = all(piece.kind in ("text", "break") and not piece.href for piece in paragraph.pieces)
    if paragraph.level or len(text) > _LONGEST_CAPTION or not is_plain:
        return False
    return paragraph.is_caption or bool(_CAPTION.match(fold(text))) or tree.is_all(paragraph.pieces, "em")


def _block_of(node: tree.Node, markdown: str) -> Block:
    """Return the block of a node; the text of a paragraph has a line feed for each break."""
    if not isinstance(node, tree.Paragraph):
        kind = {tree.ListBlock: "list", tree.GridTable: "table"}.get(type(node), "paragraph")
        return Block(kind, " ".join(" ".join(map(tree.words_of, tree.pieces_in([node]))).split()), markdown)
    kind = "picture" if node.is_picture else "title" if node.is_title else "heading" if node.level else "paragraph"
    text = tree.words_of(node.pieces, "\n").strip()
    return Block(kind, text, markdown, node.is_raised or node.is_bold, node.is_arranged)


def _within_bounds(
    nodes: Sequence[tree.Node], notes: Sequence[tree.Node], report: ImportReport
) -> tuple[list[str], Sequence[tree.Node], Sequence[tree.Node]]:
    """Return each node as Markdown, and the nodes; without emphasis where that exceeds the marks a story may have."""
    written = [*render_blocks(nodes), *render_blocks(notes)]
    marks = [count_together(text) for text in written]
    is_much = sum(map(count_marks, written)) > MOST_MARKS
    if not is_much and max(marks, default=0) <= MOST_MARKS_TOGETHER:
        return written, nodes, notes
    made: list[tree.Node] = []
    for node, together in zip([*nodes, *notes], marks, strict=True):
        has_emphasis = any(piece.marks & _EMPHASIS for pieces in tree.pieces_in([node]) for piece in pieces)
        is_plain = has_emphasis and (is_much or together > MOST_MARKS_TOGETHER)
        made.append(_plain(node) if is_plain else node)
        report.changed["đoạn có quá nhiều chữ đậm, nghiêng, chỉ giữ chữ"] += is_plain
    nodes, notes = made[: len(nodes)], made[len(nodes) :]
    return [*render_blocks(nodes), *render_blocks(notes)], nodes, notes


def _plain(node: tree.Node) -> tree.Node:
    """Return a node without emphasis."""
    match node:
        case tree.Paragraph(pieces=pieces):
            return replace(node, pieces=tree.without_marks(pieces, _EMPHASIS))
        case tree.GridTable(rows=rows):
            return tree.GridTable(tuple(tuple(tree.without_marks(cell, _EMPHASIS) for cell in row) for row in rows))
    return tree.change_inside(node, partial(map, _plain))
