"""The terms that a story is filed under: fields, communes, kinds, years, movements; and offices.

A term owns its name and its URL; nobody else puts an address together. `old_ids` are what stood in its URL before.
Those with many facts are hashed by their id alone: an index looks them up for every story.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from plugins.content.addresses import sections
from plugins.content.territory.kinds import BELOW, DISTRICTS_ENDED, KINDS_BY_NAME, LEVELS, PlaceKind, Tier, in_order
from plugins.vietnamese import capitalize, format_date, sort_key, squash

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from plugins.sources.problem import Problem


@dataclass(frozen=True)
class Field:
    """A field of work (lĩnh vực); its colour always stands beside its name, never alone."""

    id: str
    name: str
    short: str
    color: str
    dark_color: str
    description: str
    aliases: tuple[str, ...] = ()
    old_ids: tuple[str, ...] = ()

    def __hash__(self) -> int:
        return hash(self.id)

    @property
    def url(self) -> str:
        return f"{sections.FIELDS.url}{self.id}/"

    @property
    def title(self) -> str:
        return self.name


# What a document has where a fact is still to be filled in.
_DOTS = "……"


class Lifespan:
    """What existed from a first day, `since`, to a last, `until`; None is for ever."""

    since: date | None
    until: date | None

    def existed_on(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class Commune(Lifespan):
    """A place of the office, of any kind, in the time it existed; `since` and `until` are its first and last day.

    It is called after what nearly all are. A hamlet need have neither `code` nor `parent`.
    """

    id: str
    name: str
    type: str
    code: str = ""
    parent: str = ""
    aliases: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    successor: str | None = None
    resolution: str | None = None
    old_ids: tuple[str, ...] = ()
    own_site: str = ""  # where its stories are told from now on, when that is another site
    age: str = ""  # cũ or mới where an earlier and a later one share a name, which `tell_apart` sets

    def __hash__(self) -> int:
        return hash(self.id)

    @property
    def url(self) -> str:
        return f"{sections.COMMUNES.url}{self.id}/"

    def pair_url(self, field: Field) -> str:
        """Return the URL of the page of this commune and one field."""
        return f"{self.url}{field.id}/"

    @property
    def title(self) -> str:
        """The name with its type in front, as a sentence begins: Xã Đồng Xuân, Tổ dân phố 3."""
        return capitalize(self.full_name)

    @property
    def dated_title(self) -> str:
        """The title over its page: a new commune says since when, an old one of the same name that it is the old."""
        return f"{self.title} (từ {format_date(self.since)})" if self.since else self.distinct_title

    def pair_title(self, field: Field) -> str:
        """Return the title of the page of this commune and one field."""
        return f"{self.dated_title}: {field.name}"

    @property
    def full_name(self) -> str:
        return f"{self.type} {self.name}"

    @property
    def kind(self) -> PlaceKind:
        return KINDS_BY_NAME[self.type]

    @property
    def short(self) -> str:
        """The name as lists show it: only a xã, and not one that has a number for a name, goes without its type."""
        return self.name if self.type == "xã" and not self.name.isdecimal() else self.title

    @property
    def written(self) -> str:
        """The name as a story or a register names it: that of a hamlet says what it is."""
        return self.title if self.kind.tier is Tier.HAMLET or self.name.isdecimal() else self.name

    @property
    def distinct_name(self) -> str:
        """The full name as it is told from another of the same name: xã Đồng Xuân cũ. No letter is headed so."""
        return f"{self.full_name} {self.age}".rstrip()

    @property
    def distinct_title(self) -> str:
        return capitalize(self.distinct_name)

    @property
    def distinct_short(self) -> str:
        return f"{self.short} {self.age}".rstrip()

    @property
    def sort_key(self) -> tuple[Any, ...]:
        """Communes and towns by their names; hamlets after them, by kind first: Buôn Ea Mar, Thôn 2, Thôn 10."""
        is_hamlet = self.kind.tier is Tier.HAMLET
        return is_hamlet, sort_key(self.short if is_hamlet else self.name), self.id

    def existed_in(self, year: int) -> bool:
        """Tell whether there was such a commune on any day of the year."""
        return (self.since is None or self.since.year <= year) and (self.until is None or year <= self.until.year)


@dataclass(frozen=True)
class ExemplarKind:
    """What an exemplar is: a collective, an individual or a model."""

    id: str
    name: str
    title: str  # of all that are of it

    def __reduce__(self) -> tuple[Callable[[str], ExemplarKind], tuple[str]]:
        # There is one of each, whichever process or build it comes from.
        return exemplar_kind, (self.id,)

    @property
    def url(self) -> str:
        return f"{sections.KINDS.url}{self.id}/"

    @property
    def short(self) -> str:
        return self.name


COLLECTIVE = ExemplarKind("tap-the", "Tập thể", "Tập thể “Dân vận khéo”")
INDIVIDUAL = ExemplarKind("ca-nhan", "Cá nhân", "Cá nhân “Dân vận khéo”")
MODEL = ExemplarKind("mo-hinh", "Mô hình", "Mô hình “Dân vận khéo”")
KINDS = (COLLECTIVE, INDIVIDUAL, MODEL)


def tell_apart(communes: Iterable[Commune]) -> tuple[Commune, ...]:
    """Return the communes, those that share a name as mới (the last to begin) and cũ."""
    communes = tuple(communes)
    named: dict[str, list[Commune]] = {}
    for commune in sorted(communes, key=lambda one: str(one.since or "")):
        named.setdefault(squash(commune.full_name), []).append(commune)
    ages = {one.id: "cũ" for same in named.values() for one in same[:-1]}
    ages |= {same[-1].id: "mới" for same in named.values() if len(same) > 1}
    return tuple(replace(one, age=ages.get(one.id, "")) for one in communes)


def exemplar_kind(identifier: str) -> ExemplarKind:
    """Return the kind with this id; StopIteration when there is none."""
    return next(kind for kind in KINDS if kind.id == identifier)


@dataclass(frozen=True)
class Year:
    """A year of emulation (năm thi đua)."""

    number: int

    @property
    def name(self) -> str:
        return str(self.number)

    id = short = name

    @property
    def url(self) -> str:
        return f"{sections.YEARS.url}{self.number}/"

    @property
    def title(self) -> str:
        return f"Năm {self.number}"


@dataclass(frozen=True)
class Movement:
    """A campaign (cuộc vận động) or a movement (phong trào) that stories belong to."""

    id: str
    name: str
    short: str
    type: str
    description: str
    old_ids: tuple[str, ...] = ()

    @property
    def url(self) -> str:
        return f"{sections.MOVEMENTS.url}{self.id}/"

    @property
    def title(self) -> str:
        return f"{capitalize(self.type)} “{self.name}”"


@dataclass(frozen=True)
class Office(Lifespan):
    """Who runs the site and answers for it during its life; a fact that is still to be filled in is empty.

    `successor` says in words who took over its work, beside the office that runs the site next.
    """

    name: str = ""
    short: str = ""
    level: str = ""  # what its own unit is: tỉnh, xã
    places: tuple[str, ...] = ()  # the kinds of places in it, of whatever tier
    area: str = ""
    governing_body: str = ""
    responsible: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    site_url: str = ""
    feed_authority: str = ""  # example.vn,2027-01-01
    since: date | None = None
    until: date | None = None
    successor: str = ""
    elsewhere: bool = False  # it had a site of its own: what it posted there was taken over by this one
    # What its printed bulletin says of itself: see BULLETIN_KEYS.
    bulletin: str = ""
    licence: str = ""
    printer: str = ""
    print_run: str = ""
    frequency: str = ""
    bulletin_head: str = ""
    # What a publish waits for: facts to be filled in, and, while it runs the site, ways to reach it that are not given.
    unfilled: tuple[Problem, ...] = field(default=(), compare=False, repr=False)
    unreachable: tuple[Problem, ...] = field(default=(), compare=False, repr=False)

    @property
    def title(self) -> str:
        """Its name as the site shows it; words that name nobody until it is filled in."""
        return self.name or "Cơ quan phụ trách trang"

    @property
    def site_name(self) -> str:
        """What the site is called while it runs it."""
        return self.short or "Dân vận khéo"

    @property
    def tier(self) -> Tier | None:
        """Where it stands; None while nobody has said. A city of a province was a district, until districts ended."""
        is_past = self.until is not None and self.until <= DISTRICTS_ENDED
        if self.level == "thành phố" and is_past and self.area.lower().startswith(("tỉnh", "thành phố")):
            return Tier.DISTRICT
        return LEVELS.get(self.level)

    @property
    def unit(self) -> str:
        """Its own place, with what it is: huyện Đồng Xuân; "" while nobody has named it."""
        level = re.escape(self.level) if self.level else "|".join(LEVELS)
        found = re.search(rf"\b(?:{level}) \S.*", self.name) or re.search(rf"\b(?:{level}) \S.*", self.short)
        return found[0] if found else ""

    @property
    def area_name(self) -> str:
        """The same as people there say it, without what it is, unless it is called by a number."""
        level = next(
            (level for level in sorted(LEVELS, key=len, reverse=True) if self.unit.startswith(f"{level} ")), ""
        )
        bare = self.unit.removeprefix(f"{level} ")
        return self.unit if bare.isdecimal() else bare

    @property
    def place_kinds(self) -> tuple[PlaceKind, ...]:
        """The kinds of the places that are the next below it, as stated."""
        stated = (KINDS_BY_NAME[name] for name in self.places)
        return in_order(kind for kind in stated if self.tier and kind.tier is BELOW[self.tier])

    @property
    def on_paper(self) -> Office:
        """The same with dots to write on for what is not filled in: a document never leaves a fact out."""
        return replace(
            self,
            name=self.name or _DOTS,
            short=self.short or _DOTS,
            area=self.area or _DOTS,
            governing_body=self.governing_body or _DOTS,
            responsible=self.responsible or _DOTS,
        )

    @property
    def gone_since(self) -> date | None:
        """The first day on which it is no more."""
        return self.until + timedelta(days=1) if self.until else None


def is_placeholder(value: str) -> bool:
    """Tell whether a fact is still to be filled in: nothing, dots, [words in brackets], or [điền …] anywhere."""
    is_bracketed = value.startswith("[") and value.endswith("]")
    return is_bracketed or not value.strip(" .…?-") or re.search(r"\[điền\b[^\]]*\]", value) is not None
