"""The cost of a command with all its processes: wall and processor seconds; in a run of its own, memory.

Memory is read off while the command runs, which takes time from it: hence never in a run that is timed.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_PROC = Path("/proc")
_BETWEEN_LOOKS = 0.02


class Failed(Exception):
    """A command that did not end well, with the last line that it said."""


@dataclass(frozen=True)
class Cost:
    """Seconds from start to end, and seconds that processors were busy (None where the system does not tell)."""

    wall: float
    cpu: float | None


@dataclass(frozen=True)
class Command:
    """A command line, where it runs, and what it finds in its environment beside what is there."""

    line: Sequence[str]
    folder: Path
    environment: Mapping[str, str]

    def time(self) -> Cost:
        """Run it to its end. Raises Failed."""
        with tempfile.TemporaryFile() as said:
            begun = time.perf_counter()
            process = self._start(said.fileno())
            cpu = None
            if hasattr(os, "wait4"):
                # Of the process and of every one that it has waited for.
                _, status, usage = os.wait4(process.pid, 0)
                process.returncode = os.waitstatus_to_exitcode(status)
                cpu = usage.ru_utime + usage.ru_stime
            else:
                process.wait()
            wall = time.perf_counter() - begun
            self._refuse_failure(process.returncode, said)
        return Cost(wall, cpu)

    def weigh(self) -> float | None:
        """Run it to its end. Returns the most memory in MB that its processes held together; None where unknown.

        What several processes share counts once (PSS).
        """
        if not (_PROC / "self/smaps_rollup").exists():
            return None
        peak = 0
        with tempfile.TemporaryFile() as said:
            process = self._start(said.fileno())
            while process.poll() is None:
                peak = max(peak, sum(_held(pid) for pid in _family(process.pid)))
                time.sleep(_BETWEEN_LOOKS)
            self._refuse_failure(process.returncode, said)
        return peak / 1024

    def _start(self, said: int) -> subprocess.Popen[bytes]:
        # A developer's machine may be told not to keep compiled modules; staff's do, and each start has a use for them.
        kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        environment = {**kept, **self.environment}
        return subprocess.Popen(
            self.line, cwd=self.folder, env=environment, stdin=subprocess.DEVNULL, stdout=said, stderr=said
        )

    @staticmethod
    def _refuse_failure(code: int, said: IO[bytes]) -> None:
        if code:
            said.seek(0)
            lines = said.read().decode("utf-8", "replace").strip().splitlines()
            raise Failed(lines[-1] if lines else f"mã {code}")


def _family(pid: int) -> Iterator[int]:
    yield pid
    try:
        lists = [(task / "children").read_text("ascii") for task in (_PROC / str(pid) / "task").iterdir()]
    except OSError:
        return  # It has just ended.
    for child in " ".join(lists).split():
        yield from _family(int(child))


def _held(pid: int) -> int:
    """Return the memory of a process in KB, its share of shared memory included."""
    try:
        lines = (_PROC / str(pid) / "smaps_rollup").read_text("ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
