"""The search: an index in small files, of which a reader's browser fetches the few that a query needs.

Entries, words, posting lists and files of the index are made here; theme/static/js/search*.js reads them. Only the
capability knows the edition: everything below it works on entries.
"""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from plugins.content.addresses.sections import DOCUMENTS, SEARCH_INDEX_URL
from plugins.content.content import Source
from plugins.content.stories.listed import Listed
from plugins.exemplars.hooks import Capability, File
from plugins.exemplars.hooks import register as register
from plugins.sources.files import STOCK, put, put_in_place
from plugins.sources.held import remove_tree

if TYPE_CHECKING:
    from plugins.exemplars.pages.sheet import Sheet
    from plugins.search.entries import SearchEntry

# Name of the index's folder until the hash of its content is known.
_UNNAMED = "chua-dat-ten"


class SearchCapability(Capability):
    """The index of an edition. Built when it is first needed, as it takes every body."""

    name = "search"
    root = SEARCH_INDEX_URL.lstrip("/")
    follows = DOCUMENTS.url

    def context(self) -> dict[str, Any]:
        return {"search": self}

    def sheets(self) -> "Iterable[Sheet]":
        from plugins.search.page import plan_search

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
        from plugins.search.index_files import make_index_files, name_folder

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
        from plugins.search.entries import build_entry
        from plugins.search.popular import find_popular

        vocabulary = self.site.edition.content.vocabulary
        # Only titles and names are used, so that no body is read.
        return find_popular(build_entry(source, vocabulary, "") for source in self._sources)

    @cached_property
    def _index(self) -> tuple[str, dict[str, str]]:
        from plugins.search.index_files import build_index_files

        return build_index_files(self._entries())

    @property
    def _sources(self) -> Iterable[Source | Listed]:
        return dict.fromkeys((*self.site.edition.index.everything, *self.site.edition.sources.values()))

    def _entries(self) -> "Iterator[SearchEntry]":
        from plugins.search.entries import build_entry

        vocabulary = self.site.edition.content.vocabulary
        for source in self._sources:
            # The body of a story on another site is not known.
            yield build_entry(source, vocabulary, source.body.words if isinstance(source, Source) else "")


def capability() -> type[Capability]:
    """Return the capability of this plugin."""
    return SearchCapability
