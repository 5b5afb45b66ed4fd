"""`statistics`: the annex of a span of days as .docx, .xlsx and .csv."""

from pathlib import Path

from plugins.bulletin.period import parse_period
from plugins.exemplars.model.edition import select_edition
from plugins.exemplars.open_data.csv_tables import write_csv
from plugins.official.document import IssuedDocument
from plugins.official.filing import fails_with, file_documents, load_basis
from plugins.official.issuer import Issuer, find_issuer
from plugins.reports.document import add_annex_head, add_counts, add_table_head
from plugins.reports.tables import table_rows
from plugins.reports.workbook import CountBook
from plugins.sources.problem import Invalid
from plugins.statistics.statistics import Span, Statistics, make_statistics
from plugins.vietnamese import format_date, today
from plugins.word.making import save_document

FOLDER = "so-lieu"
HEADING = ("Từ ngày", "Đến ngày", "Xã", "Bảng", "Dòng", "Cột", "Số", "Đơn vị")
_FAILURE = "Chưa lập được số liệu"


def _subject(statistics: Statistics) -> str:
    place = f" của {statistics.commune.full_name}" if statistics.commune else ""
    return f"Số liệu phong trào thi đua “Dân vận khéo”{place} {statistics.span.title}"


def render_annex(statistics: Statistics, issuer: Issuer) -> bytes:
    """Return the annex as a .docx: the summary, then all tables. Same input, same bytes."""
    subject = _subject(statistics)
    paper = IssuedDocument(issuer, subject, "", None)
    add_annex_head(paper, subject, f"Kèm theo Văn bản số ……… ngày …… tháng …… năm …… của {issuer.standing}")
    # No page break: it begins the document.
    paper.word.paragraphs[0].paragraph_format.page_break_before = None
    paper.add_notice(statistics.notice)
    for sentence in statistics.summary:
        paper.add(sentence)
    for number, table in enumerate(statistics.tables, 1):
        add_table_head(paper, number, table.title, table.basis)
        add_counts(paper, table)
    return save_document(paper.word)


def render_book(statistics: Statistics, issuer: Issuer) -> bytes:
    """Return the tables as an .xlsx. Same input, same bytes."""
    notice, day = statistics.notice, statistics.report.day
    title, period = _subject(statistics), statistics.span.title
    book = CountBook(title, issuer.name, period, notice, day, is_marked=bool(notice))
    book.add_summary(statistics.summary, day)
    for table in statistics.tables:
        book.add_table(table)
    return book.save()


def render_csv(statistics: Statistics) -> str:
    """Return every number as CSV, then a row for each act not counted."""
    place = statistics.commune.full_name if statistics.commune else ""
    rows: list[list[str | int]] = [*table_rows(statistics.tables)]
    rows += [["Chưa rõ ngày, chưa tính", one.of, one.what, 1, "việc"] for one in statistics.undated]
    rows += [["Thuộc năm khác, chưa tính", one.of, one.what, 1, "việc"] for one in statistics.others]
    days = statistics.span.first.isoformat(), statistics.span.last.isoformat()
    return write_csv([*HEADING], ([*days, place, *row] for row in rows))


@fails_with(_FAILURE)
def write_statistics(project: Path, first: str, last: str, commune: str = "", *, samples: bool = True) -> int:
    """Write the three files of a span and return the exit code: 1 if none was written or the content has errors.

    Days after today are not counted, nor, without `samples`, sample stories and registrations.
    """
    period = parse_period(first, last)
    span, now = Span(period.first, period.last), today()
    if span.first > now:
        raise Invalid(f"Ngày đầu {format_date(span.first)} còn ở phía trước", "sửa khoảng ngày")
    if (content := load_basis(project, min(span.last, now), _FAILURE)) is None:
        return 1
    issuer = find_issuer(content.vocabulary, commune, span.last.year, content.day)
    edition = select_edition(content, drafts=False, samples=samples)
    statistics = make_statistics(content, edition.index, span, issuer.commune, samples=samples)
    files = {
        ".docx": render_annex(statistics, issuer),
        ".xlsx": render_book(statistics, issuer),
        ".csv": render_csv(statistics).encode(),
    }
    written = file_documents(project, FOLDER, {statistics.name: files})
    print(*filter(None, (*statistics.summary, statistics.notice)), sep="\n")
    print(f"Đã ghi {', '.join(written)}.")
    return 1 if content.errors else 0
