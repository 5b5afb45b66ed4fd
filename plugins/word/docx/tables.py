"""A table of a .docx -> an HTML table with the same cells in the same places; deleted rows are out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from plugins.word.docx.kinds import DELETED
from plugins.word.docx.ooxml import MC, W, chosen_branch, is_on, number, value
from plugins.word.report import HIDDEN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from xml.etree.ElementTree import Element

    from plugins.word.report import ImportReport

# A grid that is wider than this is no table, and would take a page for each of its rows.
_MOST_COLUMNS = 200


@dataclass
class _Cell:
    column: int
    width: int
    html: str
    height: int = 1
    goes_on: bool = False


def write_table(table: Element, read: Callable[[Iterable[Element]], str], report: ImportReport) -> str:
    """Return a table as HTML, the blocks of its cells read by `read`."""
    rows: list[list[_Cell]] = []
    heads = 0
    for row in _inside(table, f"{W}tr"):
        properties = row.find(f"{W}trPr")
        if properties is not None and any(properties.find(tag) is not None for tag in DELETED):
            report.changed["hàng đã xóa trong bảng (theo dõi thay đổi)"] += 1
            continue
        cells = _cells(row, properties, read, report)
        is_hidden = properties is not None and is_on(properties.find(f"{W}hidden"))
        if is_hidden and not any(cell.html for cell in cells):
            continue
        if is_on(properties.find(f"{W}tblHeader") if properties is not None else None) and heads == len(rows):
            heads += 1
        rows.append(cells)
    _merge_down(rows, report)
    written = ["".join(_row(row, "th" if at < heads else "td") for row in part) for at, part in _parts(rows, heads)]
    if not any(cell.html for row in rows for cell in row):
        return ""
    head = f"<thead>{written[0]}</thead>" if heads else ""
    return f"<table>{head}{written[-1] if len(rows) > heads else ''}</table>"


def _parts(rows: list[list[_Cell]], heads: int) -> Iterator[tuple[int, list[list[_Cell]]]]:
    if heads:
        yield 0, rows[:heads]
    yield heads, rows[heads:]


def _inside(element: Element, tag: str) -> Iterator[Element]:
    """Yield the rows of a table, or the cells of a row, out of what they may be wrapped in."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag == f"{MC}AlternateContent":
            chosen = chosen_branch(child)
            yield from _inside(chosen, tag) if chosen is not None else ()
        elif child.tag not in DELETED and child.tag not in {f"{W}tr", f"{W}tc", f"{W}p", f"{W}tbl"}:
            yield from _inside(child, tag)


def _cells(
    row: Element, properties: Element | None, read: Callable[[Iterable[Element]], str], report: ImportReport
) -> list[_Cell]:
    column = _width(value(properties, "gridBefore"), 0)
    cells = [_Cell(0, column, "")] if column else []
    for cell in _inside(row, f"{W}tc"):
        said = cell.find(f"{W}tcPr")
        width = _width(value(said, "gridSpan"), 1) or 1
        html = read(cell)
        if said is not None and said.find(f"{W}cellDel") is not None:
            report.changed["ô đã xóa trong bảng (theo dõi thay đổi)"] += 1
            html = ""
        across, down = _merge(said, "hMerge"), _merge(said, "vMerge")
        if across == "continue" and cells:
            cells[-1].width += width
            report.lost[HIDDEN] += bool(html)
        else:
            cells.append(_Cell(column, width, html, goes_on=down == "continue"))
        column += width
    if after := _width(value(properties, "gridAfter"), 0):
        cells.append(_Cell(column, after, ""))
    return cells


def _width(written: str, otherwise: int) -> int:
    return min(max(0, number(written, otherwise)), _MOST_COLUMNS)


def _merge(properties: Element | None, name: str) -> str:
    if properties is None or properties.find(f"{W}{name}") is None:
        return ""
    return value(properties, name, "continue")


def _merge_down(rows: list[list[_Cell]], report: ImportReport) -> None:
    """Let each cell that goes on from the row above make the one over it taller; its own text is not shown."""
    above: dict[int, _Cell] = {}
    for row in rows:
        current: dict[int, _Cell] = {}
        for cell in row:
            over = above.get(cell.column)
            if cell.goes_on and over is not None and over.width == cell.width:
                over.height += 1
                report.lost[HIDDEN] += bool(cell.html)
                current[cell.column] = over
            else:
                cell.goes_on = False
                current[cell.column] = cell
        above = current


def _row(cells: list[_Cell], tag: str) -> str:
    written = []
    for cell in cells:
        if not cell.goes_on:
            spans = f' rowspan="{cell.height}"' if cell.height > 1 else ""
            spans += f' colspan="{cell.width}"' if cell.width > 1 else ""
            written.append(f"<{tag}{spans}>{cell.html}</{tag}>")
    return f"<tr>{''.join(written)}</tr>"
