"""The edits of a table, and how they are made in a CSV file or a sheet of a workbook, where all else keeps its bytes.

Edited tables are checked by reading them back, and written all or none, with earlier versions in the history.
openpyxl would drop the parts of a workbook that it does not know: drawings, calculated values, manual settings. Of an
edited one, only a request to recalculate formulas differs besides.
"""

import csv
import io
import re
import tempfile
import zipfile
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from pathlib import Path

from lxml import etree
from lxml.etree import _Element
from openpyxl.utils import column_index_from_string, get_column_letter, range_boundaries

from plugins.content.registers.sheets.package import NoWorkbookError, Package, normalize_part
from plugins.content.registers.sheets.tables import read_tables
from plugins.content.registers.sheets.workbook import Book, read_book
from plugins.editing.history import EDITING, keep_earlier
from plugins.registers.grid import Cells, Grid, find_grid, mean_the_same, parse
from plugins.registers.stored import StoredTable
from plugins.sources.files import write_whole
from plugins.sources.held import explain_writing, insist_on_reading
from plugins.sources.problem import Invalid
from plugins.vietnamese import nfc

# Byte order marks, and the encoding of the rest.
_MARKS = {BOM_UTF8: "utf-8", BOM_UTF16_LE: "utf-16-le", BOM_UTF16_BE: "utf-16-be"}
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")
_FROM_1900, _FROM_1904 = date(1899, 12, 30), date(1904, 1, 1)
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
# The range of a table and of its filter, in the part of the table.
_EXTENTS = re.compile(rb'(<(?:\w+:)?(?:table|autoFilter)\b[^>]*?\bref=")([A-Z]+)(\d+):([A-Z]+)(\d+)(")')


@dataclass
class Edits:
    """Changed cells by row index, and rows to add after the last; cells are by attribute."""

    changed: dict[int, Cells] = field(default_factory=dict)
    added: list[Cells] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.changed or self.added)


def find_end(grid: Grid) -> int:
    """Return the row after which rows are added: the last with a code, above any sum; without codes, with text."""
    if "code" not in grid.by_attribute:
        return max((at for at, _ in grid.rows()), default=grid.header)
    rows = [at for at, cells in grid.rows() if grid.code(cells) or (cells.get("code") and cells.get("name"))]
    return max(rows, default=grid.header)


def edit_csv(data: bytes | None, grid: Grid, edits: Edits) -> bytes:
    """Return an edited CSV file; without `data`, a new one for Excel. Invalid if its lines cannot be told apart."""
    if data is None:
        text, mark, encoding = _row(grid.table.rows[grid.header], ";", "\r\n"), BOM_UTF8, "utf-8"
    else:
        mark, encoding = next(((mark, name) for mark, name in _MARKS.items() if data.startswith(mark)), (b"", "utf-8"))
        text = data.removeprefix(mark).decode(encoding)
    lines = _LINE.findall(text)
    ends = Counter(line[len(line.rstrip("\r\n")) :] for line in lines if line[-1:] in "\r\n")
    end = ends.most_common(1)[0][0] if ends else "\r\n"
    delimiter = grid.table.delimiter or ";"
    records = _split_records(lines, delimiter)
    if len(records) != len(grid.table.rows) and data is not None:
        raise Invalid("Không đọc lại được sổ từng dòng như khi kiểm tra", "lưu sổ lại thành CSV UTF-8 rồi chạy lại")
    width = len(records[grid.header][0])
    written = [raw for _, raw in records]
    for at, cells in edits.changed.items():
        row, raw = records[at]
        written[at] = _row(_fill(row, grid, cells), delimiter, raw[len(raw.rstrip("\r\n")) :])
    if edits.added:
        last = find_end(grid)
        if not written[last].endswith(("\r", "\n")):
            written[last] += end
        written[last + 1 : last + 1] = [_row(_fill([""] * width, grid, cells), delimiter, end) for cells in edits.added]
    return mark + "".join(written).encode(encoding)


def _fill(row: Sequence[str], grid: Grid, cells: Cells) -> list[str]:
    """Return a row with some cells set, longer if needed."""
    places = {grid.places[name]: value for name, value in cells.items() if name in grid.places}
    filled = [*row, *[""] * (max(places, default=0) + 1 - len(row))]
    for place, value in places.items():
        filled[place] = value
    return filled


def _row(cells: Iterable[str], delimiter: str, end: str) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator="").writerow(cells)
    return f"{out.getvalue()}{end}"


def _split_records(lines: list[str], delimiter: str) -> list[tuple[list[str], str]]:
    """Return each row of cells with its source text."""
    reader = csv.reader(lines, delimiter=delimiter)
    rows = [([], 0), *((row, reader.line_num) for row in reader)]
    return [(row, "".join(lines[begin:end])) for (_, begin), (row, end) in pairwise(rows)]


def edit_sheet(data: bytes, grid: Grid, edits: Edits) -> bytes:
    """Return a workbook with one sheet edited; Invalid if that would damage it."""
    try:
        return _edit_parts(data, grid, edits)
    except (KeyError, StopIteration, NoWorkbookError, zipfile.BadZipFile, etree.XMLSyntaxError):
        fix = "mở sổ bằng Excel, lưu lại rồi chạy lại; hoặc lưu thành CSV UTF-8"
        raise Invalid("Tệp Excel này được dựng theo cách không sửa riêng từng ô được", fix) from None


def _edit_parts(data: bytes, grid: Grid, edits: Edits) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as zipped:
        entries = [(entry, normalize_part(entry.filename)) for entry in zipped.infolist()]
        parts = {name: zipped.read(entry) for entry, name in entries}
    book, book_part, path, tables = _find_sheet(data, grid.table.name)
    sheet = _Sheet(parts[path], grid, _FROM_1904 if book.from_1904 else _FROM_1900)
    for at, cells in edits.changed.items():
        sheet.write(at + 1, cells, at + 1)
    last = find_end(grid) + 1
    for number, cells in enumerate(edits.added, last + 1):
        sheet.refuse_taken(number)
        sheet.write(number, cells, last)
    if edits.added:
        header, more = grid.header + 1, len(edits.added)
        for name in tables:
            parts[name] = _EXTENTS.sub(lambda found: _extend(found, header, last, more), parts[name])
        sheet.extend(header, last + more)
    parts[path] = _serialize(sheet.root)
    if not book.is_uncalculated and any(_FORMULA.search(parts[name]) for name in parts if "worksheets/" in name):
        parts[book_part] = _ask_to_calculate(parts[book_part])
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for entry, name in entries:
            made.writestr(entry, parts[name], entry.compress_type)
    return out.getvalue()


def _ask_to_calculate(xml: bytes) -> bytes:
    """Make Excel recalculate on opening, as sums of edited cells would keep their old values."""
    root = _parse(xml)
    space = root.tag.removesuffix("workbook")
    if (calculation := root.find(f"{space}calcPr")) is None:
        calculation = etree.Element(f"{space}calcPr")
        before = ("sheets", "functionGroups", "externalReferences", "definedNames")
        [child for child in root if child.tag in {f"{space}{name}" for name in before}][-1].addnext(calculation)
    calculation.set("fullCalcOnLoad", "1")
    return _serialize(root)


def _parse(xml: bytes) -> _Element:
    return etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True))


def _serialize(root: _Element) -> bytes:
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _find_sheet(data: bytes, name: str) -> tuple[Book, str, str, list[str]]:
    """Return the workbook, and the names of its part, of a sheet's part, and of the parts of its tables."""
    with closing(Package(io.BytesIO(data))) as package:
        book, related = read_book(package)
        book_part = normalize_part(package.find_workbook())
        reference = next(found for title, found in (*book.sheets, *book.hidden) if nfc(title) == nfc(name))
        path = related[reference][1]
        tables = [target for kind, target in package.relations(path).values() if kind.endswith("/table")]
        return book, book_part, normalize_part(path), [normalize_part(table) for table in tables if package.has(table)]


class _Sheet:
    """The XML of a sheet; rows and columns are numbered from 1."""

    def __init__(self, xml: bytes, grid: Grid, day_zero: date) -> None:
        self._grid, self._day_zero = grid, day_zero
        self.root = _parse(xml)
        self._space = self.root.tag.removesuffix("worksheet")
        self._data = self.root.find(f"{self._space}sheetData")
        self._rows: dict[int, _Element] = {}
        # A date cell of each column as a model: text among dates would suggest exchanged days and months.
        self._shown_dates: dict[int, _Element] = {}
        number = 0
        for row in self._data.iterchildren(f"{self._space}row"):
            number = int(row.get("r", number + 1))
            row.set("r", str(number))
            self._rows[number] = row
            column = 0
            for cell in row.iterchildren(f"{self._space}c"):
                column = _column(cell) or column + 1
                cell.set("r", f"{get_column_letter(column)}{number}")
                may_be_date = (number - 1, column - 1) in grid.table.dates and cell.get("t", "n") == "n"
                if may_be_date and cell.find(f"{self._space}v") is not None:
                    self._shown_dates.setdefault(column, cell)
        self._merged = [_bounds(one.get("ref")) for one in self.root.iterfind(f".//{self._space}mergeCell")]

    def refuse_taken(self, number: int) -> None:
        """Raise Invalid if a row is not empty, so that none can be added there."""
        row = self._rows.get(number)
        if row is not None and any(len(cell) for cell in row.iterchildren(f"{self._space}c")):
            message = f"Dưới bảng của sổ, dòng {number} đã có chữ nên không thêm dòng vào đó được"
            raise Invalid(message, "mở sổ, chèn dòng trống dưới dòng đăng ký cuối, hoặc dời chữ ấy sang chỗ khác")

    def write(self, number: int, cells: Cells, like: int) -> None:
        """Write cells of a row; new cells take their style from the row `like`."""
        if (row := self._rows.get(number)) is None:
            row = etree.Element(f"{self._space}row", {"r": str(number)})
            self._insert(self._data, row, list(self._rows.items()), number)
            self._rows[number] = row
        row.attrib.pop("spans", None)
        model = {_column(cell): cell for cell in self._rows[like].iterchildren(f"{self._space}c")}
        if number != like:
            cells = dict.fromkeys(self._grid.places, "") | cells
        for name, text in cells.items():
            if name in self._grid.places:
                self._set(row, number, self._grid.places[name] + 1, name, text, model)

    def _set(self, row: _Element, number: int, column: int, name: str, text: str, model: dict[int, _Element]) -> None:
        own = {_column(cell): cell for cell in row.iterchildren(f"{self._space}c")}
        cell = own.get(column)
        place = f"{get_column_letter(column)}{number}"
        if cell is not None and cell.find(f"{self._space}f") is not None:
            raise Invalid(f"Ô {place} của sổ là công thức", "chép ô ấy rồi dán lại bằng Dán giá trị, lưu, rồi chạy lại")
        if any(left <= column <= right and top <= number <= bottom for left, top, right, bottom in self._merged):
            raise Invalid(f"Ô {place} của sổ nằm trong ô gộp", "bỏ gộp ô (Unmerge Cells), lưu, rồi chạy lại")
        day = parse(self._grid.by_attribute[name], text)
        shown = self._shown_dates.get(column) if isinstance(day, date) else None
        like = cell if cell is not None and shown is None else shown if shown is not None else model.get(column)
        if cell is None:
            cell = etree.Element(f"{self._space}c", {"r": place})
            self._insert(row, cell, list(own.items()), column)
        for child in list(cell):
            cell.remove(child)
        cell.attrib.pop("t", None)
        if like is not None and like.get("s"):
            cell.set("s", like.get("s"))
        if isinstance(day, date) and shown is not None:
            etree.SubElement(cell, f"{self._space}v").text = str((day - self._day_zero).days)
        elif text:
            cell.set("t", "inlineStr")
            inline = etree.SubElement(etree.SubElement(cell, f"{self._space}is"), f"{self._space}t")
            inline.text = text
            inline.set(_SPACE, "preserve")

    @staticmethod
    def _insert(parent: _Element, child: _Element, known: list[tuple[int, _Element]], number: int) -> None:
        before = max((found for found in known if found[0] < number), default=None, key=lambda found: found[0])
        if before is None:
            parent.insert(0, child)
        else:
            before[1].addnext(child)

    def extend(self, header: int, last: int) -> None:
        """Extend the filter and the dimension of the sheet to the last added row."""
        for name in ("autoFilter", "dimension"):
            for one in self.root.iterchildren(f"{self._space}{name}"):
                left, top, right, bottom = _bounds(one.get("ref"))
                if right and bottom < last and (name == "dimension" or top == header):
                    one.set("ref", f"{get_column_letter(left)}{top}:{get_column_letter(right)}{last}")


def _bounds(ref: str) -> tuple[int, int, int, int]:
    """Return left, top, right and bottom of a range; 0 for a bound that it leaves open."""
    left, top, right, bottom = (bound or 0 for bound in range_boundaries(ref))
    return left, top, right, bottom


def _column(cell: _Element) -> int:
    letters = re.match("[A-Z]+", cell.get("r", ""))
    return column_index_from_string(letters[0]) if letters else 0


def _extend(found: re.Match[bytes], header: int, last: int, more: int) -> bytes:
    top, bottom = int(found[3]), int(found[5])
    if top != header or bottom >= last + more or bottom < last:
        return found[0]
    return b"%s%s%d:%s%d%s" % (found[1], found[2], top, found[4], last + more, found[6])


def edit_tables(edited: Sequence[tuple[StoredTable, Edits]]) -> dict[str, tuple[StoredTable, bytes]]:
    """Return the tables that have edits and their new bytes, by path; Invalid if one cannot be edited correctly."""
    made: dict[str, tuple[StoredTable, bytes]] = {}
    for stored, edits in edited:
        if edits:
            before = made[stored.path][1] if stored.path in made else stored.data
            data = _edit(stored, before, edits)
            _check(stored, data, edits)
            made[stored.path] = stored, data
    return made


def write_tables(project: Path, edited: Sequence[tuple[StoredTable, Edits]]) -> list[str]:
    """Write the tables that have edits and return their paths; Invalid, with nothing written, if one fails."""
    made = edit_tables(edited)
    with EDITING:
        for stored, _ in made.values():
            _refuse_changed(stored)
        written: list[StoredTable] = []
        for path, (stored, data) in made.items():
            try:
                if stored.data is not None:
                    keep_earlier(project, path, stored.data)
                write_whole(stored.file, data, flush=True)
            except OSError as error:
                _restore(written)
                raise explain_writing(error, path) from None
            written.append(stored)
    return [*made]


def _restore(tables: Sequence[StoredTable]) -> None:
    for stored in tables:
        if stored.data is None:
            stored.file.unlink()
        else:
            write_whole(stored.file, stored.data, flush=True)


def _edit(stored: StoredTable, before: bytes | None, edits: Edits) -> bytes:
    if before is not None and stored.file.suffix.lower() == ".xlsx":
        try:
            return edit_sheet(before, stored.grid, edits)
        except Invalid as invalid:
            raise Invalid(f"{stored.path}: {invalid.message}", invalid.fix) from None
    return edit_csv(before, stored.grid, edits)


def _refuse_changed(stored: StoredTable) -> None:
    for lock in (f"~${stored.file.name}", f".~lock.{stored.file.name}#"):
        if stored.file.with_name(lock).exists():
            fix = f"lưu và đóng tệp ấy rồi chạy lại; không mở ở đâu thì xóa tệp {lock}"
            raise Invalid(f"{stored.path} đang mở trong Excel hay LibreOffice", fix)
    now = insist_on_reading(stored.file.read_bytes) if stored.file.exists() else None
    if now != stored.data:
        raise Invalid(f"{stored.path} vừa được sửa ở nơi khác", "chạy lại để so với bản mới")


def _check(stored: StoredTable, data: bytes, edits: Edits) -> None:
    """Read an edited file back; Invalid if an edited cell has another value."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / stored.file.name
        file.write_bytes(data)
        (table,), problems = read_tables(file, stored.path, (stored.wanted,))
    grid = find_grid(table, stored.grid.keys) if table else None
    last = find_end(stored.grid)
    wanted = {**edits.changed, **{last + number: cells for number, cells in enumerate(edits.added, 1)}}
    for at, cells in wanted.items():
        for name, text in cells.items():
            if name not in stored.grid.places:
                continue
            key = stored.grid.by_attribute[name]
            found = grid.cells(at).get(name, "") if grid and at < len(grid.table.rows) else None
            if problems or found is None or not mean_the_same(key, found, text):
                message = f"{stored.path} không ghi được cho đúng (dòng {at + 1}, cột {key.name})"
                raise Invalid(message, "sổ chưa bị sửa; lưu sổ lại thành CSV UTF-8 rồi chạy lại")
