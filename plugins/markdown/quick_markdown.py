"""Fast paths for Python-Markdown: the same HTML in a third of the time.

Most of a story is plain words in paragraphs of one line, through which each pattern and each block processor searches
in vain. Tests hold the HTML against plain Markdown's.
"""

import html
import re
from collections.abc import Mapping
from typing import cast
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockprocessors import ParagraphProcessor
from markdown.extensions.toc import TocTreeprocessor, remove_fnrefs, render_inner_html, strip_tags, unique
from markdown.treeprocessors import InlineProcessor, Treeprocessor
from markdown.util import STX

# Lines with the beginning of no other block, and no table.
_PARAGRAPH = re.compile(r"(?:(?:[^\W\d_]|[“‘(!]|\*\*?\w|\d++(?!\.)).*+(?:\n|\Z))+")
_MARKUP = re.compile(f"[&<>{STX}]")
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
# Characters without which no inline pattern, and no pattern of typography, can match.
_INLINE = re.compile(r"[`\\\[<&*_\n]")
_TYPOGRAPHY = re.compile(r"'|\"|--|\.\.\.")  # not ['"], after which each character would be tried three times
_REFERENCES = "references"
# By the name of a pattern: characters of which it needs one.
_INLINE_SIGNS = {
    "backtick": {"`"},
    "escape": {"\\"},
    "footnote": {"^"},
    "link": {"["},
    "image_link": {"!"},
    **{name: {_REFERENCES} for name in ("reference", "image_reference", "short_reference", "short_image_ref")},
    **{name: {"<"} for name in ("autolink", "automail", "html")},
    "linebreak": {"\n"},
    "entity": {"&"},
    "em_strong": {"*", "_"},
}
_TYPOGRAPHY_SIGNS = {"smarty-em-dashes": {"-"}, "smarty-en-dashes": {"-"}, "smarty-ellipses": {"."}}


def quicken(markdown: Markdown) -> None:
    """Replace the slow processors of a Markdown that has the extensions smarty and toc."""
    trees, blocks = markdown.treeprocessors, markdown.parser.blockprocessors
    inline, smarty = cast("InlineProcessor", trees["inline"]), cast("InlineProcessor", trees["smarty"])
    trees.register(_Inline(inline, _INLINE, _INLINE_SIGNS), "inline", 20)
    trees.register(_Inline(smarty, _TYPOGRAPHY, _TYPOGRAPHY_SIGNS), "smarty", 6)
    trees.register(_Anchors(cast("TocTreeprocessor", trees["toc"])), "toc", 5)
    # Before all others, of which "empty" is the first with 100.
    blocks.register(_PlainParagraph(markdown.parser), "plain-paragraph", 110)
    # A registry makes such a list anew for every block, and every tag is looked up several times.
    markdown.parser.blockprocessors = list(blocks)  # type: ignore[assignment]
    markdown.block_level_elements = frozenset(markdown.block_level_elements)  # type: ignore[assignment]


class _PlainParagraph(ParagraphProcessor):
    """Takes blocks that no other processor can want."""

    def test(self, parent: Element, block: str) -> bool:  # noqa: ARG002
        return _PARAGRAPH.fullmatch(block) is not None


class _Anchors(Treeprocessor):
    """Gives headings their ids as a table of contents does, and makes the table only where it is shown."""

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
                name = " ".join((heading.text or "").split())
                if len(heading) or _MARKUP.search(name):
                    name = html.unescape(strip_tags(render_inner_html(remove_fnrefs(heading), self.md)))
                anchor = self._toc.slugify(name, self._toc.sep)
                heading.set("id", unique(anchor, used, counters))  # type: ignore[call-arg]


class _Inline(InlineProcessor):
    """Processes only texts with a special character, and only by patterns that may match them."""

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
        # A list: a registry checks whether it is sorted each time that it yields a pattern.
        self.inlinePatterns = [  # type: ignore[assignment]
            pattern for pattern, signs in self._patterns if not signs or not found.isdisjoint(signs)
        ]
        super().run(blocks, ancestors)
        for element, text in texts:
            element.text = text
        for element, tail in tails:
            element.tail = tail
        return tree
