"""The parts of an annex of tables: its head, and each table under its number, its title and what it counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt

from plugins.official.paper import WIDTH, rule
from plugins.reports.tables import format_count

if TYPE_CHECKING:
    from plugins.official.paper import Paper
    from plugins.reports.tables import Table


def add_head(paper: Paper, title: str, of: str) -> None:
    """Begin a page with PHỤ LỤC, its title, and what it belongs to."""
    paper.add("PHỤ LỤC", bold=True, center=True).paragraph_format.page_break_before = True
    paper.add(title, bold=True, center=True)
    paper.add(f"({of})", italic=True, center=True)
    rule(paper.word, 5.5, after=10)


def add_number(paper: Paper, number: int, title: str, unit: str = "") -> None:
    """Add what stands over a table."""
    paper.add_heading(f"Biểu {number}. {title}")
    if unit:
        told = paper.add(f"Đơn vị tính: {unit}", italic=True, keep=True)
        told.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        told.runs[0].font.size = Pt(12)


def add_counts(paper: Paper, table: Table) -> None:
    """Add a table of counts with its totals."""
    rows = [[table.first, *table.headings]]
    rows += [[name, *map(format_count, counts)] for name, counts in table.lines]
    columns = len(table.headings)
    narrow = min(3.6 if columns < 3 else 2.4, (WIDTH - 4.5) / columns)
    made = paper.grid(rows, [WIDTH - narrow * columns, *[narrow] * columns], numbers=range(1, columns + 1))
    for cell in made.rows[-1].cells:
        cell.paragraphs[0].runs[0].bold = True
