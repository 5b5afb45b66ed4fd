"""The head of a document as a file: .docx by python-docx, .odt by hand, as the reader of `import` meets it."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass, replace
from html import escape
from io import BytesIO
from typing import TYPE_CHECKING

from tests.word.made_documents import add_photo, new, saved

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from docx.text.paragraph import Paragraph as WordParagraph


@dataclass(frozen=True)
class Line:
    """A paragraph; a new line in its text is Shift+Enter, "[photo]" a picture."""

    text: str
    bold: bool = False
    italic: bool = False
    style: str = ""


@dataclass(frozen=True)
class Columns:
    """A table without borders: each row has cells, each cell paragraphs."""

    rows: tuple[tuple[tuple[Line, ...], ...], ...]


@dataclass(frozen=True)
class Head:
    """A document's parts, and the title that a person would give it; "" when it has none. `layout` names its kind."""

    layout: str
    parts: tuple[Line | Columns, ...]
    title: str
    author: str = ""

    def written_by(self, change: object) -> Head:
        """Return the same head with each text changed, as by a program that writes another normal form."""
        assert callable(change)

        def lines(cell: Iterable[Line]) -> tuple[Line, ...]:
            return tuple(replace(line, text=change(line.text)) for line in cell)

        parts = [
            Columns(tuple(tuple(map(lines, row)) for row in part.rows))
            if isinstance(part, Columns)
            else lines([part])[0]
            for part in self.parts
        ]
        return replace(self, parts=tuple(parts))


def bold(*texts: str, style: str = "") -> list[Line]:
    return [Line(text, bold=not style, style=style) for text in texts]


def plain(*texts: str) -> list[Line]:
    return [Line(text) for text in texts]


def columns(*rows: Sequence[Sequence[Line]]) -> Columns:
    return Columns(tuple(tuple(tuple(cell) for cell in row) for row in rows))


def as_docx(head: Head) -> bytes:
    document = new()
    for part in head.parts:
        if isinstance(part, Line):
            _fill(document.add_paragraph(style=part.style or None), part)
            continue
        table = document.add_table(rows=len(part.rows), cols=len(part.rows[0]))
        for row, cells in zip(table.rows, part.rows, strict=True):
            for cell, lines in zip(row.cells, cells, strict=True):
                for number, line in enumerate(lines):
                    _fill(cell.add_paragraph() if number else cell.paragraphs[0], line)
    return saved(document)


def _fill(paragraph: WordParagraph, line: Line) -> None:
    for piece in line.text.split("[photo]"):
        if piece != line.text and not piece:
            add_photo(paragraph)
            continue
        run = paragraph.add_run(piece)
        run.bold, run.italic = line.bold or None, line.italic or None


_ODT = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content office:version="1.2"'
    ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"><office:automatic-styles>'
    '<style:style style:name="B" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>'
    '<style:style style:name="I" style:family="text"><style:text-properties fo:font-style="italic"/></style:style>'
    "</office:automatic-styles><office:body><office:text>{}</office:text></office:body></office:document-content>"
)


def as_odt(head: Head) -> bytes:
    """Return the head as a minimal .odt; it has no pictures."""
    content = "".join(_odt_line(part) if isinstance(part, Line) else _odt_table(part) for part in head.parts)
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        package.writestr("content.xml", _ODT.format(content))
    return out.getvalue()


def _odt_line(line: Line) -> str:
    text = escape(line.text.replace("[photo]", "")).replace("\n", "<text:line-break/>")
    if line.bold or line.italic:
        text = f'<text:span text:style-name="{"B" if line.bold else "I"}">{text}</text:span>'
    if line.style.startswith("Heading"):
        return f'<text:h text:outline-level="{line.style[-1]}">{text}</text:h>'
    return f'<text:p text:style-name="{line.style or "Standard"}">{text}</text:p>'


def _odt_table(part: Columns) -> str:
    rows = "".join(
        "<table:table-row>"
        + "".join(f"<table:table-cell>{''.join(map(_odt_line, cell))}</table:table-cell>" for cell in row)
        + "</table:table-row>"
        for row in part.rows
    )
    return f"<table:table>{rows}</table:table>"
