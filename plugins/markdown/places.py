"""The offsets in the source of everything in Markdown's tree that is no prose: photos, links, code, HTML.

Python-Markdown keeps no positions. But source and tree have the same text in the same order, so a cursor finds each
after the one before. Tags that a writer typed are found by html.parser: lxml, which reads HTML elsewhere, has no
columns, and turbohtml takes 47 ms to import, html.parser 9.
"""

import html
import re
from html.parser import HTMLParser
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.treeprocessors import UnescapeTreeprocessor
from markdown.util import AMP_SUBSTITUTE, HTML_PLACEHOLDER_RE, STX

from plugins.markdown.as_meant import Footnotes
from plugins.markdown.references import LOST, REFUSED, Kind, Reference, judge

_UNESCAPE = UnescapeTreeprocessor().unescape
# As the serializer writes it; any other & is literal.
_ENTITY = re.compile(r"&(?:#[0-9]+|#x[0-9a-f]+|[0-9a-z]+);", re.IGNORECASE)
_CODE = re.compile("</?(?:pre|code)[^>]*>")
# Before an address that is used, and one that is only defined.
_USED = ("](", "](<", "]( ", "<")
_DEFINED = ("]: ", "]:", "]: <")
_SIGNS = ("](", "][", "]:", "<", "`", "{", "~~~")


class Places:
    """A walk through the tree of one source, which begins at `line` of its file: references, headings, hidden spans."""

    def __init__(self, markdown: Markdown, footnotes: Footnotes, source: str, line: int) -> None:
        self._markdown, self._footnotes, self._source, self._line = markdown, footnotes, source, line
        self._at = 0
        self.references: list[Reference] = []
        self.headings: list[tuple[int, str]] = []
        self.hidden: list[tuple[int, int]] = []  # spans that are no prose

    def walk(self, root: Element) -> None:
        """Walk the tree as it is after inline patterns, footnotes and attribute lists."""
        if not any(sign in self._source for sign in _SIGNS):
            return
        if (notes := root.find("div[@class='footnote']")) is not None:
            # Last in the tree, but defined anywhere: search for them first.
            root.remove(notes)
            self._visit(notes)
        noted, self.references, self._at = self.references, [], 0
        self._visit(root)
        self.references += noted
        if notes is not None:
            root.append(notes)

    def tell(self, kind: Kind, target: str, at: int, *, alt: str = "", caption: str = "") -> None:
        """Record a reference for checkers."""
        line = self._line + self._source.count("\n", 0, at)
        self.references.append(Reference(kind, target, line, alt, caption, at))

    def tell_heading(self, level: int, heading: Element) -> None:
        """Record a heading: its level as typed, and its words."""
        words = "".join(heading.itertext())
        self.headings.append((level, self._read(words) if STX in words or "&" in words else words))

    @staticmethod
    def _read(value: str | None) -> str:
        """Return a text of the tree as it is on the page."""
        written = _UNESCAPE((value or "").replace(AMP_SUBSTITUTE, "&"))
        return _ENTITY.sub(lambda entity: html.unescape(entity[0]), written).strip()

    def _visit(self, element: Element) -> None:
        tag = element.tag
        if tag == "li" and (label := element.get("id", "")).startswith("fn:"):
            self._at = max(0, self._source.find(f"[^{self._footnotes.label(label.removeprefix('fn:'))}]:"))
        elif tag == "code":
            self._take(html.unescape(element.text or ""), "`", "` ")
        if "lang" in element.attrib:
            self._hide("".join(element.itertext()))
        if element.text and STX in element.text:
            self._take_pieces(element.text)
        for child in element:
            if len(child) or child.attrib or child.tag == "code" or (child.text and STX in child.text):
                self._visit(child)
            if child.tail and STX in child.tail:
                self._take_pieces(child.tail)
        if tag == "a" and element.get("class") != "footnote-ref" and element.get("class") != "footnote-backref":
            href = self._read(element.get("href"))
            self.tell(judge(href), href, self._take(href, *_USED))
        elif tag == "img":
            target, alt, caption = (self._read(element.get(name)) for name in ("src", "alt", "title"))
            self.tell("photo", target, self._take(target, *_USED), alt=alt, caption=caption)

    def _take(self, words: str, *openings: str) -> int:
        """Hide the next occurrence of words after one of the openings, and return its offset."""
        for start in (self._at, 0):
            if found := [at for opening in openings if (at := self._find(opening, words, start)) >= 0]:
                at = min(found)
                self.hidden.append((at, at + len(words)))
                self._at = max(self._at, at + len(words))
                return at
        # Written differently: after spaces, with escapes.
        odd = "".join("&(?:amp;)?" if sign == "&" else rf"\\?{re.escape(sign)}" for sign in words[:200])
        if typed := re.compile(rf"\]\(\s*<?({odd})").search(self._source, self._at):
            self.hidden.append(typed.span(1))
            self._at = typed.end()
            return typed.start(1)
        defined = [at + len(way) for way in _DEFINED if (at := self._source.find(way + words)) >= 0]
        self.hidden += [(at, at + len(words)) for at in defined]
        return min(defined, default=self._at)

    def _find(self, opening: str, words: str, start: int) -> int:
        """Return the offset of words after an opening that are not hidden yet; -1 if there are none."""
        while (at := self._source.find(opening + words, start)) >= 0:
            span = at + len(opening), at + len(opening) + len(words)
            if span not in self.hidden:
                return span[0]
            start = span[1]
        return -1

    def _hide(self, words: str) -> None:
        """Hide words line by line; lines that are not found stay prose."""
        for line in map(str.strip, words.split("\n")):
            if line and (at := self._source.find(line, self._at)) >= 0:
                self._at = at + len(line)
                self.hidden.append((at, self._at))

    def _take_pieces(self, text: str) -> None:
        for found in HTML_PLACEHOLDER_RE.finditer(text):
            piece = self._markdown.htmlStash.rawHtmlBlocks[int(found[1])]
            if isinstance(piece, str) and piece.startswith("<"):
                self._take_html(piece)

    def _take_html(self, piece: str) -> None:
        source = self._source
        if piece.rfind("<!--") > piece.rfind("-->"):
            self.tell("lost", "<!--", max(0, source.find("<!--", self._at)))
        if piece.startswith("<!--"):
            # Links inside it were changed.
            at = max(0, source.find("<!--", self._at))
            self._at = max(at, source.find("-->", at)) + len("-->")
            self.hidden.append((at, self._at))
            return
        piece = piece.strip("\n")
        at = next((at for start in (self._at, 0) if (at := source.find(piece, start)) >= 0), -1)
        if at < 0:
            # From a fence.
            self._hide(html.unescape(_CODE.sub("", piece)))
            return
        parser = _Html(self, piece, at)
        parser.feed(piece)
        parser.close()
        self._at = max(self._at, at + len(piece))


class _Html(HTMLParser):
    """Finds tags in typed HTML, which begins at `at` in the source."""

    def __init__(self, places: Places, piece: str, at: int) -> None:
        super().__init__()
        self._places, self._piece, self._start = places, piece, at

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        at = self._begin()
        self._places.hidden.append((at, at + len(self.get_starttag_text() or "")))
        if tag in REFUSED:
            self._places.tell("html", f"<{tag}>", at)
        elif tag in LOST:
            self._places.tell("lost", f"<{tag}>", at)
        elif tag == "a" and (href := dict(attrs).get("href")) is not None:
            self._places.tell(judge(href.strip()), href.strip(), at)

    def handle_endtag(self, tag: str) -> None:
        at = self._begin()
        self._places.hidden.append((at, at + len(tag) + 3))

    def _begin(self) -> int:
        line, column = self.getpos()
        return self._start + sum(map(len, self._piece.splitlines(keepends=True)[: line - 1])) + column
