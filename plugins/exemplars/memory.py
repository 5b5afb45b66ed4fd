"""What a build leaves for the next: stories as they were read and compiled templates.

It lies on the disk beside the record of the build (plugins/unchanged.py), which says what has changed since. A memory
that is missing, broken or of another engine costs time, and never changes a byte of the site.
"""

from __future__ import annotations

import pickle
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import blake2b
from io import BytesIO
from typing import TYPE_CHECKING

from jinja2 import BytecodeCache

from plugins.content.library import Kept
from plugins.sources.files import write_whole

if TYPE_CHECKING:
    from jinja2.bccache import Bucket

    from plugins.unchanged import Record


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

    kept: Kept
    templates: KeptTemplates = field(default_factory=KeptTemplates)


def load_memory(record: Record) -> Memory:
    """Return what the last build of this kind left, without what has changed since; an empty one where that is nothing.

    The files are trusted as the engine beside them is: whoever can write one can write the other.
    """
    with suppress(OSError, ValueError):
        written = record.memory_file.read_bytes()
        # Not copied: it is most of what there is to know of thousands of stories.
        data = memoryview(written)[written.index(b"\n") + 1 :]
        if written.startswith(_heading(record, data)):
            memory: Memory
            content, memory = pickle.loads(data)  # noqa: S301 - our own, whole
            for path in content | record.content:
                if content.get(path) != record.content.get(path):
                    memory.kept.forget(record.project / path)
            return memory
    return Memory(Kept(record.project))


def save_memory(memory: Memory, record: Record) -> None:
    """Leave a memory for the next build. Where that cannot be written, the next one reads everything again."""
    content = record.sure_content()
    if content is None:
        return
    data = pickle.dumps((content, memory), pickle.HIGHEST_PROTOCOL)
    with suppress(OSError):
        write_whole(record.memory_file, _heading(record, data) + data)


def _heading(record: Record, data: bytes | memoryview) -> bytes:
    # Quicker than SHA-256 where the processor has no instruction for that; it need not withstand anyone.
    return f"{record.engine} {blake2b(data, digest_size=32).hexdigest()}\n".encode()
