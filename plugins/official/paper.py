"""A Word document in official layout: A4, Times New Roman, numbered pages, paragraphs, rules and tables.

Sizes and margins follow Phụ lục I of Nghị định 30/2020/NĐ-CP.
"""

import re
from collections.abc import Container, Iterable, Sequence
from copy import deepcopy
from typing import Any

from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import Table as WordTable
from docx.table import _Cell as Cell
from docx.table import _Row as Row
from docx.text.paragraph import Paragraph
from lxml import html

from plugins.word.making import make_document, number_page

_MARGINS = {"top": Cm(2), "bottom": Cm(2), "left": Cm(3), "right": Cm(2)}
WIDTH, WIDTH_ACROSS = 16.0, 24.7  # of the text, in cm, on portrait and landscape pages
_INDENT = Cm(1.27)
TEXT, _SMALL = 14, 12
_CENTER, _RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
_SHORT = 14  # rows
# Control characters, which XML forbids, also as numeric references that an HTML parser would decode.
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]|&#(?:x0*1?[0-9a-f]|0*(?:[12]?[0-9]|3[01]));", re.IGNORECASE)


class Gap(str):
    """Text for something still to be written, highlighted in a cell or line."""

    __slots__ = ()


class A4Document:
    """A Word document under construction; `across` makes its pages landscape."""

    def __init__(self, title: str, author: str, *, across: bool = False) -> None:
        self.word = make_document(title, author, TEXT, _MARGINS)
        self.width = WIDTH_ACROSS if across else WIDTH
        section = self.word.sections[0]
        if across:
            section.orientation = WD_ORIENT.LANDSCAPE
            section.page_width, section.page_height = section.page_height, section.page_width
        spacing = self.word.styles["Normal"].paragraph_format
        spacing.space_before, spacing.space_after, spacing.line_spacing = Pt(0), Pt(6), 1.1
        spacing.widow_control = True
        # Pages are numbered from the second on.
        section.different_first_page_header_footer = True
        section.header_distance = Cm(1)
        head = section.header.paragraphs[0]
        head.alignment = _CENTER
        number_page(head, 13)

    def add(
        self, text: str = "", *, bold: bool = False, italic: bool = False, center: bool = False, keep: bool = False
    ) -> Paragraph:
        """Add a paragraph of running text, or a centered line; `keep` keeps it with the next one."""
        paragraph = self.word.add_paragraph()
        if text:
            run = paragraph.add_run(text)
            run.bold, run.italic = bold, italic
        paragraph.alignment = _CENTER if center else WD_ALIGN_PARAGRAPH.JUSTIFY
        paragraph.paragraph_format.first_line_indent = Cm(0) if center else _INDENT
        paragraph.paragraph_format.keep_with_next = keep
        return paragraph

    def add_heading(self, text: str) -> None:
        """Add a bold heading that stays with the next paragraph."""
        self.add(text, bold=True, keep=True).paragraph_format.space_before = Pt(6)

    def columns(self, *widths: float) -> tuple[Cell, ...]:
        """Add a borderless one-row table that does not break across pages and return its cells; `widths` in cm."""
        table = self.word.add_table(rows=1, cols=len(widths))
        _lay_out(table, widths, padding=0)
        _mark(table.rows[0], "cantSplit")
        return tuple(table.rows[0].cells)

    def grid(
        self,
        rows: Sequence[Sequence[str]],
        widths: Sequence[float],
        numbers: Iterable[int] = (),
        *,
        together: bool = True,
    ) -> WordTable:
        """Add a ruled table whose first row is its header, repeated on every page, and return it.

        `widths` are in cm, `numbers` the columns to align right. A short table stays on one page if `together`.
        """
        table: WordTable = self.word.add_table(rows=0, cols=len(widths), style="Table Grid")
        _lay_out(table, widths, padding=0.15)
        numbers = set(numbers)
        # python-docx takes fifty times as long to make a row as to copy one with the same marks.
        made: dict[tuple[bool, ...], Any] = {}
        for at, values in enumerate(rows):
            # A header stays with the first row.
            keep = at == 0 or (together and len(rows) <= _SHORT and at + 1 < len(rows))
            kind = (at == 0, keep, *(isinstance(value, Gap) for value in values))
            if kind not in made:
                made[kind] = _make_row(table, *kind, numbers=numbers)
            row = deepcopy(made[kind])
            table._tbl.append(row)  # noqa: SLF001 - python-docx copies nothing
            for run, value in zip(row.iter(qn("w:r")), values, strict=True):
                run.text = value
        # Word needs a paragraph between two tables: as low as possible.
        between = self.word.add_paragraph().paragraph_format
        between.space_after, between.line_spacing = Pt(0), Pt(6)
        return table

    def start_page(self) -> None:
        """Begin a page, by a paragraph of no height, as a table cannot carry the break."""
        layout = self.add().paragraph_format
        layout.page_break_before = True
        layout.space_after, layout.line_spacing = Pt(0), Pt(1)


def _make_row(table: WordTable, is_head: bool, keep: bool, *gaps: bool, numbers: Container[int]) -> Any:
    """Return the element of a row with a run for each of `gaps`, which tells whether it is highlighted."""
    row: Row = table.add_row()  # type: ignore[no-untyped-call]
    _mark(row, "cantSplit", *(["tblHeader"] if is_head else []))
    for column, (cell, is_gap) in enumerate(zip(row.cells, gaps, strict=False)):
        paragraph = cell.paragraphs[0]
        run = paragraph.add_run()
        run.font.size, run.bold = Pt(_SMALL), is_head
        if is_gap:
            run.font.highlight_color = WD_COLOR_INDEX.YELLOW
        paragraph.alignment = _CENTER if is_head else _RIGHT if column in numbers else None
        layout = paragraph.paragraph_format
        layout.space_after, layout.space_before, layout.line_spacing = Pt(2), Pt(2), 1.0
        layout.keep_with_next = keep
    table._tbl.remove(row._tr)  # noqa: SLF001
    return row._tr  # noqa: SLF001


def _mark(row: Row, *marks: str) -> None:
    """Set row properties that python-docx has no API for."""
    for mark in marks:
        row._tr.get_or_add_trPr().append(OxmlElement(f"w:{mark}"))  # noqa: SLF001


def add_line(
    cell: Cell, text: str, size: float, *, bold: bool = False, italic: bool = False, center: bool = True
) -> Paragraph:
    """Add a line of this size (points) to a cell, first in the empty paragraph that every cell has."""
    first = cell.paragraphs[0]
    paragraph: Paragraph = first if not first.runs and len(cell.paragraphs) == 1 else cell.add_paragraph()
    run = paragraph.add_run(text)
    run.font.size, run.bold, run.italic = Pt(size), bold, italic
    if center:
        paragraph.alignment = _CENTER
    paragraph.paragraph_format.space_after, paragraph.paragraph_format.line_spacing = Pt(0), 1.0
    return paragraph


def add_rule(parent: Cell | WordDocument, width: float, after: float = 4, room: float = WIDTH) -> None:
    """Add a thin line of this width (cm) centered in a cell, or on a page with this `room` (cm)."""
    paragraph = parent.add_paragraph()
    room = room if not hasattr(parent, "width") else (parent.width or Cm(room)).cm
    side = Cm((room - width) / 2)
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = side
    paragraph.paragraph_format.space_before = Pt(3)
    paragraph.paragraph_format.space_after, paragraph.paragraph_format.line_spacing = Pt(after), Pt(3)
    add_border(paragraph, ("top",))


def add_border(paragraph: Paragraph, sides: Iterable[str], space: int = 1) -> None:
    """Draw a border on some sides of a paragraph, `space` points from its text."""
    borders = OxmlElement("w:pBdr")
    for side in sides:
        line = {"val": "single", "sz": "6", "space": str(space), "color": "auto"}
        borders.append(OxmlElement(f"w:{side}", {qn(f"w:{key}"): value for key, value in line.items()}))
    paragraph._p.get_or_add_pPr().insert_element_before(  # noqa: SLF001 - python-docx has no borders
        borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def _lay_out(table: WordTable, widths: Sequence[float], padding: float) -> None:
    """Set fixed column widths and cell padding (cm)."""
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margins.append(OxmlElement(f"w:{side}", {qn("w:w"): str(round(padding * 567)), qn("w:type"): "dxa"}))
    table._tbl.tblPr.append(margins)  # noqa: SLF001 - python-docx has no cell margins
    for across in (table.columns, *(row.cells for row in table.rows)):
        for one, width in zip(across, widths, strict=True):
            one.width = Cm(width)


def parse_body(body: str) -> list[html.HtmlElement | str]:
    """Return the top-level elements and text of an HTML body, without characters that XML forbids."""
    found: list[html.HtmlElement | str] = html.fragments_fromstring(_NO_TEXT.sub("", body))
    return found


def add_html(paragraph: Paragraph, element: html.HtmlElement, *, bold: bool = False, italic: bool = False) -> None:
    """Add the text of an HTML element to a paragraph; bold and italic are kept, links become plain text."""

    def add(text: str | None) -> None:
        if text:
            run = paragraph.add_run(re.sub(r"\s+", " ", text))
            run.bold, run.italic = bold or None, italic or None

    add(element.text)
    for child in element:
        is_bold, is_italic = bold or child.tag in ("strong", "b"), italic or child.tag in ("em", "i")
        add_html(paragraph, child, bold=is_bold, italic=is_italic)
        add(child.tail)
