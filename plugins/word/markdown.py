"""Nodes of a document -> Markdown that Python-Markdown reads as the same text."""

import re
from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from plugins.word.nodes import NO_MARKS, GridTable, Inline, ListBlock, Node, Paragraph, Quote, words_of

# Python-Markdown removes a backslash before these, but not before "<" and "&".
_SPECIAL = re.compile(r"[\\`*_{\[]")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_LINE_START = re.compile(r"^(?=[#>]|[-+](?:\s|$))")
_DASHES = re.compile(r"-{2,}\s*")
_NUMBERED = re.compile(r"^(\d+)([.)])(?=\s|$)")
_ODD_START = re.compile(r"^([:=~])(?=[\s=~])")
_NOTE_START = re.compile(r"^(\[\^\d+\]):")
_RAISED = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")
_LOWERED = str.maketrans("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋")
_INDENT = "    "
_EMPHASIS = frozenset(("strong", "em"))
_STARS = {NO_MARKS: "", frozenset(("strong",)): "**", frozenset(("em",)): "*", _EMPHASIS: "***"}
# Between two lists that Markdown would join.
_APART = "<!-- -->"


class _Unit(NamedTuple):
    """Markdown, and the emphasis to put around it."""

    text: str
    marks: frozenset[str] = NO_MARKS


def render_blocks(nodes: Sequence[Node], *, in_list: bool = False) -> list[str]:
    """Return each node as Markdown, without blank lines around it."""
    return [
        f"{_APART}\n\n" * _must_part(before, node) + _block(node, in_list=in_list)
        for before, node in pairwise((None, *nodes))
        if node
    ]


def render_markdown(nodes: Sequence[Node], *, in_list: bool = False) -> str:
    """Return nodes as Markdown without blank lines around them."""
    written = render_blocks(nodes, in_list=in_list)
    for at, (before, node) in enumerate(pairwise(nodes), 1):
        is_tight = isinstance(before, Paragraph) and before.is_loose and isinstance(node, ListBlock)
        written[at] = ("\n" if is_tight else "\n\n") + written[at]
    return "".join(written)


def _must_part(before: Node | None, after: Node) -> bool:
    """Tell whether the second of two lists would continue with a number other than its own."""
    match before, after:
        case ListBlock(items, True, start), ListBlock(_, True, own):
            return own != start + len(items)
    return False


def _block(node: Node, *, in_list: bool) -> str:
    match node:
        case ListBlock():
            return "\n".join(_items(node))
        case Quote(blocks=blocks):
            return "\n".join(f"> {line}".rstrip() for line in render_markdown(blocks).split("\n"))
        case GridTable(rows=rows):
            lines = [f"| {' | '.join(map(_cell, row))} |" for row in rows]
            lines.insert(1, f"|{'---|' * len(rows[0])}")
            return "\n".join(lines)
        case Paragraph():
            return _paragraph(node, in_list=in_list)
    return ""


def _paragraph(node: Paragraph, *, in_list: bool) -> str:
    if node.is_picture:
        return _picture(node.pieces[0], node.caption)
    if node.level:
        # Hashes at the end would close the heading.
        text = re.sub(r"#(?=#*$)", r"\\#", _inline(node.pieces).replace("\n", " "))
        return f"{'#' * node.level} {text}"
    text = _inline(node.pieces)
    if in_list or "\n" in text:
        # Consecutive lines with bars would become a table.
        text = text.replace("|", "\\|")
    return "  \n".join(map(_safe_start, text.split("\n")))


def _cell(pieces: Sequence[Inline]) -> str:
    return _inline(pieces).replace("|", "\\|").replace("\n", "<br>")


def _safe_start(line: str) -> str:
    """Return a line escaped so that it can only begin a paragraph."""
    if _DASHES.fullmatch(line):
        return line.replace("-", "\\-")
    line = _NUMBERED.sub(r"\1\\\2", _LINE_START.sub(r"\\", line))
    line = _NOTE_START.sub(r"\1&#58;", line)
    return _ODD_START.sub(lambda match: f"&#{ord(match[1])};", line)


def _items(node: ListBlock) -> Iterable[str]:
    for number, item in enumerate(node.items, node.start):
        # Four spaces make the lines below part of the item.
        text = render_markdown(item.blocks, in_list=True)
        lines = "\n".join(line and f"{_INDENT}{line}" for line in text.split("\n")).lstrip()
        yield f"{number}. {lines}" if node.is_numbered else f"- {lines}"


def _picture(piece: Inline, caption: str = "") -> str:
    alt = _escape(re.sub(r"[\[\]]", "", piece.alt))
    caption = re.sub(r'"([^"]*)"', r"“\1”", caption).replace('"', "”")
    title = f' "{_escape(caption)}"' if caption else ""
    return f"![{alt}]({piece.text}{title})"


def _escape(text: str, *, in_link: bool = False) -> str:
    text = _SPECIAL.sub(lambda match: f"\\{match[0]}", text)
    text = _ENTITY.sub("&amp;", text).replace("<", "&lt;")
    return text.replace("]", "\\]") if in_link else text


def _inline(pieces: Sequence[Inline]) -> str:
    """Return the inlines of a paragraph, a line feed for each break; emphasis never spans one."""
    units: list[_Unit] = []
    groups = [(href, list(group)) for href, group in groupby(pieces, lambda piece: piece.href)]
    for (href, group), (_, after) in zip(groups, [*groups, ("", [])][1:], strict=True):
        if not href:
            units += map(_unit, group)
            continue
        if units and units[-1].text.endswith("!"):
            # Before a link it would make a picture.
            units[-1] = units[-1]._replace(text=f"{units[-1].text[:-1]}\\!")
        around = {unit.marks for unit in units[-1:]} | {piece.marks & _EMPHASIS for piece in after[:1]}
        units += _link(group, href, around)
    return _joined(units)


def _link(pieces: Sequence[Inline], href: str, around: set[frozenset[str]]) -> Iterable[_Unit]:
    """Return a link; emphasis shared with its neighbours goes around both."""
    if not (words := words_of(pieces)).strip():
        return map(_unit, pieces)
    shared = frozenset.intersection(*(piece.marks for piece in pieces if piece.kind == "text")) & _EMPHASIS
    shared = shared if shared in around else NO_MARKS
    inner = _joined(_unit(piece._replace(marks=piece.marks - shared), in_link=True) for piece in pieces)
    before, after = " " * words.startswith(" "), " " * words.endswith(" ")
    return [_Unit(f"{before}[{inner.strip().replace(chr(10), ' ')}]({href}){after}", shared)]


def _unit(piece: Inline, *, in_link: bool = False) -> _Unit:
    if piece.kind == "text":
        text = _escape(piece.text, in_link=in_link)
        for tag, letters in (("sup", _RAISED), ("sub", _LOWERED)):
            if tag in piece.marks:
                is_unicode = all(ord(letter) in letters for letter in text)
                text = text.translate(letters) if is_unicode else _wrapped(f"<{tag}>", text, f"</{tag}>")
        # Python-Markdown has no ~~, and struck text must not reappear as plain.
        return _Unit(_wrapped("<s>", text, "</s>") if "s" in piece.marks else text, piece.marks & _EMPHASIS)
    if piece.kind == "picture":
        return _Unit(_picture(piece))
    return _Unit("\n" if piece.kind == "break" else f"[^{piece.text}]")


def _joined(units: Iterable[_Unit]) -> str:
    return "".join(
        _wrapped(_STARS[marks], "".join(unit.text for unit in group), _STARS[marks])
        for marks, group in groupby(units, lambda unit: unit.marks)
    )


def _wrapped(before: str, text: str, after: str) -> str:
    """Return text between two marks, with the spaces at its ends outside them."""
    core = text.strip(" ")
    start = text.index(core)
    return f"{text[:start]}{before}{core}{after}{text[start + len(core) :]}" if core else text
