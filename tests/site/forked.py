"""Code that runs in a project as if a Python had been started for it, without the time that a start takes.

Where the system can fork, one process has the libraries loaded, and nothing of the program; a fork of it changes to the
project, imports the project's own code, runs, and ends. Elsewhere each run is a process of its own.
"""

from __future__ import annotations

import atexit
import json
import os
import select
import signal
import subprocess
import sys
import tempfile
import threading
import time
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

_SERVER = Path(__file__).with_name("fork_server.py")
# Names the folder that all processes of one run of tests share: `project/`, and what is made once beside it.
SHARED = "DAN_VAN_KHEO_SHARED"


def kept_templates() -> Path | None:
    """Return the folder for `templates_once`, if this is a run of all tests."""
    return Path(os.environ[SHARED], "templates") if SHARED in os.environ else None


class Ran(NamedTuple):
    """The exit code and output of a run; stderr is empty where both were wanted together."""

    code: int
    stdout: str
    stderr: str


class Wanted(NamedTuple):
    """Python code, the words of its sys.argv, and the project that it runs in."""

    folder: Path
    code: str
    words: Sequence[str] = ()


def run(wanted: Sequence[Wanted], *, together: bool = False, timeout: int = 120) -> list[Ran]:
    """Run all at the same time; `together` has stderr in stdout. Raises subprocess.TimeoutExpired."""
    with tempfile.TemporaryDirectory() as folder:
        outs = [
            (Path(folder, f"{at}.out"), Path(folder, f"{at}.{'out' if together else 'err'}"))
            for at in range(len(wanted))
        ]
        for file in {file for pair in outs for file in pair}:
            file.touch()
        codes = (_Server.get().run if hasattr(os, "fork") else _start)(wanted, outs, timeout)
        said = [[file.read_text(encoding="utf-8") for file in pair] for pair in outs]
    return [Ran(code, out, "" if together else err) for code, (out, err) in zip(codes, said, strict=True)]


class _Server:
    """The process that forks; it ends with this one."""

    def __init__(self) -> None:
        line = [sys.executable, "-X", "utf8", str(_SERVER), str(kept_templates() or "")]
        # Each run has its own PYTHONPATH; a group of its own, so that one which takes too long is ended with all that
        # it started.
        self._process = subprocess.Popen(
            line,
            env={name: value for name, value in os.environ.items() if name != "PYTHONPATH"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
            cwd=tempfile.gettempdir(),
            process_group=0,
        )
        atexit.register(self._end)
        # Answers name no question: threads of a test ask in turns.
        self._turn = threading.Lock()

    @staticmethod
    @cache
    def get() -> _Server:
        return _Server()

    def run(self, wanted: Sequence[Wanted], outs: Sequence[tuple[Path, Path]], timeout: int) -> list[int]:
        codes: list[int] = self._ask([_question(one, *out) for one, out in zip(wanted, outs, strict=True)], timeout)
        return codes

    def start(self, wanted: Wanted, out: Path, err: Path) -> int:
        """Return the number of the process."""
        return int(self._ask(_question(wanted, out, err)))

    def poll(self, pid: int) -> int | None:
        """Return the exit code of a process that was started, None while it runs."""
        code: int | None = self._ask(pid)
        return code

    def _ask(self, asked: object, timeout: int = 120) -> Any:
        assert self._process.stdin
        assert self._process.stdout
        with self._turn:
            self._process.stdin.write(json.dumps(asked) + "\n")
            self._process.stdin.flush()
            if not select.select([self._process.stdout], [], [], timeout)[0]:
                os.killpg(self._process.pid, signal.SIGKILL)
                self.get.cache_clear()
                raise subprocess.TimeoutExpired([str(_SERVER)], timeout)
            return json.loads(self._process.stdout.readline())

    def _end(self) -> None:
        self._process.communicate()


def _question(wanted: Wanted, out: Path, err: Path) -> dict[str, object]:
    return {
        "code": wanted.code,
        "words": list(wanted.words),
        "folder": str(wanted.folder),
        "environment": dict(os.environ),
        "out": str(out),
        "err": str(err),
    }


class Started:
    """A process that goes on beside the test, as `subprocess.Popen` has it."""

    def __init__(self, wanted: Wanted) -> None:
        self._folder = tempfile.TemporaryDirectory()
        self._out, self._err = Path(self._folder.name, "out"), Path(self._folder.name, "err")
        self._out.touch()
        self._err.touch()
        self.pid = _Server.get().start(wanted, self._out, self._err)
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """Return the exit code, None while it runs."""
        if self.returncode is None:
            self.returncode = _Server.get().poll(self.pid)
        return self.returncode

    def wait(self, timeout: float) -> int:
        """Return the exit code when it has ended. Raises subprocess.TimeoutExpired."""
        deadline = time.monotonic() + timeout
        while self.poll() is None:
            if time.monotonic() > deadline:
                raise subprocess.TimeoutExpired([str(self.pid)], timeout)
            time.sleep(0.01)
        assert self.returncode is not None
        return self.returncode

    def send_signal(self, number: int) -> None:
        """Send it a signal, unless it has ended."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(signal.SIGKILL)

    def communicate(self, timeout: float = 60) -> tuple[bytes, bytes]:
        """Return its output when it has ended. Raises subprocess.TimeoutExpired."""
        self.wait(timeout)
        return self._out.read_bytes(), self._err.read_bytes()


Process = Started | subprocess.Popen[bytes]


def start(wanted: Wanted) -> Process:
    """Start a process that the caller ends."""
    return Started(wanted) if hasattr(os, "fork") else start_alone(wanted)


def start_alone(wanted: Wanted) -> subprocess.Popen[bytes]:
    """Start a Python for it: where its start is measured, or looked at itself."""
    line = [sys.executable, "-X", "utf8", "-c", wanted.code, *wanted.words]
    return subprocess.Popen(line, cwd=wanted.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def _start(wanted: Sequence[Wanted], outs: Sequence[tuple[Path, Path]], timeout: int) -> list[int]:
    running = []
    for one, (out, err) in zip(wanted, outs, strict=True):
        line = [sys.executable, "-X", "utf8", "-c", one.code, *one.words]
        with out.open("ab") as said, err.open("ab") as told:
            running.append(subprocess.Popen(line, cwd=one.folder, stdin=subprocess.DEVNULL, stdout=said, stderr=told))
    return [process.wait(timeout) for process in running]
