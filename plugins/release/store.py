"""releases/: every release in a folder of its own, and which of them is online; one publish at a time.

A release is made in a hidden folder and gets its number when it is whole and on the disk; which one is online is one
name that is replaced in one step. Whoever is cut off anywhere leaves a whole site online, and rubbish that the next
one sweeps away. Standard library only, and nothing here takes long: it is asked before anything else is imported.
"""

from __future__ import annotations

import os
import re
import sys
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from plugins.output import discard
from plugins.sources.files import STOCK, free_path, make_folder, write_whole
from plugins.sources.files import put_in_place as move
from plugins.sources.held import insist_on_reading, is_held, is_link

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FOLDER = "releases"
SITE = "site"
# The texts that a site was made of: beside it, and no part of it.
SOURCES = "sources.zip"
LOCK = ".lock"
# Which release is online; and where that is found while the one takes the other's place, or was cut off over it.
_CURRENT, _BEFORE = "current", ".current"
_NEW, _OLD, _NEXT, _SPARE = ".new-", ".old-", ".next-", ".spare"
_NAME = re.compile(r"\d{4,}")
_LEFT_OVER = re.compile(r"\.(?:new|old|next)-\w+")


class Busy(Exception):
    """Another process holds the lock."""


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """Hold the lock of a file, which is made where it is missing and stays. Raises Busy at once.

    The system holds it for a process, and lets go of it when that ends in whatever way.
    """
    file.parent.mkdir(exist_ok=True)
    # A colleague in whose group it is may lock it too.
    handle = os.open(file, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        try:
            if sys.platform == "win32":
                import msvcrt

                msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
            else:
                import fcntl

                # Of this process alone: one that it forked, and that outlives it, does not hold it.
                fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise Busy from error
        yield
    finally:
        # Closing lets go of it.
        os.close(handle)


def list_names(releases: Path) -> list[str]:
    """Return the name of every release that is there, oldest first."""
    if not releases.is_dir():
        return []
    return sorted((e.name for e in releases.iterdir() if _NAME.fullmatch(e.name) and e.is_dir()), key=int)


def read_current(releases: Path) -> str | None:
    """Return the name of the release that is online; None when there is none."""
    written = _read_name(releases / _CURRENT)
    name = _read_name(releases / _BEFORE) if written is None else written
    return name if name and _NAME.fullmatch(name) and (releases / name).is_dir() else None


def _read_name(link: Path) -> str | None:
    """Return what a link says, or a file where the system lets us make none; None when there is neither."""
    try:
        if is_link(link):
            return os.readlink(link)  # noqa: PTH115
        return insist_on_reading(lambda: link.read_text(encoding="utf-8")).strip()
    except FileNotFoundError:
        return None
    except (OSError, ValueError):
        return ""


def write_current(releases: Path, name: str) -> None:
    """Put a release online: in one step, or on Windows, where links take part, so that whoever looks finds either."""
    made, current = free_path(releases, _NEXT), releases / _CURRENT
    try:
        made.symlink_to(name, target_is_directory=True)
        is_made = is_link(made)
    except (OSError, NotImplementedError):
        is_made = False
    if not is_made:
        # Windows lets few people make links; some file systems say that they made one, and did not.
        write_whole(made, f"{name}\n".encode(), flush=True)
    try:
        _replace(made, current)
    finally:
        with suppress(OSError):
            _remove_link(made)
    _flush(releases)


def _replace(made: Path, current: Path) -> None:
    if not (is_link(made) or is_link(current)):
        move(made, current)
        return
    try:
        made.replace(current)
    except OSError as error:
        # Windows lets nothing take the place of a link to a folder, nor such a link that of anything.
        if not is_held(error):
            raise
        before = current.with_name(_BEFORE)
        if os.path.lexists(current):
            _remove_link(before)
            move(current, before)
        try:
            move(made, current)
        except BaseException:
            if os.path.lexists(before):
                move(before, current)
            raise
    _remove_link(current.with_name(_BEFORE))


def _remove_link(path: Path) -> None:
    path.unlink(missing_ok=True)


def open_new(releases: Path) -> Path:
    """Make the folder in which a release is made, with an empty site in it. Returns that folder.

    Beside the site is what was deleted last, as a stock of files to write it with.
    """
    releases.mkdir(exist_ok=True)
    new = make_folder(releases, _NEW)
    (new / SITE).mkdir()
    with suppress(OSError):
        move(releases / _SPARE / SITE, new / f"{SITE}{STOCK}")
    discard(releases / _SPARE)
    return new


def put_in_place(releases: Path, new: Path) -> str:
    """Give a release that is whole its number, the next one. Returns the name. It is not online by that."""
    discard(new / f"{SITE}{STOCK}")
    _flush_all(new)
    name = f"{int(max(list_names(releases), key=int, default='0')) + 1:04}"
    move(new, releases / name)
    _flush(releases)
    return name


def prune(releases: Path, most: int) -> list[str]:
    """Delete all but the last so many releases; never the one that is online. Returns the names of the deleted."""
    names = list_names(releases)
    doomed = [name for name in names[: max(0, len(names) - most)] if name != read_current(releases)]
    deleted = []
    for name in doomed:
        # One is kept out of sight: the next release is written with what it has.
        away = releases / _SPARE if name == doomed[-1] else free_path(releases, _OLD)
        # On Windows what somebody looks at cannot be moved; the next publish tries again.
        with suppress(OSError):
            # Gone under its name before the first file of it is.
            move(releases / name, away)
            deleted.append(name)
            if away.name != _SPARE:
                discard(away)
    return deleted


def sweep(releases: Path) -> None:
    """Delete what those who were cut off have left; only who holds the lock may."""
    for entry in [*releases.iterdir()] if releases.is_dir() else []:
        if not _LEFT_OVER.fullmatch(entry.name):
            continue
        if entry.is_dir() and not is_link(entry):
            discard(entry)
        else:
            with suppress(OSError):
                entry.unlink()


def _flush_all(folder: Path) -> None:
    """Have the system write all that lies in a folder to the disk now."""
    if sys.platform == "linux":
        # Waits until it is done, unlike elsewhere, and takes a hundredth of the time of file by file.
        os.sync()
    else:
        for path in (*folder.rglob("*"), folder):
            _flush(path)


def _flush(path: Path) -> None:
    """Have the system write a file or folder to the disk now, where it can."""
    with suppress(OSError):
        # Windows flushes only what may be written, and no folder.
        handle = os.open(path, os.O_RDWR if os.name == "nt" else os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
