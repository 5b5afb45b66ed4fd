"""The labels of numbered paragraphs, and a number in the formats of Word: 4, IV, d, bốn, ④."""

import re
from collections.abc import Callable
from typing import NamedTuple

from plugins.spoken.numbers import say_number, write_roman

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
# A larger number would make a label as long as a book.
_MOST = 9_999


class Label(NamedTuple):
    """The label before a paragraph: its level from 0, its text ("" for a bullet), and the gap after it."""

    level: int
    text: str
    is_bullet: bool
    gap: str = " "


def count_in(kind: str, count: int) -> str:
    """Return a number in a numFmt of Word, in figures if that is unknown."""
    if kind == "none":
        return ""
    if custom := re.match(r"custom:(0*\d)", kind):
        return str(count).zfill(len(custom[1]))
    write = _FORMATS.get(kind, str)
    return write(count) if 0 < count <= _MOST else str(count)


def _letters(count: int) -> str:
    # After Z comes AA, then BB.
    return _LETTERS[(count - 1) % 26] * ((count - 1) // 26 + 1)


_FORMATS: dict[str, Callable[[int], str]] = {
    "upperRoman": write_roman,
    "lowerRoman": lambda count: write_roman(count).lower(),
    "upperLetter": _letters,
    "lowerLetter": lambda count: _letters(count).lower(),
    "decimalZero": lambda count: f"{count:02}",
    "numberInDash": lambda count: f"- {count} -",
    **dict.fromkeys(
        ("vietnameseCounting", "cardinalText"), lambda count: say_number(count) if count < 100 else str(count)
    ),
    **dict.fromkeys(
        ("decimalEnclosedCircle", "decimalEnclosedCircleChinese"),
        lambda count: chr(0x2460 + count - 1) if count <= 20 else str(count),
    ),
}
