"""A formula of LibreOffice's (MathML) -> text on one line whose numbers stay what they are: 1/2, 10³, √(a+b)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plugins.word.formulas import grouped
from plugins.word.odt.styles import local

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from plugins.word.formulas import FormulaPart

_SHIFTS = {"msub": ("sub",), "msup": ("sup",), "msubsup": ("sub", "sup")}
_SHIFTS |= {"munder": ("sub",), "mover": ("sup",), "munderover": ("sub", "sup")}


def read_mathml(formula: Element) -> list[FormulaPart]:
    """Return the text of a formula in pieces."""
    return [piece for piece in _pieces(formula) if piece[0]]


def _pieces(element: Element) -> Iterator[FormulaPart]:
    name, children = local(element), list(element)
    if name in {"annotation", "annotation-xml"}:
        return
    if name == "mfrac" and len(children) > 1:
        yield from grouped(read_mathml(children[0]))
        yield "/", ""
        yield from grouped(read_mathml(children[1]))
    elif name in _SHIFTS and children:
        yield from grouped(read_mathml(children[0]))
        for mark, child in zip(_SHIFTS[name], children[1:], strict=False):
            # What is raised in itself stays on the line: there is no power of a power in Markdown.
            yield from ((text, inner or mark) for text, inner in read_mathml(child))
    elif name == "mroot" and len(children) > 1:
        yield "".join(text for text, _ in read_mathml(children[1])), "sup"
        yield "√", ""
        yield from grouped(read_mathml(children[0]))
    elif name == "msqrt":
        yield "√", ""
        yield from grouped([piece for child in children for piece in _pieces(child)])
    else:
        yield " ".join((element.text or "").split()), ""
        for child in children:
            yield from _pieces(child)
            if local(child) in {"mtr", "mlabeledtr"} and child is not children[-1]:
                yield "; ", ""
            elif local(child) == "mtd" and child is not children[-1]:
                yield " ", ""
