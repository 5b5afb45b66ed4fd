"""A paragraph of an .odt -> spans: text with its look, breaks, notes, pictures; hidden content is counted."""

from collections.abc import Callable
from xml.etree.ElementTree import Element

from plugins.word.docx.ooxml import number
from plugins.word.legacy import convert_fonts
from plugins.word.nodes import Inline, Node
from plugins.word.odt.drawings import SHAPES, Drawings
from plugins.word.odt.styles import LOEXT, OFFICE, TEXT, XLINK, Look, Styles, local
from plugins.word.paragraphs import BREAK
from plugins.word.report import LINKED_PICTURES, UNFILLED, UNKNOWN_SYMBOLS, ImportReport
from plugins.word.symbols import is_of_symbols, read_symbols

HIDDEN = "chỗ chữ ẩn"
_MOST_SPACES = 200
# Elements of a paragraph that are no text.
_SILENT = {"annotation-end", "script", "number", "bookmark", "soft-page-break", "note-citation", "title", "desc"}


class InlineReader:
    """Reads the paragraphs of a document, and keeps its notes for the end."""

    def __init__(self, styles: Styles, drawings: Drawings, report: ImportReport) -> None:
        self._styles, self._drawings, self._report = styles, drawings, report
        self._notes: list[Element] = []
        self._pieces: list[Inline] = []
        self._is_in_hidden = False

    def read(self, paragraph: Element) -> list[Inline]:
        """Return the spans of a paragraph, in Unicode."""
        if any(mark.get(f"{TEXT}is-hidden") == "true" for mark in paragraph.iter(f"{TEXT}hidden-paragraph")):
            self.hide()
            return []
        around = self._pieces, self._is_in_hidden
        self._pieces, self._is_in_hidden = [], False
        self._children(paragraph, self._styles.look(Look(), "paragraph", paragraph.get(f"{TEXT}style-name", "")), "")
        pieces = convert_fonts(self._pieces, self._report)
        self._pieces, self._is_in_hidden = around
        return pieces

    def notes(self, read: Callable[[Element], list[Node]]) -> list[list[Node]]:
        """Return the referenced notes in order; one may refer to another."""
        return list(map(read, self._notes))

    def hide(self) -> None:
        """Count a hidden place."""
        self._report.lost[HIDDEN] += 1

    def _children(self, element: Element, look: Look, link: str) -> None:
        self._text(element.text or "", look, link)
        for child in element:
            if child.tag == f"{OFFICE}annotation":
                self._report.lost["lời bình bên lề"] += 1
            elif isinstance(child.tag, str) and local(child) not in _SILENT:
                self._child(child, look, link)
            self._text(child.tail or "", look, link)

    def _child(self, child: Element, look: Look, link: str) -> None:
        name = local(child)
        if "true" in (child.get(f"{TEXT}is-hidden"), child.get(f"{LOEXT}is-hidden")):
            self.hide()
        elif child.get(f"{TEXT}display") == "none":
            self._children(child, look._replace(hidden=True), link)
        elif name == "s":
            self._text(" " * min(number(child.get(f"{TEXT}c"), 1), _MOST_SPACES), look, link)
        elif name == "tab":
            self._text(" ", look, link)
        elif name in SHAPES:
            self._drawing(child, look, link)
        elif name in {"line-break", "note"}:
            self._thing(child, look)
        elif name == "placeholder" or child.get(f"{LOEXT}showing-place-holder") == "true":
            self._report.lost[UNFILLED] += 1
        elif known := {"ruby": self._ruby, "drop-down": self._choice, "fieldmark": self._old_field}.get(name):
            known(child, look, link)
        else:
            # Fields (dates, page numbers, references, sequences) contain their text.
            look = look if name == "a" else self._styles.look(look, "text", child.get(f"{TEXT}style-name", ""))
            self._children(child, look, child.get(f"{XLINK}href", "") if name == "a" else link)

    def _text(self, text: str, look: Look, link: str) -> None:
        if look.hidden:
            if text.strip():
                self._hidden_thing()
            return
        self._is_in_hidden = self._is_in_hidden and not text.strip()
        if is_of_symbols(look.font):
            text, unknown = read_symbols(text, look.font)
            self._report.lost[UNKNOWN_SYMBOLS] += unknown
        if text:
            self._pieces.append(Inline("text", text, look.marks(), link, font=look.font))

    def _hidden_thing(self) -> None:
        """Count hidden content, neighbours as one."""
        self._report.lost[HIDDEN] += not self._is_in_hidden
        self._is_in_hidden = True

    def _thing(self, element: Element, look: Look) -> None:
        """Read a break or a note."""
        body = element.find(f"{TEXT}note-body")
        if look.hidden:
            self._hidden_thing()
        elif local(element) == "line-break":
            self._pieces.append(BREAK)
        elif body is not None:
            self._notes.append(body)
            self._pieces.append(Inline("note", str(len(self._notes))))

    def _drawing(self, shape: Element, look: Look, link: str) -> None:
        if look.hidden:
            self._hidden_thing()
            return
        for piece in self._drawings.read(shape):
            if piece.kind == "text":
                self._pieces.append(piece._replace(marks=piece.marks | look.marks(), href=link))
            else:
                self._pieces.append(piece)
                self._report.lost[LINKED_PICTURES] += bool(link) and piece.kind == "picture"

    def _ruby(self, ruby: Element, look: Look, link: str) -> None:
        for part in ruby:
            if local(part) == "ruby-text" and "".join(part.itertext()).strip():
                self._text(" (", look, link)
                self._children(part, look, link)
                self._text(")", look, link)
            elif local(part) == "ruby-base":
                self._children(part, look, link)

    def _choice(self, element: Element, look: Look, link: str) -> None:
        chosen = (label.get(f"{TEXT}value", "") for label in element if label.get(f"{TEXT}current-selected") == "true")
        self._text("".join(element.itertext()).strip() or next(chosen, ""), look, link)

    def _old_field(self, field: Element, look: Look, link: str) -> None:
        """Read a field of an old form of Word by its parameters."""
        said: dict[str, list[str]] = {}
        attributes = [pair for param in field for pair in param.attrib.items()]
        names, values = ([value for key, value in attributes if key.endswith(end)] for end in ("}name", "}value"))
        for name, value in zip(names, values, strict=False):
            said.setdefault(name, []).append(value)
        kind = next((value for key, value in field.attrib.items() if key.endswith("}type")), "")
        if kind.endswith("FORMCHECKBOX"):
            self._text("☒" if said.get("Checkbox_Checked") == ["true"] else "☐", look, link)
        elif kind.endswith("FORMDROPDOWN"):
            entries, at = said.get("Dropdown_ListEntry", []), number(said.get("Dropdown_Selected", ["0"])[0])
            self._text(entries[at] if at < len(entries) else "", look, link)
        else:
            self._children(field, look, link)
