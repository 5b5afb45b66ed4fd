"""A vocabulary's records as YAML that people go on writing: one key a line, in the order of its table. Pure."""

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
    # What ends an item of such a list has to be in quotes.
    return f'"{item}"' if set(item) & set(',[]{}"') else write_scalar(item)
