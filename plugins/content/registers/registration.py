"""Registrations, the exemplars that communes undertake in a year. Pure."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from plugins.content.registers.act import Act, ActKind
from plugins.content.vocabulary.terms import Commune, ExemplarKind, Field, Movement
from plugins.sources import values
from plugins.sources.problem import Invalid
from plugins.sources.schema import Value
from plugins.vietnamese import fold, sort_key

# Codes such as DK-2020-012, the twelfth registration of 2020. Word and phones insert other dashes.
_BETWEEN = r"[\s./_\u2010-\u2015\u2212-]*"
_CODE = re.compile(rf"dk{_BETWEEN}(\d{{4}}){_BETWEEN}(\d{{1,5}})")

# The files of a year's acts, for messages.
FILES_OF_ACTS = "content/dang-ky/{}-viec.csv, hay trang tính Việc đã qua của sổ Excel"


class State(values.Labelled):
    """The progress of the work."""

    REGISTERED = "đăng ký"
    UNDER_WAY = "đang thực hiện"
    COMPLETED = "hoàn thành"
    STOPPED = "dừng"


# Stands for the commune in tables, for registrations of the office itself or one of its units.
OWN = "Cơ quan, đơn vị"
# Statuses in registers before 2026; each states one act.
OLD_STATUSES = {
    "đã bình xét": ActKind.REVIEW,
    "đã công nhận": ActKind.RECOGNITION,
    "đã biểu dương": ActKind.PRAISE,
    "đã khen thưởng": ActKind.AWARD,
    "đã nhân rộng": ActKind.REPLICATION,
}


@dataclass(frozen=True)
class Registration:
    """A row of a register, without the person in charge: no personal data is kept. `undated` acts may have happened."""

    code: str
    name: str
    kind: ExemplarKind
    unit: str
    commune: Commune | None  # None for registrations of the office itself or one of its units
    place: str
    field: Field
    movement: Movement | None
    registered_on: date
    state: State
    result: str  # as written, its lines joined by “; ”
    note: str
    year: int
    where: tuple[str, int]  # the path of the file and the row
    sample: bool = False  # no publish shows it
    acts: tuple[Act, ...] = ()  # sorted by day
    undated: tuple[Act, ...] = ()

    def has(self, *kinds: ActKind) -> bool:
        """Return whether it has an act of one of these kinds."""
        return any(act.kind in kinds for act in self.acts)

    @property
    def is_stopped(self) -> bool:
        return self.state is State.STOPPED

    @property
    def place_name(self) -> str:
        """The commune as in lists; "" for registrations of the office itself."""
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
    """Return a code in normal form, DK-2020-012, from any spelling (ĐK 2020/12); Invalid if it is none."""
    written = values.text(value)
    found = _CODE.fullmatch(fold(written))
    if found is None and len(_CODE.findall(fold(written))) > 1:
        raise Invalid(f'Mã đăng ký "{written}" là nhiều mã', "chỉ ghi một mã; trong sổ thì mỗi mã ghi một dòng riêng")
    if not found or int(found[1]) not in values.YEARS:
        raise Invalid(f'Mã đăng ký "{written}" không đúng dạng', "viết DK, năm và số thứ tự, ví dụ DK-2020-012")
    return f"DK-{int(found[1])}-{int(found[2]):03}"


def code_year(code: str) -> int:
    """Return the year of a code in normal form."""
    return int(code.split("-")[1])
