"""The pieces that a paragraph of a .docx consists of, and the HTML that they become."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from xml.etree.ElementTree import Element

_NO_MARKS: frozenset[str] = frozenset()
# A letter that stands over its line is a power or an index where it is short.
_LONGEST_RAISED = 3
_SHIFTED = {"raised": "sup", "lowered": "sub"}
_EDGES = re.compile(r"^\s+|\s+$|\S(?:.*\S)?", re.DOTALL)


class Span(NamedTuple):
    """A piece of a paragraph: text, break, page (a break after which a paragraph begins), html, picture or box."""

    kind: str
    text: str = ""
    marks: frozenset[str] = _NO_MARKS
    link: str = ""
    font: str = ""
    box: Element | None = None


BREAK, PAGE = Span("break"), Span("page")


def is_empty(pieces: Sequence[Span]) -> bool:
    """Tell whether nothing of these is seen."""
    return not any(piece.kind not in {"break", "page", "text"} or piece.text.strip() for piece in pieces)


def plain_text(pieces: Sequence[Span]) -> str:
    """Return the text of pieces, a space for what breaks it."""
    return "".join(piece.text if piece.kind == "text" else " " for piece in pieces)


def split_at_pages(pieces: Sequence[Span]) -> list[list[Span]]:
    """Return what stands between the breaks of pages and columns."""
    found: list[list[Span]] = [[]]
    for piece in pieces:
        if piece.kind == "page":
            found.append([])
        else:
            found[-1].append(piece)
    return found


def to_html(pieces: Sequence[Span]) -> str:
    """Return pieces as HTML. A space is marked only where both its sides are, a break never."""
    return "".join(_nested(_settled(pieces), _NO_MARKS))


def _settled(pieces: Sequence[Span]) -> list[Span]:
    """Return the pieces with the spaces at their ends apart, a space marked where both its sides are so."""
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
    """Yield pieces with their tags: of the marks of a piece the one that lasts longest is the outermost."""
    at = 0
    while at < len(pieces):
        piece = pieces[at]
        names = ({f"a {piece.link}"} if piece.link else set()) | piece.marks
        lasting = {name: _end(pieces, at, name) for name in names - around}
        if not lasting:
            yield {"text": escape(piece.text, quote=False), "break": "<br>"}.get(piece.kind, piece.text)
            at += 1
            continue
        # A link goes around what it is set in: half a link is none.
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
