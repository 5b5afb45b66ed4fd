"""What a deploy has to do, and in which order: from the release, what lies at the target, and the notes there. Pure.

A reader may come at any moment, and the line may be cut at any moment. So what a page needs goes up before the page,
new pages before those that link to them, what leads to pages (feeds, site map, the server's own rules) after them; and
what is no longer needed goes last, pages first.

What deploys have put on a target, notes that lie there tell: what may be replaced and deleted, and what is foreign.
A note is a small JSON file under NOTES, named by the hash of its bytes, so that one cut short is known for no note. It
is written before the first of its files goes up, and again, as whole, after the last: at every moment all that a
deploy of ours has ever put there stands in some note. Nothing else there is ours.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from plugins.release.manifest import FileEntry
from plugins.release.policy import COPIES, FOR_EVER, SERVER_FILES, cache_rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

# Servers show nothing whose name begins with a dot.
NOTES = ".dan-van-kheo"
_GUIDE = re.compile(rf"feeds/.*|sitemap[^/]*\.xml|\.htaccess|{'|'.join(map(re.escape, SERVER_FILES))}")
# What rclone calls a file until it is whole.
_PARTIAL = re.compile(r"^(?P<path>.+)\.[0-9a-f]{8}\.partial$")

FINGERPRINTED, PARTS, NEW_PAGES, PAGES, GUIDES = range(5)


@dataclass(frozen=True)
class Note:
    """The files of one deploy, by path; whether it came to its end; the sizes of the foreign files that it replaces."""

    release: str
    files: Mapping[str, FileEntry]
    whole: bool
    replaced: Mapping[str, int]

    @property
    def name(self) -> str:
        return f"{sha256(self.render()).hexdigest()[:20]}.json"

    def render(self) -> bytes:
        """Return the bytes of the note."""
        value = {
            "release": self.release,
            "whole": self.whole,
            "replaced": dict(sorted(self.replaced.items())),
            "files": {path: list(file) for path, file in sorted(self.files.items())},
        }
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def parse_note(name: str, data: bytes) -> Note | None:
    """Return the note in a file; None when it was cut short, or somebody has changed it."""
    if name != f"{sha256(data).hexdigest()[:20]}.json":
        return None
    try:
        value = json.loads(data)
        files = {path: FileEntry(digest, size) for path, (digest, size) in value["files"].items()}
        return Note(value["release"], files, value["whole"], value["replaced"])
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


@dataclass(frozen=True)
class Plan:
    """What goes up, in five steps; then what is deleted, in two; and what is left alone.

    `in_the_way` are files at the target that are not ours and would be replaced; `changed` are files of ours that
    somebody has changed since, and the release no longer has: they stay.
    """

    uploads: Sequence[Sequence[str]]
    deletes: Sequence[Sequence[str]]
    in_the_way: Sequence[str]
    changed: Sequence[str]

    @property
    def uploaded(self) -> list[str]:
        return [path for step in self.uploads for path in step]

    @property
    def deleted(self) -> list[str]:
        return [path for step in self.deletes for path in step]


def build_plan(files: Mapping[str, FileEntry], there: Mapping[str, int], notes: Sequence[Note]) -> Plan:
    """Return the plan for a release, given the size of each file at the target and the notes found there."""
    there = {path: size for path, size in there.items() if not path.startswith(f"{NOTES}/")}
    missing = [path for path, file in sorted(files.items()) if not _is_there(path, file, there, notes)]
    uploads: list[list[str]] = [[] for _ in range(5)]
    for path in missing:
        uploads[_step(path, there)].append(path)
    ours = {path for note in notes for path in note.files}
    stale: list[str] = []
    changed: list[str] = []
    for path in sorted(ours - files.keys()):
        if path in there:
            (stale if _is_ours(path, there[path], notes) else changed).append(path)
    known = ours | files.keys()
    stale += [path for path in sorted(there) if (cut := _PARTIAL.match(path)) and cut["path"] in known]
    pages = [path for path in stale if _is_page(path) or _is_guide(path)]
    deletes = [pages, [path for path in stale if path not in set(pages)]]
    in_the_way = [path for path in missing if path in there and path not in ours]
    return Plan(uploads, deletes, in_the_way, changed)


def is_fingerprinted(path: str) -> bool:
    """Tell whether the name of a file changes with its content: it may be cached for ever."""
    return cache_rule(f"/{_plain(path)}") == FOR_EVER


def emptied_folders(deleted: Iterable[str], kept: Iterable[str]) -> list[str]:
    """Return the topmost folders in which nothing is left."""
    full = {folder for path in kept for folder in _parents(path)}
    empty = {folder for path in deleted for folder in _parents(path)} - full
    return sorted(folder for folder in empty if not any(parent in empty for parent in _parents(folder)))


def _is_there(path: str, file: FileEntry, there: Mapping[str, int], notes: Sequence[Note]) -> bool:
    """Tell whether the target has these very bytes: the size is right, and nothing else that was put there has it."""
    if there.get(path) != file.bytes:
        return False
    versions = [note.files[path] for note in notes if path in note.files]
    others = any(version.bytes == file.bytes and version != file for version in versions)
    replaced = any(note.replaced.get(path) == file.bytes for note in notes)
    return not others and not replaced and (file in versions or is_fingerprinted(path))


def _is_ours(path: str, size: int, notes: Sequence[Note]) -> bool:
    """Tell whether what lies there is what a deploy put there, or the beginning of it."""
    return any(
        size == note.files[path].bytes or (not note.whole and size < note.files[path].bytes)
        for note in notes
        if path in note.files
    )


def _step(path: str, there: Mapping[str, int]) -> int:
    if is_fingerprinted(path):
        return FINGERPRINTED
    if _is_guide(path):
        return GUIDES
    if _is_page(path):
        return PAGES if path in there else NEW_PAGES
    return PARTS


def _plain(path: str) -> str:
    """Return the path without the ending of a compressed copy: it goes with what it is a copy of."""
    return next((path.removesuffix(ending) for ending in COPIES if path.endswith(ending)), path)


def _is_page(path: str) -> bool:
    return _plain(path).endswith(".html")


def _is_guide(path: str) -> bool:
    return bool(_GUIDE.fullmatch(_plain(path)))


def _parents(path: str) -> list[str]:
    """Return the folders above a path, the nearest last."""
    parts = path.split("/")[:-1]
    return ["/".join(parts[: number + 1]) for number in range(len(parts))]
