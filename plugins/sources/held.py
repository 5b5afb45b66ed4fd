"""What another program holds for a moment is tried again; what stays refused is told in words that say what to do.

A virus scanner, OneDrive, an indexer or Excel holds a file, and Windows lets nobody else read, move or delete it
meanwhile; a network share does so on any system. Standard library only.
"""

from __future__ import annotations

import errno
import os
import shutil
import stat
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from plugins.sources.problem import Invalid, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Result = TypeVar("Result")

# Seconds between one try and the next, a second together; and for a reading, of which there may be thousands, half.
WAITS = (0.01, 0.04, 0.15, 0.3, 0.5)
READING_WAITS = (0.05, 0.15, 0.3)
# What is waited for readings together, until that was long ago: thousands of files may be held at once.
_MOST, _LONG_AGO = 3.0, 30.0
_HELD = (errno.EACCES, errno.EPERM, errno.EBUSY, errno.ETXTBSY)
# In use, locked, a file in a folder is still to go, about to go, mapped: what Windows says beside the above.
_HELD_ON_WINDOWS = (32, 33, 145, 303, 1224)
_SURELY_HELD = (errno.EBUSY, errno.ETXTBSY)
_FULL, _FULL_ON_WINDOWS = (errno.ENOSPC, errno.EDQUOT), (39, 112)
_BAD_NAME = (errno.EINVAL, errno.ENAMETOOLONG)
_BAD_NAME_ON_WINDOWS = (123, 161, 206, 267)
_waited, _since = 0.0, 0.0


class Unread(Invalid):
    """What is there and could not be read this time: nothing that holds for the next."""


def is_held(error: BaseException) -> bool:
    """Tell whether the system refused because of who has the file, or of its rights, which cannot be told apart."""
    return isinstance(error, OSError) and (error.errno in _HELD or getattr(error, "winerror", None) in _HELD_ON_WINDOWS)


def insist(action: Callable[[], Result], waits: Sequence[float] = WAITS) -> Result:
    """Return what an action gives, tried again for up to a second while something is held; OSError after that."""
    for wait in waits:
        try:
            return action()
        except OSError as error:
            if not is_held(error):
                raise
        time.sleep(wait)
    return action()


def insist_on_reading(read: Callable[[], Result]) -> Result:
    """Return what is read, tried again for half a second while it is held; at once where much has been waited for."""
    try:
        return read()
    except OSError as error:
        if not is_held(error) or not _may_wait(sum(READING_WAITS)):
            raise
    time.sleep(READING_WAITS[0])
    return insist(read, READING_WAITS[1:])


def _may_wait(seconds: float) -> bool:
    global _waited, _since  # noqa: PLW0603 - one process, one patience
    if (now := time.monotonic()) - _since > _LONG_AGO:
        _waited, _since = 0.0, now
    _waited += seconds
    return _waited <= _MOST


def explain_reading(error: OSError, what: str = "tệp") -> Unread:
    """Return what to say of a file or folder that cannot be read now."""
    if getattr(error, "winerror", None) in _HELD_ON_WINDOWS or error.errno in _SURELY_HELD:
        message = f"Chưa đọc được {what}: đang được chương trình khác mở"
        return Unread(message, f"đóng {what} ở chương trình ấy, hoặc chờ nó xong, rồi thử lại")
    if is_held(error):
        # Python does not hand on which of the two Windows has said.
        message = f"Không đọc được {what}: đang được chương trình khác mở, hoặc máy không cho đọc"
        return Unread(message, f"đóng {what} ở chương trình khác, kiểm tra quyền đọc rồi thử lại")
    return Unread(f"Không đọc được {what}", f"kiểm tra quyền đọc {what} rồi thử lại")


def tell_unread(error: OSError, path: str, what: str = "tệp") -> Problem:
    """Return the problem of a file or folder of content/ that cannot be read now."""
    told = explain_reading(error, what)
    return Problem(path, 1, told.message, told.fix, passing=True)


def explain_writing(error: OSError, name: str = "", doing: str = "ghi", project: Path | None = None) -> Invalid:
    """Return what to say of a file or folder that cannot be written, moved or deleted, by its path in a project."""
    file, winerror = Path(error.filename or "tệp"), getattr(error, "winerror", None)
    name = name or (file.relative_to(project).as_posix() if project and file.is_relative_to(project) else str(file))
    if isinstance(error, FileExistsError):
        return Invalid(f"Đã có {name}", "đổi tên, hoặc dời cái đang có đi")
    if is_held(error):
        why = "đang được chương trình khác mở, hoặc chỉ cho đọc"
        fix = "đóng chương trình ấy (Word, Excel, cửa sổ thư mục…), bỏ dấu Chỉ đọc, rồi làm lại"
    elif error.errno == errno.EROFS or winerror == 19:
        why, fix = "ổ đĩa chỉ cho đọc", "chép dự án sang ổ khác, hoặc mở khóa ổ đĩa ấy"
    elif error.errno in _FULL or winerror in _FULL_ON_WINDOWS:
        why, fix = "ổ đĩa hết chỗ", "xóa bớt tệp không dùng rồi làm lại"
    elif error.errno in _BAD_NAME or winerror in _BAD_NAME_ON_WINDOWS:
        why, fix = "máy không nhận tên ấy, hoặc tên quá dài", "đặt tên khác, ngắn hơn"
    elif isinstance(error, (FileNotFoundError, NotADirectoryError)):
        why, fix = "không có thư mục ấy, hoặc đường dẫn dài quá", "xem lại tên thư mục"
    else:
        return Invalid(f"Không {doing} được {name} ({error.strerror or error})", "xem ổ đĩa còn chỗ không, rồi làm lại")
    return Invalid(f"Không {doing} được {name}: {why}", fix)


def remove_tree(folder: Path) -> None:
    """Delete a folder that a program made, with all in it, what is marked read-only too; OSError names what is held.

    What is missing is deleted already.
    """
    try:
        shutil.rmtree(folder)
    except FileNotFoundError:
        # Somebody deletes it too.
        if folder.exists():
            insist(lambda: shutil.rmtree(folder))
    except OSError as error:
        if not is_held(error):
            raise
        _allow_removal(folder)
        insist(lambda: shutil.rmtree(folder))


def _allow_removal(folder: Path) -> None:
    """Take the mark of what is read-only off a folder and all in it: off files for Windows, off folders elsewhere."""
    _allow_writing(folder)
    for above, folders, files in os.walk(folder):
        for name in (*folders, *(files if os.name == "nt" else ())):
            _allow_writing(Path(above, name))


def _allow_writing(path: Path) -> None:
    with suppress(OSError):
        if not is_link(path):
            path.chmod(path.stat().st_mode | (stat.S_IRWXU if path.is_dir() else stat.S_IWRITE))


def is_link(path: Path) -> bool:
    """Tell whether something leads to another place, as links do, and junctions on Windows."""
    return path.is_symlink() or bool(getattr(path, "is_junction", bool)())


def find_held(folder: Path) -> Path | None:
    """Return the first file or folder below one that somebody holds so that it cannot be moved; None when none is."""
    for path in (*sorted(folder.rglob("*")), folder):
        try:
            # To its own name: nothing happens, unless the system refuses.
            os.rename(path, path)  # noqa: PTH104 - as the system does it
        except OSError as error:
            if is_held(error):
                return path
    return None
