"""The text of a paragraph of Word over its runs: where fields stand in it, however Word has cut it into pieces."""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from plugins.letters.template import tag

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

# «tên xã», [[tên xã]] and <<tên xã>>: the first is what Word shows for a field of a mail merge, the second is on every
# keyboard, and some programs make the first of the third while it is typed.
_MARK = re.compile(r"«([^«»]{1,120})»|\[\[([^\[\]]{1,120})\]\]|<<([^<>]{1,120})>>")
_HALF = re.compile(r"«[^«»]{0,40}|[^«»]{0,40}»|\[\[[^\[\]]{0,40}|[^\[\]]{0,40}\]\]")
_MERGED = re.compile(r'\s*MERGEFIELD\s+(?:"([^"]+)"|(\S+))', re.IGNORECASE)
_AS_TEXT = {tag("tab"): " ", tag("br"): " ", tag("cr"): " ", tag("noBreakHyphen"): "-", tag("softHyphen"): ""}
# Not of this paragraph, or no text of it.
_APART = {tag(name) for name in ("p", "pPr", "rPr", "del", "moveFrom", "tbl")}
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# What stands for a fact that nobody has filled in, alone or within a value.
_GAP, _DOTS = "……", "……………"


@dataclass(frozen=True)
class Mark:
    """A field where it stands in a paragraph: its name as it is written there, and from which letter to which."""

    name: str
    start: int
    end: int


class Text:
    """A paragraph's text, and the pieces that it consists of."""

    def __init__(self, paragraph: Element) -> None:
        self._pieces = [(one, _text_of(one)) for one in _walk(paragraph)]
        self.written = "".join(text for _, text in self._pieces)

    @property
    def marks(self) -> list[Mark]:
        return [Mark(next(filter(None, m.groups())), m.start(), m.end()) for m in _MARK.finditer(self.written)]

    @property
    def halves(self) -> list[str]:
        """The beginnings and ends of fields that have no other end."""
        return [found[0].strip() for found in _HALF.finditer(_MARK.sub(" ", self.written))]

    def fill(self, values: list[tuple[Mark, str]]) -> None:
        """Put values in place of fields, each in the form of the field's first letter; for "" dots in yellow."""
        # From the last on, so that what stands before keeps its place; what was put in is not looked at again.
        for mark, value in sorted(values, key=lambda one: one[0].start, reverse=True):
            _put(self._cut(mark.start, mark.end), _NO_TEXT.sub("", value))

    def _cut(self, start: int, end: int) -> Element:
        """Take out what stands from one letter to another. Returns the piece at whose end it began."""
        at, first = 0, None
        for number, (piece, text) in enumerate(self._pieces):
            here, at = at, at + len(text)
            if here >= end:
                break
            if at <= start:
                continue
            kept, rest = text[: max(0, start - here)], text[end - here :] if at > end else ""
            if piece.tag != tag("t"):
                piece.getparent().remove(piece)
                self._pieces[number] = piece, ""
            elif first is None:
                first = piece
                _write(piece, kept)
                self._pieces[number] = piece, kept
                if rest:
                    _write(_add_behind(piece, "t"), rest)
            else:
                _write(piece, rest)
                self._pieces[number] = piece, rest
        if first is None:
            raise AssertionError("a field begins in a piece of text")
        return first


def _walk(paragraph: Element) -> Iterator[Element]:
    """Yield the pieces of a paragraph in order, not those of one within it, such as a text box."""
    waiting = list(reversed(paragraph))
    while waiting:
        one = waiting.pop()
        if one.tag == tag("t") or one.tag in _AS_TEXT:
            yield one
        elif one.tag not in _APART:
            waiting += reversed(one)


def _text_of(piece: Element) -> str:
    return piece.text or "" if piece.tag == tag("t") else _AS_TEXT[str(piece.tag)]


def _write(piece: Element, text: str) -> None:
    piece.text = text
    piece.set(_SPACE, "preserve")


def is_unknown(value: str) -> bool:
    """Tell whether a value, or a part of it, is still to be written."""
    return not value or _GAP in value


def _put(piece: Element, value: str) -> None:
    """Put a value behind a piece of text, in its run; what is missing in a run of its own, marked."""
    run = piece.getparent()
    if not is_unknown(value) or run is None or run.tag != tag("r"):
        _add_lines(piece, value or _DOTS)
        return
    form = run.find(tag("rPr"))
    after, dots = etree.Element(tag("r"), nsmap=run.nsmap), etree.Element(tag("r"), nsmap=run.nsmap)
    for new in (after, dots):
        if form is not None:
            new.append(deepcopy(form))
    after.extend(list(piece.itersiblings()))
    _highlight(dots)
    _add_lines(etree.SubElement(dots, tag("t")), value or _DOTS)
    run.addnext(dots)
    dots.addnext(after)


def _add_lines(piece: Element, value: str) -> None:
    for number, line in enumerate(value.split("\n")):
        if number:
            piece = _add_behind(piece, "br")
        piece = _add_behind(piece, "t")
        _write(piece, line)


def _add_behind(piece: Element, name: str) -> Element:
    new = etree.Element(tag(name))
    piece.addnext(new)
    return new


# What stands behind a highlight in the properties of a run (ISO/IEC 29500-1, 17.3.2.28).
_BEHIND = (
    "u",
    "effect",
    "bdr",
    "shd",
    "fitText",
    "vertAlign",
    "rtl",
    "cs",
    "em",
    "lang",
    "eastAsianLayout",
    "specVanish",
    "oMath",
)


def _highlight(run: Element) -> None:
    form = run.find(tag("rPr"))
    if form is None:
        form = etree.SubElement(run, tag("rPr"))
    for old in form.findall(tag("highlight")):
        form.remove(old)
    yellow = etree.Element(tag("highlight"), {tag("val"): "yellow"})
    behind = next((one for one in form if one.tag in {tag(name) for name in _BEHIND}), None)
    if behind is None:
        form.append(yellow)
    else:
        behind.addprevious(yellow)


def unwrap_merge_fields(root: Element) -> None:
    """Make plain marks of the fields of a mail merge: «name», as Word shows them."""
    for simple in list(root.iter(tag("fldSimple"))):
        if found := _MERGED.match(simple.get(tag("instr"), "")):
            run = next(iter(simple.iterchildren(tag("r"))), None)
            kept = etree.Element(tag("r")) if run is None else run
            for text in kept.findall(tag("t")):
                kept.remove(text)
            _write(etree.SubElement(kept, tag("t")), f"«{found[1] or found[2]}»")
            simple.getparent().replace(simple, kept)
    for paragraph in root.iter(tag("p")):
        _unwrap_runs(paragraph)


def _unwrap_runs(paragraph: Element) -> None:
    """Do so for the fields that a paragraph has in runs: a begin, an instruction, what Word shows, and an end."""
    opened: list[list[Element]] = []
    for one in list(paragraph.iter(tag("fldChar"), tag("instrText"), tag("t"))):
        kind = one.get(tag("fldCharType"))
        if kind == "begin":
            opened.append([])
        if opened:
            opened[-1].append(one)
        if kind != "end" or not opened:
            continue
        pieces = opened.pop()
        code = "".join(piece.text or "" for piece in pieces if piece.tag == tag("instrText"))
        found = _MERGED.match(code)
        if not found:
            continue
        name, shown = f"«{found[1] or found[2]}»", [piece for piece in pieces if piece.tag == tag("t")]
        if not shown:
            shown = [etree.SubElement(pieces[0].getparent(), tag("t"))]
        for number, piece in enumerate(shown):
            _write(piece, "" if number else name)
        for piece in pieces:
            if piece.tag != tag("t"):
                piece.getparent().remove(piece)
