"""Permanent ids of new places, from the name, with the kind if needed. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plugins.content.territory.kinds import KINDS_BY_NAME, Tier
from plugins.sources.folders import RESERVED
from plugins.vietnamese import slugify

if TYPE_CHECKING:
    from collections.abc import Iterable

    from plugins.starting.place_names import PastedPlace


def give_ids(places: Iterable[PastedPlace], taken: Iterable[str] = ()) -> list[tuple[str, PastedPlace]]:
    """Return each place with a unique id that is not taken: dong-xuan for a commune, thon-1 for a hamlet."""
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
