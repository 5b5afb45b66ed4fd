"""Read the rows of a table as records, and detect values turned by a spreadsheet into a date or a number. Pure."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from plugins.content.registers import columns as known_columns
from plugins.content.registers.sheets.number_formats import CellKind
from plugins.content.registers.sheets.tables import AS_TEXT, MOST_ABOVE, CellTable
from plugins.content.registers.sorting import RowKind, SortedRows, find_shifted, list_lines, sort_rows
from plugins.sources.problem import Invalid, Level, Problem
from plugins.sources.schema import Key, Record
from plugins.vietnamese import fold

# Excel turns a typed 3/5 or 5/2020 into 3-May, May-20, 03-Thg5, or a whole date.
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|thg\s?\d{1,2})[a-z]*"
_MONTH_IN_LETTERS = re.compile(rf"\d{{1,2}}[-/ ]{_MONTH}(?:[-/ ]\d{{2,4}})?|{_MONTH}[-/ ]\d{{2,4}}", re.IGNORECASE)
_WHOLE_DATE = re.compile(r"(?:\d{1,2}[/-]\d{1,2}[/-]\d{4}|\d{4}-\d\d-\d\d)(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?")
# A date of this century in a cell that was reformatted as text; no hamlet, office or name is such a number.
_SERIAL = re.compile(r"(?:3[7-9]|4\d|5[0-4])\d{3}")
# Like the cell above: nt, như trên, ", 〃, //, - nt -. Sorted otherwise, it would mean another cell.
_DITTO = re.compile(r"[-–—.\s(]*(?:n\s?[./]?\s?t|nhu tren)[-–—.\s)]*|[-–—\s]*(?:[\"“”„″〃]+|''|//+)[-–—\s]*")
_MAY_BE_NUMBER = (*known_columns.MAY_BE_DAY, "result", "number")
_DAY = re.compile(r"(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4}|\d{2})(?:[ T].*)?")
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[ T].*)?")

# The maximum number of problems reported for a table.
_MOST_PROBLEMS = 2_000
_MOST_LISTED = 40
# More missing cells of a row are reported in one problem.
_MOST_MISSING = 2


def parse_cell(key: Key, cell: str, table: CellTable, place: tuple[int, int]) -> Any:
    """Return the value of a non-empty cell; Invalid if it has none, or a spreadsheet has changed it."""
    if fault := table.faults.get(place):
        raise Invalid(f'Ô "{key.name}" {fault[0]}', fault[1])
    if _DITTO.fullmatch(cell) or _DITTO.fullmatch(fold(cell)):
        raise Invalid(f'Ô "{key.name}" ghi “như trên” ({cell})', "ghi lại đầy đủ: mỗi dòng được đọc riêng")
    if key.parse is known_columns.parse_day:
        if table.dates.get(place) is CellKind.PART_OF_DATE and cell.count("/") < 2:
            raise Invalid(f'Ô "{key.name}" chỉ hiện {cell}, không đủ ngày, tháng, năm', f"{AS_TEXT}, ví dụ 19/8/2020")
        return key.parse(cell)
    is_part = table.dates.get(place) is CellKind.PART_OF_DATE or _MONTH_IN_LETTERS.fullmatch(cell)
    is_date = place in table.dates or _WHOLE_DATE.fullmatch(cell)
    is_serial = key.attribute not in _MAY_BE_NUMBER and _SERIAL.fullmatch(cell)
    if is_part or is_serial or (is_date and key.attribute not in known_columns.MAY_BE_DAY):
        raise Invalid(f'Ô "{key.name}" là một ngày ({cell}): Excel đã đổi chữ gõ vào thành ngày', AS_TEXT)
    return key.parse(cell)


def explain_exchange(day: str, meant: str, beside: str, *, is_date: bool) -> Invalid:
    """Return the error for a date whose day and month were exchanged."""
    message = f"Ngày {day} có lẽ là {meant}, bị đảo với tháng khi mở bằng Excel tiếng Anh (cùng cột có chữ {beside})"
    as_text = "đổi cả cột sang kiểu Văn bản (Text) rồi gõ lại" if is_date else "gõ lại cả cột"
    return Invalid(message, f"đối chiếu giấy tờ; {as_text} theo ngày/tháng/năm")


@dataclass(frozen=True)
class SwappedDates:
    """Rows whose day and month were likely exchanged, with the dates meant; `beside` is a cell that suggests it."""

    meant: Mapping[int, str]
    beside: str
    is_certain: bool  # no cell of the column contradicts it


@dataclass
class _Side:
    """The date cells of a column, or the text cells: those valid in either order, and those in one only."""

    either: dict[int, str] = field(default_factory=dict)
    day_first: list[str] = field(default_factory=list)
    month_first: list[str] = field(default_factory=list)

    def swapped(self, beside: list[str], *, is_certain: bool) -> SwappedDates:
        meant = {row: _exchange(text) for row, text in self.either.items() if _exchange(text) != text}
        return SwappedDates(meant, beside[0], is_certain)


def find_swapped_dates(days: Iterable[tuple[int, str, bool]]) -> list[SwappedDates]:
    """Return the likely swaps in a column of days, given as (row, text, whether it is a date cell)."""
    dates, texts = _Side(), _Side()
    for row, written, is_date in days:
        iso = _ISO.fullmatch(written)  # how some locales save a date cell as CSV
        text = f"{int(iso[3])}/{int(iso[2])}/{iso[1]}" if iso else written
        side = dates if is_date or iso else texts
        if not (found := _DAY.fullmatch(text)):
            continue
        first, second = int(found[1]), int(found[2])
        if first <= 12 and second <= 12:
            side.either[row] = text
        else:
            (side.day_first if first > 12 else side.month_first).append(text)
    swaps = []
    left, late = texts.day_first + texts.month_first, len(dates.day_first)
    if left and len(dates.either) > 4 * late:
        # Text valid in either order would have become a date too.
        is_certain = not texts.either and not late
        if is_certain or len(dates.either) >= 5:
            swaps.append(dates.swapped(left, is_certain=is_certain))
    if texts.month_first and 4 * len(texts.month_first) > len(texts.day_first):
        is_certain = not texts.day_first and not late
        if is_certain or len(texts.month_first) >= 2:
            swaps.append(texts.swapped(texts.month_first, is_certain=is_certain))
    return [swap for swap in swaps if swap.meant]


def _exchange(text: str) -> str:
    found = _DAY.fullmatch(text)
    return f"{int(found[2])}/{int(found[1])}/{found[3]}" if found else text


@dataclass
class TableReader:
    """The reader of one table; a row with `least` headings of its `columns` is its header.

    Problems go to `problems`, with the name of the sheet before their message (`within`) when its file has several;
    `again` says how to make the table from its template. A missing column that is `missed` is reported; cells of a
    `shared` column may be merged over several rows. `header` is the row of headings, from 0.
    """

    path: str
    columns: tuple[Key, ...]
    least: int
    problems: list[Problem]
    again: str
    missed: Collection[str]
    within: str = ""
    shared: Collection[str] = known_columns.SHARED
    header: int = 0
    _above: int = 0  # the last row that is above all records
    _keys: dict[int, Key] = field(default_factory=dict)  # by the place of their column

    def report(self, row: int, message: str, fix: str, level: Level = Level.ERROR) -> None:
        """Add a problem at a row, counted from 0."""
        self.problems.append(Problem(self.path, row + 1, f"{self.within}{message}", fix, level, row > self._above))

    @property
    def places(self) -> dict[str, int]:
        """The index of each column that was found, by attribute."""
        return {key.attribute: place for place, key in self._keys.items()}

    def find_header(self, table: CellTable) -> bool:
        """Find the header and the columns; False, with a problem, when the table cannot be read."""
        counts = [known_columns.count_headings(self.columns, row) for row in table.rows[:MOST_ABOVE]]
        self.header = counts.index(max(counts)) if counts else 0
        if not counts or counts[self.header] < self.least:
            names = ", ".join(key.name for key in self.columns[:3])
            self.report(0, f"Không thấy dòng tên cột ({names}…)", self.again)
            return False
        sound = True
        places: dict[str, int] = {}
        headings = self._join_headings(table)
        spare = known_columns.find_spare(self.columns, headings)
        for place, heading in enumerate(headings):
            if (key := known_columns.find_column(self.columns, heading)) is None:
                if heading and (meant := known_columns.explain_unknown(self.columns, heading)):
                    self.report(self.header, f'Cột "{heading}" không được đọc', meant, Level.ADVICE)
            elif place in spare:
                told = f"cột “{key.name}” nói rồi; cột riêng thì cứ để"
                self.report(self.header, f'Cột "{heading}" không được đọc', told, Level.ADVICE)
            elif key.attribute in places:
                self.report(self.header, f'Có hai cột "{key.name}"', "xóa một trong hai, hoặc đổi tên")
                sound = False
            else:
                places[key.attribute] = place
                self._keys[place] = key
        self._count_days(table)
        for key in self.columns:
            if key.attribute in self.missed and key.attribute not in places:
                level = Level.ERROR if key.required else Level.ADVICE
                self.report(self.header, f'Thiếu cột "{key.name}"', f"thêm cột ấy, hoặc {self.again}", level)
                sound = sound and not key.required
        return sound

    def _count_days(self, table: CellTable) -> None:
        """Convert the serial days of a workbook that counts from 1904."""
        days = [place for place, key in self._keys.items() if key.parse is known_columns.parse_day]
        for row in table.rows[self._above + 1 :] if table.from_1904 else ():
            for place in days:
                if place < len(row):
                    row[place] = known_columns.count_from_1900(row[place])
        table.from_1904 = False

    def _join_headings(self, table: CellTable) -> list[str]:
        """Return the headings, with those of a second header row below: Nơi thực hiện – Xã, Thôn."""
        headings = table.rows[self.header]
        below = table.rows[self.header + 1] if self.header + 1 < len(table.rows) else []
        known = {key.attribute for cell in headings if (key := known_columns.find_column(self.columns, cell))}
        parts = {place: known_columns.find_column(self.columns, cell) for place, cell in enumerate(below) if cell}
        own = [key for key in parts.values() if key and key.attribute not in known]
        beside = [headings[place] for place in parts if place < len(headings)]
        parted = not known_columns.count_headings(self.columns, beside)
        self._above = self.header + (1 if own and parted else 0)
        if self._above == self.header:
            return headings
        wide = max(len(headings), len(below))
        top, bottom = (row + [""] * (wide - len(row)) for row in (headings, below))
        return [lower or upper for upper, lower in zip(top, bottom, strict=True)]

    def read(self, table: CellTable) -> Iterator[Record]:
        """Yield the records, invalid cells among their problems; the other rows are reported in one problem."""
        body = sort_rows(table, self.columns, self._keys, self.least, self._above)
        self._spread_merged(table, body.others)
        records: dict[int, dict[int, str]] = {}
        in_groups = 0
        named = [place for place, key in self._keys.items() if key.attribute == "commune"]
        for at, commune in body.communes.items():
            row = table.rows[at]
            cells = {place: row[place] for place in self._keys if place < len(row)}
            if any(cells.values()):
                # A blank commune is that of the heading of the group.
                blank = [place for place in named if commune and not cells.get(place)]
                records[at] = cells | dict.fromkeys(blank, commune)
                in_groups += len(blank)
        self._report_others(body, in_groups)
        swaps = self._find_swaps(table, records)
        shifted = find_shifted(table, self.header, records)
        told = len(self.problems)
        for at, cells in records.items():
            if len(self.problems) - told > _MOST_PROBLEMS:
                fix = "sửa các lỗi ở trên rồi kiểm tra lại"
                self.report(at, f"Có hơn {_MOST_PROBLEMS} lỗi: từ dòng này trở đi chưa được đọc", fix)
                break
            record = self._record(at, cells, table, swaps)
            if at in shifted:
                message = f"Dòng có {len(table.rows[at])} ô, nhiều hơn số cột: có dấu “{table.delimiter}” trong một ô"
                record.report(None, message, "đặt cả ô ấy trong dấu nháy kép, hoặc gõ trong Excel rồi lưu lại")
            yield record

    def finish(self, record: Record) -> bool:
        """Report missing cells and pass on the problems of a record, and return whether it can be used."""
        given = record.values.keys() | record.refused
        missing = [key for key in self.columns if key.required and key.attribute not in given]
        if len(missing) > _MOST_MISSING:
            names = ", ".join(f'"{key.name}"' for key in missing)
            record.report(None, f"Thiếu {names}", "điền các ô ấy; không phải dòng của sổ thì xóa dòng")
        else:
            for key in missing:
                example = f", ví dụ {key.example}" if key.example else ""
                record.report(None, f'Thiếu "{key.name}"', f"điền vào ô ấy{example}")
        self.problems += [replace(one, message=f"{self.within}{one.message}", of_row=True) for one in record.problems]
        # None is a term whose vocabulary could not be read.
        is_whole = all(record.get(key.attribute) is not None for key in self.columns if key.required)
        return is_whole and not any(problem.level is Level.ERROR for problem in record.problems)

    def _report_others(self, body: SortedRows, in_groups: int) -> None:
        """Report the rows that are not records in one problem, and those that might be."""
        if body.other_head is not None:
            fix = "xếp các cột của phần dưới cho giống phần trên; các dòng dưới dòng này chưa được đọc"
            self.report(body.other_head, f"Tên cột ở đây không cùng thứ tự với dòng {self.header + 1}", fix)
        rows: dict[RowKind, list[int]] = {}
        for at, other in body.others.items():
            rows.setdefault(other, []).append(at)
        if formulas := rows.pop(RowKind.FORMULAS, []):
            message = f"{len(formulas)} dòng (dòng {list_lines(formulas)}) chỉ có công thức chưa tính"
            self.report(formulas[0], message, "mở bằng Excel rồi lưu lại; dòng thừa thì xóa (Delete)")
        if rows:
            told = ", ".join(f"{other} (dòng {list_lines(found)})" for other, found in rows.items())
            message = f"{sum(map(len, rows.values()))} dòng được hiểu là không phải dòng của sổ: {told}"
            if in_groups:
                name = next(key.name for key in self.columns if key.attribute == "commune")
                message += f"; {in_groups} dòng để trống ô {name} được tính theo tên nhóm"
            fix = "đúng vậy thì cứ để; dòng nào là của sổ thì điền đủ các ô bắt buộc"
            self.report(min(map(min, rows.values())), message, fix, Level.ADVICE)

    def _find_swaps(self, table: CellTable, records: dict[int, dict[int, str]]) -> dict[tuple[int, int], Invalid]:
        """Return the errors of dates whose day and month were exchanged, by (row, column)."""
        told: dict[tuple[int, int], Invalid] = {}
        for place, key in self._keys.items():
            if key.parse is not known_columns.parse_day:
                continue
            days = ((at, cells.get(place, ""), (at, place) in table.dates) for at, cells in records.items())
            for swap in find_swapped_dates(days):
                rows = {at: (records[at][place], meant) for at, meant in swap.meant.items()}
                if swap.is_certain:
                    for at, row in rows.items():
                        told[at, place] = explain_exchange(*row, swap.beside, is_date=(at, place) in table.dates)
                    continue
                first = list(rows.items())[:_MOST_LISTED]
                listed = "; ".join(f"dòng {at + 1}: {day} hay {meant}" for at, (day, meant) in first)
                listed += "; …" if len(rows) > _MOST_LISTED else ""
                message = f'Cột "{key.name}" có thể có ngày bị đảo với tháng, vì có cả {swap.beside}: {listed}'
                self.report(min(rows), message, "đối chiếu giấy tờ, dòng nào sai thì gõ lại ngày", Level.ADVICE)
        return told

    def _spread_merged(self, table: CellTable, others: Collection[int]) -> None:
        """Copy a merged cell into each of its rows; report those that belong to no one row or column."""
        for top, left, bottom, right in sorted(table.merged):
            row = table.rows[top] if top < len(table.rows) else []
            if bottom <= self._above or top in others or left >= len(row) or not row[left]:
                continue
            keys = [self._keys[place] for place in range(left, right + 1) if place in self._keys]
            if not keys:
                continue
            if top > self._above and left == right and keys[0].attribute in self.shared:
                # Empty rows stay empty.
                for below in filter(any, table.rows[top + 1 : bottom + 1]):
                    below.extend([""] * (left + 1 - len(below)))
                    below[left] = row[left]
            else:
                names = ", ".join(f'"{key.name}"' for key in keys)
                fix = "bỏ gộp ô (Unmerge Cells), ghi từng dòng một giá trị"
                self.report(top, f"Ô gộp ở cột {names} không rõ thuộc dòng nào, cột nào", fix)

    def _record(
        self, at: int, cells: dict[int, str], table: CellTable, swaps: dict[tuple[int, int], Invalid]
    ) -> Record:
        record = Record(at + 1, self.path)
        for place, cell in cells.items():
            key = self._keys[place]
            try:
                if cell:
                    if swap := swaps.get((at, place)):
                        raise swap
                    record.values[key.attribute] = parse_cell(key, cell, table, (at, place))
            except Invalid as invalid:
                record.refused.add(key.attribute)
                record.report(None, invalid.message, invalid.fix)
        return record
