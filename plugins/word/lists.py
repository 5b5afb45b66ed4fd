"""The labels of numbered paragraphs (4, IV, d, bốn, ④), and labelled paragraphs -> nodes, items in nested lists."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, groupby
from typing import NamedTuple

from plugins.spoken.numbers import say_number, write_roman
from plugins.word.nodes import Inline, Item, ListBlock, Node, Paragraph, ReadBlocks
from plugins.word.paragraphs import RUNNING, is_empty, make_paragraph, settle_spaces, split_at
from plugins.word.report import TEXT_BOXES, ImportReport

_FIGURES = re.compile(r"(0|[1-9]\d{0,8})[.)]")
# Deeper lists are no text of people, and Markdown is refused then.
MOST_DEEP = 16
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
# A larger number would make a label as long as a book.
_MOST = 9_999


class Label(NamedTuple):
    """The label before a paragraph: its level from 0, its text ("" for a bullet), and the gap after it."""

    level: int
    text: str
    is_bullet: bool
    gap: str = " "


class Flow(NamedTuple):
    """Neighbouring nodes, and the label before them if they are an item of a list."""

    nodes: Sequence[Node]
    label: Label | None = None


def flow_paragraph(
    inlines: Iterable[Inline], kind: str, label: Label | None, read: ReadBlocks, report: ImportReport, *, in_cell: bool
) -> Iterator[Flow]:
    """Yield a paragraph: its text under its label, and the text boxes anchored in it, read by `read`."""
    found = list(inlines)
    lines = [line for line in split_at("page", (one for one in found if one.kind != "box")) if not is_empty(line)]
    boxes = [node for one in found if one.box is not None for node in read(one.box)]
    report.changed[TEXT_BOXES] += bool(boxes)
    if label and not lines and not boxes:
        # The number is visible all the same. In a table that may be the column of numbers; elsewhere it is a slip.
        if in_cell and label.text:
            yield Flow([Paragraph((Inline("text", label.text),))])
        return
    is_item = label is not None and kind in RUNNING
    if label and label.text and lines and not is_item:
        gap = label.gap or ("" if (lines[0][0].text or " ")[0] in {":", ".", ",", " "} else " ")
        lines[0].insert(0, Inline("text", f"{label.text}{gap}"))
    is_loose = is_item and len(lines) == 1 and not boxes
    kind = "p" if is_item else kind
    paragraphs = [make_paragraph(settle_spaces(line), kind, report, is_loose=is_loose) for line in lines]
    if is_item:
        yield Flow([*chain.from_iterable(paragraphs), *boxes], label)
    else:
        yield from map(Flow, [*paragraphs, boxes] if boxes else paragraphs)


def join_blocks(blocks: Iterable[Flow]) -> list[Node]:
    """Return the nodes of blocks, neighbouring items in lists."""
    made: list[Node] = []
    for is_item, group in groupby(blocks, lambda block: block.label is not None):
        if is_item:
            _add_lists(group, made)
        else:
            made += chain.from_iterable(block.nodes for block in group)
    return made


@dataclass
class OpenList:
    """A list that is being read."""

    level: int
    is_numbered: bool
    start: int = 1
    next_number: int = 0
    is_bulleted: bool = False
    items: list[tuple[list[Node], str]] = field(default_factory=list)


def close_list(opened: list[OpenList], made: list[Node]) -> None:
    """Add the innermost open list to the last item of the list around it, or to `made`."""
    ended = opened.pop()
    if items := tuple(Item(tuple(nodes), label) for nodes, label in ended.items if nodes or label):
        (opened[-1].items[-1][0] if opened else made).append(ListBlock(items, ended.is_numbered, ended.start))


def _add_lists(blocks: Iterable[Flow], made: list[Node]) -> None:
    opened: list[OpenList] = []
    for nodes, label in blocks:
        if label is None:
            continue
        number = _FIGURES.fullmatch(label.text)
        count = int(number[1]) if number else 0
        level = min(label.level, MOST_DEEP)
        while opened and opened[-1].level > level:
            close_list(opened, made)
        if opened and (last := opened[-1]).level == level:
            is_alike = last.is_numbered == bool(number) and last.is_bulleted == label.is_bullet
            if not is_alike or (number and count != last.next_number):
                close_list(opened, made)
        if not opened or opened[-1].level < level:
            opened.append(OpenList(level, bool(number), count if number else 1, is_bulleted=label.is_bullet))
        opened[-1].items.append((list(nodes), "" if number or label.is_bullet else " ".join(label.text.split())))
        opened[-1].next_number = count + 1
    while opened:
        close_list(opened, made)


def count_in(kind: str, count: int) -> str:
    """Return a number in a numFmt of Word, in figures if that is unknown."""
    if kind == "none":
        return ""
    if custom := re.match(r"custom:(0*\d)", kind):
        return str(count).zfill(len(custom[1]))
    return _FORMATS.get(kind, str)(count) if 0 < count <= _MOST else str(count)


def _letters(count: int) -> str:
    # After Z comes AA, then BB.
    return _LETTERS[(count - 1) % 26] * ((count - 1) // 26 + 1)


_FORMATS: dict[str, Callable[[int], str]] = {
    "upperRoman": write_roman,
    "lowerRoman": lambda count: write_roman(count).lower(),
    "upperLetter": _letters,
    "lowerLetter": lambda count: _letters(count).lower(),
    "decimalZero": lambda count: f"{count:02}",
    "numberInDash": lambda count: f"- {count} -",
    **dict.fromkeys(
        ("vietnameseCounting", "cardinalText"), lambda count: say_number(count) if count < 100 else str(count)
    ),
    **dict.fromkeys(
        ("decimalEnclosedCircle", "decimalEnclosedCircleChinese"),
        lambda count: chr(0x2460 + count - 1) if count <= 20 else str(count),
    ),
}
