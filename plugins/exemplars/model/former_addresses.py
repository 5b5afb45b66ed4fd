"""Former addresses of files, terms and lists -> where each leads now. Pure."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import product
from typing import TypeVar
from urllib.parse import unquote, urlsplit

from plugins.content.addresses.urls import ascii_host
from plugins.content.content import Source
from plugins.content.vocabulary.terms import Commune, Field, Movement
from plugins.exemplars.model.index import Index
from plugins.exemplars.model.listing import Listing, feed_url, list_pair, list_term, number_title, page_url

Term = TypeVar("Term", bound=Field | Commune | Movement)


@dataclass(frozen=True)
class Move:
    """The present address and title of a page that had another address."""

    url: str
    title: str


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
