"""A report as a Word file, set as Front committees set theirs: A4, Times New Roman, national header, sections I–IV.

Sizes, margins and the order of the parts follow Phụ lục I of Nghị định 30/2020/NĐ-CP.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from lxml import html

from plugins.content.prose import SECTIONS
from plugins.content.registers.registration import OWN
from plugins.reports.tables import format_count
from plugins.reports.wording import describe, format_day, list_results, office, parent_office, place, subject
from plugins.vietnamese import format_number
from plugins.word.making import make_document, save_document

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from docx.document import Document as WordDocument
    from docx.table import Table as WordTable
    from docx.table import _Cell as Cell
    from docx.text.paragraph import Paragraph

    from plugins.content.page import Page
    from plugins.content.prose import Prose
    from plugins.content.terms import Office
    from plugins.exemplars.figures import Total
    from plugins.reports.report import Report
    from plugins.reports.tables import Table

_MARGINS = {"top": Cm(2), "bottom": Cm(2), "left": Cm(3), "right": Cm(2)}
_WIDTH = 16.0  # of the text, in cm
_INDENT = Cm(1.27)
_TEXT, _SMALL = 14, 12
_CENTER, _RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
_NUMERALS = ("I", "II", "III", "IV")
_SHORT = 14  # rows
# What XML cannot hold, and a writer's &#7; may bring: in full, or as the browser would read it.
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]|&#(?:x0*1?[0-9a-f]|0*(?:[12]?[0-9]|3[01]));", re.IGNORECASE)


class Letter:
    """A report while it is written, from its first line to its last."""

    def __init__(self, report: Report, publisher: Office, render: Callable[[Page], str]) -> None:
        self.report, self.publisher, self.render = report, publisher, render
        self.word = make_document(subject(report), office(report, publisher), _TEXT, _MARGINS)
        spacing = self.word.styles["Normal"].paragraph_format
        spacing.space_before, spacing.space_after, spacing.line_spacing = Pt(0), Pt(6), 1.1
        self._number_pages()

    def add(self, text: str = "", *, bold: bool = False, center: bool = False, keep: bool = False) -> Paragraph:
        """Add a paragraph of running text, or a centred line."""
        paragraph = self.word.add_paragraph()
        if text:
            paragraph.add_run(text).bold = bold
        paragraph.alignment = _CENTER if center else WD_ALIGN_PARAGRAPH.JUSTIFY
        paragraph.paragraph_format.first_line_indent = Cm(0) if center else _INDENT
        paragraph.paragraph_format.keep_with_next = keep
        return paragraph

    def add_heading(self, text: str) -> None:
        """Add the heading of a section or of a part: bold, kept with what follows."""
        self.add(text, bold=True, keep=True).paragraph_format.space_before = Pt(6)

    def add_header(self, number: str, day: date) -> None:
        """Add the office, the national title, the number, and place and date."""
        left, right = self._columns(6.4, 9.6)
        for text in office_lines(parent_office(self.report, self.publisher)):
            _line(left, text, 12)
        for text in office_lines(office(self.report, self.publisher)):
            _line(left, text, 12, bold=True)
        _rule(left, 2.2)
        _line(left, f"Số: {number or '        /BC-MTTQ-BTT'}", 13)
        _line(right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12, bold=True)
        _line(right, "Độc lập - Tự do - Hạnh phúc", 13, bold=True)
        _rule(right, 5.7)
        _line(right, f"{place(self.report, self.publisher)}, {format_day(day)}", 13, italic=True)

    def add_title(self) -> None:
        """Add BÁO CÁO, what it is about, and the line under it."""
        self.add("BÁO CÁO", bold=True, center=True).paragraph_format.space_before = Pt(18)
        title = self.add(subject(self.report), bold=True, center=True)
        title.paragraph_format.space_after = Pt(0)
        _rule(self.word, 5.5, after=10)

    def add_notice(self, text: str) -> None:
        """Add a framed line that must not be overlooked."""
        _border(self.add(text, bold=True, center=True), ("top", "left", "bottom", "right"), space=4)

    def add_section(self, name: str, prose: Prose) -> None:
        """Add what was written for a section; a marked place where nothing was."""
        page = prose.sections.get(name)
        if page is None:
            where = f"{prose.path}, dưới đề mục “## {name}”"
            run = self.add().add_run(f"[Phần này chưa viết. Viết vào {where}, rồi chạy lại lệnh.]")
            run.font.highlight_color = WD_COLOR_INDEX.YELLOW
            return
        for element in html.fragments_fromstring(_NO_TEXT.sub("", self.render(page))):
            if not isinstance(element, str):
                self._add_html(element)

    def _add_html(self, element: html.HtmlElement) -> None:
        if element.tag in ("ul", "ol"):
            for number, item in enumerate(element, 1):
                _write_html(self.add("– " if element.tag == "ul" else f"{number}. "), item)
        elif element.tag in ("div", "section", "blockquote") and len(element):
            for child in element:
                self._add_html(child)
        elif element.tag == "table":
            rows = [[" ".join(cell.text_content().split()) for cell in row] for row in element.iter("tr")]
            if widest := max(map(len, rows), default=0):
                self._grid([row + [""] * (widest - len(row)) for row in rows], [_WIDTH / widest] * widest)
        else:
            is_heading = element.tag.startswith("h")
            _write_html(self.add(keep=is_heading), element, bold=is_heading)

    def add_table(self, table: Table) -> None:
        """Add a table of counts with its totals."""
        rows = [[table.first, *table.headings]]
        rows += [[name, *map(format_count, counts)] for name, counts in table.lines]
        columns = len(table.headings)
        narrow = min(3.6 if columns < 3 else 2.4, (_WIDTH - 4.5) / columns)
        made = self._grid(rows, [_WIDTH - narrow * columns, *[narrow] * columns], numbers=range(1, columns + 1))
        for cell in made.rows[-1].cells:
            cell.paragraphs[0].runs[0].bold = True

    def add_totals(self, totals: Sequence[Total]) -> None:
        """Add what the results come to, one row a unit and a label, with the exemplars behind each."""
        rows = [["TT", "Việc", "Tổng", "Đơn vị", "Của điển hình"]]
        for number, total in enumerate(totals, 1):
            names = dict.fromkeys(figure.story.name for figure in total.figures)
            quantity = total.quantity
            rows.append([str(number), total.label, quantity.amount, quantity.unit, "; ".join(names)])
        self._grid(rows, [1.0, 5.6, 1.8, 2.2, 5.4], numbers=(2,))

    def add_registrations(self) -> None:
        """Name every registration, with how far it has come and what it came to; of people, none."""
        rows = [["TT", "Nội dung, mô hình", "Xã, thị trấn", "Trạng thái", "Kết quả"]]
        for number, one in enumerate(sorted(self.report.registrations, key=lambda one: one.by_code), 1):
            rows.append([str(number), one.name, one.place_name or OWN, one.state.label, one.result])
        self._grid(rows, [1.0, 5.2, 2.4, 2.4, 5.0])

    def add_exemplars(self) -> None:
        """Name every exemplar under its field, with what it came to and how it was commended."""
        for letter, (field, stories) in zip("abcdefghijklm", self.report.index.by_field.items(), strict=False):
            self.add(f"{letter}) {field.name}: {format_number(len(stories))} điển hình", bold=True, keep=bool(stories))
            for story in sorted(stories, key=lambda one: (one.commune.sort_key if one.commune else (), one.by_name)):
                paragraph = self.add("– ")
                paragraph.add_run(story.name).bold = True
                paragraph.add_run(f" ({describe(story)}){': ' if story.results else '. '}{list_results(story)}")

    def add_end(self, prose: Prose) -> None:
        """Add to whom it goes and who signs: never alone on a page, where anything could be put above it."""
        self.word.paragraphs[-1].paragraph_format.keep_with_next = True
        left, right = self._columns(7.2, 8.8)
        first = _line(left, "Nơi nhận:", 12, bold=True, italic=True, center=False)
        above = f"{parent_office(self.report, self.publisher)} (báo cáo)"
        usual = (above,) if self.report.commune else (above, "Ủy ban MTTQ Việt Nam các xã, thị trấn")
        for recipient in (*(prose.recipients or usual), "Lưu: VT."):
            _line(left, f"- {recipient.rstrip(';.')}{'.' if recipient == 'Lưu: VT.' else ';'}", 11, center=False)
        opposite = _line(right, "TM. BAN THƯỜNG TRỰC", _TEXT, bold=True)
        first.paragraph_format.space_before = opposite.paragraph_format.space_before = Pt(14)
        _line(right, (prose.post or "Chủ tịch").upper(), _TEXT, bold=True)
        for _ in range(4):
            _line(right, "", _TEXT)
        _line(right, prose.signer, _TEXT, bold=True)

    def _columns(self, *widths: float) -> tuple[Cell, ...]:
        """Add a table without lines, of one row; return its cells."""
        table = self.word.add_table(rows=1, cols=len(widths))
        _lay_out(table, widths, padding=0)
        return tuple(table.rows[0].cells)

    def _grid(self, rows: Sequence[Sequence[str]], widths: Sequence[float], numbers: Iterable[int] = ()) -> WordTable:
        """Add a ruled table; its first row is repeated on every page, and no row is cut by one."""
        table: WordTable = self.word.add_table(rows=0, cols=len(widths), style="Table Grid")
        numbers = set(numbers)
        for at, values in enumerate(rows):
            row = table.add_row()  # type: ignore[no-untyped-call]
            for mark in ("cantSplit", *(["tblHeader"] if at == 0 else [])):
                row._tr.get_or_add_trPr().append(OxmlElement(f"w:{mark}"))  # noqa: SLF001 - python-docx has no name for it
            for column, value in enumerate(values):
                paragraph = row.cells[column].paragraphs[0]
                run = paragraph.add_run(value)
                run.font.size, run.bold = Pt(_SMALL), at == 0
                paragraph.alignment = _CENTER if at == 0 else _RIGHT if column in numbers else None
                layout = paragraph.paragraph_format
                layout.space_after, layout.space_before, layout.line_spacing = Pt(2), Pt(2), 1.0
                # A short table stays on one page; a long one begins with at least a row under its header.
                layout.keep_with_next = at == 0 or (len(rows) <= _SHORT and at + 1 < len(rows))
        _lay_out(table, widths, padding=0.15)
        self.word.add_paragraph().paragraph_format.space_after = Pt(0)
        return table

    def _number_pages(self) -> None:
        """Number the pages at the head, from the second on."""
        section = self.word.sections[0]
        section.different_first_page_header_footer = True
        section.header_distance = Cm(1)
        paragraph = section.header.paragraphs[0]
        paragraph.alignment = _CENTER
        run = paragraph.add_run()
        run.font.size = Pt(13)
        begin, page, end = OxmlElement("w:fldChar"), OxmlElement("w:instrText"), OxmlElement("w:fldChar")
        begin.set(qn("w:fldCharType"), "begin")
        page.text = "PAGE"
        end.set(qn("w:fldCharType"), "end")
        run._r.extend([begin, page, end])  # noqa: SLF001 - python-docx has no name for a field


def render_letter(report: Report, prose: Prose, publisher: Office, day: date, render: Callable[[Page], str]) -> bytes:
    """Return the report as a .docx; `render` gives the HTML of a written section. Same input, same bytes."""
    letter = Letter(report, publisher, render)
    letter.add_header(prose.number, day)
    letter.add_title()
    if notice := report.notice(prose_is_sample=prose.sample):
        letter.add_notice(notice)
    letter.add(f"{office(report, publisher)} báo cáo {subject(report)[:1].lower()}{subject(report)[1:]} như sau:")
    for numeral, name in zip(_NUMERALS, SECTIONS, strict=True):
        letter.add_heading(f"{numeral}. {name.upper()}")
        if name != "Kết quả" or name in prose.sections:
            letter.add_section(name, prose)
        if name == "Kết quả":
            _add_results(letter)
    letter.add_end(prose)
    return save_document(letter.word)


def _add_results(letter: Letter) -> None:
    report = letter.report
    letter.add_heading("1. Kết quả chung")
    for sentence in report.summary:
        letter.add(sentence)
    number = 1
    for number, table in enumerate(report.tables, 2):
        letter.add_heading(f"{number}. {table.title}")
        letter.add_table(table)
    if report.registrations:
        number += 1
        letter.add_heading(f"{number}. Các nội dung, mô hình đã đăng ký")
        letter.add_registrations()
    if report.stories:
        number += 1
        letter.add_heading(f"{number}. Các điển hình đã có bài")
        letter.add_exemplars()
    if report.totals:
        letter.add_heading(f"{number + 1}. Kết quả cộng lại, theo việc và đơn vị")
        letter.add(report.basis_of_totals, keep=True)
        letter.add_totals(report.totals)


def office_lines(name: str) -> tuple[str, ...]:
    """Return an office's name as a letterhead has it: short, in capitals, the place on a line of its own."""
    short = name.replace("Mặt trận Tổ quốc", "MTTQ")
    found = re.fullmatch(r"(.+?) ((?:tỉnh|thành phố|huyện|thị xã|thị trấn|xã|phường) .+)", short)
    return tuple(part.upper() for part in (found.groups() if found else (short,)))


def _line(
    cell: Cell, text: str, size: float, *, bold: bool = False, italic: bool = False, center: bool = True
) -> Paragraph:
    """Add a line to a cell: the first takes the empty paragraph that every cell has."""
    first = cell.paragraphs[0]
    paragraph: Paragraph = first if not first.runs and len(cell.paragraphs) == 1 else cell.add_paragraph()
    run = paragraph.add_run(text)
    run.font.size, run.bold, run.italic = Pt(size), bold, italic
    if center:
        paragraph.alignment = _CENTER
    paragraph.paragraph_format.space_after, paragraph.paragraph_format.line_spacing = Pt(0), 1.0
    return paragraph


def _rule(parent: Cell | WordDocument, width: float, after: float = 4) -> None:
    """Add a thin line of this width (cm), in the middle."""
    paragraph = parent.add_paragraph()
    room = _WIDTH if not hasattr(parent, "width") else (parent.width or Cm(_WIDTH)).cm
    side = Cm((room - width) / 2)
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = side
    paragraph.paragraph_format.space_before = Pt(3)
    paragraph.paragraph_format.space_after, paragraph.paragraph_format.line_spacing = Pt(after), Pt(3)
    _border(paragraph, ("top",))


def _border(paragraph: Paragraph, sides: Iterable[str], space: int = 1) -> None:
    borders = OxmlElement("w:pBdr")
    for side in sides:
        line = {"val": "single", "sz": "6", "space": str(space), "color": "auto"}
        borders.append(OxmlElement(f"w:{side}", {qn(f"w:{key}"): value for key, value in line.items()}))
    paragraph._p.get_or_add_pPr().insert_element_before(  # noqa: SLF001 - python-docx has no borders
        borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def _lay_out(table: WordTable, widths: Sequence[float], padding: float) -> None:
    """Give a table fixed columns (cm) and the room beside the text in its cells."""
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margins.append(OxmlElement(f"w:{side}", {qn("w:w"): str(round(padding * 567)), qn("w:type"): "dxa"}))
    table._tbl.tblPr.append(margins)  # noqa: SLF001 - python-docx has no cell margins
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Cm(width)


def _write_html(paragraph: Paragraph, element: html.HtmlElement, *, bold: bool = False, italic: bool = False) -> None:
    """Write the text of an HTML element and of what is in it: bold and italic are kept, links become their words."""

    def add(text: str | None) -> None:
        if text:
            run = paragraph.add_run(re.sub(r"\s+", " ", text))
            run.bold, run.italic = bold or None, italic or None

    add(element.text)
    for child in element:
        is_bold, is_italic = bold or child.tag in ("strong", "b"), italic or child.tag in ("em", "i")
        _write_html(paragraph, child, bold=is_bold, italic=is_italic)
        add(child.tail)
