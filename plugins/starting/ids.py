"""Ids of new places, which stay in their addresses for ever: by the name, with the kind where that is needed. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plugins.content.territory.kinds import KINDS_BY_NAME, Tier
from plugins.sources.folders import RESERVED
from plugins.vietnamese import slugify

if TYPE_CHECKING:
    from collections.abc import Iterable

    from plugins.starting.places import Place


def give_ids(places: Iterable[Place], taken: Iterable[str] = ()) -> list[tuple[str, Place]]:
    """Return each place with an id of its own that is not taken: of a commune dong-xuan, of a hamlet thon-1."""
    used = {*taken, *RESERVED}
    given = []
    for place in places:
        full = slugify(f"{place.kind} {place.name}")
        bare = slugify(place.name) if KINDS_BY_NAME[place.kind].tier is Tier.COMMUNE else full
        wanted = (bare, full, *(f"{full}-{number}" for number in range(2, len(used) + 3)))
        identifier = next(one for one in wanted if one not in used)
        used.add(identifier)
        given.append((identifier, place))
    return given
