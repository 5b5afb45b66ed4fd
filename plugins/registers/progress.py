"""The progress of a year's registrations, and the papers that each commune still owes. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from plugins.content.content import Content
from plugins.content.registers.act import ActKind
from plugins.content.registers.paper import INSPECTIONS, OWED, Paper, PaperKind
from plugins.content.registers.registration import Registration, State
from plugins.content.registers.schedule import Deadline, Schedule
from plugins.content.sent import NONE_SENT, SentCount, count_sent, in_year
from plugins.content.stories.story import Story
from plugins.content.territory.words import Words
from plugins.content.vocabulary.terms import Commune
from plugins.vietnamese import format_number


@dataclass(frozen=True)
class Due:
    """A paper that a commune owes; `deadline` None if no day is set, `received_on` None until it comes."""

    kind: PaperKind
    deadline: Deadline | None
    received_on: date | None

    def days_late(self, day: date) -> int | None:
        """Return its delay in days, until `day` if it is missing; negative before the deadline, None without."""
        return ((self.received_on or day) - self.deadline.last).days if self.deadline else None


def list_dues(
    content: Content, year: int, commune: Commune, registered: Sequence[Registration], otherwise: date
) -> Iterator[Due]:
    """Yield the papers that a commune owes in the year, or has sent unasked; `otherwise` stands for a deadline."""
    schedule, papers = content.schedules.get(year), content.papers.get(year, ())
    has_ended = commune.until is not None and commune.until < content.day
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
            came = came or (_days_of(papers, content.vocabulary.today(commune), kind) if is_asked else [])
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


class Lack(Enum):
    """Something that a registration still lacks, as worded in a message."""

    WORD = "chưa báo tiến độ thực hiện"
    RESULT = "chưa có kết quả"
    STORY = "đã được công nhận mà chưa có tin, bài"
    PUBLISHED = "tin, bài còn là bản nháp"


@dataclass(frozen=True)
class Step:
    """A registration with its story, if any, and its missing parts."""

    registration: Registration
    story: Story | None
    lacks: tuple[Lack, ...]


@dataclass(frozen=True)
class Tally:
    """Counts of registrations by their state and acts, and of stories sent to the committee above, and used."""

    registered: int
    under_way: int
    recognised: int
    with_story: int
    replicated: int
    stopped: int
    lacking: int
    sent: int = 0
    used: int = 0


@dataclass(frozen=True)
class CommuneProgress:
    """A commune's papers, registrations by code and minutes of inspections; `now` is its successor by the day."""

    commune: Commune
    now: Commune
    dues: tuple[Due, ...]
    steps: tuple[Step, ...]
    inspections: tuple[Paper, ...] = ()
    sent: SentCount = NONE_SENT

    @property
    def tally(self) -> Tally:
        return count(self.steps, self.sent)

    @property
    def missing(self) -> tuple[Due, ...]:
        return tuple(due for due in self.dues if due.received_on is None)

    @property
    def lacking(self) -> tuple[Step, ...]:
        return tuple(step for step in self.steps if step.lacks)

    @property
    def is_complete(self) -> bool:
        return not (self.missing or self.lacking)


@dataclass(frozen=True)
class Progress:
    """The progress of a year on a day, with communes in Vietnamese order, even those that registered nothing."""

    year: int
    day: date
    schedule: Schedule | None
    communes: tuple[CommuneProgress, ...]
    own: tuple[Step, ...]  # of the office and its units
    words: Words = field(default_factory=Words)
    sent: SentCount = NONE_SENT
    own_sent: SentCount = NONE_SENT  # stories of no place

    @property
    def total(self) -> Tally:
        return count([*self.own, *(step for commune in self.communes for step in commune.steps)], self.sent)

    @property
    def own_tally(self) -> Tally:
        return count(self.own, self.own_sent)

    @property
    def days_late(self) -> int | None:
        """Days since the deadline of reports, negative before it; None without one."""
        report = self.schedule.deadline(PaperKind.REPORT) if self.schedule else None
        return (self.day - report.last).days if report else None

    def days_overdue(self, commune: CommuneProgress) -> int | None:
        """Return the delay in days of the paper most overdue; None if no paper with a deadline is missing."""
        late = [days for due in commune.missing if (days := due.days_late(self.day)) is not None]
        return max(late, default=None)

    def state(self, commune: CommuneProgress) -> str:
        """Return a commune's state in a few words."""
        if commune.is_complete:
            return "đã đủ"
        if any(due.kind is PaperKind.REGISTRATION for due in commune.missing):
            return "chưa đăng ký"
        if not commune.missing:
            return "thiếu nội dung"
        return format_time_left(self.days_overdue(commune))


def known_years(content: Content) -> list[int]:
    """Return the years with a register, papers or deadlines, latest first."""
    return sorted({*content.registers, *content.papers, *content.schedules}, reverse=True)


def build_progress(content: Content, year: int) -> Progress:
    """Build the progress of a year as of the day of the content."""
    day, schedule = content.day, content.schedules.get(year)
    register, papers = content.registers.get(year), content.papers.get(year, ())
    registrations = sorted(register.registrations if register else (), key=lambda one: one.by_code)
    # No story is asked for if it was taken down.
    gone = {one.registration for one in content.gone.values()}
    steps = []
    for registration in registrations:
        story = content.stories_by_code.get(registration.code)
        steps.append(Step(registration, story, _find_lacks(registration, story, is_gone=registration.code in gone)))
    followed = []
    sendings, stories = in_year(content.sendings, year), [one for one in content.stories if not one.draft]
    # On this day a commune must exist to owe a paper without a deadline.
    otherwise = max((one.registered_on for one in registrations), default=day)
    if schedule and (deadline := schedule.deadline(PaperKind.REPORT)):
        otherwise = deadline.last
    kinds = content.vocabulary.words_in(year).kinds
    for commune in sorted(content.vocabulary.communes, key=lambda commune: commune.sort_key):
        own = tuple(step for step in steps if step.registration.commune == commune)
        now = content.vocabulary.today(commune)
        dues = tuple(list_dues(content, year, commune, [step.registration for step in own], otherwise))
        inspections = tuple(one for one in papers if one.commune == commune and one.kind in INSPECTIONS)
        sent = count_sent(sendings, (one for one in stories if one.commune == commune))
        # The commune whose office runs the site owes itself no papers.
        if own or inspections or sent.sent or (dues and commune.kind in kinds):
            followed.append(CommuneProgress(commune, now, dues, own, inspections, sent))
    office = tuple(step for step in steps if step.registration.commune is None)
    words = content.vocabulary.words_in(year).beside(one.commune for one in followed)
    all_sent = count_sent(sendings, stories)
    own_sent = count_sent(sendings, (one for one in stories if one.commune is None))
    return Progress(year, day, schedule, tuple(followed), office, words, all_sent, own_sent)


def _find_lacks(registration: Registration, story: Story | None, *, is_gone: bool) -> tuple[Lack, ...]:
    if registration.is_stopped:
        return ()
    is_to_be_told = registration.has(ActKind.RECOGNITION) and not is_gone
    lacks = (
        (Lack.WORD, registration.state is State.REGISTERED),
        (Lack.RESULT, not registration.result),
        (Lack.STORY, is_to_be_told and story is None),
        (Lack.PUBLISHED, is_to_be_told and story is not None and story.draft),
    )
    return tuple(lack for lack, is_lacking in lacks if is_lacking)


def count(steps: Iterable[Step], sent: SentCount = NONE_SENT) -> Tally:
    """Count registrations by their stated acts; nothing is inferred."""
    steps = list(steps)
    registrations = [step.registration for step in steps]
    return Tally(
        registered=len(steps),
        under_way=sum(one.state is State.UNDER_WAY for one in registrations),
        recognised=sum(one.has(ActKind.RECOGNITION) for one in registrations),
        with_story=sum(step.story is not None and not step.story.draft for step in steps),
        replicated=sum(one.has(ActKind.REPLICATION) for one in registrations),
        stopped=sum(one.is_stopped for one in registrations),
        lacking=sum(bool(step.lacks) for step in steps),
        sent=sent.sent,
        used=sent.used,
    )
