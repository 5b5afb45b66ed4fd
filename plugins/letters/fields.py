"""The merge fields of a template: single ones, and lists whose rows are repeated. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from plugins.vietnamese import agrees, nearest, squash

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True)
class MergeField:
    """A field by its name, as staff write it in «…», with its meaning; `also` are its other names."""

    name: str
    meaning: str
    also: tuple[str, ...] = ()

    def describe(self) -> str:
        """Return the line of a list of fields."""
        also = f" (hay {', '.join(f'«{name}»' for name in self.also)})" if self.also else ""
        return f"  «{self.name}»{also}: {self.meaning}"


@dataclass(frozen=True)
class MergeList:
    """A list: a table row, or a paragraph, that names one of its columns is repeated for each of its rows."""

    name: str
    columns: tuple[MergeField, ...]


@dataclass(frozen=True)
class MergeFields:
    """All fields that a template of one kind may name."""

    single: tuple[MergeField, ...]
    lists: tuple[MergeList, ...] = ()

    @cached_property
    def _known(self) -> dict[str, tuple[str, MergeField, MergeList | None]]:
        columns = [(field, one) for one in self.lists for field in one.columns]
        found = [*((field, None) for field in self.single), *columns]
        return {squash(name): (name, field, one) for field, one in found for name in (field.name, *field.also)}

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all fields, those of lists last."""
        return tuple(field.name for field in (*self.single, *(column for one in self.lists for column in one.columns)))

    def describe(self) -> list[str]:
        """Return a line for each field, those of a list under its name."""
        lines = [field.describe() for field in self.single]
        for one in self.lists:
            lines += [f"  Danh sách {one.name}, mỗi dòng:", *(f"  {field.describe()}" for field in one.columns)]
        return lines

    def find(self, written: str) -> tuple[MergeField, MergeList | None] | None:
        """Return the field of this name and its list, if it has one; None if there is no such field.

        Missing diacritics are ignored, wrong ones are not: «tên xa» is «tên xã», «tên xá» is unknown.
        """
        known = self._known.get(squash(written))
        return known[1:] if known and agrees(written, known[0]) else None

    def nearest(self, written: str) -> str | None:
        """Return the name most similar to the one written."""
        near = nearest(written, (name for name, _, _ in self._known.values()))
        return near and self._known[squash(near)][0]


@dataclass(frozen=True)
class MergeValues:
    """The values of fields and the rows of lists, by name; "" and a list without rows are left to be written."""

    single: Mapping[str, str]
    rows: Mapping[str, Sequence[Mapping[str, str]]]
