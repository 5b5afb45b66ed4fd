"""What the form shows: the keys of a story in groups, each with what it says now and how it is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from plugins.sources.problem import Invalid
from plugins.vietnamese import agrees

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from plugins.sources.schema import Input, Key

OTHERS = "Mục khác"


@dataclass(frozen=True)
class Field:
    """One key with its rows, each of as many parts as the key has; one empty row where it says nothing yet.

    `guess` is where a machine has taken it from, when that is still to be confirmed.
    """

    key: Key
    rows: tuple[tuple[str, ...], ...]
    guess: str = ""


def group_fields(
    keys: Sequence[Key], said: Mapping[str, Sequence[str]], guesses: Mapping[str, str]
) -> list[tuple[str, list[Field]]]:
    """Return the groups with their fields, each as its first key comes; what is in none is in the last, OTHERS."""
    groups: dict[str, list[Field]] = {}
    for key in keys:
        rows = tuple(_row(key, line) for line in said.get(key.attribute) or ("",))
        field = Field(key, rows, guesses.get(key.attribute, ""))
        groups.setdefault(key.group or OTHERS, []).append(field)
    return sorted(groups.items(), key=lambda group: group[0] == OTHERS)


def _row(key: Key, line: str) -> tuple[str, ...]:
    """Split a line at its bars into just as many parts as the key has."""
    parts = key.widget.parts
    split = [part.strip() for part in line.split("|", maxsplit=len(parts) - 1)]
    missing = [""] * (len(parts) - len(split))
    split = [*missing, *split] if key.widget.lacking == "first" else [*split, *missing]
    return tuple(_in_options(key, part, value) for part, value in zip(parts, split, strict=True))


def _in_options(key: Key, part: Input, value: str) -> str:
    """Return what was written as the list of what may be said has it: “dong xuan” is Đồng Xuân.

    What the list cannot say stays: “dong-xuan” is the id of the old commune alone.
    """
    found = next((option for option in part.options if value and agrees(value, option)), value)
    is_whole = len(key.widget.parts) == 1
    return value if is_whole and found != value and _mean(key, found) != _mean(key, value) else found


def _mean(key: Key, value: str) -> object:
    try:
        return key.parse(value)
    except Invalid:
        return None
