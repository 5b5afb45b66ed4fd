"""The pages of a site beside its stories, standing pages and documents, in the order of the site map. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain

from plugins.content.addresses import sections
from plugins.content.addresses.old import Gone
from plugins.content.addresses.sections import Crumb
from plugins.content.page import OfficialDocument, Page
from plugins.content.stories.listed import Listed
from plugins.content.stories.story import Story
from plugins.exemplars.model.edition import Edition
from plugins.exemplars.model.former_addresses import Move
from plugins.exemplars.model.index import Chain, Index, Stories
from plugins.exemplars.model.listing import feed_url, list_all
from plugins.exemplars.model.replication import Replication
from plugins.exemplars.open_data import tables
from plugins.exemplars.pages.facet_sheets import plan_communes, plan_facets, plan_movements, plan_replication
from plugins.exemplars.pages.sheet import ListSheet, Sheet


@dataclass(frozen=True)
class HomeSheet(Sheet, template="home.html"):
    """The home page: of the newest exemplars, one with a photo leads."""

    lead: Listed | None
    latest: Stories
    news: Stories
    chains: tuple[Chain, ...]


class NewsSheet(ListSheet, template="news.html"):
    """Every story, the newest first."""


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


def _list_corrections(edition: Edition) -> list[CorrectionLine]:
    lines = [CorrectionLine(one.day, one.text, story) for story in edition.index.stories for one in story.corrections]
    # Each once, by its first address, in an order that does not give away which story it was.
    gone = [one for url, one in edition.gone.items() if url not in one.former]
    removed = [CorrectionLine(one.day or edition.content.day, one.reason) for one in gone]
    lines += sorted(removed, key=lambda line: line.text)
    return sorted(lines, key=lambda line: -line.day.toordinal())
