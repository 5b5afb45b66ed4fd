"""Stories of this site and others -> facets, matrices and chains of replication. Pure."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

from plugins.content.cross_checks import find_circles
from plugins.content.stories.listed import Listed
from plugins.content.stories.story import Story
from plugins.content.vocabulary.terms import KINDS, Commune, ExemplarKind, Field, Movement, Year
from plugins.content.vocabulary.vocabulary import Vocabulary
from plugins.exemplars.model.matrix import Matrix, build_matrix

Stories = tuple["Listed", ...]
Term = TypeVar("Term")
Some = TypeVar("Some", bound="Listed")


# Compared by identity: a chain may be a thousand deep, and a generated == would recurse down it.
@dataclass(frozen=True, eq=False)
class Chain:
    """An exemplar and the tree of exemplars replicated from it."""

    story: Listed
    copies: "tuple[Chain, ...]"

    @cached_property
    def size(self) -> int:
        """How many exemplars replicate this one, directly or not."""
        return sum(1 for _ in self.stories) - 1

    @property
    def stories(self) -> Iterator[Listed]:
        """The origin, then every copy, parents before children."""
        waiting = [self]
        while waiting:
            chain = waiting.pop()
            yield chain.story
            waiting += reversed(chain.copies)


@dataclass(frozen=True)
class Index:
    """The stories of one edition by every facet, newest first unless said otherwise."""

    vocabulary: Vocabulary
    everything: Stories  # of this site, and the exemplars gathered from others
    stories: tuple[Story, ...]  # of this site
    exemplars: Stories
    by_slug: dict[str, Listed]
    by_field: dict[Field, Stories]
    also_in_field: dict[Field, Stories]
    by_commune: dict[Commune, Stories]  # as the commune was on the story's day
    by_kind: dict[ExemplarKind, Stories]
    by_year: dict[Year, Stories]  # newest year first
    by_movement: dict[Movement, Stories]  # news too
    by_pair: dict[tuple[Commune, Field], Stories]
    copies: dict[str, Stories] = field(default_factory=dict)  # slug of the origin -> oldest first

    @cached_property
    def news(self) -> Stories:
        return tuple(story for story in self.stories if not story.is_exemplar)

    @cached_property
    def by_name(self) -> Stories:
        """The exemplars by name, in Vietnamese order."""
        return tuple(sorted(self.exemplars, key=lambda story: story.by_name))

    @cached_property
    def chains(self) -> tuple[Chain, ...]:
        """Every chain of replication from its origin, the largest first."""
        return tuple(sorted(map(self.chain, self._origins), key=lambda chain: (-chain.size, chain.story.by_name)))

    @cached_property
    def _origins(self) -> Stories:
        return tuple(story for story in self.exemplars if story.slug in self.copies and not self.origin(story))

    @cached_property
    def _chains(self) -> dict[str, Chain]:
        """The subtree of every story in a chain, by slug."""
        # Origins before their copies, then built from the end: no recursion, however deep the chain.
        ordered = list(self._origins)
        for story in ordered:
            ordered += self.copies.get(story.slug, ())
        built: dict[str, Chain] = {}
        for story in reversed(ordered):
            built[story.slug] = Chain(story, tuple(built[copy.slug] for copy in self.copies.get(story.slug, ())))
        return built

    @cached_property
    def _roots(self) -> dict[str, Listed]:
        return {story.slug: origin for origin in self._origins for story in self.chain(origin).stories}

    def origin(self, story: Listed) -> Listed | None:
        """Return the exemplar that this one copies, None when it copies none of this edition."""
        return self._origin_of.get(story.slug)

    @cached_property
    def _origin_of(self) -> dict[str, Listed]:
        return {copy.slug: self.by_slug[slug] for slug, copies in self.copies.items() for copy in copies}

    def is_copy(self, story: Listed) -> bool:
        """Tell whether it copies an exemplar of this edition, or names one on another site."""
        return story.slug in self._origin_of or story.is_from_elsewhere

    def root(self, story: Listed) -> Listed:
        """Return the origin of this exemplar's chain: itself when it copies none."""
        return self._roots.get(story.slug, story)

    def chain(self, story: Listed) -> Chain:
        """Return the exemplar with everything replicated from it, directly or not."""
        return self._chains.get(story.slug) or Chain(story, ())

    def related(self, story: Story, most: int = 3) -> Stories:
        """Return other stories to read next: of the same place and field, then of the field, then any."""
        near = [self.by_pair.get(story.pair, ()) if story.pair else ()]
        near += [self.by_field.get(story.field, ()) if story.field else (), self.stories]
        # Cut before joining, so that the time does not grow with the number of stories.
        found = dict.fromkeys(other for stories in near for other in stories[: most + 1] if other is not story)
        return tuple(found)[:most]

    def in_place(self, commune: Commune) -> Stories:
        """Return the exemplars of a commune: its own, then those of its predecessors."""
        return tuple(story for _, stories in self.by_predecessor(commune) for story in stories)

    def by_predecessor(self, commune: Commune, only: Field | None = None) -> list[tuple[Commune, Stories]]:
        """Return the commune's exemplars (of one field, if given), its own first, then each predecessor's."""
        lineage = [commune]
        for ancestor in lineage:
            lineage += self.vocabulary.predecessors(ancestor)
        if only:
            return [(place, self.by_pair.get((place, only), ())) for place in lineage]
        return [(place, self.by_commune.get(place, ())) for place in lineage]

    @cached_property
    def communes_then(self) -> tuple[Commune, ...]:
        """Communes that have ended, in Vietnamese order."""
        return tuple(sorted((one for one in self.vocabulary.communes if one.successor), key=lambda one: one.sort_key))

    @cached_property
    def communes_now(self) -> tuple[Commune, ...]:
        """Communes of today, in Vietnamese order."""
        now = (one for one in self.vocabulary.communes if not one.successor)
        return tuple(sorted(now, key=lambda one: one.sort_key))

    @cached_property
    def matrix_then(self) -> Matrix:
        """The matrix with each exemplar in the commune that existed on its day."""

        def own(commune: Commune, url: str) -> str:
            # The page of a commune with predecessors lists its own stories under an anchor.
            return f"{url}#{OWN_ANCHOR}" if self.vocabulary.predecessors(commune) else url

        return build_matrix(self.vocabulary.fields, (self.communes_then, self.communes_now), self.by_pair, own)

    @cached_property
    def matrix_now(self) -> Matrix:
        """The matrix with each exemplar in the commune that its place belongs to today."""
        today: dict[tuple[Commune, Field], list[Listed]] = {}
        for (commune, term), stories in self.by_pair.items():
            today.setdefault((self.vocabulary.today(commune), term), []).extend(stories)
        return build_matrix(self.vocabulary.fields, (self.communes_now,), today, lambda _, url: url)


# Anchor on a commune's page of the stories since it was formed.
OWN_ANCHOR = "tu-khi-thanh-lap"


def build_index(stories: Iterable[Listed], vocabulary: Vocabulary) -> Index:
    """Build the index of an edition's stories and of the exemplars gathered from other sites."""
    everything = tuple(sorted(stories, key=lambda story: story.newest_first))
    exemplars = tuple(story for story in everything if story.is_exemplar)
    by_slug = {story.slug: story for story in everything}
    return Index(
        vocabulary=vocabulary,
        everything=everything,
        stories=tuple(story for story in everything if isinstance(story, Story)),
        exemplars=exemplars,
        by_slug=by_slug,
        by_field=_group(exemplars, lambda story: story.field, vocabulary.fields),
        also_in_field=_file(exemplars, lambda story: story.fields[1:], vocabulary.fields),
        by_commune=_group(exemplars, lambda story: story.commune, vocabulary.communes),
        by_kind=_group(exemplars, lambda story: story.kind, KINDS),
        by_year=dict(sorted(_group(exemplars, lambda story: story.year).items(), key=lambda item: -item[0].number)),
        by_movement=_file(everything, lambda story: story.movements, vocabulary.movements),
        by_pair=_group(exemplars, lambda story: story.pair),
        copies=_find_copies(exemplars, by_slug),
    )


def oldest_first(story: Listed) -> tuple[Any, ...]:
    """Sort key: year, day, slug."""
    return story.year.number, story.date, story.slug


def _find_copies(exemplars: Stories, by_slug: Mapping[str, Listed]) -> dict[str, Stories]:
    """Return the copies of each exemplar by its slug, oldest first. In a circle of sites the oldest is the origin."""
    named = [story for story in exemplars if story.origin_slug in by_slug and by_slug[story.origin_slug].is_exemplar]
    origins = {story.slug: story.origin_slug for story in named}
    circles = find_circles(origins) if any(story.site for story in named) else ()
    begun = {min((by_slug[one] for one in circle), key=oldest_first).slug for circle in circles}
    copying = sorted((story for story in named if story.slug not in begun), key=oldest_first)
    return _group(copying, lambda story: story.origin_slug)


def _group(
    stories: Iterable[Some], key: Callable[[Some], Term | None], terms: Iterable[Term] = ()
) -> dict[Term, Stories]:
    """Put each story under its one term, when it has one."""
    return _file(stories, lambda story: [] if (term := key(story)) is None else [term], terms)


def _file(
    stories: Iterable[Some], keys: Callable[[Some], Iterable[Term]], terms: Iterable[Term] = ()
) -> dict[Term, Stories]:
    """Put each story under every one of its terms; each of `terms` has a group, be it empty."""
    groups: dict[Term, list[Any]] = {term: [] for term in terms}
    for story in stories:
        for term in keys(story):
            groups.setdefault(term, []).append(story)
    return {term: tuple(filed) for term, filed in groups.items()}
