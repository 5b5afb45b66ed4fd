"""The parts of a workbook: the list of its sheets, styles, strings, and sheets as the text displayed in their cells."""

import re
from dataclasses import dataclass, field
from datetime import date

from plugins.content.registers.sheets import tables
from plugins.content.registers.sheets.number_formats import BUILT_IN, GENERAL, LONGEST, show_number, show_text
from plugins.content.registers.sheets.number_tokens import CellKind, NotShownError
from plugins.content.registers.sheets.package import Done, PartHandler, SwollenError, TextHandler, reference
from plugins.vietnamese import format_date

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
        (self._book.sheets if is_visible else self._book.hidden).append((given.get("name", ""), reference(given)))

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
        self._own.setdefault(given.get("numFmtId", ""), given.get("formatCode", GENERAL)[: LONGEST + 1])

    def _style(self, given: dict[str, str]) -> None:
        number = given.get("numFmtId", "0")
        built_in = BUILT_IN.get(int(number), GENERAL) if number.isdecimal() else GENERAL
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
            raise Done

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
            return tables.clean_cell(show_text(text, code))
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
            text, kind = show_number(float(value), code, from_1904=self._book.from_1904)
        except NotShownError as unshown:
            return unshown
        except (ValueError, ArithmeticError):
            return NotShownError("có số không đọc được")
        return tables.clean_cell(text), kind

    def _end_rows(self) -> None:
        if self._begins:
            raise Done

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
