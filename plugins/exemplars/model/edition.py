"""The part of the content that one build shows: drafts or not, samples or not, later stories or not. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from plugins.content.addresses.old import Gone
from plugins.content.content import Content, Source
from plugins.content.registers.act import without_samples
from plugins.content.stories.story import Story
from plugins.exemplars.model.former_addresses import Move, find_moves, resolve_address
from plugins.exemplars.model.index import Index, build_index
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


def select_edition(content: Content, *, drafts: bool, samples: bool, later: bool = True) -> Edition:
    """Return the edition, with or without drafts, samples and days after the content's; a draft sample is a draft."""
    stories, day = content.stories, content.day
    draft = tuple(story for story in stories if story.draft and not drafts)
    sample = tuple(story for story in stories if story.sample and not samples and story not in draft)
    coming = tuple(story for story in stories if story.date > day and not later and story not in (*draft, *sample))
    hidden = {story.path for story in (*draft, *sample, *coming)}
    sources = {path: source for path, source in content.sources.items() if path not in hidden}
    for story in stories:
        # An illustrative act in a shown story is hidden like an illustrative story.
        if story.path not in hidden and not samples and any(act.sample for act in story.acts):
            sources[story.path] = replace(story, acts=without_samples(story.acts))
    if not later:
        sources = {path: _as_of(day, source) for path, source in sources.items()}
    own = [source for source in sources.values() if isinstance(source, Story)]
    gathered = [one for one in content.gathered if (samples or not one.sample) and (later or one.date <= day)]
    gone = {
        url: replace(one, url=url, day=(one.day or day) if later else min(one.day or day, day))
        for one in content.gone.values()
        if samples or not one.sample
        for url in (one.url, *one.former)
    }
    index = build_index([*own, *gathered], content.vocabulary)
    return Edition(content, sources, index, draft, sample, gone, find_moves(sources.values(), index), coming)


def _as_of(day: date, source: Source) -> Source:
    """Return a story without its updates and corrections after a day."""
    if not isinstance(source, Story) or source.modified <= day:
        return source
    updates = tuple(change for change in source.updates if change.day <= day)
    corrections = tuple(change for change in source.corrections if change.day <= day)
    return replace(source, updates=updates, corrections=corrections)
