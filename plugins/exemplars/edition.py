"""What of the library one build shows: drafts or not, samples or not; and the index of just that."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from plugins.exemplars.index import Index, build_index
from plugins.exemplars.moves import Move, find_moves, mend_links
from plugins.exemplars.references import resolve_source

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from plugins.exemplars.addresses import Gone
    from plugins.exemplars.body import BodyRenderer
    from plugins.exemplars.library import Library, Source
    from plugins.exemplars.story import Story
    from plugins.photos.photo import Photo


@dataclass(frozen=True)
class Edition:
    """The files that are shown, by path, the index of their stories, and the stories that were left out.

    `gone` is by every address of a story that was taken down; a small page stands there that says so.
    """

    library: Library
    sources: dict[str, Source]
    index: Index
    drafts_left_out: tuple[Story, ...]
    samples_left_out: tuple[Story, ...]
    gone: Mapping[str, Gone]

    def render(self, source: Source, renderer: BodyRenderer) -> str:
        """Return the HTML of a file's body; a link to what is left out becomes plain words."""
        return self.mend(renderer.render(*self.body(source)))

    def body(self, source: Source) -> tuple[str, Mapping[str, Photo], Callable[[str], str | None]]:
        """Return what a renderer needs of a file: body, photos, and where links lead (None: to what is left out)."""

        def link(target: str) -> str | None:
            found = self.sources.get(resolve_source(source.path, target))
            return found.url if found else None

        return source.body, getattr(source, "photos", {}), link

    def mend(self, html: str) -> str:
        """Return the HTML of a body with links as they are now: what has moved is led to, what is gone no longer."""
        return mend_links(html, self.moved, self.gone, self.library.vocabulary.publisher.site_url)

    @cached_property
    def moved(self) -> Mapping[str, str]:
        """Every address at which something stood before, with the one at which it stands now; both as site paths."""
        return {old: move.url for old, move in self.moves.items()}

    @cached_property
    def moves(self) -> Mapping[str, Move]:
        """The same, with what each leads to."""
        return find_moves(self)

    @property
    def updated(self) -> date | None:
        """The day on which a story last said something new."""
        return max((story.modified for story in self.index.stories), default=None)


def select_edition(library: Library, *, drafts: bool, samples: bool) -> Edition:
    """Choose what is shown. A story that is both draft and sample counts as a draft."""
    stories = library.stories
    draft = tuple(story for story in stories if story.draft and not drafts)
    sample = tuple(story for story in stories if story.sample and not samples and story not in draft)
    hidden = {story.path for story in (*draft, *sample)}
    sources = {path: source for path, source in library.sources.items() if path not in hidden}
    shown = [story for story in stories if story.path not in hidden]
    told = [one for one in library.gone.values() if samples or not one.sample]
    gone = {url: replace(one, url=url) for one in told for url in (one.url, *one.former)}
    return Edition(library, sources, build_index(shown, library.vocabulary), draft, sample, gone)
