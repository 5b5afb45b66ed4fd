"""The rows of a table under its headings -> a record each, and what is wrong with any of them. Pure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from plugins.content.registers.columns import SHARED, count_headings, explain_unknown, find_column
from plugins.content.registers.tables import MOST_ABOVE
from plugins.sources.problem import Invalid, Level, Problem
from plugins.sources.schema import Key, Record

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from plugins.content.registers.tables import Table


class Rows:
    """The rows of one table, known by its `columns`, at least so many of which make a row its header.

    Faults go to `problems`, with the name of the `sheet` where it is not the only one of its file; `again` is how such
    a table is made anew. A column that is `missed` is asked for where it is not there; a cell of one that is `shared`
    may be merged over several rows.
    """

    def __init__(
        self,
        path: str,
        columns: tuple[Key, ...],
        least: int,
        problems: list[Problem],
        *,
        again: str,
        missed: Collection[str],
        sheet: str = "",
        shared: Collection[str] = SHARED,
    ) -> None:
        self.path, self.columns, self.problems = path, columns, problems
        self._least, self._again, self._missed, self._shared = least, again, missed, shared
        self._header = 0
        self._keys: dict[int, Key] = {}  # by the place of their column
        self._sheet = f"Trang tính “{sheet}”: " if sheet else ""

    def report(self, row: int, message: str, fix: str, level: Level = Level.ERROR) -> None:
        """Add a problem at a row, counted from 0."""
        of_row = row > self._header
        self.problems.append(Problem(self.path, row + 1, f"{self._sheet}{message}", fix, level, of_row))

    @property
    def places(self) -> dict[str, int]:
        """Which column of the table each that was found is, by attribute."""
        return {key.attribute: place for place, key in self._keys.items()}

    def find_header(self, table: Table) -> bool:
        """Find the row of headings and what each column holds. False, and it is said, when no row can be read."""
        counts = [count_headings(self.columns, row) for row in table.rows[:MOST_ABOVE]]
        self._header = counts.index(max(counts)) if counts else 0
        if not counts or counts[self._header] < self._least:
            names = ", ".join(key.name for key in self.columns[:3])
            self.report(0, f"Không thấy dòng tên cột ({names}…)", self._again)
            return False
        sound = True
        places: dict[str, int] = {}
        for place, heading in enumerate(table.rows[self._header]):
            key = find_column(self.columns, heading)
            if key is None:
                if heading and (meant := explain_unknown(self.columns, heading)):
                    self.report(self._header, f'Cột "{heading}" không được đọc', meant, Level.ADVICE)
            elif key.attribute in places:
                self.report(self._header, f'Có hai cột "{key.name}"', "xóa một trong hai, hoặc đổi tên")
                sound = False
            else:
                places[key.attribute] = place
                self._keys[place] = key
        for key in self.columns:
            if key.attribute in self._missed and key.attribute not in places:
                level = Level.ERROR if key.required else Level.ADVICE
                self.report(self._header, f'Thiếu cột "{key.name}"', f"thêm cột ấy, hoặc {self._again}", level)
                sound = sound and not key.required
        return sound

    def read(self, table: Table) -> Iterator[Record]:
        """Yield what each row that has anything in it says. What is not understood is among the record's problems."""
        self._spread_merged(table)
        for at, row in enumerate(table.rows):
            cells = {place: row[place] for place in self._keys if place < len(row)}
            if at > self._header and any(cells.values()):
                yield self._record(at, cells, table)

    def finish(self, record: Record) -> bool:
        """Say what a record still lacks, and hand over its problems. Returns whether it can be used."""
        for key in self.columns:
            if key.required and key.attribute not in record.values and key.attribute not in record.refused:
                example = f", ví dụ {key.example}" if key.example else ""
                record.report(None, f'Thiếu "{key.name}"', f"điền vào ô ấy{example}")
        self.problems += [replace(one, message=f"{self._sheet}{one.message}", of_row=True) for one in record.problems]
        # None is a term whose vocabulary could not be read.
        is_whole = all(record.get(key.attribute) is not None for key in self.columns if key.required)
        return is_whole and not any(problem.level is Level.ERROR for problem in record.problems)

    def _spread_merged(self, table: Table) -> None:
        """Give every row its share of a merged cell; say of those that cannot be shared out."""
        for top, left, bottom, right in sorted(table.merged):
            if bottom <= self._header:
                continue
            keys = [self._keys[place] for place in range(left, right + 1) if place in self._keys]
            if not keys or not table.rows[top][left]:
                continue
            if top > self._header and left == right and keys[0].attribute in self._shared:
                for at in range(top, min(bottom + 1, len(table.rows))):
                    table.rows[at][left] = table.rows[top][left]
            else:
                names = ", ".join(f'"{key.name}"' for key in keys)
                fix = "bỏ gộp ô (Unmerge Cells), ghi từng dòng một giá trị"
                self.report(top, f"Ô gộp ở cột {names} không rõ thuộc dòng nào, cột nào", fix)

    def _record(self, at: int, cells: dict[int, str], table: Table) -> Record:
        record = Record(at + 1, self.path)
        for place, cell in cells.items():
            key = self._keys[place]
            try:
                if cell:
                    record.values[key.attribute] = _parse(key, cell, table.faults.get((at, place)))
            except Invalid as invalid:
                record.refused.add(key.attribute)
                record.report(None, invalid.message, invalid.fix)
        return record


def _parse(key: Key, cell: str, fault: tuple[str, str] | None) -> Any:
    if fault:
        raise Invalid(f'Ô "{key.name}" {fault[0]}', fault[1])
    return key.parse(cell)
