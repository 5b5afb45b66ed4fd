"""The look of text by tags, styles and style sheets, and its position; text -> paragraphs, paragraphs -> lists."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from lxml.html import HtmlElement

from plugins.spoken.numbers import parse_roman
from plugins.word.legacy import convert_fonts
from plugins.word.lists import OpenList, close_list
from plugins.word.nodes import Inline, Node
from plugins.word.paragraphs import BREAK
from plugins.word.report import ImportReport
from plugins.word.symbols import is_of_symbols, read_symbols

_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_NO_RULE = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
# Declarations of a named paragraph style that concern its words; weight and slant are the look of the style.
_OF_WORDS = {"font-family", "mso-outline-level"}
_BOLD = re.compile(r"bold|[6-9]00")
_NO_SCRIPT = re.compile(r"^\s*javascript:.*", re.IGNORECASE | re.DOTALL)
_KEPT_LINES = re.compile(r"pre|preserve|break-spaces")


@dataclass(frozen=True)
class Position:
    """The position of a text: the tag of its paragraph and the item of a list that it is in; level 0 is no list."""

    tag: str = "p"
    level: int = 0
    is_numbered: bool = False
    number: int = 1
    item: int = 0
    is_title: bool = False


PARAGRAPH = Position()


@dataclass(frozen=True)
class Look:
    """The look of a text, its link, and its position."""

    place: Position = PARAGRAPH
    note: int = 0
    href: str = ""
    struck: bool = False
    bold: bool = False
    italic: bool = False
    shift: str = ""
    font: str = ""
    keeps_lines: bool = False

    def within(self, element: HtmlElement, style: dict[str, str]) -> "Look":
        """Return the look of text in an element: its style overrides its tag, which overrides its surroundings."""
        tag = element.tag
        weight, slant = style.get("font-weight", ""), style.get("font-style", "")
        raised = {"super": "sup", "sub": "sub", "baseline": ""}.get(style.get("vertical-align", "-"))
        white = style.get("white-space") or style.get("white-space-collapse", "")
        return replace(
            self,
            href=_NO_SCRIPT.sub("", element.get("href", "")) if tag == "a" else self.href,
            struck=self.struck or tag in ("s", "strike", "del") or "line-through" in style.get("text-decoration", ""),
            bold=bool(_BOLD.match(weight)) if weight else self.bold or tag in ("b", "strong"),
            italic=slant in ("italic", "oblique") if slant else self.italic or tag in ("i", "em"),
            shift=raised if raised is not None else tag if tag in ("sup", "sub") else self.shift,
            font=(style.get("font-family") or element.get("face", "")).split(",")[0].strip("'\" ") or self.font,
            keeps_lines=bool(_KEPT_LINES.match(white)) if white else self.keeps_lines or tag == "pre",
        )

    def show(self, text: str) -> Inline:
        """Return a text of this look; that of the reference to a note is its number."""
        if self.note:
            return Inline("note", str(self.note))
        tags = {"strong": self.bold, "em": self.italic, "s": self.struck, self.shift: bool(self.shift)}
        shown = read_symbols(text, self.font)[0] if is_of_symbols(self.font) else text
        return Inline("text", shown, frozenset(tag for tag, is_on in tags.items() if is_on), self.href, font=self.font)


class StyleSheet:
    """The style of each element: its own, and that of the simple rules in a page's style sheets."""

    def __init__(self, root: HtmlElement) -> None:
        self._rules: dict[str, dict[str, str]] = {}
        for sheet in root.iter("style"):
            for selectors, said in _RULE.findall(_NO_RULE.sub("", sheet.xpath("string()"))):
                for selector in selectors.split(","):
                    self._rules.setdefault(selector.strip(), {}).update(_read(said))

    def style_of(self, element: HtmlElement) -> dict[str, str]:
        """Return the declarations that apply to an element, by property."""
        found: dict[str, str] = {}
        names = element.get("class", "").split()
        for selector in (element.tag, *(f"{tag}.{name}" for name in names for tag in ("", element.tag))):
            found |= self._rules.get(selector, {})
        if element.tag not in ("span", "td"):
            found = {name: value for name, value in found.items() if name in _OF_WORDS}
        return found | _read(element.get("style", ""))


def _read(style: str) -> dict[str, str]:
    pairs = (said.partition(":") for said in style.split(";"))
    found = {name.strip().lower(): value.strip() for name, _, value in pairs if value}
    if line := found.get("text-decoration-line"):
        found["text-decoration"] = line
    return found


def split_paragraphs(inlines: Iterable[Inline], report: ImportReport) -> Iterator[list[Inline]]:
    """Yield the paragraphs of a text in Unicode; a line feed is a break, a line without a word parts paragraphs."""
    lines: list[list[Inline]] = [[]]
    for one in convert_fonts(inlines, report):
        first, *others = one.text.split("\n")
        lines[-1].append(one._replace(text=first))
        lines += [[one._replace(text=other)] for other in others]
    for has_words, group in groupby(lines, lambda line: any(one.text.strip() for one in line)):
        if has_words:
            yield [one for line in group for one in (BREAK, *line)][1:]


def to_int(written: str) -> int:
    """Return a number in an HTML attribute; 1 if it is none."""
    return int(written) if written.isdecimal() and len(written) < 5 else 1


def read_number(mark: str) -> int:
    """Return the number of an item by its mark: "3.", "1.2.", "b)", "IV."; 0 for a bullet."""
    if not (found := re.match(r"\(?(?:\w+\.)*([a-z]+|\d+)[.)]", mark.strip().lower())):
        return 0
    word = found[1]
    if word.isdecimal():
        return to_int(word)
    if number := parse_roman(word.upper()) if set(word) <= set("ivxl") else None:
        return number
    return ord(word) - ord("a") + 1 if len(word) == 1 else 1


def nest_items(written: Iterable[tuple[Position, Sequence[Node]]]) -> list[Node]:
    """Return nodes by their positions, items in lists."""
    made: list[Node] = []
    opened: list[OpenList] = []
    item = 0
    for place, nodes in written:
        while opened and (
            opened[-1].level > place.level
            or (opened[-1].level == place.level and opened[-1].is_numbered != place.is_numbered)
        ):
            close_list(opened, made)
        if place.level and not (opened and opened[-1].level == place.level):
            opened.append(OpenList(place.level, place.is_numbered, place.number if place.is_numbered else 1))
            item = -1
        if place.level and item != place.item:
            opened[-1].items.append(([], ""))
        item = place.item
        (opened[-1].items[-1][0] if opened else made).extend(nodes)
    while opened:
        close_list(opened, made)
    return made
