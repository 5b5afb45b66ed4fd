"""Builds in projects of their own, several at once when asked to: each as if a process had been started for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from tests.site import forked

if TYPE_CHECKING:
    from pathlib import Path

_BUILD = """
import sys
from pathlib import Path
sys.dont_write_bytecode = True
from plugins import teamwork
from plugins.site.build import build
# A small project has too few pages for other processes to pay: they take part all the same, or never.
assert teamwork._FEWEST
way = sys.argv[1]
teamwork._FEWEST = 1 if way == "together" else 10**9
sys.exit(build(Path.cwd(), plain=way == "plain"))
"""

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


def build(*wanted: tuple[Path, Way]) -> list[Built]:
    """Build all at the same time; a project that is named twice is built twice at once."""
    ran = forked.run([forked.Wanted(project, _BUILD, [way]) for project, way in wanted], together=True)
    return [Built(one.code, one.stdout) for one in ran]
