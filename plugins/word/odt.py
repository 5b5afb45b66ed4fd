"""An .odt (OpenDocument 1.3, ISO/IEC 26300) -> the HTML that a .docx becomes."""

from __future__ import annotations

from html import escape
from itertools import groupby
from typing import TYPE_CHECKING

from plugins.sources.problem import Invalid
from plugins.word.legacy import encoding_of, find_doubtful, shows_capitals, to_unicode
from plugins.word.package import parse_part, refuse_long
from plugins.word.pictures import Picture, keep_or_count, written_alt

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from xml.etree.ElementTree import Element

    from plugins.word.legacy import Encoding
    from plugins.word.pictures import Keep
    from plugins.word.report import Report

_NAMES = "urn:oasis:names:tc:opendocument:xmlns:"
_DRAW, _OFFICE, _STYLE = f"{{{_NAMES}drawing:1.0}}", f"{{{_NAMES}office:1.0}}", f"{{{_NAMES}style:1.0}}"
_TABLE, _TEXT = f"{{{_NAMES}table:1.0}}", f"{{{_NAMES}text:1.0}}"
_FO, _SVG = f"{{{_NAMES}xsl-fo-compatible:1.0}}", f"{{{_NAMES}svg-compatible:1.0}}"
_ID = "{http://www.w3.org/XML/1998/namespace}id"
_XLINK = "{http://www.w3.org/1999/xlink}"
# Empty rows and columns at the end of a sheet are written as one that repeats a million times.
_MOST_REPEATED = 50


def is_odt(parts: Mapping[str, bytes]) -> bool:
    """Tell whether a package is OpenDocument's."""
    return parts.get("mimetype", b"").startswith(b"application/vnd.oasis.opendocument")


def read_odt(parts: Mapping[str, bytes], keep: Keep, report: Report) -> str:
    """Return a document as HTML whose pictures `keep` has taken; Invalid when it is no text document."""
    if b"encryption-data" in parts.get("META-INF/manifest.xml", b""):
        raise Invalid("Tệp có mật khẩu nên không đọc được", "mở tệp, bỏ mật khẩu rồi lưu lại")
    content = parse_part(parts.get("content.xml", b"<x/>"))
    body = content.find(f"{_OFFICE}body/{_OFFICE}text")
    if body is None:
        raise Invalid("Tệp không phải văn bản", "mở bằng LibreOffice Writer, lưu thành .docx hoặc .odt rồi thử lại")
    refuse_long(body)
    roots = [content, *([parse_part(parts["styles.xml"])] if "styles.xml" in parts else [])]
    styles = _Styles(roots)
    _convert_fonts(body, styles, report)
    report.changed["chỗ chèn đã nhận (theo dõi thay đổi)"] += sum(1 for _ in body.iter(f"{_TEXT}insertion"))
    report.changed["chỗ xóa đã bỏ (theo dõi thay đổi)"] += sum(1 for _ in body.iter(f"{_TEXT}deletion"))
    report.lost["lời bình bên lề"] += sum(1 for _ in body.iter(f"{_OFFICE}annotation"))
    writer = _Writer(parts, styles, keep, report)
    try:
        return writer.blocks(body) + writer.notes()
    except RecursionError:
        raise Invalid("Tệp lồng quá nhiều tầng, không đọc được", "lưu lại thành .docx rồi thử lại") from None


class _Styles:
    """What a style says, or the one that it is based on, or the default."""

    def __init__(self, roots: list[Element]) -> None:
        self._styles: dict[tuple[str, str], Element] = {}
        self._defaults: dict[str, Element] = {}
        self._fonts: dict[str, str] = {}
        self._lists: dict[str, Element] = {}
        for root in reversed(roots):
            for face in root.iter(f"{_STYLE}font-face"):
                family = face.get(f"{_SVG}font-family", "").strip("'\"")
                self._fonts[face.get(f"{_STYLE}name", "")] = family
            for style in root.iter(f"{_STYLE}style"):
                self._styles[style.get(f"{_STYLE}family", ""), style.get(f"{_STYLE}name", "")] = style
            for style in root.iter(f"{_STYLE}default-style"):
                self._defaults[style.get(f"{_STYLE}family", "")] = style
            for style in root.iter(f"{_TEXT}list-style"):
                self._lists[style.get(f"{_STYLE}name", "")] = style

    def names(self, family: str, name: str) -> list[str]:
        """Return the names of a style and of those that it is based on, as their writer knows them."""
        chain = self._chain(family, name)
        return [style.get(f"{_STYLE}display-name") or style.get(f"{_STYLE}name") or "" for style in chain]

    def text(self, family: str, name: str, attribute: str) -> str:
        """Return an attribute of the text that a style sets, "" when neither it nor what is under it says."""
        for style in self._chain(family, name):
            properties = style.find(f"{_STYLE}text-properties")
            if properties is not None and (value := properties.get(attribute)):
                return value
        return ""

    def font(self, family: str, name: str) -> str:
        """Return the name of the font that a style sets."""
        face = self.text(family, name, f"{_STYLE}font-name")
        return self._fonts.get(face, face) or self.text(family, name, f"{_FO}font-family").strip("'\"")

    def is_numbered(self, name: str, level: int) -> bool:
        """Tell whether a list style numbers this level."""
        kinds = (kind for kind in self._lists.get(name, ()) if kind.get(f"{_TEXT}level") == str(level))
        return any(kind.tag.endswith("list-level-style-number") for kind in kinds)

    def _chain(self, family: str, name: str) -> Iterator[Element]:
        style = self._styles.get((family, name))
        for _ in range(20):
            if style is None:
                break
            yield style
            style = self._styles.get((family, style.get(f"{_STYLE}parent-style-name", "")))
        if family == "paragraph" and family in self._defaults:
            yield self._defaults[family]


def _convert_fonts(body: Element, styles: _Styles, report: Report) -> None:
    """Convert the text in fonts of old encodings, in place; what stands beside each other is one text."""
    for paragraph in [*body.iter(f"{_TEXT}p"), *body.iter(f"{_TEXT}h")]:
        font = styles.font("paragraph", paragraph.get(f"{_TEXT}style-name", ""))
        for encoding, pieces in groupby(_pieces(paragraph, font, styles), lambda piece: encoding_of(piece[2])):
            if encoding:
                _convert(list(pieces), encoding, report)


def _pieces(element: Element, font: str, styles: _Styles) -> Iterator[tuple[Element, str, str]]:
    """Yield where text stands in a paragraph ("text" or "tail" of an element) with its font."""
    yield element, "text", font
    for child in element:
        if child.tag == f"{_TEXT}span":
            own = styles.font("text", child.get(f"{_TEXT}style-name", ""))
            yield from _pieces(child, own or font, styles)
        elif child.tag == f"{_TEXT}a":
            yield from _pieces(child, font, styles)
        yield child, "tail", font


def _convert(pieces: list[tuple[Element, str, str]], encoding: Encoding, report: Report) -> None:
    before = [getattr(element, where) or "" for element, where, _ in pieces]
    after = to_unicode(before, encoding)
    if after is None:
        return
    for (element, where, font), text in zip(pieces, after, strict=True):
        setattr(element, where, text.upper() if shows_capitals(font) else text)
    report.changed[f"chữ gõ bằng phông {encoding.name} thành Unicode"] += len("".join(after).split())
    report.doubtful += find_doubtful("".join(after))


class _Writer:
    """Writes the tree as HTML; notes are kept for the end, text boxes for after their paragraph."""

    def __init__(self, parts: Mapping[str, bytes], styles: _Styles, keep: Keep, report: Report) -> None:
        self._parts, self._styles, self._keep, self._report = parts, styles, keep, report
        self._notes: list[str] = []
        self._boxes: list[str] = []
        # How far each numbered list has come, by its id.
        self._counts: dict[str, int] = {}

    def notes(self) -> str:
        items = [f'<li id="footnote-{number}">{note}</li>' for number, note in enumerate(self._notes, 1)]
        return f"<ol>{''.join(items)}</ol>" if items else ""

    def blocks(self, parent: Element, level: int = 1, list_style: str = "") -> str:
        return "".join(self._block(child, level, list_style) for child in parent)

    def _block(self, element: Element, level: int, list_style: str) -> str:
        match element.tag.rsplit("}", 1)[-1]:
            case "p" | "h":
                return self._paragraph(element)
            case "list":
                return self._list(element, level, element.get(f"{_TEXT}style-name") or list_style)
            case "table":
                return f"<table>{self._rows(element, 'td')}</table>"
            case "section" | "text-box" | "index-body" | "list-item" | "list-header":
                return self.blocks(element, level, list_style)
            case "frame" | "g" | "custom-shape" | "rect":
                return self._frame(element) + self._take_boxes()
        # Tables of contents, forms, what tracked changes deleted: nothing of the text.
        return ""

    def _list(self, element: Element, level: int, style: str) -> str:
        items = "".join(f"<li>{self.blocks(item, level + 1, style)}</li>" for item in element)
        if not self._styles.is_numbered(style, level):
            return f"<ul>{items}</ul>"
        # A list may go on after other text: after one that it names, or after the last.
        before = element.get(f"{_TEXT}continue-list", "")
        if not before and element.get(f"{_TEXT}continue-numbering") == "true":
            before = next(reversed(self._counts), "")
        start = self._counts.get(before, 0) + 1
        self._counts[element.get(_ID) or f"list {len(self._counts)}"] = start - 1 + len(element)
        return f'<ol start="{start}">{items}</ol>'

    def _paragraph(self, element: Element) -> str:
        name = element.get(f"{_TEXT}style-name", "")
        names = self._styles.names("paragraph", name)
        text = self._emphasised(self._inline(element), "paragraph", name)
        boxes = self._take_boxes()
        if "Title" in names:
            return f'<h1 class="title">{text}</h1>{boxes}'
        if element.tag == f"{_TEXT}h":
            level = element.get(f"{_TEXT}outline-level", "1")
            return f"<h{level}>{text}</h{level}>{boxes}"
        if set(names) & {"Quote", "Quotations"}:
            return f"<blockquote><p>{text}</p></blockquote>{boxes}"
        if set(names) & {"Caption", "Illustration", "Figure"}:
            return f'<p class="caption">{text}</p>{boxes}'
        return f"<p>{text}</p>{boxes}"

    def _take_boxes(self) -> str:
        boxes, self._boxes = "".join(self._boxes), []
        return boxes

    def _inline(self, element: Element) -> str:
        written = [escape(element.text or "", quote=False)]
        for child in element:
            written += [self._inline_child(child), escape(child.tail or "", quote=False)]
        return "".join(written)

    def _inline_child(self, child: Element) -> str:  # noqa: PLR0911 - one for each kind there is
        match child.tag.rsplit("}", 1)[-1]:
            case "s" | "tab":
                return " "
            case "line-break":
                return "<br />"
            case "span":
                return self._emphasised(self._inline(child), "text", child.get(f"{_TEXT}style-name", ""))
            case "a":
                href = escape(child.get(f"{_XLINK}href", ""))
                return f'<a href="{href}">{self._inline(child)}</a>'
            case "note":
                return self._note(child)
            case "frame" | "g" | "custom-shape" | "rect":
                return self._frame(child)
            case "annotation":
                return ""
        # Fields (dates, page numbers, cross-references, sequences) hold their text.
        return self._inline(child)

    def _note(self, note: Element) -> str:
        body = note.find(f"{_TEXT}note-body")
        self._notes.append(self.blocks(body) if body is not None else "")
        number = len(self._notes)
        return f'<sup><a href="#footnote-{number}" id="footnote-ref-{number}">[{number}]</a></sup>'

    def _emphasised(self, text: str, family: str, name: str) -> str:
        value = self._styles.text
        if family == "paragraph" and not name.startswith("P"):
            # The looks of a named style belong to the style, those of an automatic one to the words.
            return text
        if value(family, name, f"{_FO}font-style") == "italic":
            text = f"<em>{text}</em>"
        if value(family, name, f"{_FO}font-weight") in ("bold", "600", "700", "800", "900"):
            text = f"<strong>{text}</strong>"
        if value(family, name, f"{_STYLE}text-line-through-style") not in ("", "none"):
            text = f"<s>{text}</s>"
        position = value(family, name, f"{_STYLE}text-position")
        tag = "sup" if position.startswith("super") else "sub" if position.startswith("sub") else ""
        return f"<{tag}>{text}</{tag}>" if tag else text

    def _frame(self, frame: Element) -> str:
        boxes = list(frame.iter(f"{_DRAW}text-box"))
        if frame.tag in (f"{_DRAW}custom-shape", f"{_DRAW}rect"):
            boxes.append(frame)
        written = [text for box in boxes if (text := self.blocks(box))]
        if written:
            self._report.changed["khung chữ thành đoạn văn"] += len(written)
            self._boxes += written
            return ""
        image = frame.find(f"{_DRAW}image")
        data = self._parts.get(image.get(f"{_XLINK}href", "").removeprefix("./")) if image is not None else None
        if frame.find(f"{_DRAW}object") is not None or frame.find(f"{_DRAW}object-ole") is not None:
            self._report.lost["biểu đồ hoặc đối tượng nhúng"] += 1
        elif data is None:
            self._report.lost["hình vẽ"] += 1
        else:
            return self._picture(data, frame)
        return ""

    def _picture(self, data: bytes, frame: Element) -> str:
        described = [frame.findtext(f"{_SVG}{name}", "") for name in ("desc", "title")]
        alt = written_alt(next(filter(None, described), ""))
        name = keep_or_count(Picture(data, alt=alt), self._keep, self._report)
        return f'<img src="{escape(name)}" alt="{escape(alt)}" />' if name else ""

    def _rows(self, table: Element, tag: str) -> str:
        written = []
        for child in table:
            kind = child.tag.rsplit("}", 1)[-1]
            if kind == "table-header-rows":
                written.append(f"<thead>{self._rows(child, 'th')}</thead>")
            elif kind in ("table-rows", "table-row-group"):
                written.append(self._rows(child, tag))
            elif kind == "table-row":
                cells = "".join(self._cell(cell, tag) for cell in child)
                times = min(int(child.get(f"{_TABLE}number-rows-repeated", "1")), _MOST_REPEATED)
                written.append(f"<tr>{cells}</tr>" * times)
        return "".join(written)

    def _cell(self, cell: Element, tag: str) -> str:
        if cell.tag != f"{_TABLE}table-cell":
            return ""
        spans = "".join(
            f' {html}="{value}"'
            for html, name in (("rowspan", "number-rows-spanned"), ("colspan", "number-columns-spanned"))
            if (value := cell.get(f"{_TABLE}{name}", "1")).isdecimal() and value != "1"
        )
        times = min(int(cell.get(f"{_TABLE}number-columns-repeated", "1")), _MOST_REPEATED)
        return f"<{tag}{spans}>{self.blocks(cell)}</{tag}>" * times
