"""Text typed in a font of an old encoding -> Unicode; what Unicode there is in such a font stays as it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from plugins.vietnamese import nfc
from plugins.word.legacy_tables import TCVN3, VNI
from plugins.word.syllables import is_syllable, marked_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Encoding(NamedTuple):
    """An encoding by its name, and what each of its characters, or pairs of them, means."""

    name: str
    letters: Mapping[str, str]


ENCODINGS = (Encoding("TCVN3", TCVN3), Encoding("VNI", VNI))
_TCVN3, _VNI = ENCODINGS
# What a Word whose Windows was set to Vietnamese (code page 1258) made of the bytes of an old font.
_HIGH = bytes(range(0xA0, 0x100))
_OF_1258 = str.maketrans(_HIGH.decode("cp1258"), _HIGH.decode("latin-1"))
# Fonts with symbols of their own, as some of these are, lie here instead of at 0x20–0xFF.
_OF_SYMBOLS = {0xF000 + code: chr(code) for code in range(0x20, 0x100)}


def encoding_of(font: str) -> Encoding | None:
    """Return the encoding that a font stands for; None for one of Unicode."""
    if re.match(r"VNI\b", font, re.IGNORECASE):
        return _VNI
    return _TCVN3 if re.match(r"\.Vn[A-Z]|VnTime|VnArial", font, re.IGNORECASE) else None


def shows_capitals(font: str) -> bool:
    """Tell whether a font of TCVN3 shows small letters as capitals: .VnTimeH."""
    return font.endswith("H") and encoding_of(font) is _TCVN3


def to_unicode(pieces: Sequence[str], encoding: Encoding) -> list[str] | None:
    """Convert a text given in pieces, whose letters may be split between them; None when it is Unicode already.

    Each letter goes to the piece in which it begins. In spite of its font a text is Unicode when it reads better as
    that: when more of its words are spelt as Vietnamese is. Where it is close the font is right, unless there are
    letters that the encoding cannot have.
    """
    text = "".join(pieces).translate(_OF_SYMBOLS)
    plain = text.translate(_OF_1258)
    decoded = _decode(plain, encoding)
    as_unicode, as_encoded = count_syllables(nfc(text)), count_syllables("".join(decoded))
    lead = 0 if _is_beyond(text) else 2
    if as_unicode >= as_encoded + lead or _is_beyond(plain, 0x1E00):
        return None
    converted, start = [], 0
    for piece in pieces:
        converted.append("".join(decoded[start : start + len(piece)]))
        start += len(piece)
    return converted


def _is_beyond(text: str, first: int = 0x100) -> bool:
    """Tell whether there are letters from this code point on."""
    return any(ord(letter) >= first and letter.isalpha() for letter in text)


def count_syllables(text: str) -> int:
    """Return how many words with Vietnamese letters are spelt as Vietnamese words are."""
    return sum(map(is_syllable, marked_words(text)))


def find_doubtful(text: str) -> list[str]:
    """Return the words with Vietnamese letters that no Vietnamese word is spelt like, each once."""
    return list(dict.fromkeys(word for word in marked_words(text) if not is_syllable(word)))


def _decode(text: str, encoding: Encoding) -> list[str]:
    """Return for each character what becomes of it: a letter, or "" for the mark that went into the one before."""
    decoded = list(text)
    longest_first = sorted(encoding.letters, key=len, reverse=True)
    for match in re.finditer("|".join(map(re.escape, longest_first)), text):
        decoded[match.start() : match.end()] = [encoding.letters[match[0]], *[""] * (len(match[0]) - 1)]
    return decoded
