"""What a request writes, renames and removes: heard from Python itself, so that no route has to say it."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from pathlib import Path
from threading import local
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

# How many of its arguments are paths, by what Python tells its audit hooks.
_PATHS = {"open": 1, "os.mkdir": 1, "os.remove": 1, "os.rmdir": 1, "os.rename": 2}
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_here = local()


@contextmanager
def listening() -> Iterator[set[Path]]:
    """Give the set of paths that this thread touches until the block ends."""
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


# For as long as the process lives: a hook cannot be taken away.
sys.addaudithook(_hear)
