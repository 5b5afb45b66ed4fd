"""The Vocabulary: every term that a story may name, and the ways in which it may name it. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeVar

from plugins.exemplars.terms import Commune, Field, Movement, Publisher
from plugins.sources.problem import Invalid
from plugins.vietnamese import nearest, squash

Found = TypeVar("Found")


@dataclass(frozen=True)
class Vocabulary:
    """Every term, in the order of its file, with the ways in which a story may name it.

    `unread` names the files that could not be read: nothing is said about the terms of such a file, so that one
    broken line there does not come out as a problem of every story.
    """

    fields: tuple[Field, ...] = ()
    communes: tuple[Commune, ...] = ()
    movements: tuple[Movement, ...] = ()
    publisher: Publisher = field(default_factory=Publisher)
    unread: frozenset[str] = frozenset()

    def commune(self, identifier: str) -> Commune:
        """Return the commune with this id; KeyError when there is none."""
        return self._communes_by_id[identifier]

    def today(self, commune: Commune) -> Commune:
        """Return what the commune has become: its last successor, or itself."""
        seen = {commune.id}
        # A vocabulary that contradicts itself is refused, but must not hang the check that says so.
        while commune.successor in self._communes_by_id and commune.successor not in seen:
            seen.add(commune.successor)
            commune = self.commune(commune.successor)
        return commune

    def predecessors(self, commune: Commune) -> tuple[Commune, ...]:
        """Return the communes that became this one, directly, in Vietnamese order."""
        return tuple(sorted((c for c in self.communes if c.successor == commune.id), key=lambda c: c.sort_key))

    def find_field(self, name: str) -> Field | None:
        """Return the field that the name means; Invalid when none does."""
        return self._find("Lĩnh vực", name, "linh-vuc.yaml", self._fields, [term.name for term in self.fields])

    def find_movement(self, name: str) -> Movement | None:
        """Return the movement or campaign that the name means; Invalid when none does."""
        return self._find(
            "Phong trào", name, "phong-trao.yaml", self._movements, [term.short for term in self.movements]
        )

    def find_communes(self, name: str) -> tuple[Commune, ...]:
        """Return every commune of that name, of any time; just the one when its id is given. Invalid when none is."""
        if name in self._communes_by_id:
            return (self.commune(name),)
        return self._find("Xã", name, "xa.yaml", self._communes, [term.name for term in self.communes]) or ()

    def _find(self, what: str, name: str, file: str, by_name: dict[str, Found], shown: list[str]) -> Found | None:
        if file in self.unread:
            return None
        if (key := squash(name)) in by_name:
            return by_name[key]
        near = nearest(name, shown)
        fix = f'ý bạn là "{near}"?' if near else f"chọn một trong: {', '.join(dict.fromkeys(shown))}"
        raise Invalid(f'{what} "{name}" không có trong danh mục', fix)

    def __post_init__(self) -> None:
        by_name: dict[str, tuple[Commune, ...]] = {}
        for commune in self.communes:
            for name in dict.fromkeys(folded_commune_names(commune)):
                by_name[name] = (*by_name.get(name, ()), commune)
        self._communes.update(by_name)
        self._communes_by_id.update({commune.id: commune for commune in self.communes})
        self._fields.update({name: term for term in self.fields for name in folded_names(term)})
        self._movements.update({name: term for term in self.movements for name in folded_names(term)})

    # Lookups by squashed name, made once: a build asks for them some thousands of times.
    _communes_by_id: dict[str, Commune] = field(default_factory=dict, init=False, repr=False, compare=False)
    _communes: dict[str, tuple[Commune, ...]] = field(default_factory=dict, init=False, repr=False, compare=False)
    _fields: dict[str, Field] = field(default_factory=dict, init=False, repr=False, compare=False)
    _movements: dict[str, Movement] = field(default_factory=dict, init=False, repr=False, compare=False)


def folded_names(term: Field | Movement) -> list[str]:
    """Return every folded name by which a story may mean a field or a movement."""
    return [squash(name) for name in (term.id, term.name, term.short, *getattr(term, "aliases", ()))]


def folded_commune_names(commune: Commune) -> list[str]:
    """Return every folded name of a commune, with and without its type."""
    types = (commune.type, {"xã": "x", "thị trấn": "tt", "phường": "p"}[commune.type])
    names = [squash(name) for name in (commune.name, *commune.aliases)]
    return [*names, *(squash(kind) + name for kind in types for name in names)]
