"""Skip a build whose inputs and outputs are unchanged.

Files are compared by size, times and inode, as in version control; if in doubt, the build runs. Standard library only,
and quick, as it runs before anything else is imported.
"""

import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

from plugins.engine import engine_of, libraries
from plugins.sources.files import identify, is_settled, write_whole

FOLDER = ".cache/builds"
CONTENT = "content"
# All other inputs of a build: requirements.txt stands for the installed libraries.
ENGINE = ("theme", "plugins", "pelicanconf.py", "publishconf.py", "requirements.txt")
# Those of them that read stories.
_CODE = ("plugins", "requirements.txt")


@dataclass(frozen=True)
class Outcome:
    """Lines that a command printed to stdout and stderr, and its exit code."""

    out: list[str]
    err: list[str]
    code: int


class BuildRecord:
    """Inputs, outputs and outcome of the last build of one kind into one folder, made before the content is read.

    `content` maps each path in content/ to its identity; `engine` is a digest of all other inputs except the day, and
    `code` of those that read stories.
    """

    def __init__(self, project: Path, output: str, kind: str, day: date) -> None:
        self.project, self.day = project, day
        self._file = project / FOLDER / f"{output}.json"
        # Shared by builds of every kind and into every folder.
        self.cache_file = project / FOLDER / "memory"
        self.output = project / output
        self._begun = time.time_ns()
        engine = dict(line for name in ENGINE for line in _list(engine_of(project) / name, name))
        self._is_engine_sure = all(map(self._is_sure, engine.values()))
        # Installing or removing a library changes the mtime of the folder.
        installed = _identity(libraries())
        self.engine = _digest([kind, sys.version, installed, str(project), engine])
        code = {path: engine[path] for path in engine if path.startswith(_CODE)}
        self.code = _digest([sys.version, installed, str(project), code])
        self.content: dict[str, list[int]] = dict(_list(project / CONTENT, CONTENT))

    def load_outcome(self) -> Outcome | None:
        """Return the outcome of the last build if inputs and outputs are unchanged since, else None."""
        with suppress(OSError, ValueError, KeyError, TypeError):
            known = json.loads(self._file.read_bytes())
            if known["read"] == self._digest_read(self.content) and known["wrote"] == self._written():
                return Outcome(**known["said"])
        return None

    def save(self, outcome: Outcome) -> None:
        """Save the outcome of a build that has just succeeded, if the file can be written."""
        content = self.sure_content()
        if content is None or len(content) < len(self.content):
            return
        known = {"read": self._digest_read(content), "wrote": self._written(), "said": asdict(outcome)}
        with suppress(OSError):
            write_whole(self._file, json.dumps(known, ensure_ascii=False).encode())

    def sure_content(self) -> dict[str, list[int]] | None:
        """Return `content` by path but files so new that they may change unnoticed; None if the engine has one."""
        if not self._is_engine_sure:
            return None
        return {path: identity for path, identity in self.content.items() if self._is_sure(identity)}

    def _written(self) -> str:
        return _digest(dict(_list(self.output, "")))

    def _is_sure(self, identity: list[int]) -> bool:
        return is_settled(identity, self._begun)

    def _digest_read(self, content: dict[str, list[int]]) -> str:
        return _digest([self.engine, self.day.isoformat(), content])


def _list(path: Path, name: str) -> Iterator[tuple[str, list[int]]]:
    """Yield name and identity of a file, or of every file and folder in a folder, in no order."""
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
                # Its target may be anywhere.
                yield where, _unsure()
            elif not entry.is_dir():
                yield where, _identity(entry.path)
            elif entry.name != "__pycache__":
                folders.append((entry.path, where))
                yield f"{where}/", [0, 0, 0, 0]


def _unsure() -> list[int]:
    """Return an identity that never repeats."""
    return [time.time_ns(), 0, 0, 0]


def _identity(path: str) -> list[int]:
    try:
        # Not from scandir, which has no inode on Windows.
        return identify(os.stat(path))  # noqa: PTH116
    except OSError:
        return _unsure()


def _digest(value: object) -> str:
    return sha256(json.dumps(value, ensure_ascii=True, sort_keys=True).encode()).hexdigest()
