"""Stories, pages and documents that change for readers from one release to another, or with the next publish."""

import os
import re
from contextlib import suppress
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import NamedTuple

from plugins.content.addresses.sections import DOCUMENTS, NEWS, TAKEN
from plugins.content.addresses.urls import file_of_url, url_of_file
from plugins.content.stories.story import Story
from plugins.exemplars.model.edition import Edition
from plugins.release.manifest import NAME, Release

# A story, a document, a standing page: written by people. All other pages follow from these.
_WRITTEN = re.compile(
    rf"(?:{NEWS.url[1:]}\d{{4}}/[^/]+|{DOCUMENTS.url[1:]}[^/]+|(?!(?:{'|'.join(sorted(TAKEN))})/)[^/]+)/index\.html"
)
_TITLE = re.compile(r"<h1\b[^>]*>(.*?)</h1>", re.DOTALL)
# From the title on, without the parts about other stories; fingerprints in names of files are removed.
_OWN = re.compile(r"<h1\b.*?(?=<section class=\"story__more\"|<h3 class=\"facts__subtitle\"|</main>)", re.DOTALL)
_FINGERPRINT = re.compile(r"[.-][0-9a-f]{8}(?=[.-])")
_TAG = re.compile(r"<[^>]+>")
# In the page at an address that has moved or was withdrawn.
_SIGNPOST = '<meta name="robots" content="noindex'


class ChangedPage(NamedTuple):
    """A changed page: its address and title."""

    url: str
    title: str


@dataclass(frozen=True)
class Changes:
    """Pages added, changed and removed, by address."""

    added: tuple[ChangedPage, ...] = ()
    changed: tuple[ChangedPage, ...] = ()
    removed: tuple[ChangedPage, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)


def compare_releases(before: Release, after: Release) -> Changes:
    """Return the changes from one release to another."""
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
    """Return the changes that a publish would make, judged by the files saved since the current release."""
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
    """Return the mtime of a file, or the latest in the folder whose text it is; 0 when it does not exist."""
    with suppress(OSError):
        if not is_folder:
            return file.stat().st_mtime
        with os.scandir(file.parent) as entries:
            return max((entry.stat().st_mtime for entry in entries), default=0.0)
    return 0.0


def _read(release: Release, path: str) -> str:
    """Return the page at a path; "" where there is none, or only a notice that it moved or was withdrawn."""
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
    found, url = _TITLE.search(text), url_of_file(path)
    return ChangedPage(url, unescape(_TAG.sub("", found[1])).strip() if found else url)
