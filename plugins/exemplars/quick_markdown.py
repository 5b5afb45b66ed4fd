"""Python-Markdown that passes over what has nothing for it: the same HTML for half the work.

Most of a story is plain words in paragraphs of a line, which each of Markdown's processors looks through for what it
knows. Here they are seen once, and are no work for those that have nothing to do with them. Only processors are
exchanged, each for one that calls upon it where there is something; tests hold the HTML against plain Markdown's.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, cast
from xml.etree.ElementTree import Element

from markdown.blockprocessors import BlockProcessor
from markdown.extensions.attr_list import AttrListTreeprocessor
from markdown.extensions.toc import TocTreeprocessor, remove_fnrefs, render_inner_html, strip_tags, unique
from markdown.preprocessors import HtmlBlockPreprocessor
from markdown.treeprocessors import InlineProcessor, Treeprocessor, UnescapeTreeprocessor
from markdown.util import STX

if TYPE_CHECKING:
    from markdown import Markdown

# Lines that begin as no block but a paragraph does, and are no rows of a table.
_PARAGRAPH = re.compile(r"(?:(?:[^\W\d_]|[“‘(!]|\*\*?\w|\d++(?!\.))[^\n|]*+(?:\n|\Z))+")
_HEADING = re.compile(r"#.*")
# What any inline pattern, and any of typography, begins with or contains: a text without it is left as it is by all.
_INLINE = re.compile(r"[`\\\[<&*_]|  \n")
_TYPOGRAPHY = re.compile(r"['\"]|--|\.\.\.")
_MARKUP = re.compile(f"[&<>{STX}]")
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))


def quicken(markdown: Markdown) -> None:
    """Exchange what costs most of a Markdown that has the extensions attr_list, smarty and toc."""
    markdown.preprocessors.register(_HtmlBlocks(markdown), "html_block", 20)
    blocks, trees = markdown.parser.blockprocessors, markdown.treeprocessors
    # Before all others, of which "empty" is the first with 100.
    blocks.register(_Plain(_HEADING, blocks["hashheader"]), "plain-heading", 120)
    blocks.register(_Plain(_PARAGRAPH, blocks["paragraph"]), "plain-paragraph", 110)
    for name, special, priority in (("inline", _INLINE, 20), ("smarty", _TYPOGRAPHY, 6)):
        trees.register(_Inline(cast("InlineProcessor", trees[name]), special), name, priority)
    trees.register(_AttributeLists(markdown), "attr_list", 8)
    trees.register(_Anchors(cast("TocTreeprocessor", trees["toc"])), "toc", 5)
    trees.register(_Unescape(markdown), "unescape", 0)
    # Asked for every tag, several times.
    markdown.block_level_elements = frozenset(markdown.block_level_elements)  # type: ignore[assignment]


class _HtmlBlocks(HtmlBlockPreprocessor):
    def run(self, lines: list[str]) -> list[str]:
        source = "\n".join(lines)
        return super().run(lines) if "<" in source or "&" in source else lines


class _Plain(BlockProcessor):
    """Gives a block that looks like it to the processor that it comes to in the end, past all others."""

    def __init__(self, look: re.Pattern[str], processor: BlockProcessor) -> None:
        super().__init__(processor.parser)
        self._look, self._processor = look, processor

    def test(self, parent: Element, block: str) -> bool:
        return bool(self._look.fullmatch(block)) and self._processor.test(parent, block)

    def run(self, parent: Element, blocks: list[str]) -> bool | None:
        return self._processor.run(parent, blocks)


class _Inline(InlineProcessor):
    """Is shown only the blocks that have something special in their text, and in these only such texts."""

    def __init__(self, processor: InlineProcessor, special: re.Pattern[str]) -> None:
        super().__init__(processor.md)
        # A registry looks whether it is sorted each time that it gives a pattern: a million times a build.
        self.inlinePatterns = list(processor.inlinePatterns)  # type: ignore[assignment]
        self._is_special = special.search

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        blocks = Element(tree.tag)
        blocks.extend([block for block in tree if self._is_special("".join(block.itertext()))])
        if len(blocks):
            texts = [(e, e.text) for e in blocks.iter() if e.text and not self._is_special(e.text)]
            tails = [(e, e.tail) for e in blocks.iter() if e.tail and not self._is_special(e.tail)]
            for element, _ in texts:
                element.text = None
            for element, _ in tails:
                element.tail = None
            super().run(blocks, ancestors)
            for element, text in texts:
                element.text = text
            for element, tail in tails:
                element.tail = tail
        return tree


class _AttributeLists(AttrListTreeprocessor):
    def run(self, doc: Element) -> None:
        if "{" in "".join(doc.itertext()):
            super().run(doc)


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
