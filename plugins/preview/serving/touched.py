"""Paths that a request writes, renames or removes, reported by Python's audit events instead of by every route."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from pathlib import Path
from threading import local
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

# Audit events, each with the number of its leading arguments that are paths.
_PATHS = {"open": 1, "os.mkdir": 1, "os.remove": 1, "os.rmdir": 1, "os.rename": 2}
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_here = local()


@contextmanager
def listening() -> Iterator[set[Path]]:
    """Yield a set that collects the paths touched by this thread until the block ends."""
    _here.touched = touched = set[Path]()
    try:
        yield touched
    finally:
        del _here.touched


def _hear(event: str, arguments: tuple[Any, ...]) -> None:
    if event not in _PATHS or not hasattr(_here, "touched"):
        return
    if event == "open" and not (arguments[2] or 0) & _WRITES:
        return
    for path in arguments[: _PATHS[event]]:
        if isinstance(path, str | bytes | os.PathLike):
            _here.touched.add(Path(os.fsdecode(path)))


# Audit hooks cannot be removed: this one stays for the life of the process.
sys.addaudithook(_hear)
