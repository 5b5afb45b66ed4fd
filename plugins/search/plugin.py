"""The door to Pelican: builds the index when every body is rendered, and writes its files."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pelican import signals
from pelican.generators import Generator

from plugins.search.entries import build_entry
from plugins.search.index_files import ROOT, build_index_files
from plugins.search.popular import find_popular

if TYPE_CHECKING:
    from collections.abc import Callable

    from pelican.writers import Writer

    from plugins.exemplars.edition import Edition
    from plugins.search.entries import Entry


TEMPLATE = "search.html"


def connect() -> None:
    """Connect the generator."""
    signals.get_generators.connect(_get_generator)


class Search:
    """The index of what an edition shows and nothing else. Built when it is first asked for: it needs every body."""

    def __init__(self, context: dict[str, Any]) -> None:
        self._edition: Edition = context["edition"]
        # Pelican's own lists hold only what is shown.
        self._contents = [*context["articles"], *context["pages"]]

    @cached_property
    def entries(self) -> list[Entry]:
        bodies = {source.url: content for content in self._contents if (source := _source(content))}
        sources = (*self._edition.index.stories, *(s for s in self._edition.sources.values() if s.url in bodies))
        return [
            build_entry(source, self._edition.library.vocabulary, bodies[source.url].content)
            for source in dict.fromkeys(sources)
            if source.url in bodies
        ]

    @cached_property
    def _built(self) -> tuple[str, dict[str, str]]:
        return build_index_files(self.entries)

    @property
    def folder(self) -> str:
        return self._built[0]

    @property
    def files(self) -> dict[str, str]:
        return self._built[1]

    @cached_property
    def popular(self) -> list[str]:
        return find_popular(self.entries)


class SearchGenerator(Generator):  # type: ignore[misc]
    """Gives the page of the search its index, and makes the files of it."""

    def generate_context(self) -> None:
        self.context["search"] = self.search = Search(self.context)
        # It names the folder of the index, which is not known before every word has been read.
        self.context["late_templates"].add(TEMPLATE)

    def generate_output(self, writer: Writer) -> None:
        self.context["write_sheets"](writer, TEMPLATE.__eq__)
        folder = Path(self.output_path) / self.search.folder.strip("/")
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in self.search.files.items():
            (folder / name).write_text(text, encoding="utf-8", newline="\n")

    def find_output(self, path: str) -> Callable[[], bytes] | None:
        """Return what makes the file at a path under the output folder; None when there is no such file."""
        folder, _, name = f"/{path}".rpartition("/")
        if not folder.startswith(ROOT) or f"{folder}/" != self.search.folder:
            return None
        text = self.search.files.get(name)
        return None if text is None else text.encode


def _source(content: Any) -> Any:
    return next((getattr(content, name) for name in ("story", "document", "page") if hasattr(content, name)), None)


def _get_generator(_: Any) -> type[Generator]:
    return SearchGenerator
