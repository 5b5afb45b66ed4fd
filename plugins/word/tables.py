"""Tables of a document: layout tables become paragraphs, others a grid with one row of heads."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from itertools import takewhile

from plugins.word.layout import Places, as_layout
from plugins.word.nodes import (
    Cell,
    GridTable,
    Inline,
    ListBlock,
    Node,
    Paragraph,
    Quote,
    Table,
    change_inside,
    has_picture,
    is_all,
    words_of,
)
from plugins.word.pieces import join_lines, trim
from plugins.word.report import ImportReport

# Of one table: beyond it, merged cells take one place each.
_MOST_PLACES = 100_000
_MOST_COLUMNS = 200
# Longest text of a merged cell that is repeated in each of its rows: a name; a number would count twice.
_LONGEST_REPEATED = 60
_FEWEST_BOLD = 3
_DASH = (Inline("text", " – "),)


def settle_table(table: Table, report: ImportReport, *, is_start: bool = False, is_end: bool = False) -> list[Node]:
    """Return a table as a grid under its title, or the content of a layout table; nothing for an empty one."""
    grid, heads = _without_empty(_places(table), table.heads)
    if not grid:
        return []
    titles: list[Node] = []
    while len(grid) > 1 and len(grid[0]) > 1 and (title := _over_all(grid[0])) and not has_picture(title.blocks):
        if len(list(filter(None, (_over_all(row) for row in grid)))) == len(grid):
            break
        titles += [
            replace(block, is_arranged=True, level=0) if isinstance(block, Paragraph) else block
            for block in title.blocks
        ]
        grid, heads = _without_empty(grid[1:], max(0, heads - 1))
    arranged = as_layout(grid, has_heads=heads > 0, is_start=is_start, is_end=is_end)
    if arranged is not None:
        report.changed["bảng chỉ để dàn trang thành đoạn văn"] += 1
        return [*titles, *settle_tables(arranged, report)]
    report.kept["bảng"] += 1
    return [*titles, _lay_out(grid, heads, report)]


def settle_tables(nodes: Iterable[Node], report: ImportReport) -> list[Node]:
    """Return nodes with every table inside settled."""
    made: list[Node] = []
    for node in nodes:
        if isinstance(node, Table):
            made += settle_table(node, report)
        else:
            made.append(change_inside(node, partial(settle_tables, report=report)))
    return made


def _places(table: Table) -> list[list[tuple[Cell, bool] | None]]:
    """Return the grid of a table: at each place its cell, and whether the cell begins there."""
    size = len(table.rows)
    taken = sum(min(cell.down, size) * min(cell.across, _MOST_COLUMNS) for row in table.rows for cell in row)
    is_huge = taken > _MOST_PLACES
    grid: list[dict[int, tuple[Cell, bool]]] = [{} for _ in table.rows]
    for y, row in enumerate(table.rows):
        x = 0
        for cell in row:
            while x in grid[y]:
                x += 1
            across, down = (1, 1) if is_huge else (min(cell.across, _MOST_COLUMNS), min(cell.down, size - y))
            for dy in range(down):
                for dx in range(across):
                    grid[y + dy].setdefault(x + dx, (cell, not dy and not dx))
            x += across
    width = max((max(row, default=-1) for row in grid), default=-1) + 1
    if width * size > _MOST_PLACES * 2:
        # Rows of such different lengths are no table: cut the grid to a sane width.
        width = min(width, max(1, _MOST_PLACES * 2 // size))
    return [[row.get(x) for x in range(width)] for row in grid]


def _without_empty(grid: Places, heads: int) -> tuple[Places, int]:
    """Return a grid without rows and columns in which no cell with content begins."""
    says = [[bool(place and place[1] and place[0].blocks) for place in row] for row in grid]
    columns = [x for x, column in enumerate(zip(*says, strict=True)) if any(column)]
    kept = [[row[x] for x in columns] for row, said in zip(grid, says, strict=True) if any(said)]
    return kept, sum(any(said) for said in says[:heads])


def _over_all(row: Sequence[tuple[Cell, bool] | None]) -> Cell | None:
    """Return the cell that covers a whole row."""
    first = row[0]
    return first[0] if first and first[1] and all(place and place[0] is first[0] for place in row) else None


def _lay_out(grid: Places, marked: int, report: ImportReport) -> GridTable:
    heads = _count_heads(grid, marked)
    below = any(place and not place[1] for row in grid for place in row)
    report.changed["bảng có ô gộp, đã tách thành từng ô"] += below
    first = [_head(path, report) for path in zip(*grid[:heads], strict=True)]
    body: list[list[tuple[Inline, ...]]] = []
    texts: dict[int, tuple[Inline, ...]] = {}
    for y, row in enumerate(grid[heads:], heads):
        line: list[tuple[Inline, ...]] = []
        for x, place in enumerate(row):
            if place is None:
                line.append(())
            elif place[1]:
                texts[id(place[0])] = text = flow(place[0].blocks, report)
                line.append(text)
            else:
                is_under = x == 0 or row[x - 1] is None or row[x - 1][0] is not place[0]  # type: ignore[index]
                goes_on = is_under and y > heads and grid[y - 1][x] is not None and grid[y - 1][x][0] is place[0]  # type: ignore[index]
                line.append(_again(texts.get(id(place[0]), ())) if goes_on else ())
        body.append(line)
    return GridTable((tuple(first), *map(tuple, _without_bold_columns(body, report))))


def _count_heads(grid: Places, marked: int) -> int:
    """Count the rows of the head: those marked, or one, and rows that subdivide their merged columns."""
    heads = min(max(marked, 1), len(grid))
    while heads < len(grid) - 1 and _parts_columns(grid[heads - 1], grid[heads]):
        heads += 1
    return heads


def _parts_columns(above: Sequence[tuple[Cell, bool] | None], row: Sequence[tuple[Cell, bool] | None]) -> bool:
    """Tell whether a row only subdivides the merged columns of the row above."""
    is_parted = False
    for x, (over, place) in enumerate(zip(above, row, strict=True)):
        if place is None or not place[0].blocks or (over and place[0] is over[0]):
            continue
        beside = [above[other] for other in (x - 1, x + 1) if 0 <= other < len(above)]
        if over is None or not any(other and other[0] is over[0] for other in beside):
            return False
        is_parted = True
    return is_parted


def _head(path: Iterable[tuple[Cell, bool] | None], report: ImportReport) -> tuple[Inline, ...]:
    """Return the head of a column: the cells of the head over it from the top, each once."""
    cells: dict[int, Cell] = {id(place[0]): place[0] for place in path if place and place[0].blocks}
    made: list[Inline] = []
    for cell in cells.values():
        text = [piece._replace(marks=piece.marks - {"strong", "em"}) for piece in flow(cell.blocks, report)]
        made += [*(_DASH if made and text else ()), *text]
    return trim(Inline("text", " ") if piece.kind == "break" else piece for piece in made)


def _again(pieces: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """Return the text of a merged cell for each further row."""
    words = words_of(pieces)
    is_name = len(words) <= _LONGEST_REPEATED and any(map(str.isalpha, words))
    return pieces if is_name and all(piece.kind in ("text", "break") for piece in pieces) else ()


def _without_bold_columns(
    body: list[list[tuple[Inline, ...]]], report: ImportReport
) -> Iterable[Iterable[tuple[Inline, ...]]]:
    """Return rows without the bold of columns that are bold throughout: it emphasises nothing."""
    columns = list(zip(*body, strict=True))
    for x, column in enumerate(columns):
        filled = [cell for cell in column if any(map(str.isalnum, words_of(cell)))]
        if len(filled) >= _FEWEST_BOLD and all(is_all(cell, "strong") for cell in filled):
            plain = [[piece._replace(marks=piece.marks - {"strong"}) for piece in cell] for cell in column]
            columns[x] = tuple(map(trim, plain))
            report.changed["cột bảng in đậm cả cột thành chữ thường"] += 1
    return zip(*columns, strict=True)


def flow(blocks: Iterable[Node], report: ImportReport) -> tuple[Inline, ...]:
    """Return blocks as one text for a cell or a note, with breaks between lines."""
    made: list[Inline] = []
    for line in _lines(blocks, report):
        if made:
            made.append(join_lines(words_of(takewhile(lambda piece: piece.kind == "text", line))))
        made += line
    return trim(made)


def _lines(blocks: Iterable[Node], report: ImportReport) -> Iterable[Sequence[Inline]]:
    for block in blocks:
        match block:
            case Paragraph(pieces=pieces):
                start = 0
                for at, piece in enumerate(pieces):
                    if piece.kind == "break":
                        yield pieces[start:at]
                        start = at + 1
                yield pieces[start:]
            case ListBlock():
                yield from _items(block, report)
            case Table():
                yield from _rows(block, report)
            case Quote(blocks=inner):
                yield from _lines(inner, report)
            case GridTable():
                pass


def _items(listing: ListBlock, report: ImportReport) -> Iterable[Sequence[Inline]]:
    report.changed["danh sách trong ô bảng thành dòng chữ"] += 1
    for number, item in enumerate(listing.items, listing.start):
        label = item.label or (f"{number}." if listing.is_numbered else "–" if len(listing.items) > 1 else "")
        yield (*([Inline("text", f"{label} ")] if label else []), *flow(item.blocks, report))


def _rows(table: Table, report: ImportReport) -> Iterable[Sequence[Inline]]:
    report.changed["bảng lồng trong ô thành dòng chữ"] += 1
    for row in table.rows:
        texts = [text for cell in row if (text := flow(cell.blocks, report))]
        yield [piece for at, text in enumerate(texts) for piece in [*(_DASH if at else ()), *text]]
