"""Markdown of people who never learned it: lists, tables and notes as they are plainly meant.

Python-Markdown requires a blank line before a list or table, four spaces for a nested list, and `1.` or `-` for items;
it takes an indented paragraph for code, and drops cells of a row wider than the head of its table.
"""

import re
from html import escape
from typing import NamedTuple
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.attr_list import AttrListTreeprocessor
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.tables import TableProcessor
from markdown.preprocessors import Preprocessor
from markdown.util import ETX, STX

from plugins.markdown.body import ATTRIBUTES
from plugins.markdown.cleaning import TAGS

_ITEM = re.compile(r"(?P<indent>\s*)(?:(?P<bullet>[-*+–•·])|(?P<number>\d{1,9})[.)])(?:\s+(?P<text>\S.*)|\s*)")
_RULE = re.compile(r" {0,3}(?:([-*_]) *)(?:\1 *){2,}")
_SEPARATOR = re.compile(r" *\|?(?: *:?-+:? *\|)+(?: *:?-+:?)? *|(?: *:?-+:? *\|)+ *:?-+:? *")
_FENCED = re.compile(r"^(?P<fence>~{3,}|`{3,})[^`\n]*\n(?P<code>.*?)^(?P=fence) *$", re.MULTILINE | re.DOTALL)
_TAG = re.compile(r"(?<!\]\()(?<!\]: )</?(?P<name>[^\W\d_][^\s<>/:@]*)(?![^\s<>/])")
_QUOTED = re.compile(r" {0,3}> ?")
# Ends a list right above it.
_OTHER = re.compile(rf"#|{STX}|>|\[\^[^\]]+\]:|\[[^\]]+\]:|\*\[[^\]]+\]:")
# May have an indented list as its own content.
_DEFINED = re.compile(r" {0,3}(?:\[\^[^\]]+\]:|: )")
_MAY_CONCERN = re.compile(r"^[ \u00a0>]*(?:[-*+–•·][ \u00a0]|\d{1,9}[.)][ \u00a0]|\||:?-+:? *(?:\||$))", re.MULTILINE)
# First characters of lines that may be more than words.
_BEGINNINGS = frozenset(" \u00a0-*+–•·0123456789>[:")
_STEP = "    "


class AsMeant(Extension):
    """Reads lists, tables, indents as they are meant; `wide_rows` has rows wider than heads, and the heads needed."""

    def __init__(self) -> None:
        super().__init__()
        self.wide_rows: list[tuple[str, str]] = []

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Register the processors."""
        md.registerExtension(self)
        if "|" not in md.ESCAPED_CHARS:
            md.ESCAPED_CHARS.append("|")
        # Before and after HTML is stashed, with 20.
        md.preprocessors.register(_Fences(md), "fences", 25)
        md.preprocessors.register(_Lines(md), "as-meant", 15)
        md.parser.blockprocessors.register(_Tables(md, self.wide_rows), "table", 75)
        md.parser.blockprocessors.deregister("code")
        md.treeprocessors.register(_AttributeLists(md), "attr_list", 8)

    def reset(self) -> None:
        """Forget the previous text."""
        self.wide_rows.clear()


class Footnotes(FootnoteExtension):
    """Footnotes whose labels may have spaces, which ids may not."""

    def __init__(self) -> None:
        # Always at the end: no text contains this marker.
        super().__init__(BACKLINK_TITLE="Về lại chỗ có chú thích %d", SEPARATOR=":", PLACE_MARKER=ETX * 2)
        self.twice: list[str] = []

    def reset(self) -> None:
        """Forget the previous text."""
        super().reset()
        self.twice = []

    def setFootnote(self, id: str, text: str) -> None:  # noqa: A002, N802 - Python-Markdown's names
        """Add a note; two with one label are joined, and the label is in `twice`."""
        if id in self.footnotes:
            self.twice.append(id)
            text = f"{self.footnotes[id]}\n\n{text}"
        super().setFootnote(id, text)

    def makeFootnoteId(self, id: str) -> str:  # noqa: A002, N802 - Python-Markdown's names
        """Return the id of a note."""
        return str(super().makeFootnoteId(self._id(id)))

    def makeFootnoteRefId(self, id: str, found: bool = False) -> str:  # noqa: A002, N802
        """Return the id of a reference to a note."""
        return str(super().makeFootnoteRefId(self._id(id), found))

    def label(self, made: str) -> str:
        """Return the written label of a note with this id."""
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
    """Code between fences, without Pygments, comments over several lines, and text in <> that is no tag."""

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
    """Return the source without comments that begin within a line and end in another, which Markdown would show."""
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


class _Item(NamedTuple):
    indent: int = 0
    is_numbered: bool = False


class _Mending:
    """The lines mended so far; each of `open_items` is inside the one before."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.open_items: list[_Item] = []
        self._depth = 0  # of the block of the last line
        self.is_defined = False  # inside a note or term, which may have an indented list

    def add(self, line: str, before: str, after: str) -> None:
        """Add the next line, given the one before and the one after."""
        words = line.lstrip(" ")
        indent = len(line) - len(words)
        is_rule = bool(_RULE.fullmatch(words if self.open_items else line))
        is_ruled = bool(_SEPARATOR.fullmatch(after))
        # Rows without a separator: the first is the head all the same.
        is_bare = _is_row(line) and _is_row(after) and not (_is_row(before) or is_ruled or _SEPARATOR.fullmatch(line))
        is_head = is_bare or ("|" in line and "|" not in before and is_ruled)
        is_block = is_rule or is_head
        item = None if is_rule else _ITEM.fullmatch(line)
        if item and not item["text"]:
            # Without words. A dash alone would make a heading of the line above.
            if not self.open_items:
                self._put(line, 0, parts=True)
        elif item and self.is_defined and indent:
            # Inside the note or term above.
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
            # The end of a list, a table right under words, words right under a table.
            parts = bool(self.open_items) or is_head or (_is_row(before) and "|" not in line)
            self.open_items.clear()
            self._put(line, 0, parts=parts)
        self.lines += [self.lines[-1].removesuffix(words) + "|---" * (words.count("|") - 1) + "|"] * is_bare

    def add_plain_item(self, line: str) -> None:
        """Add an item of a list that is not nested, after a blank line or another item."""
        self.open_items = [_Item()]
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
        """Add a line to the item right above, or a paragraph to the item that its indent belongs to."""
        if follows:
            self.lines.append(f"{_STEP * max(self._depth, len(self.open_items) - 1)}{words}")
            return
        while len(self.open_items) > 1 and indent < self.open_items[-1].indent + 2:
            self.open_items.pop()
        self._put(words, len(self.open_items), parts=False)


def _is_row(line: str) -> bool:
    return line.lstrip().startswith("|") and line.rstrip().endswith("|")


def _is_item(item: re.Match[str], before: str, after: str, open_items: list[_Item]) -> bool:
    """Tell by its context whether a line that looks like an item is one."""
    if item["bullet"] == "–":
        # Alone it opens direct speech.
        others = [_ITEM.fullmatch(line) for line in (before, after)]
        is_one_of_many = any(other and other["bullet"] == "–" for other in others)
        return is_one_of_many or bool(open_items and (item["indent"] or others[0]))
    # Right under words only 1 begins a list: other numbers may be years.
    return bool(item["bullet"] or not before.strip() or open_items or item["number"] == "1")


class _AttributeLists(AttrListTreeprocessor):
    """Attribute lists only in braces with a name: other braces are words."""

    HEADER_RE = re.compile(rf"[ ]+{ATTRIBUTES}[ ]*$")  # type: ignore[misc]
    BLOCK_RE = re.compile(rf"\n[ ]*{ATTRIBUTES}[ ]*$")  # type: ignore[misc]
    INLINE_RE = re.compile(rf"^{ATTRIBUTES}")  # type: ignore[misc]

    def run(self, doc: Element) -> None:
        if "{" in "".join(doc.itertext()):
            super().run(doc)


class _Tables(TableProcessor):
    """Tables as wide as their widest row."""

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
        """Return a table as wide as its widest row, and its first row wider than the head, with the head needed."""
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
