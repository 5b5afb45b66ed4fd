"""Where in a text something stands that is not read as it is written. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from plugins.spoken.numbers import NORTH, Speech, say_number, say_whole

if TYPE_CHECKING:
    from collections.abc import Callable

# A letter before a full stop is a person's, and other short words are titles: “em H. 9 tuổi”, “tr. 5”.
_SENTENCE_END = re.compile(r"(?:^\s*(?:[-•*]\s+)?|(?<!\b[A-ZĐ])(?<!\b[Tt]r)(?<!\bT[PXTS])(?<!\b[BKG]S)[.!?…]\s+)$")
_FAR = 60  # letters
# What stands before and after a rule's own: nothing that it would be the rest of.
AT = r"(?<![\w.,])"
END = r"(?![\w/]|[.,]\d)"
# Where what numbers a heading stands, and what stands after it.
LINE_START, HEADING = re.compile(r"^\s*$"), re.compile(r"[.)]\s")
UPPER = "A-ZĐĂÂÊÔƠƯ"


@dataclass(frozen=True)
class Occurrence:
    """A text, the match of a rule in it, and how numbers are said."""

    text: str
    match: re.Match[str]
    speech: Speech = NORTH

    def __getitem__(self, group: str) -> str:
        return self.match.groupdict().get(group) or ""

    def number(self, digits: str | int) -> str:
        """Say a whole number as this region does; digits that a 0 leads one by one."""
        return say_whole(digits, self.speech) if isinstance(digits, str) else say_number(digits, self.speech)

    @property
    def before(self) -> str:
        """The text before the match, as far as it matters."""
        return self.text[max(0, self.match.start() - _FAR) : self.match.start()]

    def follows(self, pattern: re.Pattern[str]) -> bool:
        """Tell whether what is before the match ends as the pattern says, which must end in `$`."""
        return pattern.search(self.before) is not None

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
    say: Callable[[Occurrence], str | None]


def rule(pattern: str, say: Callable[[Occurrence], str | None]) -> Rule:
    """Return a rule."""
    return Rule(re.compile(pattern), say)


def words_before(*words: str) -> re.Pattern[str]:
    """Return a pattern that finds one of these words right before; letters of either case."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(words)})\s+$", re.IGNORECASE)


def words_after(*words: str) -> re.Pattern[str]:
    """Return a pattern that finds one of these words right after."""
    return re.compile(rf"\s*(?:{'|'.join(words)})(?!\w)", re.IGNORECASE)
