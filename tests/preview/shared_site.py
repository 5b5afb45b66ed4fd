"""A live site that is read once and lent to one test after another, its project put back after each."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING

from plugins.preview.live.site import LiveSite
from tests.site import checkout

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# Folders that the project's code reads, and tests change.
_EDITED = ("content", "theme")
# Caches that may stay: photos and texts are kept by their bytes.
_KEPT = (".cache",)


class SharedSite:
    """The shipped content and the extra stories, shown live."""

    def __init__(self, folder: Path) -> None:
        self.project = checkout.copy_project(folder)
        checkout.add_stories(self.project)
        self._entries = {entry.name for entry in self.project.iterdir()} | set(_KEPT)
        self._files = self._read()
        self._live = LiveSite(self.project)
        self._live.update(())
        self._problems = self._live.problems

    @contextmanager
    def lend(self) -> Iterator[LiveSite]:
        """Lend the site; then restore every file, have it read again, and check that all is as before."""
        try:
            yield self._live
        finally:
            changed = self._restore()
            self._live.update(changed)
        assert self._live.problems == self._problems

    def _restore(self) -> set[Path]:
        """Put every file back, remove what was added, and return the paths of both."""
        for entry in list(self.project.iterdir()):
            if entry.name not in self._entries:
                shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
        found = self._read()
        changed = {path for path, _ in found.items() ^ self._files.items()}
        # Children first; a folder may have become a file, and the other way round.
        for path in sorted(changed, reverse=True):
            if path in found:
                path.rmdir() if path.is_dir() else path.unlink()
        for path in sorted(changed):
            if path in self._files:
                data = self._files[path]
                path.mkdir() if data is None else path.write_bytes(data)
        return changed

    def _read(self) -> dict[Path, bytes | None]:
        """Return every file of the edited folders with its bytes, and every folder with None."""
        entries = [entry for name in _EDITED for entry in (self.project / name).rglob("*")]
        return {entry: None if entry.is_dir() else entry.read_bytes() for entry in entries}
