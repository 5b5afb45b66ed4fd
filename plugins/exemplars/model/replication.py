"""Who learned from whom: chains by field, counts by commune, and exemplars that wait to be copied. Pure.

A chain may hold a thousand exemplars: nothing here recurses deeper than DEEPEST, and the time for each part of a page
grows with the part alone.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

from plugins.content.addresses.sections import REPLICATION
from plugins.content.addresses.urls import same_story
from plugins.content.members.members import Replica
from plugins.content.stories.listed import Listed
from plugins.content.vocabulary.terms import Commune, Field
from plugins.exemplars.model.index import Chain, Index, Stories, oldest_first
from plugins.exemplars.model.listing import page_url

CHAINS_PER_PAGE = 12
# The eye follows nested lists this deep; deeper copies are listed side by side and name their origin.
DEEPEST = 5
# The most copies of a chain shown beside a story or on a commune's page; the page of chains has the rest.
MOST_BESIDE = 12


@dataclass(frozen=True)
class ReplicationCounts:
    """Of one place, how many exemplars others copied, how many copy another, and how many wait to be copied."""

    commune: Commune
    copied: int
    copying: int
    waiting: int

    @property
    def is_any(self) -> bool:
        return bool(self.copied or self.copying or self.waiting)


@dataclass(frozen=True)
class Lineage:
    """Counts of a commune of today with its predecessors, and the parts: its own, then each predecessor's."""

    total: ReplicationCounts
    parts: tuple[ReplicationCounts, ...]


class Replication:
    """The chains of an index, by field and by commune."""

    deepest = DEEPEST

    def __init__(self, index: Index, elsewhere: Mapping[str, tuple[Replica, ...]] = MappingProxyType({})) -> None:
        """Take the index, and copies on other sites by the slug of the exemplar, as gathered from those sites."""
        self._index, self._elsewhere = index, elsewhere

    def copied_elsewhere(self, story: Listed) -> tuple[Replica, ...]:
        """Return the copies of an exemplar on other sites, without those in its chain."""
        told = self._elsewhere.get(story.slug, ()) if story.is_exemplar else ()
        return tuple(copy for copy in told if same_story(copy.url) not in self._index.by_slug)

    @cached_property
    def elsewhere(self) -> tuple[tuple[Listed, tuple[Replica, ...]], ...]:
        """The exemplars that were copied on other sites, by name, with those copies."""
        known = (story for slug in self._elsewhere if (story := self._index.by_slug.get(slug)))
        found = [(story, copies) for story in known if (copies := self.copied_elsewhere(story))]
        return tuple(sorted(found, key=lambda one: one[0].by_name))

    @property
    def elsewhere_count(self) -> int:
        return sum(len(copies) for _, copies in self.elsewhere)

    @cached_property
    def by_field(self) -> dict[Field, tuple[Chain, ...]]:
        """The chains by the main field of their origin, the largest first; fields without any left out."""
        found = {term: [chain for chain in self._index.chains if chain.story.field == term] for term in self._fields}
        return {term: tuple(chains) for term, chains in found.items() if chains}

    @cached_property
    def waiting(self) -> Stories:
        """Recognised exemplars that copy none and that no one has copied, the longest waiting first."""
        found = [story for story in self._index.exemplars if self._is_waiting(story)]
        return tuple(sorted(found, key=oldest_first))

    @cached_property
    def waiting_by_field(self) -> dict[Field, Stories]:
        """The waiting exemplars by main field; fields without any left out."""
        found = {term: tuple(story for story in self.waiting if story.field == term) for term in self._fields}
        return {term: stories for term, stories in found.items() if stories}

    @cached_property
    def lineages(self) -> tuple[Lineage, ...]:
        """Counts of each commune of today, in Vietnamese order."""
        return tuple(map(self._lineage, self._index.communes_now))

    def url(self, story: Listed) -> str:
        """Return the address of the whole chain that a story belongs to."""
        root = self._index.root(story)
        page = self._places[root.slug] // CHAINS_PER_PAGE + 1
        return f"{page_url(REPLICATION.url, page)}#{root.anchor}"

    def beside(self, story: Listed) -> Chain:
        """Return what to show of a chain beside a story: a small one whole, else the story, its origin and copies."""
        whole = self._whole(story)
        if whole.size < MOST_BESIDE:
            return whole
        copies = self._index.copies.get(story.slug, ())[:MOST_BESIDE]
        near = Chain(story, tuple(Chain(copy, ()) for copy in copies))
        origin = self._index.origin(story)
        return Chain(origin, (near,)) if origin else near

    def rest(self, chain: Chain) -> int:
        """Return how many exemplars of the whole chain are not in this part of it."""
        return self._whole(chain.story).size - chain.size

    def shown(self, chain: Chain, levels: int = DEEPEST) -> Chain:
        """Return a chain as a nested list of at most so many levels; deeper copies follow on the last one."""
        if levels:
            return Chain(chain.story, tuple(self.shown(copy, levels - 1) for copy in chain.copies))
        _, *below = chain.stories
        return Chain(chain.story, tuple(Chain(story, ()) for story in below))

    def _whole(self, story: Listed) -> Chain:
        return self._index.chain(self._index.root(story))

    @property
    def _fields(self) -> Iterable[Field]:
        return self._index.vocabulary.fields

    @cached_property
    def _places(self) -> dict[str, int]:
        ordered = [chain.story.slug for chains in self.by_field.values() for chain in chains]
        return {slug: place for place, slug in enumerate(ordered)}

    def _is_waiting(self, story: Listed) -> bool:
        is_honored = story.is_recognised or bool(story.honors)
        is_copied = story.slug in self._index.copies or bool(self.copied_elsewhere(story))
        return is_honored and not is_copied and not self._index.is_copy(story)

    def _lineage(self, commune: Commune) -> Lineage:
        parts = tuple(self._count(place, stories) for place, stories in self._index.by_predecessor(commune))
        return Lineage(self._count(commune, self._index.in_place(commune)), parts)

    def _count(self, commune: Commune, stories: Stories) -> ReplicationCounts:
        copied = sum(story.slug in self._index.copies for story in stories)
        copying = sum(map(self._index.is_copy, stories))
        return ReplicationCounts(commune, copied, copying, sum(map(self._is_waiting, stories)))
