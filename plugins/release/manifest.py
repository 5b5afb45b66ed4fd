"""Releases as read: their files, with a manifest of SHA-256 and length beside the site (manifest.json)."""

import json
import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from plugins.output import explain
from plugins.release.store import FOLDER, SITE, read_current

NAME = "manifest.json"


class FileEntry(NamedTuple):
    """SHA-256, in hexadecimal, and length of a file."""

    sha256: str
    bytes: int


Manifest = dict[str, FileEntry]


def list_files(site: Path) -> list[str]:
    """Return the path of every file under a folder, with “/”, sorted."""
    # Names as text: a path object for each folder takes as long as reading it.
    root, found, folders = f"{site}/", list[str](), [""]
    while folders:
        folder = folders.pop()
        for entry in os.scandir(root + folder):
            if entry.is_dir():
                folders.append(f"{folder}{entry.name}/")
            elif entry.is_file():
                found.append(f"{folder}{entry.name}")
    return sorted(found)


def build_manifest(site: Path, known: Mapping[str, FileEntry] | None = None) -> Manifest:
    """Return the manifest of a site, sorted by path; `known` has entries of files that need no reading."""
    known = known or {}
    return {path: known.get(path) or read_entry(site / path) for path in list_files(site)}


def read_entry(file: Path) -> FileEntry:
    """Return the entry of a file."""
    return describe(file.read_bytes())


def describe(data: bytes) -> FileEntry:
    """Return the entry of a file with these bytes."""
    return FileEntry(sha256(data).hexdigest(), len(data))


def render_manifest(manifest: Manifest) -> str:
    """Return a manifest as JSON, `{path: {"sha256": …, "bytes": …}}`: the same text for the same files."""
    # Line by line: with an indent, Python's encoder is ten times slower.
    entries = ((path, manifest[path]) for path in sorted(manifest))
    lines = (f'{_encode(path)}: {{"sha256": {_encode(one.sha256)}, "bytes": {one.bytes}}}' for path, one in entries)
    return "{\n" + ",\n".join(lines) + "\n}\n"


_encode = json.JSONEncoder(ensure_ascii=False).encode


def load_manifest(release: Path) -> Manifest | None:
    """Return the manifest in a release's folder, or None when it cannot be read."""
    try:
        read = json.loads((release / NAME).read_bytes())
        return {path: FileEntry(str(entry["sha256"]), int(entry["bytes"])) for path, entry in read.items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None


def find_damage(release: Path) -> list[str]:
    """Return the paths of a release that are missing, changed or not in its manifest."""
    site, manifest = release / SITE, load_manifest(release)
    if manifest is None:
        return [NAME]
    found = list_files(site)
    changed = {path for path in found if manifest.get(path) != read_entry(site / path)}
    return sorted(manifest.keys() ^ set(found) | changed)


class NoRelease(Exception):
    """There is no undamaged release to work on; the message, in Vietnamese, says why."""


@dataclass(frozen=True)
class Release:
    """A release: its number as in the name of its folder, its web root, and its files by path there."""

    number: str
    site: Path
    files: Mapping[str, FileEntry]

    @classmethod
    def load(cls, folder: Path) -> "Release":
        """Return the release in a folder; without a readable manifest, its files are hashed."""
        files = load_manifest(folder)
        return cls(folder.name, folder / SITE, build_manifest(folder / SITE) if files is None else files)

    def check(self, paths: Iterable[str]) -> None:
        """Compare files with the manifest; NoRelease, which names the first that differs."""
        for path in paths:
            with suppress(OSError):
                if read_entry(self.site / path) == self.files[path]:
                    continue
            what = f"bản {self.number} không còn nguyên: tệp {path} đã mất hoặc bị sửa"
            raise NoRelease(f"{what}; chạy publish để làm bản mới")


def load_current(project: Path) -> Release:
    """Return the current release. Raises NoRelease."""
    releases = project / FOLDER
    try:
        number = read_current(releases, surely=True)
    except OSError as error:
        raise NoRelease(f"chưa rõ bản nào đang dùng: {explain(error, project, doing='đọc')}") from error
    if number is None:
        raise NoRelease("chưa có bản phát hành nào; chạy publish trước")
    if (files := load_manifest(releases / number)) is None:
        raise NoRelease(f"manifest.json của bản {number} không đọc được; chạy publish để làm bản mới")
    if "index.html" not in files:
        raise NoRelease(f"bản {number} không có trang chủ; chạy publish để làm bản mới")
    return Release(number, releases / number / SITE, files)
