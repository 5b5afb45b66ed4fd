"""A text as it is read aloud, and how long that takes. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from plugins.spoken import days, quantities, words
from plugins.spoken.context import Place
from plugins.spoken.numbers import NORTH, Speech
from plugins.vietnamese import capitalize, nfc

# Longest and surest first: a day is no fraction, a paper's number no range, a quantity no code.
_RULES = (
    *words.RULES[:2],
    *days.RULES,
    *quantities.RULES[:3],
    *words.RULES[2:4],
    *quantities.RULES[3:],
    *words.RULES[4:],
)
_START = re.compile(r"[^\s.,;:!?()“”\"'’‘…]")
_SYLLABLE = re.compile(r"[^\W\d_]+")
# As a reader at a loudspeaker takes it, with the pauses at full stops.
SYLLABLES_A_MINUTE = 200


@dataclass(frozen=True)
class Spoken:
    """What is said, and the abbreviations in it that are known to nobody and were spelt."""

    text: str
    spelt: tuple[str, ...] = ()

    @property
    def syllables(self) -> int:
        """How many syllables are said: ki-lô-mét has three."""
        return len(_SYLLABLE.findall(self.text))

    @property
    def seconds(self) -> int:
        """How long it takes to read, in seconds."""
        return round(self.syllables * 60 / SYLLABLES_A_MINUTE)


def read_aloud(text: str, speech: Speech = NORTH) -> Spoken:
    """Return a text with all that is not words written out in words."""
    text = nfc(text)
    said: list[str] = []
    spelt: dict[str, None] = {}
    at = 0
    while at < len(text):
        found = _START.search(text, at)
        if not found:
            break
        said.append(text[at : found.start()])
        piece, end = _read(text, found.start(), speech, spelt)
        said.append(piece)
        at = end
    return Spoken(re.sub(r"(?<=\S) {2,}", " ", "".join((*said, text[at:]))), tuple(spelt))


def _read(text: str, at: int, speech: Speech, spelt: dict[str, None]) -> tuple[str, int]:
    for rule in _RULES:
        match = rule.pattern.match(text, at)
        if match and match.end() > at:
            place = Place(text, match, speech)
            if piece := rule.say(place):
                return (capitalize(piece) if place.begins_sentence else piece), match.end()
    if match := words.UNKNOWN.match(text, at):
        spelt[match[0]] = None
        return words.spell(match[0]), match.end()
    # A word is passed whole, what is no word a sign at a time.
    word = re.compile(r"[^\W\d_]+|\d+|.", re.DOTALL).match(text, at)
    return (word[0], word.end()) if word else (text[at], at + 1)
