"""What a reader finds changed from one release to another, or will by the next: stories, pages, documents by title."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING, NamedTuple

from plugins.content.addresses.sections import DOCUMENTS, NEWS, TAKEN
from plugins.content.addresses.urls import file_of_url, url_of_file
from plugins.content.stories.story import Story
from plugins.release.manifest import NAME

if TYPE_CHECKING:
    from pathlib import Path

    from plugins.exemplars.model.edition import Edition
    from plugins.release.manifest import Release

# A story, a document, a standing page: what somebody has written. All else follows from these.
_WRITTEN = re.compile(
    rf"(?:{NEWS.url[1:]}\d{{4}}/[^/]+|{DOCUMENTS.url[1:]}[^/]+|(?!(?:{'|'.join(sorted(TAKEN))})/)[^/]+)/index\.html"
)
_TITLE = re.compile(r"<h1\b[^>]*>(.*?)</h1>", re.DOTALL)
# From the title on, up to what is told of others beside it; and without the names of files by their bytes.
_OWN = re.compile(r"<h1\b.*?(?=<section class=\"story__more\"|<h3 class=\"facts__subtitle\"|</main>)", re.DOTALL)
_FINGERPRINT = re.compile(r"[.-][0-9a-f]{8}(?=[.-])")
_TAG = re.compile(r"<[^>]+>")
# The small pages at an address that something has left.
_SIGNPOST = '<meta name="robots" content="noindex'


class ChangedPage(NamedTuple):
    """A page that has changed: its address and its title."""

    url: str
    title: str


@dataclass(frozen=True)
class Changes:
    """What is new, what says something else, and what is no longer there."""

    added: tuple[ChangedPage, ...] = ()
    changed: tuple[ChangedPage, ...] = ()
    removed: tuple[ChangedPage, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)


def compare_releases(before: Release, after: Release) -> Changes:
    """Return what is changed in a release, seen from another."""
    added, changed, removed = [], [], []
    for path in sorted(filter(_WRITTEN.fullmatch, before.files.keys() | after.files.keys())):
        if before.files.get(path) == after.files.get(path):
            continue
        old, new = _read(before, path), _read(after, path)
        if new and not old:
            added.append(_describe(path, new))
        elif old and not new:
            removed.append(_describe(path, old))
        elif _find_own(old) != _find_own(new):
            changed.append(_describe(path, new))
    return Changes(tuple(added), tuple(changed), tuple(removed))


def foresee_changes(online: Release, edition: Edition, project: Path) -> Changes:
    """Return what a publish of an edition would change: by which files were saved since the release was made."""
    made = (online.site.parent / NAME).stat().st_mtime
    added, changed, urls = [], [], set()
    for source in edition.sources.values():
        urls.add(source.url)
        if file_of_url(source.url) not in online.files:
            added.append(ChangedPage(source.url, source.title))
        elif _last_saved(project / source.path, is_folder=isinstance(source, Story)) > made:
            changed.append(ChangedPage(source.url, source.title))
    removed = [
        _describe(path, text)
        for path in filter(_WRITTEN.fullmatch, online.files)
        if url_of_file(path) not in urls and (text := _read(online, path))
    ]
    return Changes(tuple(added), tuple(changed), tuple(removed))


def _last_saved(file: Path, *, is_folder: bool) -> float:
    """Return when a file was saved last, or anything of the folder that it is the text of; 0 when it is not there."""
    with suppress(OSError):
        if not is_folder:
            return file.stat().st_mtime
        with os.scandir(file.parent) as entries:
            return max((entry.stat().st_mtime for entry in entries), default=0.0)
    return 0.0


def _read(release: Release, path: str) -> str:
    """Return the page at a path; "" where there is none, or only a word of where it has gone."""
    if path not in release.files:
        return ""
    try:
        text = (release.site / path).read_text(encoding="utf-8")
    except (OSError, ValueError):
        return ""
    return "" if _SIGNPOST in text else text


def _find_own(text: str) -> str:
    found = _OWN.search(text)
    return _FINGERPRINT.sub("", found[0] if found else text)


def _describe(path: str, text: str) -> ChangedPage:
    found = _TITLE.search(text)
    return ChangedPage(url_of_file(path), unescape(_TAG.sub("", found[1])).strip() if found else url_of_file(path))
