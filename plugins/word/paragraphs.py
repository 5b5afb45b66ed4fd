"""Inlines as a reader of documents finds them -> paragraphs."""

import re
from collections.abc import Iterable
from itertools import groupby

from plugins.word.nodes import NO_MARKS, Inline, Node, Paragraph, Quote
from plugins.word.pieces import is_rule, tidy
from plugins.word.report import ImportReport

# Raised or lowered text is a power or an index only if it is short.
_LONGEST_RAISED = 3
_SHIFTED = {"raised": "sup", "lowered": "sub"}
# Kinds of paragraphs that are no headings.
RUNNING = {"p", "caption", "quote"}
_EDGES = re.compile(r"^\s+|\s+$|\S(?:.*\S)?", re.DOTALL)
_SAFE_LINK = re.compile(r"(https?://|mailto:|tel:)\S", re.IGNORECASE)
_OWN_FILE = re.compile(r"file:|[a-z]:|(?![a-z][\w+.-]*:)", re.IGNORECASE)
# Characters that would end an address in Markdown, or mean something in it.
_UNSAFE = {ord(letter): f"%{ord(letter):02X}" for letter in ' ()<>"[]\\`{}|^'}
_LONGEST_LINK = 2_000
BREAK, PAGE = Inline("break"), Inline("page")


def is_empty(inlines: Iterable[Inline]) -> bool:
    """Tell whether none of these is visible."""
    return not any(one.kind not in {"break", "page", "text"} or one.text.strip() for one in inlines)


def make_paragraph(
    inlines: Iterable[Inline], kind: str, report: ImportReport, *, is_title: bool = False, is_loose: bool = False
) -> list[Node]:
    """Return a paragraph of this kind: title, h1 … h6, caption, quote or p; nothing for a drawn line or blanks."""
    linked = _settle_links(inlines, report)
    if is_rule(linked):
        report.changed["đường kẻ trang trí đã bỏ"] += 1
        return []
    if not (tidied := tidy(linked, report)):
        return []
    level = 1 if kind == "title" else int(kind[1]) if kind not in RUNNING else 0
    paragraph = Paragraph(
        tidied, level, is_title=is_title or kind == "title", is_caption=kind == "caption", is_loose=is_loose
    )
    return [Quote((paragraph,))] if kind == "quote" else [paragraph]


def _settle_links(inlines: Iterable[Inline], report: ImportReport) -> list[Inline]:
    """Return inlines with addresses as Markdown may have them; links that no page can have are reported."""
    made: list[Inline] = []
    for href, group in groupby(inlines, lambda one: one.href.strip()):
        address = f"http://{href}" if href.lower().startswith("www.") else href
        if _SAFE_LINK.match(address) and len(address) <= _LONGEST_LINK:
            address = address.translate(_UNSAFE)
        elif href:
            if not href.startswith("#"):
                what = "tới tệp trên máy người viết" if _OWN_FILE.match(address) else "không mở được trên trang"
                report.lost[f"liên kết {what} (giữ chữ)"] += 1
            address = ""
        made += (one._replace(href=address) for one in group)
    return made


def settle_spaces(inlines: Iterable[Inline]) -> list[Inline]:
    """Return inlines with the spaces at the ends of texts apart, each marked if both its neighbours are."""
    words: list[Inline] = []
    for one in inlines:
        if one.kind == "text":
            is_short = len(one.text.strip()) <= _LONGEST_RAISED
            shifts = {tag for mark, tag in _SHIFTED.items() if mark in one.marks and is_short}
            marks = one.marks.difference(_SHIFTED) | shifts
            words += [one._replace(text=word, marks=marks) for word in _EDGES.findall(one.text)]
        else:
            words.append(one)
    settled = []
    for before, one, after in zip([BREAK, *words], words, [*words[1:], BREAK], strict=False):
        if one.kind == "text" and one.text.isspace():
            href = before.href if before.href == after.href else ""
            marks = before.marks - {"sup", "sub"} if before.marks == after.marks else NO_MARKS
            settled.append(one._replace(marks=marks, href=href))
        else:
            settled.append(one)
    return settled


def text_of(nodes: Iterable[Node]) -> str:
    """Return the text of paragraphs."""
    return " ".join(node.words for node in nodes if isinstance(node, Paragraph))
