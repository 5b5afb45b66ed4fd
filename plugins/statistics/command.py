"""`statistics`: the annex of a span of days as .docx, .xlsx and .csv."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plugins.bulletin.period import parse_period
from plugins.exemplars.model.selection import select_edition
from plugins.official.filing import fails_with, file_documents, load_basis
from plugins.official.issuer import find_issuer
from plugins.sources.problem import Invalid
from plugins.statistics.span import Span
from plugins.statistics.statistics import make_statistics
from plugins.vietnamese import format_date, today

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = "so-lieu"
_FAILURE = "Chưa lập được số liệu"


@fails_with(_FAILURE)
def write_statistics(project: Path, first: str, last: str, commune: str = "", *, samples: bool = True) -> int:
    """Write the three files of a span. Return the exit code: 1 if none was written or the content has errors.

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
    # Slow to import.
    from plugins.statistics.annex import render_annex, render_book, render_csv

    files = {
        ".docx": render_annex(statistics, issuer),
        ".xlsx": render_book(statistics, issuer),
        ".csv": render_csv(statistics).encode(),
    }
    written = file_documents(project, FOLDER, {statistics.name: files})
    for sentence in filter(None, (*statistics.summary, statistics.notice)):
        print(sentence)
    print(f"Đã ghi {', '.join(written)}.")
    return 1 if content.errors else 0
