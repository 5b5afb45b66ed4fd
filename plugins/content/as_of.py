"""Restrict content to its day, for documents signed on that day. Pure."""

from dataclasses import replace
from datetime import date
from typing import TypeVar

from plugins.content.content import Content
from plugins.content.members.exemplars import GatheredExemplar
from plugins.content.registers.paper import Paper
from plugins.content.registers.registration import Register, Registration
from plugins.content.stories.story import Story
from plugins.content.vocabulary.terms import Commune, tell_apart

Placed = TypeVar("Placed", Story, Registration, Paper, GatheredExemplar)


def as_of_its_day(content: Content) -> Content:
    """Return content without later stories, later communes, and later ends of communes; the same object if none.

    Registrations and acts are as of the day already.
    """
    day = content.day
    is_later = any(story.date > day for story in content.listed)
    if not is_later and all(_then(commune, day) is commune for commune in content.vocabulary.communes):
        return content
    known = [then for commune in content.vocabulary.communes if (then := _then(commune, day))]
    places = {commune.id: commune for commune in tell_apart(known)}

    def placed(one: Placed) -> Placed:
        place = one.commune and places.get(one.commune.id, one.commune)
        return one if place is one.commune else replace(one, commune=place)

    sources = {path: one for path, one in content.sources.items() if not (isinstance(one, Story) and one.date > day)}
    registers = content.registers.items()
    return replace(
        content,
        vocabulary=replace(content.vocabulary, communes=tuple(places.values())),
        sources={path: placed(one) if isinstance(one, Story) else one for path, one in sources.items()},
        registers={year: Register(year, tuple(map(placed, one.registrations))) for year, one in registers},
        papers={year: tuple(map(placed, received)) for year, received in content.papers.items()},
        gathered=tuple(placed(one) for one in content.gathered if one.date <= day),
    )


def _then(commune: Commune, day: date) -> Commune | None:
    """Return a commune as known on a day; None if it was formed later."""
    if commune.since and commune.since > day:
        return None
    if commune.until and commune.until >= day:
        return replace(commune, until=None, successor=None, resolution=None, age="")
    return commune
