"""A table of an .odt -> a table of nodes, without hidden rows and columns."""

from collections.abc import Callable, Iterator
from xml.etree.ElementTree import Element

from plugins.word.docx.ooxml import number
from plugins.word.nodes import Cell, Node, ReadBlocks, Table
from plugins.word.odt.styles import TABLE, local
from plugins.word.package import LONG

# The empty end of a sheet is one row or column repeated a million times.
_MOST_REPEATED = 50
# More cells are no table of a story; repeated ones cost the file nothing.
_MOST_CELLS = 20_000
_HIDDEN = {"collapse", "filter"}


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
        name = local(cell)
        if name not in {"table-cell", "covered-table-cell"}:
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
