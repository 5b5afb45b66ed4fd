"""The part of the content that one build shows, and where former addresses of its files, terms and lists lead. Pure."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import product
from typing import TypeVar
from urllib.parse import unquote, urlsplit

from plugins.content.addresses.old import Gone
from plugins.content.addresses.urls import ascii_host
from plugins.content.content import Content, Source
from plugins.content.registers.act import without_samples
from plugins.content.stories.story import Story
from plugins.content.vocabulary.terms import Commune, Field, Movement
from plugins.exemplars.model.index import Index, build_index
from plugins.exemplars.model.listing import Listing, feed_url, list_pair, list_term, number_title, page_url
from plugins.markdown.references import resolve_source

Term = TypeVar("Term", bound=Field | Commune | Movement)


@dataclass(frozen=True)
class Move:
    """The present address and title of a page that had another address."""

    url: str
    title: str


@dataclass(frozen=True)
class Edition:
    """The files that are shown, by path, the index of their stories, and the stories that were left out.

    `gone` has every address of a story that was taken down, `moves` every former address of anything: each has a small
    page that says so. Both are by site path.
    """

    content: Content
    sources: dict[str, Source]
    index: Index
    drafts_left_out: tuple[Story, ...]
    samples_left_out: tuple[Story, ...]
    gone: Mapping[str, Gone]
    moves: Mapping[str, Move]
    later_left_out: tuple[Story, ...]

    def html(self, source: Source) -> str:
        """Return the HTML of a file's body, without links to files that are left out or gone: their words stay."""

        def link(target: str) -> str | None:
            found = self.sources.get(resolve_source(source.path, target))
            return found.url if found else None

        return source.body.html(getattr(source, "photos", {}), link, self.resolve)

    def resolve(self, href: str) -> str | None:
        """Return the present address of a link: the new one of a moved page, None for one taken down."""
        return resolve_address(href, self.moved, self.gone, self.content.site_url)

    @cached_property
    def moved(self) -> Mapping[str, str]:
        """Every former address with the present one, both as site paths."""
        return {old: move.url for old, move in self.moves.items()}

    @property
    def updated(self) -> date | None:
        """The day of the last change to any story."""
        return max((story.modified for story in self.index.everything), default=None)


def select_edition(content: Content, *, drafts: bool, samples: bool, later: bool = True) -> Edition:
    """Return the edition, with or without drafts, samples and days after the content's; a draft sample is a draft."""
    stories, day = content.stories, content.day
    draft = tuple(story for story in stories if story.draft and not drafts)
    sample = tuple(story for story in stories if story.sample and not samples and story not in draft)
    coming = tuple(story for story in stories if story.date > day and not later and story not in (*draft, *sample))
    hidden = {story.path for story in (*draft, *sample, *coming)}
    sources = {path: source for path, source in content.sources.items() if path not in hidden}
    for story in stories:
        # An illustrative act in a shown story is hidden like an illustrative story.
        if story.path not in hidden and not samples and any(act.sample for act in story.acts):
            sources[story.path] = replace(story, acts=without_samples(story.acts))
    if not later:
        sources = {path: _as_of(day, source) for path, source in sources.items()}
    own = [source for source in sources.values() if isinstance(source, Story)]
    gathered = [one for one in content.gathered if (samples or not one.sample) and (later or one.date <= day)]
    gone = {
        url: replace(one, url=url, day=(one.day or day) if later else min(one.day or day, day))
        for one in content.gone.values()
        if samples or not one.sample
        for url in (one.url, *one.former)
    }
    index = build_index([*own, *gathered], content.vocabulary)
    return Edition(content, sources, index, draft, sample, gone, find_moves(sources.values(), index), coming)


def _as_of(day: date, source: Source) -> Source:
    """Return a story without its updates and corrections after a day."""
    if not isinstance(source, Story) or source.modified <= day:
        return source
    updates = tuple(change for change in source.updates if change.day <= day)
    corrections = tuple(change for change in source.corrections if change.day <= day)
    return replace(source, updates=updates, corrections=corrections)


def find_moves(sources: Iterable[Source], index: Index) -> dict[str, Move]:
    """Return the move of every former address of stories, pages, documents and terms, by site path."""
    moves = {old: Move(source.url, source.title) for source in sources for old in source.old_addresses}
    vocabulary = index.vocabulary
    named: tuple[Field | Commune | Movement, ...] = (*vocabulary.fields, *vocabulary.communes, *vocabulary.movements)
    if not any(term.old_ids for term in named):
        return moves
    for term in named:
        title = term.dated_title if isinstance(term, Commune) else term.title
        listing = list_term(index, term)
        moves |= _move_pages([former.url for former in _formers(term)], term.url, title, listing)
        if isinstance(term, Field | Commune) and listing.count:
            moves |= {feed_url(former): Move(feed_url(term), title) for former in _formers(term)}
    for commune in vocabulary.communes:
        for field in vocabulary.fields:
            both = product((commune, *_formers(commune)), (field, *_formers(field)))
            url, *old = [place.pair_url(term) for place, term in both]
            moves |= _move_pages(old, url, commune.pair_title(field), list_pair(index, commune, field))
    return moves


def _move_pages(old: Iterable[str], url: str, title: str, listing: Listing) -> dict[str, Move]:
    """Return the moves of a list from its former addresses, page by page."""
    moves = {number: Move(page_url(url, number), number_title(title, number)) for number in range(1, listing.pages + 1)}
    return {page_url(before, number): move for before in old for number, move in moves.items()}


def _formers(term: Term) -> list[Term]:
    """Return a copy of the term for each of its former ids, to build its former addresses."""
    return [replace(term, id=old) for old in term.old_ids]


def resolve_address(href: str, moved: Mapping[str, str], gone: Collection[str], site_url: str) -> str | None:
    """Return a link's present address: the new one of a moved page of this site, None for one taken down."""
    if not (moved or gone):
        return href
    try:
        target = urlsplit(href)
    except ValueError:
        # Not a URL at all.
        return href
    if ascii_host(target.netloc).removeprefix("www.") not in ("", urlsplit(site_url).netloc.removeprefix("www.")):
        return href
    known = {*moved, *gone} if target.query else ()
    path = unquote(target.path)
    if (asked := f"{path}?{unquote(target.query)}") in known:
        path = asked
    elif path not in moved and path not in gone:
        path = path.removesuffix("index.html")
        path = path if path.endswith(("/", ".html", ".xml")) else f"{path}/"
    if path in gone:
        return None
    if path not in moved:
        return href
    return f"{moved[path]}#{target.fragment}" if target.fragment else moved[path]
