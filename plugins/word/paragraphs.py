"""Inlines as a reader of documents finds them -> paragraphs."""

import re
from collections.abc import Iterable
from itertools import groupby

from plugins.word.nodes import NO_MARKS, Inline, Node, Paragraph, Quote, words_of
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


def split_at_pages(inlines: Iterable[Inline]) -> list[list[Inline]]:
    """Return the inlines between breaks of pages and columns."""
    found: list[list[Inline]] = [[]]
    for one in inlines:
        if one.kind == "page":
            found.append([])
        else:
            found[-1].append(one)
    return found


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
            marks = _shifted(one)
            words += [one._replace(text=word, marks=marks) for word in _EDGES.findall(one.text)]
        else:
            words.append(one)
    settled = []
    for at, one in enumerate(words):
        if one.kind == "text" and one.text.isspace():
            before, after = words[at - 1] if at else BREAK, words[at + 1] if at + 1 < len(words) else BREAK
            href = before.href if before.href == after.href else ""
            marks = before.marks - {"sup", "sub"} if before.marks == after.marks else NO_MARKS
            settled.append(one._replace(marks=marks, href=href))
        else:
            settled.append(one)
    return settled


def _shifted(one: Inline) -> frozenset[str]:
    if not one.marks & _SHIFTED.keys():
        return one.marks
    is_short = len(one.text.strip()) <= _LONGEST_RAISED
    return one.marks.difference(_SHIFTED) | {_SHIFTED[mark] for mark in one.marks & _SHIFTED.keys() if is_short}


def text_of(nodes: Iterable[Node]) -> str:
    """Return the text of paragraphs."""
    return " ".join(words_of(node.pieces) for node in nodes if isinstance(node, Paragraph))
