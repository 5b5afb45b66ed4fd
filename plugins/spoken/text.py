"""A text as it is read aloud, and the time that takes. Pure."""

import re
from dataclasses import dataclass

from plugins.spoken import codes, days, papers, quantities, words
from plugins.spoken.context import SENTENCE_END, Occurrence
from plugins.spoken.numbers import NORTH, Speech
from plugins.spoken.words import UNKNOWN, is_word, spell
from plugins.vietnamese import capitalize, nfc

# Longest and surest first: a day is no fraction, a paper's number no range, a quantity no code.
_RULES = (*papers.RULES, *days.RULES, *codes.RULES, *quantities.RULES, *words.RULES)
# Where a rule may begin: not at spaces and punctuation.
_START = re.compile(r"[^\s.,;:!?)“”\"'’‘…]")
_WORD = re.compile(r"[^\W\d_]+|.", re.DOTALL)
_SYLLABLE = re.compile(r"[^\W\d_]+")
# The pace of a reader at a loudspeaker, pauses included.
SYLLABLES_A_MINUTE = 200


@dataclass(frozen=True)
class Spoken:
    """A text in words, and the unknown abbreviations in it, which were spelt."""

    text: str
    spelt: tuple[str, ...] = ()

    @property
    def syllables(self) -> int:
        """The number of syllables: ki-lô-mét has three."""
        return len(_SYLLABLE.findall(self.text))


def count_seconds(syllables: int) -> int:
    """Return the seconds it takes to read so many syllables."""
    return round(syllables * 60 / SYLLABLES_A_MINUTE)


def read_aloud(text: str, speech: Speech = NORTH) -> Spoken:
    """Return a text with everything written out in words, line by line."""
    spelt: dict[str, None] = {}
    return Spoken("\n".join(_read_line(line, speech, spelt) for line in nfc(text).split("\n")), tuple(spelt))


def _read_line(text: str, speech: Speech, spelt: dict[str, None]) -> str:
    said: list[str] = []
    at = 0
    while found := _START.search(text, at):
        said.append(text[at : found.start()])
        piece, at = _read(text, found.start(), speech, spelt)
        said.append(piece)
    return re.sub(r"(?<=\S) {2,}", " ", "".join([*said, text[at:]]))


def _read(text: str, at: int, speech: Speech, spelt: dict[str, None]) -> tuple[str, int]:
    """Return the words for the expression at this offset, and the offset of its end."""
    for pattern, say in _RULES:
        match = pattern.match(text, at)
        if match and match.end() > at:
            place = Occurrence(text, match, speech)
            if piece := say(place):
                return _apart(text, match, capitalize(piece) if place.follows(SENTENCE_END) else piece), match.end()
    if (match := UNKNOWN.match(text, at)) and not is_word(match[0]):
        spelt[match[0]] = None
        return spell(match[0], speech), match.end()
    word = _WORD.match(text, at)
    return (word[0], word.end()) if word else ("", at + 1)


def _apart(text: str, match: re.Match[str], piece: str) -> str:
    """Return words with a space towards adjacent letters."""
    before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
    return f"{' ' if _is_letter(before) else ''}{piece}{' ' if _is_letter(after) and piece[-1] != ' ' else ''}"


def _is_letter(sign: str) -> bool:
    return sign.isalnum() or sign in tuple("%°+=&")
