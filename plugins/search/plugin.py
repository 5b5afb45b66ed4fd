"""The door to Pelican: builds the index when every body is rendered, and writes its files."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pelican import signals
from pelican.generators import Generator

from plugins.exemplars.sheets import SEARCH_URL
from plugins.search.changed_files import Known, change_index_files
from plugins.search.entries import build_entry
from plugins.search.index_files import ROOT, build_index_files, digest_file, make_index_files, name_folder
from plugins.search.popular import find_popular

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from pelican.writers import Writer

    from plugins.content.library import Source
    from plugins.exemplars.edition import Edition
    from plugins.exemplars.memory import Memory
    from plugins.exemplars.plugin import Bodies
    from plugins.search.entries import Entry


# Of the folder of an index, which is named by all that is in it.
_UNNAMED = "chua-dat-ten"


def connect() -> None:
    """Connect the generator."""
    signals.get_generators.connect(_get_generator)


class Search:
    """The index of what an edition shows and nothing else. Built when it is first asked for: it needs every body."""

    def __init__(self, context: dict[str, Any]) -> None:
        self._edition: Edition = context["edition"]
        self._vocabulary = self._edition.library.vocabulary
        self._bodies: Bodies = context["bodies"]

    def entries(self) -> Iterator[Entry]:
        """Yield every entry, in order."""
        return map(self._build, self._sources)

    def entries_of(self, stories: frozenset[str]) -> dict[int, Entry]:
        """Return the entries of some sources, by their paths, with their numbers."""
        return {number: self._build(source) for number, source in enumerate(self._sources) if source.path in stories}

    @property
    def _sources(self) -> Iterable[Source]:
        return dict.fromkeys((*self._edition.index.stories, *self._edition.sources.values()))

    def _build(self, source: Source) -> Entry:
        return build_entry(source, self._vocabulary, self._bodies[source.path])

    @cached_property
    def _built(self) -> tuple[str, dict[str, str]]:
        return build_index_files(self.entries())

    @property
    def folder(self) -> str:
        return self._built[0]

    @property
    def files(self) -> dict[str, str]:
        return self._built[1]

    @cached_property
    def popular(self) -> list[str]:
        # Titles and names alone are asked for: no body is read for them.
        return find_popular([build_entry(source, self._vocabulary, "") for source in self._sources])


class SearchGenerator(Generator):  # type: ignore[misc]
    """Gives the page of the search its index, and makes the files of it."""

    def generate_context(self) -> None:
        self.context["search"] = self.search = Search(self.context)
        # It names the folder of the index, which is not known before every word has been read.
        self.context["late_sheets"].add(SEARCH_URL)

    def generate_output(self, writer: Writer) -> None:
        memory: Memory = self.context["memory"]
        if memory.edited is None:
            digests = self._write(make_index_files(self.search.entries()))
            known = Known(name_folder(digests), digests, self.search.popular)
        else:
            known = self._change(memory, memory.words, memory.edited)
        (self._folder / _UNNAMED).rename(self._folder / Path(known.folder).name)
        # Every word of the site is in it.
        del self.search
        self.context["search"] = memory.words = known
        sheet = self.context["sheets"].find(f"{SEARCH_URL.lstrip('/')}index.html")
        writer.write_file(sheet.file, self.env.get_template(sheet.template), self.context, sheet=sheet)

    @property
    def _folder(self) -> Path:
        return Path(self.output_path) / ROOT.strip("/")

    def _write(self, files: Iterable[tuple[str, str]]) -> dict[str, str]:
        """Write files into a folder that is yet to get its name. Returns what tells each from another."""
        folder = self._folder / _UNNAMED
        folder.mkdir(parents=True)
        digests: dict[str, str] = {}
        for name, text in files:
            data = text.encode()
            (folder / name).write_bytes(data)
            digests[name] = digest_file(data)
        return digests

    def _change(self, memory: Memory, before: Known, edited: frozenset[str]) -> Known:
        """Write what other words in some stories alter, and say what is to be moved. Returns the new index."""
        folder = memory.site / before.folder.strip("/")
        changed = self.search.entries_of(edited)
        files = change_index_files(lambda name: (folder / name).read_text(encoding="utf-8"), changed)
        gone = {name for name, text in files.items() if not text}
        kept = {name: digest for name, digest in before.digests.items() if name not in gone}
        digests = kept | self._write((name, text) for name, text in files.items() if text)
        known = Known(name_folder(digests), digests, before.popular)
        if known.folder != before.folder:
            memory.mending.moved.append((before.folder, known.folder))
        memory.mending.gone += [known.folder + name for name in gone]
        return known

    def find_output(self, path: str) -> Callable[[], bytes] | None:
        """Return what makes the file at a path under the output folder; None when there is no such file."""
        folder, _, name = f"/{path}".rpartition("/")
        if not folder.startswith(ROOT) or f"{folder}/" != self.search.folder:
            return None
        text = self.search.files.get(name)
        return None if text is None else text.encode


def _get_generator(_: Any) -> type[Generator]:
    return SearchGenerator
