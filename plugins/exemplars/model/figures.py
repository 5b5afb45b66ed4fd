"""Results of stories -> quantities, figures that can be added, and their totals: one a unit and a label. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from plugins.content.stories.listed import Listed, Result
from plugins.vietnamese import format_number, nfc, sort_key

# By unit: its measure, its size in the smallest unit of that, and its other spellings. Any other unit is a thing that
# is counted: hộ, cây.
_UNITS: dict[str, tuple[str, int, *tuple[str, ...]]] = {
    "m": ("length", 1, "mét"),
    "km": ("length", 1000, "cây số", "ki-lô-mét"),
    "m²": ("area", 1, "m2", "mét vuông"),
    "ha": ("area", 10_000, "hecta", "héc-ta", "héc ta"),
    "lít": ("volume", 1, "l"),
    "m³": ("volume", 1000, "m3", "mét khối"),
    "g": ("mass", 1),
    "kg": ("mass", 1000, "kí", "ký", "ki-lô-gam"),
    "tạ": ("mass", 100_000),
    "tấn": ("mass", 1_000_000),
    "đồng": ("money", 1),
    "nghìn đồng": ("money", 1000, "ngàn đồng"),
    "triệu đồng": ("money", 1_000_000, "triệu", "tr đồng", "trđ"),
    "tỷ đồng": ("money", 1_000_000_000, "tỷ", "tỉ", "tỉ đồng"),
}
_SPELLINGS = {spelling: unit for unit, (_, _, *others) in _UNITS.items() for spelling in (unit, *others)}
# Parts of a whole and rates (10 triệu đồng/hộ, 10 triệu đồng mỗi hộ) are not added.
_PARTIAL = re.compile(r"%|/|\b(phần trăm|phần nghìn|mỗi|một|từng)\b", re.IGNORECASE)

# Thousands do not begin with a zero: 0.500 is a half.
_NUMBER = r"(?P<whole>[1-9]\d{0,2}(?:\.\d{3})+|\d+)(?:,(?P<decimals>\d+))?"
# A worksheet would round more digits.
_MOST_DIGITS = 15
_QUANTITY = re.compile(rf"{_NUMBER}\s*(?P<unit>(?:[^\W\d_]|%).*)?")
# Ambiguous: “1,850” may be a thousand and more, or less than two.
_EITHER = re.compile(r"[1-9]\d{0,2},\d{3}(?!\d)")

# A gift is a second figure in the line of its givers: “46 hộ | hiến 1.850 m² đất”. Any other number in a label explains
# the first (“nhận 5 kg mỗi tháng”, “trên 146 hộ dự họp”), and is not added.
_GIVEN = re.compile(
    r"(?P<verb>hiến|góp|đóng góp|quyên góp|ủng hộ) (?P<quantity>\d[\d.,]* ?(?:tỷ|triệu|nghìn|ngàn) đồng|\d[\d.,]* ?\S+)"
    r"(?P<rest>[^\d,;]*)"
)
_RATE = re.compile(r"\b(mỗi|một|từng)\b|/", re.IGNORECASE)
# Means, shares and portions (“mỗi người được chia”) are not added; amounts per time are: “rác giảm mỗi tháng”.
_NO_SUM = re.compile(
    r"\b(bình quân|trung bình|tỷ lệ|tỉ lệ)\b"
    r"|\b(mỗi|từng) (?!(bữa|buổi|ngày|đêm|tuần|tháng|quý|năm|vụ|mùa|đợt|lần|kỳ|sáng|trưa|chiều|tối)\b)|/",
    re.IGNORECASE,
)


class Unlike(ValueError):
    """Quantities of different measures, or that have no sum."""


@dataclass(frozen=True)
class Quantity:
    """A number (exact, 0 or more) of a unit: 3,2 km; 46 hộ; a bare number has the unit ""."""

    number: Decimal
    unit: str

    def __str__(self) -> str:
        return f"{self.amount} {self.unit}".rstrip()

    @property
    def amount(self) -> str:
        """The number alone in Vietnamese notation without trailing zeros: 3,2 and 1.850."""
        return format_number(_plain(self.number))

    @property
    def measure(self) -> Any:
        """A key of the quantity: equal for units that convert into each other."""
        return _UNITS[self.unit][0] if self.unit in _UNITS else sort_key(self.unit)[0]

    @property
    def adds_up(self) -> bool:
        return not _PARTIAL.search(self.unit)

    def convert(self, unit: str) -> "Quantity":
        """Return the same quantity in another unit. Raises Unlike for a unit of another measure."""
        if self.measure != Quantity(self.number, unit).measure:
            raise Unlike(f"{self} → {unit}")
        return Quantity(self.number * _size(self.unit) / _size(unit), unit)


def _size(unit: str) -> int:
    return _UNITS[unit][1] if unit in _UNITS else 1


def parse_quantity(written: str) -> Quantity | None:
    """Return a number with its unit, or None if it is not exact: “gần 40 hộ”, “5–7 hộ” and the ambiguous “1,850 m²”."""
    text = " ".join(nfc(written).split())
    found = _QUANTITY.fullmatch(text)
    if not found or _EITHER.match(text):
        return None
    digits, unit = f"{found['whole'].replace('.', '')}.{found['decimals'] or 0}", found["unit"] or ""
    known = _SPELLINGS.get(unit.lower())
    if len(digits) > _MOST_DIGITS + 1 or (known is None and re.search(r"\d", unit)):
        return None
    return Quantity(_plain(Decimal(digits)), known or unit)


def sum_quantities(quantities: Iterable[Quantity]) -> Quantity:
    """Return the sum of at least one quantity, in the largest unit among them. Raises Unlike when they have no sum."""
    parts = list(quantities)
    if len(parts) > 1 and not parts[0].adds_up:
        raise Unlike(" + ".join(map(str, parts)))
    unit = max((part.unit for part in parts), key=_size)
    return Quantity(_plain(sum((part.convert(unit).number for part in parts), Decimal())), unit)


def _plain(number: Decimal) -> Decimal:
    """Return the number without trailing zeros or exponent, in which 3,20 and 3,2 are the same text."""
    plain = number.normalize()
    return plain.quantize(Decimal(1)) if plain == plain.to_integral_value() else plain


@dataclass(frozen=True)
class Figure:
    """A quantity with its label, in one story."""

    quantity: Quantity
    label: str
    story: Listed


@dataclass(frozen=True)
class Total:
    """The sum of all figures of one measure and label, with those figures in the order of their stories."""

    quantity: Quantity
    label: str
    figures: tuple[Figure, ...]

    @property
    def is_sum(self) -> bool:
        """Tell whether there are several figures."""
        return len(self.figures) > 1


def read_figures(result: Result, story: Listed) -> tuple[Figure, ...]:
    """Return the figures of one result: none when its quantity is not an exact number, two for a gift."""
    if (quantity := parse_quantity(result.quantity)) is None:
        return ()
    if given := _GIVEN.fullmatch(result.label):
        gift = parse_quantity(given["quantity"])
        if gift and not _RATE.search(given["rest"]):
            label = f"{given['verb']} {given['rest'].strip()}".strip()
            return Figure(quantity, label, story), Figure(gift, label, story)
    return (Figure(quantity, result.label, story),)


def add_up(stories: Iterable[Listed]) -> tuple[Total, ...]:
    """Return the totals of all figures of the stories, by label in Vietnamese order, then by unit.

    Labels are the same if they differ only in case, punctuation or the spelling of tones (hòa, hoà).
    """
    groups: dict[Any, list[Figure]] = {}
    for story in stories:
        for result in story.results:
            for figure in read_figures(result, story):
                key = sort_key(figure.label)[0], figure.quantity.measure
                # A figure that cannot be added is a total of its own.
                is_added = figure.quantity.adds_up and not _NO_SUM.search(figure.label)
                groups.setdefault(key if is_added else id(figure), []).append(figure)
    sums = ((sum_quantities(figure.quantity for figure in figures), figures) for figures in groups.values())
    totals = [Total(quantity, figures[0].label, tuple(figures)) for quantity, figures in sums]
    return tuple(sorted(totals, key=lambda total: (sort_key(total.label), sort_key(total.quantity.unit))))


def find_unread(stories: Iterable[Listed]) -> tuple[tuple[Listed, Result], ...]:
    """Return the results whose quantity is not an exact number, with their stories: they are in no total."""
    results = ((story, result) for story in stories for result in story.results)
    return tuple((story, result) for story, result in results if result.quantity and not read_figures(result, story))
