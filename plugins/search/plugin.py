"""The door to Pelican: builds the index when every body is rendered, and writes its files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from pelican import signals
from pelican.generators import Generator

from plugins.search.entries import build_entry
from plugins.search.index_files import build_index_files
from plugins.search.popular import find_popular

if TYPE_CHECKING:
    from pelican.writers import Writer

    from plugins.exemplars.edition import Edition


def connect() -> None:
    """Connect the generator."""
    signals.get_generators.connect(_get_generator)


class SearchGenerator(Generator):  # type: ignore[misc]
    """Indexes what this edition shows and nothing else: Pelican's own lists hold only that."""

    def generate_context(self) -> None:
        edition: Edition = self.context["edition"]
        bodies = {source.url: content for content in self._contents() if (source := _source(content))}
        sources = (*edition.index.stories, *(s for s in edition.sources.values() if s.url in bodies))
        entries = [
            build_entry(source, edition.library.vocabulary, bodies[source.url].content)
            for source in dict.fromkeys(sources)
            if source.url in bodies
        ]
        self.folder, self.files = build_index_files(entries)
        self.context["search"] = {"folder": self.folder, "popular": find_popular(entries)}

    def generate_output(self, writer: Writer) -> None:
        del writer
        folder = Path(self.output_path) / self.folder.strip("/")
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in self.files.items():
            (folder / name).write_text(text, encoding="utf-8", newline="\n")

    def _contents(self) -> list[Any]:
        return [*self.context["articles"], *self.context["pages"]]


def _source(content: Any) -> Any:
    return next((getattr(content, name) for name in ("story", "document", "page") if hasattr(content, name)), None)


def _get_generator(_: Any) -> type[Generator]:
    return SearchGenerator
