"""Restrict content to its day, for documents signed on that day. Pure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from plugins.content.registers.registration import Register
from plugins.content.stories.story import Story
from plugins.content.vocabulary.terms import tell_apart

if TYPE_CHECKING:
    from datetime import date

    from plugins.content.content import Content, Source
    from plugins.content.vocabulary.terms import Commune


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
    sources: dict[str, Source] = {}
    for path, source in content.sources.items():
        if isinstance(source, Story):
            if source.date > day:
                continue
            commune = source.commune and places.get(source.commune.id, source.commune)
            sources[path] = replace(source, commune=commune)
        else:
            sources[path] = source
    gathered = tuple(
        one if (commune := places.get(one.commune.id, one.commune)) is one.commune else replace(one, commune=commune)
        for one in content.gathered
        if one.date <= day
    )
    registers = {
        year: Register(
            year,
            tuple(
                replace(one, commune=one.commune and places.get(one.commune.id, one.commune))
                for one in register.registrations
            ),
        )
        for year, register in content.registers.items()
    }
    vocabulary = replace(content.vocabulary, communes=tuple(places.values()))
    papers = {
        year: tuple(replace(one, commune=places.get(one.commune.id, one.commune)) for one in received)
        for year, received in content.papers.items()
    }
    return replace(
        content, vocabulary=vocabulary, sources=sources, registers=registers, papers=papers, gathered=gathered
    )


def _then(commune: Commune, day: date) -> Commune | None:
    """Return a commune as known on a day; None if it was formed later."""
    if commune.since and commune.since > day:
        return None
    if commune.until and commune.until >= day:
        return replace(commune, until=None, successor=None, resolution=None, age="")
    return commune
