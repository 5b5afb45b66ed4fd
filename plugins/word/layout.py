"""Tables that are only layout: a frame, a letterhead, signatures, photos. Recognized by their content.

A grid has at each place the cell that covers it and whether the cell begins there, or None.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain

from plugins.vietnamese import fold
from plugins.word import nodes

Place = tuple[nodes.Cell, bool] | None
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


def as_layout(grid: Places, *, has_heads: bool, is_start: bool, is_end: bool) -> list[nodes.Node] | None:
    """Return the content of a layout table in reading order, or None for a table of data."""
    rows = [[place[0] for place in row if place and place[1] and place[0].blocks] for row in grid]
    cells = list(chain.from_iterable(rows))
    if len(cells) == 1:
        return list(cells[0].blocks)
    if has_heads:
        return None
    width = len(grid[0])
    if any(nodes.has_picture(cell.blocks) for cell in cells):
        return _photos(grid, rows, width)
    if _is_letterhead(rows, width, is_start=is_start):
        return _arranged(cells)
    columns = [[place[0] for row in grid if (place := row[x]) and place[1] and place[0].blocks] for x in range(width)]
    is_foot = width > 1 and len(rows) <= _MOST_ROWS_OF_FOOT and _is_foot(columns, is_row=len(rows) == 1, is_end=is_end)
    # Text in columns, or several lines in a frame.
    is_text = (len(rows) == 1 or width == 1) and any(
        len(lines := _lines(cell.blocks)) > 1 or len(" ".join(lines)) > _LONG_TEXT for cell in cells
    )
    if is_foot or is_text:
        return _arranged(chain.from_iterable(columns))
    return None


def _arranged(cells: Iterable[nodes.Cell], *, as_captions: bool = False) -> list[nodes.Node]:
    return [
        replace(block, is_arranged=True, is_caption=block.is_caption or (as_captions and not block.level))
        if isinstance(block, nodes.Paragraph)
        else block
        for cell in cells
        for block in cell.blocks
    ]


def _is_letterhead(rows: Sequence[Sequence[nodes.Cell]], width: int, *, is_start: bool) -> bool:
    tops = [_lines(cell.blocks) for cell in rows[0]]
    if not (width > 1 and 1 < len(tops) <= 3 and len(rows) <= _MOST_ROWS_OF_HEAD and all(tops)):
        return False
    if any(len(line) > _LONGEST_LINE for lines in tops for line in lines):
        return False
    if _MOTTO.match(fold(tops[-1][0])) and all(lines[0].isupper() for lines in tops[:-1]):
        return True
    words = fold(" ".join(line for row in rows for cell in row for line in _lines(cell.blocks)))
    return is_start and all(lines[0].isupper() for lines in tops) and bool(_NUMBER_OR_DAY.search(words))


def _is_foot(columns: Sequence[Sequence[nodes.Cell]], *, is_row: bool, is_end: bool) -> bool:
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


def _photos(grid: Places, rows: Sequence[Sequence[nodes.Cell]], width: int) -> list[nodes.Node] | None:
    """Return photos, each with the caption under it or the text beside it, row by row; None for photos among data."""
    with_picture = [[nodes.has_picture(cell.blocks) for cell in row] for row in rows]
    if width == 2 and all(sum(row) == 1 for row in with_picture):
        texts = [_said(cell) for row in rows for cell in row]
        if len(rows) == 1 or max(map(len, texts)) > _LONG_TEXT:
            return _arranged(chain.from_iterable(rows))
    made: list[nodes.Node] = []
    at = 0
    while at < len(rows):
        row, marks = rows[at], with_picture[at]
        if not all(marks) or any(len(_said(cell)) > _LONGEST_CAPTION for cell in row):
            return None if any(marks) or (made or len(row) > 1) else _title(grid, rows, width)
        under = at + 1 < len(rows) and not any(with_picture[at + 1])
        under = under and all(len(_said(cell)) <= _LONGEST_CAPTION for cell in rows[at + 1])
        for x in range(width):
            places = [grid[at][x], *([grid[at + 1][x]] if under else [])]
            made += _arranged((place[0] for place in places if place and place[1]), as_captions=True)
        at += 1 + under
    return made


def _title(grid: Places, rows: Sequence[Sequence[nodes.Cell]], width: int) -> list[nodes.Node] | None:
    """Return photos under a title over all of them."""
    rest = _photos(grid[1:], rows[1:], width) if len(rows) > 1 else None
    return None if rest is None else [*_arranged(rows[0]), *rest]


def _said(cell: nodes.Cell) -> str:
    return " ".join(_lines(cell.blocks))


def _lines(blocks: Iterable[nodes.Node]) -> list[str]:
    """Return the visible lines of blocks."""
    lines: list[str] = []
    for block in blocks:
        gap = "\n" if isinstance(block, nodes.Paragraph) else " "
        for pieces in nodes.pieces_in([block]):
            lines += filter(None, map(str.strip, nodes.words_of(pieces, gap).split("\n")))
    return lines
