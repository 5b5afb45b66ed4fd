"""Content -> the edition of it that a build shows: drafts or not, samples or not. Pure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from plugins.content.registers.act import without_samples
from plugins.content.story import Story
from plugins.exemplars.edition import Edition
from plugins.exemplars.former_addresses import find_moves
from plugins.exemplars.index import build_index

if TYPE_CHECKING:
    from plugins.content.load import Content


def select_edition(content: Content, *, drafts: bool, samples: bool) -> Edition:
    """Choose what is shown. A story that is both draft and sample counts as a draft."""
    stories = content.stories
    draft = tuple(story for story in stories if story.draft and not drafts)
    sample = tuple(story for story in stories if story.sample and not samples and story not in draft)
    hidden = {story.path for story in (*draft, *sample)}
    sources = {path: source for path, source in content.sources.items() if path not in hidden}
    for story in stories:
        # What a story that is not shown tells of another goes with it.
        if story.path not in hidden and not samples and any(act.sample for act in story.acts):
            sources[story.path] = replace(story, acts=without_samples(story.acts))
    shown = [source for source in sources.values() if isinstance(source, Story)]
    told = [one for one in content.gone.values() if samples or not one.sample]
    gone = {url: replace(one, url=url) for one in told for url in (one.url, *one.former)}
    index = build_index(shown, content.vocabulary)
    return Edition(content, sources, index, draft, sample, gone, find_moves(sources.values(), index))
