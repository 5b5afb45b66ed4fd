"""Paragraphs with their positions in lists -> nested lists."""

from __future__ import annotations

import re
from dataclasses import dataclass

from plugins.spoken.numbers import parse_roman


@dataclass(frozen=True)
class Position:
    """The position of a text: the tag of its paragraph and the item of a list that it is in; level 0 is no list."""

    tag: str = "p"
    level: int = 0
    is_numbered: bool = False
    number: int = 1
    item: int = 0
    is_title: bool = False


PARAGRAPH = Position()


def to_int(written: str) -> int:
    """Return a number in an HTML attribute; 1 if it is none."""
    return int(written) if written.isdecimal() and len(written) < 5 else 1


def read_number(mark: str) -> int:
    """Return the number of an item by its mark: "3.", "1.2.", "b)", "IV."; 0 for a bullet."""
    found = re.match(r"\(?(?:\w+\.)*([a-z]+|\d+)[.)]", mark.strip().lower())
    if not found:
        return 0
    word = found[1]
    if word.isdecimal():
        return to_int(word)
    if number := parse_roman(word.upper()) if set(word) <= set("ivxl") else None:
        return number
    return ord(word) - ord("a") + 1 if len(word) == 1 else 1


def nest_items(written: list[tuple[Position, str]]) -> str:
    """Return blocks as HTML, items in lists."""
    html: list[str] = []
    opened: list[Position] = []

    def close() -> None:
        html.append("</li></ol>" if opened.pop().is_numbered else "</li></ul>")

    for place, text in written:
        while opened and (
            opened[-1].level > place.level
            or (opened[-1].level == place.level and opened[-1].is_numbered != place.is_numbered)
        ):
            close()
        if place.level and opened and opened[-1].level == place.level:
            if opened[-1].item != place.item:
                html.append("</li><li>")
                opened[-1] = place
        elif place.level:
            html.append(f'<ol start="{place.number}"><li>' if place.is_numbered else "<ul><li>")
            opened.append(place)
        html.append(text)
    while opened:
        close()
    return "".join(html)
