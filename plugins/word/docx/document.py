"""A .docx -> nodes: each block as Word shows it; everything hidden or unreadable is counted."""

import re
from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

from plugins.word.docx import ooxml
from plugins.word.docx.blocks import Blocks
from plugins.word.docx.drawings import Drawings
from plugins.word.docx.numbers import Numbers
from plugins.word.docx.runs import Notes, Runs
from plugins.word.docx.styles import Styles
from plugins.word.nodes import Parsed
from plugins.word.package import DEEP, LONG, MAX_TAGS, Length, Parts
from plugins.word.pictures import KeepPicture
from plugins.word.report import MACROS, MARGIN_PICTURES, MARGINS, ImportReport

_NOTES = ("footnote", "endnote")


def read_docx(parts: Parts, keep: KeepPicture, report: ImportReport) -> Parsed:
    """Return a document whose pictures `keep` has taken; Invalid if it is no document of Word."""
    main = ooxml.find_main(parts)
    related = ooxml.read_related(parts, main)
    named = {
        kind: ooxml.part_of_kind(related, kind) for kind in ("styles", "numbering", "theme", "footnotes", "endnotes")
    }
    if sum(parts[name].count(b"<") for name in named.values() if name in parts) > MAX_TAGS:
        raise LONG
    styles = Styles(
        ooxml.read_root(parts, named["styles"]),
        ooxml.read_xml(parts, named["theme"]) if named["theme"] in parts else b"",
    )
    numbers = Numbers(ooxml.read_root(parts, named["numbering"]), styles)
    roots = {kind: ooxml.read_root(parts, named[f"{kind}s"]) for kind in _NOTES}
    length = Length()
    for root in roots.values():
        length.add(root)
    notes = Notes(roots, report)
    data = ooxml.read_xml(parts, main)

    def reader(related: Mapping[str, ooxml.Related], data: bytes) -> Blocks:
        drawings = Drawings(parts, related, keep, report)
        is_even = len(re.findall(rb"fldCharType=.begin", data)) == len(re.findall(rb"fldCharType=.end", data))
        runs = Runs(styles, related, drawings, notes, report, trusts_fields=is_even)
        return Blocks(runs, styles, numbers, parts, related, report)

    def blocks() -> Iterator[Element]:
        for block in ooxml.iter_blocks(data):
            length.add(block)
            yield block

    of_notes = {kind: reader(ooxml.read_related(parts, named[f"{kind}s"]), b"") for kind in _NOTES}
    try:
        nodes = reader(related, data).read(blocks())
        parsed = Parsed(nodes, notes.read(lambda note, kind: of_notes[kind].read(note)))
    except RecursionError:
        raise DEEP from None
    _count_margins(parts, related, report)
    report.lost[MACROS] += sum(1 for name in parts if name.endswith("vbaproject.bin"))
    return parsed


def _count_margins(parts: Parts, related: Mapping[str, ooxml.Related], report: ImportReport) -> None:
    """Count the text and pictures in headers and footers, which are no part of a story."""
    for one in related.values():
        if one.kind not in MARGINS or one.is_outside or one.target not in parts:
            continue
        root = ooxml.read_root(parts, one.target)
        text = "".join(text.text or "" for text in root.iter(f"{ooxml.W}t"))
        report.lost[MARGINS[one.kind]] += any(map(str.isalpha, text))
        pictures = {blip.get(f"{ooxml.R}embed") for blip in root.iter(f"{ooxml.A}blip")}
        pictures |= {image.get(f"{ooxml.R}id") for image in root.iter(f"{ooxml.V}imagedata")}
        report.lost[MARGIN_PICTURES] += len(pictures - {None})
