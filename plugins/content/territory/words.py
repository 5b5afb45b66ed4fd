"""What places are called together, by their kinds: in a list, at the head of a column, one of them, as a key. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from plugins.content.territory.kinds import KINDS_BY_NAME, PRAISING, PlaceKind, Tier, in_order
from plugins.vietnamese import capitalize

if TYPE_CHECKING:
    from collections.abc import Iterable

    from plugins.content.vocabulary.terms import Commune

_COMMUNE, _TOWN = KINDS_BY_NAME["xã"], KINDS_BY_NAME["thị trấn"]
USUAL_HAMLETS = tuple(KINDS_BY_NAME[name] for name in ("thôn", "buôn", "bon", "tổ dân phố"))
# The key of a story and the column of a register that any site takes, whatever its places are.
LASTING_KEY = "Xã"
ANY_PLACE = "Địa bàn"


@dataclass(frozen=True)
class Words:
    """The words for places of these kinds.

    `tier` is that of their office, `area` the name of its own place, "" while nobody has named it, and `example` that
    of one of the places; `hamlet_kinds` are of what is nearest to people. `had_districts` where something of the site
    is from before they ended.
    """

    kinds: tuple[PlaceKind, ...] = (_COMMUNE,)
    area: str = ""
    tier: Tier | None = None
    example: str = ""
    hamlet_kinds: tuple[PlaceKind, ...] = USUAL_HAMLETS
    had_districts: bool = True

    @cached_property
    def listed(self) -> str:
        """All of their kinds, within a sentence: xã, thị trấn."""
        return ", ".join(kind.name for kind in self.kinds)

    @cached_property
    def heading(self) -> str:
        """The same at the head of a column or a page."""
        return capitalize(self.listed)

    @cached_property
    def one(self) -> str:
        """Any one of them, within a sentence: a town is one among communes, hamlets of several kinds have one name."""
        if len(self.kinds) == 1 or set(self.kinds) == {_COMMUNE, _TOWN}:
            return self.kinds[0].name
        return "khu dân cư" if self.is_hamlets else "địa phương"

    @cached_property
    def title(self) -> str:
        """Any one of them, as a sentence begins."""
        return capitalize(self.one)

    @cached_property
    def key(self) -> str:
        """The key of a story that names its place."""
        return capitalize(self.kinds[0].name) if self.one == self.kinds[0].name else ANY_PLACE

    @cached_property
    def column(self) -> str:
        """The column of a register that names a place."""
        return self.key if self.key != ANY_PLACE else self.heading

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """Every key under which a story, or column under which a register, may name a place."""
        names = (LASTING_KEY, ANY_PLACE, self.heading, self.title, *(capitalize(kind.name) for kind in self.kinds))
        return tuple(name for name in dict.fromkeys(names) if name != self.key)

    @property
    def is_hamlets(self) -> bool:
        return all(kind.tier is Tier.HAMLET for kind in self.kinds)

    def beside(self, places: Iterable[Commune]) -> Words:
        """Return the same for these places too, of whatever kinds."""
        return replace(self, kinds=in_order((*self.kinds, *(place.kind for place in places))))

    @property
    def hamlets(self) -> tuple[str, ...]:
        return tuple(kind.name for kind in self.hamlet_kinds)

    @cached_property
    def everywhere(self) -> str:
        """The places and what lies in them, within a sentence: xã, thôn, buôn."""
        return ", ".join(self.hamlets if self.is_hamlets else (self._above, *self.hamlets))

    @cached_property
    def address(self) -> str:
        """What somebody gives who is asked where they live, from the nearest up."""
        return ", ".join(self.hamlets) + ("" if self.is_hamlets else f"; {self._above}")

    @property
    def _above(self) -> str:
        return self.one if self.one == self.kinds[0].name else self.listed

    @cached_property
    def levels(self) -> tuple[str, ...]:
        """Who may commend, as this office may be told of: a province hears of no hamlet, and no district is left."""
        gone = {Tier.DISTRICT} if not self.had_districts else set()
        gone |= {Tier.HAMLET} if self.tier is Tier.PROVINCE else set()
        return tuple(level for level, tier in PRAISING.items() if tier not in gone)

    @property
    def here(self) -> str:
        """Where all of them are, to be put after a word; "" while nobody has named it."""
        return f" ở {self.area}" if self.area else ""


def kind_words(places: Iterable[Commune]) -> Words:
    """Return the words for the kinds of these places alone."""
    return Words(in_order(place.kind for place in places))
