"""Paragraphs with their labels -> HTML with nested lists."""

from __future__ import annotations

import re
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from plugins.word.report import TEXT_BOXES
from plugins.word.spans import RUNNING, Span, is_empty, plain_text, split_at_pages, to_html, write_paragraph

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from xml.etree.ElementTree import Element

    from plugins.word.labels import Label
    from plugins.word.report import ImportReport

_FIGURES = re.compile(r"(0|[1-9]\d{0,8})[.)]")


class Flow(NamedTuple):
    """A block as HTML, and the label before it if it is an item of a list."""

    html: str
    label: Label | None = None


def flow_paragraph(
    spans: Sequence[Span],
    kind: str,
    label: Label | None,
    read_box: Callable[[Element], str],
    report: ImportReport,
    *,
    in_cell: bool,
) -> Iterator[Flow]:
    """Yield a paragraph as blocks: its text under its label, and the text boxes anchored in it, read by `read_box`."""
    lines = [line for line in split_at_pages([span for span in spans if span.kind != "box"]) if not is_empty(line)]
    boxes = "".join(read_box(span.box) for span in spans if span.kind == "box" and span.box is not None)
    report.changed[TEXT_BOXES] += bool(boxes)
    if label and not lines and not boxes:
        # The number is visible all the same. In a table that may be the column of numbers; elsewhere it is a slip.
        if in_cell and label.text:
            yield Flow(f"<p>{escape(label.text)}</p>")
        return
    if label and kind in RUNNING:
        is_plain = len(lines) == 1 and not boxes
        yield Flow(
            to_html(lines[0]) if is_plain else "".join(write_paragraph(line, "p") for line in lines) + boxes, label
        )
        return
    if label and label.text and lines:
        gap = label.gap or ("" if plain_text(lines[0])[:1] in {":", ".", ",", " "} else " ")
        lines[0].insert(0, Span("text", f"{label.text}{gap}"))
    for line in lines:
        yield Flow(write_paragraph(line, kind))
    if boxes:
        yield Flow(boxes)


def join_blocks(blocks: Iterable[Flow]) -> str:
    """Return blocks as HTML, neighbouring items in lists."""
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
