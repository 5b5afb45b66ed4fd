"""Builds in projects of their own, each in a fresh process that has the libraries, and nothing of the project, loaded.

Where the system can fork, one process loads the libraries once and forks for each build, which saves most of a start;
elsewhere each build starts from nothing. Either way the project's own code is imported again, from its own folder.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import TracebackType

_BUILD = """
def build(project, way):
    import os, sys
    from pathlib import Path
    sys.dont_write_bytecode = True
    os.chdir(project)
    sys.path.insert(0, project)
    from plugins import teamwork
    from plugins.site.build import build
    # A small project has too few pages for other processes to pay: they take part all the same, or never.
    assert teamwork._FEWEST
    teamwork._FEWEST = 1 if way == "together" else 10**9
    sys.exit(build(Path(project), plain=way == "plain"))
"""
_ALONE = f"{_BUILD}\nimport sys\nbuild(*sys.argv[1:])\n"
_FORKING = f"""{_BUILD}
import gc, importlib, json, os, sys
for name in json.loads(sys.argv[1]):
    try:
        importlib.import_module(name)
    except ImportError:
        pass  # No longer used: then it is not missed either.
sys.path[:] = [path for path in sys.path if path]
gc.freeze()
for line in sys.stdin:
    children = []
    for project, way, said in json.loads(line):
        pid = os.fork()
        if not pid:
            os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
            os.dup2(os.open(said, os.O_WRONLY), 1)
            os.dup2(1, 2)
            build(project, way)
        children.append(pid)
    codes = [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in children]
    print(json.dumps(codes), flush=True)
"""
_LIBRARIES = (
    "concurrent.futures.process",
    "feedgenerator",
    "jinja2",
    "tinycss2",
    "markdown.extensions.attr_list",
    "markdown.extensions.footnotes",
    "markdown.extensions.smarty",
    "markdown.extensions.tables",
    "markdown.extensions.toc",
    "multiprocessing.spawn",
    "nh3",
    "pelican.generators",
    "pelican.writers",
    "PIL.Image",
    "PIL.ImageOps",
    "rich.progress",
    "segno",
    "yaml",
)


# From the sources and by one process; as staff build, by one process; as staff build, by several.
Way = Literal["plain", "alone", "together"]


@dataclass(frozen=True)
class Built:
    """The exit code and output of a build."""

    code: int
    said: str

    @property
    def problems(self) -> list[str]:
        """The lines that name a file of content/."""
        return [line for line in self.said.splitlines() if line.startswith("content/")]


class Builder:
    """Builds projects, several at once when asked to. A context, since there is a process to end."""

    def __init__(self) -> None:
        self._forking: subprocess.Popen[str] | None = None

    def __enter__(self) -> Builder:
        if hasattr(os, "fork"):
            line = [sys.executable, "-X", "utf8", "-c", _FORKING, json.dumps(_LIBRARIES)]
            self._forking = subprocess.Popen(
                line, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8", cwd=tempfile.gettempdir()
            )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._forking:
            self._forking.communicate()

    def build(self, *wanted: tuple[Path, Way]) -> list[Built]:
        """Build all at the same time; a project that is named twice is built twice at once."""
        with tempfile.TemporaryDirectory() as folder:
            outs = [Path(folder, str(number)) for number in range(len(wanted))]
            for out in outs:
                out.touch()
            codes = (self._fork if self._forking else _start)(wanted, outs)
            return [Built(code, out.read_text(encoding="utf-8")) for code, out in zip(codes, outs, strict=True)]

    def _fork(self, wanted: Sequence[tuple[Path, Way]], outs: Sequence[Path]) -> list[int]:
        assert self._forking
        assert self._forking.stdin
        assert self._forking.stdout
        asked = [[str(project), way, str(out)] for (project, way), out in zip(wanted, outs, strict=True)]
        self._forking.stdin.write(json.dumps(asked) + "\n")
        self._forking.stdin.flush()
        codes: list[int] = json.loads(self._forking.stdout.readline())
        return codes


def _start(wanted: Sequence[tuple[Path, Way]], outs: Sequence[Path]) -> list[int]:
    running = []
    for (project, way), out in zip(wanted, outs, strict=True):
        line = [sys.executable, "-X", "utf8", "-c", _ALONE, str(project), way]
        with out.open("wb") as said:
            running.append(
                subprocess.Popen(line, cwd=project, stdin=subprocess.DEVNULL, stdout=said, stderr=subprocess.STDOUT)
            )
    return [process.wait() for process in running]
