"""The papers that a commune owes in a year, their deadlines, and their arrival. Pure."""

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
    """A paper that a commune owes; `deadline` None if no day is set, `received_on` None until it comes."""

    kind: PaperKind
    deadline: Deadline | None
    received_on: date | None

    def days_late(self, day: date) -> int | None:
        """Return its delay in days, until `day` if it is missing; negative before the deadline, None without."""
        return ((self.received_on or day) - self.deadline.last).days if self.deadline else None


def last_day(schedule: Schedule | None, registrations: Sequence[Registration], day: date) -> date:
    """Return the day on which a commune must exist to owe a paper without a deadline."""
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
    """Yield the papers that a commune owes in the year, or has sent unasked."""
    has_ended = commune.until is not None and commune.until < day
    for kind in OWED:
        deadline = schedule.deadline(kind, commune) if schedule else None
        came = _days_of(papers, commune, kind)
        if kind is PaperKind.REGISTRATION and not came:
            # Registrations have come, even if the paper was not noted.
            came = [one.registered_on for one in registered]
        is_asked = commune.existed_on(deadline.last if deadline else otherwise)
        if has_ended:
            # Too late to plan or register; its report may come from the commune it was merged into.
            is_asked = is_asked and kind is PaperKind.REPORT
            came = came or (_days_of(papers, now, kind) if is_asked else [])
        elif kind is PaperKind.PLAN:
            is_asked = is_asked and deadline is not None
        if is_asked or came:
            yield Due(kind, deadline, min(came, default=None))


def _days_of(papers: Iterable[Paper], commune: Commune, kind: PaperKind) -> list[date]:
    return [one.received_on for one in papers if one.commune == commune and one.kind is kind]


def format_time_left(days_late: int | None) -> str:
    """Return the time left or overdue in words."""
    if days_late is None:
        return "chưa có hạn"
    if days_late > 0:
        return f"quá hạn {format_number(days_late)} ngày"
    return f"còn {format_number(-days_late)} ngày" if days_late else "hôm nay là hạn cuối"
