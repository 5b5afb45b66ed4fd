"""What a command reports to the desk that started it, besides its output: progress, and files it has made.

The desk passes a folder in the environment; without one, as in a terminal, nothing is written. Standard library only.
"""

import json
import os
from contextlib import suppress
from pathlib import Path

FOLDER_VARIABLE = "DAN_VAN_KHEO_VIEC"
PROGRESS, MADE = "tien-do.json", "da-lam.txt"


def find_folder() -> Path | None:
    """Return the folder that the desk passed to this process, or None."""
    named = os.environ.get(FOLDER_VARIABLE)
    return Path(named) if named else None


def write_progress(folder: Path, what: str, done: int, total: int) -> None:
    """Write the progress, not atomically: a reader of a torn file keeps the value before."""
    text = json.dumps([what, done, total], ensure_ascii=False)
    with suppress(OSError):
        (folder / PROGRESS).write_text(text, encoding="utf-8")


def clear_progress(folder: Path) -> None:
    """Delete the progress when a long operation has ended."""
    with suppress(OSError):
        (folder / PROGRESS).unlink(missing_ok=True)


def read_progress(folder: Path) -> tuple[str, int, int] | None:
    """Return a label, the number done and the total; None without a long operation, or when unreadable."""
    with suppress(OSError, ValueError, TypeError):
        what, done, total = json.loads((folder / PROGRESS).read_bytes())
        return str(what), int(done), int(total)
    return None


def report_file(project: Path, file: Path) -> None:
    """Report a file of the project as a complete result of the command."""
    folder, home = find_folder(), project.resolve()
    if folder and file.resolve().is_relative_to(home):
        path = file.resolve().relative_to(home).as_posix()
        with suppress(OSError), (folder / MADE).open("a", encoding="utf-8", newline="\n") as out:
            out.write(f"{path}\n")


def read_files(folder: Path) -> list[str]:
    """Return the paths in the project of the reported files, in order."""
    try:
        return list(dict.fromkeys((folder / MADE).read_text(encoding="utf-8").splitlines()))
    except (OSError, ValueError):
        return []
