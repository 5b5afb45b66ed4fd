"""What a build leaves for the next: stories as they were read, bodies as they were rendered, and what was shown.

It lies on the disk beside the record of the build (plugins/unchanged.py), which says what has changed since. A memory
that is missing, broken or of another engine costs time, and never changes a byte of the site.
"""

from __future__ import annotations

import os
import pickle
from contextlib import suppress
from dataclasses import dataclass, field, fields
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from plugins.exemplars.kept_bodies import KeptBodies
from plugins.exemplars.kept_templates import KeptTemplates
from plugins.exemplars.library import STORIES, STORY_FILE, Kept
from plugins.exemplars.references import CONTENT
from plugins.exemplars.story import Story
from plugins.vietnamese import nfc

if TYPE_CHECKING:
    from plugins.exemplars.edition import Edition
    from plugins.exemplars.library import Source
    from plugins.unchanged import Record

# What of a story only its own page and the search show.
_OF_THE_BODY = {"body", "body_line", "lines"}


@dataclass
class Memory:
    """What was read and rendered for a site that shows `shown` of the `sources`, and `words`: the search's own part."""

    kept: Kept
    bodies: KeptBodies = field(default_factory=KeptBodies)
    templates: KeptTemplates = field(default_factory=KeptTemplates)
    sources: dict[str, Source] = field(default_factory=dict)
    shown: frozenset[str] = frozenset()
    words: Any = None
    # The files that have changed since `site` was built. None: more than stories, or there is no such site.
    changed: frozenset[str] | None = None
    site: Path = Path()

    def find_edited(self, edition: Edition) -> frozenset[str] | None:
        """Return the shown stories, by path, of which just the body changed; None when anything else changed too."""
        sources = edition.library.sources
        if self.changed is None or (self.sources.keys(), self.shown) != (sources.keys(), frozenset(edition.sources)):
            return None
        if all(_is_same_but_for_the_body(self.sources.get(path), sources.get(path)) for path in self.changed):
            return self.changed & self.shown
        return None

    def find_folders(self, stories: frozenset[str]) -> list[str]:
        """Return the folders of stories as they are called on the disk, from the content's own folder on."""
        folders = {f"{path}/{STORY_FILE}": folder for folder, path, _ in self.kept.folders or ()}
        return [Path(*folders[story].parts[-3:]).as_posix() for story in sorted(stories)]

    def note(self, edition: Edition) -> None:
        """Remember what is shown now."""
        self.sources, self.shown, self.changed = edition.library.sources, frozenset(edition.sources), None


def _is_same_but_for_the_body(before: Source | None, now: Source | None) -> bool:
    if not isinstance(before, Story) or not isinstance(now, Story):
        return False
    names = (one.name for one in fields(Story) if one.name not in _OF_THE_BODY)
    return all(getattr(before, name) == getattr(now, name) for name in names)


def load_memory(record: Record, written: str) -> Memory:
    """Return what the last build of this kind left, without what has changed since; an empty one where that is nothing.

    The file is trusted as the engine beside it is: whoever can write one can write the other.
    """
    with suppress(OSError, ValueError):
        head, _, data = record.memory_file.read_bytes().partition(b"\n")
        if head.decode() == _head(record, data):
            memory: Memory
            content, wrote, memory = pickle.loads(data)  # noqa: S301 - written by this program, and whole
            changed = [path for path in content | record.content if content.get(path) != record.content.get(path)]
            for path in changed:
                memory.kept.forget(record.project / path)
            if wrote == written and all(map(_is_story, changed)):
                memory.changed, memory.site = frozenset(map(nfc, changed)), record.output
            return memory
    return Memory(Kept(record.project))


def save_memory(memory: Memory, record: Record, written: str) -> None:
    """Leave a memory for the next build. Where that cannot be written, the next one reads everything again."""
    content = record.sure_content()
    if content is None:
        return
    data = pickle.dumps((content, written, memory), pickle.HIGHEST_PROTOCOL)
    made = record.memory_file.with_name(f".{record.memory_file.name}-{os.getpid()}")
    with suppress(OSError):
        made.parent.mkdir(parents=True, exist_ok=True)
        made.write_bytes(_head(record, data).encode() + b"\n" + data)
        made.replace(record.memory_file)


def _head(record: Record, data: bytes) -> str:
    return f"{record.engine} {sha256(data).hexdigest()}"


def _is_story(path: str) -> bool:
    return path.startswith(f"{CONTENT}/{STORIES}/") and path.endswith(f"/{STORY_FILE}")
