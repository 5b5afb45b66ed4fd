"""The search: an index in small files, of which a reader's browser fetches the few that a query needs.

Entries, words, posting lists and files of the index are made here; theme/static/js/search*.js reads them. Only the
capability knows the edition: everything below it works on entries.
"""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from typing import Any

from plugins.content.addresses.sections import DOCUMENTS, HOME, SEARCH, SEARCH_INDEX_URL
from plugins.content.content import Source
from plugins.content.stories.listed import Listed
from plugins.exemplars.hooks import Capability, File
from plugins.exemplars.hooks import register as register
from plugins.exemplars.model.edition import Edition
from plugins.exemplars.model.listing import Group, Listing
from plugins.exemplars.pages.sheet import ListSheet, Sheet
from plugins.search.entries import SearchEntry, build_entry
from plugins.search.index_files import build_index_files, make_index_files, name_folder
from plugins.search.popular import find_popular
from plugins.sources.files import STOCK, put, put_in_place
from plugins.sources.held import remove_tree
from plugins.vietnamese import NUMBERS, OTHER_SCRIPTS, initial

# Name of the index's folder until the hash of its content is known.
_UNNAMED = "chua-dat-ten"
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


class SearchCapability(Capability):
    """The index of an edition. Built when it is first needed, as it takes every body."""

    name = "search"
    root = SEARCH_INDEX_URL.lstrip("/")
    follows = DOCUMENTS.url

    def context(self) -> dict[str, Any]:
        return {"search": self}

    def sheets(self) -> Iterable[Sheet]:
        return plan_search(self.site.edition)

    def files(self) -> Iterable[File]:
        folder, texts = self._index
        return ((folder.lstrip("/") + name, text.encode) for name, text in texts.items())

    def write(self, output: Path) -> Iterable[str]:
        root = output / self.root
        unnamed = root / _UNNAMED
        remove_tree(unnamed)
        unnamed.mkdir(parents=True)
        earlier = Path(f"{output}{STOCK}") / self.root
        # Most files of an index are those of the one before, so that its folder takes the same temporary name.
        with suppress(OSError, StopIteration):
            put_in_place(next(earlier.iterdir()), earlier / _UNNAMED)
        digests: dict[str, str] = {}
        # Written one by one: together they have every word of the site.
        for name, text in make_index_files(self._entries()):
            data = text.encode()
            put(output, f"{self.root}{_UNNAMED}/{name}", data)
            digests[name] = sha256(data).hexdigest()
        self.folder = name_folder(digests)
        named = output / self.folder.strip("/")
        # A folder of that name may be incomplete.
        remove_tree(named)
        put_in_place(unnamed, named)
        with suppress(OSError):
            put_in_place(earlier / _UNNAMED, earlier / named.name)
        return [self.folder.lstrip("/") + name for name in digests]

    @cached_property
    def folder(self) -> str:
        """The address of the index's folder."""
        return self._index[0]

    @cached_property
    def popular(self) -> list[str]:
        """Phrases that many stories share."""
        vocabulary = self.site.edition.content.vocabulary
        # Only titles and names are used, so that no body is read.
        return find_popular(build_entry(source, vocabulary, "") for source in self._sources)

    @cached_property
    def _index(self) -> tuple[str, dict[str, str]]:
        return build_index_files(self._entries())

    @property
    def _sources(self) -> Iterable[Source | Listed]:
        return dict.fromkeys((*self.site.edition.index.everything, *self.site.edition.sources.values()))

    def _entries(self) -> Iterator[SearchEntry]:
        vocabulary = self.site.edition.content.vocabulary
        for source in self._sources:
            # The body of a story on another site is not known.
            yield build_entry(source, vocabulary, source.body.words if isinstance(source, Source) else "")


def capability() -> type[Capability]:
    """Return the capability of this plugin."""
    return SearchCapability
