"""Files and folders that another program holds, as Windows refuses them: by what Python raises, on any system."""

from __future__ import annotations

import errno
import os
import shutil
from contextlib import contextmanager
from io import FileIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from plugins.sources import held

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# The message for a file that cannot be read, whatever the error number.
UNREAD = "được chương trình khác mở"


def refuse(path: object, winerror: int | None = 32) -> PermissionError:
    """Return the exception of the system; without a number of Windows, as `open` has it there too."""
    error = PermissionError(errno.EACCES, "The process cannot access the file", str(path))
    if winerror is not None:
        error.winerror = winerror  # type: ignore[attr-defined]
    return error


@contextmanager
def holding(*paths: Path, winerror: int | None = 32, times: int = 1_000_000) -> Iterator[list[Path]]:
    """Let nobody read, list, move or delete these, or move what is above them, so many times. Gives the refusals."""
    left, refused, patch = [times], list[Path](), pytest.MonkeyPatch()

    def check(path: Any, *, moving: bool = False) -> None:
        tried = Path(os.fspath(path)) if not isinstance(path, int) else Path()
        if left[0] and any(held == tried or (moving and tried in held.parents) for held in paths):
            left[0] -= 1
            refused.append(tried)
            raise refuse(tried, winerror)

    def guard(function: Callable[..., Any], *, moving: bool = False) -> Callable[..., Any]:
        def guarded(path: Any = ".", *rest: Any, **named: Any) -> Any:
            if not named.get("dir_fd"):
                check(path, moving=moving)
            return function(path, *rest, **named)

        return guarded

    class Guarded(FileIO):
        def __init__(self, file: Any, *rest: Any) -> None:
            check(file)
            super().__init__(file, *rest)

    patch.setattr("plugins.sources.text.FileIO", Guarded)
    patch.setattr(Path, "read_bytes", guard(Path.read_bytes))
    patch.setattr(Path, "open", guard(Path.open))
    patch.setattr(os, "scandir", guard(os.scandir))
    for name in ("replace", "rename"):
        patch.setattr(os, name, guard(getattr(os, name), moving=True))
    patch.setattr("shutil.rmtree", guard(shutil.rmtree, moving=True))
    patch.setattr(held, "READING_WAITS", (0.001, 0.001, 0.001))
    patch.setattr(held, "_reading", held._Budget(3.0))
    patch.setattr(held, "_writing", held._Budget(10.0))
    patch.setattr(held, "WAITS", (0.001,) * 5)
    try:
        yield refused
    finally:
        patch.undo()
