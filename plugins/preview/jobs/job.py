"""Jobs: runs of commands, one at a time, each with a folder under .cache/viec/ that outlives the preview."""

import json
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from threading import Lock

from plugins.job_status import read_files, read_progress
from plugins.output import discard
from plugins.preview.jobs import runner
from plugins.release.store import Busy, locked
from plugins.sources.files import put_in_place
from plugins.sources.held import remove_tree

FOLDER = ".cache/viec"
# Number of jobs kept, with links to the files they made.
KEPT = 8
# Seconds after its start within which a job counts as running though it holds no lock yet.
_TO_BEGIN = 10.0
# Bytes of output read at once.
_MOST = 64_000
_DESCRIPTION = "viec.json"
_CODE = Path(__file__).parents[3]
_starting, _looking = Lock(), Lock()
# Child processes, to be polled: POSIX keeps ended ones until then.
_started: list[subprocess.Popen[bytes]] = []


class JobState(StrEnum):
    """The state of a job."""

    RUNNING = "running"
    DONE = "done"
    REFUSED = "refused"
    STOPPED = "stopped"
    INTERRUPTED = "interrupted"


class Taken(Exception):
    """Another job is running."""

    def __init__(self, job: "Job") -> None:
        super().__init__()
        self.job = job


@dataclass(frozen=True)
class Job:
    """A run of a command. `begun` and `ended` are seconds since the epoch, `ended` 0 if it has not or is unknown."""

    number: int
    folder: Path
    command: str
    begun: float
    ended: float
    state: JobState

    @property
    def progress(self) -> tuple[str, int, int] | None:
        """The present step, how much of it is done, and the total; None if unknown."""
        return read_progress(self.folder) if self.state is JobState.RUNNING else None

    @property
    def made(self) -> list[str]:
        """The paths in the project of the files it has made."""
        return read_files(self.folder)

    def read_lines(self, start: int) -> tuple[str, int]:
        """Return whole lines of its output from a byte on, and the byte where the next ones begin."""
        try:
            with (self.folder / runner.LINES).open("rb") as lines:
                lines.seek(start)
                data = lines.read(_MOST)
        except OSError:
            return "", start
        whole = data[: data.rfind(b"\n") + 1]
        if (len(data) == _MOST and not whole) or (len(data) < _MOST and self.state is not JobState.RUNNING):
            # A line that is cut off, or longer than can be read at once.
            whole = data
        return whole.decode("utf-8", errors="replace"), start + len(whole)


def start_command(project: Path, command: str, arguments: Sequence[str]) -> Job:
    """Start a command of tasks.py; Taken while another runs.

    By `invoke` in this environment, which running tasks.py itself would only prepare once more.
    """
    with _starting:
        if (last := next(iter(list_jobs(project)), None)) and last.state is JobState.RUNNING:
            raise Taken(last)
        number = last.number + 1 if last else 1
        folder = project / FOLDER / str(number)
        # Prepared under another name, so that no job is ever seen without its description.
        making = folder.with_name(f".{number}")
        remove_tree(making)
        making.mkdir(parents=True)
        described = {"command": command, "arguments": list(arguments), "begun": time.time()}
        (making / _DESCRIPTION).write_text(json.dumps(described, ensure_ascii=False), encoding="utf-8")
        put_in_place(making, folder)
        # By options, as the bundle's Python ignores environment variables.
        python = [sys.executable, "-u", "-X", "utf8", "-m"]
        words = [*python, "plugins.preview.jobs.runner", str(project), str(folder)]
        own = project if (project / "tasks.py").is_file() else _CODE
        words += [*python, "invoke", "--search-root", str(own), command, *arguments]
        _started[:] = [process for process in _started if process.poll() is None]
        _started.append(
            subprocess.Popen(
                words,
                cwd=_CODE,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                # Out of reach of the Ctrl+C that ends the preview.
                start_new_session=True,
                creationflags=runner.NO_WINDOW,
            )
        )
        for old in _numbers(project)[:-KEPT]:
            discard(project / FOLDER / str(old))
    return _read(folder, is_last=True)


def request_stop(job: Job) -> None:
    """Ask a job to stop; its state tells when it has."""
    (job.folder / runner.STOP).touch()


def list_jobs(project: Path) -> list[Job]:
    """Return the jobs kept, the last first."""
    numbers = _numbers(project)
    return [_read(project / FOLDER / str(n), is_last=n == numbers[-1]) for n in reversed(numbers)]


def _numbers(project: Path) -> list[int]:
    with suppress(OSError):
        folders = (project / FOLDER).iterdir()
        return sorted(int(entry.name) for entry in folders if entry.name.isdecimal() and entry.name.isascii())
    return []


def _read(folder: Path, *, is_last: bool) -> Job:
    command, begun = "", 0.0
    with suppress(OSError, ValueError, KeyError, TypeError):
        described = json.loads((folder / _DESCRIPTION).read_bytes())
        command, begun = str(described["command"]), float(described["begun"])
    return Job(int(folder.name), folder, command, begun, *_find_state(folder, begun, is_last=is_last))


def _find_state(folder: Path, begun: float, *, is_last: bool) -> tuple[float, JobState]:
    """Return when a job ended, 0 if unknown, and its state."""
    # Looked at before the result, so that a job that ends in between counts as ended.
    is_running = is_last and (_is_held(folder.parent / runner.LOCK) or 0 <= time.time() - begun < _TO_BEGIN)
    try:
        result = json.loads((folder / runner.RESULT).read_bytes())
        code, ended = int(result["code"]), float(result["ended"])
    except (OSError, ValueError, KeyError, TypeError):
        return 0.0, JobState.RUNNING if is_running else JobState.INTERRUPTED
    if code and (folder / runner.STOP).exists():
        return ended, JobState.STOPPED
    return ended, JobState.REFUSED if code else JobState.DONE


def _is_held(lock: Path) -> bool:
    with _looking, suppress(OSError):
        try:
            with locked(lock):
                return False
        except Busy:
            return True
    return False
