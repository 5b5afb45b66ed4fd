"""Formulas of Word (OMML) and LibreOffice (MathML) -> text on one line: 1/2, 10³, √(a+b)."""

import unicodedata
from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

from plugins.word.docx.ooxml import M, W
from plugins.word.odt.styles import local

_ROOTS = {"": "√", "2": "√", "3": "∛", "4": "∜"}
_SKIPPED = {f"{W}del", f"{W}moveFrom", f"{W}rPr"}

# A piece of text, and "sup", "sub" or "".
FormulaPart = tuple[str, str]


def read_formula(formula: Element) -> list[FormulaPart]:
    """Return the text of a formula in pieces."""
    return [piece for piece in _pieces(formula) if piece[0]]


def _pieces(element: Element) -> Iterator[FormulaPart]:
    if element.tag in _SKIPPED:
        return
    name = element.tag.removeprefix(M) if element.tag.startswith(M) else ""
    if name in {"t", "delText"} or element.tag == f"{W}t":
        yield element.text or "", ""
    elif name.endswith("Pr"):
        return
    elif known := _KNOWN.get(name):
        yield from known(element)
    else:
        for child in element:
            yield from _pieces(child)


def _part(element: Element, name: str) -> list[FormulaPart]:
    found = element.find(f"{M}{name}")
    return read_formula(found) if found is not None else []


def grouped(pieces: list[FormulaPart]) -> list[FormulaPart]:
    """Return pieces, in brackets if they are more than one number or name."""
    text = "".join(text for text, _ in pieces)
    is_one = all(letter.isalnum() or letter in ".,√" for letter in text.strip())
    return pieces if is_one else [("(", ""), *pieces, (")", "")]


def _property(element: Element, name: str, otherwise: str) -> str:
    found = element.find(f"{M}{element.tag.removeprefix(M)}Pr/{M}{name}")
    return found.get(f"{M}val", "") if found is not None else otherwise


def _joined(between: str, parts: Iterable[Iterable[FormulaPart]]) -> Iterator[FormulaPart]:
    for at, part in enumerate(parts):
        if at:
            yield between, ""
        yield from part


def _fraction(element: Element) -> Iterator[FormulaPart]:
    yield from _joined("/", (grouped(_part(element, name)) for name in ("num", "den")))


def _scripts(element: Element) -> Iterator[FormulaPart]:
    if element.tag != f"{M}sPre":
        yield from grouped(_part(element, "e"))
    for name in ("sub", "sup"):
        # Markdown has no power of a power: an inner one is not raised further.
        yield from ((text, mark or name) for text, mark in _part(element, name))
    if element.tag == f"{M}sPre":
        yield from _part(element, "e")


def _root(element: Element) -> Iterator[FormulaPart]:
    if (degree := "".join(text for text, _ in _part(element, "deg"))) not in _ROOTS:
        yield degree, "sup"
    yield _ROOTS.get(degree, "√"), ""
    yield from grouped(_part(element, "e"))


def _sum(element: Element) -> Iterator[FormulaPart]:
    yield _property(element, "chr", "∫"), ""
    for name in ("sub", "sup"):
        yield from ((text, name) for text, _ in _part(element, name))
    yield from _part(element, "e")


def _delimited(element: Element) -> Iterator[FormulaPart]:
    yield _property(element, "begChr", "("), ""
    yield from _joined(_property(element, "sepChr", "|"), map(read_formula, element.findall(f"{M}e")))
    yield _property(element, "endChr", ")"), ""


def _limit(element: Element) -> Iterator[FormulaPart]:
    yield from _part(element, "e")
    yield from ((text, "sub" if element.tag == f"{M}limLow" else "sup") for text, _ in _part(element, "lim"))


def _accented(element: Element) -> Iterator[FormulaPart]:
    yield from _part(element, "e")
    accent = _property(element, "chr", "\u0302")
    yield accent if unicodedata.combining(accent[:1] or " ") else "", ""


def _rows(element: Element) -> Iterator[FormulaPart]:
    rows = [row.findall(f"{M}e") for row in element.findall(f"{M}mr")] or [[one] for one in element.findall(f"{M}e")]
    yield from _joined("; ", (_joined(" ", map(read_formula, row)) for row in rows))


_KNOWN = {
    "f": _fraction,
    **dict.fromkeys(("sSup", "sSub", "sSubSup", "sPre"), _scripts),
    "rad": _root,
    "nary": _sum,
    "d": _delimited,
    **dict.fromkeys(("limLow", "limUpp"), _limit),
    "acc": _accented,
    **dict.fromkeys(("m", "eqArr"), _rows),
}
_MATHML_SHIFTS = {"msub": ("sub",), "msup": ("sup",), "msubsup": ("sub", "sup")}
_MATHML_SHIFTS |= {"munder": ("sub",), "mover": ("sup",), "munderover": ("sub", "sup")}


def read_mathml(formula: Element) -> list[FormulaPart]:
    """Return the text of a formula in pieces."""
    return [piece for piece in _mathml(formula) if piece[0]]


def _mathml(element: Element) -> Iterator[FormulaPart]:
    name, children = local(element), list(element)
    if name in {"annotation", "annotation-xml"}:
        return
    if name == "mfrac" and len(children) > 1:
        yield from _joined("/", (grouped(read_mathml(child)) for child in children[:2]))
    elif name in _MATHML_SHIFTS and children:
        yield from grouped(read_mathml(children[0]))
        for mark, child in zip(_MATHML_SHIFTS[name], children[1:], strict=False):
            # Markdown has no power of a power: an inner one is not raised further.
            yield from ((text, inner or mark) for text, inner in read_mathml(child))
    elif name == "mroot" and len(children) > 1:
        yield "".join(text for text, _ in read_mathml(children[1])), "sup"
        yield "√", ""
        yield from grouped(read_mathml(children[0]))
    elif name == "msqrt":
        yield "√", ""
        yield from grouped([piece for child in children for piece in _mathml(child)])
    else:
        yield " ".join((element.text or "").split()), ""
        for child in children:
            yield from _mathml(child)
            if child is not children[-1]:
                yield {"mtr": "; ", "mlabeledtr": "; ", "mtd": " "}.get(local(child), ""), ""
