"""How much of what: a number with its unit, read and written as Vietnamese do, added only to its like. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from plugins.vietnamese import format_number, nfc, sort_key

if TYPE_CHECKING:
    from collections.abc import Iterable

# Units of one measure, each with how many of the smallest it holds. Any other word is a thing that is counted: hộ, cây.
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
# Parts of a whole: two of them make no sum; nor do two rates, 10 triệu đồng/hộ or 10 triệu đồng mỗi hộ.
_NO_SUM = re.compile(r"%|/|\b(phần trăm|phần nghìn|mỗi|một|từng)\b", re.IGNORECASE)

# No thousand begins with a nought: 0.500 is a half to whoever wrote it.
_NUMBER = r"(?P<whole>[1-9]\d{0,2}(?:\.\d{3})+|\d+)(?:,(?P<decimals>\d+))?"
# More digits count nothing, and a worksheet would round them.
_MOST_DIGITS = 15
_QUANTITY = re.compile(rf"{_NUMBER}\s*(?P<unit>(?:[^\W\d_]|%).*)?")
# “1,850” is a thousand to some and less than two to others: whoever reads it must not choose.
_EITHER = re.compile(r"[1-9]\d{0,2},\d{3}(?!\d)")


class Unlike(ValueError):
    """Raised when two quantities are of different things and have no sum."""


@dataclass(frozen=True)
class Quantity:
    """A number (exact, 0 or more) of a unit: 3,2 km; 46 hộ; a bare number has the unit ""."""

    number: Decimal
    unit: str

    def __str__(self) -> str:
        return f"{self.amount} {self.unit}".rstrip()

    @property
    def amount(self) -> str:
        """The number alone as Vietnamese write it, without idle noughts: 3,2 and 1.850."""
        return format_number(_plain(self.number))

    @property
    def measure(self) -> Any:
        """What is measured, to compare: units of one measure can be turned into each other."""
        return _SIZES[self.unit][0] if self.unit in _SIZES else sort_key(self.unit)[0]

    @property
    def adds_up(self) -> bool:
        return not _NO_SUM.search(self.unit)

    def __add__(self, other: Quantity) -> Quantity:
        """Return the sum in the larger of the two units; Unlike for different things."""
        if not isinstance(other, Quantity):
            return NotImplemented
        if self.measure != other.measure or not self.adds_up:
            raise Unlike(f"{self} + {other}")
        unit = max(self.unit, other.unit, key=_size)
        return Quantity(self.convert(unit).number + other.convert(unit).number, unit)

    def convert(self, unit: str) -> Quantity:
        """Return the same in another unit of its measure; Unlike when it is none."""
        if self.measure != Quantity(self.number, unit).measure:
            raise Unlike(f"{self} → {unit}")
        return Quantity(self.number * _size(self.unit) / _size(unit), unit)


def _size(unit: str) -> int:
    return _SIZES[unit][1] if unit in _SIZES else 1


def parse_quantity(written: str) -> Quantity | None:
    """Read a number with its unit: a point between thousands, a comma before decimals. None when it is no such thing.

    “gần 40 hộ”, “5–7 hộ” and the ambiguous “1,850 m²” are none: what is not exact is not added.
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
    """Return the sum of at least one quantity, in the largest unit among them; Unlike for different things."""
    first, *rest = quantities
    for quantity in rest:
        first += quantity
    return Quantity(_plain(first.number), first.unit)


def _plain(number: Decimal) -> Decimal:
    """Return the number without trailing zeros or exponent, in which 3,20 and 3,2 are the same text."""
    plain = number.normalize()
    return plain.quantize(Decimal(1)) if plain == plain.to_integral_value() else plain
