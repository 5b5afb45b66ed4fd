"""A paragraph of a .docx -> spans, without hidden and deleted text, which is counted; and its numbered notes."""

from collections.abc import Callable, Iterable, Mapping
from xml.etree.ElementTree import Element

from plugins.word import report as counted
from plugins.word.docx.drawings import Drawings
from plugins.word.docx.fields import TICKED, UNTICKED, WordField
from plugins.word.docx.ooxml import DELETED, MC, W14, M, R, Related, W, is_unfilled, visible_branch
from plugins.word.docx.styles import Styles
from plugins.word.formulas import read_formula
from plugins.word.legacy import convert_fonts, encoding_of
from plugins.word.nodes import Inline, Node
from plugins.word.paragraphs import BREAK, PAGE
from plugins.word.report import ImportReport
from plugins.word.symbols import is_of_symbols, read_symbols

# Elements between runs or in them without visible text.
_SKIPPED = {
    f"{W}{name}"
    for name in (
        *("pPr", "rPr", "sdtPr", "sdtEndPr", "customXmlPr", "smartTagPr", "instrText", "delText", "delInstrText", "rt"),
        *("fldData", "ffData", "permStart", "permEnd", "tblPr", "tblGrid", "sectPr"),
    )
}
_CHANGES = {
    f"{W}ins": counted.INSERTED_TEXT,
    f"{W}del": counted.DELETED_TEXT,
    f"{W}moveFrom": "chỗ dời đã nhận (theo dõi thay đổi)",
}
_CHARACTERS = {
    f"{W}tab": "\t",
    f"{W}ptab": "\t",
    f"{W}noBreakHyphen": "-",
    # The letter ư in a font of TCVN3; elsewhere it is cleaned away.
    f"{W}softHyphen": "\u00ad",
}
_DRAWINGS = {f"{W}drawing", f"{W}pict", f"{W}object"}
_LONGEST_MARK = 3
# To Word, the lines between the text and its notes are notes too.
_LINES = {"separator", "continuationSeparator", "continuationNotice"}


class Notes:
    """The notes of a document, and the references found so far."""

    def __init__(self, parts: Mapping[str, Element], report: ImportReport) -> None:
        self._report = report
        self._notes: dict[tuple[str, str], Element] = {}
        for kind, root in parts.items():
            for note in root.iter(f"{W}{kind}"):
                if note.get(f"{W}type", "normal") not in _LINES:
                    self._notes[kind, note.get(f"{W}id", "")] = note
        self._referred: list[tuple[str, str]] = []

    def refer(self, kind: str, identifier: str) -> int:
        """Return the number of a note that the text refers to; 0 if there is no such note."""
        if (kind, identifier) not in self._notes:
            self._report.lost["chú thích không còn trong tệp"] += 1
            return 0
        self._referred.append((kind, identifier))
        return len(self._referred)

    def read(self, read: Callable[[Element, str], list[Node]]) -> list[list[Node]]:
        """Return the notes in order, each read by `read` (the note, its kind)."""
        # A note may refer to another, which joins the end of this list.
        return [read(self._notes[one], one[0]) for one in self._referred]


class Runs:
    """Reads the paragraphs of one part in order: a field may begin in one and end in another."""

    def __init__(
        self,
        styles: Styles,
        related: Mapping[str, Related],
        drawings: Drawings,
        notes: Notes,
        report: ImportReport,
        *,
        trusts_fields: bool,
    ) -> None:
        self._styles, self._related, self._drawings = styles, related, drawings
        self._notes, self._report = notes, report
        # Where a field never ends, all text after it would count as its instructions.
        self._trusts_fields = trusts_fields
        self._fields: list[WordField] = []
        self._style = self._kind = self._link = ""
        self._awaits_mark = False
        self._pieces: list[Inline] = []
        self._is_in_hidden = False

    def read(self, paragraph: Element, style: str, kind: str) -> list[Inline]:
        """Return the spans of a paragraph of this style and kind, in Unicode."""
        around = self._style, self._kind, self._link, self._pieces, self._is_in_hidden
        self._style, self._kind, self._pieces = style, kind, []
        self._link, self._is_in_hidden = "", False
        self._children(paragraph)
        pieces = convert_fonts(self._pieces, self._report)
        self._style, self._kind, self._link, self._pieces, self._is_in_hidden = around
        return pieces

    def is_in_contents(self) -> bool:
        """Tell whether a table of contents is open."""
        return any(field.is_contents and field.has_result for field in self._fields) and self._trusts_fields

    def count_change(self, element: Element) -> None:
        """Count a tracked insertion or deletion."""
        if len(element) and element.tag in _CHANGES:
            self._report.changed[_CHANGES[element.tag]] += 1

    def _children(self, element: Iterable[Element]) -> None:
        for child in element:
            self._inline(child)

    def _inline(self, element: Element) -> None:
        tag = element.tag
        if tag == f"{W}r":
            properties = element.find(f"{W}rPr")
            marks, is_hidden = self._styles.look(properties, self._style, self._kind)
            self._in_run(element, marks, self._styles.font_of(properties, self._style), is_hidden=is_hidden)
        elif tag in DELETED:
            self.count_change(element)
        elif tag in _SKIPPED:
            return
        elif tag in {f"{M}oMath", f"{M}oMathPara"}:
            self._report.changed[counted.FORMULAS] += 1
            for text, mark in read_formula(element):
                self._text(text, frozenset({mark} if mark else ()), "")
        elif tag == f"{MC}AlternateContent":
            self._children(visible_branch(element))
        elif tag == f"{W}hyperlink":
            self._hyperlink(element)
        elif tag == f"{W}sdt":
            self._control(element)
        elif tag == f"{W}fldSimple":
            self._fields.append(WordField(element.find(f"{W}ffData"), element.get(f"{W}instr", "")))
            self._begin_result()
            self._children(element)
            self._end_field(frozenset(), "")
        else:
            # An unknown element is read for its content.
            self.count_change(element)
            self._children(element)

    def _hyperlink(self, element: Element) -> None:
        related = self._related.get(element.get(f"{R}id", ""))
        address, anchor = related.target if related else "", element.get(f"{W}anchor", "")
        around, self._link = self._link, f"{address}#{anchor}" if anchor and "#" not in address else address
        self._children(element)
        self._link = around

    def _control(self, control: Element) -> None:
        """Read a content control: the text typed, chosen or ticked in it."""
        properties = control.find(f"{W}sdtPr")
        if is_unfilled(properties):
            self._report.lost[counted.UNFILLED] += 1
            return
        before = len(self._pieces)
        for content in control.findall(f"{W}sdtContent"):
            self._children(content)
        box = properties.find(f"{W14}checkbox") if properties is not None else None
        if box is not None and not any(piece.text.strip() for piece in self._pieces[before:]):
            checked = box.find(f"{W14}checked")
            is_ticked = checked is not None and checked.get(f"{W14}val", "1") in {"1", "true", "on"}
            self._text(TICKED if is_ticked else UNTICKED, frozenset(), "")

    def _in_run(self, run: Iterable[Element], marks: frozenset[str], font: str, *, is_hidden: bool) -> None:
        for child in run:
            tag = child.tag
            # Fields continue even if their marks are hidden.
            if tag in {f"{W}fldChar", f"{W}instrText"}:
                self._field_part(child, marks, font)
            elif is_hidden:
                self._hide(child)
            elif tag == f"{W}t":
                self._written(child.text or "", marks, font)
            elif tag in _CHARACTERS:
                self._text(_CHARACTERS[tag], marks, font)
            elif tag in {f"{W}br", f"{W}cr"}:
                self._pieces += [PAGE if child.get(f"{W}type") in {"page", "column"} else BREAK] * self._is_shown()
            elif tag in _DRAWINGS:
                self._drawing(child)
            else:
                self._rare(child, marks, font)

    def _rare(self, child: Element, marks: frozenset[str], font: str) -> None:
        name = child.tag.removeprefix(W)
        if name == "sym":
            self._symbol(child, marks)
        elif name in {"footnoteReference", "endnoteReference"}:
            self._note(child, name.removesuffix("Reference"))
        elif name == "commentReference":
            self._report.lost["lời bình bên lề"] += 1
        elif name == "ruby":
            self._children(child)
            above = "".join(text.text or "" for text in child.iterfind(f"{W}rt//{W}t"))
            self._text(f" ({above})" if above.strip() else "", marks, font)
        elif name == "contentPart":
            self._report.lost["hình vẽ"] += 1
        elif child.tag == f"{MC}AlternateContent":
            self._in_run(visible_branch(child), marks, font, is_hidden=False)
        elif child.tag not in _SKIPPED and len(child):
            self._children(child)

    def _written(self, text: str, marks: frozenset[str], font: str) -> None:
        if self._awaits_mark and text.strip():
            self._awaits_mark = False
            # A custom mark of a note: its number replaces it.
            if len(text.strip()) <= _LONGEST_MARK:
                return
        if is_of_symbols(font):
            text, unknown = read_symbols(text, font)
            self._report.lost[counted.UNKNOWN_SYMBOLS] += unknown
        self._text(text, marks, font)

    def _text(self, text: str, marks: frozenset[str], font: str) -> None:
        if not text or not self._is_shown():
            return
        self._is_in_hidden = self._is_in_hidden and text.isspace()
        for field in self._fields:
            field.is_shown = True
        link = next((field.link for field in reversed(self._fields) if field.link), "") or self._link
        self._pieces.append(Inline("text", text, marks, link, font=font))

    def _is_shown(self) -> bool:
        return not (self._trusts_fields and any(field.is_silent for field in self._fields))

    def _hide(self, element: Element) -> None:
        """Count hidden content, neighbours as one."""
        has_text = any((part.text or "").strip() for part in element.iter(f"{W}t"))
        if has_text or element.tag in _DRAWINGS or element.tag == f"{W}sym":
            self._report.lost[counted.HIDDEN] += not self._is_in_hidden
            self._is_in_hidden = True

    def _drawing(self, drawing: Element) -> None:
        if not self._is_shown():
            return
        drawn = self._drawings.read(drawing)
        self._pieces += drawn
        if any(one.kind == "picture" for one in drawn) and (self._link or any(field.link for field in self._fields)):
            self._report.lost[counted.LINKED_PICTURES] += 1

    def _symbol(self, symbol: Element, marks: frozenset[str]) -> None:
        font, code = symbol.get(f"{W}font", ""), symbol.get(f"{W}char", "")
        try:
            letter = chr(int(code, 16))
        except (ValueError, OverflowError):
            return
        if encoding_of(font):
            self._text(letter, marks, font)
            return
        text, unknown = read_symbols(letter, font)
        self._report.lost[counted.UNKNOWN_SYMBOLS] += unknown
        self._text(text, marks, "")

    def _note(self, reference: Element, kind: str) -> None:
        if not self._is_shown():
            return
        self._awaits_mark = reference.get(f"{W}customMarkFollows", "0") in {"1", "true", "on"}
        if number := self._notes.refer(kind, reference.get(f"{W}id", "")):
            self._pieces.append(Inline("note", str(number)))

    def _field_part(self, part: Element, marks: frozenset[str], font: str) -> None:
        kind = part.get(f"{W}fldCharType", "")
        if kind == "begin":
            self._fields.append(WordField(part.find(f"{W}ffData")))
        elif not self._fields:
            return
        elif kind == "separate":
            self._begin_result()
        elif kind == "end":
            self._end_field(marks, font)
        elif not self._fields[-1].has_result:
            self._fields[-1].instruction += part.text or ""

    def _begin_result(self) -> None:
        field = self._fields[-1]
        field.has_result = True
        if field.is_contents and not any(outer.is_contents for outer in self._fields[:-1]):
            self._report.lost[counted.CONTENTS] += 1

    def _end_field(self, marks: frozenset[str], font: str) -> None:
        field = self._fields.pop()
        if not field.is_shown:
            self._text(field.text(), marks, font)
