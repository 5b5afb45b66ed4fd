"""Files of the last site that stand in the next one as they are: linked where the disk can, else copied.

A linked file is one file in two folders: whoever writes it must make a new one.
"""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def carry_over(site: Path, into: Path) -> None:
    """Put every file of a site at the same place in another folder, which may be there already."""
    folders = [(str(site), str(into))]
    while folders:
        folder, target = folders.pop()
        os.makedirs(target, exist_ok=True)  # noqa: PTH103 - there are thousands
        for entry in os.scandir(folder):
            place = os.path.join(target, entry.name)  # noqa: PTH118
            if entry.is_dir():
                folders.append((entry.path, place))
            else:
                _link(entry.path, place)


def write_anew(target: Path, data: bytes) -> None:
    """Write a file, and its folders; whatever file stood there is left to the other folders that it stands in."""
    # Where it cannot be removed, writing says why.
    with suppress(OSError):
        target.unlink(missing_ok=True)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)


def _link(file: str, place: str) -> None:
    try:
        os.link(file, place)
    except OSError:
        # Disks of the FAT family know no links, and others only so many of one file.
        shutil.copy2(file, place)
