"""The report of a run: each step with its result and time, and finally the failures."""

from __future__ import annotations

import subprocess
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from plugins.windows.downloads import DownloadError

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST_LINES = 150


class Failed(Exception):
    """A failed step: `what` in one line, and `said`, the output that shows it."""

    def __init__(self, what: str, said: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.said = said


class Report:
    """The steps of a run, printed as they end."""

    def __init__(self) -> None:
        self._begun = time.monotonic()
        self._failed: list[str] = []

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Time a step; a failure in it is printed and recorded, and the run goes on."""
        begun = time.monotonic()
        try:
            yield
        except (Failed, DownloadError, OSError, subprocess.SubprocessError) as error:
            self._failed.append(name)
            failed = error if isinstance(error, Failed) else Failed(f"{type(error).__name__}: {error}")
            lines = failed.said.splitlines()
            cut = max(0, len(lines) - _MOST_LINES)
            shown = [f"… {cut} lines before", *lines[cut:]] if cut else lines
            text = "".join(f"\n           | {line}" for line in shown)
            print(f"FAIL {time.monotonic() - begun:4.0f} s  {name}: {failed.what}{text}", flush=True)
        else:
            print(f"  ok {time.monotonic() - begun:4.0f} s  {name}", flush=True)

    @property
    def is_sound(self) -> bool:
        return not self._failed

    def end(self) -> int:
        """Print the result. Returns the exit code."""
        result = f"failed: {'; '.join(self._failed)}" if self._failed else "all is well"
        print(f"Windows, {time.monotonic() - self._begun:.0f} s: {result}", flush=True)
        return 1 if self._failed else 0
