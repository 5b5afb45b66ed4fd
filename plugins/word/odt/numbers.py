"""The labels of numbered paragraphs in an .odt, counted as LibreOffice counts."""

import re
from typing import NamedTuple
from xml.etree.ElementTree import Element

from plugins.word.docx.ooxml import number
from plugins.word.lists import Label, count_in
from plugins.word.odt.styles import LOEXT, OUTLINE, STYLE, TEXT, XML_ID, Styles, local

_FORMATS = {"i": "lowerRoman", "I": "upperRoman", "a": "lowerLetter", "A": "upperLetter", "": "none"}
_FORMATS |= {"01, 02, 03, ...": "decimalZero", "①, ②, ③, ...": "decimalEnclosedCircle"}

# The count of each level of a list.
Counts = dict[int, int]


class _Level(NamedTuple):
    kind: str
    start: int
    template: str
    gap: str
    is_bullet: bool


class Numbers:
    """The lists of a document, and the count of each."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._levels: dict[str, dict[int, _Level]] = {}
        self._counts: dict[str, Counts] = {}
        self._latest: dict[str, Counts] = {}
        self._outline: Counts = {}

    def open(self, written: Element, style: str) -> Counts:
        """Return the counts of a list that begins here: it may continue an earlier one."""
        counts: Counts = {}
        if before := written.get(f"{TEXT}continue-list", ""):
            counts = self._counts.get(before, {})
        elif written.get(f"{TEXT}continue-numbering") == "true":
            counts = self._latest.get(style, {})
        self._counts[written.get(XML_ID, "")] = self._latest[style] = counts
        return counts

    def label(self, style: str, counts: Counts, level: int, start: str | None) -> Label | None:
        """Count an item, from its own start value if it has one, and return its label; None if it has none."""
        if (levels := self._levels.get(style)) is None:
            levels = {number(one.get(f"{TEXT}level"), 1): _level_of(one) for one in self._styles.levels(style)}
            self._levels[style] = levels
        if (said := levels.get(level)) is None or said.is_bullet:
            return Label(level - 1, "", is_bullet=True)
        counts[level] = counts.get(level, said.start - 1) + 1 if start is None else number(start, 1)
        for deeper in [at for at in counts if at > level]:
            del counts[deeper]

        def counted(match: re.Match[str]) -> str:
            at = int(match[1])
            # A level without items yet counts as begun.
            return count_in(levels[at].kind, counts.get(at, levels[at].start)) if at in levels else ""

        text = re.sub(r"%(\d+)%", counted, said.template)
        if said.kind == "none" and not any(map(str.isalnum, text)):
            return None
        return Label(level - 1, text.strip(), is_bullet=False, gap=said.gap) if text.strip() else None

    def of_heading(self, heading: Element) -> Label | None:
        """Count a heading outside lists and return its label: the outline of the document may number it."""
        name = heading.get(f"{TEXT}style-name", "")
        level = number(heading.get(f"{TEXT}outline-level"), 1)
        if heading.get(f"{TEXT}is-list-header") == "true" or self._styles.list_of(name) == "":
            return None
        start = heading.get(f"{TEXT}start-value", "1" if heading.get(f"{TEXT}restart-numbering") == "true" else None)
        label = self.label(OUTLINE, self._outline, level, start)
        return None if label is None or label.is_bullet else label


def _level_of(level: Element) -> _Level:
    own = number(level.get(f"{TEXT}level"), 1)
    kind = level.get(f"{STYLE}num-format", "")
    shown_levels = range(max(1, own - number(level.get(f"{TEXT}display-levels", "1"), 1) + 1), own + 1)
    template = (
        level.get(f"{STYLE}num-list-format")
        or level.get(f"{LOEXT}num-list-format")
        or f"{level.get(f'{STYLE}num-prefix', '')}{'.'.join(f'%{at}%' for at in shown_levels)}"
        f"{level.get(f'{STYLE}num-suffix', '')}"
    )
    places = (place.get(f"{TEXT}label-followed-by") for place in level.iter() if "label-alignment" in place.tag)
    return _Level(
        _FORMATS.get(kind, "decimal"),
        number(level.get(f"{TEXT}start-value"), 1),
        template,
        "" if "nothing" in places else " ",
        local(level) in {"list-level-style-bullet", "list-level-style-image"},
    )
