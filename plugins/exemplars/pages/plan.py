"""The pages of a site beside its stories, standing pages and documents, in the order of the site map. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any

from plugins.content.addresses import sections
from plugins.content.addresses.old import Gone
from plugins.content.addresses.sections import Crumb
from plugins.content.page import OfficialDocument, Page
from plugins.content.stories.listed import Listed
from plugins.content.stories.story import Story
from plugins.content.territory.words import Words
from plugins.content.vocabulary.terms import Commune, ExemplarKind, Field, Movement, Year
from plugins.exemplars.model.edition import Edition, Move
from plugins.exemplars.model.index import Chain, Index, Stories
from plugins.exemplars.model.listing import PER_PART, Group, Listing, feed_url, list_all, list_pair, list_term
from plugins.exemplars.model.replication import CHAINS_PER_PAGE, Replication
from plugins.exemplars.open_data import tables
from plugins.exemplars.pages.sheet import ListSheet, Sheet

_INDEX = (sections.HOME, sections.EXEMPLARS)


@dataclass(frozen=True)
class HomeSheet(Sheet, template="home.html"):
    """The home page: of the newest exemplars, one with a photo leads."""

    lead: Listed | None
    latest: Stories
    news: Stories
    chains: tuple[Chain, ...]


class NewsSheet(ListSheet, template="news.html"):
    """Every story, the newest first."""


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


@dataclass(frozen=True)
class DocumentsSheet(Sheet, template="documents.html"):
    """The official documents."""

    documents: tuple[OfficialDocument, ...]


class DataSheet(Sheet, template="data.html"):
    """The open data: its files and their columns."""

    data = tables


@dataclass(frozen=True)
class CorrectionLine:
    """A line of the page of corrections; without a story, it says that one was taken down, and not which."""

    day: date
    text: str
    story: Story | None = None


@dataclass(frozen=True)
class CorrectionsSheet(Sheet, template="corrections.html"):
    """Every correction and every withdrawal, newest first."""

    lines: tuple[CorrectionLine, ...]

    @property
    def updated(self) -> date | None:
        return max((line.day for line in self.lines), default=None)


@dataclass(frozen=True)
class SiteMapSheet(Sheet, template="site_map.html"):
    """Every part of the site on one page."""

    pages: tuple[Page, ...]
    documents: tuple[OfficialDocument, ...]


class NotFoundSheet(Sheet, template="not_found.html"):
    """The page for unknown addresses."""


@dataclass(frozen=True)
class MovedSheet(Sheet, template="moved.html"):
    """The page at a former address: a link to the present one."""

    move: Move


@dataclass(frozen=True)
class GoneSheet(Sheet, template="gone.html"):
    """The page in the place of a story that was taken down."""

    gone: Gone


def plan_sheets(edition: Edition) -> Iterator[Sheet]:
    """Yield every sheet of an edition, the first page alone of those that have several."""
    index, content = edition.index, edition.content
    replication = Replication(index, content.copied_elsewhere)
    yield _plan_home(index, replication)
    yield NewsSheet((sections.HOME, sections.NEWS), list_all(index.stories), feed=feed_url() if index.stories else "")
    yield from plan_facets(index)
    yield from plan_communes(index, replication, content.vocabulary.site_words(content.day))
    yield from plan_replication(replication)
    yield from plan_movements(index)
    documents = sorted(content.documents, key=lambda document: document.newest_first)
    yield DocumentsSheet((sections.HOME, sections.DOCUMENTS), tuple(documents))
    yield DataSheet((sections.HOME, sections.OPEN_DATA))
    yield CorrectionsSheet((sections.HOME, sections.CORRECTIONS), tuple(_list_corrections(edition)))
    yield SiteMapSheet((sections.HOME, sections.SITE_MAP), tuple(content.pages), tuple(content.documents))
    yield NotFoundSheet((Crumb("", sections.NOT_FOUND_URL),))


def plan_signposts(edition: Edition) -> Iterator[Sheet]:
    """Yield the small page at each former address, and in the place of each story taken down.

    A feed's former address has the feed itself; one that is no file (tin.aspx?id=3) is redirected by the server.
    """
    moved = (MovedSheet((Crumb(move.title, old),), move) for old, move in edition.moves.items())
    gone = (GoneSheet((Crumb("", url),), one) for url, one in edition.gone.items())
    yield from (sheet for sheet in chain(moved, gone) if sheet.url.endswith(("/", ".html")) and "?" not in sheet.url)


def _plan_home(index: Index, replication: Replication) -> HomeSheet:
    newest = index.exemplars[:6] or index.stories[:6]
    lead = next((story for story in newest if story.photo), newest[0] if newest else None)
    latest = tuple(story for story in newest if story is not lead)[:4]
    shown = {lead, *latest}
    news = tuple(story for story in index.news[:8] if story not in shown)[:3]
    chains = tuple(replication.beside(chain.story) for chain in index.chains[:2])
    return HomeSheet((sections.HOME,), lead, latest, news, chains)


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
    origins = {term: tuple(chain.story for chain in found) for term, found in replication.by_field.items()}
    chains = tuple(Group(term.name, stories, term.id, term.url) for term, stories in origins.items())
    yield ReplicationSheet(trail, Listing(chains, CHAINS_PER_PAGE))
    waiting = tuple(Group(term.name, stories, term.id) for term, stories in replication.waiting_by_field.items())
    yield WaitingSheet((*trail, sections.WAITING), Listing(waiting))


def plan_movements(index: Index) -> Iterator[Sheet]:
    """Yield the page of all movements, and that of each."""
    trail = (sections.HOME, sections.MOVEMENTS)
    yield MovementsSheet(trail, tuple((term, len(stories)) for term, stories in index.by_movement.items()))
    for term in index.by_movement:
        yield MovementSheet((*trail, Crumb(term.short, term.url)), list_term(index, term), term)


def _list_corrections(edition: Edition) -> list[CorrectionLine]:
    lines = [CorrectionLine(one.day, one.text, story) for story in edition.index.stories for one in story.corrections]
    # Each once, by its first address, in an order that does not give away which story it was.
    gone = [one for url, one in edition.gone.items() if url not in one.former]
    removed = [CorrectionLine(one.day or edition.content.day, one.reason) for one in gone]
    lines += sorted(removed, key=lambda line: line.text)
    return sorted(lines, key=lambda line: -line.day.toordinal())
