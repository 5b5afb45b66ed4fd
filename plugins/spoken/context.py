"""Rules for expressions that are not read as written, and the context of a match. Pure."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from plugins.spoken.numbers import NORTH, Speech, say_number, say_whole

# A letter before a full stop is a person's, and other short words are titles: “em H. 9 tuổi”, “tr. 5”.
SENTENCE_END = re.compile(r"(?:^\s*(?:[-•*]\s+)?|(?<!\b[A-ZĐ])(?<!\b[Tt]r)(?<!\bT[PXTS])(?<!\b[BKG]S)[.!?…]\s+)$")
_FAR = 60  # letters
# Boundaries of an expression: no characters that would make it part of a longer one.
AT = r"(?<![\w.,])"
END = r"(?![\w/]|[.,]\d)"
# Before and after the number of a heading.
LINE_START, HEADING = re.compile(r"^\s*$"), re.compile(r"[.)]\s")
UPPER = "A-ZĐĂÂÊÔƠƯ"


@dataclass(frozen=True)
class Occurrence:
    """The match of a rule in a text, and the regional speech for its numbers."""

    text: str
    match: re.Match[str]
    speech: Speech = NORTH

    def __getitem__(self, group: str) -> str:
        return self.match.groupdict().get(group) or ""

    def number(self, digits: str | int) -> str:
        """Return a whole number in words of the region; digits with a leading 0 one by one."""
        return say_whole(digits, self.speech) if isinstance(digits, str) else say_number(digits, self.speech)

    @property
    def before(self) -> str:
        """The text right before the match."""
        return self.text[max(0, self.match.start() - _FAR) : self.match.start()]

    def follows(self, pattern: re.Pattern[str]) -> bool:
        """Tell whether the text before the match ends with the pattern, which must end in `$`."""
        return pattern.search(self.before) is not None

    def precedes(self, pattern: re.Pattern[str]) -> bool:
        """Tell whether the text after the match begins with the pattern."""
        return pattern.match(self.text, self.match.end()) is not None


# The pattern of an expression, and a function that says it; None leaves it to later rules.
Say = Callable[[Occurrence], str | None]
Rule = tuple[re.Pattern[str], Say]


def rule(pattern: str, say: Say, after: re.Pattern[str] | None = None) -> Rule:
    """Return a rule with a compiled pattern, for expressions that follow `after`, if given."""
    return re.compile(pattern), say if after is None else lambda place: say(place) if place.follows(after) else None


def words_before(*words: str) -> re.Pattern[str]:
    """Return a pattern for `follows`: one of these words, in any case."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(words)})\s+$", re.IGNORECASE)


def words_after(*words: str) -> re.Pattern[str]:
    """Return a pattern for `precedes`: one of these words, in any case."""
    return re.compile(rf"\s*(?:{'|'.join(words)})(?!\w)", re.IGNORECASE)
