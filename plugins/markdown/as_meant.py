"""Markdown as people write it who never learned it: lists, tables and notes come out as they plainly mean them.

Python-Markdown wants a blank line before a list and a table, four spaces for a list in a list, and `1.` or `-` for its
items; it takes an indented paragraph for code, and leaves out what a row has more than its table's head.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from markdown.extensions import Extension
from markdown.extensions.attr_list import AttrListTreeprocessor
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.tables import TableProcessor
from markdown.preprocessors import Preprocessor
from markdown.util import ETX, STX

from plugins.markdown.body import ATTRIBUTES
from plugins.markdown.cleaning import TAGS

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from markdown import Markdown

_ITEM = re.compile(r"(?P<indent>\s*)(?:(?P<bullet>[-*+–•·])|(?P<number>\d{1,9})[.)])(?:\s+(?P<text>\S.*)|\s*)")
_RULE = re.compile(r" {0,3}(?:([-*_]) *)(?:\1 *){2,}")
_SEPARATOR = re.compile(r" *\|?(?: *:?-+:? *\|)+(?: *:?-+:?)? *|(?: *:?-+:? *\|)+ *:?-+:? *")
_FENCED = re.compile(r"^(?P<fence>~{3,}|`{3,})[^`\n]*\n(?P<code>.*?)^(?P=fence) *$", re.MULTILINE | re.DOTALL)
_TAG = re.compile(r"(?<!\]\()(?<!\]: )</?(?P<name>[^\W\d_][^\s<>/:@]*)(?![^\s<>/])")
_QUOTED = re.compile(r" {0,3}> ?")
# Ends a list that it stands right under.
_OTHER = re.compile(rf"#|{STX}|>|\[\^[^\]]+\]:|\[[^\]]+\]:|\*\[[^\]]+\]:")
# What may have a list indented under it that is its own.
_DEFINED = re.compile(r" {0,3}(?:\[\^[^\]]+\]:|: )")
_MAY_CONCERN = re.compile(r"^[ \u00a0>]*(?:[-*+–•·][ \u00a0]|\d{1,9}[.)][ \u00a0]|\||:?-+:? *(?:\||$))", re.MULTILINE)
# Of a line that may be more than words.
_BEGINNINGS = frozenset(" \u00a0-*+–•·0123456789>[:")
_STEP = "    "


class AsMeant(Extension):
    """Reads lists, tables and indented paragraphs as they were meant.

    `wide_rows` has of each table the first row that is wider than its head, and the head that it needs.
    """

    def __init__(self) -> None:
        super().__init__()
        self.wide_rows: list[tuple[str, str]] = []

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Register the processors."""
        md.registerExtension(self)
        if "|" not in md.ESCAPED_CHARS:
            md.ESCAPED_CHARS.append("|")
        # Before HTML is taken out, with 20, and after.
        md.preprocessors.register(_Fences(md), "fences", 25)
        md.preprocessors.register(_Lines(md), "as-meant", 15)
        md.parser.blockprocessors.register(_Tables(md, self.wide_rows), "table", 75)
        md.parser.blockprocessors.deregister("code")
        md.treeprocessors.register(_AttributeLists(md), "attr_list", 8)

    def reset(self) -> None:
        """Forget the rows of the text before."""
        self.wide_rows.clear()


class Footnotes(FootnoteExtension):
    """Footnotes whose labels may have spaces, which no id may have."""

    def __init__(self) -> None:
        # Always at the end: no text has that mark.
        super().__init__(BACKLINK_TITLE="Về lại chỗ có chú thích %d", SEPARATOR=":", PLACE_MARKER=ETX * 2)
        self.twice: list[str] = []

    def reset(self) -> None:
        """Forget the notes of the text before."""
        super().reset()
        self.twice = []

    def setFootnote(self, id: str, text: str) -> None:  # noqa: A002, N802 - Python-Markdown's names
        """Take in a note; of two with one label both are kept, and the label is in `twice`."""
        if id in self.footnotes:
            self.twice.append(id)
            text = f"{self.footnotes[id]}\n\n{text}"
        super().setFootnote(id, text)

    def makeFootnoteId(self, id: str) -> str:  # noqa: A002, N802 - Python-Markdown's names
        """Return the id of a note."""
        return str(super().makeFootnoteId(self._id(id)))

    def makeFootnoteRefId(self, id: str, found: bool = False) -> str:  # noqa: A002, N802
        """Return the id of the place that leads to a note."""
        return str(super().makeFootnoteRefId(self._id(id), found))

    def label(self, made: str) -> str:
        """Return the label, as written, of a note with this id."""
        return next((label for label in self.footnotes if self._id(label) == made), made)

    def _id(self, label: str) -> str:
        joined = "-".join(label.split())
        if joined == label:
            return label
        others = list(self.footnotes)
        while joined in others:
            joined += "-"
        return joined


class _Fences(Preprocessor):
    """Code between two lines of ~~~ or ```, comments over several lines, and what is in <> but no tag.

    The extension for fences would load Pygments.
    """

    def run(self, lines: list[str]) -> list[str]:
        source = "\n".join(lines)
        if "~~~" in source or "```" in source:
            source = _FENCED.sub(self._store, source)
        if "<" in source:
            source = _drop_long_comments(source)
            if "`" not in source:
                source = _TAG.sub(lambda tag: tag[0] if tag["name"].lower() in TAGS else f"&lt;{tag[0][1:]}", source)
        return source.split("\n")

    def _store(self, found: re.Match[str]) -> str:
        code = escape(found["code"], quote=False)
        return f"\n{self.md.htmlStash.store(f'<pre><code>{code}</code></pre>')}\n"


def _drop_long_comments(source: str) -> str:
    """Return the source without comments that begin in a line and end in another, which Markdown would show."""
    parts, at = [], 0
    while (start := source.find("<!--", at)) >= 0 and (end := source.find("-->", start)) >= 0:
        end += len("-->")
        is_long = "\n" in source[start:end] and start and source[start - 1] != "\n"
        parts.append(source[at : start if is_long else end])
        at = end
    return "".join([*parts, source[at:]])


class _Lines(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        return mend_lines(lines) if _MAY_CONCERN.search("\n".join(lines)) else lines


def mend_lines(lines: list[str]) -> list[str]:
    """Return lines of Markdown with blank lines and indents where Python-Markdown needs them."""
    mending = _Mending()
    at = 0
    while at < len(lines):
        end = at + 1
        line, before = lines[at], lines[at - 1] if at else ""
        if line[:1] in (" ", "\u00a0"):
            words = line.lstrip(" \u00a0")
            line = " " * (len(line) - len(words)) + words
        if not line:
            mending.lines.append(line)
        elif not mending.open_items and line[0] not in _BEGINNINGS and "|" not in line and "|" not in before:
            mending.is_defined = False
            mending.lines.append(line)
        elif line[:2] == "- " and line[2:3] not in "- " and (not before or before[:2] == "- "):
            mending.add_plain_item(line)
        elif _QUOTED.match(lines[at]) and not mending.open_items:
            while end < len(lines) and _QUOTED.match(lines[end]):
                end += 1
            if _is_row(before):
                mending.lines.append("")
            quoted = mend_lines([_QUOTED.sub("", line, count=1) for line in lines[at:end]])
            mending.lines += [f"> {line}".rstrip() for line in quoted]
        else:
            mending.add(line, before, lines[end] if end < len(lines) else "")
        at = end
    return mending.lines


@dataclass(frozen=True)
class _Item:
    indent: int
    is_numbered: bool


_PLAIN = _Item(0, is_numbered=False)


class _Mending:
    """Lines as they were mended so far; each of `open_items` stands in the one before."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.open_items: list[_Item] = []
        self._depth = 0  # of the block that the last line is in, where it begins
        self.is_defined = False  # a note or a term, under which a list may be indented

    def add(self, line: str, before: str, after: str) -> None:
        """Add the next line, which stands between these two."""
        words = line.lstrip(" ")
        indent = len(line) - len(words)
        is_rule = bool(_RULE.fullmatch(words if self.open_items else line))
        is_ruled = bool(_SEPARATOR.fullmatch(after))
        # Rows with no rule under the first, which is their head all the same.
        is_bare = _is_row(line) and _is_row(after) and not (_is_row(before) or is_ruled or _SEPARATOR.fullmatch(line))
        is_head = is_bare or ("|" in line and "|" not in before and is_ruled)
        is_block = is_rule or is_head
        item = None if is_rule else _ITEM.fullmatch(line)
        if item and not item["text"]:
            # Of no words. A dash alone would make a heading of what stands above it.
            if not self.open_items:
                self._put(line, 0, parts=True)
        elif item and self.is_defined and indent:
            # In the note or term above it.
            if before.strip() and not _ITEM.fullmatch(before):
                self.lines.append("")
            self.lines.append(line if indent >= len(_STEP) else f"{_STEP}{words}")
        elif item and _is_item(item, before, after, self.open_items):
            self._begin_item(item)
        elif self.open_items and indent and is_block:
            self.lines.append("")
            self._go_on(indent, words, follows=False)
        elif self.open_items and (indent or (before.strip() and not is_block and not _OTHER.match(line))):
            self._go_on(indent, words, follows=bool(before.strip()))
        else:
            if not indent:
                self.is_defined = bool(_DEFINED.match(line))
            # What ends a list, a table that begins right under words, words right under a table.
            parts = bool(self.open_items) or is_head or (_is_row(before) and "|" not in line)
            self.open_items.clear()
            self._put(line, 0, parts=parts)
        self.lines += [self.lines[-1].removesuffix(words) + "|---" * (words.count("|") - 1) + "|"] * is_bare

    def add_plain_item(self, line: str) -> None:
        """Add an item of a list in no other, after a blank line or another of them."""
        self.open_items = [_PLAIN]
        self._depth = 0
        self.lines.append(line)

    def _put(self, line: str, depth: int, *, parts: bool) -> None:
        if self.lines and self.lines[-1] and (parts or depth < self._depth):
            self.lines.append("")
        if not self.lines or not self.lines[-1]:
            self._depth = depth
        self.lines.append(f"{_STEP * depth}{line}")

    def _begin_item(self, item: re.Match[str]) -> None:
        indent, is_numbered = len(item["indent"]), bool(item["number"])
        sibling = None
        while self.open_items and indent < self.open_items[-1].indent + 2:
            sibling = self.open_items.pop()
        is_other = sibling.is_numbered != is_numbered if sibling else not self.open_items
        marker = f"{item['number']}." if is_numbered else "-"
        self._put(f"{marker} {item['text']}", len(self.open_items), parts=is_other)
        self.open_items.append(_Item(indent, is_numbered))

    def _go_on(self, indent: int, words: str, *, follows: bool) -> None:
        """Add a line to the item right above it, or a paragraph to the one that it is indented in."""
        if follows:
            self.lines.append(f"{_STEP * max(self._depth, len(self.open_items) - 1)}{words}")
            return
        while len(self.open_items) > 1 and indent < self.open_items[-1].indent + 2:
            self.open_items.pop()
        self._put(words, len(self.open_items), parts=False)


def _is_row(line: str) -> bool:
    return line.lstrip().startswith("|") and line.rstrip().endswith("|")


def _is_item(item: re.Match[str], before: str, after: str, open_items: list[_Item]) -> bool:
    """Tell whether a line that looks like an item is one where it stands."""
    if item["bullet"] == "–":
        # By itself it opens what somebody says.
        others = [_ITEM.fullmatch(line) for line in (before, after)]
        is_one_of_many = any(other and other["bullet"] == "–" for other in others)
        return is_one_of_many or bool(open_items and (item["indent"] or others[0]))
    # Under words a number begins a list only as the first: a year may come to stand there.
    return bool(item["bullet"] or not before.strip() or open_items or item["number"] == "1")


class _AttributeLists(AttrListTreeprocessor):
    """Takes for attributes only what names one: other braces are words."""

    HEADER_RE = re.compile(rf"[ ]+{ATTRIBUTES}[ ]*$")  # type: ignore[misc]
    BLOCK_RE = re.compile(rf"\n[ ]*{ATTRIBUTES}[ ]*$")  # type: ignore[misc]
    INLINE_RE = re.compile(rf"^{ATTRIBUTES}")  # type: ignore[misc]

    def run(self, doc: Element) -> None:
        if "{" in "".join(doc.itertext()):
            super().run(doc)


class _Tables(TableProcessor):
    """Tables that are as wide as their widest row."""

    def __init__(self, md: Markdown, wide_rows: list[tuple[str, str]]) -> None:
        super().__init__(md.parser, {"use_align_attribute": True})
        self._wide_rows = wide_rows

    def test(self, parent: Element, block: str) -> bool:
        return bool(super().test(parent, block)) or bool(super().test(parent, self._widen(block)[0]))

    def run(self, parent: Element, blocks: list[str]) -> None:
        blocks[0], rows = self._widen(blocks[0])
        super().test(parent, blocks[0])
        self._wide_rows += rows
        super().run(parent, blocks)

    def _widen(self, block: str) -> tuple[str, list[tuple[str, str]]]:
        """Return a table as wide as its widest row, and with each row wider than its head the head that it needs."""
        lines = [line.strip(" ") for line in block.split("\n")]
        if len(lines) < 2 or "|" not in lines[0] or not _SEPARATOR.fullmatch(lines[1]):
            return block, []
        self.border = lines[0].startswith("|") or bool(self.RE_END_BORDER.search(lines[0]))
        lines[2:] = [line for line in lines[2:] if not _SEPARATOR.fullmatch(line)]
        rows = [self._split_row(line) for line in lines]  # type: ignore[attr-defined]
        widest = max(map(len, rows))
        if len(rows[0]) == len(rows[1]) == widest:
            return "\n".join(lines), []
        lacking = widest - len(rows[0])
        cells = [cell.strip() for cell in rows[0]]
        wide = [line for line, row in zip(lines[2:], rows[2:], strict=True) if len(row) > len(cells)]
        separator = [*rows[1], *["---"] * (widest - len(rows[1]))]
        head = _row([*cells, *[""] * lacking])
        paste = _row([*cells, *["…"] * lacking])
        return "\n".join([head, _row(separator), *lines[2:]]), [(line, paste) for line in wide[:1]]


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"
