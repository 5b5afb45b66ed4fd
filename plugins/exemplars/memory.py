"""What a build leaves for the next: stories as they were read, bodies as they were rendered, and what was shown.

It lies on the disk beside the record of the build (plugins/unchanged.py), which says what has changed since. A memory
that is missing, broken or of another engine costs time, and never changes a byte of the site.
"""

from __future__ import annotations

import os
import pickle
from contextlib import suppress
from dataclasses import dataclass, field, fields
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

from plugins.content.library import STORIES, STORY_FILE, Kept
from plugins.content.story import Story
from plugins.exemplars.kept_bodies import KeptBodies
from plugins.exemplars.kept_templates import KeptTemplates
from plugins.markdown.references import CONTENT
from plugins.vietnamese import nfc

if TYPE_CHECKING:
    from collections.abc import Mapping

    from plugins.content.library import Source
    from plugins.exemplars.edition import Edition
    from plugins.unchanged import Record

# What of a story only its own page and the search show.
# So many stories are read again sooner than all are written.
_FEW = 20
_BODY = {"body", "body_line", "lines"}


@dataclass
class Mending:
    """What is to be done to the last site, beside what is written anew: paths in it, from and to, and what goes."""

    moved: list[tuple[str, str]] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)


@dataclass
class Memory:
    """What was read and rendered for a site that shows `shown` of the `sources`, and `words`: the search's own part."""

    kept: Kept
    bodies: KeptBodies = field(default_factory=KeptBodies)
    templates: KeptTemplates = field(default_factory=KeptTemplates)
    sources: dict[str, Source] = field(default_factory=dict)
    shown: frozenset[str] = frozenset()
    pages: int = 0
    words: Any = None
    # The address of each file of the theme, by its name there.
    assets: dict[str, str] = field(default_factory=dict)
    # The last site, as long as it is as it was written, and the stories that have changed since; None: more than those.
    site: Path = Path()
    changed: frozenset[str] | None = None
    # The shown stories of which just the body is another, by path; None: anything else is, and every page is written.
    edited: frozenset[str] | None = None
    mending: Mending = field(default_factory=Mending)
    # The hash of the file that it is from.
    name: str = ""

    def __getstate__(self) -> dict[str, Any]:
        # What is of one site, or of one build, is kept apart.
        return {**self.__dict__, "words": None, "changed": None, "edited": None, "mending": Mending(), "name": ""}

    def open(self, edition: Edition) -> None:
        """Find out what is `edited`, and remember what is shown from now on."""
        sources, shown = edition.library.sources, frozenset(edition.sources)
        self.edited = None
        if self.changed is not None and (self.sources.keys(), self.shown) == (sources.keys(), shown):
            of_words = {path for path in self.changed if _is_same_but_for_the_body(self.sources, sources, path)}
            self.edited = shown & of_words if of_words == self.changed else None
        self.sources, self.shown, self.mending = sources, shown, Mending()


def _is_same_but_for_the_body(before: Mapping[str, Source], now: Mapping[str, Source], path: str) -> bool:
    one, other = before.get(path), now.get(path)
    if not isinstance(one, Story) or not isinstance(other, Story):
        return False
    return all(getattr(one, part.name) == getattr(other, part.name) for part in fields(Story) if part.name not in _BODY)


def load_memory(record: Record, written: str) -> Memory:
    """Return what the last build of this kind left, without what has changed since; an empty one where that is nothing.

    The files are trusted as the engine beside them is: whoever can write one can write the other.
    """
    with suppress(OSError, ValueError):
        memory: Memory
        name, data = _read(record.memory_file, record.engine)
        content, memory = pickle.loads(data)  # noqa: S301 - our own, whole
        memory.name, memory.site = name, record.output
        changed = [path for path in content | record.content if content.get(path) != record.content.get(path)]
        for path in changed:
            memory.kept.forget(record.project / path)
        with suppress(OSError, ValueError):
            _, data = _read(record.site_file, name)
            wrote, edited, memory.words = pickle.loads(data)  # noqa: S301 - our own, whole
            if wrote == written and all(map(_is_story, changed)):
                memory.changed = edited.union(map(nfc, changed))
        return memory
    return Memory(Kept(record.project))


def save_memory(memory: Memory, record: Record, written: str) -> None:
    """Leave a memory for the next build. Where that cannot be written, the next one reads everything again.

    After other words in a few stories the memory from before them is left, and beside it which they were.
    """
    content = record.sure_content()
    if content is None:
        return
    edited = memory.edited or frozenset()
    with suppress(OSError):
        if memory.edited is None or len(edited) > _FEW:
            memory.name, edited = _write(record.memory_file, record.engine, (content, memory)), frozenset()
        _write(record.site_file, memory.name, (written, edited, memory.words))


def _read(file: Path, of: str) -> tuple[str, memoryview]:
    """Return what `_write` wrote of the same, with its hash; ValueError when it is not that, or not whole."""
    written = file.read_bytes()
    # Not copied: it is most of what there is to know of thousands of stories.
    data = memoryview(written)[written.index(b"\n") + 1 :]
    name = _hash(data)
    if not written.startswith(f"{of} {name}\n".encode()):
        raise ValueError
    return name, data


def _write(file: Path, of: str, value: object) -> str:
    """Write a value, and of what it is. Returns the hash of it."""
    data = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    name = _hash(data)
    made = file.with_name(f".{file.name}-{os.getpid()}")
    made.parent.mkdir(parents=True, exist_ok=True)
    made.write_bytes(f"{of} {name}\n".encode() + data)
    made.replace(file)
    return name


def _hash(data: bytes | memoryview) -> str:
    # Quicker than SHA-256 where the processor has no instruction for that; it need not withstand anyone.
    return blake2b(data, digest_size=32).hexdigest()


def _is_story(path: str) -> bool:
    return path.startswith(f"{CONTENT}/{STORIES}/") and path.endswith(f"/{STORY_FILE}")
