"""A problem in something that a person wrote, as a value that can be sorted, printed and counted."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from plugins.vietnamese import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable


class Level(StrEnum):
    """How grave a problem is: an error keeps its file out of the site, advice does not."""

    ERROR = "error"
    ADVICE = "advice"


@dataclass(frozen=True, order=True)
class Problem:
    """One fault: where (path from the project, line from 1), what is wrong and what to do, in Vietnamese.

    An error `of_row` keeps out one row of a table, and not its file. What is `passing`, a file that could not be read
    this time, may be over the next time though nothing has been written: nothing of it is remembered.
    """

    path: str
    line: int
    message: str
    fix: str
    level: Level = Level.ERROR
    of_row: bool = field(default=False, compare=False)
    passing: bool = field(default=False, compare=False)

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}; {self.fix}"

    def as_dict(self) -> dict[str, str | int]:
        """Return the shape that `check --json` promises to other tools."""
        return {
            "path": self.path,
            "line": self.line,
            "level": str(self.level),
            "message": self.message,
            "fix": self.fix,
        }


class Invalid(ValueError):
    """Raised while one value is read; the schema turns it into a Problem at that value's line.

    `meant` is what holds all the same, where the fault must not undo it.
    """

    def __init__(self, message: str, fix: str, meant: Any = None) -> None:
        super().__init__(message)
        self.message, self.fix, self.meant = message, fix, meant


def suggest(written: str, names: Iterable[str], otherwise: str) -> str:
    """Return what to do about a name that is none of these: take the nearest; what else, where none is near."""
    near = nearest(written, names)
    return f'ý bạn là "{near}"?' if near else otherwise
