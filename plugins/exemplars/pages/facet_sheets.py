"""The pages on which exemplars are found: the index, its facets, communes, movements, and replication. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from plugins.content.addresses import sections
from plugins.content.addresses.sections import Crumb
from plugins.content.territory.words import Words
from plugins.content.vocabulary.terms import Commune, ExemplarKind, Field, Movement, Year
from plugins.exemplars.model.index import Chain, Index, Stories
from plugins.exemplars.model.listing import PER_PART, Group, Listing, feed_url, list_all, list_pair, list_term
from plugins.exemplars.model.replication import CHAINS_PER_PAGE, Replication
from plugins.exemplars.pages.sheet import ListSheet, Sheet

_INDEX = (sections.HOME, sections.EXEMPLARS)


class IndexSheet(ListSheet, template="index.html"):
    """The index of exemplars, with its facets."""


class ByNameSheet(ListSheet, template="by_name.html"):
    """The exemplars in the order of their names."""


@dataclass(frozen=True)
class TermsSheet(Sheet, template="terms.html"):
    """The terms by which a facet divides the index, with their counts."""

    terms: tuple[tuple[Field | ExemplarKind | Year | Movement, int], ...]


@dataclass(frozen=True)
class FacetSheet(ListSheet, template="facet.html"):
    """The exemplars of a field, kind or year; `also` has those with this as a secondary field."""

    term: Field | ExemplarKind | Year
    also: Stories = ()


class CommunesSheet(Sheet, template="communes.html"):
    """The communes with their counts by field."""


@dataclass(frozen=True)
class CommuneSheet(ListSheet, template="commune.html"):
    """A commune's exemplars, the chains of replication that reach it, and its counts by field."""

    commune: Commune
    chains: tuple[Chain, ...]
    fields: tuple[tuple[Field, int], ...]


@dataclass(frozen=True)
class PairSheet(ListSheet, template="pair.html"):
    """A commune's exemplars in one field."""

    commune: Commune
    field: Field


class MovementsSheet(TermsSheet, template="movements.html"):
    """The campaigns and movements, with their counts."""


@dataclass(frozen=True)
class MovementSheet(ListSheet, template="movement.html"):
    """The stories of a campaign or movement, news among them."""

    movement: Movement


class ReplicationSheet(ListSheet, template="replication.html"):
    """The chains of replication by field; it lists their origins."""


class WaitingSheet(ListSheet, template="waiting.html"):
    """The recognised exemplars that no one has copied yet."""


def plan_facets(index: Index) -> Iterator[Sheet]:
    """Yield the index and the pages of its fields, kinds and years."""
    feed = feed_url() if index.everything else ""
    yield IndexSheet(_INDEX, list_all(index.exemplars), feed=feed)
    yield ByNameSheet((*_INDEX, sections.BY_NAME), list_all(index.by_name))
    facets: tuple[tuple[Crumb, Mapping[Any, Stories]], ...] = (
        (sections.FIELDS, index.by_field),
        (sections.KINDS, index.by_kind),
        (sections.YEARS, index.by_year),
    )
    for section, filed in facets:
        trail = (*_INDEX, section)
        yield TermsSheet(trail, tuple((term, len(stories)) for term, stories in filed.items()))
        for term in filed:
            listing, also = list_term(index, term), index.also_in_field.get(term, ())[:PER_PART]
            feed = feed_url(term) if isinstance(term, Field) and listing.count else ""
            yield FacetSheet((*trail, Crumb(term.name, term.url)), listing, term, also, feed=feed)


def plan_communes(index: Index, replication: Replication, words: Words) -> Iterator[Sheet]:
    """Yield the page of all communes, of each, and of each in each field."""
    trail = (*_INDEX, Crumb(words.heading, sections.COMMUNES.url))
    yield CommunesSheet(trail)
    for commune in (*index.communes_then, *index.communes_now):
        crumbs = (*trail, Crumb(commune.distinct_short, commune.url))
        pairs = [(field, list_pair(index, commune, field)) for field in index.vocabulary.fields]
        counts = tuple((field, listing.count) for field, listing in pairs)
        stories = index.in_place(commune)
        roots = {root for story in stories if (root := index.root(story)).slug in index.copies}
        chains = tuple(map(replication.beside, sorted(roots, key=lambda story: story.by_name)))
        feed = feed_url(commune) if stories else ""
        yield CommuneSheet(crumbs, list_term(index, commune), commune, chains, counts, feed=feed)
        for field, listing in pairs:
            yield PairSheet((*crumbs, Crumb(field.short, commune.pair_url(field))), listing, commune, field)


def plan_replication(replication: Replication) -> Iterator[Sheet]:
    """Yield the page of the chains, and that of the exemplars waiting to be copied."""
    trail = (*_INDEX, sections.REPLICATION)
    # A chain is listed by its origin, so that the sheet is paginated by chains.
    chains = tuple(
        Group(term.name, tuple(chain.story for chain in found), term.id, term.url)
        for term, found in replication.by_field.items()
    )
    yield ReplicationSheet(trail, Listing(chains, CHAINS_PER_PAGE))
    waiting = tuple(Group(term.name, stories, term.id) for term, stories in replication.waiting_by_field.items())
    yield WaitingSheet((*trail, sections.WAITING), Listing(waiting))


def plan_movements(index: Index) -> Iterator[Sheet]:
    """Yield the page of all movements, and that of each."""
    trail = (sections.HOME, sections.MOVEMENTS)
    yield MovementsSheet(trail, tuple((term, len(stories)) for term, stories in index.by_movement.items()))
    for term in index.by_movement:
        yield MovementSheet((*trail, Crumb(term.short, term.url)), list_term(index, term), term)
