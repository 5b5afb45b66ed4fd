"""`statistics`: the annex of a span of days as .docx, .xlsx and .csv; nothing that is there is ever overwritten."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from plugins.bulletin.period import parse_period
from plugins.content.as_of import as_of_its_day
from plugins.content.load import load_content
from plugins.exemplars.hooks import installed
from plugins.exemplars.selection import select_edition
from plugins.official.filing import file_documents
from plugins.official.issuer import find_issuer
from plugins.output import explain
from plugins.sources.problem import Invalid
from plugins.statistics.span import Span
from plugins.statistics.statistics import make_statistics
from plugins.vietnamese import format_date, today

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from plugins.content.load import Content

FOLDER = "so-lieu"


def write_statistics(project: Path, first: str, last: str, commune: str = "", *, samples: bool = True) -> int:
    """Write the three files of a span. Returns the exit code: 1 for what is not understood or could not be counted.

    What is still to come of the span is not counted. Without `samples`, what is illustrative is not either.
    """
    try:
        period = parse_period(first, last)
        span = Span(period.first, period.last)
        content = _load(project, span)
        issuer = find_issuer(content.vocabulary, commune, span.last.year, content.day)
    except Invalid as invalid:
        print(f"Chưa lập được số liệu: {invalid.message}; {invalid.fix}", file=sys.stderr)
        return 1
    edition = select_edition(content, drafts=False, samples=samples)
    statistics = make_statistics(content, edition.index, span, issuer.commune, samples=samples)
    # These take a while to import, and nothing else needs them.
    from plugins.statistics.annex import render_annex, render_book, render_csv

    files = {
        ".docx": render_annex(statistics, issuer),
        ".xlsx": render_book(statistics, issuer),
        ".csv": render_csv(statistics).encode(),
    }
    try:
        written = file_documents(project, FOLDER, statistics.name, files)
    except OSError as error:
        why = explain(error, project, doing="đọc hoặc ghi")
        print(f"Chưa ghi được số liệu vào {FOLDER}/: {why}.", file=sys.stderr)
        return 1
    for sentence in (*statistics.summary, statistics.notice):
        if sentence:
            print(sentence)
    print(f"Đã ghi {', '.join(written)}.")
    return 1 if content.errors else 0


def _load(project: Path, span: Span) -> Content:
    """Return the content as of the span's last day that has come; Invalid when it cannot be counted."""
    now: date = today()
    if span.first > now:
        raise Invalid(f"Ngày đầu {format_date(span.first)} còn ở phía trước", "sửa khoảng ngày")
    content = as_of_its_day(load_content(project, min(span.last, now), installed(project)))
    for problem in content.errors:
        print(problem, file=sys.stderr)
    # What could not be read may count for much.
    if not content.is_sound or content.is_passing:
        raise Invalid("Có lỗi như trên", "sửa rồi chạy lại")
    if content.errors:
        print("Bài, dòng đăng ký có lỗi không được tính; sửa rồi chạy lại.", file=sys.stderr)
    return content
