"""Changes of a project's files, as the system reports them; where it does not, as polling finds them."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

from watchfiles import watch

from plugins.preview.serving.polling import Poll

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

WATCHED = ("content", "theme")
# Milliseconds without an event after which events are reported, and how long they are collected at most.
_QUIET, _AT_MOST = 10, 300
# Milliseconds between looks at what polling has found.
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
                changed = {Path(path) for _, path in events} | poll.take()
                if changed or not is_begun:
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


def _poll(poll: Poll, seconds: float) -> Iterator[set[Path]]:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        time.sleep(_TICK / 1000)
        if found := poll.take():
            yield found
