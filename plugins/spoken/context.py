"""Where in a text something stands that is not read as it is written. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from plugins.spoken.numbers import NORTH, Speech

if TYPE_CHECKING:
    from collections.abc import Callable

_SENTENCE_END = re.compile(r"(?:^|[.!?…:]\s+|\n\s*(?:[-•*]\s+)?)$")


@dataclass(frozen=True)
class Place:
    """A text, the match of a rule in it, and how numbers are said."""

    text: str
    match: re.Match[str]
    speech: Speech = NORTH

    def __getitem__(self, group: str) -> str:
        return self.match[group] or ""

    def follows(self, pattern: re.Pattern[str]) -> bool:
        """Tell whether what is before the match ends as the pattern says, which must end in `$`."""
        return pattern.search(self.text[max(0, self.match.start() - 60) : self.match.start()]) is not None

    def precedes(self, pattern: re.Pattern[str]) -> bool:
        """Tell whether what is after the match begins as the pattern says."""
        return pattern.match(self.text, self.match.end()) is not None

    @property
    def begins_sentence(self) -> bool:
        return self.follows(_SENTENCE_END)


@dataclass(frozen=True)
class Rule:
    """How one kind of thing is written, and what says it; what gives None leaves it to the rules after it."""

    pattern: re.Pattern[str]
    say: Callable[[Place], str | None]


def rule(pattern: str, say: Callable[[Place], str | None]) -> Rule:
    """Return a rule whose pattern is written with spaces for reading."""
    return Rule(re.compile(pattern, re.VERBOSE), say)


def words_before(*words: str) -> re.Pattern[str]:
    """Return a pattern that finds one of these words right before; letters of either case."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(words)})\s+$", re.IGNORECASE)


def words_after(*words: str) -> re.Pattern[str]:
    """Return a pattern that finds one of these words right after."""
    return re.compile(rf"\s*(?:{'|'.join(words)})(?!\w)", re.IGNORECASE)
