"""Content -> the edition that a build shows: drafts or not, samples or not, later stories or not. Pure."""

from dataclasses import replace
from datetime import date

from plugins.content.content import Content, Source
from plugins.content.registers.act import without_samples
from plugins.content.stories.story import Story
from plugins.exemplars.model.edition import Edition
from plugins.exemplars.model.former_addresses import find_moves
from plugins.exemplars.model.index import build_index


def select_edition(content: Content, *, drafts: bool, samples: bool, later: bool = True) -> Edition:
    """Return the edition of the content with or without drafts, samples, and dates after the content's day.

    A story that is both draft and sample counts as a draft.
    """
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
