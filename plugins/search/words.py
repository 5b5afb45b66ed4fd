"""Text -> the words that are searched: how each is looked up without its marks, and how it was written. Pure.

theme/static/js/search-words.js does the same to what a reader types; tests hold the two together.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from plugins.vietnamese import fold, nfc

if TYPE_CHECKING:
    from collections.abc import Iterator

_LETTER = r"[^\W\d_¹²³]"
# An apostrophe inside a word belongs to it: D’rông is one word, drong.
_WORD = re.compile(
    rf"{_LETTER}[^\W\d_¹²³\u0300-\u036f]*(?:[\u0300-\u036f]+{_LETTER}*)*"
    rf"(?:['’‘ʼʹ′`´]{_LETTER}+[\u0300-\u036f]*)*"
    r"|[0-9¹²³]+(?:[.,][0-9]+)*"
)
_THOUSANDS = re.compile(r"[0-9]{1,3}(?:[.,][0-9]{3})+")
_SUPERSCRIPTS = str.maketrans("¹²³", "123")
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}


class Word(NamedTuple):
    """A word as it is looked up (dak), and as it was written, its tone after its letters (đăk4)."""

    key: str
    form: str


def read_words(text: str) -> Iterator[Word]:
    """Yield the words of a text in their order."""
    for written in _WORD.findall(nfc(text)):
        yield read_word(written)


@lru_cache(maxsize=65536)
def read_word(written: str) -> Word:
    """Return one word. Numbers are one however they are written: 1.850 and 1850, 3,2 and 3.2."""
    if written[0] in "0123456789¹²³":
        number = written.translate(_SUPERSCRIPTS)
        if _THOUSANDS.fullmatch(number):
            number = re.sub("[.,]", "", number)
        return Word(number.replace(".", ","), number.replace(".", ","))
    key = fold(written)
    decomposed = unicodedata.normalize("NFD", written.lower())
    tone = next((_TONES[mark] for mark in decomposed if mark in _TONES), "")
    letters = nfc("".join(mark for mark in decomposed if mark not in _TONES))
    return Word(key, re.sub("['’‘ʼʹ′`´]", "", letters).replace("ð", "đ") + tone)
