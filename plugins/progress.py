"""Progress of a long operation: a bar in the terminal, or a file for the desk; nothing elsewhere."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from plugins import job_status

# Seconds before a terminal shows a bar, and between updates.
PATIENCE = 2.0
_BETWEEN = 0.1
_shown: "_Bar | _Desk | None" = None


@contextmanager
def showing(begun: float, stream: TextIO | None = None) -> Iterator[None]:
    """Show progress until the block ends, on a terminal or to the desk; `begun` is the start by time.monotonic()."""
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
    """Show nothing from now on: for a child process."""
    global _shown  # noqa: PLW0603 - one terminal, one bar
    _shown = None


def tell(what: str, done: int, total: int) -> None:
    """Report the number done of a labelled operation."""
    if _shown:
        _shown.update(what, done, total)


class _Bar:
    """A bar drawn by rich at the bottom of the terminal, removed when closed."""

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
        # Imported late: most builds have ended by now.
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        # No refresh thread: other processes may be forked meanwhile.
        console = Console(file=self._stream, force_terminal=True)
        self._progress = Progress(*columns, console=console, transient=True, auto_refresh=False)
        self._task = self._progress.add_task("", total=None)
        self._progress.start()

    def close(self) -> None:
        if self._progress:
            self._progress.stop()


class _Desk:
    """Writes for the desk that started this command, which shows a bar of its own, without delay."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._told = 0.0

    def update(self, what: str, done: int, total: int) -> None:
        if time.monotonic() - self._told > _BETWEEN:
            self._told = time.monotonic()
            job_status.write_progress(self._folder, what, done, total)

    def close(self) -> None:
        job_status.clear_progress(self._folder)
