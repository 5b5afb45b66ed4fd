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
from plugins.word.paragraphs import BLANK, TYPED_ITEM, drop_start, split, with_label
from plugins.word.report import ImportReport
from plugins.word.tables import flow, settle_table, settle_tables

_CAPTION = re.compile(r"^\(?(anh|hinh|trong anh|chu thich anh|chu thich)\s*(\d+)?\s*[:.\-–]", re.IGNORECASE)
_LONGEST_CAPTION = 300
# Blocks from the start and the end of a document within which its letterhead and signatures may be.
_START, _END = 8, 12
_EMPHASIS, _LOOKS = frozenset(("strong", "em")), frozenset(("strong", "em", "s"))
_LONGEST_HEADING = 120
_COUNTED = {"heading": "đề mục", "list": "danh sách", "picture": "ảnh", "note": "chú thích", "paragraph": "đoạn văn"}


@dataclass(frozen=True)
class Block:
    """One block of a document: title, heading, paragraph, list, table, picture or note; its text and its Markdown."""

    kind: str
    text: str
    markdown: str
    bold: bool = False  # all of it
    arranged: bool = False  # in a table for layout or a letterhead


def build_blocks(parsed: tree.Parsed, report: ImportReport, first_note: int = 1) -> list[Block]:
    """Return the blocks of a document in order, notes last, and count them in the report."""
    parted = _caption_pictures(_split_paragraphs(_without_tables(parsed.nodes, report)))
    listed = _write_labels(_collect_typed_items(_drop_blanks(parted), report))
    nodes: Sequence[tree.Node] = _settle_levels(_raise_bold_headings(listed, report))
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


def _collect_typed_items(nodes: Iterable[tree.Node], report: ImportReport) -> list[tree.Node]:
    """Make lists of paragraphs that begin with a typed dash or bullet; a plus under a dash is one level deeper."""
    made: list[tree.Node] = []
    marker = ""
    for node in nodes:
        typed = TYPED_ITEM.match(node.words) if isinstance(node, tree.Paragraph) and not node.level else None
        if not typed or not isinstance(node, tree.Paragraph):
            made.append(node)
            continue
        words = drop_start(node.pieces, len(typed[0]))
        item = tree.Item((replace(node, pieces=words, is_loose=True, is_arranged=False),))
        last = made[-1] if made else None
        if not isinstance(last, tree.ListBlock) or last.is_numbered:
            made.append(tree.ListBlock((item,)))
            marker = typed[1]
            report.changed["danh sách gõ bằng dấu gạch thành danh sách"] += 1
        elif typed[1] == "+" and marker != "+":
            made[-1] = _with_inner(last, item)
        else:
            made[-1] = tree.ListBlock((*last.items, item))
    return made


def _with_inner(listing: tree.ListBlock, item: tree.Item) -> tree.ListBlock:
    """Return a list with an item added to the list inside its last item."""
    *items, last = listing.items
    *blocks, inner = last.blocks
    if isinstance(inner, tree.ListBlock):
        blocks.append(replace(inner, items=(*inner.items, item)))
    else:
        blocks += [inner, tree.ListBlock((item,))]
    return replace(listing, items=(*items, tree.Item(tuple(blocks), last.label)))


def _write_labels(nodes: Iterable[tree.Node]) -> list[tree.Node]:
    """Make paragraphs of items with labels that no list on a page can show: I., a), 1.1., Điều 1."""
    made: list[tree.Node] = []
    for node in nodes:
        if not isinstance(node, tree.ListBlock):
            made.append(node)
            continue
        start = node.start
        for has_label, group in groupby(node.items, lambda item: bool(item.label)):
            items = [tree.Item(tuple(_write_labels(item.blocks)), item.label) for item in group]
            if has_label:
                made += chain.from_iterable(_labelled(item.label, item.blocks) for item in items)
            else:
                made.append(replace(node, items=tuple(items), start=start))
            start += len(items)
    return made


def _labelled(label: str, blocks: Sequence[tree.Node]) -> list[tree.Node]:
    first = blocks[0] if blocks else None
    if isinstance(first, tree.Paragraph) and not first.is_picture:
        return [replace(first, pieces=with_label(label, first.pieces), is_loose=False), *blocks[1:]]
    return [tree.Paragraph((tree.Inline("text", label),)), *blocks]


def _raise_bold_headings(nodes: Sequence[tree.Node], report: ImportReport) -> list[tree.Node]:
    """Make headings of short bold paragraphs over plain text, in a document without heading styles."""
    if any(isinstance(node, tree.Paragraph) and node.level > 1 for node in nodes):
        return list(nodes)
    made: list[tree.Node] = []
    for node, after in zip(nodes, [*nodes, None][1:], strict=True):
        if isinstance(node, tree.Paragraph) and _is_bold_heading(node, after):
            report.changed["dòng in đậm đứng riêng thành đề mục"] += 1
            made.append(replace(node, level=2, is_raised=True))
        else:
            made.append(node)
    return made


def _is_bold_heading(node: tree.Paragraph, after: tree.Node | None) -> bool:
    if isinstance(after, tree.Paragraph) and (after.is_bold or after.is_picture or after.is_arranged):
        return False
    text = node.words.strip()
    is_short = len(text) <= _LONGEST_HEADING and not re.search(r"[.,;…!][”\"’)]?$", text)
    return after is not None and node.is_bold and is_short and not node.is_arranged and not node.level


def _settle_levels(nodes: Sequence[tree.Node]) -> list[tree.Node]:
    """Shift headings so that the highest is ##, as # is the title."""
    headings = [node.level for node in nodes if isinstance(node, tree.Paragraph) and node.level and not node.is_title]
    up = min(headings, default=2) - 2
    made: list[tree.Node] = []
    for node in nodes:
        if isinstance(node, tree.Paragraph) and node.level:
            level = node.level if node.is_title else min(6, node.level - up)
            # Headings are bold anyway.
            made.append(replace(node, level=level, pieces=tree.without_marks(node.pieces, _LOOKS)))
        else:
            made.append(node)
    return made


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
