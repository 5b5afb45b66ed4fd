"""What places are called together, by their kinds: in a list, at the head of a column, one of them, as a key. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from plugins.content.territory.kinds import KINDS_BY_NAME, PlaceKind, Tier
from plugins.vietnamese import capitalize

_COMMUNE, _TOWN = KINDS_BY_NAME["xã"], KINDS_BY_NAME["thị trấn"]
# The key of a story and the column of a register that any site takes, whatever its places are.
LASTING_KEY = "Xã"
ANY_PLACE = "Địa bàn"


@dataclass(frozen=True)
class Words:
    """The words for places of these kinds, and for the office's own place, `area`: "" while nobody has named it."""

    kinds: tuple[PlaceKind, ...] = (_COMMUNE,)
    area: str = ""

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

    @property
    def is_hamlets(self) -> bool:
        return all(kind.tier is Tier.HAMLET for kind in self.kinds)

    @property
    def here(self) -> str:
        """Where all of them are, to be put after a word; "" while nobody has named it."""
        return f" ở {self.area}" if self.area else ""
