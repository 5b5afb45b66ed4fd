"""The code of the program's modules is read once for all runs, each in a copy of the project; see `fork_server.py`.

A copy has the sizes and times of its files: what a test edits, and what it adds, is read as ever.
"""

from __future__ import annotations

import _imp
import os
from importlib.machinery import SourceFileLoader
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path
    from types import CodeType

_get_code = SourceFileLoader.get_code


def read_once(project: Path) -> None:
    """Have this process and its forks take the code of modules in copies of `project` from memory."""
    known = dict(_read(file, project) for file in project.rglob("plugins/**/*.py"))

    def get_known_code(self: SourceFileLoader, fullname: str) -> CodeType | None:
        identity, code = known.get(fullname, (None, None))
        if code is None or identity != _identify(self.path):
            return _get_code(self, fullname)
        # As Python does with bytecode that was made elsewhere. A fork has it for itself.
        _imp._fix_co_filename(code, self.path)  # type: ignore[attr-defined]
        return code

    SourceFileLoader.get_code = get_known_code  # type: ignore[method-assign]


def _read(file: Path, project: Path) -> tuple[str, tuple[tuple[int, int], CodeType]]:
    name = ".".join(file.relative_to(project).with_suffix("").parts).removesuffix(".__init__")
    code = _get_code(SourceFileLoader(name, str(file)), name)
    assert code
    return name, (_identify(str(file)), code)


def _identify(path: str) -> tuple[int, int]:
    # Quicker than Path, for 150 modules a run.
    found = os.stat(path)  # noqa: PTH116
    return found.st_size, found.st_mtime_ns
