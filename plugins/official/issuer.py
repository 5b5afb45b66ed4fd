"""The issuer of a document: the office that runs the site, or the Front committee of one of its places. Pure."""

from dataclasses import dataclass
from datetime import date

from plugins.content.territory import front
from plugins.content.territory.kinds import LEVELS, Tier
from plugins.content.vocabulary.terms import Commune, Office
from plugins.content.vocabulary.vocabulary import Vocabulary
from plugins.sources.problem import Invalid
from plugins.vietnamese import format_date


@dataclass(frozen=True)
class Issuer:
    """The committee that issues documents on a day; `commune` is None for the office itself."""

    publisher: Office
    commune: Commune | None
    vocabulary: Vocabulary
    day: date

    @property
    def is_of_hamlet(self) -> bool:
        """Whether this is a hamlet's board, which has no standing committee."""
        return self.commune is not None and self.commune.kind.tier is Tier.HAMLET

    @property
    def name(self) -> str:
        """The full name of the committee."""
        return front.committee(self.commune) if self.commune else self.publisher.name

    @property
    def parent(self) -> str:
        """The committee above it: for a hamlet the publisher, for another place its `parent` in the vocabulary."""
        if self.commune is None:
            return self.publisher.governing_body
        above = self.commune.parent.partition(",")[0]
        return self.publisher.name if self.is_of_hamlet else f"{front.COMMITTEE} {above}"

    @property
    def short(self) -> str:
        """Its name as abbreviated in official documents."""
        return front.abbreviate(self.name)

    @property
    def standing(self) -> str:
        """The body that signs for it: its standing committee, or a hamlet's board itself."""
        return self.short if self.is_of_hamlet else f"{front.STANDING} {self.short}"

    @property
    def place(self) -> str:
        """The place name that precedes the date, without its type."""
        if self.commune and not self.is_of_hamlet:
            return self.commune.name
        return self.publisher.area_name or self.publisher.area

    @property
    def tier(self) -> Tier | None:
        """Its administrative tier, read from the name of an office that states none; None if unknown."""
        if self.commune:
            return self.commune.kind.tier
        named = (tier for level, tier in LEVELS.items() if self.publisher.unit.startswith(f"{level} "))
        return self.publisher.tier or next(named, None)

    @property
    def unit(self) -> str:
        """Its place with its type (huyện …, xã …), or only the type of an office that has no place yet."""
        return self.commune.full_name if self.commune else self.publisher.unit or self.publisher.level

    @property
    def usual_recipients(self) -> tuple[str, ...]:
        """The default recipients of its documents, as in the district's guidance of 2020."""
        return front.recipients(self.parent, self.unit, self.vocabulary.words_on(self.day), self.day)


def find_issuer(vocabulary: Vocabulary, commune: str, year: int, day: date) -> Issuer:
    """Return the issuer, on a day, of documents about a year: the office, or the commune of that name; else Invalid."""
    where = find_signing_commune(vocabulary, commune, year, day) if commune else None
    # A commune's committee issues under its own name, even on the district's site.
    is_own = where is not None and where.kind.tier is not Tier.HAMLET
    publisher = Office() if is_own else vocabulary.signing_office(day).on_paper
    return Issuer(publisher, where, vocabulary, day)


def find_signing_commune(vocabulary: Vocabulary, name: str, year: int, day: date) -> Commune:
    """Return the commune of this name in a year that still exists on the day; else Invalid."""
    candidates = vocabulary.find_communes(name)
    found = [commune for commune in candidates if commune.existed_in(year)] or list(candidates)
    if signing := [commune for commune in found if commune.existed_on(day)]:
        return signing[0]
    ended, now = found[0], vocabulary.today(found[0])
    until = format_date(ended.until) if ended.until else ""
    fix = f"thêm --date, muộn nhất {until}; hoặc lập của {now.full_name} hiện nay: --commune {now.id}"
    raise Invalid(f"{ended.distinct_title} chỉ có đến {until}, không ký văn bản ngày {format_date(day)} được", fix)
