"""The spans of a paragraph, and the HTML that they and the notes of a document become."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from xml.etree.ElementTree import Element

_NO_MARKS: frozenset[str] = frozenset()
# Raised or lowered text is a power or an index only if it is short.
_LONGEST_RAISED = 3
_SHIFTED = {"raised": "sup", "lowered": "sub"}
_TAGS = {
    "title": ('<h1 class="title">', "</h1>"),
    "caption": ('<p class="caption">', "</p>"),
    "quote": ("<blockquote><p>", "</p></blockquote>"),
}
# Kinds of paragraphs that are no headings.
RUNNING = {"p", "caption", "quote"}
_EDGES = re.compile(r"^\s+|\s+$|\S(?:.*\S)?", re.DOTALL)


class Span(NamedTuple):
    """Part of a paragraph: text, break, page (a break that ends the paragraph), html, picture or box."""

    kind: str
    text: str = ""
    marks: frozenset[str] = _NO_MARKS
    link: str = ""
    font: str = ""
    box: Element | None = None


BREAK, PAGE = Span("break"), Span("page")


def is_empty(pieces: Sequence[Span]) -> bool:
    """Tell whether none of these is visible."""
    return not any(piece.kind not in {"break", "page", "text"} or piece.text.strip() for piece in pieces)


def plain_text(pieces: Sequence[Span]) -> str:
    """Return the text of spans, a space for anything else."""
    return "".join(piece.text if piece.kind == "text" else " " for piece in pieces)


def split_at_pages(pieces: Sequence[Span]) -> list[list[Span]]:
    """Return the spans between breaks of pages and columns."""
    found: list[list[Span]] = [[]]
    for piece in pieces:
        if piece.kind == "page":
            found.append([])
        else:
            found[-1].append(piece)
    return found


def mark_note(number: int) -> str:
    """Return the reference to a note."""
    return f'<sup><a href="#footnote-{number}" id="footnote-ref-{number}">[{number}]</a></sup>'


def write_notes(notes: Iterable[tuple[int, str]]) -> str:
    """Return numbered notes, each HTML, as a list; "" for none."""
    items = "".join(f'<li id="footnote-{number}">{note}</li>' for number, note in notes)
    return f"<ol>{items}</ol>" if items else ""


def write_paragraph(spans: Sequence[Span], kind: str) -> str:
    """Return a paragraph of this kind: title, h1 … h6, caption, quote or p; pictures of a heading follow it."""
    before, after = _TAGS.get(kind, (f"<{kind}>", f"</{kind}>"))
    if kind in RUNNING:
        return f"{before}{to_html(spans)}{after}"
    pictures = "".join(f"<p>{span.text}</p>" for span in spans if span.kind == "picture")
    words = [span for span in spans if span.kind != "picture"]
    return pictures if is_empty(words) else f"{before}{to_html(words)}{after}{pictures}"


def write_cell(tag: str, html: str, down: int, across: int) -> str:
    """Return a td or th over so many rows and columns."""
    spans = "".join(f' {name}="{span}"' for name, span in (("rowspan", down), ("colspan", across)) if span > 1)
    return f"<{tag}{spans}>{html}</{tag}>"


def compose_table(heads: Iterable[str], rows: Iterable[str]) -> str:
    """Return a table of rows, each the HTML of its cells."""
    head, body = ("".join(f"<tr>{row}</tr>" for row in part) for part in (heads, rows))
    return f"<table>{f'<thead>{head}</thead>' if head else ''}{body}</table>"


def to_html(pieces: Sequence[Span]) -> str:
    """Return spans as HTML. A space is marked only if both its neighbours are, a break never."""
    return "".join(_nested(_settled(pieces), _NO_MARKS))


def _settled(pieces: Sequence[Span]) -> list[Span]:
    """Return spans with the spaces at their ends apart, each marked if both its neighbours are."""
    words: list[Span] = []
    for piece in pieces:
        if piece.kind == "text":
            marks = _shifted(piece)
            words += [piece._replace(text=word, marks=marks) for word in _EDGES.findall(piece.text)]
        elif piece.kind in {"break", "html", "picture"}:
            words.append(piece)
    settled = []
    for at, piece in enumerate(words):
        if piece.kind == "text" and piece.text.isspace():
            before, after = words[at - 1] if at else BREAK, words[at + 1] if at + 1 < len(words) else BREAK
            link = before.link if before.link == after.link else ""
            marks = before.marks - {"sup", "sub"} if before.marks == after.marks else _NO_MARKS
            settled.append(piece._replace(marks=marks, link=link))
        else:
            settled.append(piece)
    return settled


def _shifted(piece: Span) -> frozenset[str]:
    if not piece.marks & _SHIFTED.keys():
        return piece.marks
    is_short = len(piece.text.strip()) <= _LONGEST_RAISED
    return piece.marks - _SHIFTED.keys() | {_SHIFTED[mark] for mark in piece.marks & _SHIFTED.keys() if is_short}


def _nested(pieces: Sequence[Span], around: frozenset[str]) -> Iterator[str]:
    """Yield spans with their tags; of the marks of a span the longest is the outermost."""
    at = 0
    while at < len(pieces):
        piece = pieces[at]
        names = ({f"a {piece.link}"} if piece.link else set()) | piece.marks
        lasting = {name: _end(pieces, at, name) for name in names - around}
        if not lasting:
            yield {"text": escape(piece.text, quote=False), "break": "<br>"}.get(piece.kind, piece.text)
            at += 1
            continue
        # A link is outermost: it must not be split.
        name = max(lasting, key=lambda name: (name.startswith("a "), lasting[name], name))
        inner = "".join(_nested(pieces[at : lasting[name]], around | {name}))
        if name.startswith("a "):
            yield f'<a href="{escape(piece.link)}">{inner}</a>'
        else:
            yield f"<{name}>{inner}</{name}>"
        at = lasting[name]


def _end(pieces: Sequence[Span], at: int, name: str) -> int:
    while at < len(pieces) and (name in pieces[at].marks or (name.startswith("a ") and pieces[at].link == name[2:])):
        at += 1
    return at
