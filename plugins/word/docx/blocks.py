"""The blocks of a .docx -> HTML: paragraphs by their style, items with their labels, tables as they are laid out."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from plugins.vietnamese import fold
from plugins.word.docx.chunks import read_chunk
from plugins.word.docx.kinds import DELETED, shows_placeholder
from plugins.word.docx.ooxml import MC, M, R, W, chosen_branch, value
from plugins.word.docx.styles import PLAIN
from plugins.word.docx.tables import write_table
from plugins.word.lists import Flow, join_blocks
from plugins.word.report import CONTENTS, TEXT_BOXES, UNFILLED
from plugins.word.spans import Span, is_empty, plain_text, split_at_pages, to_html

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from xml.etree.ElementTree import Element

    from plugins.word.docx.numbers import Numbers
    from plugins.word.docx.ooxml import Related
    from plugins.word.docx.runs import Runs
    from plugins.word.docx.styles import Styles
    from plugins.word.package import Parts
    from plugins.word.report import ImportReport

_CONTENTS_TITLE = re.compile(r"(muc luc|danh muc (bang|hinh|bieu|cac bang|cac hinh).{0,40}|(table of )?contents)\W*$")
_TAGS = {"title": '<h1 class="title">', "caption": '<p class="caption">', "quote": "<blockquote><p>"}
_CLOSINGS = {"title": "</h1>", "caption": "</p>", "quote": "</p></blockquote>"}


class Blocks:
    """Reads the blocks of one part, one after another."""

    def __init__(
        self,
        runs: Runs,
        styles: Styles,
        numbers: Numbers,
        parts: Parts,
        related: Mapping[str, Related],
        report: ImportReport,
    ) -> None:
        self._runs, self._styles, self._numbers = runs, styles, numbers
        self._parts, self._related, self._report = parts, related, report

    def read(self, elements: Iterable[Element], *, in_cell: bool = False) -> str:
        """Return the blocks of a body, a cell, a box or a note as HTML."""
        return join_blocks(_Story(self, in_cell=in_cell).flow(elements))

    def paragraph(self, paragraph: Element, before: list[Span], story: _Story) -> Iterator[Flow]:
        """Yield a paragraph as blocks: what stood before it in the same line, its text, its pictures and boxes."""
        properties = paragraph.find(f"{W}pPr")
        style = value(properties, "pStyle")
        kind = self._styles.kind(style)
        pieces = [*before, *self._runs.read(paragraph, style, kind)]
        if kind == "toc":
            story.drop_contents()
            return
        mark = properties.find(f"{W}rPr") if properties is not None else None
        if mark is not None and (any(mark.find(tag) is not None for tag in DELETED) or self._hides(mark, style, kind)):
            # Its end is deleted or hidden, so it goes on in the next one.
            story.pending = pieces
            return
        if self._runs.is_in_contents():
            story.drop_contents()
        if _is_drop_cap(properties):
            story.pending = [piece._replace(marks=piece.marks & {"strong", "em"}) for piece in pieces]
            return
        yield from self.finish(pieces, properties, style, kind, in_cell=story.in_cell)

    def _hides(self, mark: Element, style: str, kind: str) -> bool:
        # A mark that parts a heading from the text on its line hides nothing.
        return mark.find(f"{W}specVanish") is None and self._styles.look(mark, style, kind).is_hidden

    def finish(
        self, pieces: list[Span], properties: Element | None, style: str, kind: str, *, in_cell: bool = False
    ) -> Iterator[Flow]:
        """Yield a paragraph whose pieces are known as blocks."""
        boxes = [piece.box for piece in pieces if piece.kind == "box" and piece.box is not None]
        pieces = [piece for piece in pieces if piece.kind != "box"]
        label = self._numbers.label(properties, style, lambda: self._styles.font_of(None, style))
        lines = [line for line in split_at_pages(pieces) if not is_empty(line)]
        inner = self._boxes(boxes)
        if label and not lines and not inner:
            # Word shows its number all the same. In a table that may be the column of numbers; elsewhere it is a slip.
            if in_cell and label.text:
                yield Flow(f"<p>{escape(label.text)}</p>")
            return
        if label and kind in {PLAIN, "caption", "quote"}:
            html = to_html(lines[0]) if len(lines) == 1 and not inner else ""
            written = html or "".join(_paragraph(line, "p") for line in lines)
            yield Flow(written + inner, label)
            return
        for at, line in enumerate(lines):
            if label and at == 0:
                gap = label.gap or ("" if plain_text(line)[:1] in {":", ".", ",", " "} else " ")
                line = [Span("text", f"{label.text}{gap}"), *line]  # noqa: PLW2901
            yield Flow(_paragraph(line, kind))
        if inner:
            yield Flow(inner)

    def _boxes(self, boxes: list[Element]) -> str:
        written = [text for box in boxes if (text := self.read(box))]
        if written:
            self._report.changed[TEXT_BOXES] += 1
        return "".join(written)

    def count_change(self, element: Element) -> None:
        self._runs.count_change(element)

    def chunk(self, element: Element) -> str:
        """Return what another document that was put into this one says."""
        related = self._related.get(element.get(f"{R}id", ""))
        return read_chunk(self._parts, related.target if related else "", self._report)

    def table(self, table: Element) -> str:
        return write_table(table, lambda cell: self.read(cell, in_cell=True), self._report)

    def count_unfilled(self) -> None:
        """Count a content control that nobody has filled in."""
        self._report.lost[UNFILLED] += 1

    def count_contents(self) -> None:
        if not self._runs.is_in_contents():
            self._report.lost[CONTENTS] += 1


class _Story:
    """One run of blocks: what is open between two of them."""

    def __init__(self, blocks: Blocks, *, in_cell: bool) -> None:
        self._blocks, self.in_cell = blocks, in_cell
        self.pending: list[Span] = []
        self._flow: list[Flow] = []
        self._is_after_contents = False

    def flow(self, elements: Iterable[Element]) -> list[Flow]:
        for element in elements:
            self._block(element)
        self._flush()
        return self._flow

    def _flush(self) -> None:
        """End a paragraph whose own end is not there, where no paragraph comes for it to go on in."""
        if not is_empty(self.pending):
            self._flow += self._blocks.finish(self.pending, None, "", PLAIN)
        self.pending = []

    def drop_contents(self) -> None:
        """Leave out a paragraph of a table of contents, and the line over the first of them that says what it is."""
        if self._is_after_contents:
            return
        self._is_after_contents = True
        self._blocks.count_contents()
        if self._flow and _CONTENTS_TITLE.match(fold(re.sub(r"<[^>]*>", "", self._flow[-1].html)).strip()):
            self._flow.pop()

    def _block(self, element: Element) -> None:
        tag = element.tag
        blocks = self._blocks
        if tag == f"{W}p":
            before, self.pending = self.pending, []
            made = list(blocks.paragraph(element, before, self))
            self._flow += made
            self._is_after_contents = self._is_after_contents and not made
        elif tag == f"{W}tbl":
            self._flush()
            self._flow.append(Flow(blocks.table(element)))
            self._is_after_contents = False
        elif tag == f"{W}altChunk":
            self._flush()
            self._flow.append(Flow(blocks.chunk(element)))
        elif tag in DELETED:
            blocks.count_change(element)
        elif tag == f"{W}sdt":
            self._control(element)
        elif tag == f"{MC}AlternateContent":
            chosen = chosen_branch(element)
            self._all(chosen if chosen is not None else ())
        elif tag in {f"{M}oMathPara", f"{M}oMath"}:
            around = element.makeelement(f"{W}p", {})
            around.append(element)
            self._block(around)
        else:
            self._all(element)

    def _all(self, elements: Iterable[Element]) -> None:
        for element in elements:
            self._block(element)

    def _control(self, control: Element) -> None:
        properties = control.find(f"{W}sdtPr")
        gallery = value(properties.find(f"{W}docPartObj"), "docPartGallery") if properties is not None else ""
        if gallery == "Table of Contents":
            self.drop_contents()
        elif shows_placeholder(properties):
            self._blocks.count_unfilled()
        else:
            for content in control.findall(f"{W}sdtContent"):
                self._all(content)


def _paragraph(pieces: list[Span], kind: str) -> str:
    """Return one paragraph; what is no text in a heading stands under it."""
    if kind in {"p", "quote", "caption"}:
        return f"{_TAGS.get(kind, '<p>')}{to_html(pieces)}{_CLOSINGS.get(kind, '</p>')}"
    pictures = "".join(f"<p>{piece.text}</p>" for piece in pieces if piece.kind == "picture")
    words = [piece for piece in pieces if piece.kind != "picture"]
    if is_empty(words):
        return pictures
    return f"{_TAGS.get(kind, f'<{kind}>')}{to_html(words)}{_CLOSINGS.get(kind, f'</{kind}>')}{pictures}"


def _is_drop_cap(properties: Element | None) -> bool:
    frame = properties.find(f"{W}framePr") if properties is not None else None
    return frame is not None and frame.get(f"{W}dropCap", "none") != "none"
