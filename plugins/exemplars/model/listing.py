"""Lists of stories: their groups, pages and addresses. Made of the index alone. Pure."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from plugins.content.addresses.sections import FEEDS_URL
from plugins.content.vocabulary.terms import Commune, ExemplarKind, Field, Movement, Year
from plugins.exemplars.model.index import OWN_ANCHOR, Index, Stories
from plugins.vietnamese import format_date

# A phone shows some six cards a screen.
PER_PAGE = 24
# A commune's page shows the newest of each part and links to the rest.
PER_PART = 12
LATER_PAGE = re.compile(r"(?P<list>.*/)trang/\d+/")


@dataclass(frozen=True)
class Group:
    """A part of a list under its own heading: its stories, its anchor, and the page that lists all `count` of them."""

    title: str
    stories: Stories
    anchor: str = ""
    url: str = ""
    count: int = 0

    def __post_init__(self) -> None:
        if not self.count:
            object.__setattr__(self, "count", len(self.stories))

    @property
    def is_cut(self) -> bool:
        return self.count > len(self.stories)


@dataclass(frozen=True)
class Listing:
    """Groups of stories, `per_page` stories at a time (0: all)."""

    groups: tuple[Group, ...]
    per_page: int = PER_PAGE

    @property
    def count(self) -> int:
        return sum(group.count for group in self.groups)

    @cached_property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        total = sum(len(group.stories) for group in self.groups)
        return max(1, -(-total // self.per_page)) if self.per_page else 1

    def cut(self, number: int) -> tuple[Group, ...]:
        """Return the groups of one page; those that continue across pages keep their full counts."""
        return tuple(self._cut((number - 1) * self.per_page, number * self.per_page)) if self.pages > 1 else self.groups

    def _cut(self, start: int, end: int) -> Iterator[Group]:
        position = 0
        for group in self.groups:
            stories = group.stories[max(0, start - position) : max(0, end - position)]
            position += len(group.stories)
            # An empty group keeps its place: links lead to its heading.
            if stories or (not group.stories and start <= position < end):
                yield replace(group, stories=stories)


def list_all(stories: Stories, per_page: int = PER_PAGE) -> Listing:
    """Return a list without parts."""
    return Listing((Group("", stories),), per_page)


def page_url(url: str, number: int) -> str:
    """Return the address of one page of a list."""
    return url if number == 1 else f"{url}trang/{number}/"


def feed_url(term: Field | Commune | None = None) -> str:
    """Return the address of the feed of everything, or of one field or commune."""
    if term is None:
        return f"{FEEDS_URL}tat-ca.atom.xml"
    prefix = "xa" if isinstance(term, Commune) else "linh-vuc"
    return f"{FEEDS_URL}{prefix}-{term.id}.atom.xml"


def number_title(title: str, number: int) -> str:
    """Return the title of one page of a list."""
    return title if number == 1 else f"{title} (trang {number})"


def list_term(index: Index, term: Field | ExemplarKind | Year | Movement | Commune) -> Listing:
    """Return the list of a term. That of a commune is one page in groups."""
    if isinstance(term, Commune):
        return Listing(tuple(_commune_groups(index, term)), per_page=0)
    filed: tuple[Mapping[Any, Stories], ...] = (index.by_field, index.by_kind, index.by_year, index.by_movement)
    return list_all(next((found[term] for found in filed if term in found), ()))


def list_pair(index: Index, commune: Commune, field: Field) -> Listing:
    """Return the list of a commune and one field, its own exemplars first, then each predecessor's."""
    return Listing(tuple(_parts(index.by_predecessor(commune, field))))


def _commune_groups(index: Index, commune: Commune) -> Iterator[Group]:
    """Divide a commune's exemplars: by its predecessors where it has any, else by field."""
    if index.vocabulary.predecessors(commune):
        yield from map(_shortened, _parts(index.by_predecessor(commune)))
        return
    for term in index.vocabulary.fields:
        if stories := index.by_pair.get((commune, term)):
            yield _shortened(Group(term.name, stories, term.id, commune.pair_url(term)))


def _shortened(group: Group) -> Group:
    # A group without a page of its own is shown whole.
    return replace(group, stories=group.stories[:PER_PART]) if group.url else group


def _parts(by_predecessor: list[tuple[Commune, Stories]]) -> Iterator[Group]:
    """Yield the commune's own group, then one for each predecessor; a single group has no heading."""
    (commune, own), *before = by_predecessor
    if not before:
        yield Group("", own)
        return
    since = f"Từ {format_date(commune.since)}" if commune.since else commune.title
    yield Group(since, own, OWN_ANCHOR)
    for place, stories in before:
        if stories:
            yield Group(f"{place.title} trước đây", stories, place.id, place.url)
