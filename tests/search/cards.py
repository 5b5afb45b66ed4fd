"""Invented exemplars of many sites, as many as wanted, with the words of their cards but no body.

The same number gives the same cards on every machine. Common words are as common as in a real card (thôn, xã, hộ stand
in nearly every one), rare ones as rare: names of places and people are drawn from thousands of syllables by Zipf's law,
and each summary strings together runs of words that no other has, so that nothing packs better than real text does.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import yaml

from plugins.content.vocabulary.terms import KINDS
from plugins.search.entries import SearchEntry
from plugins.vietnamese import capitalize, format_date, format_number, slugify

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

FIELDS = {
    "kinh-te": "Kinh tế",
    "van-hoa-xa-hoi": "Văn hóa – xã hội",
    "quoc-phong-an-ninh": "Quốc phòng – an ninh",
    "he-thong-chinh-tri": "Xây dựng hệ thống chính trị",
}
# Real ones first, so that queries without marks find some even among few cards.
PLACES = ("Đắk D’rông", "Nam Dong", "Cư Jút", "Đắk Wil", "Cư K’nia", "Ea T’ling")
_ONSETS = "b c ch d đ g gi h k kh l m n ng nh ph qu r s t th tr v x"
_RIMES = "a à á ai ải ạn ang ánh ao ăm ắc ân ấp ê ền ên i iên iếu inh o oan òa ong ôn ộc ơi ớn u uân ung ươ ường y"
_NUMBERED = ("thôn {}", "thôn {}", "thôn {}", "tổ dân phố {}", "ấp {}", "khóm {}")
_NAMED = ("thôn {}", "buôn {}", "bon {}", "bản {}", "làng {}", "ấp {}")
_FIRST, _DAYS = date(2018, 1, 2), 3100


def make_cards(number: int, *, each: int = 100, seed: int = 2026) -> Iterator[SearchEntry]:
    """Yield this many cards, newest first, `each` of them from every member site."""
    chance = Random(seed)  # noqa: S311 - not for secrets
    words = yaml.safe_load((Path(__file__).parents[1] / "corpus.yaml").read_text("utf-8"))
    syllables = _Drawn([onset + rime for onset in _ONSETS.split() for rime in _RIMES.split()], chance)
    names = list(_place_names(-(-number // each), syllables, chance))
    runs = _runs(words)
    for position in range(number):
        day = _FIRST + timedelta(_DAYS * (number - position) // number)
        yield _card(chance, words, runs, syllables, names[chance.randrange(len(names))], day, position)


def _card(
    chance: Random,
    words: dict[str, Any],
    runs: Sequence[str],
    syllables: _Drawn,
    commune: str,
    day: date,
    position: int,
) -> SearchEntry:
    field = chance.choices(list(FIELDS), (40, 35, 15, 10))[0]
    kind = KINDS[chance.randrange(len(KINDS))]
    work = chance.choice(words["works"].get(field) or words["works"]["kinh-te"])
    numbered = chance.random() < 0.6
    place = chance.choice(_NUMBERED).format(chance.randint(1, 16))
    if not numbered:
        place = chance.choice(_NAMED).format(" ".join(capitalize(syllables.draw()) for _ in range(2)))
    given = f"{chance.choice(('Văn', 'Thị', 'Đình', 'Ngọc', 'Xuân'))} {capitalize(syllables.draw())}"
    person = f"{chance.choice(('ông', 'bà', 'anh', 'chị'))} {chance.choice(words['family'])} {given}"
    unit = chance.choice(words["units"]).format(place=place)
    slots = {
        "place": f"{place}, {commune}",
        "work": work["name"],
        "person": person,
        "count": str(chance.randint(12, 180)),
    }
    slots |= {"commune": f"xã {commune}", "months": str(chance.randint(2, 14)), "leader": person, "unit": unit}
    slots |= {name.capitalize(): capitalize(value) for name, value in slots.items()}
    title = chance.choice(words["titles"]["story"]).format(**slots)
    results = [f"{_amount(chance)} {result.replace(' | ', ' ')}" for result in work["results"]]
    told = ", ".join(chance.choice(runs) for _ in range(5))
    lead = f"{capitalize(work['trouble'])}. {capitalize(told)} ở {place}. Xã nông thôn mới {slots['commune'][3:]}."
    if chance.random() < 0.5:
        lead = f"{capitalize(work['trouble'])}. {capitalize(told)}."
    praise = f"{chance.choice(words['forms'])} cấp xã, {day.year}"
    named = person if kind is KINDS[1] else unit
    facets = {"linh-vuc": field, "xa": slugify(commune), "loai": kind.id, "nam": str(day.year)}
    filed = {
        "kind": kind.name,
        "date": format_date(day),
        "field": field,
        "fieldName": FIELDS[field],
        "commune": commune,
    }
    terms = (kind.name, f"Năm {day.year}", FIELDS[field], f"Xã {commune}")
    url = f"https://{slugify(commune)}.example.gov.vn/bai-viet/{day.year}/{slugify(title)}-{position}/"
    return SearchEntry(
        url, title, capitalize(named), terms, lead, "", "\n".join(("; ".join(results), praise)), facets, filed
    )


def _amount(chance: Random) -> str:
    # Most numbers are small and round, as in reports.
    whole = int(chance.paretovariate(0.7)) * chance.choice((1, 1, 5, 10))
    return format_number(min(whole, 90_000))


def _runs(words: dict[str, Any]) -> list[str]:
    """Return every run of four to seven words of the sentences: common words come as often as they do there."""
    sentences = [text for part in ("before", "during", "after", "quotes", "notes") for text in words[part]]
    sentences += [step for works in words["works"].values() for work in works for step in work["steps"]]
    found = []
    for sentence in sentences:
        clean = re.sub(r"[{\[(].*?[}\])]|[.,:;]", "", sentence).lower().split()
        found += [" ".join(clean[at : at + 4 + at % 4]) for at in range(len(clean) - 3)]
    return found


def _place_names(number: int, syllables: _Drawn, chance: Random) -> Iterator[str]:
    taken = {slugify(name) for name in PLACES[:number]}
    yield from PLACES[:number]
    while len(taken) < number:
        prefix = chance.choices(("", "Đắk ", "Ea ", "Cư ", "Tân ", "Nam "), (80, 4, 4, 4, 5, 3))[0]
        name = f"{prefix}{capitalize(syllables.draw())} {capitalize(syllables.draw())}"
        if slugify(name) not in taken:
            taken.add(slugify(name))
            yield name


class _Drawn:
    """Draws words so that the second comes half as often as the first, the third a third."""

    def __init__(self, words: list[str], chance: Random) -> None:
        chance.shuffle(words)
        self._words, self._chance = words, chance
        self._weights = list(accumulate(1 / (rank + 3) for rank in range(len(words))))

    def draw(self) -> str:
        return self._chance.choices(self._words, cum_weights=self._weights)[0]
