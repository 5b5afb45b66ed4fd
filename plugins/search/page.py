"""The page of the search."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from plugins.content.addresses.sections import HOME, SEARCH
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
    """Yield the page of the search of an edition: the stories by title in Vietnamese order, one group a letter."""
    content, ordered = edition.content, sorted(edition.index.everything, key=lambda story: story.by_title)
    letters = groupby(ordered, key=lambda story: initial(story.title))
    groups = (Group(one, tuple(found), f"chu-{_ANCHORS.get(one, one.lower())}") for one, found in letters)
    yield SearchSheet((HOME, SEARCH), Listing(tuple(groups), PER_PAGE), len(content.documents), len(content.pages))
