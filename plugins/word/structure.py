"""Structure that no style declares: lists typed by hand, labels, bold headings; and the levels of headings."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain, groupby

from plugins.word.nodes import Inline, Item, ListBlock, Node, Paragraph, without_marks
from plugins.word.pieces import TYPED_ITEM, drop_start, with_label
from plugins.word.report import ImportReport

_LONGEST_HEADING = 120
_EMPHASIS = frozenset(("strong", "em", "s"))


def collect_typed_items(nodes: Iterable[Node], report: ImportReport) -> list[Node]:
    """Make lists of paragraphs that begin with a typed dash or bullet; a plus under a dash is one level deeper."""
    made: list[Node] = []
    marker = ""
    for node in nodes:
        typed = TYPED_ITEM.match(node.words) if isinstance(node, Paragraph) and not node.level else None
        if not typed or not isinstance(node, Paragraph):
            made.append(node)
            continue
        item = Item((replace(node, pieces=drop_start(node.pieces, len(typed[0])), is_loose=True, is_arranged=False),))
        last = made[-1] if made else None
        if not isinstance(last, ListBlock) or last.is_numbered:
            made.append(ListBlock((item,)))
            marker = typed[1]
            report.changed["danh sách gõ bằng dấu gạch thành danh sách"] += 1
        elif typed[1] == "+" and marker != "+":
            made[-1] = _with_inner(last, item)
        else:
            made[-1] = ListBlock((*last.items, item))
    return made


def _with_inner(listing: ListBlock, item: Item) -> ListBlock:
    """Return a list with an item added to the list inside its last item."""
    *items, last = listing.items
    *blocks, inner = last.blocks
    if isinstance(inner, ListBlock):
        blocks.append(replace(inner, items=(*inner.items, item)))
    else:
        blocks += [inner, ListBlock((item,))]
    return replace(listing, items=(*items, Item(tuple(blocks), last.label)))


def write_labels(nodes: Iterable[Node]) -> list[Node]:
    """Make paragraphs of items with labels that no list on a page can show: I., a), 1.1., Điều 1."""
    made: list[Node] = []
    for node in nodes:
        if not isinstance(node, ListBlock):
            made.append(node)
            continue
        start = node.start
        for has_label, group in groupby(node.items, lambda item: bool(item.label)):
            items = [Item(tuple(write_labels(item.blocks)), item.label) for item in group]
            if has_label:
                made += chain.from_iterable(_labelled(item.label, item.blocks) for item in items)
            else:
                made.append(replace(node, items=tuple(items), start=start))
            start += len(items)
    return made


def _labelled(label: str, blocks: Sequence[Node]) -> list[Node]:
    first = blocks[0] if blocks else None
    if isinstance(first, Paragraph) and not first.is_picture:
        return [replace(first, pieces=with_label(label, first.pieces), is_loose=False), *blocks[1:]]
    return [Paragraph((Inline("text", label),)), *blocks]


def raise_bold_headings(nodes: Sequence[Node], report: ImportReport) -> list[Node]:
    """Make headings of short bold paragraphs over plain text, in a document without heading styles."""
    if any(isinstance(node, Paragraph) and node.level > 1 for node in nodes):
        return list(nodes)
    made: list[Node] = []
    for node, after in zip(nodes, [*nodes, None][1:], strict=True):
        if isinstance(node, Paragraph) and after is not None and _is_bold_heading(node) and _may_follow(after):
            report.changed["dòng in đậm đứng riêng thành đề mục"] += 1
            made.append(replace(node, level=2, is_raised=True))
        else:
            made.append(node)
    return made


def _is_bold_heading(node: Paragraph) -> bool:
    text = node.words.strip()
    is_short = len(text) <= _LONGEST_HEADING and not re.search(r"[.,;…!][”\"’)]?$", text)
    return node.is_bold and is_short and not node.is_arranged and not node.level


def _may_follow(after: Node) -> bool:
    return not (isinstance(after, Paragraph) and (after.is_bold or after.is_picture or after.is_arranged))


def settle_levels(nodes: Sequence[Node]) -> list[Node]:
    """Shift headings so that the highest is ##, as # is the title."""
    headings = [node.level for node in nodes if isinstance(node, Paragraph) and node.level and not node.is_title]
    up = min(headings, default=2) - 2
    made: list[Node] = []
    for node in nodes:
        if isinstance(node, Paragraph) and node.level:
            level = node.level if node.is_title else min(6, node.level - up)
            # Headings are bold anyway.
            made.append(replace(node, level=level, pieces=without_marks(node.pieces, _EMPHASIS)))
        else:
            made.append(node)
    return made
