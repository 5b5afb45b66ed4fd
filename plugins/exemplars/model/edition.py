"""What of the library one build shows, and the index of just that."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from plugins.exemplars.model.former_addresses import follow
from plugins.markdown.references import resolve_source

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from plugins.content.addresses.old import Gone
    from plugins.content.content import Content, Source
    from plugins.content.stories.story import Story
    from plugins.exemplars.model.former_addresses import Move
    from plugins.exemplars.model.index import Index


@dataclass(frozen=True)
class Edition:
    """The files that are shown, by path, the index of their stories, and the stories that were left out.

    `gone` is by every address of a story that was taken down, `moves` by every one at which something stood before: a
    small page stands there that says so.
    """

    content: Content
    sources: dict[str, Source]
    index: Index
    drafts_left_out: tuple[Story, ...]
    samples_left_out: tuple[Story, ...]
    gone: Mapping[str, Gone]
    moves: Mapping[str, Move] = field(default_factory=dict)
    later_left_out: tuple[Story, ...] = ()

    def html(self, source: Source) -> str:
        """Return the HTML of a file's body; a link to what is left out or gone becomes plain words."""

        def link(target: str) -> str | None:
            found = self.sources.get(resolve_source(source.path, target))
            return found.url if found else None

        return source.body.html(getattr(source, "photos", {}), link, self.follow)

    def follow(self, href: str) -> str | None:
        """Return where an address leads now: on to what has moved, and nowhere (None) to what is gone."""
        return follow(href, self.moved, self.gone, self.content.site_url)

    @cached_property
    def moved(self) -> Mapping[str, str]:
        """Every address at which something stood before, with the one at which it stands now; both as site paths."""
        return {old: move.url for old, move in self.moves.items()}

    @property
    def updated(self) -> date | None:
        """The day on which a story last said something new."""
        return max((story.modified for story in self.index.everything), default=None)
