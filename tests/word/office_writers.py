"""Two writers of office documents for the same calls: .docx by python-docx, .odt in OpenDocument's XML by hand."""

from __future__ import annotations

from html import escape
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple, Protocol

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from PIL import Image

from tests.word.made_documents import add_xml, saved, with_parts
from tests.word.small_documents import NAMESPACES, paragraph
from tests.word.small_odt import cell, h, items, levels, p, row, small_odt, span

if TYPE_CHECKING:
    from collections.abc import Sequence

RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


class Run(NamedTuple):
    """Text of one look: bold, italic; "\\n" alone is a break."""

    text: str
    look: str = ""


class Writer(Protocol):
    """The writer of a document of either format."""

    suffix: str

    def paragraph(self, runs: Sequence[Run]) -> None: ...
    def heading(self, text: str, level: int) -> None: ...
    def numbered(self, texts: Sequence[str]) -> None: ...
    def bullets(self, texts: Sequence[str]) -> None: ...
    def table(self, rows: Sequence[Sequence[str]]) -> None: ...
    def merged_table(self, upper: Sequence[str], lower: Sequence[str], rows: Sequence[Sequence[str]]) -> None: ...
    def side_by_side(self, left: Sequence[str], right: Sequence[str]) -> None: ...
    def note(self, text: str, note: str) -> None: ...
    def photo(self, colour: int, caption: str) -> None: ...
    def hidden(self, text: str, unseen: str) -> None: ...
    def deleted(self, text: str, unseen: str) -> None: ...
    def box(self, text: str, inside: str) -> None: ...
    def saved(self) -> bytes: ...


def _photo(colour: int) -> bytes:
    out = BytesIO()
    Image.new("RGB", (60, 40), (colour, 255 - colour, 90)).save(out, "PNG")
    return out.getvalue()


_BOX = (
    '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline><wp:docPr id="7" name="b"/><a:graphic>'
    '<a:graphicData uri="x"><wps:wsp><wps:txbx><w:txbxContent>{0}</w:txbxContent></wps:txbx></wps:wsp></a:graphicData>'
    "</a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent>{0}"
    "</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)


class Docx:
    """Writes a .docx."""

    suffix = ".docx"

    def __init__(self) -> None:
        self._document = docx.Document()
        self._notes: list[str] = []

    def paragraph(self, runs: Sequence[Run]) -> None:
        made = self._document.add_paragraph()
        for run in runs:
            if run.text == "\n":
                made.add_run().add_break()
                continue
            added = made.add_run(run.text)
            added.bold, added.italic = "b" in run.look or None, "i" in run.look or None

    def heading(self, text: str, level: int) -> None:
        self._document.add_heading(text, level)

    def numbered(self, texts: Sequence[str]) -> None:
        for text in texts:
            self._document.add_paragraph(text, style="List Number")

    def bullets(self, texts: Sequence[str]) -> None:
        for text in texts:
            self._document.add_paragraph(text, style="List Bullet")

    def table(self, rows: Sequence[Sequence[str]]) -> None:
        made = self._document.add_table(len(rows), len(rows[0]), style="Table Grid")
        for written, row_of in zip(rows, made.rows, strict=True):
            for text, place in zip(written, row_of.cells, strict=True):
                place.text = text

    def merged_table(self, upper: Sequence[str], lower: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        made = self._document.add_table(2 + len(rows), 3, style="Table Grid")
        made.cell(0, 0).merge(made.cell(1, 0)).text = upper[0]
        made.cell(0, 1).merge(made.cell(0, 2)).text = upper[1]
        made.cell(1, 1).text, made.cell(1, 2).text = lower
        for at, written in enumerate(rows, 2):
            for column, text in enumerate(written):
                made.cell(at, column).text = text
        self._document.add_paragraph()

    def side_by_side(self, left: Sequence[str], right: Sequence[str]) -> None:
        made = self._document.add_table(1, 2)
        for place, lines in zip(made.rows[0].cells, (left, right), strict=True):
            place.text = lines[0]
            for line in lines[1:]:
                place.add_paragraph(line)

    def note(self, text: str, note: str) -> None:
        made = self._document.add_paragraph(text)
        add_xml(made, f'<w:r><w:footnoteReference w:id="{len(self._notes) + 2}"/></w:r>')
        self._notes.append(note)

    def photo(self, colour: int, caption: str) -> None:
        self._document.add_paragraph().add_run().add_picture(BytesIO(_photo(colour)))
        self._document.add_paragraph(caption, style="Caption")

    def hidden(self, text: str, unseen: str) -> None:
        made = self._document.add_paragraph(f"{text} ")
        run = made.add_run(unseen)
        run.font.hidden = True

    def deleted(self, text: str, unseen: str) -> None:
        made = self._document.add_paragraph(f"{text} ")
        change = OxmlElement("w:del", {qn("w:id"): "1", qn("w:author"): "An"})
        run = OxmlElement("w:r")
        run.append(OxmlElement("w:delText"))
        run[0].text = unseen
        change.append(run)
        made._p.append(change)

    def box(self, text: str, inside: str) -> None:
        add_xml(self._document.add_paragraph(text), _BOX.format(paragraph(escape(inside))))

    def saved(self) -> bytes:
        written = "".join(
            f'<w:footnote w:id="{at}">{paragraph(escape(note))}</w:footnote>' for at, note in enumerate(self._notes, 2)
        )
        kind = f'Id="rIdN" Type="{RELATIONSHIPS}/footnotes" Target="footnotes.xml"'

        def related(name: str, data: bytes) -> bytes:
            if name != "word/_rels/document.xml.rels":
                return data
            return data.replace(b"</Relationships>", f"<Relationship {kind}/></Relationships>".encode())

        notes = f"<w:footnotes {NAMESPACES}>{written}</w:footnotes>".encode()
        return with_parts(saved(self._document), related, word__footnotes_xml=notes)


_LOOKS = {"b": "B", "i": "I", "bi": "BI"}
_BOTH = (
    '<style:style style:name="BI" style:family="text"><style:text-properties fo:font-weight="bold" '
    'fo:font-style="italic"/></style:style>'
)


class Odt:
    """Writes an .odt."""

    suffix = ".odt"

    def __init__(self) -> None:
        self._body: list[str] = []
        self._changes: list[str] = []
        self._pictures: dict[str, bytes] = {}
        self._lists = 0

    def paragraph(self, runs: Sequence[Run]) -> None:
        written = ""
        for run in runs:
            text = escape(run.text, quote=False)
            if run.text == "\n":
                written += "<text:line-break/>"
            else:
                written += span(text, _LOOKS[run.look]) if run.look else text
        self._body.append(p(written))

    def heading(self, text: str, level: int) -> None:
        self._body.append(h(escape(text), level))

    def numbered(self, texts: Sequence[str]) -> None:
        before = f'text:continue-list="n{self._lists}"' if self._lists else ""
        self._lists += 1
        self._body.append(items(*map(escape, texts), more=f'xml:id="n{self._lists}" {before}'))

    def bullets(self, texts: Sequence[str]) -> None:
        self._body.append(items(*map(escape, texts), style="Bullets"))

    def table(self, rows: Sequence[Sequence[str]]) -> None:
        written = "".join(row(*(cell(escape(text)) for text in one)) for one in rows)
        self._body.append(f"<table:table>{written}</table:table>")

    def merged_table(self, upper: Sequence[str], lower: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        covered = "<table:covered-table-cell/>"
        head = row(
            cell(upper[0], 'table:number-rows-spanned="2"'), cell(upper[1], 'table:number-columns-spanned="2"'), covered
        )
        written = head + row(covered, *lower) + "".join(row(*one) for one in rows)
        self._body.append(f"<table:table>{written}</table:table>")

    def side_by_side(self, left: Sequence[str], right: Sequence[str]) -> None:
        cells = (cell("".join(p(escape(line)) for line in lines)) for lines in (left, right))
        self._body.append(f"<table:table>{row(*cells)}</table:table>")

    def note(self, text: str, note: str) -> None:
        body = f"<text:note-citation>1</text:note-citation><text:note-body>{p(escape(note))}</text:note-body>"
        self._body.append(p(f"{escape(text)}<text:note>{body}</text:note>"))

    def photo(self, colour: int, caption: str) -> None:
        name = f"Pictures/{len(self._pictures)}.png"
        self._pictures[name] = _photo(colour)
        self._body.append(p(f'<draw:frame><draw:image xlink:href="{name}"/></draw:frame>'))
        self._body.append(p(escape(caption), "Caption"))

    def hidden(self, text: str, unseen: str) -> None:
        self._body.append(p(f"{escape(text)} {span(unseen, 'H')}"))

    def deleted(self, text: str, unseen: str) -> None:
        self._changes.append(f"<text:changed-region><text:deletion>{p(unseen)}</text:deletion></text:changed-region>")
        self._body.append(p(f"{escape(text)} <text:change/>"))

    def box(self, text: str, inside: str) -> None:
        frame = f"<draw:frame><draw:text-box>{p(escape(inside))}</draw:text-box></draw:frame>"
        self._body.append(p(escape(text) + frame))

    def saved(self) -> bytes:
        changes = f"<text:tracked-changes>{''.join(self._changes)}</text:tracked-changes>"
        bullets = (
            '<text:list-style style:name="Bullets"><text:list-level-style-bullet text:level="1"/></text:list-style>'
        )
        styles = levels(("1", 'style:num-suffix="."')) + bullets + _BOTH
        return small_odt(changes + "".join(self._body), styles=styles, parts=self._pictures)
