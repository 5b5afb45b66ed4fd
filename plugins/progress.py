"""What a long build is doing, as a bar in the terminal or to the desk: nothing where no one looks.

In a terminal nothing is shown in the first moments.
"""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from plugins import job_status

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import TextIO

# What is done sooner needs no bar.
PATIENCE = 2.0
_BETWEEN = 0.1
_shown: _Bar | _Desk | None = None


@contextmanager
def showing(begun: float, stream: TextIO | None = None) -> Iterator[None]:
    """Show what is told until the block ends: on the stream, stderr by default, if it is a terminal; else to the desk.

    `begun` is when it all began, by time.monotonic: what has not taken long by then is not shown.
    """
    global _shown  # noqa: PLW0603 - one terminal, one bar
    stream = stream or sys.stderr
    if stream is not None and stream.isatty():
        _shown = _Bar(stream, begun)
    elif folder := job_status.find_folder():
        _shown = _Desk(folder)
    else:
        _shown = None
    try:
        yield
    finally:
        if _shown:
            _shown.close()
        _shown = None


def hide() -> None:
    """Show nothing from now on: this process is not the one that anyone looks at."""
    global _shown  # noqa: PLW0603 - one terminal, one bar
    _shown = None


def tell(what: str, done: int, total: int) -> None:
    """Say how much of what is done."""
    if _shown:
        _shown.update(what, done, total)


class _Bar:
    """A line at the bottom of the terminal, drawn by rich; gone when it is closed."""

    def __init__(self, stream: TextIO, begun: float) -> None:
        self._stream = stream
        self._begun = begun
        self._drawn = 0.0
        self._progress: Any = None

    def update(self, what: str, done: int, total: int) -> None:
        if self._progress is None:
            if time.monotonic() - self._begun < PATIENCE:
                return
            self._open()
        self._progress.update(self._task, description=what, completed=done, total=total)
        if time.monotonic() - self._drawn > _BETWEEN:
            self._drawn = time.monotonic()
            self._progress.refresh()

    def _open(self) -> None:
        # Imported here: most builds have ended by now.
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        # Drawn on each word and by no thread of its own: other processes may be begun meanwhile.
        console = Console(file=self._stream, force_terminal=True)
        self._progress = Progress(*columns, console=console, transient=True, auto_refresh=False)
        self._task = self._progress.add_task("", total=None)
        self._progress.start()

    def close(self) -> None:
        if self._progress:
            self._progress.stop()


class _Desk:
    """Tells the desk that started this command, which shows a bar of its own; at once, for its page has room for it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._told = 0.0

    def update(self, what: str, done: int, total: int) -> None:
        if time.monotonic() - self._told > _BETWEEN:
            self._told = time.monotonic()
            job_status.write_progress(self._folder, what, done, total)

    def close(self) -> None:
        job_status.clear_progress(self._folder)
