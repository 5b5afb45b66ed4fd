"""Read content/danh-muc/ke-hoach.yaml, the deadlines of papers by year."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from plugins.content.folders import SCHEDULE
from plugins.content.registers.paper import OWED, PaperKind
from plugins.content.vocabulary.files import FOLDER, NO_OVERRIDES, is_missing, load_terms
from plugins.content.vocabulary.terms import Commune
from plugins.content.vocabulary.vocabulary import NamedCommune, Vocabulary, commune_on
from plugins.sources import values
from plugins.sources.problem import Invalid, Level, Problem
from plugins.sources.schema import Key, Record, Value
from plugins.vietnamese import format_date

_WORDS = re.compile(r"(?:(tr(?:ước|uoc))|ch(?:ậm nhất|am nhat))?(?:\s+là)?(?:\s*ng(?:à|a)y)?\s*(\d.*)", re.IGNORECASE)
_APART = "{} | báo cáo | chậm nhất 15/11/2020"
_KINDS = values.choice("Văn bản", {kind.label: kind for kind in OWED})


@dataclass(frozen=True)
class Deadline:
    """A deadline as written: `day` is the last day in time (chậm nhất) or, if `before`, the first day too late."""

    day: date
    before: bool = False

    @property
    def last(self) -> date:
        return self.day.fromordinal(self.day.toordinal() - 1) if self.before else self.day

    @property
    def label(self) -> str:
        """The deadline as written: trước ngày 10/11/2020."""
        return f"{'trước' if self.before else 'chậm nhất'} ngày {format_date(self.day)}"


@dataclass(frozen=True)
class Schedule:
    """The deadlines of a year, those `apart` for single communes by id, and the document that sets them, or ""."""

    year: int
    deadlines: Mapping[PaperKind, Deadline]
    apart: Mapping[tuple[str, PaperKind], Deadline] = field(default_factory=dict)
    basis: str = ""

    def deadline(self, kind: PaperKind, commune: Commune | None = None) -> Deadline | None:
        """Return the deadline of a kind of paper, for one commune if given; None if there is none."""
        common = self.deadlines.get(kind)
        return self.apart.get((commune.id, kind), common) if commune else common


def schedule_keys(vocabulary: Vocabulary) -> tuple[Key, ...]:
    """Return the keys of an item of the file."""
    example, words = "trước 10/11/2020", vocabulary.words
    one, apart = words.one, _APART.format(words.example or words.title)
    return (
        Key("year", "năm", values.year, "Năm thi đua", required=True, example="2020"),
        Key("plan", "hạn kế hoạch", parse_deadline, f"Hạn {one} gửi kế hoạch; không ghi thì không đòi"),
        Key("registration", "hạn đăng ký", parse_deadline, f"Hạn {one} đăng ký"),
        Key("report", "hạn báo cáo", parse_deadline, f"Hạn {one} gửi báo cáo", required=True, example=example),
        Key("apart", "riêng", lambda value: _parse_apart(value, vocabulary), f"{words.title} | văn bản | hạn", apart),
        Key("basis", "theo", values.text, "Văn bản đặt ra các hạn ấy"),
    )


def load_schedules(
    project: Path, vocabulary: Vocabulary, overrides: Mapping[str, str] = NO_OVERRIDES
) -> tuple[dict[int, Schedule], list[Problem]]:
    """Read the deadlines, by year; None without the file."""
    problems: list[Problem] = []
    schedules: dict[int, Schedule] = {}
    if is_missing(project / FOLDER / SCHEDULE):
        return schedules, problems
    for given, record in load_terms(project, SCHEDULE, schedule_keys(vocabulary), dict, problems, overrides):
        year = given["year"]
        if year in schedules:
            record.report("year", f"Năm {year} đã có hạn báo cáo", "xóa một trong hai mục")
            continue
        deadlines = {kind: given[key] for kind in OWED if (key := kind.name.lower()) in given}
        for kind, deadline in deadlines.items():
            _check_year(record, kind.name.lower(), deadline, year)
        schedules[year] = Schedule(year, deadlines, _sort_apart(record, year), given.get("basis", ""))
    return schedules, problems


def _sort_apart(record: Record, year: int) -> dict[tuple[str, PaperKind], Deadline]:
    """Return the deadlines of single communes, which must exist on the last day in time."""
    apart: dict[tuple[str, PaperKind], Deadline] = {}
    # Problems of a commune point to this key.
    record.lines.setdefault("commune", record.lines.get("apart", record.line))
    for named, kind, deadline in record.get("apart", ()):
        _check_year(record, "apart", deadline, year)
        if (commune := commune_on(record, named, deadline.last, "hạn")) is None:
            continue  # its vocabulary could not be read
        if (commune.id, kind) in apart:
            message = f"Hạn {kind.label} riêng của {commune.full_name} ghi hai lần"
            record.report("apart", message, "xóa một trong hai dòng")
        apart.setdefault((commune.id, kind), deadline)
    return apart


def _check_year(record: Record, attribute: str, deadline: Deadline, year: int) -> None:
    if abs(deadline.day.year - year) > 1:
        record.report(attribute, f"Hạn {deadline.label} cách xa năm {year}", "kiểm tra lại năm", Level.ADVICE)


def parse_deadline(value: Value) -> Deadline:
    """Return a deadline: “trước 10/11/2020” or “chậm nhất 9/11/2020”; a bare day is the last in time."""
    written = values.text(value)
    if not (found := _WORDS.fullmatch(written)):
        raise Invalid(f'Hạn "{written}" không rõ', "viết trước 10/11/2020, hoặc chậm nhất 9/11/2020")
    return Deadline(values.day(found[2]), before=found[1] is not None)


def _parse_apart(value: Value, vocabulary: Vocabulary) -> tuple[tuple[NamedCommune, PaperKind, Deadline], ...]:
    found, words = [], vocabulary.words
    example = _APART.format(words.example or words.title)
    for line in values.texts(value):
        parts = [part.strip() for part in line.split("|")]
        if len(parts) != 3:
            raise Invalid(f'Hạn riêng "{line}" không đủ ba phần', f"viết {words.one} | văn bản | hạn, ví dụ {example}")
        found.append((vocabulary.name_commune(parts[0]), _KINDS(parts[1]), parse_deadline(parts[2])))
    return tuple(found)
