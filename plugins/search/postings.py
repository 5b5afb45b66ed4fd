"""Posting lists of words, as short text. Pure.

A position is a number, 0 for the first word of a title. Each part of an entry begins at a fixed position, so that a
position tells its part. Numbers are written five bits a character, least first (as in source maps, without a sign).
theme/static/js/search-index.js reads them.
"""

import re
from bisect import bisect
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from plugins.search.entries import SearchEntry
from plugins.search.words import Word, read_words

# The first position of each part of an entry; theme/static/js/search-hits.js weighs the parts by the same numbers.
TITLE, NAME, TERMS, LEAD, TEXT = 0, 40, 64, 128, 256
_STARTS = (TERMS, LEAD, TEXT)
# Enough for the words of any entry, and the entry's number still fits above it in a machine word.
_PLACE_BITS = 22
_PLACES = (1 << _PLACE_BITS) - 1
# Positions left free between two terms, so that no phrase spans them.
_GAP = 2

DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_NUMBER = re.compile("[g-z0-9_-]*[A-Za-f]")


class _Codes(dict[int, str]):
    """Whole numbers as text, memoised."""

    def __missing__(self, number: int) -> str:
        code = DIGITS[number] if number < 32 else DIGITS[32 + (number & 31)] + self[number >> 5]
        self[number] = code
        return code


_CODES = _Codes()


@cache
def _decode(code: str) -> int:
    return sum((DIGITS.index(digit) & 31) << 5 * at for at, digit in enumerate(code))


def encode_numbers(numbers: Iterable[int]) -> str:
    """Return whole numbers from 0 as text."""
    return "".join(map(_CODES.__getitem__, numbers))


class Posting:
    """The posting list of one form of a word, in segments of so many entries, outlined when over `long` characters."""

    def __init__(self, segment: int, long: int) -> None:
        self._segment, self._long = segment, long
        self._last = -1
        # At the start of each segment the number of its first entry; then steps as text.
        self._pieces: list[int | str] = []
        self._outlines: list[str] = []
        self.size = 0

    def add(self, places: Sequence[int], before: int) -> None:
        """Add the positions in further entries, all of one segment, whose numbers count from `before`."""
        numbers = count_steps(places)
        first = before + numbers[0] - 1
        numbers[0] = first - self._last
        if self.size > self._long:
            if not self._outlines:
                self._outlines.append(self.outline)
            self._outlines.append(outline(numbers))
        if self._last < 0 or first // self._segment != self._last // self._segment:
            self._pieces.append(first)
        code, rest = _CODES[numbers[0]], encode_numbers(numbers[1:])
        self._pieces += (code, rest)
        self._last = before + (places[-1] >> _PLACE_BITS)
        self.size += len(code) + len(rest)

    @property
    def text(self) -> str:
        """The whole list."""
        return "".join(piece for piece in self._pieces if isinstance(piece, str))

    @property
    def outline(self) -> str:
        """The entries alone, each with the foremost part where the word occurs."""
        return "".join(self._outlines) or outline([*map(_decode, _NUMBER.findall(self.text))])

    @property
    def segments(self) -> dict[int, str]:
        """The list by segment, in each of which entries count from 0."""
        parts: defaultdict[int, list[str]] = defaultdict(list)
        pieces = iter(self._pieces)
        segment = 0
        for piece in pieces:
            if isinstance(piece, int):
                segment = piece // self._segment
                # Replaces the step from the segment before.
                next(pieces)
                parts[segment].append(_CODES[piece % self._segment + 1])
            else:
                parts[segment].append(piece)
        return {segment: "".join(texts) for segment, texts in parts.items()}


def outline(numbers: Sequence[int]) -> str:
    """Return, from the numbers of count_steps, the step to each entry and its foremost part."""
    outlined: list[int] = []
    at = 0
    while at < len(numbers):
        outlined.append(4 * (numbers[at] - 1) + bisect(_STARTS, numbers[at + 2]))
        at += 2 + numbers[at + 1]
    return encode_numbers(outlined)


def _parts(entry: SearchEntry) -> Iterator[tuple[int, Sequence[Word]]]:
    """Yield each part of an entry with its first position."""
    yield TITLE, read_words(entry.title)[: NAME - _GAP]
    yield NAME, read_words(entry.name)[: TERMS - NAME - _GAP]
    place = TERMS
    for term in entry.terms:
        words = read_words(term)[: max(0, LEAD - place - _GAP)]
        yield place, words
        place += len(words) + _GAP
    yield LEAD, read_words(entry.lead)[: TEXT - LEAD - _GAP]
    yield TEXT, read_words(f"{entry.text}\n{entry.more}")


def find_places(entries: Iterable[SearchEntry]) -> dict[Word, list[int]]:
    """Return the positions of each word, in order; the entry's number is in the bits above _PLACE_BITS."""
    found: defaultdict[Word, list[int]] = defaultdict(list)
    for number, entry in enumerate(entries):
        for start, words in _parts(entry):
            for place, word in enumerate(words, (number << _PLACE_BITS) + start):
                found[word].append(place)
    return found


def count_steps(places: Iterable[int]) -> list[int]:
    """Return, for each entry: the step to it (from -1), its count of positions, the first, the steps to the others."""
    numbers: list[int] = []
    count_at = before = 0
    last = -1
    for place in places:
        number = place >> _PLACE_BITS
        if number == last:
            numbers[count_at] += 1
            numbers.append(place - before)
        else:
            count_at = len(numbers) + 1
            numbers += (number - last, 1, place & _PLACES)
            last = number
        before = place
    return numbers
