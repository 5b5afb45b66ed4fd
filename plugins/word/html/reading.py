"""HTML in the dialect of whichever program it came from -> the HTML that a .docx becomes.

Word writes no list as HTML has it: an item is a paragraph that begins with a picture of its bullet or number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag

from plugins.sources.problem import Invalid
from plugins.word.docx.kinds import CHANGES, HIDDEN
from plugins.word.docx.ooxml import W
from plugins.word.html.fragment import cut_to_fragment, open_comments
from plugins.word.html.lists import PARAGRAPH, Place, fold, read_number, to_int
from plugins.word.html.looks import Look, StyleSheet, write_paragraphs
from plugins.word.package import DEEP, LONG, MAX_PARAGRAPHS

if TYPE_CHECKING:
    from plugins.word.report import ImportReport

PICTURES = "ảnh (chép riêng từng ảnh rồi dán, hoặc kéo tệp ảnh vào trang này)"


@dataclass(frozen=True)
class Source:
    """Where HTML came from: what to say of its pictures and of too much, how its title is marked, what is hidden named.

    Who copies has seen nothing of what a page hides, and misses none of it.
    """

    pictures: str
    too_long: Invalid
    too_deep: Invalid
    title: str = ""
    hidden: str = ""


CLIPBOARD = Source(
    PICTURES,
    Invalid("Đoạn chép dài quá một bài viết", "chép và dán từng phần"),
    Invalid("Đoạn chép lồng quá nhiều tầng", "chép và dán từng phần"),
)
PAGE = Source("ảnh của trang web", LONG, DEEP, ' class="title"', HIDDEN)
# Of all tables, by how many each of their cells takes.
_MOST_PLACES = 50_000

_UNREAD = {"script", "style", "head", "title", "template", "noscript", "svg", "canvas", "select", "textarea", "xml"}
_FRAMES = {"iframe", "video", "audio", "object", "embed"}
_BLOCK = re.compile(
    "html|body|p|div|section|article|main|header|footer|nav|aside|address|figure|figcaption|center|details|summary|form"
    "|fieldset|legend|hr|dl|dt|dd|pre|caption|tbody|thead|tfoot|tr|td|th"
)
_HEADING = re.compile(r"h([1-6])")
_ITEM = re.compile(r"l\d+ level(\d)")
_NOTE = re.compile(r"(ftn|edn|sdfootnote|sdendnote)\d+")
_NOTE_LINK = re.compile(rf"#_?({_NOTE.pattern})(?:sym)?$")
_NOTE_BACK = re.compile(r"#(_?(ftn|edn)ref\d+|(sdfootnote|sdendnote)\d+anc)$")


def read_html(html: str, source: Source, report: ImportReport, first_note: int = 1) -> str:
    """Return HTML of ours without pictures, its notes numbered from `first_note`; Invalid when it is too much."""
    soup = BeautifulSoup(open_comments(html, report), "lxml")
    sheet = StyleSheet(soup)
    cut_to_fragment(soup)
    try:
        return _Reader(soup, sheet, source, report, first_note).read()
    except RecursionError:
        raise source.too_deep from None


class _Reader:
    """Walks the tree; what is text gathers until its paragraph ends."""

    def __init__(
        self, soup: BeautifulSoup, sheet: StyleSheet, source: Source, report: ImportReport, first_note: int
    ) -> None:
        self._soup, self._sheet, self._source = soup, sheet, source
        self._report, self._first_note = report, first_note
        self._written: list[tuple[Place, str]] = []
        self._runs: list[tuple[str, Look]] = []
        self._boxes: list[str] = []
        self._count = self._places = 0
        self._has_note = {str(note["id"]) for note in soup.find_all(id=_NOTE)}
        self._numbers: dict[str, int] = {}
        self._notes: dict[int, str] = {}

    def read(self) -> str:
        html = self._capture(self._soup, Look())
        notes = "".join(f'<li id="footnote-{number}">{note}</li>' for number, note in sorted(self._notes.items()))
        return html + (f"<ol>{notes}</ol>" if notes else "")

    def _capture(self, parent: Tag, look: Look) -> str:
        """Return what stands in an element as blocks of its own."""
        around = self._written, self._runs, self._boxes
        self._written, self._runs, self._boxes = [], [], []
        self._walk(parent, look)
        self._flush()
        html = fold(self._written)
        self._written, self._runs, self._boxes = around
        return html

    def _walk(self, parent: Tag, look: Look) -> None:
        for child in parent.children:
            if isinstance(child, Tag):
                self._element(child, look)
            elif type(child) is NavigableString:
                self._runs.append((str(child) if look.keeps_lines else re.sub(r"\s+", " ", str(child)), look))

    def _element(self, element: Tag, look: Look) -> None:
        style = self._sheet.style_of(element)
        if self._is_left_out(element, style):
            return
        name, look = element.name, look.within(element, style)
        if name == "br":
            self._runs.append(("\n", look))
        elif name == "img":
            self._picture(element, look)
        elif name == "a" and (link := _NOTE_LINK.match(look.href)) and link[1] in self._has_note:
            number = self._numbers.setdefault(link[1], self._first_note + len(self._numbers))
            self._runs.append((f"[{number}]", replace(look, note=number)))
        elif (note := self._numbers.get(str(element.get("id")))) is not None:
            self._notes[note] = self._capture(element, Look())
        elif name == "v:textbox":
            self._report.changed["khung chữ thành đoạn văn"] += 1
            self._boxes.append(self._capture(element, Look()))
        elif name == "table":
            self._flush()
            self._add(look.place, self._table(element, replace(look, place=PARAGRAPH)))
        elif name == "blockquote":
            self._flush()
            self._add(look.place, f"<blockquote>{self._capture(element, replace(look, place=PARAGRAPH))}</blockquote>")
        elif place := self._place(element, style, look.place):
            self._flush()
            self._walk(element, replace(look, place=place))
            self._flush()
        else:
            self._walk(element, look)

    def _is_left_out(self, element: Tag, style: dict[str, str]) -> bool:
        """Tell whether an element is no part of the text; counted is what its writer may miss."""
        classes = str(element.get("class"))
        lost = self._report.lost
        if element.name in _FRAMES:
            lost["video hoặc khung của trang khác"] += 1
        elif style.get("mso-element") == "comment-list":
            lost["lời bình bên lề"] += len(element.find_all(style=re.compile(r"mso-element:\s*comment(?!-)")))
        elif "MsoToc" in classes or "MsoTableOfFigures" in classes:
            lost["mục lục"] = 1
        elif element.name == "del":
            self._report.changed[CHANGES[f"{W}del"]] += 1
        elif _is_hidden(element, style):
            if self._source.hidden and element.get_text(strip=True):
                lost[self._source.hidden] += 1
        else:
            return (
                element.name in _UNREAD
                or "MsoCommentReference" in classes
                or bool(_NOTE_BACK.match(str(element.get("href", ""))))
                or (style.get("mso-list") == "Ignore" and not element.find_parent(_HEADING))
            )
        return True

    def _picture(self, picture: Tag, look: Look) -> None:
        alt = str(picture.get("alt", ""))
        if alt and ("emoji" in str(picture).lower() or not any(map(str.isalnum, alt))):
            self._runs.append((alt, look))
        elif str(picture.get("width")) not in ("0", "1") and str(picture.get("height")) not in ("0", "1"):
            self._report.lost[self._source.pictures] += 1

    def _place(self, element: Tag, style: dict[str, str], around: Place) -> Place | None:
        """Return where text of a block stands; None of what is within a paragraph."""
        name, classes = element.name, element.get_attribute_list("class")
        if name in ("ul", "ol"):
            return replace(around, level=around.level + 1)
        if name == "li":
            parent = element.parent
            level = to_int(str(element.get("data-aria-level") or max(1, around.level)))
            start = str(element.get("value") or (parent and parent.get("start")) or "1")
            is_numbered = parent is not None and parent.name == "ol"
            return Place("p", level, is_numbered, to_int(start), id(element))
        heading = _HEADING.fullmatch(name) or _HEADING.fullmatch(f"h{style.get('mso-outline-level')}")
        if element.get("role") == "heading":
            heading = _HEADING.fullmatch(f"h{element.get('aria-level', '2')}")
        if around.level == 0 and (heading or "MsoTitle" in classes):
            # The title of a document is above its headings.
            return Place(f"h{min(6, int(heading[1]) + 1)}") if heading else Place("h1", is_title=True)
        if around.level == 0 and (item := _ITEM.match(style.get("mso-list", ""))):
            mark = element.find(style=re.compile(r"mso-list:\s*Ignore"))
            number = read_number(mark.get_text() if mark else "")
            return Place("p", int(item[1]), bool(number), number, id(element))
        return around if heading or _BLOCK.fullmatch(name) else None

    def _table(self, table: Tag, look: Look) -> str:
        written = ""
        if caption := table.find("caption", recursive=False):
            self._add(look.place, self._capture(caption, look))
            caption.extract()
        for row in table.find_all("tr"):
            cells = row.find_all(["td", "th"], recursive=False)
            if row.find_parent("table") is table and cells:
                html = "".join(self._cell(cell, look) for cell in cells)
                is_head = row.parent is not None and row.parent.name == "thead"
                written += f"<thead><tr>{html}</tr></thead>" if is_head else f"<tr>{html}</tr>"
        return f"<table>{written.replace('</thead><thead>', '')}</table>" if written else ""

    def _cell(self, cell: Tag, look: Look) -> str:
        inner = look.within(cell, self._sheet.style_of(cell))
        down, across = (to_int(str(cell.get(name, "1"))) for name in ("rowspan", "colspan"))
        self._places += down * across
        if self._places > _MOST_PLACES:
            raise self._source.too_long
        return f'<td rowspan="{down}" colspan="{across}">{self._capture(cell, inner)}</td>'

    def _flush(self) -> None:
        """End the paragraph; what boxes hang on it come after it."""
        (runs, self._runs), (boxes, self._boxes) = (self._runs, []), (self._boxes, [])
        for html in write_paragraphs(runs, self._report):
            place = runs[0][1].place
            title = self._source.title if place.is_title else ""
            self._add(place, f"<{place.tag}{title}>{html}</{place.tag}>")
        for box in boxes:
            self._add(PARAGRAPH, box)

    def _add(self, place: Place, html: str) -> None:
        self._count += 1
        if self._count > MAX_PARAGRAPHS:
            raise self._source.too_long
        self._written.append((place, html))


def _is_hidden(element: Tag, style: dict[str, str]) -> bool:
    said = style.get("display"), style.get("visibility"), style.get("mso-hide")
    return "none" in said[:1] or "hidden" in said or "all" in said[2:] or element.has_attr("hidden")
