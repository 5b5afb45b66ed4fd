"""Read the wanted tables of an .xlsx.

openpyxl creates an object per cell (a third of a megabyte can take a gigabyte), and python-calamine returns numbers
without their formats. So the parts are read here with expat.
"""

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from plugins import hint
from plugins.content.registers.sheets.book import Book, BookPart, SheetPart, StringsPart, StylesPart
from plugins.content.registers.sheets.package import NoWorkbookError, Package, SwollenError, check_directory
from plugins.content.registers.sheets.stranger import explain_stranger
from plugins.content.registers.sheets.tables import MOST_ABOVE, MOST_BYTES, MOST_ROWS, CellTable, Wanted
from plugins.sources.held import insist_on_reading, tell_unread
from plugins.sources.problem import Level, Problem

_BROKEN = "Không mở được tệp Excel này (hỏng, hoặc gửi chưa trọn)"
_AGAIN = "mở bằng Excel rồi lưu lại; Excel cũng không mở được thì xin gửi lại tệp"


def read_workbook(file: Path, path: str, wanted: Sequence[Wanted]) -> tuple[list[CellTable | None], list[Problem]]:
    """Return for each of `wanted` the table of the one sheet with its header; None if it is missing or not unique.

    Formulas have the value that Excel calculated last.
    """
    nothing: list[CellTable | None] = [None for _ in wanted]
    try:
        if file.stat().st_size > MOST_BYTES:
            return nothing, [Problem(path, 1, "Tệp Excel nặng quá 10 MB", "xóa ảnh và các trang tính khác khỏi tệp")]
        # A virus scanner releases a file in a moment; Excel does not.
        insist_on_reading(lambda: file.open("rb").close())
        check_directory(file)
        if stranger := explain_stranger(file):
            return nothing, [Problem(path, 1, *stranger)]
        with closing(Package(file)) as package:
            return _read_tables(package, path, wanted)
    except SwollenError:
        what = "Tệp Excel phình quá lớn khi mở ra (quá nhiều ô, nhiều chữ, hoặc ô gộp)"
        fix = f"chép các dòng có chữ sang một tệp mới làm từ mẫu: {hint.command('register-template')}"
        return nothing, [Problem(path, 1, what, fix)]
    except OSError as error:
        return nothing, [tell_unread(error, path)]
    except Exception:  # noqa: BLE001 - a broken package may fail in zipfile, zlib, expat or int()
        return nothing, [Problem(path, 1, _BROKEN, _AGAIN)]


def _read_tables(package: Package, path: str, wanted: Sequence[Wanted]) -> tuple[list[CellTable | None], list[Problem]]:
    book, related = read_book(package)
    begins = _begin(package, book, related, book.sheets)
    tables: list[CellTable | None] = []
    problems: list[Problem] = []
    for count, least in wanted:
        found = [(title, name) for title, name, rows in begins if any(count(row) >= least for row in rows)]
        if len(found) > 1:
            both = " và ".join(f'"{title}"' for title, _ in found[:2])
            problems.append(Problem(path, 1, f"Có cùng một bảng ở hai trang tính {both}", "chép về một trang tính"))
        if not found and count is wanted[0][0]:
            hidden = _begin(package, book, related, book.hidden)
            for title in (title for title, _, rows in hidden if any(count(row) >= least for row in rows)):
                fix = "bấm chuột phải vào tên một trang tính, chọn Bỏ ẩn (Unhide), rồi lưu lại"
                problems.append(Problem(path, 1, f'Sổ nằm ở trang tính ẩn "{title}" nên không được đọc', fix))
        if len(found) != 1:
            tables.append(None)
            continue
        title, name = found[0]
        part = SheetPart(book)
        package.read(name, part)
        part.table.name = title
        tables.append(part.table)
        if part.last_row > MOST_ROWS:
            message = f"Trang tính kéo tới dòng {part.last_row}, chỉ đọc {MOST_ROWS} dòng đầu"
            fix = "xóa (Delete) các dòng trống ở dưới bảng rồi lưu lại"
            problems.append(Problem(path, MOST_ROWS, message, fix, Level.ADVICE))
    return tables, problems


def read_book(package: Package) -> tuple[Book, dict[str, tuple[str, str]]]:
    """Return the workbook, and its relations: the type and the part by id; NoWorkbookError if unreadable."""
    book = Book()
    name = package.find_workbook()
    if not package.has(name):
        raise NoWorkbookError
    package.read(name, BookPart(book))
    related = package.relations(name)
    for end, part in (("/styles", StylesPart(book)), ("/sharedStrings", StringsPart(book))):
        if found := next((target for kind, target in related.values() if kind.endswith(end)), ""):
            package.read(found, part)
    return book, related


def _begin(
    package: Package, book: Book, related: dict[str, tuple[str, str]], sheets: list[tuple[str, str]]
) -> list[tuple[str, str, list[list[str]]]]:
    """Return the name, the part and the first rows of each sheet."""
    begun = []
    for title, at in sheets:
        kind, name = related.get(at, ("", ""))
        if kind.endswith("/worksheet"):
            part = SheetPart(book, MOST_ABOVE, begins=True)
            package.read(name, part)
            begun.append((title, name, part.table.rows))
    return begun
