"""A closed room: a process that may write in one folder alone, start nothing, call nobody, take so much and so long.

Needs fork, audit hooks and resource limits: on Windows the tests that use it are skipped.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
import tempfile
import time
import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection

SECONDS = 30.0
# More than this is a fault; at twice as much the process is refused more, so that the machine lives.
MEGABYTES = 1_000
_CHANGES = {"os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.truncate"}
_STARTS = {"subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.fork"}
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


class Escape(BaseException):
    """The code under test reached outside the room; no net for ordinary exceptions catches it."""


@dataclass(frozen=True)
class Fault:
    """An input that broke what must hold: its number, and how."""

    number: int
    what: str


@dataclass
class Told:
    """The result of a room: number of inputs, failures, and peak memory (MB)."""

    tried: int
    faults: list[Fault]
    megabytes: int = 0
    slowest: float = 0.0


def enter(folder: Path) -> None:
    """Close this process in: from here on it writes under `folder` alone."""
    sys.dont_write_bytecode = True
    tempfile.tempdir = str(folder)
    root = os.path.realpath(folder)
    _limit_memory()

    def refuse(place: Any, what: str, *, follow: bool = True) -> None:
        if isinstance(place, int) or os.fspath(place) in (os.devnull, os.fsencode(os.devnull)):
            return
        path = os.path.realpath(os.fsdecode(place)) if follow else os.fsdecode(place)
        if path != root and not path.startswith(root + os.sep):
            raise Escape(f"{what} {path}")

    def watch(event: str, given: tuple[Any, ...]) -> None:
        if event == "open" and given[0] is not None and isinstance(given[2], int) and given[2] & _WRITES:
            refuse(given[0], "ghi")
        elif event in _CHANGES:
            folder = given[-1] if event in ("os.remove", "os.rmdir", "os.mkdir") else -1
            place = Path(f"/proc/self/fd/{folder}" if folder >= 0 else "") / os.fsdecode(given[0])
            # A link is removed, not what it leads to.
            refuse(str(place.parent.resolve() / place.name), event, follow=False)
        elif event in _STARTS:
            raise Escape(f"{event} {given[0]!r}")
        elif event == "socket.connect" and given[1][0] != "127.0.0.1":
            raise Escape(f"gọi tới {given[1]}")

    sys.addaudithook(watch)


def _limit_memory() -> None:
    import resource

    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) if sys.platform == "linux" else 0
    if pages:
        most = pages * resource.getpagesize() + 2 * MEGABYTES * 1_000_000
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _peak() -> int:
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def work(folder: Path, prepare: Callable[[Path], Callable[[int], None]], numbers: range, patience: float) -> Told:
    """Try inputs by their numbers, in a room that is opened anew after each that breaks it.

    `prepare` is called in the room and returns what tries one; whatever that raises is a fault.
    """
    told = Told(0, [])
    context = multiprocessing.get_context("fork")
    ends = time.monotonic() + patience
    first = numbers.start
    while first < numbers.stop and time.monotonic() < ends:
        ours, theirs = context.Pipe()
        process = context.Process(target=_try_all, args=(theirs, folder, prepare, first, numbers.stop, ends))
        process.start()
        theirs.close()
        first = max(first + 1, _follow(ours, process, told, first))
    return told


def _follow(ours: Connection, process: Any, told: Told, first: int) -> int:
    """Listen to a room until it is done or broken. Returns the number to go on with."""
    at, begun = first, time.monotonic()
    try:
        # The first is told after the room has been prepared.
        while ours.poll(SECONDS + (60 if at == first else 0)):
            match ours.recv():
                case ("try", number):
                    told.slowest = max(told.slowest, time.monotonic() - begun if at != first else 0)
                    at, begun = number, time.monotonic()
                    told.tried += 1
                case ("fault", number, what):
                    told.faults.append(Fault(number, what))
                case ("done", number, megabytes):
                    told.megabytes = max(told.megabytes, megabytes)
                    process.join()
                    return int(number)
        told.faults.append(Fault(at, f"quá {SECONDS:.0f} giây"))
        process.kill()
    except EOFError:
        process.join()
        told.faults.append(Fault(at, f"tiến trình chết, mã {process.exitcode}"))
    process.join()
    return at + 1


def _try_all(
    pipe: Connection, folder: Path, prepare: Callable[[Path], Callable[[int], None]], first: int, stop: int, ends: float
) -> None:
    try_one = prepare(folder)
    before = _peak()
    enter(folder)
    number = first
    while number < stop and time.monotonic() < ends:
        pipe.send(("try", number))
        try:
            try_one(number)
            if _peak() - before > MEGABYTES:
                pipe.send(("fault", number, f"{_peak() - before} MB"))
                before = _peak()
        except BaseException as error:  # noqa: BLE001 - whatever it is, it is what is looked for
            trace = "".join(traceback.format_exception(error)[-4:])
            pipe.send(("fault", number, f"{type(error).__name__}: {error}\n{trace}"[:3_000]))
        number += 1
    pipe.send(("done", number, _peak() - before))
    pipe.close()
    # Not sys.exit: whatever a test's process wants done at its end is not this one's to do.
    os._exit(0)
