"""Text -> words of the search, as theme/static/js/search-words.js makes of a query; tests compare both. Pure."""

import re
import unicodedata
from functools import cache
from itertools import chain
from typing import NamedTuple

from plugins.vietnamese import fold, nfc

# An apostrophe inside a word belongs to it: D’rông is one word, drong. So do the point and comma of a number.
_WORD = re.compile(r"[^\W\d_]+(?:['’‘ʼʹ′`´][^\W\d_]+)*|[0-9]+(?:[.,][0-9]+)*")
_THOUSANDS = re.compile(r"[0-9]{1,3}(?:[.,][0-9]{3})+")
# Marks that normal form C leaves separate, as in the ơ̆ of Ê Đê: rare, and readers do not type them.
_LOOSE_MARKS = re.compile("[\u0300-\u036f]")
_APOSTROPHES = re.compile("['’‘ʼʹ′`´]")
_SQUARES = str.maketrans("¹²³ð", "123đ")
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_TONE = re.compile(f"[{''.join(_TONES)}]")


class Word(NamedTuple):
    """A word's key for look-ups (dat), and its written form with the tone after the letters (đât4)."""

    key: str
    form: str


def read_words(text: str) -> list[Word]:
    """Return the words of a text in their order."""
    return list(chain.from_iterable(map(_read_run, text.split())))


@cache
def _read_run(run: str) -> tuple[Word, ...]:
    """Return the words between two spaces, memoised."""
    return tuple(map(_read_word, _WORD.findall(_LOOSE_MARKS.sub("", nfc(run)))))


@cache
def _read_word(written: str) -> Word:
    """Return one word. hòa and hoà are written alike; so are 1.850 and 1850, 3,2 and 3.2."""
    if written[0].isdecimal():
        number = re.sub("[.,]", "" if _THOUSANDS.fullmatch(written) else ",", written)
        return Word(number, number)
    letters = _APOSTROPHES.sub("", written.lower()).translate(_SQUARES)
    decomposed = unicodedata.normalize("NFD", letters)
    tone = _TONE.search(decomposed)
    return Word(fold(letters), nfc(_TONE.sub("", decomposed)) + (_TONES[tone[0]] if tone else ""))
