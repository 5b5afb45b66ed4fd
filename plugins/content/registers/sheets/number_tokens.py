"""Parse number formats into tokens of up to four sections. Pure."""

import re
from dataclasses import dataclass
from enum import Enum, auto
from functools import cached_property, lru_cache
from itertools import pairwise, takewhile

_SECTIONS = re.compile(r'(?:"[^"]*"|\\.|\[[^\]]*\]|[^;"\\\[]|["\\\[])*')
_TOKEN = re.compile(
    r"""
    "(?P<quoted>[^"]*)"? | \\(?P<escaped>.) | (?P<space>[_*]).
    | \[(?P<elapsed>h+|m+|s+)\] | \[(?P<condition>(?:[<>=]|dbnum|natnum)[^\]]*)\]
    | \[\$(?P<currency>[^\]-]*+)[^\]]*+\] | \[[^\]]*\]
    | (?P<noon>am/pm|a/p) | (?P<general>general) | (?P<exponent>E[+-])
    | (?P<clock>y+|m+|d+|h+|s+(?:\.0+)?|e+|b+) | (?P<digit>[0#?]) | (?P<mark>[.,%@/]) | (?P<plain>.)
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)")


class CellKind(Enum):
    """The kind of a displayed value: text, a whole date, or a date without its day or year."""

    TEXT = auto()
    DATE = auto()
    PART_OF_DATE = auto()


class NotShownError(ValueError):
    """Raised if the displayed text is unknown; its message is the reason in Vietnamese."""


@dataclass(frozen=True)
class Layout:
    """The digits of a section: tokens before and after the point, decimal places, power of ten, and grouping."""

    whole: tuple[tuple[str, str], ...]
    decimals: tuple[tuple[str, str], ...]
    places: int
    shift: int
    is_grouped: bool


@dataclass(frozen=True)
class Section:
    """A section of a format: its tokens (name, text), and the condition on numbers, if any."""

    tokens: tuple[tuple[str, str], ...]
    condition: tuple[str, float] | None

    def has(self, *names: str) -> bool:
        return not self._names.isdisjoint(names)

    @cached_property
    def _names(self) -> frozenset[str]:
        return frozenset(name for name, _ in self.tokens)

    @cached_property
    def shows(self) -> bool:
        """Whether it displays anything but spaces."""
        return any(text.strip() for _, text in self.tokens)

    @cached_property
    def layout(self) -> Layout:
        """The layout of the digits; NotShownError if it is unknown."""
        names = [name for name, _ in self.tokens]
        digits = [at for at, name in enumerate(names) if name == "digit"]
        if not digits or names.count("point") > 1:
            raise NotShownError("có định dạng số không đọc được")
        pairs = pairwise(self.tokens[digits[0] :])
        if any(name == "slash" and (behind == "digit" or text[:1].isdecimal()) for (name, _), (behind, text) in pairs):
            raise NotShownError("có số hiện ở dạng phân số")
        point = names.index("point") if "point" in names else len(names)
        last = max((at for at in digits if at < point), default=digits[-1])
        # A comma between digits groups thousands; right after the last digit of either part, it divides by a thousand.
        scale = sum(len([*takewhile("comma".__eq__, names[at + 1 :])]) for at in {last, digits[-1]})
        between = names[digits[0] : last].count("comma")
        if names.count("comma") > scale + between:
            raise NotShownError("có định dạng số không đọc được")
        places, shift = sum(at > point for at in digits), 2 * names.count("percent") - 3 * scale
        return Layout(self.tokens[:point], self.tokens[point + 1 :], places, shift, is_grouped=between > 0)


@lru_cache(maxsize=512)
def parse_format(code: str) -> tuple[Section, ...]:
    """Return the sections of a format."""
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
        elif name == "space":
            tokens.append(("word", " " if text == "_" else ""))
        elif name in ("quoted", "escaped", "currency", "plain"):
            tokens.append(("word", text))
        elif name == "mark":
            tokens.append(({"@": "at", ".": "point", ",": "comma", "%": "percent", "/": "slash"}[text], text))
        elif name in ("elapsed", "noon", "general", "clock", "exponent", "digit"):
            tokens.append((name, text.lower()))
    return Section(tuple(tokens), condition)
