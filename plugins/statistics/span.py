"""What happened within a span of days: each thing by its stated day, what cannot be placed named apart. Pure."""

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
    """From one day to another, both counted in."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    @property
    def years(self) -> range:
        return range(self.first.year, self.last.year + 1)

    @property
    def title(self) -> str:
        """Both days, or the year that they are."""
        if (self.first, self.last) == (date(self.first.year, 1, 1), date(self.first.year, 12, 31)):
            return f"năm {self.first.year}"
        return f"từ ngày {format_date(self.first)} đến ngày {format_date(self.last)}"

    def has(self, act: Act) -> bool:
        """Tell whether an act certainly happened within: on its day, or, without one, in a year that lies within."""
        if act.day:
            return act.day in self
        return self.first <= date(act.year, 1, 1) and date(act.year, 12, 31) <= self.last

    def may_have(self, act: Act) -> bool:
        """Tell whether an act whose day is unknown may have happened within, and may not."""
        return act.day is None and act.year in self.years and not self.has(act)

    def registers(self, one: Registration) -> bool:
        """Tell whether something was registered within: on its day, which counts in the year of its register."""
        return _within(one.registered_on, one.year) in self

    def tells(self, story: Listed) -> bool:
        """Tell whether a story of these years was told within: on its day, which counts in the year that it is of."""
        return story.date <= self.last and _within(story.date, story.year.number) in self


def _within(day: date, year: int) -> date:
    """Return a day, or the end of a year that is nearest to it: what is filed under a year counts in no other."""
    return min(max(day, date(year, 1, 1)), date(year, 12, 31))


@dataclass(frozen=True)
class Apart:
    """Something that no table counts, and why: what it is about and what it was."""

    of: str
    what: str


def keep_within(acts: Iterable[Act], span: Span) -> tuple[Act, ...]:
    """Return what certainly happened within a span."""
    return tuple(act for act in acts if span.has(act))


def trim_story(story: Listed, span: Span) -> Listed:
    """Return a story of which nothing is stated but what happened within a span."""
    acts = keep_within((*story.acts, *story.undated), span)
    if isinstance(story, Story):
        return replace(story, acts=acts, undated=())
    return replace(story, acts=acts) if isinstance(story, GatheredExemplar) else story
