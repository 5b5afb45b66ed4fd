"""What a new office answers, and what follows from it: its names, the units above and below. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from plugins.content.territory.kinds import BELOW, KINDS_BY_NAME, LEVELS, Tier, in_order
from plugins.content.territory.words import Words
from plugins.sources.problem import Invalid
from plugins.starting.places import Pasted, Place
from plugins.vietnamese import capitalize, fold

if TYPE_CHECKING:
    from collections.abc import Iterable

# The levels at which there are offices today: districts and their towns have ended.
LEVELS_TODAY = ("xã", "phường", "đặc khu", "tỉnh", "thành phố")
_FRONT = "Mặt trận Tổ quốc Việt Nam"
_SAYS_FRONT = re.compile(
    r"(?:(?:ban thuong truc )?(?:uy ban|ubmttqvn|ub)? ?(?:mat tran to quoc|mttq) ?(?:viet nam|vn)? )"
)


@dataclass(frozen=True)
class Answers:
    """The office's level and bare name, the unit above it and its site's address, "" where unknown, and its places."""

    level: str
    name: str
    area: str = ""
    address: str = ""
    pasted: Pasted = field(default_factory=Pasted)

    @property
    def places(self) -> tuple[Place, ...]:
        return self.pasted.places

    @property
    def tier(self) -> Tier:
        """The tier of its places."""
        return BELOW[LEVELS[self.level]]

    @property
    def unit(self) -> str:
        """Its own place: xã Đồng Xuân."""
        return f"{self.level} {self.name}"

    @property
    def whole_unit(self) -> str:
        """The same with what is above it."""
        return f"{self.unit}, {self.area}" if self.area else self.unit

    @property
    def office(self) -> str:
        """Its full name."""
        return f"Ủy ban {_FRONT} {self.unit}"

    @property
    def short(self) -> str:
        """Its name at the top of the site."""
        return f"{_FRONT} {self.unit}"

    @property
    def governing_body(self) -> str:
        """The office above it; "" while nobody has named that one's place."""
        if self.tier is Tier.COMMUNE:
            return f"Ủy ban Trung ương {_FRONT}"
        return f"Ủy ban {_FRONT} {self.area}" if self.area else ""

    def words(self, kinds: Iterable[str] = ()) -> Words:
        """Return the words for its places, and those of further kinds."""
        found = in_order(KINDS_BY_NAME[kind] for kind in (*(place.kind for place in self.places), *kinds))
        below = tuple(kind for kind in found if kind.tier is self.tier)
        return Words(below or in_order(one for one in KINDS_BY_NAME.values() if one.tier is self.tier)[:1], self.name)


def read_level(answer: str) -> str:
    """Return the level that an answer means; Invalid when it is none of today."""
    found = [level for level in LEVELS_TODAY if fold(level) == fold(answer)]
    if found:
        return found[0]
    if fold(answer) in {fold(level) for level in LEVELS}:
        what = f'Cấp "{answer}" không còn cơ quan nào hoạt động từ 1/7/2025'
        raise Invalid(what, f"chọn một trong: {', '.join(LEVELS_TODAY)}")
    raise Invalid(f'Không có cấp "{answer}"', f"chọn một trong: {', '.join(LEVELS_TODAY)}")


def read_name(level: str, answer: str) -> str:
    """Return the bare name of an office's place, however much of the office's name was written around it."""
    words = answer.split()
    if said := _SAYS_FRONT.match(f"{fold(answer)} "):
        words = words[len(said[0].split()) :]
    for other in sorted(LEVELS, key=len, reverse=True):
        count = len(other.split())
        if len(words) > count and " ".join(words[:count]).lower() == other:
            if other != level:
                raise Invalid(f'"{answer}" là {other}, mà cấp đã chọn là {level}', "sửa tên hoặc cấp")
            words = words[count:]
            break
    name = " ".join(words).replace("'", "’")
    if not any(letter.isalnum() for letter in name):
        raise Invalid(f'Tên "{answer}" chưa có tên của {level}', f"ghi tên {level}, ví dụ Đồng Xuân")
    return capitalize(name)


def read_area(answer: str) -> str:
    """Return the province or city that an office's place belongs to; its kind is needed in every letter."""
    area = answer.replace("'", "’")
    if not re.match(r"(?:tỉnh|thành phố) \S", area.lower()):
        raise Invalid(f'"{answer}" chưa rõ là tỉnh hay thành phố', "ghi cả loại, ví dụ tỉnh Yên Lãng")
    head = next(kind for kind in ("tỉnh", "thành phố") if area.lower().startswith(kind))
    return f"{head}{area[len(head) :]}"
