"""Where the last deploy went, so that the next need not be told: a file beside the releases, which git leaves out.

Not in content/, for each machine has a way of its own there; not in .cache/, which `clean` deletes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from plugins.release.rclone import show_target
from plugins.release.store import FOLDER
from plugins.sources.files import write_whole

if TYPE_CHECKING:
    from pathlib import Path

NAME = "target.txt"


def read_target(project: Path) -> str:
    """Return the target of the last deploy; "" when there was none, or it is not remembered."""
    try:
        return (project / FOLDER / NAME).read_text(encoding="utf-8").strip()
    except (OSError, ValueError):
        return ""


def remember_target(project: Path, target: str) -> None:
    """Remember a target for the next deploy; one that spells out its settings is not kept: it may hold a password."""
    if show_target(target) == target != read_target(project):
        write_whole(project / FOLDER / NAME, f"{target}\n".encode())
