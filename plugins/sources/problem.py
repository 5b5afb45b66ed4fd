"""Problems in the files of a project, as values, and as lines of a terminal: errors first, marked and counted."""

import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TextIO

from plugins.vietnamese import format_number, nearest

# After the path and line, as compilers print it, so that terminals still link to them.
_MARK = "LỖI"
_RED, _PLAIN = "\x1b[1;31m", "\x1b[0m"


class Level(StrEnum):
    """An error keeps its file out of the site, advice does not."""

    ERROR = "error"
    ADVICE = "advice"


@dataclass(frozen=True, order=True)
class Problem:
    """A fault: path in the project, line from 1, message and fix in Vietnamese."""

    path: str
    line: int
    message: str
    fix: str
    level: Level = Level.ERROR
    of_row: bool = field(default=False, compare=False)  # an error that keeps out a row of a table, not the file
    # A file that could not be read just now: that may end without any edit, so results with it are not cached.
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
    """An invalid value, which `parse_record` makes a Problem at its line; `meant` is the value to use nevertheless."""

    def __init__(self, message: str, fix: str, meant: Any = None) -> None:
        super().__init__(message)
        self.message, self.fix, self.meant = message, fix, meant


def suggest(written: str, names: Iterable[str], otherwise: str) -> str:
    """Return a fix for an unknown name: the nearest of `names`, or `otherwise` if none is near."""
    near = nearest(written, names)
    return f'ý bạn là "{near}"?' if near else otherwise


def group_lines(problems: Iterable[Problem], stopping: Iterable[Problem] | None = None) -> list[str]:
    """Return a line per problem by level, under counting headings; errors that are not `stopping`, if given, apart."""
    problems = list(problems)
    errors = [problem for problem in problems if problem.level is Level.ERROR]
    grave = errors if stopping is None else [*stopping]
    known = set(grave)
    groups = (
        ("lỗi, phải sửa:", grave),
        ("lỗi ở chỗ không đưa lên nên không ngăn xuất bản:", [one for one in errors if one not in known]),
        ("lời nhắc, không bắt buộc:", [problem for problem in problems if problem.level is Level.ADVICE]),
    )
    lines = []
    for title, group in groups:
        if group:
            lines.append(f"{format_number(len(group))} {title}")
            lines += [mark_error(one) if group is grave else str(one) for one in group]
    return lines


def mark_error(problem: Problem) -> str:
    """Return the line of an error that must be fixed."""
    return f"{problem.path}:{problem.line}: {_MARK}: {problem.message}; {problem.fix}"


def colour(line: str, stream: TextIO | None = None) -> str:
    """Return a line with its mark in red if the stream, by default stdout, is a terminal with colours."""
    before, found, after = line.partition(f": {_MARK}: ")
    # The old console of Windows prints the escape codes.
    is_able = (os.name != "nt" or "WT_SESSION" in os.environ) and (stream or sys.stdout).isatty()
    if not found or not is_able or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return line
    return f"{before}: {_RED}{_MARK}{_PLAIN}: {after}"
