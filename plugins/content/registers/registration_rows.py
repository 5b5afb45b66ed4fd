"""Rows of a register -> registrations, with the problems of the rows. Pure."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from plugins.content.registers.act import Act, ActKind
from plugins.content.registers.columns import OFFICE
from plugins.content.registers.registration import FILES_OF_ACTS, Registration, State, code_year
from plugins.content.registers.sheets.tables import CellTable
from plugins.content.registers.table_reader import TableReader
from plugins.content.stories.story import Story
from plugins.content.vocabulary.terms import INDIVIDUAL
from plugins.content.vocabulary.vocabulary import NamedCommune, commune_on
from plugins.sources.problem import Level
from plugins.sources.schema import Key, Record
from plugins.vietnamese import format_date, squash

if TYPE_CHECKING:
    from datetime import date

_BLANK = {"unit": "", "place": "", "movement": None, "result": "", "note": ""}

# Part of the message about rows whose status is an act; `collect` recognises it.
ACTS_AS_STATUS = "dòng ghi việc đã qua vào Trạng thái"


def read_registrations(
    rows: TableReader, table: CellTable, year: int, stories: Mapping[str, Story]
) -> list[Registration]:
    """Return the registrations of valid rows; `stories` by code fill blank cells."""
    found: list[Registration] = []
    seen: dict[str, int] = {}
    statuses: list[int] = []  # lines with an old status
    for record in rows.read(table):
        code = record.get("code", "")
        if code in seen:
            record.report(None, f"Mã {code} đã dùng ở dòng {seen[code]}", "đổi một trong hai mã")
        elif code:
            seen[code] = record.line
        if registration := _read(rows, record, year, stories.get(code)):
            found.append(registration)
            statuses += [record.line] if registration.acts else []
    if statuses:
        message = f"{len(statuses)} {ACTS_AS_STATUS}, nên không rõ ngày: chỉ tính từ 31/12/{year}"
        fix = (
            f"ghi mỗi việc một dòng, có ngày và văn bản, vào {FILES_OF_ACTS.format(year)}; "
            f"ở Trạng thái chỉ ghi {', '.join(state.label for state in State)}"
        )
        rows.report(statuses[0] - 1, message, fix, Level.ADVICE)
    return found


def _read(rows: TableReader, record: Record, year: int, story: Story | None) -> Registration | None:
    """Return the registration of a row; None, after reporting, if it has an error."""
    given = record.values
    person = given.pop("person", "")
    code = given.get("code")
    if code and code_year(code) != year:
        fix = f"sửa mã thành DK-{year}-…, hoặc chuyển dòng sang sổ năm {code_year(code)}"
        record.report(None, f"Mã {code} không thuộc năm {year} của sổ", fix)
    day: date | None = given.get("registered_on")
    if day and day.year not in (year - 1, year):
        message = f"Ngày đăng ký {format_date(day)} không thuộc năm {year} của sổ hay năm trước đó"
        record.report(None, message, "kiểm tra lại ngày", Level.ADVICE)
    named: NamedCommune | None = given.pop("commune", None)
    # The day decides between communes of the same name; a missing day is reported below.
    if named and (commune := commune_on(record, named, day, "đăng ký")):
        given["commune"] = commune
    if story:
        record.values = given = _facts(story) | given
    if named is OFFICE:
        given["commune"] = OFFICE
    if person and given.get("kind") is not INDIVIDUAL:
        _report_named(record, person, rows.columns)
    if named and "commune" not in given:
        given["commune"] = None  # its vocabulary could not be read
    if not rows.finish(record):
        return None
    where = record.path, record.line
    status = given.pop("status", State.REGISTERED)
    acts = (Act(status, None, year, where),) if isinstance(status, ActKind) else ()
    state = status if isinstance(status, State) else State.UNDER_WAY
    known = {name: value for name, value in given.items() if value is not None}
    if known["commune"] is OFFICE:
        known["commune"] = None
    return Registration(**_BLANK | known, year=year, where=where, state=state, acts=acts)


def _report_named(record: Record, person: str, columns: tuple[Key, ...]) -> None:
    """Report, without the name, that a public cell names the person in charge."""
    name = squash(person)
    for key in columns:
        value = record.get(key.attribute)
        if key.attribute in ("name", "unit", "place", "result") and len(name) > 5 and name in squash(value or ""):
            message = f'Ô "{key.name}" nêu tên người phụ trách, mà cột này sẽ hiện trên trang'
            record.report(None, message, "bỏ tên người ở ô ấy", Level.ADVICE)


def _facts(story: Story) -> dict[str, Any]:
    """Return the attributes of a registration that its story states."""
    facts = {name: getattr(story, name) for name in ("name", "kind", "commune", "field")}
    facts |= {"movement": next(iter(story.movements), None), "result": story.results_line}
    return {name: fact for name, fact in facts.items() if fact}
