"""Looking again and again for what has changed, where the system does not tell: a network share, some editors."""

from __future__ import annotations

import os
import time
from pathlib import Path
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING

from watchfiles import Change, DefaultFilter

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# Seconds between two looks at the least, and how many times as long as a look takes: while changes are told by the
# system, and where only looking finds them.
_SELDOM, _SELDOM_TIMES = 2.0, 40
_OFTEN, _OFTEN_TIMES = 0.5, 4
# How long the system may take to tell what a look has found.
_GRACE = 0.5
# What was told longer ago says nothing of what a look finds now.
_REMEMBERED = 600.0
_is_told = DefaultFilter()

Snapshot = dict[str, tuple[int, int, int]]


class Poll:
    """Looks at folders and files in a thread of its own. `is_needed` is true once it found what nobody had told."""

    def __init__(self, roots: Iterable[Path]) -> None:
        self._roots = [*roots]
        self.is_needed = False
        self._lock, self._ended = Lock(), Event()
        self._heard: dict[str, float] = {}
        self._found: dict[str, float] = {}
        begun = time.monotonic()
        self._seen = take_snapshot(self._roots)
        self._cost = time.monotonic() - begun
        Thread(target=self._look_on, daemon=True).start()

    @property
    def pause(self) -> float:
        """Seconds until the next look: the more it costs, the longer."""
        least, times = (_OFTEN, _OFTEN_TIMES) if self.is_needed else (_SELDOM, _SELDOM_TIMES)
        return max(least, times * self._cost)

    def hear(self, paths: Iterable[str]) -> None:
        """Take note that the system has told of these."""
        now = time.monotonic()
        with self._lock:
            self.is_needed = False
            self._heard = {path: told for path, told in self._heard.items() if now - told < _REMEMBERED}
            self._heard |= dict.fromkeys(paths, now)

    def take(self) -> set[Path]:
        """Return what has changed since it was last asked and nobody else has told in due time."""
        now = time.monotonic()
        with self._lock:
            due = {path: found for path, found in self._found.items() if self.is_needed or now - found >= _GRACE}
            self._found = {path: found for path, found in self._found.items() if path not in due}
            # Since the look before the one that found it.
            since = {path: found - self.pause - self._cost - _GRACE for path, found in due.items()}
            fresh = {path for path in due if self._heard.get(path, -1.0) < since[path]}
            self.is_needed = self.is_needed or any(not self._is_heard_above(path, since[path]) for path in fresh)
        return {Path(path) for path in fresh}

    def _is_heard_above(self, path: str, since: float) -> bool:
        """Tell whether a folder above was told of: when one is renamed, nobody tells what is in it."""
        return any(self._heard.get(str(folder), -1.0) >= since for folder in Path(path).parents)

    def end(self) -> None:
        """Look no more."""
        self._ended.set()

    def _look_on(self) -> None:
        # In short steps: it may have to look sooner than it thought.
        waited = 0.0
        while not self._ended.wait(_GRACE / 5):
            waited += _GRACE / 5
            if waited < self.pause:
                continue
            waited, begun = 0.0, time.monotonic()
            now = take_snapshot(self._roots)
            changed = find_changes(self._seen, now)
            self._seen, self._cost = now, time.monotonic() - begun
            with self._lock:
                self._found |= dict.fromkeys(changed, time.monotonic())


def take_snapshot(roots: Iterable[Path]) -> Snapshot:
    """Return what tells each file from another state of it, by path; folders are only there or not."""
    seen: Snapshot = {}
    left = []
    for root in roots:
        if root.is_dir():
            left.append(str(root))
        elif root.exists():
            seen[str(root)] = _identify(os.stat(root))  # noqa: PTH116 - thousands of files
    while left:
        folder = left.pop()
        seen[folder] = (0, 0, 0)
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    if entry.name[0] == "." or entry.name == "__pycache__":
                        continue
                    if entry.is_dir(follow_symlinks=False):
                        left.append(entry.path)
                    else:
                        seen[entry.path] = _identify(entry.stat(follow_symlinks=False))
        except OSError:
            # Removed, or locked, while it was looked at; the next look sees more.
            continue
    return seen


def find_changes(before: Mapping[str, tuple[int, int, int]], now: Mapping[str, tuple[int, int, int]]) -> set[str]:
    """Return the paths of what was made, written or removed, but for what no system is asked to tell."""
    changed = {path for path, _ in before.items() ^ now.items()}
    return {path for path in changed if _is_told(Change.modified, path)}


def _identify(found: os.stat_result) -> tuple[int, int, int]:
    return found.st_size, found.st_mtime_ns, found.st_ino
