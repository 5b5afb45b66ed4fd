"""The parts that the sheets of a workbook share: their list, the styles, the strings."""

import re
from dataclasses import dataclass, field

from plugins.content.registers.sheets.number_formats import BUILT_IN, GENERAL, LONGEST
from plugins.content.registers.sheets.package import PartHandler, SwollenError, TextHandler, reference
from plugins.content.registers.sheets.tables import MOST_TEXT, clean_cell

# Characters that XML cannot hold, and a literal underscore, as Excel escapes them.
_ESCAPED = re.compile("_x(00[01][0-9A-Fa-f]|005[Ff]|00[7-9][0-9A-Fa-f]|[Ff]{3}[EeFf])_")


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
        self.on("workbookPr", start=self._properties)
        self.on("calcPr", start=self._calculation)

    def _sheet(self, given: dict[str, str]) -> None:
        # Hidden sheets are not read: people cannot look at the rows that a message names.
        is_visible = given.get("state", "visible") == "visible"
        (self._book.sheets if is_visible else self._book.hidden).append((given.get("name", ""), reference(given)))

    def _properties(self, given: dict[str, str]) -> None:
        self._book.from_1904 = _is_on(given.get("date1904"))

    def _calculation(self, given: dict[str, str]) -> None:
        self._book.is_uncalculated = _is_on(given.get("fullCalcOnLoad"))


class StylesPart(PartHandler):
    """styles.xml: the number format of each cell style."""

    def __init__(self, book: Book) -> None:
        super().__init__()
        self._formats, self._in_cells = book.formats, False
        self._own: dict[str, str] = {}
        self.on("numFmt", start=self._format)
        self.on("cellXfs", start=lambda _: self._enter(within=True), end=lambda: self._enter(within=False))
        self.on("xf", start=self._style)

    def _enter(self, *, within: bool) -> None:
        self._in_cells = within

    def _format(self, given: dict[str, str]) -> None:
        # Differential formats follow and must not replace the formats of cells.
        self._own.setdefault(given.get("numFmtId", ""), given.get("formatCode", GENERAL)[: LONGEST + 1])

    def _style(self, given: dict[str, str]) -> None:
        if self._in_cells:
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
        string = clean_cell(unescape(self.take_text()))
        self._size += len(string)
        if self._size > MOST_TEXT:
            raise SwollenError
        self._strings.append(string)


def unescape(text: str) -> str:
    """Return a text with the escapes of Excel resolved."""
    return _ESCAPED.sub(lambda code: chr(int(code[1], 16)), text) if "_x" in text else text


def _is_on(value: str | None) -> bool:
    return value in ("1", "true", "on")
