"""What stands at addresses that led to something before: where each leads now, and the small page there. Pure."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import unquote, urlsplit

from plugins.exemplars.feeds import feed_url, plan_feeds
from plugins.exemplars.sheets import CORRECTIONS_URL, Sheet, Sheets
from plugins.exemplars.terms import Commune, Field, Movement
from plugins.vietnamese import format_long_date

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from plugins.exemplars.edition import Edition

Term = TypeVar("Term", bound=Field | Commune | Movement)

# As a cleaned body has it: quoted, and with nothing in it that ends it.
_LINK = re.compile(r'<a((?:\s[\w-]+="[^"]*")*)\s*>(.*?)</a>', re.DOTALL)
_HREF = re.compile(r'(?<=\shref=")[^"]*')


@dataclass(frozen=True)
class Move:
    """Where an old address leads now, and what that is called."""

    url: str
    title: str


def find_moves(edition: Edition) -> dict[str, Move]:
    """Return every old address of an edition's stories, pages, documents and terms, as a site path, with its move."""
    moves = {old: Move(source.url, source.title) for source in edition.sources.values() for old in source.old_addresses}
    vocabulary = edition.library.vocabulary
    named: tuple[Field | Commune | Movement, ...] = (*vocabulary.fields, *vocabulary.communes, *vocabulary.movements)
    if any(term.old_ids for term in named):
        moves |= _term_moves(edition)
    return moves


def _term_moves(edition: Edition) -> dict[str, Move]:
    """Return the pages that terms had under ids of theirs from before: first pages and further ones, and feeds."""
    index, vocabulary = edition.index, edition.library.vocabulary
    names = {sheet.url: sheet.full_title for sheet in Sheets(edition)}
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


def mend_links(body: str, moved: Mapping[str, str], gone: Collection[str], site_url: str) -> str:
    """Return a body's HTML in which links of our own to what has moved lead on, and those to what is gone are words."""
    if not (moved or gone) or "<a " not in body:
        return body
    host = urlsplit(site_url).netloc.removeprefix("www.")

    def mend(link: re.Match[str]) -> str:
        href = _HREF.search(link[1])
        try:
            target = urlsplit(html.unescape(href[0]) if href else "")
        except ValueError:
            # No address at all.
            return link[0]
        if not href or target.netloc.removeprefix("www.") not in ("", host):
            return link[0]
        path = unquote(target.path).removesuffix("index.html")
        path = path if path.endswith(("/", ".html", ".xml")) else f"{path}/"
        if path in gone:
            return link[2]
        if path not in moved:
            return link[0]
        anchor = f"#{html.escape(target.fragment)}" if target.fragment else ""
        attributes = f"{link[1][: href.start()]}{moved[path]}{anchor}{link[1][href.end() :]}"
        return f"<a{attributes}>{link[2]}</a>"

    return _LINK.sub(mend, body)
