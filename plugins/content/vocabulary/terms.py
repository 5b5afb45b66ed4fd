"""The terms of stories: fields, communes, kinds, years, movements; and the offices of the site.

Each term has its name and URL. `old_ids` are former ids, which its URL once had. Terms with many attributes hash by
id, because an index looks them up for every story.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from plugins.content.addresses import sections
from plugins.content.territory.kinds import DISTRICTS_ENDED, KINDS_BY_NAME, LEVELS, PlaceKind, Tier
from plugins.sources.problem import Problem
from plugins.vietnamese import capitalize, format_date, sort_key, squash


@dataclass(frozen=True)
class Field:
    """A field of work (lĩnh vực), whose colours only accompany its name."""

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


class Lifespan:
    """Existence from the day `since` through the day `until`; None is unlimited."""

    since: date | None
    until: date | None

    def existed_on(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class Commune(Lifespan):
    """A place in the office's area, mostly a commune; a hamlet needs neither `code` nor `parent`."""

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
    own_site: str = ""  # its own site, if new stories of it are published there
    age: str = ""  # cũ or mới, set by `tell_apart` for places that share a name

    def __hash__(self) -> int:
        return hash(self.id)

    @property
    def url(self) -> str:
        return f"{sections.COMMUNES.url}{self.id}/"

    def pair_url(self, field: Field) -> str:
        """Return the URL of the page of this commune and a field."""
        return f"{self.url}{field.id}/"

    @property
    def title(self) -> str:
        """The name with its type, capitalised: Xã Đồng Xuân, Tổ dân phố 3."""
        return capitalize(self.full_name)

    @property
    def dated_title(self) -> str:
        """The title of its page: with its first day if it has one, else marked cũ or mới if another shares its name."""
        return f"{self.title} (từ {format_date(self.since)})" if self.since else self.distinct_title

    def pair_title(self, field: Field) -> str:
        """Return the title of the page of this commune and a field."""
        return f"{self.dated_title}: {field.name}"

    @property
    def full_name(self) -> str:
        return f"{self.type} {self.name}"

    @property
    def kind(self) -> PlaceKind:
        return KINDS_BY_NAME[self.type]

    @property
    def short(self) -> str:
        """The name in lists; only a xã with a proper name, not a number, is listed without its type."""
        return self.name if self.type == "xã" and not self.name.isdecimal() else self.title

    @property
    def written(self) -> str:
        """The name in stories and registers; hamlets and numbered places have their type."""
        return self.title if self.kind.tier is Tier.HAMLET or self.name.isdecimal() else self.name

    @property
    def distinct_name(self) -> str:
        """The full name, marked if another shares it (xã Đồng Xuân cũ); not for letterheads."""
        return f"{self.full_name} {self.age}".rstrip()

    @property
    def distinct_title(self) -> str:
        return capitalize(self.distinct_name)

    @property
    def distinct_short(self) -> str:
        return f"{self.short} {self.age}".rstrip()

    @property
    def sort_key(self) -> tuple[Any, ...]:
        """Communes and towns by name; then hamlets by type and name: Buôn Ea Mar, Thôn 2, Thôn 10."""
        is_hamlet = self.kind.tier is Tier.HAMLET
        return is_hamlet, sort_key(self.short if is_hamlet else self.name), self.id

    def existed_in(self, year: int) -> bool:
        """Return whether the commune existed on any day of the year."""
        return (self.since is None or self.since.year <= year) and (self.until is None or year <= self.until.year)


@dataclass(frozen=True)
class ExemplarKind:
    """The kind of an exemplar: a collective, an individual or a model."""

    id: str
    name: str
    title: str  # of the list of its exemplars

    def __reduce__(self) -> "tuple[Callable[[str], ExemplarKind], tuple[str]]":
        # Kinds are compared by identity, also after unpickling.
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
    """Return the communes with `age` set for those that share a name: mới for the latest, cũ for the others."""
    communes = tuple(communes)
    named: dict[str, list[Commune]] = {}
    for commune in sorted(communes, key=lambda one: str(one.since or "")):
        named.setdefault(squash(commune.full_name), []).append(commune)
    ages = {one.id: "cũ" for same in named.values() for one in same[:-1]}
    ages |= {same[-1].id: "mới" for same in named.values() if len(same) > 1}
    return tuple(replace(one, age=ages.get(one.id, "")) for one in communes)


def exemplar_kind(identifier: str) -> ExemplarKind:
    """Return the kind with this id; StopIteration if there is none."""
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
    """A campaign (cuộc vận động) or a movement (phong trào)."""

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
    """An office that runs the site and is responsible for it during its existence; missing facts are ""."""

    name: str = ""
    short: str = ""
    level: str = ""  # of its own unit: tỉnh, xã
    places: tuple[str, ...] = ()  # the kinds of places in its area, of any tier
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
    successor: str = ""  # a free text: who took over its work, besides the next office of the site
    elsewhere: bool = False  # it published on another site, whose stories this one took over
    # The imprint of its printed bulletin: see BULLETIN_KEYS.
    bulletin: str = ""
    licence: str = ""
    printer: str = ""
    print_run: str = ""
    frequency: str = ""
    bulletin_head: str = ""
    # Missing facts, which stop a publish; missing contact details only while the office runs the site.
    unfilled: tuple[Problem, ...] = field(default=(), compare=False, repr=False)
    unreachable: tuple[Problem, ...] = field(default=(), compare=False, repr=False)

    @property
    def title(self) -> str:
        """Its name, or a generic one while it is missing."""
        return self.name or "Cơ quan phụ trách trang"

    @property
    def site_name(self) -> str:
        """The name of the site while it runs it."""
        return self.short or "Dân vận khéo"

    @property
    def tier(self) -> Tier | None:
        """Its tier, None if no level is stated; a city of a province was a district, until districts ended."""
        is_past = self.until is not None and self.until <= DISTRICTS_ENDED
        if self.level == "thành phố" and is_past and self.area.lower().startswith(("tỉnh", "thành phố")):
            return Tier.DISTRICT
        return LEVELS.get(self.level)

    @property
    def unit(self) -> str:
        """Its own unit with its type, found in its names: huyện Đồng Xuân; "" if not found."""
        level = re.escape(self.level) if self.level else "|".join(LEVELS)
        found = re.search(rf"\b(?:{level}) \S.*", self.name) or re.search(rf"\b(?:{level}) \S.*", self.short)
        return found[0] if found else ""

    @property
    def area_name(self) -> str:
        """The name of its unit without its type, unless it is a number."""
        bare = re.sub(rf"^(?:{'|'.join(LEVELS)}) ", "", self.unit)
        return self.unit if bare.isdecimal() else bare

    @property
    def on_paper(self) -> "Office":
        """The office with dotted lines for missing facts, as documents have them."""
        facts = ("name", "short", "area", "governing_body", "responsible")
        dotted: dict[str, Any] = {fact: getattr(self, fact) or "……" for fact in facts}
        return replace(self, **dotted)

    @property
    def gone_since(self) -> date | None:
        return self.until + timedelta(days=1) if self.until else None


def is_placeholder(value: str) -> bool:
    """Return whether a value is a placeholder: empty, dots, [words in brackets], or [điền …] anywhere."""
    is_bracketed = value.startswith("[") and value.endswith("]")
    return is_bracketed or not value.strip(" .…?-") or re.search(r"\[điền\b[^\]]*\]", value) is not None
