"""Python-Markdown that passes over what has nothing for it: the same HTML for half the work.

Most of a story is plain words in paragraphs of a line, which each of Markdown's processors looks through for what it
knows. Here they are seen once, and are no work for those that have nothing to do with them. Only processors are
exchanged, each for one that calls upon it where there is something; tests hold the HTML against plain Markdown's.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, cast
from xml.etree.ElementTree import Element, SubElement

from markdown.blockprocessors import BlockProcessor
from markdown.extensions.toc import TocTreeprocessor, remove_fnrefs, render_inner_html, strip_tags, unique
from markdown.preprocessors import HtmlBlockPreprocessor, NormalizeWhitespace
from markdown.treeprocessors import InlineProcessor, Treeprocessor, UnescapeTreeprocessor
from markdown.util import ETX, STX

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from markdown import Markdown

# Lines that begin as none does that starts another block, or that tells a table.
_PARAGRAPH = re.compile(r"(?:(?:[^\W\d_]|[“‘(!]|\*\*?\w|\d++(?!\.)).*+(?:\n|\Z))+")
_HEADING = re.compile(r"#{1,6}[^#\\\n]+")
# What any inline pattern, and any of typography, has in all that it matches: a text without it is left as it is by all.
_INLINE = re.compile(r"[`\\\[<&*_\n]")
_TYPOGRAPHY = re.compile(r"'|\"|--|\.\.\.")  # not ['"], after which each character would be tried three times
# Of which one at least is there when a pattern finds anything.
_REFERENCES = "references"
_INLINE_SIGNS = {
    "backtick": {"`"},
    "escape": {"\\"},
    "footnote": {"^"},
    "reference": {_REFERENCES},
    "link": {"["},
    "image_link": {"!"},
    "image_reference": {_REFERENCES},
    "short_reference": {_REFERENCES},
    "short_image_ref": {_REFERENCES},
    "autolink": {"<"},
    "automail": {"<"},
    "linebreak": {"\n"},
    "html": {"<"},
    "entity": {"&"},
    "em_strong": {"*", "_"},
}
_TYPOGRAPHY_SIGNS = {"smarty-em-dashes": {"-"}, "smarty-en-dashes": {"-"}, "smarty-ellipses": {"."}}
_UNEVEN = (STX, ETX, "\r", "\t", "\n ")
_MARKUP = re.compile(f"[&<>{STX}]")
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))


def quicken(markdown: Markdown) -> None:
    """Exchange what costs most of a Markdown that has the extensions smarty and toc."""
    markdown.preprocessors.register(_Whitespace(markdown), "normalize_whitespace", 30)
    markdown.preprocessors.register(_HtmlBlocks(markdown), "html_block", 20)
    blocks, trees = markdown.parser.blockprocessors, markdown.treeprocessors
    # Before all others, of which "empty" is the first with 100.
    blocks.register(_Heading(markdown.parser), "plain-heading", 120)
    blocks.register(_If(_PARAGRAPH.fullmatch, blocks["paragraph"]), "plain-paragraph", 110)
    for name, sign, priority in (
        ("table", r"\|", 75),
        ("hashheader", "#", 70),
        ("deflist", ":", 25),
        ("quote", ">", 20),
    ):
        blocks.register(_If(re.compile(sign).search, blocks[name]), name, priority)
    # A registry makes such a list anew for every block.
    markdown.parser.blockprocessors = list(blocks)  # type: ignore[assignment]
    inline, smarty = cast("InlineProcessor", trees["inline"]), cast("InlineProcessor", trees["smarty"])
    trees.register(_Inline(inline, _INLINE, _INLINE_SIGNS), "inline", 20)
    trees.register(_Inline(smarty, _TYPOGRAPHY, _TYPOGRAPHY_SIGNS), "smarty", 6)
    trees.register(_Anchors(cast("TocTreeprocessor", trees["toc"])), "toc", 5)
    trees.register(_Unescape(markdown), "unescape", 0)
    # Asked for every tag, several times.
    markdown.block_level_elements = frozenset(markdown.block_level_elements)  # type: ignore[assignment]


class _Whitespace(NormalizeWhitespace):
    def run(self, lines: list[str]) -> list[str]:
        source = "\n".join(lines)
        return super().run(lines) if any(sign in source for sign in _UNEVEN) else [*lines, "", ""]


class _HtmlBlocks(HtmlBlockPreprocessor):
    def run(self, lines: list[str]) -> list[str]:
        source = "\n".join(lines)
        return super().run(lines) if "<" in source or "&" in source else lines


class _If(BlockProcessor):
    """Another processor, which is only asked about blocks that may be for it."""

    def __init__(self, may_be: Callable[[str], object], processor: BlockProcessor) -> None:
        super().__init__(processor.parser)
        self._may_be, self._processor = may_be, processor

    def test(self, parent: Element, block: str) -> bool:
        return bool(self._may_be(block)) and self._processor.test(parent, block)

    def run(self, parent: Element, blocks: list[str]) -> bool | None:
        return self._processor.run(parent, blocks)


class _Heading(BlockProcessor):
    """A heading of a line by itself, in which no character could mean anything else."""

    def test(self, parent: Element, block: str) -> bool:  # noqa: ARG002
        return bool(_HEADING.fullmatch(block))

    def run(self, parent: Element, blocks: list[str]) -> None:
        block = blocks.pop(0)
        words = block.lstrip("#")
        SubElement(parent, f"h{len(block) - len(words)}").text = words.strip()


class _Inline(InlineProcessor):
    """Sees only what has something special in its text, and looks there only for what it may be.

    `signs` are by the names of patterns.
    """

    def __init__(self, processor: InlineProcessor, special: re.Pattern[str], signs: Mapping[str, set[str]]) -> None:
        super().__init__(processor.md)
        known = {processor.inlinePatterns[name]: needed for name, needed in signs.items()}
        self._patterns = [(pattern, known.get(pattern)) for pattern in processor.inlinePatterns]
        self._is_special = special.search

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        if not self._is_special("".join(tree.itertext())):
            return tree
        blocks = Element(tree.tag)
        blocks.extend([block for block in tree if self._is_special("".join(block.itertext()))])
        found = {_REFERENCES} if self.md.references else set()
        texts: list[tuple[Element, str]] = []
        tails: list[tuple[Element, str]] = []
        for element in blocks.iter():
            if text := element.text:
                if self._is_special(text):
                    found.update(text)
                else:
                    texts.append((element, text))
                    element.text = None
            if tail := element.tail:
                if self._is_special(tail):
                    found.update(tail)
                else:
                    tails.append((element, tail))
                    element.tail = None
        # A list: a registry looks whether it is sorted each time that it gives a pattern.
        self.inlinePatterns = [  # type: ignore[assignment]
            pattern for pattern, signs in self._patterns if not signs or not found.isdisjoint(signs)
        ]
        super().run(blocks, ancestors)
        for element, text in texts:
            element.text = text
        for element, tail in tails:
            element.tail = tail
        return tree


class _Anchors(Treeprocessor):
    """Gives headings their ids as a table of contents does, and makes that only where it is shown."""

    def __init__(self, toc: TocTreeprocessor) -> None:
        super().__init__(toc.md)
        self._toc = toc

    def run(self, root: Element) -> None:
        if self._toc.marker in "".join(root.itertext()):
            self._toc.run(root)
            return
        used = {element.get("id", "") for element in root.iter()}
        counters: dict[str, int] = {}
        for heading in [element for element in root.iter() if element.tag in _HEADINGS]:
            if heading.get("id") is None:
                anchor = self._toc.slugify(self._name(heading), self._toc.sep)
                heading.set("id", unique(anchor, used, counters))  # type: ignore[call-arg]

    def _name(self, heading: Element) -> str:
        text = heading.text or ""
        if len(heading) or _MARKUP.search(text):
            return html.unescape(strip_tags(render_inner_html(remove_fnrefs(heading), self.md)))
        return " ".join(text.split())


class _Unescape(UnescapeTreeprocessor):
    def run(self, root: Element) -> None:
        attributes = (value for element in root.iter() for _, value in element.items() if value)
        if self.RE.search("".join([*root.itertext(), *attributes])):
            super().run(root)
