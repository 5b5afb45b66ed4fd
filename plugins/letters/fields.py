"""What a template of each kind may name: single fields, and lists whose rows are repeated. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from plugins.vietnamese import agrees, nearest, squash

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True)
class Field:
    """A field by the name that staff write, with what it means; `also` are other names of it."""

    name: str
    meaning: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rows:
    """A list: a row of a table, or a paragraph, that names one of its columns is repeated for each of its rows."""

    name: str
    columns: tuple[Field, ...]


@dataclass(frozen=True)
class Fields:
    """All that a template may name."""

    single: tuple[Field, ...]
    lists: tuple[Rows, ...] = ()

    @cached_property
    def _known(self) -> dict[str, tuple[str, Field, Rows | None]]:
        columns = [(field, rows) for rows in self.lists for field in rows.columns]
        found = [*((field, None) for field in self.single), *columns]
        return {squash(name): (name, field, rows) for field, rows in found for name in (field.name, *field.also)}

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all fields, those of lists last."""
        return tuple(field.name for field in (*self.single, *(one for rows in self.lists for one in rows.columns)))

    def describe(self) -> list[str]:
        """Return a line for each field, those of a list under its name."""
        lines = [_describe(field) for field in self.single]
        for rows in self.lists:
            lines += [f"  Danh sách {rows.name}, mỗi dòng:", *(f"  {_describe(field)}" for field in rows.columns)]
        return lines

    def find(self, written: str) -> tuple[Field, Rows | None] | None:
        """Return the field that is meant, marks and case aside, with the list that it is of; None when there is none.

        A mark that contradicts makes it another: «tên xa» is «tên xã», «tên xá» is not.
        """
        known = self._known.get(squash(written))
        return known[1:] if known and agrees(written, known[0]) else None

    def nearest(self, written: str) -> str | None:
        """Return the name that is most like what was written."""
        near = nearest(written, (name for name, _, _ in self._known.values()))
        return near and self._known[squash(near)][0]


def _describe(field: Field) -> str:
    also = f" (hay {', '.join(f'«{name}»' for name in field.also)})" if field.also else ""
    return f"  «{field.name}»{also}: {field.meaning}"


@dataclass(frozen=True)
class Values:
    """What fields and lists say by their names; "" of a field, and a list without a row, are still to be written."""

    single: Mapping[str, str]
    rows: Mapping[str, Sequence[Mapping[str, str]]]
