"""What every letter may say: who writes, where and when. And a letter before it is written. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from plugins.content.registers.paper import OWED
from plugins.content.territory import front
from plugins.content.vocabulary.terms import is_placeholder
from plugins.letters.fields import Field
from plugins.official.document import format_day, office_lines
from plugins.vietnamese import format_date

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from plugins.content.content import Content
    from plugins.content.registers.schedule import Schedule
    from plugins.content.vocabulary.terms import Commune
    from plugins.letters.fields import Values
    from plugins.official.issuer import Issuer


@dataclass(frozen=True)
class Occasion:
    """What a letter is written on: of which year, on which day, by whom, and about which place, None for all.

    `time` and `venue` are of a meeting, "" while they are not known.
    """

    content: Content
    year: int
    day: date
    issuer: Issuer
    commune: Commune | None = None
    time: str = ""
    venue: str = ""

    @property
    def schedule(self) -> Schedule | None:
        return self.content.schedules.get(self.year)


@dataclass(frozen=True)
class Letter:
    """A letter before it is written: the name of its file, what its fields say, and whether any of it is made up."""

    name: str
    values: Values
    is_sample: bool


COMMON = (
    Field("tiêu đề cơ quan", "tên cơ quan viết gọn, chữ hoa, địa bàn ở dòng dưới, như ở đầu văn bản"),
    Field("tiêu đề cấp trên", "tên cơ quan cấp trên, viết như thế"),
    Field("tên cơ quan", "tên đầy đủ của cơ quan ban hành"),
    Field("cơ quan ban hành", "Ban Thường trực của cơ quan ấy, tên viết gọn"),
    Field("cơ quan cấp trên", "tên đầy đủ của cơ quan cấp trên"),
    Field("địa danh", "tên nơi ban hành, đứng trước ngày tháng"),
    Field("ngày văn bản", "ngày ghi trên văn bản: ngày 03 tháng 11 năm 2026"),
    Field("ngày", "ngày ấy viết bằng số: 3/11/2026"),
    Field("năm", "năm thi đua"),
    Field("đơn vị hành chính", "địa bàn của cơ quan, kèm loại: xã …, tỉnh …", ("địa bàn cơ quan",)),
    Field("các loại địa bàn", "các loại địa bàn thuộc cơ quan: xã, thị trấn"),
    Field("mặt trận các địa bàn", "Mặt trận các xã, thị trấn; ở xã thì Ban Công tác Mặt trận các thôn"),
    Field("địa chỉ cơ quan", "địa chỉ trụ sở"),
    Field("điện thoại", "điện thoại cơ quan", ("số điện thoại",)),
    Field("thư điện tử", "hộp thư cơ quan", ("email",)),
)
DEADLINES = tuple(Field(f"hạn {kind.label}", f"hạn gửi {kind.label}, như trong ke-hoach.yaml") for kind in OWED)


def say_common(occasion: Occasion) -> dict[str, str]:
    """Return what the common fields say."""
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


def say_deadlines(schedule: Schedule | None, commune: Commune | None) -> dict[str, str]:
    """Return by when each paper is due, from one place where it is named."""
    found = [schedule.deadline(kind, commune) if schedule else None for kind in OWED]
    return {field.name: one.label if one else "" for field, one in zip(DEADLINES, found, strict=True)}


def number(rows: Iterable[dict[str, str]]) -> list[dict[str, str]]:
    """Return rows with their numbers from 1."""
    return [{"số thứ tự": str(at), **row} for at, row in enumerate(rows, 1)]


NUMBER = Field("số thứ tự", "1, 2, 3…", ("TT", "STT"))
