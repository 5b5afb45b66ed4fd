"""Finding: what can be found, cut into small files that a reader's browser fetches as it needs them."""

from __future__ import annotations

from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from plugins.content.addresses.sections import DOCUMENTS, SEARCH_INDEX_URL
from plugins.content.content import Source
from plugins.exemplars.hooks import Capability
from plugins.exemplars.hooks import register as register
from plugins.sources.files import STOCK, put, put_in_place
from plugins.sources.held import remove_tree

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from plugins.content.stories.listed import Listed
    from plugins.exemplars.hooks import File
    from plugins.exemplars.pages.sheet import Sheet
    from plugins.search.entries import Entry

# Of the folder of an index until its name, the hash of all that is in it, is known.
_UNNAMED = "chua-dat-ten"


class SearchCapability(Capability):
    """An index of what an edition shows and nothing else. Built when it is first asked for: it needs every body."""

    name = "search"
    root = SEARCH_INDEX_URL.lstrip("/")
    follows = DOCUMENTS.url

    def context(self) -> dict[str, Any]:
        return {"search": self}

    def sheets(self) -> Iterable[Sheet]:
        from plugins.search.sheet import plan_search

        return plan_search(self.site.edition)

    def files(self) -> Iterable[File]:
        folder, texts = self._index
        return ((folder.lstrip("/") + name, text.encode) for name, text in texts.items())

    def write(self, output: Path) -> Iterable[str]:
        from plugins.search.index_files import digest_file, make_index_files, name_folder

        root = output / self.root
        unnamed = root / _UNNAMED
        remove_tree(unnamed)
        unnamed.mkdir(parents=True)
        earlier = Path(f"{output}{STOCK}") / self.root
        # Most of an index is that of the one before, whatever its name.
        with suppress(OSError, StopIteration):
            put_in_place(next(earlier.iterdir()), earlier / _UNNAMED)
        digests: dict[str, str] = {}
        # Written one by one: together they are every word of the site.
        for name, text in make_index_files(self._entries()):
            data = text.encode()
            put(output, f"{self.root}{_UNNAMED}/{name}", data)
            digests[name] = digest_file(data)
        self.folder = name_folder(digests)
        named = output / self.folder.strip("/")
        # What is there already may be torn.
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
        """Words that many stories are about."""
        from plugins.search.entries import build_entry
        from plugins.search.popular import find_popular

        vocabulary = self.site.edition.content.vocabulary
        # Titles and names alone are asked for: no body is read for them.
        return find_popular(build_entry(source, vocabulary, "") for source in self._sources)

    @cached_property
    def _index(self) -> tuple[str, dict[str, str]]:
        from plugins.search.index_files import build_index_files

        return build_index_files(self._entries())

    @property
    def _sources(self) -> Iterable[Source | Listed]:
        return dict.fromkeys((*self.site.edition.index.everything, *self.site.edition.sources.values()))

    def _entries(self) -> Iterator[Entry]:
        from plugins.search.entries import build_entry

        vocabulary = self.site.edition.content.vocabulary
        return (build_entry(source, vocabulary, _words(source)) for source in self._sources)


def _words(source: Source | Listed) -> str:
    """Return the words of a body; one that stands on another site is not here."""
    return source.body.words if isinstance(source, Source) else ""


def capability() -> type[Capability]:
    """Return what this adds to a site."""
    return SearchCapability
