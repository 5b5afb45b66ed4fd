"""The blocks of an .odt -> nodes: paragraphs by style, items with their labels, tables."""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from xml.etree.ElementTree import Element

from plugins.word.docx.ooxml import number
from plugins.word.lists import Flow, Label, flow_paragraph, join_blocks
from plugins.word.nodes import Cell, Inline, Node, ReadBlocks, Table, change_paragraphs
from plugins.word.odt.drawings import SHAPES, Drawings
from plugins.word.odt.inline import InlineReader
from plugins.word.odt.numbers import Counts, Numbers
from plugins.word.odt.styles import TABLE, TEXT, Styles, local
from plugins.word.package import LONG
from plugins.word.paragraphs import text_of
from plugins.word.report import CONTENTS, ImportReport

_CONTENTS = {"table-of-content", "illustration-index", "table-index", "object-index", "user-index"}
_CONTENTS_LINE = re.compile(
    r"(Contents|(Illustration|Table|Object|User|Figure) Index|Index) (\d+|Heading)|toc \d", re.IGNORECASE
)
_CONTENTS_TITLE = re.compile(r"\s*(mục lục|contents|table of contents)\W*", re.IGNORECASE)
_OF_NAMES = {
    "title": {"Title"},
    "quote": {"Quote", "Quotations", "Intense Quote"},
    "caption": {"Caption", "Illustration", "Figure", "Drawing", "caption"},
}
# The empty end of a sheet is one row or column repeated a million times.
_MOST_REPEATED = 50
# More cells are no table of a story; repeated ones cost the file nothing.
_MOST_CELLS = 20_000
_HIDDEN = {"collapse", "filter"}


class Blocks:
    """Reads the blocks of a document, one after another."""

    def __init__(
        self, inline: InlineReader, drawings: Drawings, styles: Styles, numbers: Numbers, report: ImportReport
    ) -> None:
        self._inline, self._drawings, self._styles = inline, drawings, styles
        self._numbers, self._report = numbers, report
        self._is_in_contents = self._begins_contents = False

    def read(self, elements: Iterable[Element], *, in_cell: bool = False) -> list[Node]:
        """Return the nodes of a body, a cell, a text box or a note."""
        flow: list[Flow] = []
        for element in elements:
            for block in self._block(element, in_cell=in_cell):
                self._drop_title_of_contents(flow)
                flow.append(block)
            self._drop_title_of_contents(flow)
        return join_blocks(block for block in flow if block.nodes)

    def _drop_title_of_contents(self, flow: list[Flow]) -> None:
        if self._begins_contents and flow and _CONTENTS_TITLE.fullmatch(text_of(flow[-1].nodes)):
            flow.pop()
        self._begins_contents = False

    def _block(self, element: Element, *, in_cell: bool) -> Iterator[Flow]:
        name = local(element)
        if name in _CONTENTS:
            self._count_contents()
        elif name in {"p", "h"}:
            label = self._numbers.of_heading(element) if name == "h" else None
            yield from self._paragraph(element, label, in_cell=in_cell)
        elif name == "list":
            yield from self._list(element, 1, "", None, in_cell=in_cell)
        elif self._is_hidden(element, name):
            self._inline.hide()
        elif name == "table":
            yield Flow(read_table(element, lambda cell: self.read(cell, in_cell=True), self._inline.hide))
        elif name in SHAPES or name == "a":
            yield from self._finish(self._drawings.read(element), "p", None, in_cell=in_cell)
        elif name in {"section", "index-body", "index-title", "bibliography", "alphabetical-index", "text-box"}:
            yield from (block for child in element for block in self._block(child, in_cell=in_cell))

    def _is_hidden(self, element: Element, name: str) -> bool:
        if name == "table":
            style = element.get(f"{TABLE}style-name", "")
            return self._styles.of("table", style, "table", f"{TABLE}display") == "false"
        return element.get(f"{TEXT}display") == "none" or element.get(f"{TEXT}is-hidden") == "true"

    def _count_contents(self) -> None:
        self._begins_contents = True
        self._report.lost[CONTENTS] += 1

    def _list(
        self, written: Element, level: int, style: str, counts: Counts | None, *, in_cell: bool
    ) -> Iterator[Flow]:
        names = (paragraph.get(f"{TEXT}style-name", "") for paragraph in written.iter(f"{TEXT}p"))
        style = written.get(f"{TEXT}style-name") or style or next(filter(None, map(self._styles.list_of, names)), "")
        counts = self._numbers.open(written, style) if counts is None else counts
        for item in written:
            if local(item) in {"list-item", "list-header"}:
                yield from self._item(item, level, style, counts, in_cell=in_cell)

    def _item(self, item: Element, level: int, style: str, counts: Counts, *, in_cell: bool) -> Iterator[Flow]:
        """Yield the content of an item, with its label before its first paragraph."""
        awaits_label = local(item) != "list-header"
        own: list[Flow] = []
        for child in item:
            name = local(child)
            if name == "list":
                yield from _joined(own)
                own = []
                yield from self._list(child, level + 1, style, counts, in_cell=in_cell)
            elif name in {"p", "h"}:
                label = None
                # An empty list style means no number.
                if awaits_label and self._styles.list_of(child.get(f"{TEXT}style-name", "")) != "":
                    label = self._numbers.label(style, counts, level, item.get(f"{TEXT}start-value"))
                    shown = item.findtext(f"{TEXT}number") or child.findtext(f"{TEXT}number")
                    if label is not None and shown and not label.is_bullet:
                        label = label._replace(text=shown.strip())
                awaits_label = False
                own += self._paragraph(child, label, in_cell=in_cell)
            else:
                own += self._block(child, in_cell=in_cell)
        yield from _joined(own)

    def _paragraph(self, element: Element, label: Label | None, *, in_cell: bool) -> Iterator[Flow]:
        names = set(self._styles.names(element.get(f"{TEXT}style-name", "")))
        if any(map(_CONTENTS_LINE.fullmatch, names)):
            if not self._is_in_contents:
                self._count_contents()
            self._is_in_contents = True
            return
        self._is_in_contents = False
        kind = next((kind for kind, known in _OF_NAMES.items() if names & known), "p")
        if element.tag == f"{TEXT}h" and kind == "p":
            kind = f"h{min(6, max(1, number(element.get(f'{TEXT}outline-level'), 1)))}"
        yield from self._finish(self._inline.read(element), kind, label, in_cell=in_cell)

    def _finish(self, pieces: list[Inline], kind: str, label: Label | None, *, in_cell: bool) -> Iterator[Flow]:
        return flow_paragraph(pieces, kind, label, self.read, self._report, in_cell=in_cell)


def _joined(own: list[Flow]) -> list[Flow]:
    """Return the blocks of an item, those after the labelled one joined to it."""
    blocks = [block for block in own if block.nodes]
    if len(blocks) < 2 or blocks[0].label is None:
        return blocks
    nodes = chain.from_iterable(block.nodes for block in blocks)
    return [Flow(change_paragraphs(nodes, is_loose=False), blocks[0].label)]


def read_table(table: Element, read: ReadBlocks, hide: Callable[[], None]) -> list[Node]:
    """Return a table, the content of its cells read by `read`; nothing for an empty one."""
    hidden = _hidden_columns(table)
    heads: list[tuple[Cell, ...]] = []
    rows: list[tuple[Cell, ...]] = []
    count = 0
    for row, is_head in _rows(table, is_head=False):
        if row.get(f"{TABLE}visibility") in _HIDDEN:
            hide()
            continue
        cells = tuple(_cells(row, read, hide, hidden))
        times = min(number(row.get(f"{TABLE}number-rows-repeated"), 1), _MOST_REPEATED)
        count += len(cells) * times
        if count > _MOST_CELLS:
            raise LONG
        (heads if is_head and not rows else rows).extend([cells] * times)
    made = Table((*heads, *rows), len(heads))
    return [made] if any(cell.blocks for row in made.rows for cell in row) else []


def _rows(table: Element, *, is_head: bool) -> Iterator[tuple[Element, bool]]:
    for child in table:
        match local(child):
            case "table-row":
                yield child, is_head
            case "table-header-rows":
                yield from _rows(child, is_head=True)
            case "table-rows" | "table-row-group":
                yield from _rows(child, is_head=is_head)


def _hidden_columns(table: Element) -> set[int]:
    hidden: set[int] = set()
    at = 0
    for column in _columns(table):
        times = min(number(column.get(f"{TABLE}number-columns-repeated"), 1), _MOST_REPEATED)
        if column.get(f"{TABLE}visibility") in _HIDDEN:
            hidden.update(range(at, at + times))
        at += times
    return hidden


def _columns(table: Element) -> Iterator[Element]:
    for child in table:
        if local(child) == "table-column":
            yield child
        elif local(child) in {"table-columns", "table-header-columns", "table-column-group"}:
            yield from _columns(child)


def _cells(row: Element, read: ReadBlocks, hide: Callable[[], None], hidden: set[int]) -> Iterator[Cell]:
    at = 0
    for cell in row:
        if (name := local(cell)) not in {"table-cell", "covered-table-cell"}:
            continue
        times = min(number(cell.get(f"{TABLE}number-columns-repeated"), 1), _MOST_REPEATED)
        across = number(cell.get(f"{TABLE}number-columns-spanned"), 1)
        down = number(cell.get(f"{TABLE}number-rows-spanned"), 1)
        shown = max(1, across) - len(hidden & set(range(at, at + min(across, _MOST_REPEATED))))
        at += times
        if name == "covered-table-cell":
            continue
        if not shown:
            hide()
            continue
        yield from [Cell(tuple(read(cell)), max(1, down), shown)] * times
