"""What a build leaves for the next, of whatever kind: stories as they were read and compiled templates.

It lies on the disk beside the record of the build (plugins/build_record.py), which says what has changed since.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING

from jinja2 import BytecodeCache

from plugins import cache
from plugins.content.cache import ContentCache

if TYPE_CHECKING:
    from jinja2.bccache import Bucket

    from plugins.build_record import BuildRecord


class KeptTemplates(BytecodeCache):
    """Keeps what a build compiled, by Jinja's own key; Jinja itself checks it against the source.

    Compiling takes longer than all else that a build of one story does.
    """

    def __init__(self) -> None:
        self._compiled: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if compiled := self._compiled.get(bucket.key):
            bucket.load_bytecode(BytesIO(compiled))

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._compiled[bucket.key] = bucket.bytecode_to_string()


@dataclass
class Memory:
    """What was read and compiled for a site."""

    content: ContentCache
    templates: KeptTemplates = field(default_factory=KeptTemplates)


def load_memory(record: BuildRecord) -> Memory:
    """Return what the last build left, without what has changed since; else an empty one."""
    content: dict[str, list[int]]
    content, memory = cache.load(record.memory_file, record.code) or ({}, Memory(ContentCache(record.project)))
    for path in {**content, **record.content}:
        if content.get(path) != record.content.get(path):
            memory.content.forget(record.project / path)
    return memory


def save_memory(memory: Memory, record: BuildRecord) -> None:
    """Leave a memory for the next build."""
    content = record.sure_content()
    if content is not None:
        cache.save(record.memory_file, record.code, (content, memory))
