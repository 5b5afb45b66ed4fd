"""A registration: what a commune undertakes in a year, and how far it has come; the register of a year."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from plugins.content.registers.act import ActKind
from plugins.sources import values
from plugins.sources.problem import Invalid
from plugins.vietnamese import fold, sort_key

if TYPE_CHECKING:
    from datetime import date

    from plugins.content.registers.act import Act
    from plugins.content.vocabulary.terms import Commune, ExemplarKind, Field, Movement
    from plugins.sources.schema import Value

# The code under which an exemplar was registered: DK-2020-012, that is the twelfth of the register of 2020.
# Word and phones have dashes of their own.
_BETWEEN = r"[\s./_\u2010-\u2015\u2212-]*"
_CODE = re.compile(rf"dk{_BETWEEN}(\d{{4}}){_BETWEEN}(\d{{1,5}})")

# Where a year's acts are written, as people are told.
FILES_OF_ACTS = "content/dang-ky/{}-viec.csv, hay trang tính Việc đã qua của sổ Excel"


class State(values.Labelled):
    """How far the work has come, as staff write it."""

    REGISTERED = "đăng ký"
    UNDER_WAY = "đang thực hiện"
    COMPLETED = "hoàn thành"
    STOPPED = "dừng"


# Whose it is in a table of communes, where the office itself or a unit of it registered.
OWN = "Cơ quan, đơn vị"
# What the registers of before 2026 have as one ladder of statuses: each says that one act, and no other.
OLD_STATUSES = {
    "đã bình xét": ActKind.REVIEW,
    "đã công nhận": ActKind.RECOGNITION,
    "đã biểu dương": ActKind.PRAISE,
    "đã khen thưởng": ActKind.AWARD,
    "đã nhân rộng": ActKind.REPLICATION,
}


@dataclass(frozen=True)
class Registration:
    """One row of a register. Whoever is in charge is read and dropped: no personal data is kept.

    `commune` is None for what the office itself or one of its units registered. `acts` are what has happened to it, by
    their day, and `undated` what may have, its day unknown. `result` is as written, its lines joined by “; ”. `where`
    is the file's path and the row in it. `sample` is one made up to illustrate, which no publish shows.
    """

    code: str
    name: str
    kind: ExemplarKind
    unit: str
    commune: Commune | None
    place: str
    field: Field
    movement: Movement | None
    registered_on: date
    state: State
    result: str
    note: str
    year: int
    where: tuple[str, int]
    sample: bool = False
    acts: tuple[Act, ...] = ()
    undated: tuple[Act, ...] = ()

    def has(self, *kinds: ActKind) -> bool:
        """Tell whether an act of one of these kinds is stated of it."""
        return any(act.kind in kinds for act in self.acts)

    @property
    def is_stopped(self) -> bool:
        return self.state is State.STOPPED

    @property
    def place_name(self) -> str:
        """The commune as lists show it; "" for what the office itself registered."""
        return self.commune.short if self.commune else ""

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
    if found is None and len(_CODE.findall(fold(written))) > 1:
        raise Invalid(f'Mã đăng ký "{written}" là nhiều mã', "chỉ ghi một mã; trong sổ thì mỗi mã ghi một dòng riêng")
    if not found or int(found[1]) not in values.YEARS:
        raise Invalid(f'Mã đăng ký "{written}" không đúng dạng', "viết DK, năm và số thứ tự, ví dụ DK-2020-012")
    return f"DK-{int(found[1])}-{int(found[2]):03}"


def code_year(code: str) -> int:
    """Return the year whose register a code, as it is kept, belongs to."""
    return int(code.split("-")[1])
