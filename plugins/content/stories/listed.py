"""What lists, counts, feeds and data ask of a story, whether it stands on this site or on another. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plugins.content.addresses.stories import is_address, same_story
from plugins.content.registers.act import PRAISES, ActKind
from plugins.vietnamese import sort_key

if TYPE_CHECKING:
    from datetime import date

    from plugins.content.registers.act import Act
    from plugins.content.stories.story import Result
    from plugins.content.vocabulary.terms import Commune, ExemplarKind, Field, Movement, Year
    from plugins.photos.photo import Photo

    Day = date  # which in a story is its own


class Listed:
    """A story as lists know it.

    `slug` tells it from all others, `anchor` is what its part of a page is called, `replicates` the slug of its origin,
    the address of one on another site, or "". `site` is the name of the site that it stands on, "" for this one,
    `place` where in its commune, "" for the whole.
    """

    __slots__ = ()

    if TYPE_CHECKING:

        @property
        def slug(self) -> str: ...
        @property
        def url(self) -> str: ...
        @property
        def title(self) -> str: ...
        @property
        def date(self) -> Day: ...
        @property
        def modified(self) -> Day: ...
        @property
        def year(self) -> Year: ...
        @property
        def fields(self) -> tuple[Field, ...]: ...
        @property
        def commune(self) -> Commune | None: ...
        @property
        def kind(self) -> ExemplarKind | None: ...
        @property
        def exemplar(self) -> str: ...
        @property
        def summary(self) -> str: ...
        @property
        def results(self) -> tuple[Result, ...]: ...
        @property
        def movements(self) -> tuple[Movement, ...]: ...
        @property
        def replicates(self) -> str: ...
        @property
        def anchor(self) -> str: ...
        @property
        def registration(self) -> str: ...
        @property
        def acts(self) -> tuple[Act, ...]: ...
        @property
        def undated(self) -> tuple[Act, ...]: ...
        @property
        def draft(self) -> bool: ...
        @property
        def sample(self) -> bool: ...
        @property
        def site(self) -> str: ...
        @property
        def place(self) -> str: ...
        @property
        def photo(self) -> Photo | None: ...

    @property
    def field(self) -> Field | None:
        """The main field, under which the story is counted."""
        return self.fields[0] if self.fields else None

    @property
    def pair(self) -> tuple[Commune, Field] | None:
        """The cell of the matrix in which the story is counted."""
        return (self.commune, self.fields[0]) if self.commune and self.fields else None

    def has(self, *kinds: ActKind) -> bool:
        """Tell whether an act of one of these kinds is stated of it, here or in its register."""
        return any(act.kind in kinds for act in self.acts)

    @property
    def is_from_elsewhere(self) -> bool:
        """Tell whether it replicates an exemplar of another site, by whose address `replicates` names it."""
        return is_address(self.replicates)

    @property
    def origin_slug(self) -> str:
        """The slug of what it replicates, which need not be known here; "" when it replicates nothing."""
        return same_story(self.replicates) if self.is_from_elsewhere else self.replicates

    @property
    def is_exemplar(self) -> bool:
        return self.kind is not None

    @property
    def is_recognised(self) -> bool:
        return self.has(ActKind.RECOGNITION)

    @property
    def honors(self) -> tuple[Act, ...]:
        """How it was praised or commended, those too of whose day only the year is known."""
        return tuple(act for act in (*self.acts, *self.undated) if act.kind in PRAISES)

    @property
    def results_line(self) -> str:
        """Its results as written, one after another."""
        return "; ".join(f"{result.quantity} {result.label}".strip() for result in self.results)

    @property
    def name(self) -> str:
        """The exemplar's name; a story that gives none goes by its title."""
        return self.exemplar or self.title

    @property
    def newest_first(self) -> tuple[Any, ...]:
        return -self.date.toordinal(), *self.by_title

    @property
    def by_title(self) -> tuple[Any, ...]:
        return sort_key(self.title), self.slug

    @property
    def by_name(self) -> tuple[Any, ...]:
        return sort_key(self.name), self.slug
