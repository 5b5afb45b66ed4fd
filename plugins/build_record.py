"""Whether a build would only write again what is there: all that it reads, and all that it wrote, is as it was.

Standard library only, and quick: it is asked before anything else is imported. Files are compared by their length,
times and inode, as version control does. What cannot be sure is not the same: then everything is built again.
"""

from __future__ import annotations

import json
import os
import sys
import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from plugins.engine import engine_of, libraries
from plugins.sources.files import identify, is_settled, write_whole

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

FOLDER = ".cache/builds"
CONTENT = "content"
# All else that a build may read: requirements.txt stands for the installed libraries.
ENGINE = ("theme", "plugins", "pelicanconf.py", "publishconf.py", "requirements.txt")
# Of that, what a story is read by.
_CODE = ("plugins", "requirements.txt")
# What tells a folder from a file.
_FOLDER = [0, 0, 0, 0]


@dataclass(frozen=True)
class Outcome:
    """What a build said, and the exit code that it ended with."""

    out: list[str]
    err: list[str]
    code: int


class BuildRecord:
    """What the last build of one kind into one folder read, wrote and said. Made before the content is read.

    `content` has what tells each file and folder from another, by path; `engine` stands for all else that is read, but
    for the day, and `code` for what of that reads a story.
    """

    def __init__(self, project: Path, output: str, kind: str, day: date) -> None:
        self.project, self.day = project, day
        self._file = project / FOLDER / f"{output}.json"
        # Of all builds of this project, whatever their kind and place.
        self.cache_file = project / FOLDER / "memory"
        self.output = project / output
        self._begun = time.time_ns()
        engine = dict(line for name in ENGINE for line in _list(engine_of(project) / name, name))
        self._is_engine_sure = all(map(self._is_sure, engine.values()))
        # Whatever is installed or removed there changes the folder.
        installed = _identity(libraries())
        self.engine = _digest([kind, sys.version, installed, str(project), engine])
        code = {path: engine[path] for path in engine if path.startswith(_CODE)}
        self.code = _digest([sys.version, installed, str(project), code])
        self.content: dict[str, list[int]] = dict(_list(project / CONTENT, CONTENT))

    def load_outcome(self) -> Outcome | None:
        """Return what the last build said, if another would read and write just the same; else None."""
        try:
            known = json.loads(self._file.read_bytes())
            if known["read"] == self._digest_read(self.content) and known["wrote"] == self._written():
                return Outcome(**known["said"])
        except (OSError, ValueError, KeyError, TypeError):
            pass
        return None

    def save(self, said: Outcome) -> None:
        """Remember a build that has just ended well. Where that cannot be written, the next one builds again."""
        content = self.sure_content()
        if content is None or len(content) < len(self.content):
            return
        known = {"read": self._digest_read(content), "wrote": self._written(), "said": asdict(said)}
        with suppress(OSError):
            write_whole(self._file, json.dumps(known, ensure_ascii=False).encode())

    def sure_content(self) -> dict[str, list[int]] | None:
        """Return `content` without what could change again and look the same; None when the engine could.

        That is whatever was written in the moment in which the build began.
        """
        if not self._is_engine_sure:
            return None
        return {path: identity for path, identity in self.content.items() if self._is_sure(identity)}

    def _written(self) -> str:
        """Return a digest of what tells the files of the output from others."""
        return _digest(dict(_list(self.output, "")))

    def _is_sure(self, identity: list[int]) -> bool:
        return is_settled(identity, self._begun)

    def _digest_read(self, content: dict[str, list[int]]) -> str:
        return _digest([self.engine, self.day.isoformat(), content])


def _list(path: Path, name: str) -> Iterator[tuple[str, list[int]]]:
    """Yield a file, or every file and folder in a folder, by name with what tells it from another; in no order."""
    if not path.is_dir():
        if path.exists():
            yield name, _identity(str(path))
        return
    folders = [(str(path), name)]
    while folders:
        folder, prefix = folders.pop()
        try:
            entries = list(os.scandir(folder))
        except OSError:
            yield prefix, _unsure()
            continue
        for entry in entries:
            where = f"{prefix}/{entry.name}"
            if entry.is_symlink():
                # What it leads to may lie anywhere.
                yield where, _unsure()
            elif not entry.is_dir():
                yield where, _identity(entry.path)
            elif entry.name != "__pycache__":
                folders.append((entry.path, where))
                yield f"{where}/", _FOLDER


def _unsure() -> list[int]:
    """Return what is never the same twice."""
    return [time.time_ns(), 0, 0, 0]


def _identity(path: str) -> list[int]:
    try:
        # Not what a folder's listing knows of its files: on Windows that is no inode.
        return identify(os.stat(path))  # noqa: PTH116
    except OSError:
        return _unsure()


def _digest(value: object) -> str:
    return sha256(json.dumps(value, ensure_ascii=True, sort_keys=True).encode()).hexdigest()
