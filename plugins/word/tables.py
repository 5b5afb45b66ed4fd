"""Tables of a document: layout tables become paragraphs, others a grid with one row of heads.

A table that is only layout, a frame, a letterhead, signatures, photos, is recognized by its content.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain, takewhile

from plugins.vietnamese import fold
from plugins.word import nodes as tree
from plugins.word.paragraphs import join_lines, split_at, trim
from plugins.word.report import ImportReport

Place = tuple[tree.Cell, bool] | None
Places = Sequence[Sequence[Place]]

_MOTTO = re.compile(r"(cong hoa xa hoi chu nghia|dang cong san viet nam|doc lap ?[-–—] ?tu do|doan (tncs|thanh nien))")
_NUMBER_OR_DAY = re.compile(r"so ?:|so \d|ngay .{0,12}thang")
_RECIPIENTS = re.compile(r"noi (nhan|gui) ?:")
_SIGNER = re.compile(
    r"(t/?m|k/?t|t/?l|t/?u/?q|q)\b\.? |(pho )?(chu tich|truong (ban|thon|buon|bon|phong|khoa)|bi thu|giam doc)"
    r"|(pho )?(hieu truong|thu truong|chi huy)|thu ky|chu (toa|tri|ho)|ke toan|thu quy|xac nhan|dai dien|y kien"
    r"|nguoi (lap|viet|bao cao|ghi|de nghi|khai|lam don)|ban (thuong truc|cong tac)|uy ban"
)
_SIGNS = re.compile(r"\(?(da )?ky\b|ky ten|ho (va )?ten|dong dau")
_NAME = re.compile(r"(\w+\.? )?[^\W\d_]+([’' ][^\W\d_]+){1,5}")
_LONGEST_LINE = 100
_LONGEST_CAPTION = 300
_LONG_TEXT = 150
_MOST_ROWS_OF_HEAD, _MOST_ROWS_OF_FOOT = 4, 3
# Of one table: beyond it, merged cells take one place each.
_MOST_PLACES = 100_000
_MOST_COLUMNS = 200
# Longest text of a merged cell that is repeated in each of its rows: a name; a number would count twice.
_LONGEST_REPEATED = 60
_FEWEST_BOLD = 3
_BOLD, _EMPHASIS = frozenset(("strong",)), frozenset(("strong", "em"))
_DASH = (tree.Inline("text", " – "),)


def as_layout(grid: Places, *, has_heads: bool, is_start: bool, is_end: bool) -> list[tree.Node] | None:
    """Return the content of a layout table in reading order, or None for a table of data."""
    rows = [[place[0] for place in row if place and place[1] and place[0].blocks] for row in grid]
    cells = list(chain.from_iterable(rows))
    if len(cells) == 1:
        return list(cells[0].blocks)
    if has_heads:
        return None
    width = len(grid[0])
    if any(tree.has_picture(cell.blocks) for cell in cells):
        return _photos(grid, rows, width)
    if _is_letterhead(rows, width, is_start=is_start):
        return _arranged(cells)
    columns = [[place[0] for row in grid if (place := row[x]) and place[1] and place[0].blocks] for x in range(width)]
    is_foot = width > 1 and len(rows) <= _MOST_ROWS_OF_FOOT and _is_foot(columns, is_row=len(rows) == 1, is_end=is_end)
    # Text in columns, or several lines in a frame.
    is_text = (len(rows) == 1 or width == 1) and any(
        len(lines := _lines(cell.blocks)) > 1 or len(" ".join(lines)) > _LONG_TEXT for cell in cells
    )
    return _arranged(chain.from_iterable(columns)) if is_foot or is_text else None


def _arranged(cells: Iterable[tree.Cell], *, as_captions: bool = False) -> list[tree.Node]:
    return [
        replace(block, is_arranged=True, is_caption=block.is_caption or (as_captions and not block.level))
        if isinstance(block, tree.Paragraph)
        else block
        for cell in cells
        for block in cell.blocks
    ]


def _is_letterhead(rows: Sequence[Sequence[tree.Cell]], width: int, *, is_start: bool) -> bool:
    tops = [_lines(cell.blocks) for cell in rows[0]]
    if not (width > 1 and 1 < len(tops) <= 3 and len(rows) <= _MOST_ROWS_OF_HEAD and all(tops)):
        return False
    if any(len(line) > _LONGEST_LINE for lines in tops for line in lines):
        return False
    if _MOTTO.match(fold(tops[-1][0])) and all(lines[0].isupper() for lines in tops[:-1]):
        return True
    words = fold(" ".join(line for row in rows for cell in row for line in _lines(cell.blocks)))
    return is_start and all(lines[0].isupper() for lines in tops) and bool(_NUMBER_OR_DAY.search(words))


def _is_foot(columns: Sequence[Sequence[tree.Cell]], *, is_row: bool, is_end: bool) -> bool:
    """Tell whether columns are the end of a letter: its recipients and signatures."""
    filled = [lines for column in columns if (lines := [line for cell in column for line in _lines(cell.blocks)])]
    kinds = [_kind_of_foot(lines) for lines in filled]
    if len(filled) > 3 or not all(kinds):
        return False
    return "recipients" in kinds or ("signer" in kinds and (is_row or is_end)) or (is_row and set(kinds) == {"name"})


def _kind_of_foot(lines: Sequence[str]) -> str:
    first = fold(lines[0])
    if _RECIPIENTS.match(first):
        return "recipients"
    if any(len(line) > _LONGEST_LINE for line in lines) or not lines[0][:1].isupper():
        return ""
    is_title = lines[0].isupper() and not any(map(str.isdigit, lines[0]))
    is_day = bool(re.search(r"ngay .{1,12}thang", first))
    named = any(_NAME.fullmatch(line.strip(" ./")) and line.istitle() for line in lines[1:])
    if (_SIGNER.match(first) or is_day) and (is_title or is_day or named or _SIGNS.search(fold(" ".join(lines)))):
        return "signer"
    if _SIGNS.search(fold(" ".join(lines[1:]))):
        return "signer"
    return "name" if is_title and named else ""


def _photos(grid: Places, rows: Sequence[Sequence[tree.Cell]], width: int) -> list[tree.Node] | None:
    """Return photos, each with the caption under it or the text beside it, row by row; None for photos among data."""
    with_picture = [[tree.has_picture(cell.blocks) for cell in row] for row in rows]
    is_beside = width == 2 and all(sum(row) == 1 for row in with_picture)
    if is_beside and (len(rows) == 1 or any(len(_said(cell)) > _LONG_TEXT for row in rows for cell in row)):
        return _arranged(chain.from_iterable(rows))
    made: list[tree.Node] = []
    at = 0
    while at < len(rows):
        row, marks = rows[at], with_picture[at]
        if not all(marks) or any(len(_said(cell)) > _LONGEST_CAPTION for cell in row):
            return None if any(marks) or (made or len(row) > 1) else _titled_photos(grid, rows, width)
        under = at + 1 < len(rows) and not any(with_picture[at + 1])
        under = under and all(len(_said(cell)) <= _LONGEST_CAPTION for cell in rows[at + 1])
        for x in range(width):
            places = [grid[at][x], *([grid[at + 1][x]] if under else [])]
            made += _arranged((place[0] for place in places if place and place[1]), as_captions=True)
        at += 1 + under
    return made


def _titled_photos(grid: Places, rows: Sequence[Sequence[tree.Cell]], width: int) -> list[tree.Node] | None:
    """Return photos under a title over all of them."""
    rest = _photos(grid[1:], rows[1:], width) if len(rows) > 1 else None
    return None if rest is None else [*_arranged(rows[0]), *rest]


def _said(cell: tree.Cell) -> str:
    return " ".join(_lines(cell.blocks))


def _lines(blocks: Iterable[tree.Node]) -> list[str]:
    """Return the visible lines of blocks."""
    lines: list[str] = []
    for block in blocks:
        gap = "\n" if isinstance(block, tree.Paragraph) else " "
        for pieces in tree.pieces_in([block]):
            lines += filter(None, map(str.strip, tree.words_of(pieces, gap).split("\n")))
    return lines


def settle_table(
    table: tree.Table, report: ImportReport, *, is_start: bool = False, is_end: bool = False
) -> list[tree.Node]:
    """Return a table as a grid under its title, or the content of a layout table; nothing for an empty one."""
    grid, heads = _without_empty(_places(table), table.heads)
    if not grid:
        return []
    titles: list[tree.Node] = []
    while len(grid) > 1 and len(grid[0]) > 1 and (title := _over_all(grid[0])) and not tree.has_picture(title.blocks):
        if all(map(_over_all, grid)):
            break
        titles += tree.change_paragraphs(title.blocks, is_arranged=True, level=0)
        grid, heads = _without_empty(grid[1:], max(0, heads - 1))
    if (arranged := as_layout(grid, has_heads=heads > 0, is_start=is_start, is_end=is_end)) is not None:
        report.changed["bảng chỉ để dàn trang thành đoạn văn"] += 1
        return [*titles, *settle_tables(arranged, report)]
    report.kept["bảng"] += 1
    return [*titles, _lay_out(grid, heads, report)]


def settle_tables(nodes: Iterable[tree.Node], report: ImportReport) -> list[tree.Node]:
    """Return nodes with every table inside settled."""
    made: list[tree.Node] = []
    for node in nodes:
        if isinstance(node, tree.Table):
            made += settle_table(node, report)
        else:
            made.append(tree.change_inside(node, partial(settle_tables, report=report)))
    return made


def _places(table: tree.Table) -> list[list[Place]]:
    """Return the grid of a table: at each place its cell, and whether the cell begins there."""
    size = len(table.rows)
    taken = sum(min(cell.down, size) * min(cell.across, _MOST_COLUMNS) for row in table.rows for cell in row)
    is_huge = taken > _MOST_PLACES
    grid: list[dict[int, tuple[tree.Cell, bool]]] = [{} for _ in table.rows]
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


def _over_all(row: Sequence[Place]) -> tree.Cell | None:
    """Return the cell that covers a whole row."""
    first = row[0]
    return first[0] if first and first[1] and all(place and place[0] is first[0] for place in row) else None


def _lay_out(grid: Places, marked: int, report: ImportReport) -> tree.GridTable:
    """Return a grid; its head are the rows marked, or one, and rows that subdivide their merged columns."""
    heads = min(max(marked, 1), len(grid))
    while heads < len(grid) - 1 and _parts_columns(grid[heads - 1], grid[heads]):
        heads += 1
    below = any(place and not place[1] for row in grid for place in row)
    report.changed["bảng có ô gộp, đã tách thành từng ô"] += below
    first = [_head(path, report) for path in zip(*grid[:heads], strict=True)]
    body: list[list[tree.Pieces]] = []
    texts: dict[int, tree.Pieces] = {}
    for y, row in enumerate(grid[heads:], heads):
        line: list[tree.Pieces] = []
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
    return tree.GridTable((tuple(first), *map(tuple, _without_bold_columns(body, report))))


def _parts_columns(above: Sequence[Place], row: Sequence[Place]) -> bool:
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


def _head(path: Iterable[Place], report: ImportReport) -> tree.Pieces:
    """Return the head of a column: the cells of the head over it from the top, each once."""
    cells: dict[int, tree.Cell] = {id(place[0]): place[0] for place in path if place and place[0].blocks}
    made: list[tree.Inline] = []
    for cell in cells.values():
        text = tree.without_marks(flow(cell.blocks, report), _EMPHASIS)
        made += [*(_DASH if made and text else ()), *text]
    return trim(tree.Inline("text", " ") if piece.kind == "break" else piece for piece in made)


def _again(pieces: tree.Pieces) -> tree.Pieces:
    """Return the text of a merged cell for each further row."""
    words = tree.words_of(pieces)
    is_name = len(words) <= _LONGEST_REPEATED and any(map(str.isalpha, words))
    return pieces if is_name and all(piece.kind in ("text", "break") for piece in pieces) else ()


def _without_bold_columns(body: list[list[tree.Pieces]], report: ImportReport) -> Iterable[Iterable[tree.Pieces]]:
    """Return rows without the bold of columns that are bold throughout: it emphasises nothing."""
    columns = list(zip(*body, strict=True))
    for x, column in enumerate(columns):
        filled = [cell for cell in column if any(map(str.isalnum, tree.words_of(cell)))]
        if len(filled) >= _FEWEST_BOLD and all(tree.is_all(cell, "strong") for cell in filled):
            columns[x] = tuple(trim(tree.without_marks(cell, _BOLD)) for cell in column)
            report.changed["cột bảng in đậm cả cột thành chữ thường"] += 1
    return zip(*columns, strict=True)


def flow(blocks: Iterable[tree.Node], report: ImportReport) -> tree.Pieces:
    """Return blocks as one text for a cell or a note, with breaks between lines."""
    made: list[tree.Inline] = []
    for line in _flow_lines(blocks, report):
        if made:
            made.append(join_lines(tree.words_of(takewhile(lambda piece: piece.kind == "text", line))))
        made += line
    return trim(made)


def _flow_lines(blocks: Iterable[tree.Node], report: ImportReport) -> Iterable[Sequence[tree.Inline]]:
    for block in blocks:
        match block:
            case tree.Paragraph(pieces=pieces):
                yield from split_at("break", pieces)
            case tree.ListBlock(items=items, is_numbered=is_numbered, start=start):
                report.changed["danh sách trong ô bảng thành dòng chữ"] += 1
                for number, item in enumerate(items, start):
                    label = item.label or (f"{number}." if is_numbered else "–" if len(items) > 1 else "")
                    yield (*([tree.Inline("text", f"{label} ")] if label else []), *flow(item.blocks, report))
            case tree.Table(rows=rows):
                report.changed["bảng lồng trong ô thành dòng chữ"] += 1
                for row in rows:
                    texts = [text for cell in row if (text := flow(cell.blocks, report))]
                    yield [piece for at, text in enumerate(texts) for piece in [*(_DASH if at else ()), *text]]
            case tree.Quote(blocks=inner):
                yield from _flow_lines(inner, report)
