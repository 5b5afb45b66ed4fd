"""How far a year's registrations have come, commune by commune, and what each still owes by the deadline. Pure."""

from __future__ import annotations

from dataclasses import astuple, dataclass
from enum import Enum
from typing import TYPE_CHECKING

from plugins.content.registers.act import ActKind
from plugins.content.registers.registration import State
from plugins.vietnamese import format_date, format_number

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from plugins.content.load import Content
    from plugins.content.registers.registration import Registration
    from plugins.content.registers.schedule import Deadline
    from plugins.content.story import Story
    from plugins.content.terms import Commune


# The headings of a tally, in the order of its numbers.
HEADINGS = ("Đăng ký", "Đang làm", "Công nhận", "Có bài", "Nhân rộng", "Dừng", "Còn thiếu")


class Lack(Enum):
    """What a registration may still lack, as a message says it."""

    WORD = "chưa báo đã làm tới đâu"
    RESULT = "chưa có kết quả"
    STORY = "chưa có bài viết"
    PUBLISHED = "bài viết còn là bản nháp"


@dataclass(frozen=True)
class Step:
    """One registration with its story, None where it has none, and what it still lacks."""

    registration: Registration
    story: Story | None
    lacks: tuple[Lack, ...]


@dataclass(frozen=True)
class Tally:
    """How many were registered, and of those how many are at work, were recognised, and so on."""

    registered: int
    under_way: int
    recognised: int
    with_story: int
    replicated: int
    stopped: int
    lacking: int


@dataclass(frozen=True)
class CommuneProgress:
    """A commune's registrations in the order of their codes."""

    commune: Commune
    steps: tuple[Step, ...]

    @property
    def tally(self) -> Tally:
        return count(self.steps)

    @property
    def lacking(self) -> tuple[Step, ...]:
        """The registrations for which the commune still owes something."""
        return tuple(step for step in self.steps if step.lacks)


@dataclass(frozen=True)
class Progress:
    """The progress of a year on a day; communes in Vietnamese order, those that registered nothing too."""

    year: int
    day: date
    deadline: Deadline | None
    communes: tuple[CommuneProgress, ...]

    @property
    def total(self) -> Tally:
        return count(step for commune in self.communes for step in commune.steps)

    @property
    def days_late(self) -> int | None:
        """Days since the deadline; below zero while it lies ahead, None where there is none."""
        return (self.day - self.deadline.due).days if self.deadline else None

    def state(self, commune: CommuneProgress) -> str:
        """Return in a few words how a commune stands against the deadline."""
        if not commune.steps:
            return "chưa đăng ký"
        if not commune.lacking:
            return "đã đủ"
        return format_time_left(self.days_late)


def build_progress(content: Content, year: int) -> Progress:
    """Build the progress of a year's register as of the day of the content."""
    day = content.day
    register = content.registers.get(year)
    deadline = content.deadlines.get(year)
    by_commune: dict[Commune, list[Step]] = {}
    registrations = sorted(register.registrations if register else (), key=lambda one: one.by_code)
    for registration in registrations:
        story = content.stories_by_code.get(registration.code)
        step = Step(registration, story, _find_lacks(registration, story))
        if registration.commune:
            by_commune.setdefault(registration.commune, []).append(step)
    # A commune that has registered nothing is to be reminded too, if it was there in time.
    in_time = deadline.due if deadline else max((one.registered_on for one in registrations), default=day)
    communes = {c for c in content.vocabulary.communes if c.existed_on(in_time)} | by_commune.keys()
    ordered = sorted(communes, key=lambda commune: commune.sort_key)
    return Progress(year, day, deadline, tuple(CommuneProgress(c, tuple(by_commune.get(c, ()))) for c in ordered))


def _find_lacks(registration: Registration, story: Story | None) -> tuple[Lack, ...]:
    if registration.state is State.STOPPED:
        return ()
    lacks = (
        (Lack.WORD, registration.state is State.REGISTERED),
        (Lack.RESULT, not registration.result),
        (Lack.STORY, story is None),
        (Lack.PUBLISHED, story is not None and story.draft),
    )
    return tuple(lack for lack, is_lacking in lacks if is_lacking)


def count(steps: Iterable[Step]) -> Tally:
    """Count registrations, and what is stated of each; nothing follows from anything else."""
    steps = list(steps)
    registrations = [step.registration for step in steps]
    return Tally(
        registered=len(steps),
        under_way=sum(one.state is State.UNDER_WAY for one in registrations),
        recognised=sum(one.has(ActKind.RECOGNITION) for one in registrations),
        with_story=sum(step.story is not None and not step.story.draft for step in steps),
        replicated=sum(one.has(ActKind.REPLICATION) for one in registrations),
        stopped=sum(one.state is State.STOPPED for one in registrations),
        lacking=sum(bool(step.lacks) for step in steps),
    )


def numbers(tally: Tally) -> tuple[int, ...]:
    """Return the numbers of a tally in the order of HEADINGS."""
    return astuple(tally)


def format_time_left(days_late: int | None) -> str:
    """Return how much time is left or overdue, in words."""
    if days_late is None:
        return "chưa có hạn"
    if days_late > 0:
        return f"quá hạn {format_number(days_late)} ngày"
    return f"còn {format_number(-days_late)} ngày" if days_late else "hạn cuối hôm nay"


def format_deadline(progress: Progress) -> str:
    """Return a sentence on the deadline and how far it is from the day."""
    if not progress.deadline:
        example = f"- {{năm: {progress.year}, hạn báo cáo: 10/11/{progress.year}}}"
        return f"Năm {progress.year} chưa có hạn báo cáo; thêm vào content/danh-muc/ke-hoach.yaml một dòng “{example}”."
    basis = f", theo {progress.deadline.basis}" if progress.deadline.basis else ""
    left = format_time_left(progress.days_late)
    return f"Hạn báo cáo: {format_date(progress.deadline.due)} ({left} tính đến {format_date(progress.day)}){basis}."
