"""The rules of Vietnamese text: normal form, folding, slugs, order, dates and numbers. Pure."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from difflib import get_close_matches
from functools import lru_cache

_APOSTROPHES = "'’‘ʼʹ′`´"
_MARKS = re.compile("[\u0300-\u036f]")
# Letters that Unicode does not decompose into a plain letter.
_PLAIN_LETTERS = str.maketrans({"đ": "d", "ð": "d", "ƀ": "b"} | dict.fromkeys(_APOSTROPHES))

# Alphabet order, and tones in the order of Vietnamese dictionaries: ngang huyền hỏi ngã sắc nặng.
_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_ALPHABET = {letter: rank for rank, letter in enumerate(_LETTERS)}
# Headings for titles without such a letter: numbers come first, other scripts last.
NUMBERS, OTHER_SCRIPTS = "0–9", "Khác"
_LATIN = re.compile("LATIN SMALL LETTER ([A-Z])(?: WITH .+)?")
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
_TOKEN = re.compile(r"\d+|[^\W\d_]+")

# Invisible characters without meaning, such as soft hyphens, of which pasted text is full.
_UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff]")
_NO_LETTERS = re.compile(r"[\W_]+")
_SLUG = re.compile("[a-z0-9]+(?:-[a-z0-9]+)*")

_WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật")
# Vietnam has no daylight saving time.
_VIETNAM = timezone(timedelta(hours=7))


def nfc(text: str) -> str:
    """Return the text in Unicode normal form C, the only form this project stores or writes."""
    return unicodedata.normalize("NFC", text)


def without_unseen(text: str) -> str:
    """Return the text without invisible characters."""
    return _UNSEEN.sub("", text)


@lru_cache(maxsize=16384)
def fold(text: str) -> str:
    """Return the text as someone types it without marks: lower case, đ as d, no apostrophes, single spaces.

    `fold("Đất K’rang") == fold("dat krang") == "dat krang"`; hòa and hoà both give "hoa".
    """
    return " ".join(filter(None, map(_fold_word, text.split())))


# Texts are many, but distinct words are few: each is a syllable.
@lru_cache(maxsize=16384)
def _fold_word(word: str) -> str:
    return _MARKS.sub("", unicodedata.normalize("NFD", word.lower())).translate(_PLAIN_LETTERS)


@lru_cache(maxsize=16384)
def squash(text: str) -> str:
    """Return the folded letters and digits alone, to compare names: "Đồng Xuân", "dong-xuan" and "ĐồngXuân" are one."""
    return _NO_LETTERS.sub("", fold(text))


@lru_cache(maxsize=16384)
def agrees(written: str, name: str) -> bool:
    """Tell whether a text may be this name with marks left out: their squashed forms are one, and no mark contradicts.

    "dong xuan", "Đông Xuân" and "Đồng Xuân" all agree with Đồng Xuân, hoà with Hòa; "Đổng Xuân" does not.
    """
    if squash(written) != squash(name):
        return False
    letters = _marked_letters(name)
    return all(
        hats <= letters[at][0] and (not tone or any(tone == near for _, near in letters[max(0, at - 2) : at + 3]))
        for at, (hats, tone) in enumerate(_marked_letters(written))
    )


def _marked_letters(text: str) -> list[tuple[set[str], int]]:
    """Return the marks and the tone of each letter and digit; old and new spelling put tones on different letters."""
    letters: list[tuple[set[str], int]] = []
    for character in unicodedata.normalize("NFD", text.lower()):
        if character in _TONES and letters:
            letters[-1] = letters[-1][0], _TONES[character]
        elif _MARKS.match(character) and letters:
            letters[-1][0].add(character)
        # One apostrophe, ʼ, is a letter to Unicode, and none to fold().
        elif character.isalnum() and character not in _APOSTROPHES:
            letters.append(({character} if character in "đð" else set(), 0))
    return letters


def slugify(text: str, limit: int = 60) -> str:
    """Return an ASCII slug of at most `limit` characters, cut between words; "" when no letter or digit is left."""
    if len(text) <= limit and _SLUG.fullmatch(text):
        return text
    slug = ""
    for word in re.findall(r"[a-z0-9]+", fold(text).encode("ascii", "ignore").decode("ascii")):
        longer = f"{slug}-{word}" if slug else word[:limit]
        if len(longer) > limit:
            break
        slug = longer
    return slug


def nearest(text: str, names: Iterable[str]) -> str | None:
    """Return the name most similar to the text when both are folded, or None."""
    by_fold = {squash(name): name for name in names}
    found = get_close_matches(squash(text), by_fold, n=1, cutoff=0.65)
    return by_fold[found[0]] if found else None


@lru_cache(maxsize=16384)
def sort_key(text: str) -> tuple[tuple[tuple[int, int, tuple[int, ...], int], ...], str]:
    """Return a key that sorts as a Vietnamese reader looks things up.

    Syllable by syllable: letters in the Vietnamese alphabet first, then the tone (wherever it is written: hòa or
    hoà); numbers by value, before letters; other scripts last. ½ and Ⅳ are read as 1⁄2 and IV. Texts that differ only
    in case or punctuation fall back to code points.
    """
    text = nfc(text)
    keys = map(_token_key, _TOKEN.findall(unicodedata.normalize("NFKC", text).lower()))
    return tuple(key for key in keys if key), text


@lru_cache(maxsize=16384)
def _token_key(token: str) -> tuple[int, int, tuple[int, ...], int] | None:
    if token.isdecimal():
        # Python refuses to parse longer numbers.
        return 0, int(token[:4000]), (), 0
    letters: list[int] = []
    tone = 0
    for character in token:
        decomposed = unicodedata.normalize("NFD", character)
        bare = unicodedata.normalize("NFC", "".join(mark for mark in decomposed if mark not in _TONES))
        tone = next((_TONES[mark] for mark in decomposed if mark in _TONES), tone)
        if plain := fold(bare):  # not of an apostrophe
            letters.append(_ALPHABET.get(bare, _rank(plain[0])))
    return (1, 0, tuple(letters), tone) if letters else None


def _rank(letter: str) -> int:
    """Return the rank of a letter outside the alphabet: that of its plain form (ŏ, ƀ, ø), or after z."""
    latin = _LATIN.fullmatch(unicodedata.name(letter, ""))
    return _ALPHABET[latin[1].lower()] if latin else 100 + ord(letter)


def initial(text: str) -> str:
    """Return the letter under which a list in the order of `sort_key` files the text: Ấm under Â, Ƀuôr under B."""
    first = next(iter(sort_key(text)[0]), None)
    if not first or not first[2]:
        return NUMBERS
    return _LETTERS[first[2][0]].upper() if first[2][0] < len(_LETTERS) else OTHER_SCRIPTS


def today() -> date:
    """Return the current date in Vietnam."""
    return datetime.now(_VIETNAM).date()


def format_date(day: date) -> str:
    """Return the date as Vietnamese write it in passing: 19/8/2020."""
    return f"{day.day}/{day.month}/{day.year}"


def format_weekday_date(day: date) -> str:
    """Return the date of a byline: Thứ Tư, 19/8/2020."""
    return f"{_WEEKDAYS[day.weekday()]}, {format_date(day)}"


def format_long_date(day: date) -> str:
    """Return the date in words, as in a document: ngày 19 tháng 8 năm 2020."""
    return f"ngày {day.day} tháng {day.month} năm {day.year}"


def format_moment(moment: datetime) -> str:
    """Return a date with time: 9 giờ 05, 19/8/2020."""
    return f"{moment.hour} giờ {moment.minute:02}, {format_date(moment)}"


def format_number(number: int | Decimal) -> str:
    """Return the number with a point between thousands and a comma before decimals: 1.850 and 3,2."""
    return f"{number:,}".translate(str.maketrans(",.", ".,"))


def capitalize(text: str) -> str:
    """Return the text with its first letter in upper case and the rest unchanged."""
    return text[:1].upper() + text[1:]
