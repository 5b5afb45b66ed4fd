"""The styles of a .docx: the kind, look, font and numbering of its paragraphs and runs; the nearest style wins."""

import re
from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple
from xml.etree.ElementTree import Element

from plugins.word.docx.ooxml import W, is_on, number, value

_TOGGLES = {f"{W}{name}": name for name in ("b", "i", "strike", "dstrike", "vanish", "webHidden")}
_THEME = re.compile(rb"<a:(?P<which>major|minor)Font>.*?<a:latin [^>]*?typeface=\"(?P<font>[^\"]*)\"", re.DOTALL)
# Half points above the line from which a raised letter is meant as a power.
_RAISED = 4
_KINDS = {"title": "title", "caption": "caption", **dict.fromkeys(("quote", "intense quote", "block text"), "quote")}
PLAIN = "p"


class Look(NamedTuple):
    """The look of a run: the tags around its text, and whether it is hidden."""

    marks: frozenset[str]
    is_hidden: bool


class Styles:
    """The styles of a document; each may be based on another."""

    def __init__(self, styles: Element, theme: bytes) -> None:
        found = (match.group("which", "font") for match in _THEME.finditer(theme))
        self._theme = {which.decode(): font.decode("utf-8", "replace") for which, font in found}
        self._styles: dict[str, Element] = {}
        self._default_styles: dict[str, Element] = {}
        self._defaults = styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        self._looks: dict[tuple[object, ...], Look] = {}
        self._fonts: dict[tuple[str, str], str] = {}
        self._said: dict[tuple[str, str], dict[str, str]] = {}
        for style in styles.iter(f"{W}style"):
            self._styles[style.get(f"{W}styleId", "")] = style
            if style.get(f"{W}default") in {"1", "true", "on"}:
                # Without a type, a style is for paragraphs.
                self._default_styles[style.get(f"{W}type", "paragraph")] = style

    def kind(self, style_id: str) -> str:
        """Return the kind of paragraphs of this style: title, h1 … h6, caption, quote, toc, or p."""
        if style_id and style_id not in self._styles:
            return _kind_of(re.sub(r"(?<=\D)(?=\d)", " ", style_id).lower()) or PLAIN
        for at, style in enumerate(self._chain(style_id, "paragraph")):
            kind = _kind_of(value(style, "name").lower())
            if kind and (kind != "toc" or at == 0):
                return kind
            level = value(style.find(f"{W}pPr"), "outlineLvl")
            if level.isdecimal():
                return f"h{min(6, int(level) + 1)}" if int(level) < 9 and style_id else PLAIN
        return PLAIN

    def numbering(self, style_id: str) -> tuple[str, str]:
        """Return the list and the level of paragraphs of this style, "" for none."""
        list_id = level = ""
        for style in self._chain(style_id, "paragraph"):
            properties = style.find(f"{W}pPr/{W}numPr")
            level = level or value(properties, "ilvl")
            if list_id := value(properties, "numId"):
                break
        return list_id, level

    def list_of_style(self, style_id: str) -> str:
        """Return the list of a list style."""
        style = self._styles.get(style_id)
        return value(style.find(f"{W}pPr/{W}numPr"), "numId") if style is not None else ""

    def look(self, properties: Element | None, paragraph_style: str, kind: str) -> Look:
        """Return the look of a run with these properties in a paragraph of this style."""
        own, run_style = _said(properties)
        key = (run_style, paragraph_style, kind, *own.items())
        if (known := self._looks.get(key)) is None:
            known = self._looks[key] = self._look(own, run_style, paragraph_style, kind)
        return known

    def _look(self, own: dict[str, str], run_style: str, paragraph_style: str, kind: str) -> Look:
        of_run = self._said_by(run_style, "")
        of_paragraph = self._said_by(paragraph_style, "paragraph")
        default, _ = _said(self._defaults)

        def is_set(name: str) -> bool:
            if name in own:
                return own[name] == "1"
            # Titles and captions are bold as such, which emphasises nothing.
            around = of_paragraph.get(name) == "1" and (kind == PLAIN or name in {"vanish", "webHidden"})
            # Two styles that both set a toggle cancel each other.
            return (of_run.get(name) == "1") != around or default.get(name) == "1"

        # The style has this name in every language of Word.
        is_emphasis = run_style in self._styles and value(self._styles[run_style], "name").lower() == "emphasis"
        marks = {tag for name, tag in (("b", "strong"), ("i", "em")) if is_set(name)}
        marks |= {"em"} if is_emphasis and own.get("i") != "0" else set()
        marks |= {"s"} if is_set("strike") or is_set("dstrike") else set()
        marks |= {own.get("place") or of_run.get("place") or of_paragraph.get("place", "")} - {"", "baseline"}
        return Look(frozenset(marks), is_set("vanish") or is_set("webHidden"))

    def _said_by(self, style_id: str, kind: str) -> dict[str, str]:
        if (known := self._said.get((style_id, kind))) is None:
            known = self._said[style_id, kind] = {}
            for style in self._chain(style_id, kind):
                known |= {name: said for name, said in _said(style.find(f"{W}rPr"))[0].items() if name not in known}
        return known

    def font_of(self, properties: Element | None, paragraph_style: str) -> str:
        """Return the name of the font of a run with these properties, "" if none is named."""
        own = properties.find(f"{W}rFonts") if properties is not None else None
        if own is not None and (name := self._font_name(own)):
            return name
        key = value(properties, "rStyle"), paragraph_style
        if (known := self._fonts.get(key)) is None:
            styles = chain(self._chain(key[0], ""), self._chain(paragraph_style, "paragraph"))
            said = chain((style.find(f"{W}rPr") for style in styles), (self._defaults,))
            fonts = (one.find(f"{W}rFonts") for one in said if one is not None)
            names = (self._font_name(found) for found in fonts if found is not None)
            known = self._fonts[key] = next(filter(None, names), "")
        return known

    def _font_name(self, fonts: Element) -> str:
        # Only letters beyond ASCII matter, which are set in hAnsi; a theme's font overrides a named one.
        for use in ("hAnsi", "ascii"):
            if theme := fonts.get(f"{W}{use}Theme"):
                return self._theme.get(theme[:5], "")
            if name := fonts.get(f"{W}{use}"):
                return name
        return ""

    def _chain(self, style_id: str, kind: str) -> Iterator[Element]:
        style = self._styles.get(style_id) if style_id else None
        if style is None:
            style = self._default_styles.get(kind)
        # A style based on itself would loop.
        for _ in range(20):
            if style is None:
                return
            yield style
            style = self._styles.get(value(style, "basedOn"))


def _said(properties: Element | None) -> tuple[dict[str, str], str]:
    """Return the properties set directly (toggles as "1" or "0", and "place", the shift), and the style they name."""
    said: dict[str, str] = {}
    style = ""
    for child in properties if properties is not None else ():
        if name := _TOGGLES.get(child.tag):
            said[name] = "1" if is_on(child) else "0"
        elif child.tag == f"{W}rStyle":
            style = child.get(f"{W}val", "")
        elif child.tag == f"{W}vertAlign":
            said["place"] = {"superscript": "sup", "subscript": "sub"}.get(child.get(f"{W}val", ""), "baseline")
        elif child.tag == f"{W}position":
            raised = number(child.get(f"{W}val"))
            place = "raised" if raised >= _RAISED else "lowered" if raised <= -_RAISED else "baseline"
            said.setdefault("place", place)
    return said, style


def _kind_of(name: str) -> str:
    if heading := re.fullmatch(r"heading ?(\d)", name):
        return f"h{min(6, int(heading[1]))}"
    return "toc" if re.fullmatch(r"toc ?(\d|heading)|table of figures", name) else _KINDS.get(name, "")
