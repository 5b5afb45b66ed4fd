"""A registration: what a commune undertakes in a year, and how far it has come; the register of a year."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from plugins.sources import values
from plugins.sources.problem import Invalid
from plugins.vietnamese import fold, sort_key

if TYPE_CHECKING:
    from datetime import date

    from plugins.content.terms import Commune, Field, Kind, Movement
    from plugins.sources.schema import Value

# The code under which an exemplar was registered: DK-2020-012, that is the twelfth of the register of 2020.
_CODE = re.compile(r"dk[\s./–-]*(\d{4})[\s./–-]*(\d{1,5})")


class Status(IntEnum):
    """The life of a registration, in its order; `label` as staff write it. One that was stopped got no further."""

    label: str

    def __new__(cls, rank: int, label: str) -> Status:
        status = int.__new__(cls, rank)
        status._value_ = rank
        status.label = label
        return status

    REGISTERED = 1, "đăng ký"
    UNDER_WAY = 2, "đang thực hiện"
    REVIEWED = 3, "đã bình xét"
    RECOGNISED = 4, "đã công nhận"
    COMMENDED = 5, "đã biểu dương"
    REPLICATED = 6, "đã nhân rộng"
    STOPPED = 7, "dừng"

    def reached(self, status: Status) -> bool:
        """Tell whether this is that status or a later one; what was stopped has reached nothing but its end."""
        return self is status or (self is not Status.STOPPED and self >= status)


@dataclass(frozen=True)
class Registration:
    """One row of a register. Whoever is in charge is read and dropped: no personal data is kept.

    `result` is as written, its lines joined by “; ”. `where` is the file's path and the row in it. `sample` is one
    made up to illustrate, which no publish shows.
    """

    code: str
    name: str
    kind: Kind
    unit: str
    commune: Commune
    place: str
    field: Field
    movement: Movement | None
    registered_on: date
    status: Status
    result: str
    note: str
    year: int
    where: tuple[str, int]
    sample: bool = False

    @property
    def by_code(self) -> tuple[Any, ...]:
        return sort_key(self.code)


@dataclass(frozen=True)
class Register:
    """The registrations of a year, in the order of their file."""

    year: int
    registrations: tuple[Registration, ...]


def parse_code(value: Value) -> str:
    """Return a code as it is kept, DK-2020-012, however it was typed (ĐK 2020/12); Invalid when it is none."""
    written = values.text(value)
    found = _CODE.fullmatch(fold(written))
    if not found or int(found[1]) not in values.YEARS:
        raise Invalid(f'Mã đăng ký "{written}" không đúng dạng', "viết DK, năm và số thứ tự, ví dụ DK-2020-012")
    return f"DK-{found[1]}-{int(found[2]):03}"


def code_year(code: str) -> int:
    """Return the year whose register a code, as it is kept, belongs to."""
    return int(code.split("-")[1])
