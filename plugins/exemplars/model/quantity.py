"""Numbers with a unit, read and written as in Vietnamese, and their sums. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from plugins.vietnamese import format_number, nfc, sort_key

# Units of one measure with their size in the smallest. Any other unit is a thing that is counted: hộ, cây.
_MEASURES = {
    "length": {"m": 1, "km": 1000},
    "area": {"m²": 1, "ha": 10_000},
    "volume": {"lít": 1, "m³": 1000},
    "mass": {"g": 1, "kg": 1000, "tạ": 100_000, "tấn": 1_000_000},
    "money": {"đồng": 1, "nghìn đồng": 1000, "triệu đồng": 1_000_000, "tỷ đồng": 1_000_000_000},
}
_SIZES = {unit: (measure, size) for measure, units in _MEASURES.items() for unit, size in units.items()}
_SPELLINGS = {
    "m": ("mét",),
    "km": ("cây số", "ki-lô-mét"),
    "m²": ("m2", "mét vuông"),
    "ha": ("hecta", "héc-ta", "héc ta"),
    "m³": ("m3", "mét khối"),
    "lít": ("l",),
    "kg": ("kí", "ký", "ki-lô-gam"),
    "nghìn đồng": ("ngàn đồng",),
    "triệu đồng": ("triệu", "tr đồng", "trđ"),
    "tỷ đồng": ("tỷ", "tỉ", "tỉ đồng"),
}
_UNITS = {unit: unit for unit in _SIZES} | {
    spelling: unit for unit, spellings in _SPELLINGS.items() for spelling in spellings
}
# Parts of a whole and rates (10 triệu đồng/hộ, 10 triệu đồng mỗi hộ) are not added.
_NO_SUM = re.compile(r"%|/|\b(phần trăm|phần nghìn|mỗi|một|từng)\b", re.IGNORECASE)

# Thousands do not begin with a zero: 0.500 is a half.
_NUMBER = r"(?P<whole>[1-9]\d{0,2}(?:\.\d{3})+|\d+)(?:,(?P<decimals>\d+))?"
# A worksheet would round more digits.
_MOST_DIGITS = 15
_QUANTITY = re.compile(rf"{_NUMBER}\s*(?P<unit>(?:[^\W\d_]|%).*)?")
# Ambiguous: “1,850” may be a thousand and more, or less than two.
_EITHER = re.compile(r"[1-9]\d{0,2},\d{3}(?!\d)")


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
        return _SIZES[self.unit][0] if self.unit in _SIZES else sort_key(self.unit)[0]

    @property
    def adds_up(self) -> bool:
        return not _NO_SUM.search(self.unit)

    def convert(self, unit: str) -> "Quantity":
        """Return the same quantity in another unit. Raises Unlike for a unit of another measure."""
        if self.measure != Quantity(self.number, unit).measure:
            raise Unlike(f"{self} → {unit}")
        return Quantity(self.number * _size(self.unit) / _size(unit), unit)


def _size(unit: str) -> int:
    return _SIZES[unit][1] if unit in _SIZES else 1


def parse_quantity(written: str) -> Quantity | None:
    """Return a number with its unit (point between thousands, comma before decimals), or None.

    None for “gần 40 hộ”, “5–7 hộ” and the ambiguous “1,850 m²”: only exact numbers are added.
    """
    text = " ".join(nfc(written).split())
    found = _QUANTITY.fullmatch(text)
    if not found or _EITHER.match(text):
        return None
    digits = f"{found['whole'].replace('.', '')}.{found['decimals'] or 0}"
    if len(digits) > _MOST_DIGITS + 1:
        return None
    number = Decimal(digits)
    unit = found["unit"] or ""
    known = _UNITS.get(unit.lower())
    if known is None and re.search(r"\d", unit):
        return None
    return Quantity(_plain(number), known or unit)


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
