"""Rows of a register -> registrations and their acts, with the problems of the rows. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import combinations
from typing import Any

from plugins.content.registers.act import PRAISES, Act, ActKind, kind_of
from plugins.content.registers.columns import OFFICE
from plugins.content.registers.registration import FILES_OF_ACTS, Register, Registration, State, code_year
from plugins.content.registers.sheets.tables import CellTable
from plugins.content.registers.table_reader import TableReader
from plugins.content.stories.story import Story
from plugins.content.territory.kinds import DISTRICTS_ENDED, PRAISING, Tier
from plugins.content.vocabulary.terms import INDIVIDUAL
from plugins.content.vocabulary.vocabulary import commune_on
from plugins.sources.problem import Level, suggest
from plugins.sources.schema import Key, Record
from plugins.vietnamese import format_date, squash

_BLANK = {"unit": "", "place": "", "movement": None, "result": "", "note": ""}

# Part of the message about rows whose status is an act; `collect` recognises it.
ACTS_AS_STATUS = "dòng ghi việc đã qua vào Trạng thái"
_ENDS = {ActKind.COMPLETION, ActKind.STOP}
# Attributes that only acts of these kinds have.
_OF = {
    **dict.fromkeys(("form", "level"), PRAISES),
    **dict.fromkeys(("votes", "posted_at", "posted_until"), (ActKind.REVIEW, ActKind.RECOGNITION)),
    "receiver": (ActKind.REPLICATION,),
}


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
        fix = f"ghi mỗi việc một dòng, có ngày và văn bản, vào {FILES_OF_ACTS.format(year)}"
        fix += f"; ở Trạng thái chỉ ghi {', '.join(state.label for state in State)}"
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
    day = given.get("registered_on")
    if day and day.year not in (year - 1, year):
        message = f"Ngày đăng ký {format_date(day)} không thuộc năm {year} của sổ hay năm trước đó"
        record.report(None, message, "kiểm tra lại ngày", Level.ADVICE)
    named = given.pop("commune", None)
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


def add_acts(rows: TableReader, table: CellTable, register: Register, *, is_whole: bool) -> Register:
    """Return a register with the acts of its table; unknown codes are errors if the register `is_whole`."""
    known = {one.code: one for one in register.registrations}
    acts: dict[str, list[Act]] = {}
    for record in rows.read(table):
        registration = known.get(record.get("code", ""))
        if registration is None and record.get("code") and is_whole:
            _report_unknown(record, register)
        if registration:
            _check(record, registration, rows.columns)
        if not rows.finish(record) or registration is None:
            continue
        given = {name: value for name, value in record.values.items() if name not in ("code", "day")}
        day = record.get("day")
        act = Act(day=day, year=day.year if day else register.year, where=(record.path, record.line), **given)
        before = acts.setdefault(registration.code, [])
        if twice := next((one for one in before if one.key == act.key), None):
            message = f"{registration.code} {act.title}: đã ghi ở dòng {twice.where[1]}"
            rows.report(record.line - 1, message, "xóa một trong hai dòng; nếu là hai việc thì ghi rõ ngày")
        else:
            before.append(act)
    _check_reviews(rows, register, acts)
    for one in register.registrations:
        for earlier, later, fix in _contradict(acts.get(one.code, [])):
            message = f"{one.code} {later.title}, mà dòng {earlier.where[1]} ghi {earlier.title}"
            rows.report(later.where[1] - 1, message, fix, Level.ADVICE)
    joined = (replace(one, acts=(*one.acts, *acts.get(one.code, ()))) for one in register.registrations)
    return Register(register.year, tuple(joined))


def _contradict(acts: list[Act]) -> Iterator[tuple[Act, Act, str]]:
    """Yield implausible pairs of acts of one exemplar, in row order, with the fix."""
    for earlier, later in combinations(acts, 2):
        days, kinds = (earlier.day, later.day), {earlier.kind, later.kind}
        if kinds == {ActKind.RECOGNITION} or kinds <= _ENDS:
            yield earlier, later, "chỉ một trong hai đúng thì xóa dòng kia"
        elif kinds == {ActKind.REVIEW, ActKind.RECOGNITION} and None not in days:
            review, recognised = (earlier, later) if earlier.kind is ActKind.REVIEW else (later, earlier)
            if review.since > recognised.since:
                yield earlier, later, "bình xét trước, công nhận sau: sửa ngày ghi nhầm"


def _check(record: Record, registration: Registration, columns: tuple[Key, ...]) -> None:
    """Report contradictions with the registration, and missing or superfluous cells."""
    day, kind = record.get("day"), record.get("kind")
    if day and day < registration.registered_on:
        message = f"{kind.label.capitalize() if kind else 'Việc'} ngày {format_date(day)}, trước ngày đăng ký"
        record.report(None, f"{message} {format_date(registration.registered_on)}", "sửa một trong hai ngày")
    until = record.get("posted_until")
    if day and until and until < day:
        message = f"Niêm yết đến {format_date(until)}, trước ngày {format_date(day)} của việc"
        record.report(None, message, "sửa một trong hai ngày")
    if kind is None:
        return
    state = registration.state.label
    if kind in _ENDS and state in {end.label for end in _ENDS} - {kind.label}:
        message = f"Việc “{kind.label}”, còn Trạng thái ở sổ (dòng {registration.where[1]}) ghi {state}"
        record.report(None, message, "tính theo việc; sửa chỗ ghi nhầm", Level.ADVICE)
    for key in columns:
        kinds = _OF.get(key.attribute, (kind,))
        if record.get(key.attribute) and kind not in kinds:
            names = " hoặc ".join(one.label for one in kinds)
            message = f"Việc “{kind.label}” mà ghi {key.name}"
            record.report(None, message, f"ô ấy chỉ của {names}: sửa Việc, hoặc xóa ô", Level.ADVICE)
    if kind in PRAISES:
        _check_praise(record, kind)


def _check_praise(record: Record, kind: ActKind) -> None:
    day, level = record.get("day"), record.get("level")
    if day and day > DISTRICTS_ENDED and level and PRAISING[level] is Tier.DISTRICT:
        what = f"Ngày {format_date(day)} mà Cấp là {level}: từ ngày 1/7/2025 không còn cấp huyện"
        record.report(None, what, "sửa Cấp, hoặc ngày", Level.ADVICE)
    if kind is ActKind.PRAISE and kind_of(form := record.get("form", "")) is ActKind.AWARD:
        message = f"Việc “{kind.label}” mà Hình thức là {form}, một hình thức khen thưởng"
        record.report(None, message, "sửa Việc thành khen thưởng, hoặc sửa Hình thức", Level.ADVICE)
    unsaid = {"form", "level"} - record.values.keys() - record.refused
    if kind is ActKind.AWARD and "form" in unsaid:
        record.report(None, "Khen thưởng mà chưa ghi Hình thức", "ghi Giấy khen, Bằng khen…", Level.ADVICE)
    if "level" in unsaid:
        record.report(None, f"{kind.label.capitalize()} mà chưa ghi Cấp", "ghi thôn, xã, tỉnh…", Level.ADVICE)


def _check_reviews(rows: TableReader, register: Register, acts: dict[str, list[Act]]) -> None:
    """Report recognitions without an open review, which the guidance requires (III.1)."""
    lines = {}
    for one in register.registrations:
        stated = (*one.acts, *acts.get(one.code, ()))
        recognised = next((act for act in acts.get(one.code, ()) if act.kind is ActKind.RECOGNITION), None)
        if recognised and not any(act.kind is ActKind.REVIEW for act in stated):
            lines[one.code] = recognised.where[1]
    if lines:
        message = f"Được công nhận mà chưa ghi bình xét công khai: {', '.join(lines)}"
        fix = "thêm dòng Việc: bình xét, có ngày, số phiếu, nơi niêm yết"
        rows.report(min(lines.values()) - 1, message, fix, Level.ADVICE)


def _report_unknown(record: Record, register: Register) -> None:
    code = record.get("code")
    if (year := code_year(code)) != register.year:
        fix = f"chuyển dòng sang việc của năm {year}, hoặc sửa mã"
        record.report(None, f"Mã {code} không thuộc năm {register.year} của sổ", fix)
        return
    fix = suggest(code, (one.code for one in register.registrations), "sửa mã, hoặc thêm vào sổ đăng ký")
    record.report(None, f"Không có {code} trong sổ đăng ký năm {register.year}", fix)
