"""Exemplars whose story stands on another site: what was gathered, filed under the terms of this site. Pure."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from plugins.content.addresses.stories import is_own_address, same_story, slug_in
from plugins.content.members.gathered import EXEMPLARS, FOLDER
from plugins.content.members.members import PATH
from plugins.content.registers.act import LEVELS, Act, ActKind, kind_of
from plugins.content.stories.listed import Listed
from plugins.content.stories.story import Result
from plugins.content.territory.kinds import KINDS_BY_NAME
from plugins.content.territory.kinds import LEVELS as OFFICES
from plugins.content.vocabulary.terms import KINDS, Year
from plugins.sources.problem import Invalid, Level, Problem
from plugins.vietnamese import capitalize, fold, squash

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from plugins.content.members.gathered import GatheredSite, Replica
    from plugins.content.members.open_data import GatheredRow
    from plugins.content.territory.kinds import Tier
    from plugins.content.vocabulary.terms import Commune, ExemplarKind, Field, Movement
    from plugins.content.vocabulary.vocabulary import Vocabulary

    Day = date  # which in an exemplar is its own

# As `Act.title` writes a commendation.
_PRAISE = re.compile(rf"(?P<form>.+?)(?: (?:cấp )?(?P<level>{'|'.join(LEVELS)}))?, (?P<when>[^,]+)")
_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_KINDS = {kind.name: kind for kind in KINDS}
_MOST_SPELLINGS = 4096
# What keeps an exemplar from being counted, and what to do.
_FIXES = {
    "nơi không có trong danh mục": "ghi xã: … cho trang ấy trong nguon.yaml, hoặc thêm tên vào xa.yaml",
    "lĩnh vực không có trong danh mục": "thêm tên ấy vào “tên khác” của một lĩnh vực trong linh-vuc.yaml",
}
_NO_PLACE, _NO_FIELD = _FIXES


@dataclass(frozen=True, slots=True, eq=False)
class GatheredExemplar(Listed):
    """An exemplar whose story stands on another site: `site` is its name, `place` where there, "" for the whole of it.

    `slug` is the address of the story as `same_story` has it.
    """

    slug: str
    url: str
    site: str
    title: str
    date: Day
    modified: Day
    year: Year
    fields: tuple[Field, ...]
    commune: Commune
    kind: ExemplarKind
    place: str = ""
    exemplar: str = ""
    summary: str = ""
    results: tuple[Result, ...] = ()
    movements: tuple[Movement, ...] = ()
    replicates: str = ""
    acts: tuple[Act, ...] = ()
    sample: bool = False

    @property
    def anchor(self) -> str:
        return re.sub("[^a-z0-9]+", "-", self.slug.partition("://")[2]).strip("-")

    @property
    def registration(self) -> str:
        """Nothing: codes are those of its own site's registers."""
        return ""

    @property
    def undated(self) -> tuple[Act, ...]:
        return ()

    @property
    def draft(self) -> bool:
        return False

    @property
    def photo(self) -> None:
        """Nothing: no picture is taken from another site."""
        return


@dataclass(frozen=True)
class Gathered:
    """What other sites tell: their exemplars, and by the slug of one of this site's who copied it there."""

    exemplars: tuple[GatheredExemplar, ...] = ()
    copies: Mapping[str, tuple[Replica, ...]] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    files: int = 0


def file_gathered(sites: Iterable[GatheredSite], vocabulary: Vocabulary, tier: Tier | None) -> Gathered:
    """File what was gathered under the terms of this site, whose office is of that tier.

    A site of a higher one tells above all who copied what: most of its own exemplars are of no place here.
    """
    filing = _Filing(vocabulary)
    problems: list[Problem] = []
    copies: dict[str, dict[str, Replica]] = {}
    for site in sites:
        is_higher = tier is not None and OFFICES.get(site.site.get("level", ""), tier) > tier
        problems += filing.file(site, is_higher=is_higher)
        for origin, told in site.replications.items():
            if is_own_address(origin, filing.sites):
                # What stands here is in the chains of this site.
                others = [copy for copy in told if not is_own_address(copy.url, filing.sites)]
                there = {same_story(copy.url): copy._replace(site=_site_name(copy.site)) for copy in others}
                copies.setdefault(slug_in(origin), {}).update(there)
    problems += filing.tell_unknown_movements()
    found = {slug: tuple(told.values()) for slug, told in copies.items() if told}
    return Gathered(tuple(filing.found.values()), found, tuple(problems))


class _Filing:
    """What is the same for every row of every member site."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.sites = [office.site_url for office in vocabulary.offices]
        self.found: dict[str, GatheredExemplar] = {}  # by slug
        self._vocabulary = vocabulary
        self._fields: dict[tuple[str, str], Field | None] = {}
        self._places: dict[str, tuple[Commune, ...]] = {}
        self._movements: dict[str, Movement | None] = {}

    def file(self, site: GatheredSite, *, is_higher: bool) -> Iterator[Problem]:
        """Take in the exemplars of one member site. Yields what of them counts nowhere."""
        addresses = {row.id: row.url for row in site.rows}
        lacking: dict[str, Counter[str]] = {what: Counter() for what in _FIXES}
        for row in site.rows:
            slug = same_story(row.url)
            # This site's own, or one that two members tell of: counted already.
            if slug in self.found or is_own_address(row.url, self.sites):
                continue
            if (term := self._field(row.field_id, row.field)) is None:
                lacking[_NO_FIELD][row.field] += 1
            elif (commune := self._commune(site, row)) is None:
                lacking[_NO_PLACE][row.commune] += 1
            else:
                self.found[slug] = self._make(site, row, slug, term, commune, addresses)
        for what, names in lacking.items():
            if names and not (is_higher and what == _NO_PLACE):
                listed = ", ".join(f"“{name}”" for name, _ in names.most_common(3))
                message = f"{site.member.name}: {names.total()} điển hình không tính được vì {what}: {listed}"
                yield Problem(f"{FOLDER}/{site.member.id}/{EXEMPLARS}", 1, message, _FIXES[what], Level.ADVICE)

    def _make(
        self, site: GatheredSite, row: GatheredRow, slug: str, term: Field, commune: Commune, urls: Mapping[str, str]
    ) -> GatheredExemplar:
        others = [found for name in row.other_fields if (found := self._field("", name))]
        is_whole = squash(row.commune) in {squash(commune.distinct_name), squash(commune.name)}
        origin = row.replicates_url or urls.get(row.replicates, "")
        return GatheredExemplar(
            slug,
            row.url,
            _site_name(site.member.name),
            row.title,
            row.date,
            row.updated,
            _year(row.year),
            _one(tuple(dict.fromkeys((term, *others)))),
            commune,
            _KINDS[row.kind],
            "" if is_whole else _one(capitalize(row.commune)),
            "" if row.name == row.title else row.name,
            row.summary,
            tuple(Result("", text) for text in row.results),
            _one(tuple(known for name in row.movements if (known := self._movement(name)))),
            self._origin(origin),
            _acts(row.commendations, row.recognised == "có", row.year),
            sample=row.sample == "có",
        )

    def _field(self, identifier: str, name: str) -> Field | None:
        if (key := (identifier, name)) not in self._fields:
            known = next((term for term in self._vocabulary.fields if identifier in (term.id, *term.old_ids)), None)
            try:
                self._fields[key] = known or self._vocabulary.find_field(name)
            except Invalid:
                self._fields[key] = None
        return self._fields[key]

    def _commune(self, site: GatheredSite, row: GatheredRow) -> Commune | None:
        if site.member.commune:
            return self._vocabulary.commune(site.member.commune)
        for name in dict.fromkeys((row.commune, row.commune_today)):
            named = self._named(name)
            alive = [place for place in named if place.existed_on(row.date)]
            # Of two that were there at once, nothing tells which is meant; of one that was not, it is that one.
            if len(alive) == 1 or (not alive and len(named) == 1):
                return (alive or named)[0]
        return None

    def _named(self, name: str) -> tuple[Commune, ...]:
        if name not in self._places:
            try:
                self._places[name] = self._vocabulary.find_communes(name)
            except Invalid:
                self._places[name] = ()
        return self._places[name]

    def _movement(self, name: str) -> Movement | None:
        if name not in self._movements:
            try:
                self._movements[name] = self._vocabulary.find_movement(name)
            except Invalid:
                self._movements[name] = None
        return self._movements[name]

    def _origin(self, address: str) -> str:
        """Return what an exemplar replicates: the slug of one of this site's, or an address."""
        return slug_in(address) if address and is_own_address(address, self.sites) else address

    def tell_unknown_movements(self) -> Iterator[Problem]:
        """Advise about the movements that exemplars are said to belong to and that this site has no page of."""
        names = sorted((name for name, found in self._movements.items() if found is None), key=fold)
        if names and not self._vocabulary.unread:
            what = f"Trang thành viên kể phong trào không có trong danh mục: {', '.join(names[:5])}"
            fix = "thêm vào phong-trao.yaml nếu muốn có trang riêng cho phong trào ấy"
            yield Problem(PATH, 1, what, fix, Level.ADVICE)


# What many exemplars share is one object: a country has a hundred thousand of them.
_year = lru_cache(_MOST_SPELLINGS)(Year)


@lru_cache(_MOST_SPELLINGS)
def _one(same: Any) -> Any:
    return same


@lru_cache(_MOST_SPELLINGS)
def _site_name(name: str) -> str:
    """Return the name of a site as it stands within a sentence: xã An Bình."""
    is_place = any(name.lower().startswith(f"{kind} ") for kind in (*OFFICES, *KINDS_BY_NAME))
    return name[:1].lower() + name[1:] if is_place else name


@lru_cache(_MOST_SPELLINGS)
def _acts(praises: tuple[str, ...], is_recognised: bool, year: int) -> tuple[Act, ...]:
    found = [_praise(praise, year) for praise in praises]
    if is_recognised:
        found.append(Act(ActKind.RECOGNITION, None, year, ("", 0)))
    return tuple(found)


def _praise(title: str, year: int) -> Act:
    told = _PRAISE.fullmatch(title)
    if told is None:
        return Act(kind_of(title), None, year, ("", 0), form=title)
    day = _read_day(told["when"])
    in_year = told["when"].isdecimal()
    when = day.year if day else int(told["when"][:4]) if in_year else year
    return Act(kind_of(told["form"]), day, when, ("", 0), form=told["form"], level=told["level"] or "", in_year=in_year)


def _read_day(written: str) -> date | None:
    found = _DAY.fullmatch(written)
    try:
        return date(int(found[3]), int(found[2]), int(found[1])) if found else None
    except ValueError:
        return None
