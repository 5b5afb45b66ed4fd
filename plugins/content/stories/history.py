"""Revisions of a story after publication, and its withdrawal. Pure."""

import re
from dataclasses import dataclass
from datetime import date

from plugins.sources import values
from plugins.sources.problem import Invalid
from plugins.sources.schema import Value
from plugins.vietnamese import squash

_DAY = re.compile(r"(?:ngày\s+)?(\d{1,4}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{1,4})(?!\d)[\s|:;,.–—-]*", re.IGNORECASE)
_WHY = re.compile(r"l[ýíyi]\s+do\b[\s:,–-]*(?:là\s+)?", re.IGNORECASE)
# Answers to “Gỡ:” that mean no withdrawal.
_NOT_AT_ALL = frozenset({"khong", "khonggo", "chua", "chuago", "no"})


@dataclass(frozen=True)
class Revision:
    """A revision as shown to readers: an update adds information, a correction fixes an error."""

    day: date
    text: str
    is_correction: bool = False

    @property
    def name(self) -> str:
        return "Đính chính" if self.is_correction else "Cập nhật"


@dataclass(frozen=True)
class Withdrawal:
    """A withdrawal: its day or None, and the reason shown to readers or ""."""

    day: date | None
    reason: str


def parse_updates(value: Value) -> tuple[Revision, ...]:
    """Return updates, one per line: 5/3/2026 | text. A colon or comma may replace the bar."""
    return tuple(_change(written, "Bổ sung số hộ", is_correction=False) for written in values.texts(value))


def parse_corrections(value: Value) -> tuple[Revision, ...]:
    """Return corrections, written like updates."""
    return tuple(_change(written, "Sửa tên thôn", is_correction=True) for written in values.texts(value))


def parse_withdrawal(value: Value) -> Withdrawal:
    """Return a withdrawal: 2026-03-01, lý do gia đình xin rút bài. Invalid, but meant, without day or reason."""
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


def _change(written: str, example: str, *, is_correction: bool) -> Revision:
    change = Revision(*_split(written), is_correction)
    if not re.search(r"\w", change.text):
        fix = f"viết: ngày | điều gì, ví dụ 5/3/2026 | {example}"
        raise Invalid(f'{change.name} "{written}" chưa nói điều gì', fix)
    return change


def _split(written: str) -> tuple[date, str]:
    if found := _DAY.match(written):
        return values.day(found[1]), written[found.end() :].strip()
    # Raises Invalid with the fault of the day.
    return values.day(re.split(r"[|,:;]", written, maxsplit=1)[0].strip()), ""
