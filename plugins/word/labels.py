"""A number as Word counts with it: 4, IV, d, bốn, ④."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_ROMAN = {1000: "M", 900: "CM", 500: "D", 400: "CD", 100: "C", 90: "XC", 50: "L", 40: "XL"}
_ROMAN |= {10: "X", 9: "IX", 5: "V", 4: "IV", 1: "I"}
_DIGITS = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
# What has no end would make a label as long as a book.
_MOST = 9_999


def count_in(kind: str, count: int) -> str:
    """Return a number in a numFmt of Word's; one that is not known here counts in figures."""
    if kind == "none":
        return ""
    if custom := re.match(r"custom:(0*\d)", kind):
        return str(count).zfill(len(custom[1]))
    write = _FORMATS.get(kind, str)
    return write(count) if 0 < count <= _MOST else str(count)


def _roman(count: int) -> str:
    written = ""
    for amount, letters in _ROMAN.items():
        written += letters * (count // amount)
        count %= amount
    return written


def _in_words(count: int) -> str:
    tens, ones = divmod(count, 10)
    if tens > 9:
        return str(count)
    if not tens:
        return _DIGITS[ones]
    head = "mười" if tens == 1 else f"{_DIGITS[tens]} mươi"
    last = {0: "", 1: "một" if tens == 1 else "mốt", 5: "lăm"}.get(ones, _DIGITS[ones])
    return f"{head} {last}".strip()


def _letters(count: int) -> str:
    # After Z comes AA, then BB.
    return _LETTERS[(count - 1) % 26] * ((count - 1) // 26 + 1)


def _circled(count: int) -> str:
    return chr(0x2460 + count - 1) if count <= 20 else str(count)


_FORMATS: dict[str, Callable[[int], str]] = {
    "upperRoman": _roman,
    "lowerRoman": lambda count: _roman(count).lower(),
    "upperLetter": _letters,
    "lowerLetter": lambda count: _letters(count).lower(),
    "decimalZero": lambda count: f"{count:02}",
    "numberInDash": lambda count: f"- {count} -",
    **dict.fromkeys(("vietnameseCounting", "cardinalText"), _in_words),
    **dict.fromkeys(("decimalEnclosedCircle", "decimalEnclosedCircleChinese"), _circled),
}
