"""Changes of a project's files, as the system reports them; where it does not, as polling finds them.

Network shares and some editors report none: there, snapshots of the folders are compared.
"""

import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from watchfiles import Change, DefaultFilter, watch

WATCHED = ("content", "theme")
# Milliseconds without an event after which events are reported, and how long they are collected at most.
_QUIET, _AT_MOST = 10, 300
# Milliseconds between looks at the results of polling.
_TICK = 100
# Seconds until a watch that the system refused is tried again.
_TRY_AGAIN = 60.0
_SILENT = "Thư mục này không báo thay đổi nên trang tự dò lại, chậm nhất {} giây một lần."
_REFUSED = "Máy không theo dõi được thư mục này ({}) nên trang tự dò lại, chậm nhất {} giây một lần."


def watch_project(project: Path, report: Callable[[str], None]) -> Iterator[set[Path]]:
    """Yield an empty set once changes can be seen, then each set of changed paths, until interrupted.

    `report` is called with a sentence when changes are found by polling alone, and with "" when that is over.
    """
    poll = Poll(project / name for name in WATCHED)
    is_begun = False
    reported = ""
    while True:
        error = ""
        try:
            roots = [root for root in poll.roots if root.exists()]
            for events in watch(*roots, step=_QUIET, debounce=_AT_MOST, rust_timeout=_TICK, yield_on_timeout=True):
                if events:
                    poll.hear(path for _, path in events)
                sentence = _SILENT.format(poll.seconds) if poll.is_needed else ""
                if bool(sentence) != bool(reported):
                    reported = sentence
                    report(sentence)
                if (changed := {Path(path) for _, path in events} | poll.take()) or not is_begun:
                    is_begun = True
                    yield changed
        except (OSError, RuntimeError) as raised:
            # Too many folders, or a full queue of events.
            error = getattr(raised, "strerror", None) or " ".join(str(raised).split())
        poll.is_needed = True
        if not reported:
            reported = _REFUSED.format(error, poll.seconds)
            report(reported)
        if not is_begun:
            is_begun = True
            yield set()
        yield from _poll(poll, _TRY_AGAIN)


def _poll(poll: "Poll", seconds: float) -> Iterator[set[Path]]:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        time.sleep(_TICK / 1000)
        if found := poll.take():
            yield found


# Seconds between snapshots, at least, and as a multiple of a snapshot's cost: while the system reports changes, and
# where polling alone finds them.
_SELDOM, _SELDOM_TIMES = 2.0, 40
_OFTEN, _OFTEN_TIMES = 0.5, 4
# Seconds that the system may take to report a change found here.
_GRACE = 0.5
# Seconds after which a reported change is forgotten.
_REMEMBERED = 600.0
_is_reportable = DefaultFilter()

# Size, time of modification and inode, by path; all 0 for folders.
Snapshot = dict[str, tuple[int, int, int]]


class Poll:
    """Snapshots of folders, taken when due. `is_needed` is true once one shows a change that went unreported."""

    def __init__(self, roots: Iterable[Path]) -> None:
        self.roots = [*roots]
        self.is_needed = False
        # Times of reports by the system, by path.
        self._heard: dict[str, float] = {}
        # Changes by path: when they were found here, and the earliest time at which they can have happened.
        self._found: dict[str, tuple[float, float]] = {}
        self._last: Snapshot = {}
        self._look()

    @property
    def pause(self) -> float:
        """Seconds between snapshots, more where a snapshot takes long."""
        least, times = (_OFTEN, _OFTEN_TIMES) if self.is_needed else (_SELDOM, _SELDOM_TIMES)
        return max(least, times * self._cost)

    @property
    def seconds(self) -> int:
        """The pause as a message gives it."""
        return max(1, round(self.pause))

    def hear(self, paths: Iterable[str]) -> None:
        """Note that the system has reported changes of these paths."""
        now = time.monotonic()
        self.is_needed = False
        self._heard = {path: heard for path, heard in self._heard.items() if now - heard < _REMEMBERED}
        self._heard |= dict.fromkeys(paths, now)

    def take(self) -> set[Path]:
        """Return the changes since the last call that the system has not reported in time."""
        if time.monotonic() >= self._looked + self.pause:
            since = self._looked
            self._found |= dict.fromkeys(self._look(), (time.monotonic(), since))
        now = time.monotonic()
        due = {path: since for path, (found, since) in self._found.items() if self.is_needed or now - found >= _GRACE}
        self._found = {path: times for path, times in self._found.items() if path not in due}
        missed = {path for path, since in due.items() if self._heard.get(path, -1.0) < since}
        self.is_needed = self.is_needed or any(not self._is_heard_above(path, due[path]) for path in missed)
        return {Path(path) for path in missed}

    def _look(self) -> set[str]:
        """Take a snapshot. Return the paths that differ from the one before."""
        self._looked = time.monotonic()
        before, self._last = self._last, take_snapshot(self.roots)
        self._cost = time.monotonic() - self._looked
        return find_changes(before, self._last)

    def _is_heard_above(self, path: str, since: float) -> bool:
        """Return whether a parent folder was reported: when one is renamed, the files in it are not."""
        return any(self._heard.get(str(folder), -1.0) >= since for folder in Path(path).parents)


def take_snapshot(roots: Iterable[Path]) -> Snapshot:
    """Return the state of every file and folder below the roots; hidden ones and links to folders left out."""
    seen: Snapshot = {}
    left = [str(root) for root in roots if root.is_dir()]
    while left:
        folder = left.pop()
        seen[folder] = (0, 0, 0)
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    if entry.name[0] == ".":
                        continue
                    if entry.is_dir(follow_symlinks=False):
                        left.append(entry.path)
                    else:
                        found = entry.stat(follow_symlinks=False)
                        seen[entry.path] = found.st_size, found.st_mtime_ns, found.st_ino
        except OSError:
            # Removed or locked meanwhile; the next snapshot shows more.
            continue
    return seen


def find_changes(before: Mapping[str, tuple[int, int, int]], now: Mapping[str, tuple[int, int, int]]) -> set[str]:
    """Return the paths created, written or removed between snapshots, without the temporary files of editors."""
    changed = {path for path, _ in before.items() ^ now.items()}
    return {path for path in changed if _is_reportable(Change.modified, path)}
