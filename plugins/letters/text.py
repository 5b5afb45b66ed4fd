"""The text of a Word paragraph across its runs, and the merge fields in it."""

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass

from lxml import etree
from lxml.etree import _Element as Element

from plugins.letters.template import tag

# «tên xã» is how Word shows a merge field, [[tên xã]] can be typed on every keyboard, and some programs turn <<tên xã>>
# into the first while it is typed.
_MARK = re.compile(r"«([^«»]{1,120})»|\[\[([^\[\]]{1,120})\]\]|<<([^<>]{1,120})>>")
_HALF = re.compile(r"«[^«»]{0,40}|[^«»]{0,40}»|\[\[[^\[\]]{0,40}|[^\[\]]{0,40}\]\]")
_MERGED = re.compile(r'\s*MERGEFIELD\s+(?:"([^"]+)"|(\S+))', re.IGNORECASE)
_AS_TEXT = {tag("tab"): " ", tag("br"): " ", tag("cr"): " ", tag("noBreakHyphen"): "-", tag("softHyphen"): ""}
# Elements with text of another paragraph, or with no text.
_APART = {tag(name) for name in ("p", "pPr", "rPr", "del", "moveFrom", "tbl")}
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Placeholders for an unknown value, within one or alone.
_GAP, _DOTS = "……", "……………"


@dataclass(frozen=True)
class FieldMark:
    """A field in a paragraph: its name as written, and its start and end in the text."""

    name: str
    start: int
    end: int


class Text:
    """A paragraph's text, and the elements that it consists of."""

    def __init__(self, paragraph: Element) -> None:
        self._pieces = [(one, _AS_TEXT.get(str(one.tag), one.text or "")) for one in _walk(paragraph)]
        self.written = "".join(text for _, text in self._pieces)

    @property
    def marks(self) -> list[FieldMark]:
        return [FieldMark(next(filter(None, m.groups())), m.start(), m.end()) for m in _MARK.finditer(self.written)]

    @property
    def halves(self) -> list[str]:
        """Opening marks without a closing one, and closing marks without an opening one."""
        return [found[0].strip() for found in _HALF.finditer(_MARK.sub(" ", self.written))]

    def fill(self, values: list[tuple[FieldMark, str]]) -> None:
        """Replace fields by values in the format of their first letter; "" becomes highlighted dots."""
        # From the last on, so that the other positions stay valid and inserted text is never searched.
        for mark, value in sorted(values, key=lambda one: one[0].start, reverse=True):
            _put(self._cut(mark.start, mark.end), _NO_TEXT.sub("", value))

    def _cut(self, start: int, end: int) -> Element:
        """Remove the text between two positions. Return the element after whose text it began."""
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
    """Yield the text elements of a paragraph in order, except those of a paragraph in it, as in a text box."""
    waiting = list(reversed(paragraph))
    while waiting:
        one = waiting.pop()
        if one.tag == tag("t") or one.tag in _AS_TEXT:
            yield one
        elif one.tag not in _APART:
            waiting += reversed(one)


def _write(piece: Element, text: str) -> None:
    piece.text = text
    piece.set(_SPACE, "preserve")


def is_unknown(value: str) -> bool:
    """Return whether a value, or a part of it, is still to be written."""
    return not value or _GAP in value


def _put(piece: Element, value: str) -> None:
    """Insert a value after a text element; an unknown one goes into a highlighted run of its own."""
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


# The run properties that must follow a highlight (ISO/IEC 29500-1, 17.3.2.28).
_LATER = re.compile(r"\}(u|effect|bdr|shd|fitText|vertAlign|rtl|cs|em|lang|eastAsianLayout|specVanish|oMath)$")


def _highlight(run: Element) -> None:
    if (form := run.find(tag("rPr"))) is None:
        form = etree.SubElement(run, tag("rPr"))
    for old in form.findall(tag("highlight")):
        form.remove(old)
    yellow = etree.Element(tag("highlight"), {tag("val"): "yellow"})
    form.insert(next((at for at, one in enumerate(form) if _LATER.search(str(one.tag))), len(form)), yellow)


def unwrap_merge_fields(root: Element) -> None:
    """Replace Word's own MERGEFIELD fields by plain marks, «name»."""
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
    """Replace the complex fields of a paragraph: begin, instruction, shown text and end, each in a run."""
    opened: list[list[Element]] = []
    for one in list(paragraph.iter(tag("fldChar"), tag("instrText"), tag("t"))):
        if (kind := one.get(tag("fldCharType"))) == "begin":
            opened.append([])
        if opened:
            opened[-1].append(one)
        if kind != "end" or not opened:
            continue
        pieces = opened.pop()
        code = "".join(piece.text or "" for piece in pieces if piece.tag == tag("instrText"))
        if not (found := _MERGED.match(code)):
            continue
        shown = [piece for piece in pieces if piece.tag == tag("t")]
        first, *others = shown or [etree.SubElement(pieces[0].getparent(), tag("t"))]
        _write(first, f"«{found[1] or found[2]}»")
        for piece in others:
            _write(piece, "")
        for piece in pieces:
            if piece.tag != tag("t"):
                piece.getparent().remove(piece)
