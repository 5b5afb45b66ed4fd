"""The facts of a story that lists, counts, feeds and open data use, whichever site it is on. Pure."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from plugins.content.addresses.urls import is_address, same_story
from plugins.content.registers.act import PRAISES, Act, ActKind
from plugins.content.vocabulary.terms import Commune, ExemplarKind, Field, Movement, Year
from plugins.photos.photo import Photo
from plugins.vietnamese import sort_key

Day = date  # `date` is a field of a story


@dataclass(frozen=True)
class Result:
    """A key figure: its quantity as written (3,2 km), "" if none was given, and its label."""

    quantity: str
    label: str


# Compared and hashed by identity: there is one object per story, with thirty fields.
@dataclass(frozen=True, eq=False, kw_only=True, slots=True)
class Listed:
    """A story of this site or of another.

    `slug` is unique. `replicates` is the slug of the origin, the address of an origin on another site, or "". `site` is
    the name of the other site, "" for this one; `place` the place within its commune, "" for all of it. `acts` have
    happened by the day of the content; `undated` may have, their day being unknown. News has no `kind`.
    """

    slug: str
    title: str
    date: Day
    year: Year
    fields: tuple[Field, ...] = ()
    commune: Commune | None = None
    kind: ExemplarKind | None = None
    exemplar: str = ""
    summary: str = ""
    results: tuple[Result, ...] = ()
    movements: tuple[Movement, ...] = ()
    replicates: str = ""
    registration: str = ""
    acts: tuple[Act, ...] = ()
    undated: tuple[Act, ...] = ()
    draft: bool = False
    sample: bool = False
    site: str = ""
    place: str = ""

    if TYPE_CHECKING:

        @property
        def url(self) -> str: ...
        @property
        def modified(self) -> Day: ...

    @property
    def anchor(self) -> str:
        """The id of its entry within a page."""
        return self.slug

    @property
    def photo(self) -> Photo | None:
        """The lead photo; none is taken from other sites."""
        return None

    @property
    def field(self) -> Field | None:
        """The main field, in which the story is counted."""
        return self.fields[0] if self.fields else None

    @property
    def pair(self) -> tuple[Commune, Field] | None:
        """The cell of the matrix in which the story is counted."""
        return (self.commune, self.fields[0]) if self.commune and self.fields else None

    def has(self, *kinds: ActKind) -> bool:
        """Return whether it has an act of one of these kinds."""
        return any(act.kind in kinds for act in self.acts)

    @property
    def is_from_elsewhere(self) -> bool:
        """Whether it replicates an exemplar of another site."""
        return is_address(self.replicates)

    @property
    def origin_slug(self) -> str:
        """The slug of its origin, which may be unknown here; "" if it replicates nothing."""
        return same_story(self.replicates) if self.is_from_elsewhere else self.replicates

    @property
    def is_exemplar(self) -> bool:
        return self.kind is not None

    @property
    def is_recognised(self) -> bool:
        return self.has(ActKind.RECOGNITION)

    @property
    def honors(self) -> tuple[Act, ...]:
        """Its praise and awards, including those of unknown day."""
        return tuple(act for act in (*self.acts, *self.undated) if act.kind in PRAISES)

    @property
    def results_line(self) -> str:
        """Its results as written, in one line."""
        return "; ".join(f"{result.quantity} {result.label}".strip() for result in self.results)

    @property
    def name(self) -> str:
        """The name of the exemplar, by default its title."""
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
