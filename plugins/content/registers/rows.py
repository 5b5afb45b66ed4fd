"""The rows of a register's table -> registrations, and what is wrong with any row. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plugins.content.registers.columns import SHARED, count_headings, explain_unknown, find_column
from plugins.content.registers.registration import Registration, Status, code_year
from plugins.content.registers.tables import MOST_ABOVE
from plugins.content.terms import INDIVIDUAL
from plugins.content.vocabulary import commune_on
from plugins.sources.problem import Invalid, Level, Problem
from plugins.sources.schema import Key, Record
from plugins.vietnamese import format_date, squash

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from plugins.content.registers.tables import Table
    from plugins.content.story import Story
    from plugins.content.vocabulary import NamedCommune

# So many known headings make a row the header.
LEAST_HEADINGS = 6


class Rows:
    """The rows of one register; `stories` by code give the facts that a row leaves blank, faults go to `problems`."""

    def __init__(
        self, path: str, year: int, columns: tuple[Key, ...], stories: Mapping[str, Story], problems: list[Problem]
    ) -> None:
        self._path, self._year, self._columns = path, year, columns
        self._stories, self._problems = stories, problems
        self._header = 0
        self._keys: dict[int, Key] = {}  # by the place of their column

    def _report(self, row: int, message: str, fix: str, level: Level = Level.ERROR) -> None:
        self._problems.append(Problem(self._path, row + 1, message, fix, level))

    def find_header(self, table: Table) -> bool:
        """Find the row of headings and what each column holds. False, and it is said, when no row can be read."""
        counts = [count_headings(self._columns, row) for row in table.rows[:MOST_ABOVE]]
        self._header = counts.index(max(counts)) if counts else 0
        fix = f"làm lại từ mẫu: python3 tasks.py register-template --year {self._year}"
        if not counts or counts[self._header] < LEAST_HEADINGS:
            self._report(0, "Không thấy dòng tên cột (Mã, Tên mô hình, Xã…)", fix)
            return False
        sound = True
        places: dict[str, int] = {}
        for place, heading in enumerate(table.rows[self._header]):
            key = find_column(self._columns, heading)
            if key is None:
                if heading and (meant := explain_unknown(self._columns, heading)):
                    self._report(self._header, f'Cột "{heading}" không được đọc', meant, Level.ADVICE)
            elif key.attribute in places:
                self._report(self._header, f'Có hai cột "{key.name}"', "xóa một trong hai, hoặc đổi tên")
                sound = False
            else:
                places[key.attribute] = place
                self._keys[place] = key
        for key in self._columns:
            if key.attribute not in places and key.attribute != "sample":
                level = Level.ERROR if key.required else Level.ADVICE
                self._report(self._header, f'Thiếu cột "{key.name}"', f"thêm cột ấy, hoặc {fix}", level)
                sound = sound and not key.required
        return sound

    def read(self, table: Table) -> list[Registration]:
        """Return the registrations of the sound rows, in their order."""
        self._spread_merged(table)
        found: list[Registration] = []
        seen: dict[str, int] = {}
        for at, row in enumerate(table.rows):
            cells = {place: row[place] for place in self._keys if place < len(row)}
            if at <= self._header or not any(cells.values()):
                continue
            record = self._record(at, cells, table)
            code = record.get("code")
            if code in seen:
                record.report(None, f"Mã {code} đã dùng ở dòng {seen[code] + 1}", "đổi một trong hai mã")
            elif code:
                seen[code] = at
            registration = self._registration(record)
            self._problems += record.problems
            if registration:
                found.append(registration)
        return found

    def _spread_merged(self, table: Table) -> None:
        """Give every row its share of a merged cell; say of those that cannot be shared out."""
        for top, left, bottom, right in sorted(table.merged):
            if bottom <= self._header:
                continue
            keys = [self._keys[place] for place in range(left, right + 1) if place in self._keys]
            if not keys or not table.rows[top][left]:
                continue
            if top > self._header and left == right and keys[0].attribute in SHARED:
                for at in range(top, min(bottom + 1, len(table.rows))):
                    table.rows[at][left] = table.rows[top][left]
            else:
                names = ", ".join(f'"{key.name}"' for key in keys)
                fix = "bỏ gộp ô (Unmerge Cells), ghi từng dòng một giá trị"
                self._report(top, f"Ô gộp ở cột {names} không rõ thuộc dòng nào, cột nào", fix)

    def _record(self, at: int, cells: dict[int, str], table: Table) -> Record:
        record = Record(at + 1, self._path)
        for place, cell in cells.items():
            key = self._keys[place]
            try:
                if cell:
                    record.values[key.attribute] = _parse(key, cell, table.faults.get((at, place)))
            except Invalid as invalid:
                record.refused.add(key.attribute)
                record.report(None, invalid.message, invalid.fix)
        return record

    def _registration(self, record: Record) -> Registration | None:
        """Return what a row means; None when an error, which is then told, keeps it out."""
        # None is a term whose vocabulary could not be read.
        given: dict[str, Any] = {name: value for name, value in record.values.items() if value is not None}
        code, person = given.get("code"), given.pop("person", "")
        if code and code_year(code) != self._year:
            fix = f"sửa mã thành DK-{self._year}-…, hoặc chuyển dòng sang sổ năm {code_year(code)}"
            record.report(None, f"Mã {code} không thuộc năm {self._year} của sổ", fix)
        day: date | None = given.get("registered_on")
        if day and day.year not in (self._year - 1, self._year):
            message = f"Ngày đăng ký {format_date(day)} không thuộc năm {self._year} của sổ hay năm trước đó"
            record.report(None, message, "kiểm tra lại ngày", Level.ADVICE)
        named: NamedCommune | None = given.pop("commune", None)
        # Without its day it is not known which; that the day is missing is said below.
        if named and (commune := commune_on(record, named, day, "đăng ký")):
            given["commune"] = commune
        if story := self._stories.get(code or ""):
            given = _facts(story) | given
        for key in self._columns:
            if key.required and key.attribute not in given.keys() | record.values.keys() | record.refused:
                example = f", ví dụ {key.example}" if key.example else ""
                record.report(None, f'Thiếu "{key.name}"', f"điền vào ô ấy{example}")
        if person and given.get("kind") is not INDIVIDUAL:
            self._report_named(record, person)
        is_whole = all(key.attribute in given for key in self._columns if key.required)
        if not is_whole or any(problem.level is Level.ERROR for problem in record.problems):
            return None
        blank = {"unit": "", "place": "", "movement": None, "status": Status.REGISTERED, "result": "", "note": ""}
        return Registration(**blank | given | {"year": self._year, "where": (self._path, record.line)})

    def _report_named(self, record: Record, person: str) -> None:
        """Advise when whoever is in charge is named where everybody may read it. The advice does not name them."""
        name = squash(person)
        for key in self._columns:
            value = record.get(key.attribute)
            if key.attribute in ("name", "unit", "place", "result") and len(name) > 5 and name in squash(value or ""):
                message = f'Ô "{key.name}" nêu tên người phụ trách, mà cột này sẽ hiện trên trang'
                record.report(None, message, "bỏ tên người ở ô ấy", Level.ADVICE)


def _parse(key: Key, cell: str, fault: tuple[str, str] | None) -> Any:
    if fault:
        raise Invalid(f'Ô "{key.name}" {fault[0]}', fault[1])
    return key.parse(cell)


def _facts(story: Story) -> dict[str, Any]:
    """Return what a story says of its registration, by the names of a registration's facts."""
    results = "; ".join(f"{result.quantity} {result.label}".strip() for result in story.results)
    movement = story.movements[0] if story.movements else None
    facts = {
        "name": story.name,
        "kind": story.kind,
        "commune": story.commune,
        "field": story.field,
        "movement": movement,
        "result": results,
    }
    return {name: fact for name, fact in facts.items() if fact}
