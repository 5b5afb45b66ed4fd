"""The blocks of a .docx -> nodes: paragraphs by style, items with their labels, tables, and embedded documents."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from xml.etree.ElementTree import Element

from plugins.vietnamese import fold
from plugins.word.docx.numbers import Numbers
from plugins.word.docx.ooxml import DELETED, MC, M, R, Related, W, is_on, is_unfilled, number, value, visible_branch
from plugins.word.docx.runs import Runs
from plugins.word.docx.styles import PLAIN, Styles
from plugins.word.html.page import decode_page, read_html_file
from plugins.word.lists import Flow, flow_paragraph, join_blocks
from plugins.word.nodes import Cell, Inline, Node, ReadBlocks, Table
from plugins.word.package import Parts
from plugins.word.paragraphs import is_empty, make_paragraph, text_of
from plugins.word.report import CONTENTS, HIDDEN, UNFILLED, ImportReport

_MOST_BYTES = 1_000_000
_CONTENTS_TITLE = re.compile(r"(muc luc|danh muc (bang|hinh|bieu|cac bang|cac hinh).{0,40}|(table of )?contents)\W*$")
# A wider grid is no table, and each of its rows would take a page.
_MOST_COLUMNS = 200


@dataclass(frozen=True)
class Blocks:
    """Reads the blocks of one part, one after another."""

    runs: Runs
    styles: Styles
    numbers: Numbers
    parts: Parts
    related: Mapping[str, Related]
    report: ImportReport

    def read(self, elements: Iterable[Element], *, in_cell: bool = False) -> list[Node]:
        """Return the nodes of a body, a cell, a text box or a note."""
        return join_blocks(_Story(self, in_cell=in_cell).flow(elements))


class _Story:
    """One run of blocks, and the state between two of them."""

    def __init__(self, blocks: Blocks, *, in_cell: bool) -> None:
        self._blocks, self._in_cell = blocks, in_cell
        self._runs, self._styles, self._report = blocks.runs, blocks.styles, blocks.report
        self._pending: list[Inline] = []
        self._flow: list[Flow] = []
        self._is_after_contents = False

    def flow(self, elements: Iterable[Element]) -> list[Flow]:
        self._all(elements)
        self._flush()
        return self._flow

    def _paragraph(self, paragraph: Element) -> None:
        properties = paragraph.find(f"{W}pPr")
        style = value(properties, "pStyle")
        kind = self._styles.kind(style)
        before, self._pending = self._pending, []
        spans = [*before, *self._runs.read(paragraph, style, kind)]
        if kind == "toc":
            self._drop_contents()
            return
        mark = properties.find(f"{W}rPr") if properties is not None else None
        # A mark that parts a heading from the text on its line hides nothing.
        may_hide = mark is not None and mark.find(f"{W}specVanish") is None
        is_hidden = may_hide and self._styles.look(mark, style, kind).is_hidden
        if mark is not None and (is_hidden or any(mark.find(tag) is not None for tag in DELETED)):
            # Its end is deleted or hidden, so it goes on in the next one.
            self._pending = spans
            return
        if self._runs.is_in_contents():
            self._drop_contents()
        frame = properties.find(f"{W}framePr") if properties is not None else None
        if frame is not None and frame.get(f"{W}dropCap", "none") != "none":
            self._pending = [span._replace(marks=span.marks & {"strong", "em"}) for span in spans]
            return
        made = list(self._finish(spans, properties, style, kind))
        self._flow += made
        self._is_after_contents = self._is_after_contents and not made

    def _finish(self, spans: list[Inline], properties: Element | None, style: str, kind: str) -> Iterator[Flow]:
        label = self._blocks.numbers.label(properties, style, lambda: self._styles.font_of(None, style))
        return flow_paragraph(spans, kind, label, self._blocks.read, self._report, in_cell=self._in_cell)

    def _flush(self) -> None:
        """End a paragraph without an end of its own if no paragraph follows for it to go on in."""
        if not is_empty(self._pending):
            self._flow += self._finish(self._pending, None, "", PLAIN)
        self._pending = []

    def _drop_contents(self) -> None:
        """Leave out a paragraph of a table of contents, and before the first of them the line that titles it."""
        if self._is_after_contents:
            return
        self._is_after_contents = True
        if not self._runs.is_in_contents():
            self._report.lost[CONTENTS] += 1
        if self._flow and _CONTENTS_TITLE.match(fold(text_of(self._flow[-1].nodes)).strip()):
            self._flow.pop()

    def _block(self, element: Element) -> None:
        tag = element.tag
        if tag == f"{W}p":
            self._paragraph(element)
        elif tag == f"{W}tbl":
            self._flush()
            self._flow.append(Flow(read_table(element, partial(self._blocks.read, in_cell=True), self._report)))
            self._is_after_contents = False
        elif tag == f"{W}altChunk":
            self._flush()
            related = self._blocks.related.get(element.get(f"{R}id", ""))
            self._flow.append(Flow(read_chunk(self._blocks.parts, related.target if related else "", self._report)))
        elif tag in DELETED:
            self._runs.count_change(element)
        elif tag == f"{W}sdt":
            self._control(element)
        elif tag == f"{MC}AlternateContent":
            self._all(visible_branch(element))
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
            self._drop_contents()
        elif is_unfilled(properties):
            self._report.lost[UNFILLED] += 1
        else:
            for content in control.findall(f"{W}sdtContent"):
                self._all(content)


def read_chunk(parts: Parts, name: str, report: ImportReport) -> list[Node]:
    """Return the nodes of a chunk of HTML or text, its notes last; none of any other, which the report counts."""
    data = parts[name] if parts.size(name) <= _MOST_BYTES and name in parts else b""
    suffix = name.lower().rsplit(".", 1)[-1]
    if data and suffix in {"htm", "html", "xhtml", "mht", "mhtml"}:
        parsed = read_html_file(data, report)
        return [*parsed.nodes, *chain.from_iterable(parsed.notes)]
    if data and suffix == "txt":
        lines = decode_page(data).splitlines()
        return [node for line in lines for node in make_paragraph([Inline("text", line)], "p", report)]
    report.lost["phần nhúng từ tệp khác"] += 1
    return []


@dataclass
class _Cell:
    column: int
    width: int
    nodes: Sequence[Node]
    height: int = 1
    goes_on: bool = False


def read_table(table: Element, read: ReadBlocks, report: ImportReport) -> list[Node]:
    """Return a table, the content of its cells read by `read`; nothing for an empty one."""
    rows: list[list[_Cell]] = []
    heads = 0
    for row in _inside(table, f"{W}tr"):
        properties = row.find(f"{W}trPr")
        if properties is not None and any(properties.find(tag) is not None for tag in DELETED):
            report.changed["hàng đã xóa trong bảng (theo dõi thay đổi)"] += 1
            continue
        cells = _cells(row, properties, read, report)
        is_hidden, is_head = (is_on(row.find(f"{W}trPr/{W}{name}")) for name in ("hidden", "tblHeader"))
        if not is_hidden or any(cell.nodes for cell in cells):
            heads += is_head and heads == len(rows)
            rows.append(cells)
    _merge_down(rows, report)
    if not any(cell.nodes for row in rows for cell in row):
        return []
    shown = ((cell for cell in row if not cell.goes_on) for row in rows)
    return [Table(tuple(tuple(Cell(tuple(one.nodes), one.height, one.width) for one in row) for row in shown), heads)]


def _inside(element: Iterable[Element], tag: str) -> Iterator[Element]:
    """Yield the rows of a table, or the cells of a row, out of any wrappers."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag == f"{MC}AlternateContent":
            yield from _inside(visible_branch(child), tag)
        elif child.tag not in DELETED and child.tag not in {f"{W}tr", f"{W}tc", f"{W}p", f"{W}tbl"}:
            yield from _inside(child, tag)


def _cells(row: Element, properties: Element | None, read: ReadBlocks, report: ImportReport) -> list[_Cell]:
    column = _width(value(properties, "gridBefore"), 0)
    cells = [_Cell(0, column, ())] if column else []
    for cell in _inside(row, f"{W}tc"):
        said = cell.find(f"{W}tcPr")
        width = _width(value(said, "gridSpan"), 1) or 1
        nodes = read(cell)
        if said is not None and said.find(f"{W}cellDel") is not None:
            report.changed["ô đã xóa trong bảng (theo dõi thay đổi)"] += 1
            nodes = []
        across, down = _merge(said, "hMerge"), _merge(said, "vMerge")
        if across == "continue" and cells:
            cells[-1].width += width
            report.lost[HIDDEN] += bool(nodes)
        else:
            cells.append(_Cell(column, width, nodes, goes_on=down == "continue"))
        column += width
    if after := _width(value(properties, "gridAfter"), 0):
        cells.append(_Cell(column, after, ()))
    return cells


def _width(written: str, otherwise: int) -> int:
    return min(max(0, number(written, otherwise)), _MOST_COLUMNS)


def _merge(properties: Element | None, name: str) -> str:
    is_there = properties is not None and properties.find(f"{W}{name}") is not None
    return value(properties, name, "continue") if is_there else ""


def _merge_down(rows: list[list[_Cell]], report: ImportReport) -> None:
    """Extend each cell over the continued cells below it, whose own text is hidden."""
    above: dict[int, _Cell] = {}
    for row in rows:
        current: dict[int, _Cell] = {}
        for cell in row:
            over = above.get(cell.column)
            if cell.goes_on and over is not None and over.width == cell.width:
                over.height += 1
                report.lost[HIDDEN] += bool(cell.nodes)
                current[cell.column] = over
            else:
                cell.goes_on = False
                current[cell.column] = cell
        above = current
