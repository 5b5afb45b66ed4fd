"""What documents are made from: the content as of the day that they bear, for the year that they are about."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from plugins.content.as_of import as_of_its_day
from plugins.content.load import load_content
from plugins.exemplars.hooks import installed
from plugins.sources import values
from plugins.sources.problem import Invalid
from plugins.vietnamese import format_date, today

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from plugins.content.load import Content


def read_time(year: str, written: str) -> tuple[int, date]:
    """Return the year and the day that a document bears; Invalid when the year has not begun then."""
    day = values.day(written) if written else today()
    number = values.year(year) if year else day.year
    if number > day.year:
        raise Invalid(f"Ngày {format_date(day)} năm {number} chưa bắt đầu", "sửa năm, hoặc ngày của văn bản")
    return number, day


def read_past(written: str, what: str) -> date:
    """Return the day of what was done, today where none is written; Invalid for one to come."""
    day = values.day(written) if written else today()
    if day > today():
        raise Invalid(f"{what} {format_date(day)} còn ở phía trước", "sửa ngày")
    return day


def load_basis(project: Path, day: date, what: str) -> Content | None:
    """Return the content of a day; every error in it is told. None when it does not do for documents (`what`)."""
    content = as_of_its_day(load_content(project, day, installed(project)))
    for problem in content.errors:
        print(problem, file=sys.stderr)
    # What could not be read may count for much.
    if not content.is_sound or content.is_passing:
        print(f"Chưa lập được {what}: hãy sửa các lỗi trên rồi chạy lại.", file=sys.stderr)
        return None
    if content.errors:
        print("Bài, lời viết, dòng đăng ký có lỗi không được dùng; sửa rồi chạy lại.", file=sys.stderr)
    return content
