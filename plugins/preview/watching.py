"""What changes in a project, told a moment after it is saved."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from watchfiles import Change, watch

if TYPE_CHECKING:
    from collections.abc import Iterator

WATCHED = ("content", "theme", "plugins", "pelicanconf.py")
# Milliseconds: how long nothing may happen before what has happened is told, and how long it may go on at most.
_QUIET, _AT_MOST = 10, 300
# How often to look whether what is watched is still there.
_LOOK_AGAIN = 100


def watch_project(project: Path) -> Iterator[set[Path] | None]:
    """Yield an empty set as soon as changes are seen, then every set of changed paths; None when anything may have.

    Goes on until interrupted; OSError when the system cannot watch.
    """
    lost: bool | None = None  # a watch; None before the first
    while True:
        roots = _existing(project)
        begun = False
        try:
            for changes in watch(
                *roots, step=_QUIET, debounce=_AT_MOST, rust_timeout=_LOOK_AGAIN, yield_on_timeout=True
            ):
                if not begun:
                    begun = True
                    yield None if lost else set()
                # A file that was replaced, or a folder that was removed, is watched no more: begin again.
                lost = any(kind is Change.deleted and Path(path) in roots for kind, path in changes)
                if lost or _existing(project) != roots:
                    lost = True
                    break
                if changes:
                    yield {Path(path) for _, path in changes}
        except FileNotFoundError:
            continue


def _existing(project: Path) -> list[Path]:
    return [path for name in WATCHED if (path := project / name).exists()]
