"""Parsed stories and compiled templates, kept from one build to the next; plugins/build_record.py says what changed."""

from dataclasses import dataclass, field

from plugins import cache
from plugins.build_record import BuildRecord
from plugins.content.cache import ContentCache


@dataclass
class BuildCache:
    """Parsed content of one project, and its compiled templates by Jinja's keys."""

    content: ContentCache
    templates: dict[str, bytes] = field(default_factory=dict)


def load_cache(record: BuildRecord) -> BuildCache:
    """Return the last build's cache without files that have changed since; an empty one when there is none."""
    content: dict[str, list[int]]
    content, found = cache.load(record.cache_file, record.code) or ({}, BuildCache(ContentCache(record.project)))
    for path in {**content, **record.content}:
        if content.get(path) != record.content.get(path):
            found.content.forget(record.project / path)
    return found


def save_cache(build_cache: BuildCache, record: BuildRecord) -> None:
    """Save a cache for the next build."""
    content = record.sure_content()
    if content is not None:
        cache.save(record.cache_file, record.code, (content, build_cache))
