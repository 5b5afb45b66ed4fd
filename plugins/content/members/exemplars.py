"""Gathered rows -> exemplars filed under the terms of this site, with advice about those that cannot be filed. Pure."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any, TypeVar

from plugins.content.addresses.urls import is_own_address, same_story, slug_in
from plugins.content.members.members import EXEMPLARS, FOLDER, PATH, GatheredSite, Replica
from plugins.content.members.open_data import GatheredRow
from plugins.content.registers.act import LEVELS, Act, ActKind, kind_of
from plugins.content.stories.listed import Listed, Result
from plugins.content.territory import kinds
from plugins.content.vocabulary.terms import KINDS, Commune, ExemplarKind, Field, Year
from plugins.content.vocabulary.vocabulary import Vocabulary
from plugins.sources import values
from plugins.sources.problem import Invalid, Level, Problem
from plugins.vietnamese import capitalize, fold, squash

Day = date  # `date` is a field of an exemplar
Found = TypeVar("Found")

# The inverse of `Act.title` for praise and awards.
_PRAISE = re.compile(rf"(?P<form>.+?)(?: (?:cấp )?(?P<level>{'|'.join(LEVELS)}))?, (?P<when>[^,]+)")
_KINDS = {kind.name: kind for kind in KINDS}
_MOST_SPELLINGS = 4096
# Why an exemplar is not counted, and the fix.
_FIXES = {
    "nơi không có trong danh mục": "ghi xã: … cho trang ấy trong nguon.yaml, hoặc thêm tên vào xa.yaml",
    "lĩnh vực không có trong danh mục": "thêm tên ấy vào “tên khác” của một lĩnh vực trong linh-vuc.yaml",
}
_NO_PLACE, _NO_FIELD = _FIXES


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class GatheredExemplar(Listed):
    """An exemplar of another site, whose `slug` is the address of its story as normalised by `same_story`."""

    url: str
    modified: Day
    commune: Commune
    kind: ExemplarKind

    @property
    def anchor(self) -> str:
        return re.sub("[^a-z0-9]+", "-", self.slug.partition("://")[2]).strip("-")


@dataclass(frozen=True)
class Gathered:
    """Exemplars of other sites, and the replicas of this site's exemplars on other sites, by the slug of the origin."""

    exemplars: tuple[GatheredExemplar, ...] = ()
    copies: Mapping[str, tuple[Replica, ...]] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    files: int = 0


def file_gathered(sites: Iterable[GatheredSite], vocabulary: Vocabulary, tier: kinds.Tier | None) -> Gathered:
    """File gathered data under the terms of this site; `tier` is that of its office.

    Unknown places are not reported for a site of a higher tier, most of whose exemplars are outside this area.
    """
    filing = _Filing(vocabulary)
    problems: list[Problem] = []
    copies: dict[str, dict[str, Replica]] = {}
    for site in sites:
        is_higher = tier is not None and kinds.LEVELS.get(site.site.get("level", ""), tier) > tier
        problems += filing.file(site, is_higher=is_higher)
        for origin, replicas in site.replications.items():
            if is_own_address(origin, filing.sites):
                # Replicas on this site are stories of its own.
                others = [one for one in replicas if not is_own_address(one.url, filing.sites)]
                there = {same_story(one.url): one._replace(site=_site_name(one.site)) for one in others}
                copies.setdefault(slug_in(origin), {}).update(there)
    names = sorted(filing.unknown_movements, key=fold)
    if names and not vocabulary.unread:
        what = f"Trang thành viên kể phong trào không có trong danh mục: {', '.join(names[:5])}"
        fix = "thêm vào phong-trao.yaml nếu muốn có trang riêng cho phong trào ấy"
        problems.append(Problem(PATH, 1, what, fix, Level.ADVICE))
    found = {slug: tuple(replicas.values()) for slug, replicas in copies.items() if replicas}
    return Gathered(tuple(filing.found.values()), found, tuple(problems))


class _Filing:
    """The lookups and results shared by the rows of all member sites."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.sites = [office.site_url for office in vocabulary.offices]
        self.found: dict[str, GatheredExemplar] = {}  # by slug
        self._vocabulary = vocabulary
        self._fields_by_id = {name: term for term in vocabulary.fields for name in (term.id, *term.old_ids)}
        self._find_field = _or_none(vocabulary.find_field)
        self._find_communes = _or_none(vocabulary.find_communes)
        self._find_movement = _or_none(vocabulary.find_movement)
        self.unknown_movements: set[str] = set()

    def file(self, site: GatheredSite, *, is_higher: bool) -> Iterator[Problem]:
        """Take in the exemplars of a member site. Yields advice about those that cannot be filed."""
        addresses = {row.id: row.url for row in site.rows}
        lacking: dict[str, Counter[str]] = {what: Counter() for what in _FIXES}
        for row in site.rows:
            slug = same_story(row.url)
            # Skip exemplars of this site, and those that another member has listed already.
            if slug in self.found or is_own_address(row.url, self.sites):
                continue
            if (term := self._fields_by_id.get(row.field_id) or self._find_field(row.field)) is None:
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
        others = [found for name in row.other_fields if (found := self._find_field(name))]
        movements = {name: self._find_movement(name) for name in row.movements}
        self.unknown_movements.update(name for name, found in movements.items() if found is None)
        is_whole = squash(row.commune) in {squash(commune.distinct_name), squash(commune.name)}
        origin = row.replicates_url or urls.get(row.replicates, "")
        return GatheredExemplar(
            slug=slug,
            url=row.url,
            site=_site_name(site.member.name),
            title=row.title,
            date=row.date,
            modified=row.updated,
            year=_year(row.year),
            fields=_shared(tuple(dict.fromkeys((term, *others)))),
            commune=commune,
            kind=_KINDS[row.kind],
            place="" if is_whole else _shared(capitalize(row.commune)),
            exemplar="" if row.name == row.title else row.name,
            summary=row.summary,
            results=tuple(Result("", text) for text in row.results),
            movements=_shared(tuple(found for found in movements.values() if found)),
            replicates=slug_in(origin) if origin and is_own_address(origin, self.sites) else origin,
            acts=_acts(row.commendations, row.recognised == "có", row.year),
            sample=row.sample == "có",
        )

    def _commune(self, site: GatheredSite, row: GatheredRow) -> Commune | None:
        if site.member.commune:
            return self._vocabulary.commune(site.member.commune)
        for name in dict.fromkeys((row.commune, row.commune_today)):
            named = self._find_communes(name) or ()
            alive = [place for place in named if place.existed_on(row.date)]
            # Two that existed at once are ambiguous; a single one is meant even if it did not exist then.
            if len(alive) == 1 or (not alive and len(named) == 1):
                return (alive or named)[0]
        return None


def _or_none(find: Callable[[str], Found]) -> Callable[[str], Found | None]:
    """Return a cached lookup that returns None instead of raising Invalid."""

    @lru_cache(_MOST_SPELLINGS)
    def lookup(name: str) -> Found | None:
        try:
            return find(name)
        except Invalid:
            return None

    return lookup


# Equal values share one object: there may be a hundred thousand exemplars.
_year = lru_cache(_MOST_SPELLINGS)(Year)


@lru_cache(_MOST_SPELLINGS)
def _shared(same: Any) -> Any:
    return same


@lru_cache(_MOST_SPELLINGS)
def _site_name(name: str) -> str:
    """Return the name of a site as written within a sentence: xã An Bình."""
    is_place = any(name.lower().startswith(f"{kind} ") for kind in (*kinds.LEVELS, *kinds.KINDS_BY_NAME))
    return name[:1].lower() + name[1:] if is_place else name


@lru_cache(_MOST_SPELLINGS)
def _acts(praises: tuple[str, ...], is_recognised: bool, year: int) -> tuple[Act, ...]:
    recognised = (Act(ActKind.RECOGNITION, None, year, ("", 0)),) if is_recognised else ()
    return (*(_praise(praise, year) for praise in praises), *recognised)


def _praise(title: str, year: int) -> Act:
    if (found := _PRAISE.fullmatch(title)) is None:
        return Act(kind_of(title), None, year, ("", 0), form=title)
    form, level, when = found["form"], found["level"] or "", found["when"]
    if when.isdecimal():
        return Act(kind_of(form), None, int(when[:4]), ("", 0), form=form, level=level, in_year=True)
    try:
        day = values.day(when)
    except Invalid:
        return Act(kind_of(form), None, year, ("", 0), form=form, level=level)
    return Act(kind_of(form), day, day.year, ("", 0), form=form, level=level)
