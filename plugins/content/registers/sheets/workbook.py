"""Read the wanted tables of an .xlsx as the text displayed in their cells.

openpyxl creates an object per cell (a third of a megabyte can take a gigabyte), and python-calamine returns numbers
without their formats. So the parts are read here with expat.
"""

import re
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from plugins import hint
from plugins.content.registers.sheets import number_formats as numbers
from plugins.content.registers.sheets import package as packages
from plugins.content.registers.sheets import tables
from plugins.content.registers.sheets.number_formats import GENERAL, CellKind, NotShownError
from plugins.content.registers.sheets.package import NoWorkbookError, Package, PartHandler, SwollenError, TextHandler
from plugins.content.registers.sheets.stranger import explain_stranger
from plugins.content.registers.sheets.tables import CellTable, Wanted
from plugins.sources.held import insist_on_reading, tell_unread
from plugins.sources.problem import Level, Problem
from plugins.vietnamese import format_date

_BROKEN = "Không mở được tệp Excel này (hỏng, hoặc gửi chưa trọn)"
_AGAIN = "mở bằng Excel rồi lưu lại; Excel cũng không mở được thì xin gửi lại tệp"
# Characters that XML cannot hold, and a literal underscore, as Excel escapes them.
_ESCAPED = re.compile("_x(00[01][0-9A-Fa-f]|005[Ff]|00[7-9][0-9A-Fa-f]|[Ff]{3}[EeFf])_")
# Limit for the cells of all merged ranges: one range may span a million.
_MOST_MERGED = 200_000
# Limits for non-empty cells (10,000 registrations have 140,000), and for the total length of applied number formats.
_MOST_CELLS, _MOST_FORMATTED = 250_000, 4_000_000
_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})")
_AT = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")


@dataclass
class Book:
    """A workbook: its visible and hidden sheets (name, id), its strings, and the number format of each style."""

    sheets: list[tuple[str, str]] = field(default_factory=list)
    hidden: list[tuple[str, str]] = field(default_factory=list)
    strings: list[str] = field(default_factory=list)
    formats: list[str] = field(default_factory=list)
    from_1904: bool = False
    # Its writer left formulas uncalculated, so that a value of 0 may be none.
    is_uncalculated: bool = False

    def format_of(self, style: str | None) -> str:
        """Return the number format of a cell with this index of a style."""
        at = int(style) if style and style.isdecimal() else 0
        return self.formats[at] if at < len(self.formats) else GENERAL


class BookPart(PartHandler):
    """workbook.xml."""

    def __init__(self, book: Book) -> None:
        super().__init__()
        self._book = book
        self.on("sheet", start=self._sheet)
        self.on("workbookPr", start=self._settings)
        self.on("calcPr", start=self._settings)

    def _sheet(self, given: dict[str, str]) -> None:
        # Hidden sheets are not read: people cannot look at the rows that a message names.
        is_visible = given.get("state", "visible") == "visible"
        (self._book.sheets if is_visible else self._book.hidden).append(
            (given.get("name", ""), packages.reference(given))
        )

    def _settings(self, given: dict[str, str]) -> None:
        self._book.from_1904 |= given.get("date1904") in ("1", "true", "on")
        self._book.is_uncalculated |= given.get("fullCalcOnLoad") in ("1", "true", "on")


class StylesPart(PartHandler):
    """styles.xml: the number format of each cell style."""

    def __init__(self, book: Book) -> None:
        super().__init__()
        self._formats = book.formats
        self._own: dict[str, str] = {}
        self.on("numFmt", start=self._format)
        # Styles that cells are made from are listed elsewhere.
        self.on("cellXfs", lambda _: self.on("xf", start=self._style), lambda: self.on("xf", start=lambda _: None))

    def _format(self, given: dict[str, str]) -> None:
        # Differential formats follow and must not replace the formats of cells.
        self._own.setdefault(given.get("numFmtId", ""), given.get("formatCode", GENERAL)[: numbers.LONGEST + 1])

    def _style(self, given: dict[str, str]) -> None:
        number = given.get("numFmtId", "0")
        built_in = numbers.BUILT_IN.get(int(number), GENERAL) if number.isdecimal() else GENERAL
        self._formats.append(self._own.get(number, built_in))


class StringsPart(TextHandler):
    """sharedStrings.xml: the texts of cells."""

    def __init__(self, book: Book) -> None:
        super().__init__("t")
        self._strings, self._size = book.strings, 0
        self.on("si", end=self._end)

    def _end(self) -> None:
        string = tables.clean_cell(unescape(self.take_text()))
        self._size += len(string)
        if self._size > tables.MOST_TEXT:
            raise SwollenError
        self._strings.append(string)


def unescape(text: str) -> str:
    """Return a text with the escapes of Excel resolved."""
    return _ESCAPED.sub(lambda code: chr(int(code[1], 16)), text) if "_x" in text else text


class SheetPart(TextHandler):
    """Handlers for a sheet: fills `table` with up to `most` rows; `begins` stops after those."""

    def __init__(self, book: Book, most: int = tables.MOST_ROWS, *, begins: bool = False) -> None:
        super().__init__("v", "t")
        self.table = tables.CellTable([], from_1904=book.from_1904)
        self.last_row = 0
        self._book, self._most, self._begins = book, most, begins
        self._row = self._column = -1
        self._cell: dict[str, str] | None = None
        self.wants_text = self._has_formula = False
        self._size = self._merged = self._cells = self._formatted = 0
        self._formats: dict[tuple[str, str | None], tuple[str, CellKind] | NotShownError] = {}
        self.on("row", start=self._start_row)
        self.on("c", start=self._start_cell, end=self._end_cell)
        self.on("f", start=self._formula)
        self.on("mergeCell", start=self._merge)
        self.on("sheetData", end=self._end_rows)

    def _start_row(self, given: dict[str, str]) -> None:
        number = given.get("r", "")
        self._row = int(number) - 1 if number.isdecimal() else self._row + 1
        self._column = -1
        self.last_row = max(self.last_row, self._row + 1)
        if self._begins and self._row >= self._most:
            raise packages.Done

    def _start_cell(self, given: dict[str, str]) -> None:
        found = _AT.fullmatch(given.get("r", ""))
        self._column = column_number(found[1]) if found else self._column + 1
        is_read = 0 <= self._row < self._most and self._column < tables.MOST_COLUMNS
        self._cell, self._has_formula, self.wants_text = (given if is_read else None), False, is_read

    def _formula(self, _: dict[str, str]) -> None:
        self._has_formula = True

    def _end_cell(self) -> None:
        value, self.wants_text = self.take_text(), False
        if self._cell is None or not (value or self._has_formula):
            return
        text = self._read_cell(value, self._cell.get("t", "n"), self._cell.get("s"))
        self._cell = None
        if not text:
            return
        self._size += len(text)
        self._cells += 1
        if self._size > tables.MOST_TEXT or self._cells > _MOST_CELLS:
            raise SwollenError
        rows = self.table.rows
        while len(rows) <= self._row:
            rows.append([])
        row = rows[self._row]
        row.extend([""] * (self._column + 1 - len(row)))
        row[self._column] = text

    def _read_cell(self, value: str, kind: str, style: str | None) -> str:
        """Return the text displayed in a cell, and record its fault."""
        book, place, bare = self._book, (self._row, self._column), value.strip()
        if self._has_formula and kind != "str" and (not bare or (book.is_uncalculated and bare == "0")):
            self.table.faults[place] = tables.UNCALCULATED
            return "="
        if kind == "n":
            return self._read_number(bare, style)
        if kind == "s":
            text = book.strings[abs(int(value))]
        elif kind == "b":
            return "TRUE" if bare in ("1", "true") else "FALSE"
        elif kind == "d":
            return self._read_date(bare)
        else:
            text = tables.clean_cell(unescape(value))
        if kind == "e":
            self.table.faults[place] = tables.broken_formula(text)
        elif fault := tables.find_cell_fault(text):
            self.table.faults[place] = fault
        code = book.format_of(style)
        return text if code in (GENERAL, "@") else self._read_text(text, code)

    def _read_text(self, text: str, code: str) -> str:
        try:
            return tables.clean_cell(numbers.show_text(text, code))
        except NotShownError as unshown:
            self.table.faults.setdefault((self._row, self._column), (str(unshown), tables.AS_TEXT))
            return text

    def _read_date(self, value: str) -> str:
        """Return a date cell, stored as ISO 8601, as d/m/yyyy."""
        try:
            shown = format_date(date.fromisoformat(value[:10]))
        except ValueError:
            return value
        self.table.dates[self._row, self._column] = CellKind.DATE
        return shown

    def _read_number(self, value: str, style: str | None) -> str:
        # Cached: numbers repeat within a column.
        if (shown := self._formats.get((value, style))) is None:
            shown = self._show(value, self._book.format_of(style))
            if len(self._formats) < tables.MOST_ROWS:
                self._formats[value, style] = shown
        place = self._row, self._column
        if isinstance(shown, NotShownError):
            self.table.faults[place] = str(shown), tables.AS_TEXT
            return value
        text, kind = shown
        if kind is not CellKind.TEXT:
            self.table.dates[place] = kind
        return text

    def _show(self, value: str, code: str) -> tuple[str, CellKind] | NotShownError:
        self._formatted += len(code)
        if self._formatted > _MOST_FORMATTED:
            raise SwollenError
        try:
            text, kind = numbers.show_number(float(value), code, from_1904=self._book.from_1904)
        except NotShownError as unshown:
            return unshown
        except (ValueError, ArithmeticError):
            return NotShownError("có số không đọc được")
        return tables.clean_cell(text), kind

    def _end_rows(self) -> None:
        if self._begins:
            raise packages.Done

    def _merge(self, given: dict[str, str]) -> None:
        if not (found := _RANGE.fullmatch(given.get("ref", ""))):
            raise SwollenError  # whole rows, or columns
        left, right = column_number(found[1]), column_number(found[3])
        top, bottom = int(found[2]) - 1, int(found[4]) - 1
        self._merged += (right - left + 1) * (bottom - top + 1)
        if self._merged > _MOST_MERGED:
            raise SwollenError
        if top < len(self.table.rows) and left < tables.MOST_COLUMNS:
            self.table.merged.append((top, left, bottom, right))


def column_number(letters: str) -> int:
    """Return the index of a column: A is 0, AA 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def read_workbook(file: Path, path: str, wanted: Sequence[Wanted]) -> tuple[list[CellTable | None], list[Problem]]:
    """Return for each of `wanted` the table of the one sheet with its header; None if it is missing or not unique.

    Formulas have the value that Excel calculated last.
    """
    nothing: list[CellTable | None] = [None for _ in wanted]
    try:
        if file.stat().st_size > tables.MOST_BYTES:
            return nothing, [Problem(path, 1, "Tệp Excel nặng quá 10 MB", "xóa ảnh và các trang tính khác khỏi tệp")]
        # A virus scanner releases a file in a moment; Excel does not.
        insist_on_reading(lambda: file.open("rb").close())
        packages.check_directory(file)
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
    read: list[CellTable | None] = []
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
            read.append(None)
            continue
        title, name = found[0]
        part = SheetPart(book)
        package.read(name, part)
        part.table.name = title
        read.append(part.table)
        if part.last_row > tables.MOST_ROWS:
            message = f"Trang tính kéo tới dòng {part.last_row}, chỉ đọc {tables.MOST_ROWS} dòng đầu"
            fix = "xóa (Delete) các dòng trống ở dưới bảng rồi lưu lại"
            problems.append(Problem(path, tables.MOST_ROWS, message, fix, Level.ADVICE))
    return read, problems


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
            part = SheetPart(book, tables.MOST_ABOVE, begins=True)
            package.read(name, part)
            begun.append((title, name, part.table.rows))
    return begun
