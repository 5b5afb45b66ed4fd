"""A loudspeaker script as a Word file in large letters, and as plain text."""

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph

from plugins.spreading.script import SAMPLE, Script
from plugins.word.making import make_document, number_page, save_document

_HEAD = "BÀI ĐỌC TRÊN LOA TRUYỀN THANH"
_MARGINS = {"top": Cm(1.8), "bottom": Cm(1.8), "left": Cm(2.2), "right": Cm(2)}
_CLOCK = Cm(1.7)  # of the times
_READ, _SMALL = 16, 12


def render_docx(script: Script, author: str) -> bytes:
    """Return the script as a .docx, with the time at which each paragraph begins."""
    document = make_document(script.title, author, _READ, _MARGINS)
    spacing = document.styles["Normal"].paragraph_format
    spacing.space_before, spacing.space_after, spacing.line_spacing = Pt(0), Pt(6), 1.25
    spacing.widow_control = True
    section = document.sections[0]
    section.header_distance = section.footer_distance = Cm(0.8)
    if script.sample:
        _write(section.header.paragraphs[0], SAMPLE, bold=True)
    number_page(_write(section.footer.paragraphs[0], "Trang "))
    _add(document, _HEAD, bold=True, center=True, size=14)
    _add(document, script.title, bold=True, center=True, size=17)
    _add(document, f"Thời lượng: {script.length}", italic=True, center=True, size=_SMALL)
    for note in script.notes:
        _add(document, note, italic=True, size=_SMALL)
    for line in script.lines:
        paragraph = document.add_paragraph()
        layout = paragraph.paragraph_format
        layout.left_indent, layout.first_line_indent = _CLOCK, -_CLOCK
        layout.tab_stops.add_tab_stop(_CLOCK, WD_TAB_ALIGNMENT.LEFT)
        paragraph.add_run(_clock(line.starts)).font.size = Pt(_SMALL)
        paragraph.add_run(f"\t{line.text}")
    return save_document(document)


def render_text(script: Script) -> str:
    """Return the script as plain text."""
    sample = [SAMPLE, ""] if script.sample else []
    head = [_HEAD, script.title, f"Thời lượng: {script.length}", ""]
    told = [part for line in script.lines for part in (f"[{_clock(line.starts)}] {line.text}", "")]
    notes = [*script.notes, ""] if script.notes else []
    return "\n".join([*head, *notes, *sample, *told, *sample[:1]]).rstrip() + "\n"


def _clock(seconds: int) -> str:
    return f"{seconds // 60}:{seconds % 60:02}"


def _add(
    document: Document, text: str, *, size: float, bold: bool = False, italic: bool = False, center: bool = False
) -> Paragraph:
    paragraph = document.add_paragraph()
    run = paragraph.add_run(text)
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)
    paragraph.paragraph_format.line_spacing = 1.15
    if center:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    return paragraph


def _write(paragraph: Paragraph, text: str, *, bold: bool = False) -> Paragraph:
    """Write a line of the header or footer."""
    run = paragraph.add_run(text)
    run.bold, run.font.size = bold, Pt(11)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    return paragraph
