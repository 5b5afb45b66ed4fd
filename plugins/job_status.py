"""What a command tells the desk that started it, beside its lines: how far it is, and which files it has made.

The desk names a folder in the environment; where it has not, as in a terminal, nothing is written. Standard library
only.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path

FOLDER_VARIABLE = "DAN_VAN_KHEO_VIEC"
PROGRESS, MADE = "tien-do.json", "da-lam.txt"


def find_folder() -> Path | None:
    """Return the folder in which whoever started this process wants to be told; None when nobody does."""
    named = os.environ.get(FOLDER_VARIABLE)
    return Path(named) if named else None


def write_progress(folder: Path, what: str, done: int, total: int) -> None:
    """Say how much of what is done; whoever reads it may see half of it, and then keeps what was before."""
    text = json.dumps([what, done, total], ensure_ascii=False)
    with suppress(OSError):
        (folder / PROGRESS).write_text(text, encoding="utf-8")


def clear_progress(folder: Path) -> None:
    """Say that nothing that takes long is being done any more."""
    with suppress(OSError):
        (folder / PROGRESS).unlink(missing_ok=True)


def read_progress(folder: Path) -> tuple[str, int, int] | None:
    """Return what is being done, how much of it and of how much; None when nothing is, or it cannot be read now."""
    with suppress(OSError, ValueError, TypeError):
        what, done, total = json.loads((folder / PROGRESS).read_bytes())
        return str(what), int(done), int(total)
    return None


def report_file(project: Path, file: Path) -> None:
    """Say that a file of the project is what the command was for, and is whole."""
    folder, home = find_folder(), project.resolve()
    if folder and file.resolve().is_relative_to(home):
        path = file.resolve().relative_to(home).as_posix()
        with suppress(OSError), (folder / MADE).open("a", encoding="utf-8", newline="\n") as out:
            out.write(f"{path}\n")


def read_files(folder: Path) -> list[str]:
    """Return the path in the project of each file that a command has made, in order."""
    try:
        return list(dict.fromkeys((folder / MADE).read_text(encoding="utf-8").splitlines()))
    except (OSError, ValueError):
        return []
