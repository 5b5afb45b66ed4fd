"""The tables of a year's progress and its deadlines in words, for terminal and page. Pure."""

from __future__ import annotations

from dataclasses import astuple
from typing import TYPE_CHECKING

from plugins.content.registers.paper import OWED
from plugins.registers.dues import Due, format_time_left
from plugins.vietnamese import format_date, format_number

if TYPE_CHECKING:
    from datetime import date

    from plugins.content.registers.schedule import Deadline
    from plugins.registers.progress import CommuneProgress, Progress, Tally

# The headings of a tally, in the order of its fields.
HEADINGS = ("Đăng ký", "Đang làm", "Công nhận", "Có bài", "Nhân rộng", "Dừng", "Còn thiếu", "Bài gửi", "Được dùng")


def tally_counts(tally: Tally) -> tuple[int, ...]:
    """Return the numbers of a tally in the order of HEADINGS."""
    return astuple(tally)


def commune_name(progress: Progress, commune: CommuneProgress) -> str:
    """Return a commune's name in a table, distinct from another commune of that name in it."""
    one = commune.commune
    is_alone = sum(other.commune.short == one.short for other in progress.communes) == 1
    return one.short if is_alone else one.distinct_short


def paper_headings(progress: Progress) -> tuple[str, ...]:
    """Return the headings of the table of papers, except that of the communes."""
    kinds = (kind for kind in OWED if any(due.kind is kind for one in progress.communes for due in one.dues))
    return (*(kind.label.capitalize() for kind in kinds), "Kiểm tra, giám sát", "Tình hình")


def paper_cells(progress: Progress, commune: CommuneProgress) -> tuple[str, ...]:
    """Return a commune's row in the table of papers."""
    dues = {due.kind.label.capitalize(): _describe_due(due, progress.day) for due in commune.dues}
    kinds = paper_headings(progress)[:-2]
    inspected = ", ".join(format_date(one.received_on) for one in commune.inspections)
    return (*(dues.get(kind, "–") for kind in kinds), inspected or "–", progress.state(commune))


def _describe_due(due: Due, day: date) -> str:
    days = due.days_late(day)
    if due.received_on is None:
        return "chưa có" if days is None else format_time_left(days)
    late = f", chậm {format_number(days)} ngày" if days is not None and days > 0 else ""
    return f"{format_date(due.received_on)}{late}"


def format_deadlines(progress: Progress) -> str:
    """Return the deadlines of the year, and the days to or since each, as a sentence."""
    schedule = progress.schedule
    if schedule is None:
        example = f"- {{năm: {progress.year}, hạn báo cáo: trước 10/11/{progress.year}}}"
        return f"Năm {progress.year} chưa có hạn báo cáo; thêm vào content/danh-muc/ke-hoach.yaml một dòng “{example}”."
    stated = [(kind, deadline) for kind in OWED if (deadline := schedule.deadline(kind))]
    parts = [f"{kind.label} {deadline.label} ({_describe_days(progress.day, deadline)})" for kind, deadline in stated]
    basis = f", theo {schedule.basis}" if schedule.basis else ""
    return f"Thời hạn: {'; '.join(parts)}{basis}."


def _describe_days(day: date, deadline: Deadline) -> str:
    days = (day - deadline.last).days
    # A passed deadline does not mean that anybody is late.
    return f"đã qua {format_number(days)} ngày" if days > 0 else format_time_left(days)
