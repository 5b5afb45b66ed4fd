"""What happened to a story after it was posted: what was updated or corrected, and that it was taken down. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from plugins.sources import values
from plugins.sources.problem import Invalid
from plugins.vietnamese import squash

if TYPE_CHECKING:
    from datetime import date

    from plugins.sources.schema import Value

_DAY = re.compile(r"(?:ngày\s+)?(\d{1,4}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{1,4})(?!\d)[\s|:;,.–—-]*", re.IGNORECASE)
_WHY = re.compile(r"l[ýíyi]\s+do\b[\s:,–-]*(?:là\s+)?", re.IGNORECASE)
# Written after “Gỡ:”, these say that nothing is to be taken down.
_NOT_AT_ALL = frozenset({"khong", "khonggo", "chua", "chuago", "no"})


@dataclass(frozen=True)
class Revision:
    """What was changed on a day, as readers are told; a correction mends what was wrong, an update adds what is new."""

    day: date
    text: str
    is_correction: bool = False

    @property
    def name(self) -> str:
        return "Đính chính" if self.is_correction else "Cập nhật"


@dataclass(frozen=True)
class Withdrawal:
    """That a story was taken down: the day, None where none is said, and the reason as readers are told it, or ""."""

    day: date | None
    reason: str


def parse_updates(value: Value) -> tuple[Revision, ...]:
    """Return the updates, one a line: 5/3/2026 | what is new. A colon or comma serves for the bar."""
    return tuple(_change(written, "Cập nhật", "Bổ sung số hộ") for written in values.texts(value))


def parse_corrections(value: Value) -> tuple[Revision, ...]:
    """Return the corrections, written as updates are."""
    found = (_change(written, "Đính chính", "Sửa tên thôn") for written in values.texts(value))
    return tuple(replace(change, is_correction=True) for change in found)


def parse_withdrawal(value: Value) -> Withdrawal:
    """Return a withdrawal: 2026-03-01, lý do gia đình xin rút bài. Invalid without its day or its reason.

    It stands even so: somebody asked for it.
    """
    written = values.text(value)
    try:
        day, text = _split(written)
    except Invalid as invalid:
        meant = None if squash(written) in _NOT_AT_ALL else Withdrawal(None, "")
        raise Invalid(invalid.message, f"{invalid.fix}; viết: ngày, lý do", meant) from invalid
    reason = _WHY.sub("", text, count=1) if _WHY.match(text) else text
    if not re.search(r"\w", reason):
        fix = "ghi lý do để bạn đọc biết, ví dụ lý do gia đình xin rút bài"
        raise Invalid("Gỡ bài mà chưa nói lý do", fix, Withdrawal(day, ""))
    return Withdrawal(day, reason.rstrip(" .;,"))


def _change(written: str, what: str, example: str) -> Revision:
    day, text = _split(written)
    if not re.search(r"\w", text):
        raise Invalid(f'{what} "{written}" chưa nói điều gì', f"viết: ngày | điều gì, ví dụ 5/3/2026 | {example}")
    return Revision(day, text)


def _split(written: str) -> tuple[date, str]:
    if found := _DAY.match(written):
        return values.day(found[1]), written[found.end() :].strip()
    # Says what is wrong with the day, where there is something like one.
    return values.day(re.split(r"[|,:;]", written, maxsplit=1)[0].strip()), ""
