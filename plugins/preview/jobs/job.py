"""The commands that the desk runs, one at a time, each with a folder under .cache/viec/ that outlives the preview."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from plugins.job_status import read_files, read_progress
from plugins.output import discard
from plugins.preview.jobs import runner
from plugins.preview.serving.agreement import NO_WINDOW
from plugins.release.store import Busy, locked
from plugins.sources.files import put_in_place
from plugins.sources.held import remove_tree

if TYPE_CHECKING:
    from collections.abc import Sequence

FOLDER = ".cache/viec"
# How many are remembered, and what they have made is offered.
KEPT = 8
# Seconds until a job must have begun that nobody holds the lock for.
_TO_BEGIN = 10.0
# Of lines, in bytes, at once.
_MOST = 64_000
_DESCRIPTION = "viec.json"
_CODE = Path(__file__).parents[3]
_starting, _looking = Lock(), Lock()
# Ours to wait for when they have ended, where the system wants that.
_started: list[subprocess.Popen[bytes]] = []


class State(StrEnum):
    """How far a job is."""

    RUNNING = "running"
    DONE = "done"
    REFUSED = "refused"
    STOPPED = "stopped"
    INTERRUPTED = "interrupted"


class Taken(Exception):
    """Another job is running."""

    def __init__(self, job: Job) -> None:
        super().__init__()
        self.job = job


@dataclass(frozen=True)
class Job:
    """One run of a command: its number, the command's name, when it was begun and, when it has, ended, and how."""

    number: int
    folder: Path
    command: str
    begun: float
    ended: float
    state: State

    @property
    def progress(self) -> tuple[str, int, int] | None:
        """What it is doing, how much of it is done, and of how much."""
        return read_progress(self.folder) if self.state is State.RUNNING else None

    @property
    def made(self) -> list[str]:
        """The path in the project of each file that it has made."""
        return read_files(self.folder)

    def read_lines(self, start: int) -> tuple[str, int]:
        """Return what it has said from a byte on, in whole lines, and where what follows begins."""
        try:
            with (self.folder / runner.LINES).open("rb") as lines:
                lines.seek(start)
                data = lines.read(_MOST)
        except OSError:
            return "", start
        whole = data[: data.rfind(b"\n") + 1]
        if (len(data) == _MOST and not whole) or (len(data) < _MOST and self.state is not State.RUNNING):
            # A line without an end.
            whole = data
        return whole.decode("utf-8", errors="replace"), start + len(whole)


def start(project: Path, command: str, arguments: Sequence[str]) -> Job:
    """Begin a command of tasks.py as `inv` does; Taken while another runs.

    In this environment, which `tasks.py` prepares and then does the same: a process less between us and the command.
    """
    with _starting:
        last = find_last(project)
        if last and last.state is State.RUNNING:
            raise Taken(last)
        number = last.number + 1 if last else 1
        folder = project / FOLDER / str(number)
        # Whoever looks meanwhile sees a job with its description, or none.
        making = folder.with_name(f".{number}")
        remove_tree(making)
        making.mkdir(parents=True)
        described = {"command": command, "arguments": list(arguments), "begun": time.time()}
        (making / _DESCRIPTION).write_text(json.dumps(described, ensure_ascii=False), encoding="utf-8")
        put_in_place(making, folder)
        # By words and not by the environment, which the bundle's Python does not listen to.
        python = [sys.executable, "-u", "-X", "utf8", "-m"]
        words = [*python, "plugins.preview.jobs.runner", str(project), str(folder)]
        own = project if (project / "tasks.py").is_file() else _CODE
        words += [*python, "invoke", "--search-root", str(own), command, *arguments]
        # Out of reach of the Ctrl+C that ends the preview; no black window flashes up.
        _started[:] = [process for process in _started if process.poll() is None]
        _started.append(
            subprocess.Popen(
                words,
                cwd=_CODE,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
                creationflags=NO_WINDOW,
            )
        )
        for old in _numbers(project)[:-KEPT]:
            discard(project / FOLDER / str(old))
    return _read(folder, is_last=True)


def stop(job: Job) -> None:
    """Ask that a job be stopped; it is when it says so."""
    (job.folder / runner.STOP).touch()


def list_jobs(project: Path) -> list[Job]:
    """Return the jobs that are remembered, the last first."""
    numbers = _numbers(project)
    return [_read(project / FOLDER / str(n), is_last=n == numbers[-1]) for n in reversed(numbers)]


def find_last(project: Path) -> Job | None:
    """Return the last job that was begun; None when none is remembered."""
    numbers = _numbers(project)
    return _read(project / FOLDER / str(numbers[-1]), is_last=True) if numbers else None


def _numbers(project: Path) -> list[int]:
    with suppress(OSError):
        folders = (project / FOLDER).iterdir()
        return sorted(int(entry.name) for entry in folders if entry.name.isdecimal() and entry.name.isascii())
    return []


def _read(folder: Path, *, is_last: bool) -> Job:
    described: dict[str, object] = {}
    with suppress(OSError, ValueError):
        described = json.loads((folder / _DESCRIPTION).read_bytes())
    begun = described.get("begun")
    begun = float(begun) if isinstance(begun, int | float) else 0.0
    ended, state = _find_state(folder, begun, is_last=is_last)
    return Job(int(folder.name), folder, str(described.get("command", "")), begun, ended, state)


def _find_state(folder: Path, begun: float, *, is_last: bool) -> tuple[float, State]:
    """Return when a job ended, 0 when that is not known, and its state."""
    # Before the result: a job that ends between the two looks is then taken for one that has ended.
    is_running = is_last and (_is_held(folder.parent / runner.LOCK) or 0 <= time.time() - begun < _TO_BEGIN)
    try:
        result = json.loads((folder / runner.RESULT).read_bytes())
        code, ended = int(result["code"]), float(result["ended"])
    except (OSError, ValueError, KeyError, TypeError):
        return 0.0, State.RUNNING if is_running else State.INTERRUPTED
    if code and (folder / runner.STOP).exists():
        return ended, State.STOPPED
    return ended, State.REFUSED if code else State.DONE


def _is_held(lock: Path) -> bool:
    with _looking:
        try:
            with locked(lock):
                return False
        except Busy:
            return True
        except OSError:
            return False
