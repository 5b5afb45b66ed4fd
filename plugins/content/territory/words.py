"""Words for places by their kinds: in lists, headings, keys and columns. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from plugins.content.territory.kinds import KINDS_BY_NAME, PRAISING, PlaceKind, Tier, in_order
from plugins.content.vocabulary.terms import Commune
from plugins.vietnamese import capitalize

_COMMUNE, _TOWN = KINDS_BY_NAME["xã"], KINDS_BY_NAME["thị trấn"]
USUAL_HAMLETS = tuple(KINDS_BY_NAME[name] for name in ("thôn", "buôn", "bon", "tổ dân phố"))
# The key of a story and the column of a register that every site accepts.
LASTING_KEY = "Xã"
ANY_PLACE = "Địa bàn"


@dataclass(frozen=True)
class Words:
    """The words for places of some kinds.

    `tier` is that of their office, `area` the name of its area or "", `example` the name of one of the places,
    `hamlet_kinds` the kinds of its hamlets. `had_districts` if the site has content from before districts ended.
    """

    kinds: tuple[PlaceKind, ...] = (_COMMUNE,)
    area: str = ""
    tier: Tier | None = None
    example: str = ""
    hamlet_kinds: tuple[PlaceKind, ...] = USUAL_HAMLETS
    had_districts: bool = True

    @cached_property
    def listed(self) -> str:
        """The kinds within a sentence: xã, thị trấn."""
        return ", ".join(kind.name for kind in self.kinds)

    @cached_property
    def heading(self) -> str:
        """The kinds as a heading."""
        return capitalize(self.listed)

    @cached_property
    def one(self) -> str:
        """The word for any of the places, within a sentence."""
        if len(self.kinds) == 1 or set(self.kinds) == {_COMMUNE, _TOWN}:
            return self.kinds[0].name
        return "khu dân cư" if self.is_hamlets else "địa phương"

    @cached_property
    def title(self) -> str:
        """The same at the start of a sentence."""
        return capitalize(self.one)

    @cached_property
    def key(self) -> str:
        """The key of a story for its place."""
        return capitalize(self.kinds[0].name) if self.one == self.kinds[0].name else ANY_PLACE

    @cached_property
    def column(self) -> str:
        """The column of a register for a place."""
        return self.key if self.key != ANY_PLACE else self.heading

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """Other names of that key and column."""
        names = (LASTING_KEY, ANY_PLACE, self.heading, self.title, *(capitalize(kind.name) for kind in self.kinds))
        return tuple(name for name in dict.fromkeys(names) if name != self.key)

    @property
    def is_hamlets(self) -> bool:
        return all(kind.tier is Tier.HAMLET for kind in self.kinds)

    def beside(self, places: Iterable[Commune]) -> "Words":
        """Return the words for the kinds of these places too."""
        return replace(self, kinds=in_order((*self.kinds, *(place.kind for place in places))))

    @property
    def hamlets(self) -> tuple[str, ...]:
        return tuple(kind.name for kind in self.hamlet_kinds)

    @cached_property
    def everywhere(self) -> str:
        """The places and the hamlets in them, within a sentence: xã, thôn, buôn."""
        return ", ".join(self.hamlets if self.is_hamlets else (self._above, *self.hamlets))

    @cached_property
    def address(self) -> str:
        """The parts of a home address, from the lowest tier up."""
        return ", ".join(self.hamlets) + ("" if self.is_hamlets else f"; {self._above}")

    @property
    def _above(self) -> str:
        return self.one if self.one == self.kinds[0].name else self.listed

    @cached_property
    def levels(self) -> tuple[str, ...]:
        """The levels of praise for this office: no hamlets for a province, no districts after they ended."""
        gone = {Tier.DISTRICT} if not self.had_districts else set()
        gone |= {Tier.HAMLET} if self.tier is Tier.PROVINCE else set()
        return tuple(level for level, tier in PRAISING.items() if tier not in gone)

    @property
    def here(self) -> str:
        """The phrase for the area, to follow a word; "" if it has no name."""
        return f" ở {self.area}" if self.area else ""


def kind_words(places: Iterable[Commune]) -> Words:
    """Return the words for the kinds of these places."""
    return Words(in_order(place.kind for place in places))
