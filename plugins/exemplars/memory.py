"""What a build leaves for the next: stories as they were read and compiled templates.

It lies on the disk beside the record of the build (plugins/unchanged.py), which says what has changed since. A memory
that is missing, broken or of another engine costs time, and never changes a byte of the site.
"""

from __future__ import annotations

import pickle
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import TYPE_CHECKING

from plugins.content.library import Kept
from plugins.exemplars.kept_templates import KeptTemplates
from plugins.sources.files import write_whole

if TYPE_CHECKING:
    from plugins.unchanged import Record


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
