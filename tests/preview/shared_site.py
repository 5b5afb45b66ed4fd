"""A live site that is read once and lent to one test after another, its project put back after each."""

from __future__ import annotations

import os
import shutil
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from plugins.preview.live.site import LiveSite
from plugins.sources.files import identify, is_settled
from tests.site import checkout

if TYPE_CHECKING:
    from collections.abc import Iterator

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
        self._files = {path: None if path.is_dir() else path.read_bytes() for path in map(Path, self._look())}
        self._states = self._look()
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
        found = self._look()
        seen = {path for path, state in found.items() if state and state == self._states.get(path)}
        changed = {Path(path) for path in (found.keys() | self._states.keys()) - seen if not self._is_same(Path(path))}
        # Children first; a folder may have become a file, and the other way round.
        for path in sorted(changed, reverse=True):
            if str(path) in found:
                path.rmdir() if path.is_dir() else path.unlink()
        for path in sorted(changed):
            if path in self._files:
                data = self._files[path]
                path.mkdir() if data is None else path.write_bytes(data)
        self._states = self._look() if changed else found
        return changed

    def _is_same(self, path: Path) -> bool:
        """Tell whether a path that is there, or was, is what it was at first."""
        if path not in self._files or not path.exists():
            return False
        return self._files[path] == (None if path.is_dir() else path.read_bytes())

    def _look(self) -> dict[str, list[int]]:
        """Return every path in the edited folders with its state: none for a folder, and for a file just written."""
        states: dict[str, list[int]] = {}
        now = time.time_ns()
        folders = [str(self.project / name) for name in _EDITED]
        while folders:
            for entry in os.scandir(folders.pop()):
                state = identify(entry.stat())
                states[entry.path] = [] if entry.is_dir() or not is_settled(state, now) else state
                if entry.is_dir():
                    folders.append(entry.path)
        return states
