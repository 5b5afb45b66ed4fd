"""An official document from its letterhead to its signature, as Phụ lục I of Nghị định 30/2020/NĐ-CP sets it."""

from collections.abc import Iterable
from datetime import date

from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph

from plugins.content.territory import front
from plugins.official.issuer import Issuer
from plugins.official.paper import TEXT, WIDTH, A4Document, add_border, add_line, add_rule


class IssuedDocument(A4Document):
    """A Word document, letterhead to signature; `number` with its symbol; without a `day`, room for one by hand."""

    def __init__(self, issuer: Issuer, subject: str, number: str, day: date | None, *, across: bool = False) -> None:
        super().__init__(subject, issuer.name, across=across)
        self.issued_by, self.subject, self.number = issuer, subject, number
        # A symbol ending in -BTT means that the standing committee issues it.
        self.is_standing = number.upper().endswith("-BTT") and not issuer.is_of_hamlet
        self.issuer = issuer.standing if self.is_standing else issuer.short
        self.dated = format_day(day) if day else f"ngày      tháng      năm {issuer.day.year}"

    def add_letterhead(self) -> None:
        """Add the committee above and the issuer, the national title, the number, and the place and date."""
        left, right = self.columns(6.6 + (self.width - WIDTH) / 2, 9.4 + (self.width - WIDTH) / 2)
        for text in office_lines(self.issued_by.parent):
            add_line(left, text, 12)
        for text in (*office_lines(self.issued_by.name), *([front.STANDING.upper()] if self.is_standing else [])):
            add_line(left, text, 12, bold=True)
        add_rule(left, 2.2)
        if self.number:
            add_line(left, f"Số: {self.number}", 13)
        add_line(right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12, bold=True)
        add_line(right, "Độc lập - Tự do - Hạnh phúc", 13, bold=True)
        add_rule(right, 5.7)
        add_line(right, f"{self.issued_by.place}, {self.dated}", 13, italic=True)

    def add_title(self, kind: str, notice: str = "") -> None:
        """Add the kind of document, its subject with a rule below, and a notice of sample data."""
        self.add(kind, bold=True, center=True).paragraph_format.space_before = Pt(18)
        self.add(self.subject, bold=True, center=True).paragraph_format.space_after = Pt(0)
        add_rule(self.word, 5.5, after=10, room=self.width)
        self.add_notice(notice)

    def add_notice(self, notice: str) -> None:
        """Add a framed notice; nothing if it is empty."""
        if notice:
            add_border(self.add(notice, bold=True, center=True), ("top", "left", "bottom", "right"), space=4)

    def add_signature(
        self, recipients: Iterable[str], post: str = "", signer: str = "", *, on_behalf: bool = True
    ) -> None:
        """Add the recipients and the signature; unless `on_behalf` of the board, the holder of `post` signs in person.

        The caller must keep the last paragraph with it: a signature alone on a page could be put under any text.
        """
        left, right = self.columns(8.2 + (self.width - WIDTH) / 2, 7.8 + (self.width - WIDTH) / 2)
        first = add_line(left, "Nơi nhận:", 12, bold=True, italic=True, center=False)
        for recipient in recipients:
            add_line(left, f"- {recipient.rstrip(';.')};", 11, center=False)
        add_line(left, "- Lưu: VT.", 11, center=False)
        is_hamlet = self.issued_by.is_of_hamlet
        board, usual = (front.HAMLET_BOARD, "Trưởng ban") if is_hamlet else (front.STANDING, "Chủ tịch")
        above = [f"TM. {board.upper()}"] if on_behalf else []
        lines = [add_line(right, text, TEXT, bold=True) for text in (*above, (post or usual).upper())]
        first.paragraph_format.space_before = lines[0].paragraph_format.space_before = Pt(14)
        for _ in range(4):
            add_line(right, "", TEXT)
        add_line(right, signer, TEXT, bold=True)

    def add_signatures(self, *posts: str) -> None:
        """Add signatures side by side, each with a post and room for a signature and a name."""
        for cell, post in zip(self.columns(*[self.width / len(posts)] * len(posts)), posts, strict=True):
            add_line(cell, post, TEXT, bold=True).paragraph_format.space_before = Pt(14)
            add_line(cell, "(Ký, ghi rõ họ tên)", 12, italic=True)
            for _ in range(3):
                add_line(cell, "", TEXT)

    def add_dotted(self, label: str, lines: int = 1) -> None:
        """Add a label and a dotted line to write on, `lines` lines in all."""
        for number in range(lines):
            paragraph = self.add(f"{label}\t" if number == 0 else "\t")
            paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
            if number:
                paragraph.paragraph_format.first_line_indent = Cm(0)
            stops = paragraph.paragraph_format.tab_stops
            stops.add_tab_stop(Cm(self.width), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)


def mark_gap(paragraph: Paragraph, text: str) -> None:
    """Add highlighted text for something still to be written."""
    paragraph.add_run(text).font.highlight_color = WD_COLOR_INDEX.YELLOW


def office_lines(name: str) -> tuple[str, ...]:
    """Return an office's name as lines of a letterhead: abbreviated, in capitals, the place on its own line."""
    return tuple(part.upper() for part in front.split_place(front.abbreviate(name)))


def format_day(day: date) -> str:
    """Return a document's date, “ngày 03 tháng 11 năm 2020”, with the zeros of Nghị định 30/2020/NĐ-CP, Phụ lục I."""
    month = f"{day.month:02}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02} tháng {month} năm {day.year}"
