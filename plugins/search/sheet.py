"""The search page, usable without JavaScript: it lists every title from A to Y. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from plugins.content.addresses.sections import HOME, SEARCH
from plugins.content.stories.listed import Listed
from plugins.exemplars.model.edition import Edition
from plugins.exemplars.model.listing import Group, Listing
from plugins.exemplars.pages.sheet import ListSheet, Sheet
from plugins.vietnamese import NUMBERS, OTHER_SCRIPTS, initial

# Titles alone are light.
PER_PAGE = 100
_ANCHORS = {NUMBERS: "so", OTHER_SCRIPTS: "khac"}


@dataclass(frozen=True)
class SearchSheet(ListSheet, template="search.html"):
    """The search: every story by title, and the numbers of documents and standing pages."""

    documents: int
    standing: int


def plan_search(edition: Edition) -> Iterator[Sheet]:
    """Yield the page of the search of an edition."""
    content = edition.content
    listing = Listing(tuple(_group_by_letter(edition.index.everything)), PER_PAGE)
    yield SearchSheet((HOME, SEARCH), listing, len(content.documents), len(content.pages))


def _group_by_letter(stories: Iterable[Listed]) -> Iterator[Group]:
    """Yield the stories by title in Vietnamese order, one group a letter."""
    ordered = sorted(stories, key=lambda story: story.by_title)
    for letter, found in groupby(ordered, key=lambda story: initial(story.title)):
        yield Group(letter, tuple(found), f"chu-{_ANCHORS.get(letter, letter.lower())}")
