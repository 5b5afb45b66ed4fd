"""What a report calls things: the office that makes it, its place, its subject, an exemplar in a line. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from plugins.content.registers.act import PRAISES
from plugins.content.territory import front
from plugins.content.territory.kinds import PLACE_KINDS, Tier
from plugins.vietnamese import capitalize, format_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from plugins.content.listed import Listed
    from plugins.content.terms import Office
    from plugins.exemplars.figures import Total
    from plugins.reports.report import Report
    from plugins.reports.tables import Table

# The titles of lists, and the heads of what was added: the same in every form.
EXEMPLARS_TITLE = "Danh sách điển hình đã được đăng tin, bài"
REGISTRATIONS_TITLE = "Danh sách nội dung, mô hình đã đăng ký"
TOTALS_TITLE = "Tổng hợp kết quả theo nội dung và đơn vị tính"
TOTALS_HEADS = ("Nội dung", "Số lượng", "Đơn vị tính", "Điển hình thực hiện")
# With more than these, nobody reads which places are still to register: their number says it.
_MOST_NAMED = 20
_SINCE = re.compile(r" \(từ [\d/]+\)$")
# A name that a list shows with its type, which within a sentence has no capital.
_TYPED = re.compile(rf"^({'|'.join(capitalize(kind.name) for kind in PLACE_KINDS)})\b")


def office(report: Report, publisher: Office) -> str:
    """Return who makes the report: the publisher, or whoever stands for the place that it is about."""
    return front.committee(report.commune) if report.commune else publisher.name


def parent_office(report: Report, publisher: Office) -> str:
    """Return the committee above: of a place what its vocabulary says, of a hamlet the publisher itself."""
    if report.commune is None:
        return publisher.governing_body
    above = report.commune.parent.partition(",")[0]
    is_hamlet = report.commune.kind.tier is Tier.HAMLET
    return publisher.name if is_hamlet else f"{front.COMMITTEE} {above}"


def standing_committee(report: Report, publisher: Office) -> str:
    """Return who makes the report and signs it: the standing committee, which acts between meetings."""
    return f"{front.STANDING} {front.abbreviate(office(report, publisher))}"


def usual_recipients(report: Report, publisher: Office) -> tuple[str, ...]:
    """Return to whom such a report goes where nobody wrote it: as the guidance of the district has it (2020)."""
    unit = report.commune.full_name if report.commune else publisher.unit or publisher.level
    vocabulary = report.index.vocabulary
    return front.recipients(parent_office(report, publisher), unit, vocabulary.words_on(report.day), report.day)


def spread(report: Report) -> Iterator[str]:
    """Yield how the registrations spread by kind, field, progress and place, in sentences."""
    if not report.registrations:
        return
    state, by_field, *places = report.register_tables
    listed = ", ".join(
        f"{kind.lower()} {format_number(count)}"
        for kind, count in zip(state.columns, state.column_totals, strict=True)
        if count
    )
    yield (
        f"Số đăng ký chia theo loại: {listed}; theo lĩnh vực: {_list_rows(by_field)}; "
        f"theo tiến độ thực hiện: {_list_rows(state).lower()}."
    )
    if places:
        kinds = report.words.kinds
        known = [one for one in report.index.vocabulary.communes if one.kind in kinds and one.existed_on(report.day)]
        there = {one.commune for one in report.registrations}
        # Of a year in which communes were formed, nobody is said to have registered nothing.
        without = [] if any(one.since and one.since.year >= report.year for one in known) else known
        silent = [place for place in sorted(without, key=lambda one: one.sort_key) if place not in there]
        missing = ", ".join(_within(place.short) for place in silent)
        if len(silent) > _MOST_NAMED:
            missing = f"{format_number(len(silent))} {report.words.one} khác"
        yield f"Theo địa bàn: {_list_rows(places[0])}{f'; chưa có đăng ký: {missing}' if missing else ''}."


def _list_rows(table: Table) -> str:
    """Return the names of a table's rows with their numbers; within a sentence, a town has no capital."""
    rows = [row for row in table.rows if table.whole(row)]
    bare = [_SINCE.sub("", row.name) for row in rows]
    # Since when there is a commune matters where an old one of its name stands too.
    names = [name if bare.count(name) == 1 else row.name for name, row in zip(bare, rows, strict=True)]
    # What is called by a number must not run into the number of it.
    form = "{} ({})" if any(name[-1:].isdecimal() for name in names) else "{} {}"
    counts = [format_number(table.whole(row) or 0) for row in rows]
    return ", ".join(form.format(_within(name), count) for name, count in zip(names, counts, strict=True))


def _within(name: str) -> str:
    """Return a place's name as a sentence has it, where its type has no capital."""
    return _TYPED.sub(lambda found: found[0].lower(), name)


def place(report: Report, publisher: Office) -> str:
    """Return the place of the place-date line: the bare name of the office's own."""
    if report.commune and report.commune.kind.tier is not Tier.HAMLET:
        return report.commune.name
    return publisher.area_name or publisher.area


def subject(report: Report) -> str:
    """Return what the report is about, as its title says it."""
    return capitalize(about(report))


def about(report: Report) -> str:
    """Return the same within a sentence."""
    return f"kết quả thực hiện phong trào thi đua “Dân vận khéo” năm {report.year}"


def format_day(day: date) -> str:
    """Return the date of an official document, where a small number has a nought before it: ngày 03 tháng 11 năm 2020.

    A day under 10 and a month under 3 have one (Nghị định 30/2020/NĐ-CP, Phụ lục I).
    """
    month = f"{day.month:02}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02} tháng {month} năm {day.year}"


def list_totals(totals: Iterable[Total]) -> str:
    """Return what was added, by what it is: hiến đất 67 hộ, 2.390 m²; kênh 4 km."""
    found: dict[str, list[str]] = {}
    for total in totals:
        found.setdefault(total.label, []).append(str(total.quantity))
    return "; ".join(f"{label} {', '.join(quantities)}" for label, quantities in found.items())


def describe(story: Listed) -> str:
    """Return an exemplar's commune and kind, and that it is made up where it is."""
    parts = [story.commune.full_name if story.commune else "", story.kind.name.lower() if story.kind else ""]
    return ", ".join(part for part in (*parts, "bài mẫu" if story.sample else "") if part)


def list_results(story: Listed) -> str:
    """Return the results and the commendations of an exemplar as sentences; "" when it has neither."""
    praise = "; ".join(act.title for act in story.acts if act.kind in PRAISES)
    sentences = [story.results_line, f"Biểu dương, khen thưởng: {praise}" if praise else ""]
    return " ".join(f"{sentence}." for sentence in sentences if sentence)
