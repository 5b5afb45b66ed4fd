"""What changes in a project, told a moment after it is saved; where no system tells, found by looking."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

from watchfiles import Change, watch

from plugins.preview.serving.polling import Poll

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

WATCHED = ("content", "theme", "plugins", "pelicanconf.py")
# Milliseconds: how long nothing may happen before what has happened is told, and how long it may go on at most.
_QUIET, _AT_MOST = 10, 300
# How often to look whether what is watched is still there.
_LOOK_AGAIN = 100
# Seconds until a watch that the system refused is tried again.
_TRY_AGAIN = 60.0
_SILENT = "Thư mục này không báo thay đổi nên trang tự dò lại, chậm nhất {} giây một lần."
_REFUSED = "Máy không theo dõi được thư mục này ({}) nên trang tự dò lại, chậm nhất {} giây một lần."


def watch_project(project: Path, tell: Callable[[str], None]) -> Iterator[set[Path] | None]:
    """Yield an empty set as soon as changes are seen, then every set of changed paths; None when anything may have.

    Goes on until interrupted, whatever the system refuses. `tell` is called with a sentence once it is looked for
    changes because nobody tells of them, and with "" when that is over.
    """
    poll = Poll(project / name for name in WATCHED)
    is_begun = False
    said = ""
    try:
        while True:
            why, was_heard = "", False
            try:
                for changed in _listen(project, poll):
                    was_heard = True
                    now = _SILENT.format(_seconds(poll)) if poll.is_needed else ""
                    if bool(now) != bool(said):
                        said = now
                        tell(said)
                    if changed is None or changed or not is_begun:
                        is_begun = True
                        yield changed
            except (OSError, RuntimeError) as error:
                # Too many folders for it, or a queue that ran over.
                why = getattr(error, "strerror", None) or " ".join(str(error).split())
            poll.is_needed = True
            if not said:
                said = _REFUSED.format(why, _seconds(poll))
                tell(said)
            if was_heard or not is_begun:
                # What was not told may be anything.
                yield None if is_begun else set()
            is_begun = True
            again = time.monotonic() + _TRY_AGAIN
            while time.monotonic() < again:
                time.sleep(_LOOK_AGAIN / 1000)
                if found := poll.take():
                    yield found
    finally:
        poll.end()


def _listen(project: Path, poll: Poll) -> Iterator[set[Path] | None]:
    """Yield an empty set now and then, else what has changed; None when anything may have."""
    lost = False
    while True:
        roots = _existing(project)
        begun = False
        try:
            for changes in watch(
                *roots, step=_QUIET, debounce=_AT_MOST, rust_timeout=_LOOK_AGAIN, yield_on_timeout=True
            ):
                if not begun:
                    begun = True
                    yield None if lost else set()
                # A file that was replaced, or a folder that was removed, is watched no more: begin again.
                lost = any(kind is Change.deleted and Path(path) in roots for kind, path in changes)
                if changes:
                    poll.hear(path for _, path in changes)
                if lost or _existing(project) != roots:
                    lost = True
                    break
                yield {Path(path) for _, path in changes} | poll.take()
        except FileNotFoundError:
            continue


def _seconds(poll: Poll) -> int:
    return max(1, round(poll.pause))


def _existing(project: Path) -> list[Path]:
    return [path for name in WATCHED if (path := project / name).exists()]
