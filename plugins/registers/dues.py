"""The papers that a commune owes in a year, by when, and whether they have come. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from plugins.content.registers.paper import OWED, Paper, PaperKind
from plugins.vietnamese import format_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from plugins.content.registers.registration import Registration
    from plugins.content.registers.schedule import Deadline, Schedule
    from plugins.content.vocabulary.terms import Commune


@dataclass(frozen=True)
class Due:
    """A paper that a commune owes: by when, None where no day is set; when it came, None while it has not."""

    kind: PaperKind
    deadline: Deadline | None
    received_on: date | None

    def days_late(self, day: date) -> int | None:
        """Return how many days it came after its last day, or has not come by `day`; below zero while there is time."""
        return ((self.received_on or day) - self.deadline.last).days if self.deadline else None


def last_day(schedule: Schedule | None, registrations: Sequence[Registration], day: date) -> date:
    """Return the day on which a commune must have been there to owe what has no day of its own."""
    if schedule and (deadline := schedule.deadline(PaperKind.REPORT)):
        return deadline.last
    return max((one.registered_on for one in registrations), default=day)


def list_dues(
    commune: Commune,
    now: Commune,
    schedule: Schedule | None,
    papers: Sequence[Paper],
    registered: Sequence[Registration],
    day: date,
    otherwise: date,
) -> Iterator[Due]:
    """Yield what a commune owes of the year's papers, or has sent though nobody asked."""
    has_ended = commune.until is not None and commune.until < day
    for kind in OWED:
        deadline = schedule.deadline(kind, commune) if schedule else None
        came = _days_of(papers, commune, kind)
        if kind is PaperKind.REGISTRATION and not came:
            # What stands in the register has come, whether or not the paper is noted.
            came = [one.registered_on for one in registered]
        is_asked = commune.existed_on(deadline.last if deadline else otherwise)
        if has_ended:
            # What it did not plan or register, nobody can any more; a report may come from what became of it.
            is_asked = is_asked and kind is PaperKind.REPORT
            came = came or (_days_of(papers, now, kind) if is_asked else [])
        elif kind is PaperKind.PLAN:
            is_asked = is_asked and deadline is not None
        if is_asked or came:
            yield Due(kind, deadline, min(came, default=None))


def _days_of(papers: Iterable[Paper], commune: Commune, kind: PaperKind) -> list[date]:
    return [one.received_on for one in papers if one.commune == commune and one.kind is kind]


def format_time_left(days_late: int | None) -> str:
    """Return how much time is left or overdue, in words."""
    if days_late is None:
        return "chưa có hạn"
    if days_late > 0:
        return f"quá hạn {format_number(days_late)} ngày"
    return f"còn {format_number(-days_late)} ngày" if days_late else "hôm nay là hạn cuối"
