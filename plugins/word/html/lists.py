"""Paragraphs with their positions in lists -> nested lists."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from plugins.spoken.numbers import parse_roman
from plugins.word.lists import OpenList, close_list
from plugins.word.nodes import Node


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
    if not (found := re.match(r"\(?(?:\w+\.)*([a-z]+|\d+)[.)]", mark.strip().lower())):
        return 0
    word = found[1]
    if word.isdecimal():
        return to_int(word)
    if number := parse_roman(word.upper()) if set(word) <= set("ivxl") else None:
        return number
    return ord(word) - ord("a") + 1 if len(word) == 1 else 1


def nest_items(written: Iterable[tuple[Position, Sequence[Node]]]) -> list[Node]:
    """Return nodes by their positions, items in lists."""
    made: list[Node] = []
    opened: list[OpenList] = []
    item = 0
    for place, nodes in written:
        while opened and (
            opened[-1].level > place.level
            or (opened[-1].level == place.level and opened[-1].is_numbered != place.is_numbered)
        ):
            close_list(opened, made)
        if place.level and not (opened and opened[-1].level == place.level):
            opened.append(OpenList(place.level, place.is_numbered, place.number if place.is_numbered else 1))
            item = -1
        if place.level and item != place.item:
            opened[-1].items.append(([], ""))
        item = place.item
        (opened[-1].items[-1][0] if opened else made).extend(nodes)
    while opened:
        close_list(opened, made)
    return made
