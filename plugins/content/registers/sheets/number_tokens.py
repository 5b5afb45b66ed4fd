"""The format of a number, as a workbook has it, in the tokens that its up to four sections are of. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache

_SECTIONS = re.compile(r'(?:"[^"]*"|\\.|\[[^\]]*\]|[^;"\\\[]|["\\\[])*')
_TOKEN = re.compile(
    r"""
    "(?P<quoted>[^"]*)"? | \\(?P<escaped>.) | (?P<space>[_*]).
    | \[(?P<elapsed>h+|m+|s+)\] | \[(?P<condition>[<>=][^\]]*)\] | \[\$(?P<currency>[^\]-]*)[^\]]*\] | \[[^\]]*\]
    | (?P<noon>am/pm|a/p) | (?P<general>general) | (?P<exponent>E[+-])
    | (?P<clock>y+|m+|d+|h+|s+(?:\.0+)?|e+|b+) | (?P<digit>[0#?]) | (?P<mark>[.,%@/]) | (?P<plain>.)
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)")


class Kind(Enum):
    """What is shown: any text, a whole date, or a date of which day or year is not seen."""

    TEXT = auto()
    DATE = auto()
    PART_OF_DATE = auto()


class NotShownError(ValueError):
    """Raised when it cannot be said what Excel shows; its message says why, in Vietnamese."""


@dataclass(frozen=True)
class Section:
    """One of the up to four parts of a format: its tokens as (name, text), and for which numbers it is."""

    tokens: tuple[tuple[str, str], ...]
    condition: tuple[str, float] | None

    def has(self, *names: str) -> bool:
        return any(name in names for name, _ in self.tokens)


@lru_cache(maxsize=512)
def parse_format(code: str) -> tuple[Section, ...]:
    """Return the sections of the format of a cell, in their order."""
    return tuple(_parse_section(section) for section in _split(code))


def _split(code: str) -> list[str]:
    parts, at = [], 0
    while True:
        found = _SECTIONS.match(code, at)
        end = found.end() if found else at
        parts.append(code[at:end])
        if end >= len(code) or len(parts) == 4:
            return parts
        at = end + 1


def _parse_section(code: str) -> Section:
    tokens: list[tuple[str, str]] = []
    condition = None
    for found in _TOKEN.finditer(code):
        name, text = found.lastgroup or "", found[found.lastgroup] if found.lastgroup else ""
        if name == "condition":
            if not (compared := _CONDITION.fullmatch(text.replace(" ", ""))):
                raise NotShownError("có định dạng số không đọc được")
            condition = compared[1], float(compared[2])
        elif name == "space" and text == "_":
            tokens.append(("word", " "))
        elif name in ("quoted", "escaped", "currency", "plain"):
            tokens.append(("word", text))
        elif name == "mark":
            tokens.append(({"@": "at", ".": "point", ",": "comma", "%": "percent", "/": "slash"}[text], text))
        elif name in ("elapsed", "noon", "general", "clock", "exponent", "digit"):
            tokens.append((name, text.lower()))
    return Section(tuple(tokens), condition)


def is_fraction(section: Section) -> bool:
    """Return whether a section shows ½ of 0.5: its stroke, that nobody has quoted, stands between digits."""
    tokens = section.tokens
    digits = [at for at, (name, _) in enumerate(tokens) if name == "digit"]
    for at, (name, _) in enumerate(tokens[1:-1], 1):
        behind, text = tokens[at + 1]
        if name == "slash" and digits[0] < at and (behind == "digit" or text[:1].isdecimal()):
            return True
    return False
