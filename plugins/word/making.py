"""New Word documents as Vietnamese offices set them, with the same bytes for the same content on any machine."""

from collections.abc import Mapping
from datetime import UTC, datetime
from io import BytesIO

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Length, Pt
from docx.text.paragraph import Paragraph

from plugins.sources.packing import repack

FONT = "Times New Roman"
# A fixed time, so that the same content gives the same bytes.
_NO_DAY = datetime(2020, 1, 1, tzinfo=UTC)


def make_document(title: str, author: str, size: float, margins: Mapping[str, Length]) -> WordDocument:
    """Return an empty A4 document in Times New Roman of this size (points), in Vietnamese; `margins` by side."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    for side, width in margins.items():
        setattr(section, f"{side}_margin", width)
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(size)
    for script in ("w:eastAsia", "w:cs"):
        style.element.rPr.rFonts.set(qn(script), FONT)
    style.element.rPr.append(OxmlElement("w:lang", {qn("w:val"): "vi-VN"}))
    # Half the size of the template, only for Word 2010.
    for key in [key for key, part in document.part.rels.items() if part.reltype.endswith("/stylesWithEffects")]:
        document.part.drop_rel(key)
    properties = document.core_properties
    properties.title, properties.author, properties.language = title, author, "vi-VN"
    properties.comments = ""
    properties.created = properties.modified = _NO_DAY
    return document


def number_page(paragraph: Paragraph, size: float = 11) -> None:
    """Add a field with the number of the page, of this size (points), to a header or footer."""
    run = paragraph.add_run()
    run.font.size = Pt(size)
    begin, end = (OxmlElement("w:fldChar", {qn("w:fldCharType"): kind}) for kind in ("begin", "end"))
    page = OxmlElement("w:instrText")
    page.text = "PAGE"
    run._r.extend([begin, page, end])  # noqa: SLF001 - python-docx has no name for a field


def save_document(document: WordDocument) -> bytes:
    """Return the bytes of a document, independent of the clock and compressor of the machine."""
    saved = BytesIO()
    document.save(saved)
    return repack(saved.getvalue())
