"""Events of the calendar: deadlines, reviews, postings, visits, and the office's own entries. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from hashlib import sha256
from itertools import chain

from plugins.content.agenda import Hours, Meeting
from plugins.content.content import Content, as_of_its_day
from plugins.content.registers.act import ActKind
from plugins.content.registers.paper import OWED
from plugins.content.registers.registration import Registration
from plugins.content.registers.schedule import Schedule
from plugins.registers.progress import Progress, build_progress
from plugins.registers.reminder import commune_name
from plugins.vietnamese import format_number

_MOST_NAMED = 12  # further names are counted only


class EventKind(Enum):
    """The kind of an event, as the page and the file name it."""

    DEADLINE = "hạn"
    REVIEW = "bình xét"
    POSTING = "niêm yết"
    VISIT = "thăm"
    OTHER = "việc của cơ quan"


@dataclass(frozen=True)
class Event:
    """An event, up to `until`; `key` identifies it when its words change, `overdue` names late communes, or is ""."""

    kind: EventKind
    day: date
    title: str
    key: str
    until: date | None = None
    hours: Hours | None = None
    place: str = ""
    who: str = ""
    note: str = ""
    overdue: str = ""

    @property
    def last(self) -> date:
        return self.until or self.day

    @property
    def uid(self) -> str:
        """The identifier by which calendar programs update the event when the file is imported again."""
        return f"{sha256(self.key.encode()).hexdigest()[:24]}@lich.dan-van-kheo"


def list_events(content: Content) -> tuple[Event, ...]:
    """Return all events in the order of their days."""
    deadlines = (_deadlines(content, year, schedule) for year, schedule in sorted(content.schedules.items()))
    reviews = map(_reviews, content.registrations().values())
    notes = (_note(content, meeting) for meeting in content.meetings)
    events = chain(*deadlines, *reviews, notes)
    ordered = sorted(events, key=lambda one: (one.day, one.hours is not None, one.hours or (), one.title))
    return tuple(_number_keys(ordered))


def _deadlines(content: Content, year: int, schedule: Schedule) -> Iterator[Event]:
    progress = build_progress(as_of_its_day(content), year)
    basis = f"theo {schedule.basis}" if schedule.basis else ""
    for kind in OWED:
        if deadline := schedule.deadline(kind):
            title = f"Hạn gửi {kind.label} năm {year} của các {progress.words.listed}"
            late = _late(progress, kind, without={identifier for identifier, other in schedule.apart if other is kind})
            key = f"han {year} {kind.name}"
            yield Event(EventKind.DEADLINE, deadline.last, title, key, note=basis, overdue=late)
    for (identifier, kind), deadline in schedule.apart.items():
        commune = content.vocabulary.commune(identifier)
        title = f"Hạn gửi {kind.label} năm {year} của {commune.full_name}"
        late = _late(progress, kind, only={identifier})
        key = f"han {year} {kind.name} {identifier}"
        yield Event(EventKind.DEADLINE, deadline.last, title, key, note=basis, overdue=late)


def _late(progress: Progress, kind: object, only: set[str] | None = None, without: Iterable[str] = ()) -> str:
    """Return the communes whose paper of a kind is overdue, of `only` these or of all `without` those."""
    late = [
        commune_name(progress, one)
        for one in progress.communes
        if (only is None or one.commune.id in only) and one.commune.id not in without
        for due in one.missing
        if due.kind is kind and (due.days_late(progress.day) or 0) > 0
    ]
    named = ", ".join(late[:_MOST_NAMED])
    more = len(late) - _MOST_NAMED
    return f"chưa gửi: {named}{f' và {format_number(more)} nơi khác' if more > 0 else ''}" if late else ""


def _reviews(one: Registration) -> Iterator[Event]:
    """Yield the reviews of an exemplar, and the last days on which it is posted for comment."""
    of = f"{one.name} ({one.code}{', ' + one.place_name if one.place_name else ''})"
    note = "số liệu mẫu" if one.sample else ""
    for act in one.acts:
        if act.kind is not ActKind.REVIEW:
            continue
        if act.day:
            key = f"binh-xet {one.code} {act.day}"
            yield Event(EventKind.REVIEW, act.day, f"Bình xét: {of}", key, note=note)
        if act.posted_until:
            begin = act.day if act.day and act.day <= act.posted_until else act.posted_until
            key = f"niem-yet {one.code} {begin}"
            title = f"Ngày cuối niêm yết: {of}"
            yield Event(EventKind.POSTING, act.posted_until, title, key, place=act.posted_at, note=note)


def _note(content: Content, meeting: Meeting) -> Event:
    names = {story.slug: story.name for story in content.stories}
    kind, visit = EventKind.OTHER, ""
    if meeting.visit:
        kind = EventKind.VISIT
        origin, copy = (names.get(slug, slug) for slug in (meeting.visit.origin, meeting.visit.copy))
        visit = f"{copy} thăm, học cách làm của {origin}"
    title = meeting.what or visit[:1].upper() + visit[1:]
    note = visit if meeting.what else ""
    key = f"viec {meeting.day} {title}"
    return Event(kind, meeting.day, title, key, meeting.until, meeting.hours, meeting.place, meeting.who, note)


def _number_keys(events: Iterable[Event]) -> Iterator[Event]:
    """Yield the events, with a number added to each repeated key."""
    seen: dict[str, int] = {}
    for event in events:
        number = seen[event.key] = seen.get(event.key, 0) + 1
        yield event if number == 1 else replace(event, key=f"{event.key} {number}")
