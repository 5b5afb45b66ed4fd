"""Commands that make documents: the content to make them from, the files to write, and the line when they cannot."""

import sys
from collections.abc import Callable, Mapping
from datetime import date
from functools import wraps
from pathlib import Path
from typing import Concatenate, ParamSpec

from plugins import job_status
from plugins.content.content import Content, as_of_its_day
from plugins.content.load import can_use, load_content
from plugins.exemplars.hooks import installed
from plugins.output import explain
from plugins.sources import values
from plugins.sources.files import open_new, write_beside
from plugins.sources.held import explain_writing
from plugins.sources.problem import Invalid
from plugins.vietnamese import format_date, today

P = ParamSpec("P")
Command = Callable[Concatenate[Path, P], int]


def fails_with(failure: str) -> Callable[[Command[P]], Command[P]]:
    """Decorate a command of a project so that it prints `failure: why` and returns 1 on Invalid or OSError."""

    def decorate(command: Command[P]) -> Command[P]:
        @wraps(command)
        def run(project: Path, /, *args: P.args, **kwargs: P.kwargs) -> int:
            try:
                return command(project, *args, **kwargs)
            except Invalid as invalid:
                why = f"{invalid.message}; {invalid.fix}"
            except BrokenPipeError:
                # Not a failure: whoever read our output has closed it.
                raise
            except OSError as error:
                why = explain(error, project, doing="đọc hoặc ghi")
            print(f"{failure}: {why}", file=sys.stderr)
            return 1

        return run

    return decorate


def read_time(year: str, written: str) -> tuple[int, date]:
    """Return a document's year and its date, today by default; Invalid if the year begins after that date."""
    day = values.day(written) if written else today()
    number = values.year(year) if year else day.year
    if number > day.year:
        raise Invalid(f"Ngày {format_date(day)} năm {number} chưa bắt đầu", "sửa năm, hoặc ngày của văn bản")
    return number, day


def read_past(written: str, label: str) -> date:
    """Return the date of something done, today by default; Invalid, naming its `label`, if it is in the future."""
    day = values.day(written) if written else today()
    if day > today():
        raise Invalid(f"{label} {format_date(day)} còn ở phía trước", "sửa ngày")
    return day


def load_basis(project: Path, day: date, failure: str) -> Content | None:
    """Return the content as of a day, after printing its errors; None, after `failure`, if documents cannot use it."""
    content = as_of_its_day(load_content(project, day, installed(project)))
    if not can_use(content, failure):
        return None
    if content.errors:
        print("Bài, lời viết, dòng đăng ký có lỗi không được dùng; sửa rồi chạy lại.", file=sys.stderr)
    return content


def file_documents(project: Path, folder: str, documents: Mapping[str, Mapping[str, bytes]]) -> list[str]:
    """Write documents by name and suffix, overwriting nothing, and return their paths; one name has one number."""
    written = [file for name, files in documents.items() for file in write_beside(project / folder, name, files)]
    for file in written:
        job_status.report_file(project, file)
    return [f"{folder}/{file.name}" for file in written]


def file_new(project: Path, path: str, data: bytes) -> None:
    """Write a file at this path of the project; Invalid if there is one, or it cannot be written."""
    try:
        with open_new(project / path) as out:
            out.write(data)
    except FileExistsError:
        raise Invalid(f"Đã có tệp {path}, không ghi đè", "đặt tên khác, hoặc cất tệp cũ đi") from None
    except OSError as error:
        raise explain_writing(error, path) from None
    job_status.report_file(project, project / path)
