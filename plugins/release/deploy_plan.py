"""Plan a deploy: uploads and deletions in order, given the files and the notes at the target. Pure.

A reader may come, and the connection may be lost, at any moment. So the files of a page go up before the page, new
pages before those that link to them, then feeds, site map and server rules; files no longer needed are deleted last,
pages first.

Notes at the target list the files that deploys have put there: only those may be replaced or deleted. A note is a JSON
file under NOTES, named by the hash of its bytes, so that a torn one is recognised. It is written before the first
of its files goes up, and again, as `whole`, after the last: every file of ours is in some note at any moment.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import PurePosixPath

from plugins.release.manifest import FileEntry
from plugins.release.policy import COPIES, IMMUTABLE, SERVER_FILES, cache_rule

NOTES = ".dan-van-kheo"  # servers do not serve names that begin with a dot
_GUIDE = re.compile(rf"feeds/.*|sitemap[^/]*\.xml|\.htaccess|{'|'.join(map(re.escape, SERVER_FILES))}")
# Temporary name that rclone gives to a file until it is complete.
_PARTIAL = re.compile(r"^(?P<path>.+)\.[0-9a-f]{8}\.partial$")
FINGERPRINTED, PARTS, NEW_PAGES, PAGES, GUIDES = range(5)  # steps of uploading


@dataclass(frozen=True)
class Note:
    """The files of one deploy, whether it was completed, and the sizes of the foreign files that it replaces."""

    release: str
    files: Mapping[str, FileEntry]
    whole: bool
    replaced: Mapping[str, int]

    @property
    def name(self) -> str:
        return f"{sha256(self.render()).hexdigest()[:20]}.json"

    def render(self) -> bytes:
        """Return the bytes of the note's file."""
        value = {
            "release": self.release,
            "whole": self.whole,
            "replaced": dict(sorted(self.replaced.items())),
            "files": {path: list(file) for path, file in sorted(self.files.items())},
        }
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def parse_note(name: str, data: bytes) -> Note | None:
    """Return the note in a file; None when it is torn or was changed."""
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
    """Paths to upload in five steps and delete in two, foreign files `in_the_way`, and `changed` ones, which stay."""

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
    """Return the plan for the files of a release, given the size of each file at the target, and the notes there."""
    there = {path: size for path, size in there.items() if not path.startswith(f"{NOTES}/")}
    missing = [path for path, file in sorted(files.items()) if not _is_there(path, file, there, notes)]
    uploads: list[list[str]] = [[] for _ in range(5)]
    for path in missing:
        uploads[_step(path, there)].append(path)
    ours = {path for note in notes for path in note.files}
    left = [path for path in sorted(ours - files.keys()) if path in there]
    stale = [path for path in left if _is_ours(path, there[path], notes)]
    known = ours | files.keys()
    partial = [path for path in sorted(there) if (found := _PARTIAL.match(path)) and found["path"] in known]
    pages = [path for path in stale if _is_page(path) or _is_guide(path)]
    deletes = [pages, [path for path in stale if path not in set(pages)] + partial]
    in_the_way = [path for path in missing if path in there and path not in ours]
    return Plan(uploads, deletes, in_the_way, [path for path in left if path not in set(stale)])


def is_fingerprinted(path: str) -> bool:
    """Tell whether a file's name contains a hash of its content, so that it may be cached for good."""
    return cache_rule(f"/{_plain(path)}") == IMMUTABLE


def emptied_folders(deleted: Iterable[str], kept: Iterable[str]) -> list[str]:
    """Return the topmost folders that deleting leaves empty."""
    full = {folder for path in kept for folder in _parents(path)}
    empty = {folder for path in deleted for folder in _parents(path)} - full
    return sorted(folder for folder in empty if not any(parent in empty for parent in _parents(folder)))


def _is_there(path: str, file: FileEntry, there: Mapping[str, int], notes: Sequence[Note]) -> bool:
    """Tell whether the target surely has these bytes: the size matches, and nothing else put there has that size."""
    if there.get(path) != file.bytes:
        return False
    versions = [note.files[path] for note in notes if path in note.files]
    others = any(version.bytes == file.bytes and version != file for version in versions)
    replaced = any(note.replaced.get(path) == file.bytes for note in notes)
    return not others and not replaced and (file in versions or is_fingerprinted(path))


def _is_ours(path: str, size: int, notes: Sequence[Note]) -> bool:
    """Tell whether a file at the target has the size that a deploy gave it, or less if that deploy was interrupted."""
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
    """Return the path of the file that a compressed copy goes with, or the path itself."""
    return next((path.removesuffix(ending) for ending in COPIES if path.endswith(ending)), path)


def _is_page(path: str) -> bool:
    return _plain(path).endswith(".html")


def _is_guide(path: str) -> bool:
    return bool(_GUIDE.fullmatch(_plain(path)))


def _parents(path: str) -> list[str]:
    """Return the folders above a path."""
    return [str(folder) for folder in PurePosixPath(path).parents[:-1]]
