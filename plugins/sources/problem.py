"""Problems in the files of a project, as values."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from plugins.vietnamese import nearest


class Level(StrEnum):
    """An error keeps its file out of the site, advice does not."""

    ERROR = "error"
    ADVICE = "advice"


@dataclass(frozen=True, order=True)
class Problem:
    """A fault: path in the project, line from 1, message and fix in Vietnamese.

    An error `of_row` keeps out a row of a table, not the file. A `passing` problem, a file that could not be read just
    now, may be gone without any edit, so results with it are not cached.
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
        """Return the problem by key as `check --json` prints it, a stable format."""
        return {
            "path": self.path,
            "line": self.line,
            "level": str(self.level),
            "message": self.message,
            "fix": self.fix,
        }


class Invalid(ValueError):
    """Raised for an invalid value; `parse_record` turns it into a Problem at the line of the value.

    `meant` is the value to use nevertheless, if any.
    """

    def __init__(self, message: str, fix: str, meant: Any = None) -> None:
        super().__init__(message)
        self.message, self.fix, self.meant = message, fix, meant


def suggest(written: str, names: Iterable[str], otherwise: str) -> str:
    """Return a fix for an unknown name: the nearest of `names`, or `otherwise` if none is near."""
    near = nearest(written, names)
    return f'ý bạn là "{near}"?' if near else otherwise
