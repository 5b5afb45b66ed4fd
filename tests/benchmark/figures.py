"""`--write`: keep what a measurement prints in figures.md, with its day, machine and command."""

from __future__ import annotations

import os
import platform
import shlex
import sys
import tempfile
from contextlib import contextmanager, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from plugins.vietnamese import today

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

FIGURES = Path(__file__).with_name("figures.md")
_MOUNTS = Path("/proc/mounts")


def add_option(parser: argparse.ArgumentParser) -> None:
    """Add --write to the options of a measurement."""
    parser.add_argument("--write", action="store_true", help=f"ghi thêm kết quả vào {FIGURES.name}")


@contextmanager
def recorded(module: str, *, writing: bool, file: Path = FIGURES) -> Iterator[None]:
    """Append what is printed within to the file, if `writing`; nothing when the measurement fails midway."""
    if not writing:
        yield
        return
    copy = _Copy(sys.stdout)
    with redirect_stdout(copy):
        yield
    command = shlex.join(["python", "-m", module, *(word for word in sys.argv[1:] if word != "--write")])
    heading = f"## {today().isoformat()}: `{command}`\n\n{describe_machine()}\n\n"
    with file.open("a", encoding="utf-8", newline="\n") as out:
        out.write(f"\n{heading}```text\n{copy.getvalue().strip()}\n```\n")


def describe_machine() -> str:
    """Return processors, system, Python, and the kind of disk on which measurements write."""
    disk = _file_system(tempfile.gettempdir())
    python = f"Python {platform.python_version()}"
    return f"{os.cpu_count()} processors ({platform.machine()}), {platform.system()}, {python}, files on {disk}."


def _file_system(folder: str) -> str:
    """Return the type of the file system that holds a folder, such as tmpfs; only Linux tells."""
    if not _MOUNTS.is_file():
        return "an unknown disk"
    mounts = (line.split() for line in _MOUNTS.read_text(encoding="utf-8").splitlines())
    holding = [(len(place), kind) for _, place, kind, *_ in mounts if Path(folder).is_relative_to(place)]
    return max(holding)[1]


class _Copy(StringIO):
    """Text that is also shown at once."""

    def __init__(self, shown: TextIO) -> None:
        super().__init__()
        self._shown = shown

    def write(self, text: str) -> int:
        self._shown.write(text)
        self._shown.flush()
        return super().write(text)
