"""`report`: the report of a year as .docx, .xlsx and .csv."""

from pathlib import Path

from plugins.content.content import Content
from plugins.content.prose import Prose
from plugins.exemplars.model.edition import select_edition
from plugins.official.filing import fails_with, file_documents, load_basis, read_time
from plugins.official.issuer import find_issuer
from plugins.reports import wording
from plugins.reports.pages import build_numbers_csv
from plugins.reports.report import Report, make_report
from plugins.sources.problem import Invalid
from plugins.vietnamese import format_number

FOLDER = "bao-cao"
_FAILURE = "Chưa lập được báo cáo"


@fails_with(_FAILURE)
def write_report(project: Path, year: str, commune: str = "", date: str = "", *, samples: bool = True) -> int:
    """Write a report's three files and return the exit code: 1 if none was written or the content has errors.

    `date` is its date, today by default. Without `samples`, sample stories and registrations are not counted.
    """
    number, day = read_time(year, date)
    if (content := load_basis(project, day, _FAILURE)) is None:
        return 1
    _check_year(content, number)
    issuer = find_issuer(content.vocabulary, commune, number, day)
    edition = select_edition(content, drafts=False, samples=samples)
    report = make_report(content, edition.index, number, issuer.commune, samples=samples)
    prose = content.proses.shown(samples=samples).find(number, issuer.commune)
    # Slow to import.
    from plugins.reports.document import render_document
    from plugins.reports.workbook import render_workbook

    files = {
        ".docx": render_document(report, prose, issuer, day, edition.html),
        ".xlsx": render_workbook(report, issuer, day, content.site_url),
        ".csv": build_numbers_csv(report).encode(),
    }
    _print_summary(report, prose, file_documents(project, FOLDER, {report.name: files}))
    return 1 if content.errors else 0


def _check_year(content: Content, year: int) -> None:
    """Raise Invalid for a year before any known one: a typing mistake."""
    known = {*content.registers, *content.papers, *content.schedules, *(story.year.number for story in content.stories)}
    first = min(known | {int(name[:4]) for name in content.proses.by_name}, default=year)
    if year < first:
        what = f"Năm {year} không có sổ đăng ký, bài viết hay lời báo cáo nào"
        raise Invalid(what, f"số liệu sớm nhất là của năm {first}")


def _print_summary(report: Report, prose: Prose, written: list[str]) -> None:
    for sentence in wording.summary(report):
        print(sentence)
    print(f"Đã ghi {', '.join(written)}.")
    if notice := wording.notice(report, prose_is_sample=prose.sample):
        print(f"{notice} Thêm --no-samples để không tính bài mẫu.")
    if prose.missing:
        print(f"Còn phải viết trong {prose.path}: {'; '.join(prose.missing)}.")
    for story, result in report.unread:
        where = getattr(story, "path", story.url)
        print(f"Không cộng vì không phải một số chính xác: “{result.quantity} | {result.label}” ({where})")
    if report.totals:
        print(f"Kết quả cộng được: {format_number(len(report.totals))} dòng theo nội dung và đơn vị tính.")
