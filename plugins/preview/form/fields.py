"""The fields of the form: the keys of a story in groups, each with its value in rows of boxes."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from plugins.sources.problem import Invalid
from plugins.sources.schema import Input, Key
from plugins.vietnamese import agrees

OTHERS = "Mục khác"


@dataclass(frozen=True)
class FormField:
    """A key with its rows, one empty row if it has no value; a row has as many parts as the key.

    `guess` names the source of a value that was filled in automatically and is not confirmed yet.
    """

    key: Key
    rows: tuple[tuple[str, ...], ...]
    guess: str = ""


def group_fields(
    keys: Sequence[Key], lines: Mapping[str, Sequence[str]], guesses: Mapping[str, str]
) -> list[tuple[str, list[FormField]]]:
    """Return the groups in the order of their first keys, with their fields; keys without a group are in OTHERS, last.

    `lines` are the values and `guesses` their sources, by attribute.
    """
    groups: dict[str, list[FormField]] = {}
    for key in keys:
        rows = tuple(_row(key, line) for line in lines.get(key.attribute) or ("",))
        groups.setdefault(key.group or OTHERS, []).append(FormField(key, rows, guesses.get(key.attribute, "")))
    return sorted(groups.items(), key=lambda group: group[0] == OTHERS)


def _row(key: Key, line: str) -> tuple[str, ...]:
    """Split a line at its bars into as many parts as the key has."""
    parts = key.widget.parts
    split = [part.strip() for part in line.split("|", maxsplit=len(parts) - 1)]
    missing = [""] * (len(parts) - len(split))
    split = missing + split if key.widget.lacking == "first" else split + missing
    return tuple(_in_options(key, part, value) for part, value in zip(parts, split, strict=True))


def _in_options(key: Key, part: Input, value: str) -> str:
    """Return the option that a value means, as “dong xuan” means Đồng Xuân; the value itself if no option does.

    “dong-xuan” means no option: it is the id of the old commune.
    """
    found = next((option for option in part.options if value and agrees(value, option)), value)
    is_whole = len(key.widget.parts) == 1
    return value if is_whole and found != value and _parse(key, found) != _parse(key, value) else found


def _parse(key: Key, value: str) -> object:
    with suppress(Invalid):
        return key.parse(value)
    return None
