"""The numbers of the lists of a .docx, which mammoth does not count: a list may go on after other text."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from plugins.word.docx_fonts import W

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

# Before the text of a list's paragraph: its number. No font has these letters, and no document.
NUMBER_MARKS = ("\ue0f0", "\ue0f1")


def number_lists(root: Element, numbering: Element | None, styles: Element | None) -> None:
    """Write before the text of each paragraph of a list its number, so that a list may go on after other text."""
    if numbering is None:
        return
    abstract = {}
    restarts = {}
    for number in numbering.iter(f"{W}num"):
        identifier = number.get(f"{W}numId", "")
        of = number.find(f"{W}abstractNumId")
        abstract[identifier] = of.get(f"{W}val", "") if of is not None else ""
        restarts[identifier] = {
            override.get(f"{W}ilvl", "0"): start.get(f"{W}val", "1")
            for override in number.iter(f"{W}lvlOverride")
            if (start := override.find(f"{W}startOverride")) is not None
        }
    starts = {
        (definition.get(f"{W}abstractNumId", ""), level.get(f"{W}ilvl", "0")): _number(start.get(f"{W}val", "1"))
        for definition in numbering.iter(f"{W}abstractNum")
        for level in definition.iter(f"{W}lvl")
        if (start := level.find(f"{W}start")) is not None
    }
    of_styles = {
        style.get(f"{W}styleId", ""): numbered
        for style in (styles.iter(f"{W}style") if styles is not None else ())
        if (numbered := style.find(f"{W}pPr/{W}numPr")) is not None
    }
    counts: dict[str, dict[int, int]] = {}
    used: set[tuple[str, str]] = set()
    for paragraph in root.iter(f"{W}p"):
        numbered = paragraph.find(f"{W}pPr/{W}numPr")
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        if numbered is None and style is not None:
            numbered = of_styles.get(style.get(f"{W}val", ""))
        if numbered is None:
            continue
        identifier = _value(numbered, "numId")
        level = _value(numbered, "ilvl") or "0"
        if identifier not in abstract or not level.isdecimal():
            continue
        levels = counts.setdefault(abstract[identifier], {})
        for deeper in [deeper for deeper in levels if deeper > int(level)]:
            del levels[deeper]
        first = starts.get((abstract[identifier], level), 1)
        if level in restarts[identifier] and (identifier, level) not in used:
            levels[int(level)] = _number(restarts[identifier][level])
        else:
            levels[int(level)] = levels.get(int(level), first - 1) + 1
        used.add((identifier, level))
        properties = paragraph.find(f"{W}pPr")
        at = list(paragraph).index(properties) + 1 if properties is not None else 0
        paragraph.insert(at, _run_of(f"{NUMBER_MARKS[0]}{levels[int(level)]}{NUMBER_MARKS[1]}"))


def _value(properties: Element, name: str) -> str:
    child = properties.find(f"{W}{name}")
    return child.get(f"{W}val", "") if child is not None else ""


def _run_of(text: str) -> Element:
    run = ET.Element(f"{W}r")
    ET.SubElement(run, f"{W}t").text = text
    return run


def _number(written: str) -> int:
    return int(written) if written.lstrip("-").isdecimal() else 0
