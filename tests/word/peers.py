"""Other readers of Word files, as commands where they are installed: pandoc, mammoth, markitdown."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

from tests.word.page import Page

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_SECONDS = 60


def _run(command: list[str], folder: Path) -> str:
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False, timeout=_SECONDS)
    return done.stdout.decode("utf-8", "replace")


def _pandoc(program: str, file: Path) -> Page:
    html = _run([program, "-t", "html", "--mathml", "--extract-media=media", str(file)], file.parent)

    def open_picture(name: str) -> bytes | None:
        picture = file.parent / name
        return picture.read_bytes() if picture.is_file() else None

    return Page(html, open_picture)


def _mammoth(program: str, file: Path) -> Page:
    return Page(_run([program, str(file)], file.parent))


def _markitdown(program: str, file: Path) -> Page:
    return Page.of_markdown(_run([program, str(file)], file.parent))


_READERS: dict[str, Callable[[str, Path], Page]] = {"pandoc": _pandoc, "mammoth": _mammoth, "markitdown": _markitdown}
NAMES = tuple(_READERS)


def find(name: str) -> Callable[[Path], Page] | None:
    """Return a reader by its name; None where its command is not installed."""
    program = shutil.which(name)
    return (lambda file: _READERS[name](program, file)) if program else None
