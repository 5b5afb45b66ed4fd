"""Paragraphs and items of a .docx in a row -> HTML in which the items stand in lists, level in level."""

from __future__ import annotations

import re
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from plugins.word.docx.numbers import Label

_FIGURES = re.compile(r"(0|[1-9]\d{0,8})[.)]")


class Flow(NamedTuple):
    """A block as HTML; an item where Word shows something before it."""

    html: str
    label: Label | None = None


def join_blocks(blocks: Iterable[Flow]) -> str:
    """Return blocks as HTML, what are items side by side in lists."""
    written = []
    for is_item, group in groupby(blocks, lambda block: block.label is not None):
        blocks_of_kind = list(group)
        written.append(_lists(blocks_of_kind) if is_item else "".join(block.html for block in blocks_of_kind))
    return "".join(written)


class _Open(NamedTuple):
    level: int
    tag: str
    is_labelled: bool
    next_number: int


def _lists(items: Sequence[Flow]) -> str:
    written: list[str] = []
    opened: list[_Open] = []
    for html, label in items:
        if label is None:
            continue
        number = _FIGURES.fullmatch(label.text)
        tag = "ol" if number else "ul"
        while opened and opened[-1].level > label.level:
            written.append(f"</li></{opened.pop().tag}>")
        if opened and opened[-1].level == label.level:
            is_alike = opened[-1].tag == tag and opened[-1].is_labelled != label.is_bullet
            goes_on = is_alike and (not number or int(number[1]) == opened[-1].next_number)
            written.append("</li>" if goes_on else f"</li></{opened.pop().tag}>")
        if not opened or opened[-1].level < label.level:
            start = f' start="{number[1]}"' if number and number[1] != "1" else ""
            written.append(f"<{tag}{start}>")
        else:
            opened.pop()
        opened.append(_Open(label.level, tag, not label.is_bullet, int(number[1]) + 1 if number else 0))
        shown = "" if number or label.is_bullet else f' data-label="{escape(label.text)}"'
        written.append(f"<li{shown}>{html}")
    written += [f"</li></{one.tag}>" for one in reversed(opened)]
    return "".join(written)
