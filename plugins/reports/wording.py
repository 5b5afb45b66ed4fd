"""What a report calls things: the office that makes it, its place, its subject, an exemplar in a line. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from plugins.content.registers.act import PRAISES
from plugins.vietnamese import capitalize, format_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from plugins.content.story import Story
    from plugins.content.terms import Office
    from plugins.exemplars.figures import Total
    from plugins.reports.report import Report
    from plugins.reports.tables import Table

# The titles of lists, and the heads of what was added: the same in every form.
EXEMPLARS_TITLE = "Danh sách điển hình đã được đăng tin, bài"
REGISTRATIONS_TITLE = "Danh sách nội dung, mô hình đã đăng ký"
TOTALS_TITLE = "Tổng hợp kết quả theo nội dung và đơn vị tính"
TOTALS_HEADS = ("Nội dung", "Số lượng", "Đơn vị tính", "Điển hình thực hiện")
_FRONT = "Ủy ban Mặt trận Tổ quốc Việt Nam"
_PLACE = re.compile(r"(?P<level>huyện|thị xã|thành phố|tỉnh|xã|phường|thị trấn|đặc khu) (?P<name>.+)$")
_COMMUNES = ("xã", "phường", "thị trấn", "đặc khu")
_TOWN = re.compile(r"^(Thị trấn|Phường|Đặc khu)\b")
_SINCE = re.compile(r" \(từ [\d/]+\)$")
_VILLAGES = "thôn, buôn, bon, tổ dân phố"
_PARTY = {"huyện": "Huyện ủy", "thị xã": "Thị ủy", "thành phố": "Thành ủy"}


def office(report: Report, publisher: Office) -> str:
    """Return who makes the report: the publisher, or the commune's own committee."""
    return f"{_FRONT} {report.commune.full_name}" if report.commune else publisher.name


def parent_office(report: Report, publisher: Office) -> str:
    """Return the committee above: of the district for an old commune, of the province for one of today."""
    if report.commune is None:
        return publisher.governing_body
    return f"{_FRONT} {report.commune.parent.partition(',')[0]}"


def standing_committee(report: Report, publisher: Office) -> str:
    """Return who makes the report and signs it: the standing committee, which acts between meetings."""
    return f"Ban Thường trực {abbreviate(office(report, publisher))}"


def abbreviate(name: str) -> str:
    """Return a committee's name as official documents shorten it; dots to write on are for its place."""
    is_named = any(map(str.isalpha, name))
    return name.replace("Mặt trận Tổ quốc", "MTTQ") if is_named else f"Ủy ban MTTQ Việt Nam {name}"


def usual_recipients(report: Report, publisher: Office) -> tuple[str, ...]:
    """Return to whom such a report goes where nobody wrote it: as the guidance of the district has it (2020)."""
    above = f"Ban Thường trực {abbreviate(parent_office(report, publisher))} (báo cáo)"
    found = _PLACE.search(office(report, publisher))
    level = ("" if report.commune else publisher.level) or (found["level"] if found else "")
    if level in _COMMUNES:
        villages = ", ".join(kind for kind in publisher.places if kind not in _COMMUNES) or _VILLAGES
        return (
            above,
            f"Đảng ủy, HĐND, UBND {level} {found['name'] if found else ''}".rstrip(),
            f"Các tổ chức thành viên của MTTQ {level}",
            f"Ban Công tác Mặt trận các {villages}",
        )
    party = (f"Ban Dân vận {_PARTY[level]}",) if level in _PARTY else ()
    below = ", ".join(kind for kind in publisher.places if kind in _COMMUNES) or "xã, phường, thị trấn"
    members = f"Các tổ chức thành viên của MTTQ {level}".rstrip()
    return (above, *party, members, f"Ủy ban MTTQ Việt Nam các {below}", "Trang thông tin điện tử")


def spread(report: Report) -> Iterator[str]:
    """Yield how the registrations spread by kind, field, progress and place, in sentences."""
    if not report.registrations:
        return
    state, by_field, *places = report.register_tables
    kinds = ", ".join(
        f"{kind.lower()} {format_number(count)}"
        for kind, count in zip(state.columns, state.column_totals, strict=True)
        if count
    )
    yield (
        f"Số đăng ký chia theo loại: {kinds}; theo lĩnh vực: {_list_rows(by_field)}; "
        f"theo tiến độ thực hiện: {_list_rows(state).lower()}."
    )
    if places:
        known = [place for place in report.index.vocabulary.communes if place.existed_on(report.day)]
        there = {one.commune for one in report.registrations}
        # Of a year in which communes were formed, nobody is said to have registered nothing.
        without = [] if any(one.since and one.since.year >= report.year for one in known) else known
        missing = ", ".join(
            place.short for place in sorted(without, key=lambda one: one.sort_key) if place not in there
        )
        yield f"Theo địa bàn: {_list_rows(places[0])}{f'; chưa có đăng ký: {missing}' if missing else ''}."


def _list_rows(table: Table) -> str:
    """Return the names of a table's rows with their numbers; within a sentence, a town has no capital."""
    rows = [row for row in table.rows if table.whole(row)]
    bare = [_SINCE.sub("", row.name) for row in rows]
    # Since when there is a commune matters where an old one of its name stands too.
    names = [name if bare.count(name) == 1 else row.name for name, row in zip(bare, rows, strict=True)]
    return ", ".join(
        f"{_TOWN.sub(lambda found: found[0].lower(), name)} {format_number(table.whole(row) or 0)}"
        for name, row in zip(names, rows, strict=True)
    )


def place(report: Report, publisher: Office) -> str:
    """Return the place of the place-date line: the bare name of the district or the commune."""
    if report.commune:
        return report.commune.name
    found = _PLACE.search(publisher.name)
    return found["name"] if found else publisher.area


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


def describe(story: Story) -> str:
    """Return an exemplar's commune and kind, and that it is made up where it is."""
    parts = [story.commune.full_name if story.commune else "", story.kind.name.lower() if story.kind else ""]
    return ", ".join(part for part in (*parts, "bài mẫu" if story.sample else "") if part)


def list_results(story: Story) -> str:
    """Return the results and the commendations of an exemplar as sentences; "" when it has neither."""
    praise = "; ".join(act.title for act in story.acts if act.kind in PRAISES)
    sentences = [story.results_line, f"Biểu dương, khen thưởng: {praise}" if praise else ""]
    return " ".join(f"{sentence}." for sentence in sentences if sentence)
