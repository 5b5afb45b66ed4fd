"""Tables of a document: those that only arrange things become paragraphs, the others a grid with one header row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bs4.element import Tag

from plugins.vietnamese import fold

if TYPE_CHECKING:
    from bs4 import BeautifulSoup

    from plugins.word.report import Report

# How the head and the foot of an official letter begin; they stand side by side in a table without borders.
_LETTER = ("cong hoa xa hoi chu nghia", "doc lap - tu do", "doc lap – tu do", "noi nhan")
# A table that repeats a cell more often than this is no table.
_MOST_SPANNED = 100


def settle_tables(soup: BeautifulSoup, report: Report) -> None:
    """Make every table a grid or paragraphs, the innermost first; paragraphs get the class "arranged"."""
    for table in soup.find_all("table")[::-1]:
        if _only_arranges(table):
            _flatten(table)
            report.changed["bảng chỉ để dàn trang thành đoạn văn"] += 1
        else:
            _lay_out(soup, table, report)
            report.kept["bảng"] += 1


def _only_arranges(table: Tag) -> bool:
    rows = [row.find_all(["td", "th"]) for row in table.find_all("tr")]
    words = fold(table.get_text(" "))
    return (
        len(rows) < 2
        or max(map(len, rows)) < 2
        or table.find(["img", "table", "li"]) is not None
        or any(opening in words for opening in _LETTER)
    )


def _flatten(table: Tag) -> None:
    rows = [list(row.find_all(["td", "th"])) for row in table.find_all("tr")]
    if table.find("img"):
        # Photos with their captions under them: a column is read before the next.
        columns = max(map(len, rows), default=0)
        rows = [[row[column] for row in rows if column < len(row)] for column in range(columns)]
    children = [child for row in rows for cell in row for child in list(cell.children)]
    for child in children:
        if isinstance(child, Tag) and child.name == "p":
            child["class"] = " ".join([*child.get_attribute_list("class"), "arranged"])
        table.insert_before(child.extract())
    table.decompose()


def _lay_out(soup: BeautifulSoup, table: Tag, report: Report) -> None:
    grid, heads, spanned = _grid(table)
    width = max(map(len, grid))
    if spanned:
        report.changed["bảng có ô gộp, đã tách thành từng ô"] += 1
    first = [
        " – ".join(dict.fromkeys(text for row in grid[:heads] if column < len(row) and (text := _text(row[column]))))
        for column in range(width)
    ]
    rows = [_row(soup, "th", first if heads > 1 else grid[0], width)]
    rows += [_row(soup, "td", row, width) for row in grid[heads:]]
    table.clear()
    table.extend(rows)


def _grid(table: Tag) -> tuple[list[list[Tag | None]], int, bool]:
    """Return the cells in their places, how many rows are the head, and whether any cell spans more than one place.

    In the head a cell stands in every place that it spans; below in each row that it spans, but in its first column.
    """
    rows = table.find_all("tr")
    spans = [(cell, _span(cell, "rowspan"), _span(cell, "colspan")) for cell in rows[0].find_all(["td", "th"])]
    marked = len(table.thead.find_all("tr")) if table.thead else 0
    deepest = max((down for _, down, _ in spans), default=1)
    # A head of one row whose cells are merged goes on in the next.
    two = 2 if any(across > 1 for _, _, across in spans) and len(rows) > 2 else 1
    heads = min(max(marked, deepest, two if deepest > 1 or not marked else 1), len(rows) - 1) or 1
    places: dict[tuple[int, int], Tag | None] = {}
    spanned = False
    for y, row in enumerate(rows):
        x = 0
        for cell in row.find_all(["td", "th"]):
            while (y, x) in places:
                x += 1
            down, across = _span(cell, "rowspan"), _span(cell, "colspan")
            spanned = spanned or down > 1 or across > 1
            for dy in range(min(down, len(rows) - y)):
                for dx in range(across):
                    places[y + dy, x + dx] = cell if dx == 0 or y < heads else None
            x += across
    width = max(x for _, x in places) + 1
    return [[places.get((y, x)) for x in range(width)] for y in range(len(rows))], heads, spanned


def _span(cell: Tag, which: str) -> int:
    written = str(cell.get(which, "1"))
    return min(max(1, int(written)), _MOST_SPANNED) if written.isdecimal() else 1


def _text(cell: Tag | None) -> str:
    return " ".join(cell.get_text(" ").split()) if cell is not None else ""


def _row(soup: BeautifulSoup, tag: str, cells: list[Tag | None] | list[str], width: int) -> Tag:
    row = soup.new_tag("tr")
    for cell in [*cells, *[None] * (width - len(cells))]:
        made = soup.new_tag(tag)
        if isinstance(cell, str):
            made.string = cell
        elif cell is not None:
            # A copy, since a merged cell stands in several places.
            for child in cell.__copy__().contents[:]:
                made.append(child)
        row.append(made)
    return row
