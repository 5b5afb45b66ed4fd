"""Format dates, times and durations as Excel displays them: 19/8/2020, 7:30, 36:00. Pure."""

from datetime import date, timedelta
from functools import lru_cache

from plugins.content.registers.sheets.number_tokens import CellKind, NotShownError, Section
from plugins.vietnamese import format_date

_FROM_1900, _FROM_1904 = date(1899, 12, 30), date(1904, 1, 1)
_DAYS = 2_957_003  # to the end of the year 9999 in either date system


def show_time(section: Section, value: float, *, from_1904: bool) -> tuple[str, CellKind]:
    """Return a date, a time or a duration; the displayed parts only if a format omits some of a date."""
    if not 0 <= value < _DAYS:
        raise NotShownError("có ngày mà Excel chỉ hiện là ####")
    # Excel has a 29 February 1900, and a day 0, which formulas display for empty cells.
    is_day_none = value < 61 and not from_1904
    tokens = _tell_minutes(section.tokens)
    seen = {name for name, _ in tokens}
    # Round to the last displayed place: slightly less than eight would become 7:59:59.
    places = min(
        3, max((len(text) - text.index(".") - 1 for name, text in tokens if name == "S" and "." in text), default=0)
    )
    parts = int(value * 86_400 * 10**places + 0.5 + 1e-6)
    days, rest = divmod(parts, 86_400 * 10**places)
    minutes, seconds = rest // 10**places // 60, rest // 10**places % 60
    clock = f"{minutes // 60}:{minutes % 60:02}" + (f":{seconds:02}" if "S" in seen else "")
    if not seen & {"d", "m", "y", "w"}:
        # AM and PM depend on the locale; use 24 hours instead.
        is_by_day = "noon" in seen and "H" in seen
        return clock if is_by_day else _write(tokens, parts, places), CellKind.TEXT
    if any(name.startswith("[") for name in seen):
        raise NotShownError("có định dạng số không đọc được")
    if is_day_none:
        raise NotShownError("có ngày của năm 1900, thường do công thức trỏ vào ô trống, hay chỉ có giờ")
    zero = _FROM_1904 if from_1904 else _FROM_1900
    has_clock = bool(seen & {"H", "M", "S"})
    day = zero + timedelta(days=days if has_clock else int(value))
    if {"d", "m", "y"} <= seen:
        return f"{format_date(day)} {clock}" if has_clock else format_date(day), CellKind.DATE
    shown = {"d": str(day.day), "m": str(day.month), "y": str(day.year)}
    return "/".join(text for name, text in shown.items() if name in seen) or format_date(day), CellKind.PART_OF_DATE


@lru_cache(maxsize=512)
def _tell_minutes(tokens: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """Return the tokens with those of dates and times renamed.

    d, m, y and w (weekday) for dates; H, M, S for times; [H], [M], [S] for durations beyond a day, an hour, a minute.
    """
    clock = [at for at, (name, _) in enumerate(tokens) if name in ("clock", "elapsed")]
    told = list(tokens)
    for place, at in enumerate(clock):
        name, text = tokens[at]
        letter = text[0]
        before = tokens[clock[place - 1]][1][0] if place else ""
        after = tokens[clock[place + 1]][1][0] if place + 1 < len(clock) else ""
        if name == "elapsed":
            told[at] = f"[{letter.upper()}]", text
        elif letter == "m" and len(text) <= 2 and (before == "h" or after == "s"):
            told[at] = "M", text
        elif letter == "d" and len(text) > 2:
            told[at] = "w", text
        else:
            told[at] = {"h": "H", "s": "S", "e": "y", "b": "y"}.get(letter, letter), text
    return tuple(told)


def _write(tokens: tuple[tuple[str, str], ...], parts: int, places: int) -> str:
    """Return a time or a duration, given in units of 10**-places seconds, in the tokens of its format."""
    seconds, decimals = divmod(parts, 10**places)
    numbers = {"H": seconds // 3600 % 24, "M": seconds // 60 % 60, "S": seconds % 60}
    numbers |= {"[H]": seconds // 3600, "[M]": seconds // 60, "[S]": seconds}
    shown = ""
    for name, text in tokens:
        if name in numbers:
            whole, point, after = text.partition(".")
            shown += f"{numbers[name]:0{min(len(whole), 2)}}"
            shown += "," + f"{decimals:0{places}}"[: len(after)] if point else ""
        elif name != "noon":
            shown += text
    return shown
