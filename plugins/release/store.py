"""releases/: one folder per release, and the name of the current one; one publish at a time.

A release is made in a hidden folder and numbered once it is complete and flushed to disk; making it current replaces
one name atomically. An interruption at any point leaves a complete site online, and leftovers for the next publish to
delete. Standard library only, and quick to import.
"""

import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from plugins.output import discard
from plugins.sources.files import STOCK, free_path, make_folder, put_in_place, write_whole
from plugins.sources.held import insist_on_reading, is_held, is_link

FOLDER = "releases"
SITE = "site"
SOURCES = "sources.zip"  # beside the site, the texts that it was made from
LOCK = ".lock"
# The name of the current release; and its previous value during, or after an interrupted, replacement.
_CURRENT, _BEFORE = "current", ".current"
_NEW, _OLD, _NEXT, _SPARE = ".new-", ".old-", ".next-", ".spare"
_NAME = re.compile(r"\d{4,}")
_LEFT_OVER = re.compile(r"\.(?:new|old|next)-\w+")


class Busy(Exception):
    """Another process holds the lock."""


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """Hold an exclusive lock on a file, made if missing, until the block or process ends; Busy if it is held."""
    file.parent.mkdir(exist_ok=True)
    # Writable by colleagues too, as far as the umask allows.
    handle = os.open(file, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        try:
            if sys.platform == "win32":
                import msvcrt

                msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
            else:
                import fcntl

                # A record lock is not inherited by a forked child that outlives this process.
                fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise Busy from error
        yield
    finally:
        # Closing releases the lock.
        os.close(handle)


def list_names(releases: Path) -> list[str]:
    """Return the names of all releases, oldest first."""
    if not releases.is_dir():
        return []
    return sorted((e.name for e in releases.iterdir() if _NAME.fullmatch(e.name) and e.is_dir()), key=int)


def read_current(releases: Path, *, surely: bool = False) -> str | None:
    """Return the name of the current release; None, or an OSError if `surely`, when it cannot be read now."""
    written = _read_name(releases / _CURRENT, surely=surely)
    name = _read_name(releases / _BEFORE, surely=surely) if written is None else written
    return name if name and _NAME.fullmatch(name) and (releases / name).is_dir() else None


def _read_name(link: Path, *, surely: bool) -> str | None:
    """Return the target of a link, or the text of a file standing in for one; None without either, "" if unreadable."""
    try:
        if is_link(link):
            return os.readlink(link)  # noqa: PTH115
        return insist_on_reading(link.read_bytes).decode().strip()
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        if surely and is_held(error) and not link.is_dir():
            raise
        return ""


def write_current(releases: Path, name: str) -> None:
    """Make a release current: atomically or, for links on Windows, so that readers find the old or the new name."""
    made, current = free_path(releases, _NEXT), releases / _CURRENT
    try:
        made.symlink_to(name, target_is_directory=True)
        is_made = is_link(made)
    except (OSError, NotImplementedError):
        is_made = False
    if not is_made:
        # Windows lets few people create links, and some file systems only pretend to.
        write_whole(made, f"{name}\n".encode(), flush=True)
    try:
        _replace(made, current)
    except OSError as error:
        # Messages are about the file, not the temporary one.
        error.filename, error.filename2 = str(current), None
        raise
    finally:
        with suppress(OSError):
            made.unlink(missing_ok=True)
    _flush(releases)


def _replace(made: Path, current: Path) -> None:
    if not (is_link(made) or is_link(current)):
        put_in_place(made, current)
        return
    try:
        made.replace(current)
    except OSError as error:
        # Windows cannot replace a link to a folder, nor replace anything by one.
        if not is_held(error):
            raise
        before = current.with_name(_BEFORE)
        if os.path.lexists(current):
            before.unlink(missing_ok=True)
            put_in_place(current, before)
        try:
            put_in_place(made, current)
        except BaseException:
            if os.path.lexists(before):
                put_in_place(before, current)
            raise
    current.with_name(_BEFORE).unlink(missing_ok=True)


def make_release_folder(releases: Path) -> Path:
    """Make a folder for a new release: an empty site, and the site pruned last as a stock for `files.put`."""
    releases.mkdir(exist_ok=True)
    new = make_folder(releases, _NEW)
    (new / SITE).mkdir()
    with suppress(OSError):
        put_in_place(releases / _SPARE / SITE, new / f"{SITE}{STOCK}")
    discard(releases / _SPARE)
    return new


def add_release(releases: Path, new: Path) -> str:
    """Flush a complete release to disk and give it the next number, without making it current. Returns the name."""
    discard(new / f"{SITE}{STOCK}")
    if sys.platform == "linux":
        # On Linux sync() waits for completion, and takes a hundredth of the time of an fsync per file.
        os.sync()
    else:
        for path in (*new.rglob("*"), new):
            _flush(path)
    name = f"{int(max(list_names(releases), key=int, default='0')) + 1:04}"
    put_in_place(new, releases / name)
    _flush(releases)
    return name


def prune(releases: Path, most: int) -> list[str]:
    """Delete all but the last `most` releases, never the current one. Returns the names of the deleted."""
    names = list_names(releases)
    try:
        current = read_current(releases, surely=True)
    except OSError:
        return []
    doomed = [name for name in names[: max(0, len(names) - most)] if name != current]
    deleted = []
    for name in doomed:
        # The last of them becomes the stock of the next release.
        away = releases / _SPARE if name == doomed[-1] else free_path(releases, _OLD)
        # On Windows a folder with an open file cannot be moved; the next publish tries again.
        with suppress(OSError):
            # Renamed first, so that no release is ever half deleted.
            put_in_place(releases / name, away)
            deleted.append(name)
            if away.name != _SPARE:
                discard(away)
    return deleted


def sweep(releases: Path) -> None:
    """Delete the leftovers of interrupted publishes; the caller holds the lock."""
    for entry in [*releases.iterdir()] if releases.is_dir() else []:
        if not _LEFT_OVER.fullmatch(entry.name):
            continue
        if entry.is_dir() and not is_link(entry):
            discard(entry)
        else:
            with suppress(OSError):
                entry.unlink()


def _flush(path: Path) -> None:
    """Flush a file or folder to disk, where the system can."""
    with suppress(OSError):
        # Windows flushes only writable handles, and no folders.
        handle = os.open(path, os.O_RDWR if os.name == "nt" else os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
