"""The answers of a new office, and the names that follow from them. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from plugins.content.territory.kinds import BELOW, KINDS_BY_NAME, LEVELS, Tier, in_order
from plugins.content.territory.words import Words
from plugins.sources.problem import Invalid
from plugins.starting.place_names import PastedPlace
from plugins.starting.places import PlaceList
from plugins.vietnamese import capitalize, fold

# The levels at which there are offices today: districts and their towns have ended.
LEVELS_TODAY = ("xã", "phường", "đặc khu", "tỉnh", "thành phố")
_FRONT = "Mặt trận Tổ quốc Việt Nam"
_SAYS_FRONT = re.compile(
    r"(?:(?:ban thuong truc )?(?:uy ban|ubmttqvn|ub)? ?(?:mat tran to quoc|mttq) ?(?:viet nam|vn)? )"
)


@dataclass(frozen=True)
class Answers:
    """The office's level and bare name, the unit above and the site's address ("" if unknown), and its places."""

    level: str
    name: str
    area: str = ""
    address: str = ""
    pasted: PlaceList = field(default_factory=PlaceList)

    @property
    def places(self) -> tuple[PastedPlace, ...]:
        return self.pasted.places

    @property
    def tier(self) -> Tier:
        """The tier of its places."""
        return BELOW[LEVELS[self.level]]

    @property
    def unit(self) -> str:
        """The office's own place: xã Đồng Xuân."""
        return f"{self.level} {self.name}"

    @property
    def whole_unit(self) -> str:
        """Its own place with the unit above: xã Đồng Xuân, tỉnh Yên Lãng."""
        return f"{self.unit}, {self.area}" if self.area else self.unit

    @property
    def office(self) -> str:
        """The office's full name."""
        return f"Ủy ban {_FRONT} {self.unit}"

    @property
    def short(self) -> str:
        """The office's name at the top of the site."""
        return f"{_FRONT} {self.unit}"

    @property
    def governing_body(self) -> str:
        """The office above, "" if its place is unknown."""
        if self.tier is Tier.COMMUNE:
            return f"Ủy ban Trung ương {_FRONT}"
        return f"Ủy ban {_FRONT} {self.area}" if self.area else ""

    def words(self, kinds: Iterable[str] = ()) -> Words:
        """Return the words for its places and for further kinds of place."""
        found = in_order(KINDS_BY_NAME[kind] for kind in (*(place.kind for place in self.places), *kinds))
        below = tuple(kind for kind in found if kind.tier is self.tier)
        return Words(below or in_order(one for one in KINDS_BY_NAME.values() if one.tier is self.tier)[:1], self.name)


def read_level(answer: str) -> str:
    """Return the level in an answer. Raises Invalid for one without offices today."""
    found = [level for level in LEVELS_TODAY if fold(level) == fold(answer)]
    if found:
        return found[0]
    if fold(answer) in {fold(level) for level in LEVELS}:
        what = f'Cấp "{answer}" không còn cơ quan nào hoạt động từ 1/7/2025'
        raise Invalid(what, f"chọn một trong: {', '.join(LEVELS_TODAY)}")
    raise Invalid(f'Không có cấp "{answer}"', f"chọn một trong: {', '.join(LEVELS_TODAY)}")


def read_office_name(level: str, answer: str) -> str:
    """Return the bare name of an office's place from an answer with any part of the office's name."""
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
    """Return the province or city of an office's place, with its kind, which letters need."""
    area = answer.replace("'", "’")
    if not re.match(r"(?:tỉnh|thành phố) \S", area.lower()):
        raise Invalid(f'"{answer}" chưa rõ là tỉnh hay thành phố', "ghi cả loại, ví dụ tỉnh Yên Lãng")
    head = next(kind for kind in ("tỉnh", "thành phố") if area.lower().startswith(kind))
    return f"{head}{area[len(head) :]}"
