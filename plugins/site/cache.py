"""Parsed stories and compiled templates, kept from one build to the next; plugins/build_record.py says what changed."""

from dataclasses import dataclass, field
from io import BytesIO

from jinja2.bccache import Bucket, BytecodeCache

from plugins import cache
from plugins.build_record import BuildRecord
from plugins.content.cache import ContentCache


class TemplateCache(BytecodeCache):
    """Jinja's bytecode cache in memory: compiling the templates takes longer than all else in a build of one story."""

    def __init__(self) -> None:
        self._compiled: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if compiled := self._compiled.get(bucket.key):
            bucket.load_bytecode(BytesIO(compiled))

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._compiled[bucket.key] = bucket.bytecode_to_string()


@dataclass
class BuildCache:
    """Parsed content and compiled templates of one project."""

    content: ContentCache
    templates: TemplateCache = field(default_factory=TemplateCache)


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
