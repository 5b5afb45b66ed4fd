"""Records of a vocabulary -> YAML for people to edit: one key a line, in the order of the table of keys. Pure."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from plugins.editing.front_lines import write_scalar
from plugins.vietnamese import format_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from plugins.sources.schema import Key


def write_record(keys: Iterable[Key], values: Mapping[str, Any]) -> str:
    """Return an item of a list with those values that say something, by attribute."""
    lines = [f"{key.name}: {_write(value)}" for key in keys if (value := values.get(key.attribute))]
    return "".join(f"{'  ' if number else '- '}{line}\n" for number, line in enumerate(lines))


def _write(value: object) -> str:
    if value is True:
        return "có"
    if isinstance(value, date):
        return format_date(value)
    if isinstance(value, tuple):
        return f"[{', '.join(_write_item(str(item)) for item in value)}]"
    return write_scalar(str(value))


def _write_item(item: str) -> str:
    # Characters that end an item of a flow sequence need quotes.
    return f'"{item}"' if set(item) & set(',[]{}"') else write_scalar(item)
