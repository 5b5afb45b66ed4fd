"""Which old addresses an edition leads on from, and the small page that stands at each. Pure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from plugins.content.terms import Commune, Field, Movement
from plugins.exemplars.feeds import feed_url, plan_feeds
from plugins.exemplars.moves import Move
from plugins.exemplars.sheets import CORRECTIONS_URL, Sheet, paginate, plan_sheets
from plugins.vietnamese import format_long_date

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plugins.exemplars.edition import Edition

Term = TypeVar("Term", bound=Field | Commune | Movement)


def find_moves(edition: Edition) -> dict[str, Move]:
    """Return every old address of an edition's stories, pages, documents and terms, as a site path, with its move."""
    moves = {old: Move(source.url, source.title) for source in edition.sources.values() for old in source.old_addresses}
    vocabulary = edition.content.vocabulary
    named: tuple[Field | Commune | Movement, ...] = (*vocabulary.fields, *vocabulary.communes, *vocabulary.movements)
    if any(term.old_ids for term in named):
        moves |= _term_moves(edition)
    return moves


def _term_moves(edition: Edition) -> dict[str, Move]:
    """Return the pages that terms had under ids of theirs from before: first pages and further ones, and feeds."""
    index, vocabulary = edition.index, edition.content.vocabulary
    names = {page.url: page.full_title for sheet in plan_sheets(edition) for page in paginate(sheet)}
    followed: tuple[Field | Commune, ...] = (*vocabulary.fields, *vocabulary.communes)
    named: tuple[Field | Commune | Movement, ...] = (*followed, *vocabulary.movements)
    pairs = [(former.url, term.url) for term in named for former in _formers(term)]
    for commune in vocabulary.communes:
        pairs += [
            (place.pair_url(term), commune.pair_url(field))
            for field in vocabulary.fields
            for place in (commune, *_formers(commune))
            for term in (field, *_formers(field))
        ]
    found = {
        old + url.removeprefix(new): Move(url, title)
        for old, new in pairs
        for url, title in names.items()
        if old != new and (url == new or url.startswith(f"{new}trang/"))
    }
    feeds = {feed.url: feed.title for feed in plan_feeds(index, vocabulary.publisher)}
    for one in followed:
        if (url := feed_url(one)) in feeds:
            found |= {feed_url(former): Move(url, feeds[url]) for former in _formers(one)}
    return found


def _formers(term: Term) -> list[Term]:
    """Return a term as it was under each id from before: it still owns its addresses."""
    return [replace(term, id=old) for old in term.old_ids]


def plan_signposts(edition: Edition) -> Iterator[Sheet]:
    """Yield the small page of each old address and of each story taken down; a feed's old address has the feed."""
    for old, move in edition.moves.items():
        if old.endswith(("/", ".html")):
            title = f"Đã chuyển chỗ: {move.title}"
            yield Sheet(old, "moved.html", title, "Trang này nay ở địa chỉ khác.", more={"move": move})
    for url, gone in edition.gone.items():
        title = "Bài này đã được gỡ"
        told = f"Bài ở địa chỉ này được gỡ khỏi trang {format_long_date(gone.day)}."
        yield Sheet(url, "gone.html", title, told, more={"gone": gone, "corrections": CORRECTIONS_URL})
