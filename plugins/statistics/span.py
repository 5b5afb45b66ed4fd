"""Spans of days, and the acts and stories within one. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from plugins.content.members.exemplars import GatheredExemplar
from plugins.content.stories.story import Story
from plugins.vietnamese import format_date

if TYPE_CHECKING:
    from collections.abc import Iterable

    from plugins.content.registers.act import Act
    from plugins.content.registers.registration import Registration
    from plugins.content.stories.listed import Listed


@dataclass(frozen=True)
class Span:
    """The days from `first` to `last`, inclusive."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    @property
    def years(self) -> range:
        return range(self.first.year, self.last.year + 1)

    @property
    def title(self) -> str:
        """Both days, or the year if it is a whole one."""
        if (self.first, self.last) == (date(self.first.year, 1, 1), date(self.first.year, 12, 31)):
            return f"năm {self.first.year}"
        return f"từ ngày {format_date(self.first)} đến ngày {format_date(self.last)}"

    def has(self, act: Act) -> bool:
        """Return whether an act certainly happened within it, by its day or else by its year."""
        if act.day:
            return act.day in self
        return self.first <= date(act.year, 1, 1) and date(act.year, 12, 31) <= self.last

    def may_have(self, act: Act) -> bool:
        """Return whether an act without a day may or may not have happened within it."""
        return act.day is None and act.year in self.years and not self.has(act)

    def registers(self, one: Registration) -> bool:
        """Return whether a registration falls within it, by its day moved into the year of its register."""
        return _within(one.registered_on, one.year) in self

    def tells(self, story: Listed) -> bool:
        """Return whether a story falls within it, by its day moved into its year."""
        return story.date <= self.last and _within(story.date, story.year.number) in self


def _within(day: date, year: int) -> date:
    """Return the day of a year nearest to a day."""
    return min(max(day, date(year, 1, 1)), date(year, 12, 31))


@dataclass(frozen=True)
class Apart:
    """An act or story that no table counts, and the exemplar it is of."""

    of: str
    what: str


def keep_within(acts: Iterable[Act], span: Span) -> tuple[Act, ...]:
    """Return the acts that certainly happened within a span."""
    return tuple(act for act in acts if span.has(act))


def trim_story(story: Listed, span: Span) -> Listed:
    """Return a story with only the acts within a span."""
    acts = keep_within((*story.acts, *story.undated), span)
    if isinstance(story, Story):
        return replace(story, acts=acts, undated=())
    return replace(story, acts=acts) if isinstance(story, GatheredExemplar) else story
