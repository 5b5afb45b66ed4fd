"""Retry while another program holds a file, and explain refusals that last.

On Windows, and on network shares, nobody can read, move or delete a file that a virus scanner, OneDrive, an indexer or
Excel has open. Standard library only.
"""

import errno
import os
import shutil
import stat
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from plugins.sources.problem import Invalid, Problem

Result = TypeVar("Result")

# Seconds between attempts: a second in all to write or move, half a second to read.
WAITS = (0.01, 0.04, 0.15, 0.3, 0.5)
READING_WAITS = (0.05, 0.15, 0.3)
_HELD = (errno.EACCES, errno.EPERM, errno.EBUSY, errno.ETXTBSY)
# ERROR_SHARING_VIOLATION, _LOCK_VIOLATION, _DIR_NOT_EMPTY, _DELETE_PENDING, _USER_MAPPED_FILE.
_HELD_ON_WINDOWS = (32, 33, 145, 303, 1224)
_SURELY_HELD = (errno.EBUSY, errno.ETXTBSY)
_FULL, _FULL_ON_WINDOWS = (errno.ENOSPC, errno.EDQUOT), (39, 112)
_BAD_NAME = (errno.EINVAL, errno.ENAMETOOLONG)
_BAD_NAME_ON_WINDOWS = (123, 161, 206, 267)


@dataclass
class _Budget:
    """Seconds that this process may wait per period: a share that refuses thousands of files must not cost hours."""

    most: float
    period: float = 30.0
    _spent: float = 0.0
    _since: float = float("-inf")

    def take(self, seconds: float) -> bool:
        """Reserve a wait; False when the period has no room for it."""
        if (now := time.monotonic()) - self._since > self.period:
            self._spent, self._since = 0.0, now
        if self._spent + seconds > self.most:
            return False
        self._spent += seconds
        return True


# Beyond it the first refusal is final. Writing gets more: a few files are written for a person, thousands only into a
# cache.
_reading, _writing = _Budget(3.0), _Budget(10.0)


class Unread(Invalid):
    """A file that exists and could not be read this time; the next attempt may succeed."""


def is_held(error: BaseException) -> bool:
    """Return whether an error means that a file is held or that rights are missing, which systems report alike."""
    return isinstance(error, OSError) and (error.errno in _HELD or getattr(error, "winerror", None) in _HELD_ON_WINDOWS)


def insist(action: Callable[[], Result]) -> Result:
    """Write, move or delete, retrying for up to a second while something is held; then OSError."""
    return _retry(action, WAITS, _writing)


def insist_on_reading(read: Callable[[], Result]) -> Result:
    """Read, retrying for up to half a second while something is held; then OSError."""
    return _retry(read, READING_WAITS, _reading)


def _retry(action: Callable[[], Result], waits: Sequence[float], budget: _Budget) -> Result:
    for wait in waits:
        try:
            return action()
        except OSError as error:
            if not is_held(error) or not budget.take(wait):
                raise
        time.sleep(wait)
    return action()


def explain_reading(error: OSError, what: str = "tệp") -> Unread:
    """Return the error for a file or folder that cannot be read now; `what` names it in Vietnamese."""
    if getattr(error, "winerror", None) in _HELD_ON_WINDOWS or error.errno in _SURELY_HELD:
        message = f"Chưa đọc được {what}: đang được chương trình khác mở"
        return Unread(message, f"đóng {what} ở chương trình ấy, hoặc chờ nó xong, rồi thử lại")
    if is_held(error):
        # open() maps both to EACCES, without the Windows error code.
        message = f"Không đọc được {what}: đang được chương trình khác mở, hoặc máy không cho đọc"
        return Unread(message, f"đóng {what} ở chương trình khác, kiểm tra quyền đọc rồi thử lại")
    return Unread(f"Không đọc được {what}", f"kiểm tra quyền đọc {what} rồi thử lại")


def tell_unread(error: OSError, path: str, what: str = "tệp") -> Problem:
    """Return the problem for a file or folder of content/ that cannot be read now."""
    told = explain_reading(error, what)
    return Problem(path, 1, told.message, told.fix, passing=True)


def explain_writing(error: OSError, name: str = "", doing: str = "ghi", project: Path | None = None) -> Invalid:
    """Return the error for a file or folder that cannot be written, moved or deleted.

    `name` is how the message calls it, by default its path in `project`; `doing` is the Vietnamese verb.
    """
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
    """Delete a folder that the program made, read-only files included, if there is one; OSError names what is held."""
    try:
        shutil.rmtree(folder)
    except FileNotFoundError:
        # Another process deletes it too.
        if folder.exists():
            insist(lambda: shutil.rmtree(folder))
    except OSError as error:
        if not is_held(error):
            raise
        # The mark of files stops a removal on Windows, that of folders elsewhere.
        _allow_writing(folder)
        for above, folders, files in os.walk(folder):
            for name in (*folders, *(files if os.name == "nt" else ())):
                _allow_writing(Path(above, name))
        insist(lambda: shutil.rmtree(folder))


def _allow_writing(path: Path) -> None:
    with suppress(OSError):
        if not is_link(path):
            path.chmod(path.stat().st_mode | (stat.S_IRWXU if path.is_dir() else stat.S_IWRITE))


def is_link(path: Path) -> bool:
    """Return whether a path is a symbolic link, or a junction on Windows."""
    return path.is_symlink() or bool(getattr(path, "is_junction", bool)())


def find_held(folder: Path) -> Path | None:
    """Return the first path in a folder, or the folder itself, that cannot be moved because it is held; or None."""
    for path in (*sorted(folder.rglob("*")), folder):
        try:
            # To its own name: changes nothing, and fails if it is held.
            os.rename(path, path)  # noqa: PTH104 - the bare system call
        except OSError as error:
            if is_held(error):
                return path
    return None
