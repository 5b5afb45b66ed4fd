"""The table of kinds of places, with their tiers and abbreviations. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from functools import lru_cache

from plugins.vietnamese import fold, squash


class Tier(IntEnum):
    """The tiers of the state and, below them, hamlets."""

    HAMLET = 1
    COMMUNE = 2
    DISTRICT = 3
    PROVINCE = 4


@dataclass(frozen=True)
class PlaceKind:
    """A kind of place: the word before a name, and its abbreviations."""

    name: str
    tier: Tier
    spelled: tuple[str, ...] = ()


# In the order of lists.
PLACE_KINDS = (
    PlaceKind("xã", Tier.COMMUNE, ("x.",)),
    PlaceKind("phường", Tier.COMMUNE, ("P.",)),
    PlaceKind("thị trấn", Tier.COMMUNE, ("TT",)),
    PlaceKind("đặc khu", Tier.COMMUNE, ("ĐK",)),
    *(PlaceKind(name, Tier.HAMLET) for name in ("thôn", "buôn", "bon", "làng", "bản", "ấp", "khóm", "xóm", "sóc")),
    PlaceKind("khối", Tier.HAMLET),
    PlaceKind("khu phố", Tier.HAMLET, ("KP",)),
    PlaceKind("tiểu khu", Tier.HAMLET, ("TK",)),
    PlaceKind("tổ dân phố", Tier.HAMLET, ("TDP", "tổ")),
)
KINDS_BY_NAME = {kind.name: kind for kind in PLACE_KINDS}
# The levels of an office's unit. Until districts ended, a city or a town could be one.
LEVELS = {
    "tỉnh": Tier.PROVINCE,
    "thành phố": Tier.PROVINCE,
    "huyện": Tier.DISTRICT,
    "quận": Tier.DISTRICT,
    "thị xã": Tier.DISTRICT,
    **{kind.name: kind.tier for kind in PLACE_KINDS if kind.tier is Tier.COMMUNE},
}
# The levels of praise, from the lowest up; the Centre is above all tiers. By law a phường is on the tier of a xã.
PRAISING = {"thôn": Tier.HAMLET, "xã": Tier.COMMUNE, "huyện": Tier.DISTRICT, "tỉnh": Tier.PROVINCE, "trung ương": None}
DISTRICTS_ENDED = date(2025, 6, 30)
BELOW = {Tier.PROVINCE: Tier.COMMUNE, Tier.DISTRICT: Tier.COMMUNE, Tier.COMMUNE: Tier.HAMLET}

_PLACES = "|".join(sorted((squash(kind.name) for kind in PLACE_KINDS), key=len, reverse=True))
_HAMLETS = "|".join(squash(kind.name) for kind in PLACE_KINDS if kind.tier is Tier.HAMLET)
_NAMES_KINDS = re.compile(rf"(?:(?:{_PLACES})(?:va|hoac|hay)?)+")
_HAS_HAMLETS = re.compile(rf"(?:{_HAMLETS})(?:va|hoac|hay)?(?:(?:{_PLACES})(?:va|hoac|hay)?)*")


@lru_cache(maxsize=1024)
def heads_places(heading: str) -> Tier | None:
    """Return the tier of a heading that only names kinds of places: Xã, thị trấn; Thôn/buôn. None for any other."""
    name = squash(heading)
    if not _NAMES_KINDS.fullmatch(name):
        return None
    return Tier.HAMLET if _HAS_HAMLETS.fullmatch(name) else Tier.COMMUNE


def in_order(kinds: Iterable[PlaceKind]) -> tuple[PlaceKind, ...]:
    """Return the distinct kinds, in the order of the table."""
    found = set(kinds)
    return tuple(kind for kind in PLACE_KINDS if kind in found)


def bare_name(kind: PlaceKind, name: str) -> str:
    """Return a name without a leading kind: “1” for “Thôn 1” of a thôn."""
    words, first = name.split(), fold(kind.name).split()
    rest = words[len(first) :]
    is_kind = [fold(word) for word in words[: len(first)]] == first and " ".join(words[: len(first)]).lower()
    return " ".join(rest) if rest and is_kind == kind.name else name
