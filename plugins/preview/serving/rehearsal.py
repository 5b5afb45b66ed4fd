"""Trying code that has changed in a process of its own, before the one that serves gives way to it."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

from plugins.engine import engine_of

if TYPE_CHECKING:
    from pathlib import Path

TRY = "--try"
FIX = "sửa lại hoặc báo người phụ trách kỹ thuật"
_LONGEST = 120.0

# Path, line, what is wrong, what to do: a Problem without its class.
Fault = tuple[str, int, str, str]


def rehearse(project: Path) -> list[Fault]:
    """Start the code as it is now on the disk. Returns what is wrong with it."""
    command = [sys.executable, "-X", "utf8", "-m", "plugins.preview.serving.process", str(project), TRY]
    try:
        done = subprocess.run(
            command,
            cwd=engine_of(project),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            timeout=_LONGEST,
        )
    except subprocess.TimeoutExpired:
        return [("plugins", 1, "Mã của trang chạy mãi không xong", FIX)]
    try:
        return [(path, line, what, fix) for path, line, what, fix in json.loads(done.stdout.splitlines()[-1])]
    except (ValueError, IndexError):
        return [("plugins", 1, f"Mã của trang dừng đột ngột (mã {done.returncode})", FIX)]
