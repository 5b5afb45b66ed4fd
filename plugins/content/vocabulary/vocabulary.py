"""All terms of the site, and their lookup by any spelling. Pure."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TypeVar

from plugins.content.territory.kinds import BELOW, DISTRICTS_ENDED, KINDS_BY_NAME, Tier, in_order
from plugins.content.territory.words import USUAL_HAMLETS, Words
from plugins.content.vocabulary.terms import Commune, Field, Movement, Office
from plugins.sources.problem import Invalid, Level, suggest
from plugins.sources.schema import Record
from plugins.vietnamese import agrees, format_date, squash

Term = TypeVar("Term")
# A province has 124 places, too many to list in a message.
_MOST_LISTED = 20
# Squashed name -> (spelling, term) pairs.
Spelled = dict[str, list[tuple[str, Term]]]


@dataclass(frozen=True)
class Vocabulary:
    """All terms, in the order of their files.

    `unread` are the files that could not be read. Their terms are not looked up, so that one broken line there does not
    become a problem of every story.
    """

    fields: tuple[Field, ...] = ()
    communes: tuple[Commune, ...] = ()
    movements: tuple[Movement, ...] = ()
    offices: tuple[Office, ...] = ()  # in order of time; empty if any could not be read
    unread: frozenset[str] = frozenset()

    def commune(self, identifier: str) -> Commune:
        """Return the commune with this id or former id; KeyError if there is none."""
        return self._communes_by_id[identifier]

    def today(self, commune: Commune) -> Commune:
        """Return the last successor of a commune, or itself."""
        seen = {commune.id}
        # Successors may form a circle, which another check reports.
        while commune.successor in self._communes_by_id and commune.successor not in seen:
            seen.add(commune.successor)
            commune = self.commune(commune.successor)
        return commune

    def are_one(self, one: Commune | None, other: Commune | None) -> bool:
        """Return whether two communes are the same, or one was merged into the other; None is the office."""
        if one is None or other is None:
            return one is other
        return one == other or self.today(one) == other or self.today(other) == one

    def with_own_site(self, commune: Commune) -> Commune | None:
        """Return the commune or its first successor with a site of its own; None if there is none."""
        seen: set[str] = set()
        while not commune.own_site and commune.successor in self._communes_by_id and commune.id not in seen:
            seen.add(commune.id)
            commune = self.commune(commune.successor)
        return commune if commune.own_site else None

    def predecessors(self, commune: Commune) -> tuple[Commune, ...]:
        """Return the communes whose direct successor this is, in Vietnamese order."""
        return self._predecessors.get(commune.id, ())

    def office_on(self, day: date) -> Office | None:
        """Return the office that existed on a day, which signs documents of that day; None if there was none."""
        return next((office for office in self.offices if office.existed_on(day)), None)

    def signing_office(self, day: date) -> Office:
        """Return the office that existed on a day; Invalid if there was none."""
        if office := self.office_on(day):
            return office
        near, who = self.site_office(day), ""
        if near.until and near.until < day:
            who = f" ({near.title} hoạt động đến hết {format_date(near.until)})"
        elif near.since:
            who = f" ({near.title} bắt đầu từ {format_date(near.since)})"
        fix = "thêm cơ quan phụ trách ngày ấy vào content/danh-muc/co-quan.yaml; ngày ghi nhầm thì sửa"
        raise Invalid(f"Ngày {format_date(day)} không có cơ quan nào phụ trách trang{who}", fix)

    def site_office(self, day: date) -> Office:
        """Return the office of a day, else the last before it, else the first."""
        begun = [office for office in self.offices if office.since is None or office.since <= day]
        return [*self.offices[:1], *begun][-1] if self.offices else Office()

    def site_url(self, day: date) -> str:
        """Return the site's address stated by the office of the day, else by a later or earlier one; "" if by none."""
        now = self.offices.index(self.site_office(day)) if self.offices else 0
        told = (*self.offices[now:], *reversed(self.offices[:now]))
        return next((office.site_url for office in told if office.site_url), "")

    def feed_authority(self, day: date) -> str:
        """Return the authority of the tag URIs of stories of that day (RFC 4151), whichever office states it, or ""."""
        stated = next((office.feed_authority for office in self.offices if office.feed_authority), "")
        return stated if stated.rpartition(",")[2] <= day.isoformat() else ""

    @cached_property
    def words(self) -> Words:
        """The words for the places of the last office, or for all places if it does not state their kinds."""
        return self.site_words(date.max)

    def site_words(self, day: date) -> Words:
        """Return the words for the places of the office that runs the site on a day."""
        return self._words(self.site_office(day), self.communes)

    def words_on(self, day: date) -> Words:
        """Return the words for the places of the office of a day, else for the places that existed then."""
        there = [one for one in self.communes if one.existed_on(day)]
        return self._words(self.office_on(day) or (Office() if there else self.site_office(day)), there)

    def _words(self, office: Office, there: Sequence[Commune]) -> Words:
        tier = office.tier
        # The area of an office that does not name it is that of the last one before.
        so_far = self.offices[: self.offices.index(office) + 1] if office in self.offices else ()
        area = next((one.area_name for one in reversed(so_far) if one.area_name), "")
        own = [one for one in there if tier and one.kind.tier is BELOW[tier]]
        own = [one for one in own if not (one.until and office.since and one.until < office.since)]
        stated = in_order(KINDS_BY_NAME[name] for name in office.places)
        kinds = in_order((*(one for one in stated if tier and one.tier is BELOW[tier]), *(one.kind for one in own)))
        # If the office states no kinds, its places may be of any known kind.
        kinds = kinds or in_order(one.kind for one in (self.communes if office in self.offices else there))
        named = [one for one in own or there or self.communes if one.kind in kinds]
        example = min(named, key=lambda one: (one.until is not None, one.sort_key)).written if named else ""
        past = [one.until for one in (*self.communes, *self.offices) if one.until]
        had_districts = not self.offices or tier is None or any(until <= DISTRICTS_ENDED for until in past)
        hamlets = in_order(one for one in (*stated, *kinds) if one.tier is Tier.HAMLET) or USUAL_HAMLETS
        return Words(kinds or Words().kinds, area, tier, example, hamlets, had_districts)

    def words_in(self, year: int) -> Words:
        """Return the words of a year's register: those of the first day of the year."""
        return self.words_on(date(year, 1, 1))

    def find_field(self, name: str) -> Field | None:
        """Return the field of this name; Invalid if there is none, None if the file is unread."""
        shown = [term.name for term in self.fields]
        return next(iter(self._find("Lĩnh vực", name, "linh-vuc.yaml", self._fields, shown)), None)

    def find_movement(self, name: str) -> Movement | None:
        """Return the movement or campaign of this name; Invalid and None as for a field."""
        shown = [term.short for term in self.movements]
        return next(iter(self._find("Phong trào", name, "phong-trao.yaml", self._movements, shown)), None)

    def find_communes(self, name: str) -> tuple[Commune, ...]:
        """Return the communes of this name, of any time, or the one of this id; Invalid if there is none."""
        if name in self._communes_by_id:
            return (self.commune(name),)
        return self._find(self.words.title, name, "xa.yaml", self._communes, [term.written for term in self.communes])

    def name_commune(self, name: str) -> "NamedCommune":
        """Return the communes that a name may mean on some day; Invalid if it means none."""
        found = self.find_communes(name)
        # “Đồng Xuân cũ” is as unambiguous as an id.
        aged = len(found) == 1 and found[0].age and squash(name).endswith(squash(found[0].age))
        by_id = bool(aged) or any(name in (commune.id, *commune.old_ids) for commune in found)
        return NamedCommune(found, by_id=by_id)

    def _find(self, what: str, name: str, file: str, spelled: Spelled[Term], shown: list[str]) -> tuple[Term, ...]:
        if file in self.unread:
            return ()
        found = [term for spelling, term in spelled.get(squash(name), ()) if agrees(name, spelling)]
        if found:
            return tuple(dict.fromkeys(found))
        names = [part.strip() for part in re.split("[,;]", name)]
        if len(names) > 1 and all(spelled.get(squash(part)) for part in names):
            listed = f"viết [{', '.join(names)}], hoặc mỗi tên một dòng bắt đầu bằng “- ”"
            one = self.words.one
            fix = f"chỉ ghi một {one}, {one} khác kể trong bài" if file == "xa.yaml" else listed
            raise Invalid(f'{what} "{name}" là nhiều tên trên một dòng', fix)
        known = list(dict.fromkeys(shown))
        more = f"… (đủ {len(known)} tên trong content/danh-muc/{file})" if len(known) > _MOST_LISTED else ""
        fix = suggest(name, shown, f"chọn một trong: {', '.join(known[:_MOST_LISTED])}{more}")
        raise Invalid(f'{what} "{name}" không có trong danh mục', fix)

    def __post_init__(self) -> None:
        before: dict[str, list[Commune]] = {}
        for one in sorted((c for c in self.communes if c.successor), key=lambda c: c.sort_key):
            before.setdefault(str(one.successor), []).append(one)
        self._predecessors.update({successor: tuple(ended) for successor, ended in before.items()})
        self._communes_by_id.update({name: one for one in self.communes for name in (one.id, *one.old_ids)})
        self._communes.update(_by_squashed_name(self.communes, commune_spellings))
        self._fields.update(_by_squashed_name(self.fields, spellings))
        self._movements.update(_by_squashed_name(self.movements, spellings))

    _communes_by_id: dict[str, Commune] = field(default_factory=dict, init=False, repr=False, compare=False)
    _predecessors: dict[str, tuple[Commune, ...]] = field(default_factory=dict, init=False, repr=False, compare=False)
    _communes: Spelled[Commune] = field(default_factory=dict, init=False, repr=False, compare=False)
    _fields: Spelled[Field] = field(default_factory=dict, init=False, repr=False, compare=False)
    _movements: Spelled[Movement] = field(default_factory=dict, init=False, repr=False, compare=False)


@dataclass(frozen=True)
class NamedCommune:
    """The communes that a written name may mean before a day is known; `by_id` if it names one exactly."""

    candidates: tuple[Commune, ...]
    by_id: bool


def commune_on(record: Record, named: NamedCommune, day: date | None, what: str = "bài") -> Commune | None:
    """Return the commune of this name that existed on the day of a `what`; report to `record` unless one did."""
    if day is None or not named.candidates:
        return None
    alive = [commune for commune in named.candidates if commune.existed_on(day)]
    if len({one.type for one in alive}) > 1:
        message = f"Có {' và '.join(one.full_name for one in alive)}, chưa rõ {what} nói về nơi nào"
        record.report("commune", message, f"ghi cả loại, ví dụ {alive[0].title}")
        return None
    if alive:
        return alive[0]
    commune = named.candidates[0]
    if commune.since and day < commune.since:
        message = f"{commune.title} chỉ có từ {format_date(commune.since)}, sau ngày {format_date(day)} của {what}"
        record.report("commune", message, "ghi địa bàn vào lúc ấy, hoặc sửa ngày")
    elif commune.until and not named.by_id:
        # An id names the former commune on purpose.
        message = f"{commune.title} chỉ có đến {format_date(commune.until)}, trước ngày {format_date(day)} của {what}"
        fix = f"ghi địa bàn hiện nay, hoặc ghi {commune.id} nếu {what} nói về nơi ấy trước đây"
        record.report("commune", message, fix, Level.ADVICE)
    return commune


def spellings(term: Field | Movement) -> list[str]:
    """Return all spellings of a field or a movement."""
    return [term.id, *term.old_ids, term.name, term.short, *getattr(term, "aliases", ())]


def commune_spellings(commune: Commune) -> list[str]:
    """Return all spellings of a commune, with and without its type."""
    names, ages = (commune.name, *commune.aliases), dict.fromkeys(("", commune.age))
    return [f"{name} {age}".rstrip() for age in ages for name in names] + commune_names(commune)


def commune_names(commune: Commune) -> list[str]:
    """Return the spellings that must be unique at any time: with the type, as a thôn and a buôn may share a name."""
    return [
        f"{kind} {name} {age}".rstrip()
        for kind in (commune.type, *commune.kind.spelled)
        for age in dict.fromkeys(("", commune.age))
        for name in (commune.name, *commune.aliases)
    ]


def _by_squashed_name(terms: Iterable[Term], spell: Callable[[Term], list[str]]) -> Spelled[Term]:
    spelled: Spelled[Term] = {}
    for term in terms:
        for spelling in spell(term):
            spelled.setdefault(squash(spelling), []).append((spelling, term))
    return spelled
