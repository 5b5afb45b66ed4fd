"""The merge fields of a template, single or in lists, and those that every kind of letter has. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from plugins.content.content import Content
from plugins.content.registers.paper import OWED
from plugins.content.registers.schedule import Schedule
from plugins.content.territory import front
from plugins.content.vocabulary.terms import Commune, is_placeholder
from plugins.official.document import format_day, office_lines
from plugins.official.issuer import Issuer
from plugins.vietnamese import agrees, format_date, nearest, squash


@dataclass(frozen=True)
class MergeField:
    """A field by its name, as staff write it in «…», with its meaning; `also` are its other names."""

    name: str
    meaning: str
    also: tuple[str, ...] = ()

    def describe(self) -> str:
        """Return the line of a list of fields."""
        also = f" (hay {', '.join(f'«{name}»' for name in self.also)})" if self.also else ""
        return f"  «{self.name}»{also}: {self.meaning}"


class MergeList:
    """A list: a table row, or a paragraph, that names one of its columns is repeated for each of its rows."""

    def __init__(self, name: str, *columns: MergeField) -> None:
        self.name, self.columns = name, columns


@dataclass(frozen=True)
class MergeFields:
    """All fields that a template of one kind may name."""

    single: tuple[MergeField, ...]
    lists: tuple[MergeList, ...] = ()

    @cached_property
    def _known(self) -> dict[str, tuple[str, MergeField, MergeList | None]]:
        columns = [(field, one) for one in self.lists for field in one.columns]
        found = [*((field, None) for field in self.single), *columns]
        return {squash(name): (name, field, one) for field, one in found for name in (field.name, *field.also)}

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all fields, those of lists last."""
        return tuple(dict.fromkeys(field.name for _, field, _ in self._known.values()))

    def describe(self) -> list[str]:
        """Return a line for each field, those of a list under its name."""
        lines = [field.describe() for field in self.single]
        for one in self.lists:
            lines += [f"  Danh sách {one.name}, mỗi dòng:", *(f"  {field.describe()}" for field in one.columns)]
        return lines

    def find(self, written: str) -> tuple[MergeField, MergeList | None] | None:
        """Return the field of this name and its list, if it has one; None if there is no such field.

        Missing diacritics are ignored, wrong ones are not: «tên xa» is «tên xã», «tên xá» is unknown.
        """
        known = self._known.get(squash(written))
        return known[1:] if known and agrees(written, known[0]) else None

    def nearest(self, written: str) -> str | None:
        """Return the name most similar to the one written."""
        near = nearest(written, (name for name, _, _ in self._known.values()))
        return near and self._known[squash(near)][0]


@dataclass(frozen=True)
class MergeValues:
    """The values of fields and the rows of lists, by name; "" and a list without rows are left to be written."""

    single: Mapping[str, str]
    rows: Mapping[str, Sequence[Mapping[str, str]]]


@dataclass(frozen=True)
class Occasion:
    """The facts to compose a letter from: year, date, issuer, the place concerned, None for all, and a meeting's."""

    content: Content
    year: int
    day: date
    issuer: Issuer
    commune: Commune | None = None
    time: str = ""
    venue: str = ""


@dataclass(frozen=True)
class Letter:
    """A letter to write: the name of its file, its field values, and whether they include sample data."""

    name: str
    values: MergeValues
    is_sample: bool


COMMON = (
    MergeField("tiêu đề cơ quan", "tên cơ quan viết gọn, chữ hoa, địa bàn ở dòng dưới, như ở đầu văn bản"),
    MergeField("tiêu đề cấp trên", "tên cơ quan cấp trên, viết như thế"),
    MergeField("tên cơ quan", "tên đầy đủ của cơ quan ban hành"),
    MergeField("cơ quan ban hành", "Ban Thường trực của cơ quan ấy, tên viết gọn"),
    MergeField("cơ quan cấp trên", "tên đầy đủ của cơ quan cấp trên"),
    MergeField("địa danh", "tên nơi ban hành, đứng trước ngày tháng"),
    MergeField("ngày văn bản", "ngày ghi trên văn bản: ngày 03 tháng 11 năm 2026"),
    MergeField("ngày", "ngày ấy viết bằng số: 3/11/2026"),
    MergeField("năm", "năm thi đua"),
    MergeField("đơn vị hành chính", "địa bàn của cơ quan, kèm loại: xã …, tỉnh …", ("địa bàn cơ quan",)),
    MergeField("các loại địa bàn", "các loại địa bàn thuộc cơ quan: xã, thị trấn"),
    MergeField("mặt trận các địa bàn", "Mặt trận các xã, thị trấn; ở xã thì Ban Công tác Mặt trận các thôn"),
    MergeField("địa chỉ cơ quan", "địa chỉ trụ sở"),
    MergeField("điện thoại", "điện thoại cơ quan", ("số điện thoại",)),
    MergeField("thư điện tử", "hộp thư cơ quan", ("email",)),
)
DEADLINES = tuple(MergeField(f"hạn {kind.label}", f"hạn gửi {kind.label}, như trong ke-hoach.yaml") for kind in OWED)


def common_values(occasion: Occasion) -> dict[str, str]:
    """Return the values of COMMON; "" for a placeholder."""
    issuer = occasion.issuer
    office, words = issuer.publisher, occasion.content.vocabulary.words_on(occasion.day)
    said = (
        "\n".join(office_lines(issuer.name)),
        "\n".join(office_lines(issuer.parent)),
        issuer.name,
        front.standing_board(issuer.short),
        issuer.parent,
        issuer.place,
        format_day(occasion.day),
        format_date(occasion.day),
        str(occasion.year),
        issuer.unit,
        words.listed,
        f"{front.HAMLET_BOARD if words.is_hamlets else 'Mặt trận'} các {words.listed}",
        office.address,
        office.phone,
        office.email,
    )
    return {field.name: "" if is_placeholder(value) else value for field, value in zip(COMMON, said, strict=True)}


def deadline_values(schedule: Schedule | None, commune: Commune | None) -> dict[str, str]:
    """Return the values of DEADLINES, for one commune if it is given."""
    found = [schedule.deadline(kind, commune) if schedule else None for kind in OWED]
    return {field.name: one.label if one else "" for field, one in zip(DEADLINES, found, strict=True)}


def number_rows(rows: Iterable[dict[str, str]]) -> list[dict[str, str]]:
    """Return rows with their NUMBER, from 1."""
    return [{"số thứ tự": str(at), **row} for at, row in enumerate(rows, 1)]


NUMBER = MergeField("số thứ tự", "1, 2, 3…", ("TT", "STT"))
