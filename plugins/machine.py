"""Whether this machine can run the program at all, checked before anything is downloaded.

Only Windows needs it: elsewhere libraries without a wheel are compiled, and paths may be long. Standard library only.
"""

from __future__ import annotations

import sys
import sysconfig
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

OLDEST = (3, 11)
# On Windows: the newest Python with a wheel for every pin in requirements.txt, and by platform the pins that have none
# for any Python. `python -m tests.wheels` asks PyPI; a test compares this with the recorded answer.
NEWEST = (3, 15)
LACKING = {"win32": ("pillow-heif", "turbohtml"), "win-arm64": ("turbohtml",)}
_SUPPORTED = "win-amd64"
# Characters in the longest path below the project's folder: in .venv while pip installs, and in a release of stories
# with long names.
DEEPEST_LIBRARY, DEEPEST_PAGE = 139, 180
# MAX_PATH of Windows without the terminating NUL.
_MAX_PATH = 259


def find_old_python() -> str:
    """Return the message for a Python that is too old, or ""."""
    needed = ".".join(map(str, OLDEST))
    old = f"Cần Python {needed} trở lên; hãy cài bản mới từ python.org rồi chạy lại."
    return old if sys.version_info < OLDEST else ""


def find_obstacle(project: Path) -> str:
    """Return the message, of one line, why nothing can be installed here and what to do; or ""."""
    platform = sysconfig.get_platform()
    if not platform.startswith("win"):
        return ""
    newest = ".".join(map(str, NEWEST))
    which = f"Python {newest} bản Windows installer (64-bit)"
    if platform != _SUPPORTED:
        kind = "ARM" if "arm" in platform else "32 bit"
        lacking = f"chưa có {' và '.join(LACKING.get(platform, ()))}" if platform in LACKING else "chưa có thư viện"
        again = "xóa thư mục .venv (nếu có), rồi chạy lại"
        return f"Python trên máy này là bản {kind}, {lacking} cho bản ấy; cài {which} từ python.org, {again}."
    if sys.version_info[:2] > NEWEST:
        this = f"{sys.version_info[0]}.{sys.version_info[1]}"
        return f"Thư viện của trang chưa có cho Python {this}; cài {which} từ python.org rồi chạy lại."
    return find_depth(project, max(DEEPEST_LIBRARY, DEEPEST_PAGE))


def find_depth(project: Path, deepest: int) -> str:
    """Return the message that the project's path leaves no room for `deepest` characters below it; or ""."""
    most = _MAX_PATH - deepest - 1
    if not sysconfig.get_platform().startswith("win") or len(str(project)) <= most or _has_long_paths():
        return ""
    return (
        f"Thư mục của trang nằm sâu quá: {project} dài {len(str(project))} ký tự, Windows chỉ cho tới {most}; "
        r"chuyển cả thư mục ra chỗ ngắn hơn, ví dụ C:\trang, rồi chạy lại."
    )


def _has_long_paths() -> bool:
    if sys.platform != "win32":
        return False
    import winreg

    try:
        with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, r"SYSTEM\CurrentControlSet\Control\FileSystem") as key:
            return bool(winreg.QueryValueEx(key, "LongPathsEnabled")[0])
    except OSError:
        return False
