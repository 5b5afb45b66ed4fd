"""Format problems for a terminal: errors first, marked and counted, then advice."""

import os
import sys
from collections.abc import Iterable
from typing import TextIO

from plugins.sources.problem import Level, Problem
from plugins.vietnamese import format_number

# After the path and line, as compilers print it, so that terminals still link to them.
_MARK = "LỖI"
_RED, _PLAIN = "\x1b[1;31m", "\x1b[0m"


def group_lines(problems: Iterable[Problem], stopping: Iterable[Problem] | None = None) -> list[str]:
    """Return one line per problem, grouped by level under counting headings, in their order.

    If `stopping` is given, only these are listed as errors to fix; other errors have a group of their own.
    """
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
