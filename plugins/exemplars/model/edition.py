"""The part of the content that one build shows, with its index."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from plugins.content.addresses.old import Gone
from plugins.content.content import Content, Source
from plugins.content.stories.story import Story
from plugins.exemplars.model.former_addresses import Move, resolve_address
from plugins.exemplars.model.index import Index
from plugins.markdown.references import resolve_source


@dataclass(frozen=True)
class Edition:
    """The files that are shown, by path, the index of their stories, and the stories that were left out.

    `gone` has every address of a story that was taken down, `moves` every former address of anything: each has a small
    page that says so. Both are by site path.
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
        """Return the HTML of a file's body, without links to files that are left out or gone: their words stay."""

        def link(target: str) -> str | None:
            found = self.sources.get(resolve_source(source.path, target))
            return found.url if found else None

        return source.body.html(getattr(source, "photos", {}), link, self.resolve)

    def resolve(self, href: str) -> str | None:
        """Return the present address of a link: the new one of a moved page, None for one taken down."""
        return resolve_address(href, self.moved, self.gone, self.content.site_url)

    @cached_property
    def moved(self) -> Mapping[str, str]:
        """Every former address with the present one, both as site paths."""
        return {old: move.url for old, move in self.moves.items()}

    @property
    def updated(self) -> date | None:
        """The day of the last change to any story."""
        return max((story.modified for story in self.index.everything), default=None)
