"""Write files atomically, and identify the state of a file.

Standard library only and quick to import, as a build without changes uses little else.
"""

# For thousands of files, pathlib would take as long as the system calls.
# ruff: noqa: PTH103, PTH105, PTH112, PTH120, PTH123

import os
import stat
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import lru_cache
from itertools import count
from pathlib import Path
from typing import BinaryIO

from plugins.sources.held import insist

# The dot keeps it out of content/, and `sweep` of release/store.py deletes leftovers of a killed publish by this name.
_TEMPORARY = ".new-"
# Suffix of the previous site, whose files are reused.
STOCK = ".stock"
# The resolution of time stamps: two seconds on FAT, far less elsewhere.
_GRAIN, _COARSE_GRAIN = 100_000_000, 2_000_000_000


def read_bytes(file: str) -> bytes:
    """Return the bytes of a file."""
    with open(file, "rb", 0) as opened:
        return opened.read()


def put(site: Path, path: str, data: bytes, times: tuple[int, int] | None = None) -> None:
    """Write a file of a new site and the folders above it, moving an identical file from the stock if there is one.

    Moving takes a fraction of the time of creating one file and deleting another. A stock is there before the first
    file of its site. `times` are those of access and of change that the file gets, in ns; else it is of now.
    """
    root = f"{site}"
    target, spare = f"{root}/{path}", f"{root}{STOCK}/{path}" if _has_stock(root) else ""
    try:
        _move_or_write(target, spare, data)
    except FileNotFoundError:
        # Most files find their folder: to ask each time takes a third of the whole.
        os.makedirs(os.path.dirname(target), exist_ok=True)
        _move_or_write(target, spare, data)
    if times:
        os.utime(target, ns=times)


@lru_cache(2)
def _has_stock(site: str) -> bool:
    return os.path.isdir(f"{site}{STOCK}")


def _move_or_write(target: str, spare: str, data: bytes) -> None:
    with suppress(OSError):
        if spare and _is_same(spare, data):
            os.replace(spare, target)
            os.utime(target)
            return
    with open(target, "wb") as opened:
        opened.write(data)


def _is_same(file: str, data: bytes) -> bool:
    found = os.lstat(file)
    return stat.S_ISREG(found.st_mode) and found.st_size == len(data) and read_bytes(file) == data


def put_parts(site: Path, path: str, parts: Iterable[bytes]) -> None:
    """Write a file of a new site in parts, for one too large for memory."""
    target = f"{site}/{path}"
    os.makedirs(os.path.dirname(target), exist_ok=True)
    with open(target, "wb") as opened:
        opened.writelines(parts)


def write_whole(file: Path, data: bytes, *, flush: bool = False) -> None:
    """Write a file atomically, creating the folders above it; on OSError the old file is untouched.

    Keeps the permissions of the file it replaces. `flush` waits until the bytes are on the disk.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    # In the same folder, so that a rename puts it in place; a short name, as Windows limits paths.
    made = free_path(file.parent, _TEMPORARY)
    try:
        with made.open("xb") as out:
            out.write(data)
            with suppress(FileNotFoundError):
                if stat.S_ISREG(mode := file.lstat().st_mode) and hasattr(os, "fchmod"):
                    os.fchmod(out.fileno(), stat.S_IMODE(mode))
            if flush:
                out.flush()
                os.fsync(out.fileno())
        put_in_place(made, file)
    except BaseException as error:
        with suppress(OSError):
            made.unlink()
        if isinstance(error, OSError):
            # Messages are about the file, not the temporary one.
            error.filename, error.filename2 = str(file), None
        raise


def put_in_place(made: Path, file: Path) -> None:
    """Rename a file or folder on its disk, waiting up to a second while it is held; on OSError nothing has moved."""
    insist(lambda: made.replace(file))


def free_path(folder: Path, prefix: str) -> Path:
    """Return an unused path in a folder."""
    # Short: Windows limits the length of the whole path.
    return folder / f"{prefix}{os.urandom(4).hex()}"


def numbered(stem: str, suffix: str = "", mark: str = "-") -> Iterator[str]:
    """Yield a name, `stem` and `suffix`, without end: then numbered from 2, the number after a `mark`."""
    yield f"{stem}{suffix}"
    for number in count(2):
        yield f"{stem}{mark}{number}{suffix}"


def make_folder(parent: Path, prefix: str) -> Path:
    """Make an empty folder under a new name; one of `tempfile` stays private to an account, even after a rename."""
    made = free_path(parent, prefix)
    made.mkdir()
    return made


@contextmanager
def open_new(file: Path) -> Iterator[BinaryIO]:
    """Create a file for writing, deleted if the block fails; FileExistsError when it exists."""
    out = file.open("xb")
    try:
        with out:
            yield out
    except BaseException:
        file.unlink(missing_ok=True)
        raise


def write_beside(folder: Path, name: str, files: Mapping[str, bytes]) -> list[Path]:
    """Write files, bytes by suffix, with one stem, numbered beside any with other bytes, and return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    for stem in numbered(name, mark="-lan-"):
        targets = {folder / f"{stem}{suffix}": data for suffix, data in files.items()}
        if all(not file.exists() or file.read_bytes() == data for file, data in targets.items()):
            break
    for file, data in targets.items():
        if not file.exists():
            with open_new(file) as out:
                out.write(data)
    return [*targets]


def identify(found: os.stat_result) -> list[int]:
    """Return the identity of the state of a file, as in version control: size, mtime, ctime (ns) and inode."""
    return [found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino]


def is_settled(identity: Sequence[int], now: int) -> bool:
    """Return whether any change of a file after `now` (ns) would change its identity."""
    _, modified, changed, _ = identity
    return now - max(modified, changed) >= (_GRAIN if modified % 1_000_000_000 else _COARSE_GRAIN)
