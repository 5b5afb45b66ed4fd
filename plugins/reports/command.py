"""`report`: the year's report as .docx, .xlsx and .csv, in a folder of its own; nothing there is ever overwritten."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from plugins.exemplars.selection import select_edition
from plugins.official.basis import load_basis, read_time
from plugins.official.filing import file_documents
from plugins.official.issuer import find_issuer
from plugins.output import explain
from plugins.reports.numbers_csv import build_numbers_csv
from plugins.reports.report import make_report
from plugins.sources.problem import Invalid
from plugins.vietnamese import format_number

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from plugins.content.load import Content
    from plugins.content.prose import Prose
    from plugins.exemplars.edition import Edition
    from plugins.official.issuer import Issuer
    from plugins.reports.report import Report

FOLDER = "bao-cao"


def write_report(project: Path, year: str, commune: str = "", date: str = "", *, samples: bool = True) -> int:
    """Write a report's three files. Returns the exit code: 1 for what is not understood or, for an error, not counted.

    `date` is the day that it bears, today when not given. Without `samples`, illustrative stories are not counted.
    """
    try:
        number, day = read_time(year, date)
        if (content := load_basis(project, day, "báo cáo")) is None:
            return 1
        _check_year(content, number)
        issuer = find_issuer(content.vocabulary, commune, number, day)
    except Invalid as invalid:
        print(f"Chưa lập được báo cáo: {invalid.message}; {invalid.fix}", file=sys.stderr)
        return 1
    edition = select_edition(content, drafts=False, samples=samples)
    report = make_report(content, edition.index, number, issuer.commune, samples=samples)
    prose = content.proses.shown(samples=samples).find(number, issuer.commune)
    try:
        written = file_documents(project, FOLDER, report.name, _render(report, prose, issuer, edition, day))
    except OSError as error:
        why = explain(error, project, doing="đọc hoặc ghi")
        print(f"Chưa ghi được báo cáo vào {FOLDER}/: {why}.", file=sys.stderr)
        return 1
    _print_summary(report, prose, written)
    return 1 if content.errors else 0


def _check_year(content: Content, year: int) -> None:
    """Raise Invalid for a year before all that is known: it was mistyped."""
    known = {*content.registers, *content.papers, *content.schedules, *(story.year.number for story in content.stories)}
    known |= {int(name[:4]) for name in content.proses.by_name}
    if known and year < min(known):
        fix = f"số liệu sớm nhất là của năm {min(known)}"
        raise Invalid(f"Năm {year} không có sổ đăng ký, bài viết hay lời báo cáo nào", fix)


def _render(report: Report, prose: Prose, issuer: Issuer, edition: Edition, day: date) -> dict[str, bytes]:
    """Return the bytes of each file by its suffix."""
    # Both take a while to import, and nothing else needs them.
    from plugins.reports.letter import render_letter
    from plugins.reports.workbook import render_workbook

    return {
        ".docx": render_letter(report, prose, issuer, day, edition.html),
        ".xlsx": render_workbook(report, issuer, day, edition.content.site_url),
        ".csv": build_numbers_csv(report).encode(),
    }


def _print_summary(report: Report, prose: Prose, written: list[str]) -> None:
    for sentence in report.summary:
        print(sentence)
    print(f"Đã ghi {', '.join(written)}.")
    if notice := report.notice(prose_is_sample=prose.sample):
        print(f"{notice} Thêm --no-samples để không tính bài mẫu.")
    if prose.missing:
        print(f"Còn phải viết trong {prose.path}: {'; '.join(prose.missing)}.")
    for story, result in report.unread:
        where = getattr(story, "path", story.url)
        print(f"Không cộng vì không phải một số chính xác: “{result.quantity} | {result.label}” ({where})")
    if report.totals:
        print(f"Kết quả cộng được: {format_number(len(report.totals))} dòng theo nội dung và đơn vị tính.")
