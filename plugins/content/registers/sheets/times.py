"""A date, a time of day or a duration as Excel shows it, by the tokens of its format: 19/8/2020, 7:30, 36:00. Pure."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from plugins.content.registers.sheets.number_tokens import Kind, NotShownError
from plugins.vietnamese import format_date

if TYPE_CHECKING:
    from plugins.content.registers.sheets.number_tokens import Section

_FROM_1900, _FROM_1904 = date(1899, 12, 30), date(1904, 1, 1)
_DAYS = 2_957_003  # up to the end of the year 9999, whatever they are counted from


def show_time(section: Section, value: float, *, from_1904: bool) -> tuple[str, Kind]:
    """Return a date, a time of day or a duration; of a date that is not seen whole, what is seen of it."""
    if not 0 <= value < _DAYS:
        raise NotShownError("có ngày mà Excel chỉ hiện là ####")
    # Excel has a 29th of February 1900, and before it a day 0 of January: what a formula shows of an empty cell.
    is_day_none = value < 61 and not from_1904
    names = _tell_minutes(section.tokens)
    seen = {name[0] for name, _ in names}
    elapsed = next((text[0] for name, text in section.tokens if name == "elapsed"), "")
    clock = ""
    # To a second, or what is a bit less than eight o'clock would be 7:59:59.
    days, seconds = divmod(round(value * 86_400), 86_400)
    minutes = seconds // 60
    if elapsed:
        return _show_elapsed(elapsed, days * 86_400 + seconds, shows_seconds="S" in seen), Kind.TEXT
    if seen & {"H", "M", "S"}:
        clock = f"{minutes // 60}:{minutes % 60:02}" if "H" in seen else f"{minutes % 60:02}"
        clock += f":{seconds % 60:02}" if "S" in seen else ""
    if not seen & {"d", "m", "y", "w"}:
        return clock, Kind.TEXT
    if is_day_none:
        raise NotShownError("có ngày của năm 1900, thường do công thức trỏ vào ô trống, hay chỉ có giờ")
    zero = _FROM_1904 if from_1904 else _FROM_1900
    day = zero + timedelta(days=days if clock else int(value))
    if {"d", "m", "y"} <= seen:
        return " ".join(filter(None, (format_date(day), clock))), Kind.DATE
    parts = {"d": str(day.day), "m": str(day.month), "y": str(day.year)}
    return "/".join(text for name, text in parts.items() if name in seen) or format_date(day), Kind.PART_OF_DATE


def _tell_minutes(tokens: tuple[tuple[str, str], ...]) -> list[tuple[str, str]]:
    """Return what of a date and a time is shown: d, m, y, w for a weekday; H, M, S."""
    clock = [(name, text) for name, text in tokens if name in ("clock", "elapsed")]
    told: list[tuple[str, str]] = []
    for at, (_, text) in enumerate(clock):
        letter = text[0]
        before = clock[at - 1][1][0] if at else ""
        after = clock[at + 1][1][0] if at + 1 < len(clock) else ""
        if letter == "m" and len(text) <= 2 and (before == "h" or after == "s"):
            told.append(("M", text))
        elif letter == "d" and len(text) > 2:
            told.append(("w", text))
        else:
            told.append(({"h": "H", "s": "S", "e": "y", "b": "y"}.get(letter, letter), text))
    return told


def _show_elapsed(unit: str, seconds: int, *, shows_seconds: bool) -> str:
    if unit == "s":
        return str(seconds)
    minutes = seconds // 60
    tail = f":{seconds % 60:02}" if shows_seconds else ""
    return f"{minutes // 60}:{minutes % 60:02}{tail}" if unit == "h" else f"{minutes}{tail}"
