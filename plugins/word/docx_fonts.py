"""Text of a .docx in fonts of old encodings -> Unicode, in place. A run's font is its own, its style's, the default."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from plugins.word.legacy import encoding_of, find_doubtful, shows_capitals, to_unicode

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from plugins.word.legacy import Encoding
    from plugins.word.report import Report

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_THEME = re.compile(rb"<a:(?P<which>major|minor)Font>.*?<a:latin [^>]*?typeface=\"(?P<font>[^\"]*)\"", re.DOTALL)


class Fonts:
    """Which font a run of a document is set in."""

    def __init__(self, styles: Element | None, theme: bytes) -> None:
        found = (match.group("which", "font") for match in _THEME.finditer(theme))
        self._theme = {which.decode(): font.decode("utf-8", "replace") for which, font in found}
        self._styles: dict[str, Element] = {}
        self._default_styles: dict[str, Element] = {}
        self._defaults: Element | None = None
        if styles is not None:
            self._defaults = styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
            for style in styles.iter(f"{W}style"):
                self._styles[style.get(f"{W}styleId", "")] = style
                if style.get(f"{W}default") in ("1", "true", "on"):
                    self._default_styles[style.get(f"{W}type", "")] = style

    def font_of(self, run: Element, paragraph: Element) -> str:
        """Return the name of the font, "" when nothing names one."""
        for properties in self._properties(run, paragraph):
            fonts = properties.find(f"{W}rFonts") if properties is not None else None
            if fonts is not None and (name := self._name(fonts)):
                return name
        return ""

    def _name(self, fonts: Element) -> str:
        # Letters beyond ASCII, which are those that matter, are set in hAnsi; a theme's font goes before a named one.
        for use in ("hAnsi", "ascii"):
            if theme := fonts.get(f"{W}{use}Theme"):
                return self._theme.get(theme[:5], "")
            if name := fonts.get(f"{W}{use}"):
                return name
        return ""

    def _properties(self, run: Element, paragraph: Element) -> Iterator[Element | None]:
        own = run.find(f"{W}rPr")
        yield own
        if own is not None:
            yield from self._chain(own.find(f"{W}rStyle"), "")
        yield from self._chain(paragraph.find(f"{W}pPr/{W}pStyle"), "paragraph")
        yield self._defaults

    def _chain(self, named: Element | None, kind: str) -> Iterator[Element | None]:
        style = self._styles.get(named.get(f"{W}val", "")) if named is not None else None
        if style is None:
            style = self._default_styles.get(kind)
        # A style that is based on itself would go on for ever.
        for _ in range(20):
            if style is None:
                return
            yield style.find(f"{W}rPr")
            based_on = style.find(f"{W}basedOn")
            style = self._styles.get(based_on.get(f"{W}val", "")) if based_on is not None else None


def convert_fonts(root: Element, fonts: Fonts, report: Report) -> None:
    """Convert the text of a part, paragraph by paragraph; runs side by side that share an encoding are one text."""
    for paragraph in root.iter(f"{W}p"):
        for encoding, texts in groupby(_texts(paragraph, fonts), lambda text: encoding_of(text[1])):
            if encoding:
                _convert(list(texts), encoding, report)


def _texts(paragraph: Element, fonts: Fonts) -> Iterator[tuple[Element, str]]:
    """Yield what is text in a paragraph, each with its font; symbols and soft hyphens of an old font become text."""
    for run in paragraph.iter(f"{W}r"):
        font = ""
        for element in run:
            if element.tag not in (f"{W}t", f"{W}sym", f"{W}softHyphen"):
                continue
            font = font or fonts.font_of(run, paragraph) or "?"
            if element.tag == f"{W}sym":
                font_of_symbol = element.get(f"{W}font", "")
                if encoding_of(font_of_symbol) and (code := element.get(f"{W}char", "")):
                    element.text = chr(int(code, 16))
                    yield element, font_of_symbol
            elif element.tag == f"{W}softHyphen":
                # U+00AD is the letter ư of TCVN3, and LibreOffice writes it so.
                if encoding_of(font):
                    element.text = "\u00ad"
                    yield element, font
            elif element.text:
                yield element, font


def _convert(texts: list[tuple[Element, str]], encoding: Encoding, report: Report) -> None:
    before = [element.text or "" for element, _ in texts]
    after = to_unicode(before, encoding)
    if after is None:
        report.changed["đoạn ghi phông chữ cũ mà đã là Unicode, để nguyên"] += 1
        return
    for (element, font), text in zip(texts, after, strict=True):
        element.tag = f"{W}t"
        element.text = text.upper() if shows_capitals(font) else text
        element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    report.changed[f"chữ gõ bằng phông {encoding.name} thành Unicode"] += len("".join(after).split())
    report.doubtful += find_doubtful("".join(after))
