"""What is sent, in Word: stories as articles with a mark in the place of each photo, and a cover note. Pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph
from lxml import html

from plugins.content.stories.story import Story
from plugins.official.document import IssuedDocument
from plugins.official.issuer import Issuer
from plugins.official.paper import WIDTH, A4Document, add_border, parse_body
from plugins.sending.photos import Shot
from plugins.vietnamese import capitalize, format_date, format_number
from plugins.word.making import save_document

_LOOKS = {"bold": ("strong", "b", "th"), "italic": ("em", "i", "cite"), "raised": ("sup",)}
_PICTURES = ("figure", "img", "picture")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_TEXTS = ("p", "ul", "ol", "dl", "dt", "dd", "blockquote", "table", "figure", "div", "section", "pre", "hr")
_BLOCKS = (*_TEXTS, *_HEADINGS)
_STEP = 0.75  # indentation of quotations and nested lists, in cm
_SAMPLE = "BÀI MẪU, chỉ để minh họa. Không dùng làm tin, bài thật."
_NOTICE = "PHIẾU MINH HỌA: có bài mẫu. Không dùng làm văn bản chính thức."
DOTS = "…………………………"


class Article(A4Document):
    """An article under construction, with marks in place of its photos."""

    def __init__(self, story: Story, office: str, shots: Iterable[Shot]) -> None:
        super().__init__(story.title, story.author or office)
        self._story, self._office, self._shots = story, office, tuple(shots)
        self._by_url = {shot.url: shot for shot in self._shots}
        self._marked: set[int] = set()

    def add_head(self) -> None:
        """Add the title, the author, the summary, and the mark of the photo above the text."""
        story = self._story
        if story.sample:
            add_border(self.add(_SAMPLE, bold=True, center=True), ("top", "left", "bottom", "right"), space=4)
        self.add(story.title, bold=True, center=True, keep=True).runs[0].font.size = Pt(16)
        if story.author:
            self.add(f"Tác giả: {story.author}", italic=True, center=True)
        if story.summary:
            self.add(story.summary, bold=True)
        if story.photo:
            self._mark(story.photo.url)

    def add_body(self, body: str) -> None:
        """Add the text from HTML."""
        for element in parse_body(body):
            if isinstance(element, str):
                self._add_words(element, 0, italic=False)
            else:
                self._add(element)

    def add_end(self) -> None:
        """Add the marks of photos outside the text, the source, and where the story was published."""
        for shot in self._shots:
            if shot.number not in self._marked:
                self._mark(shot.url)
        if self._story.source:
            self.add(f"Nguồn: {self._story.source}", italic=True)
        date = format_date(self._story.date)
        self.add(f"Bài đăng ngày {date} trên trang thông tin của {self._office}.", italic=True)

    def _mark(self, url: str) -> None:
        if shot := self._by_url.get(url):
            self._marked.add(shot.number)
            caption = f" – {shot.caption}" if shot.caption else ""
            self.add(f"[Ảnh {shot.number}: tệp {shot.name}{caption}]", italic=True, center=True)

    def _add(self, element: html.HtmlElement, left: float = 0, *, italic: bool = False) -> None:
        """Add a block element; an inline element becomes a paragraph."""
        tag = str(element.tag)
        if tag in ("ul", "ol"):
            self._add_list(element, left, italic=italic)
        elif tag == "table":
            self._add_table(element)
        elif tag in _HEADINGS:
            self._write(self.add(keep=True), element, bold=True)
        elif (pictures := [*element.iter("img")]) and (tag in _PICTURES or not element.text_content().strip()):
            # The caption is in the mark.
            for picture in pictures:
                self._mark(picture.get("src", ""))
        elif "footnote" in (element.get("class") or "").split():
            self._add_notes(element)
        else:
            is_quote = tag == "blockquote"
            self._add_mixed(element, left + _STEP * is_quote, italic=italic or is_quote)

    def _add_mixed(self, element: html.HtmlElement, left: float, *, italic: bool) -> None:
        """Add an element as a paragraph, or each block in it by itself."""
        if not any(child.tag in _BLOCKS for child in element):
            if element.tag not in ("hr", "br"):
                self._write(self._paragraph(left), element, italic=italic)
            return
        self._add_words(element.text, left, italic=italic)
        for child in element:
            self._add(child, left, italic=italic)
            self._add_words(child.tail, left, italic=italic)

    def _add_words(self, text: str | None, left: float, *, italic: bool) -> None:
        if text and text.strip():
            self._paragraph(left).add_run(" ".join(text.split())).italic = italic or None

    def _add_list(self, element: html.HtmlElement, left: float, *, italic: bool) -> None:
        begin = int(element.get("start") or 1) if (element.get("start") or "1").isdecimal() else 1
        for number, item in enumerate((child for child in element if child.tag == "li"), begin):
            paragraph = self._paragraph(left, "– " if element.tag == "ul" else f"{number}. ")
            self._write(paragraph, item, italic=italic, nested=False)
            for child in item:
                if child.tag in ("ul", "ol"):
                    self._add_list(child, left + _STEP, italic=italic)
                elif child.tag in _BLOCKS and child.tag != "p":
                    self._add(child, left + _STEP, italic=italic)

    def _add_notes(self, element: html.HtmlElement) -> None:
        self.add("Chú thích", bold=True, keep=True)
        for number, note in enumerate(element.iter("li"), 1):
            for back in note.xpath(".//a[contains(@class, 'footnote-backref')]"):
                back.drop_tree()
            self._write(self._paragraph(0, f"[{number}] "), note)

    def _add_table(self, element: html.HtmlElement) -> None:
        rows = [[" ".join(cell.text_content().split()) for cell in row] for row in element.iter("tr")]
        if widest := max(map(len, rows), default=0):
            if caption := element.findtext("caption"):
                self.add(" ".join(caption.split()), bold=True, center=True, keep=True)
            self.grid([row + [""] * (widest - len(row)) for row in rows], [WIDTH / widest] * widest)

    def _paragraph(self, left: float, begin: str = "") -> Paragraph:
        paragraph = self.add(begin)
        paragraph.paragraph_format.left_indent = Cm(left)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        return paragraph

    def _write(self, paragraph: Paragraph, element: html.HtmlElement, *, nested: bool = True, **look: bool) -> None:
        """Write inline content in a look of _LOOKS, and marks in the place of photos."""

        def add(text: str | None) -> None:
            words = re.sub(r"\s+", " ", text or "")
            if paragraph.text[-1:] in ("", " ", "\n"):
                words = words.lstrip()
            if words:
                run = paragraph.add_run(words)
                run.bold, run.italic, run.font.superscript = (look.get(name) or None for name in _LOOKS)

        add(element.text)
        for child in element:
            if child.tag == "img":
                if shot := self._by_url.get(child.get("src", "")):
                    self._marked.add(shot.number)
                    add(f" [Ảnh {shot.number}: tệp {shot.name}] ")
            elif child.tag == "br":
                paragraph.add_run().add_break()
            elif nested or child.tag not in _BLOCKS or child.tag == "p":
                inner = {name: look.get(name, False) or child.tag in tags for name, tags in _LOOKS.items()}
                self._write(paragraph, child, **inner)
            add(child.tail)


def render_article(story: Story, office: str, shots: Iterable[Shot], body: str) -> bytes:
    """Return a story with the HTML of its body as a .docx. Same input, same bytes."""
    article = Article(story, office, shots)
    article.add_head()
    article.add_body(body)
    article.add_end()
    return save_document(article.word)


@dataclass(frozen=True)
class Enclosed:
    """An article in the list: its story, its folder, "" if it is the only one, and the number of its photos."""

    story: Story
    folder: str
    photos: int


class Cover(IssuedDocument):
    """A cover note under construction."""

    def add_text(self, to: str, enclosed: Sequence[Enclosed]) -> None:
        """Add the recipient and the list of articles."""
        self.add(f"Kính gửi: {to}", center=True)
        count = format_number(len(enclosed))
        what = f"{count} tin, bài kèm ảnh" if any(one.photos for one in enclosed) else f"{count} tin, bài"
        self.add(f"{capitalize(self.issued_by.standing)} gửi {what} sau đây, đề nghị xem xét, sử dụng:")
        columns: list[tuple[str, float, list[str]]] = [
            ("TT", 1.0, [str(number) for number, _ in enumerate(enclosed, 1)]),
            ("Tên tin, bài", 7.2, [one.story.title + " (bài mẫu)" * one.story.sample for one in enclosed]),
            ("Tác giả", 3.6, [one.story.author or DOTS for one in enclosed]),
            ("Thư mục", 2.2, [one.folder for one in enclosed]),
            ("Số ảnh", 2.0, [format_number(one.photos) for one in enclosed]),
        ]
        kept = [column for column in columns if any(column[2])]
        rows = [[head for head, _, _ in kept], *map(list, zip(*(cells for _, _, cells in kept), strict=True))]
        # The title gets the width of columns left out.
        widths = [width for _, width, _ in kept]
        widths[1] += WIDTH - sum(widths)
        self.grid(rows, widths, numbers=(0, len(kept) - 1))

    def add_contacts(self) -> None:
        """Add who answers for the content and how to reach them, with dots for anything not filled in."""
        office = self.issued_by.publisher
        is_own = self.issued_by.commune is None
        facts = (
            ("Chịu trách nhiệm nội dung", office.responsible if is_own else self.issued_by.standing),
            ("Người liên hệ", ""),
            ("Điện thoại", office.phone if is_own else ""),
            ("Thư điện tử", office.email if is_own else ""),
        )
        for name, value in facts:
            self.add(f"{name}: {value.strip('… ') or DOTS}", keep=True)
        request = "Tin, bài được sử dụng, xin báo lại tên báo hoặc trang, số và ngày đăng để cơ quan theo dõi."
        self.add(request, keep=True)


def render_cover(issuer: Issuer, to: str, enclosed: Sequence[Enclosed], day: date) -> bytes:
    """Return the note as a .docx. Same input, same bytes."""
    cover = Cover(issuer, "Về phong trào thi đua “Dân vận khéo”", "", day)
    cover.add_letterhead()
    cover.add_title("PHIẾU GỬI TIN, BÀI", _NOTICE if any(one.story.sample for one in enclosed) else "")
    cover.add_text(to, enclosed)
    cover.add_contacts()
    cover.add_signature((to,))
    return save_document(cover.word)
