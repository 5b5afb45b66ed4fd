"""A table of a .docx -> a table of nodes, without deleted rows."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from plugins.word.docx.ooxml import DELETED, MC, W, is_on, number, value, visible_branch
from plugins.word.nodes import Cell, Node, ReadBlocks, Table
from plugins.word.report import HIDDEN, ImportReport

# A wider grid is no table, and each of its rows would take a page.
_MOST_COLUMNS = 200


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
        if is_hidden and not any(cell.nodes for cell in cells):
            continue
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
    if properties is None or properties.find(f"{W}{name}") is None:
        return ""
    return value(properties, name, "continue")


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
