"""The labels of numbered paragraphs in a .docx: "I.", "a)", "Điều 1.", counted as Word counts."""

import re
from collections.abc import Callable
from typing import NamedTuple
from xml.etree.ElementTree import Element

from plugins.word.docx.ooxml import W, is_on, number, value
from plugins.word.docx.styles import Styles
from plugins.word.legacy import encoding_of, to_unicode
from plugins.word.lists import Label, count_in


class _Level(NamedTuple):
    start: int
    kind: str
    template: str
    style: str
    is_plain: bool
    restarts_under: int
    gap: str
    font: str


class _List(NamedTuple):
    abstract: str
    starts: dict[int, int]
    levels: dict[int, _Level]

    def first(self, level: int) -> int:
        return self.starts.get(level, self.levels[level].start)


class Numbers:
    """The lists of a document, and the count of each."""

    def __init__(self, numbering: Element, styles: Styles) -> None:
        self._styles = styles
        definitions = list(numbering.iter(f"{W}abstractNum"))
        by_id = {definition.get(f"{W}abstractNumId", ""): definition for definition in definitions}
        nums = list(numbering.iter(f"{W}num"))
        abstract_of = {num.get(f"{W}numId", ""): value(num, "abstractNumId") for num in nums}
        # A definition may only point to a style, which names a list with the actual definition.
        for name, definition in list(by_id.items()):
            if link := value(definition, "numStyleLink"):
                real = abstract_of.get(styles.list_of_style(link), "")
                linked = (other for other in definitions if value(other, "styleLink") == link)
                by_id[name] = by_id[real] if real in by_id and real != name else next(linked, definition)
        # Two lists with the same definition are one.
        keys = {name: definition.get(f"{W}abstractNumId") or name for name, definition in by_id.items()}
        read = {name: (keys[name], _levels_of(definition)) for name, definition in by_id.items()}
        self._lists: dict[str, _List] = {}
        for num in nums:
            key, levels = read.get(value(num, "abstractNumId"), ("", {}))
            if not key:
                continue
            starts: dict[int, int] = {}
            levels = dict(levels)
            for override in num.iter(f"{W}lvlOverride"):
                at = number(override.get(f"{W}ilvl"))
                if (own := override.find(f"{W}lvl")) is not None:
                    levels[at] = _level_of(own, at)
                if start := value(override, "startOverride"):
                    starts[at] = number(start, 1)
            self._lists[num.get(f"{W}numId", "")] = _List(key, starts, levels)
        self._counts: dict[str, dict[int, int]] = {}
        self._started: set[tuple[str, int]] = set()

    def label(self, properties: Element | None, style: str, font_of: Callable[[], str]) -> Label | None:
        """Count a paragraph with these properties and return its label; None if it has none."""
        own = properties.find(f"{W}numPr") if properties is not None else None
        list_id, written_level = value(own, "numId"), value(own, "ilvl")
        if not list_id:
            list_id, level_of_style = self._styles.numbering(style)
            levels = self._lists[list_id].levels if list_id in self._lists else {}
            linked = next((str(at) for at, level in levels.items() if level.style == style), "")
            written_level = written_level or linked or level_of_style
        known = self._lists.get(list_id)
        level = number(written_level)
        if known is None or level not in known.levels:
            return None
        self._count(list_id, known, level)
        if (said := known.levels[level]).kind == "bullet":
            return Label(level, "", is_bullet=True)
        text = self._text(known, level)
        if (encoding := encoding_of(said.font or font_of())) and not text.isascii():
            text = "".join(to_unicode([text], encoding) or text)
        return Label(level, text, is_bullet=False, gap=said.gap) if text else None

    def _count(self, list_id: str, known: _List, level: int) -> None:
        counts = self._counts.setdefault(known.abstract, {})
        if level in known.starts and (list_id, level) not in self._started:
            self._started.add((list_id, level))
            counts.pop(level, None)
        counts[level] = counts[level] + 1 if level in counts else known.first(level)
        for deeper in [at for at in counts if at > level]:
            if deeper not in known.levels or level < known.levels[deeper].restarts_under:
                del counts[deeper]

    def _text(self, known: _List, level: int) -> str:
        counts = self._counts[known.abstract]
        said = known.levels[level]

        def counted(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            if at not in known.levels:
                return ""
            # Word counts a level without items yet as begun.
            count = counts.get(at, known.first(at))
            return count_in("decimal" if said.is_plain else known.levels[at].kind, count)

        return " ".join(re.sub(r"%([1-9])", counted, said.template).split())


def _levels_of(definition: Element) -> dict[int, _Level]:
    levels = enumerate(definition.findall(f"{W}lvl"))
    return {(place := number(level.get(f"{W}ilvl"), at)): _level_of(level, place) for at, level in levels}


def _level_of(level: Element, place: int) -> _Level:
    format_ = next(level.iter(f"{W}numFmt"), None)
    kind = format_.get(f"{W}val", "decimal") if format_ is not None else "decimal"
    if kind == "custom" and format_ is not None:
        kind = f"custom:{format_.get(f'{W}format', '')}"
    fonts = level.find(f"{W}rPr/{W}rFonts")
    return _Level(
        number(value(level, "start"), 1),
        "bullet" if level.find(f"{W}lvlPicBulletId") is not None else kind,
        value(level, "lvlText", f"%{place + 1}."),
        value(level, "pStyle"),
        is_on(level.find(f"{W}isLgl")),
        min(place, number(value(level, "lvlRestart"), place)),
        "" if value(level, "suff") == "nothing" else " ",
        (fonts.get(f"{W}hAnsi") or fonts.get(f"{W}ascii") or "") if fonts is not None else "",
    )
