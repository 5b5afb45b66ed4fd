"""A report as a Word document: letterhead, sections I–V in sentences, signature, and an appendix with all tables."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt
from lxml import html

from plugins.content.page import Page
from plugins.content.prose import PROPOSALS, RESULTS, SECTIONS, Prose
from plugins.content.registers.act import PRAISES, ActKind
from plugins.content.registers.registration import OWN, Registration
from plugins.official.document import IssuedDocument, mark_gap
from plugins.official.issuer import Issuer
from plugins.official.paper import WIDTH, A4Document, add_html, add_rule, parse_body
from plugins.reports import wording
from plugins.reports.report import Report
from plugins.reports.tables import CountTable, format_count
from plugins.vietnamese import capitalize, format_number
from plugins.word.making import save_document

_NUMBERED = re.compile(r"\s*(\d+|[a-zđ])[.)]")


class ReportDocument(IssuedDocument):
    """A report under construction; `render` returns the HTML of a written section."""

    def __init__(self, report: Report, prose: Prose, issuer: Issuer, day: date, render: Callable[[Page], str]) -> None:
        blank = "        /BC-BCTMT" if issuer.is_of_hamlet else "        /BC-MTTQ-BTT"
        super().__init__(issuer, wording.subject(report), prose.number or blank, day)
        self.report, self.prose, self.render = report, prose, render

    def add_sections(self) -> None:
        """Add the sections in their order; without text, a gap to fill, but no proposals."""
        numerals = iter(("I", "II", "III", "IV", "V"))
        for name in SECTIONS:
            if name == PROPOSALS and name not in self.prose.sections:
                continue
            self.add_heading(f"{next(numerals)}. {name.upper()}")
            numbered = 0 if name == RESULTS and name not in self.prose.sections else self._add_written(name)
            if name == RESULTS:
                self._add_results(numbered)

    def _add_written(self, name: str) -> int:
        """Add the text of a section, or a gap to fill. Return the number of its parts."""
        if (page := self.prose.sections.get(name)) is None:
            where = f"{self.prose.path}, dưới đề mục “## {name}”"
            mark_gap(self.add(), f"[Phần này chưa viết. Viết vào {where}, rồi chạy lại lệnh.]")
            return 0
        elements = [element for element in parse_body(self.render(page)) if not isinstance(element, str)]
        parts = [element for element in elements if element.tag == "h2"]
        # The counted results continue the numbering.
        is_several = len(parts) > 1 or name == RESULTS
        if is_several and not any(_NUMBERED.match(part.text_content()) for part in parts):
            for number, part in enumerate(parts, 1):
                part.text = f"{number}. {part.text or ''}"
        for element in elements:
            self._add_html(element)
        return len(parts)

    def _add_html(self, element: html.HtmlElement) -> None:
        if element.tag in ("ul", "ol"):
            for number, item in enumerate(element, 1):
                add_html(self.add("– " if element.tag == "ul" else f"{number}. "), item)
        elif element.tag in ("div", "section", "blockquote") and len(element):
            for child in element:
                self._add_html(child)
        elif element.tag == "table":
            rows = [[" ".join(cell.text_content().split()) for cell in row] for row in element.iter("tr")]
            if widest := max(map(len, rows), default=0):
                self.grid([row + [""] * (widest - len(row)) for row in rows], [WIDTH / widest] * widest)
        else:
            is_heading = element.tag.startswith("h")
            add_html(self.add(keep=is_heading), element, bold=is_heading)

    def _add_results(self, numbered: int) -> None:
        """Add the counted results in sentences, numbered after the written parts."""
        report = self.report
        basis, *counted = wording.summary(report)
        # Where there is nothing to count, the basis is the result.
        is_counted = report.stories or report.registrations
        sentences = [*counted, *wording.spread(report), basis] if is_counted else [basis, *counted]
        if self.has_appendix:
            sentences.append("Số liệu chi tiết có trong Phụ lục kèm theo Báo cáo này.")
        parts: list[tuple[str, Callable[[], None]]] = [("Kết quả chung", partial(self._add_sentences, sentences))]
        if report.stories:
            parts.append((wording.EXEMPLARS_TITLE, self._add_exemplars))
        if report.totals:
            added = [wording.basis_of_totals(report), f"Cộng được: {wording.list_totals(report.totals)}."]
            parts.append((wording.TOTALS_TITLE, partial(self._add_sentences, added)))
        for number, (title, add) in enumerate(parts, numbered + 1):
            if numbered or len(parts) > 1:
                self.add_heading(f"{number}. {title}")
            add()

    def _add_sentences(self, sentences: Sequence[str]) -> None:
        for sentence in sentences:
            self.add(sentence)

    def _add_exemplars(self) -> None:
        """Add the exemplars of each field, with their results and awards."""
        for letter, (field, stories, more) in zip("abcdđeghiklmnopqrstuvxy", self.report.named, strict=False):
            self.add(f"{letter}) {field.name}: {format_number(len(stories) + more)} điển hình", bold=True, keep=True)
            for story in sorted(stories, key=lambda one: (one.commune.sort_key if one.commune else (), one.by_name)):
                paragraph = self.add("– ")
                paragraph.add_run(story.name).bold = True
                mark, results = ":" if story.results else ".", wording.list_results(story)
                paragraph.add_run(f" ({wording.commune_and_kind(story)}){mark} {results}".rstrip())
            if more:
                self.add(f"– và {format_number(more)} điển hình nữa, có bài ở trang của các đơn vị.")

    def add_end(self) -> None:
        """Add the closing words, the recipients and the signature."""
        self.add(f"Trên đây là báo cáo {wording.about(self.report)} của {self.issuer}./.", keep=True)
        prose = self.prose
        self.add_signature(prose.recipients or self.issued_by.usual_recipients, prose.post, prose.signer)

    @property
    def has_appendix(self) -> bool:
        return bool(self.report.tables or self.report.registrations or self.report.totals)

    def add_appendix(self) -> None:
        """Add the numbered tables, if there are any."""
        report = self.report
        if not self.has_appendix:
            return
        of = f"Kèm theo Báo cáo số {self.number} {self.dated} của {self.issuer}"
        add_annex_head(self, f"Số liệu {wording.about(report)}", of)
        tables: list[tuple[str, str, Callable[[], None]]] = [
            (table.title, table.basis, partial(add_counts, self, table)) for table in report.tables
        ]
        if report.registrations:
            tables.append((wording.REGISTRATIONS_TITLE, "", self._add_registrations))
        if report.totals:
            tables.append((wording.TOTALS_TITLE, "", self._add_totals))
        for number, (title, unit, add) in enumerate(tables, 1):
            add_table_head(self, number, title, unit)
            add()

    def _add_totals(self) -> None:
        """Add the sums of results by label and unit, with the exemplars behind each."""
        rows = [["TT", *wording.TOTALS_HEADS]]
        for number, total in enumerate(self.report.totals, 1):
            stories = dict.fromkeys(figure.story for figure in total.figures)
            names = [f"{one.name} ({one.commune.short})" if one.commune else one.name for one in stories]
            amount, unit = total.quantity.amount, total.quantity.unit
            rows.append([str(number), capitalize(total.label), amount, unit, "; ".join(names)])
        self.grid(rows, [1.0, 5.0, 2.0, 2.2, 5.8], numbers=(2,))

    def _add_registrations(self) -> None:
        """Add every registration with its state and result, but without persons."""
        registrations = sorted(self.report.registrations, key=lambda one: one.by_code)
        places = self.report.words.heading
        columns: list[tuple[str, float, Callable[[Registration], str]]] = [
            ("Nội dung, mô hình", 5.0, lambda one: one.name),
            (places, 2.4, lambda one: one.place_name or OWN),
            ("Tiến độ", 2.2, lambda one: one.state.label),
            ("Công nhận, khen thưởng, nhân rộng", 3.0, _list_honors),
            ("Kết quả", 3.4, lambda one: one.result),
        ]
        cells = [(head, width, [value(one) for one in registrations]) for head, width, value in columns]
        # Leave out empty columns, and the commune in its own report.
        kept = [one for one in cells if any(one[2]) and (one[0] != places or len(set(one[2])) > 1)]
        # The name gets the width of columns left out.
        room = WIDTH - 1.0 - sum(width for _, width, _ in kept[1:])
        rows = [["TT", *(head for head, _, _ in kept)]]
        rows += [[str(number), *row] for number, row in enumerate(zip(*(v for _, _, v in kept), strict=True), 1)]
        self.grid(rows, [1.0, room, *(width for _, width, _ in kept[1:])])


def _list_honors(registration: Registration) -> str:
    kinds = (ActKind.RECOGNITION, *PRAISES, ActKind.REPLICATION)
    return "; ".join(dict.fromkeys(act.name for act in registration.acts if act.kind in kinds))


def render_document(report: Report, prose: Prose, issuer: Issuer, day: date, render: Callable[[Page], str]) -> bytes:
    """Return the report as a .docx; `render` returns the HTML of a written section. Same input, same bytes."""
    document = ReportDocument(report, prose, issuer, day, render)
    document.add_letterhead()
    document.add_title("BÁO CÁO", wording.notice(report, prose_is_sample=prose.sample))
    document.add(f"{document.issuer} báo cáo {wording.about(report)} như sau:")
    document.add_sections()
    document.add_end()
    document.add_appendix()
    return save_document(document.word)


def add_annex_head(paper: A4Document, title: str, of: str) -> None:
    """Begin a page with PHỤ LỤC, its title, and the document it belongs to."""
    paper.add("PHỤ LỤC", bold=True, center=True).paragraph_format.page_break_before = True
    paper.add(title, bold=True, center=True)
    paper.add(f"({of})", italic=True, center=True)
    add_rule(paper.word, 5.5, after=10)


def add_table_head(paper: A4Document, number: int, title: str, unit: str = "") -> None:
    """Add the heading of a table and its unit."""
    paper.add_heading(f"Biểu {number}. {title}")
    if unit:
        told = paper.add(f"Đơn vị tính: {unit}", italic=True, keep=True)
        told.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        told.runs[0].font.size = Pt(12)


def add_counts(paper: A4Document, table: CountTable) -> None:
    """Add a table of counts with totals."""
    rows = [[table.first, *table.headings]]
    rows += [[name, *map(format_count, counts)] for name, counts in table.lines]
    columns = len(table.headings)
    narrow = min(3.6 if columns < 3 else 2.4, (WIDTH - 4.5) / columns)
    made = paper.grid(rows, [WIDTH - narrow * columns, *[narrow] * columns], numbers=range(1, columns + 1))
    for cell in made.rows[-1].cells:
        cell.paragraphs[0].runs[0].bold = True
