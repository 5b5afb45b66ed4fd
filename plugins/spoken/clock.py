"""Times of day, as they are said. Pure."""

import re

from plugins.spoken.context import END, Occurrence, rule

_QUOTED = re.compile(r"‘[^’]*$")


def _say_span(place: Occurrence) -> str | None:
    first, last = _say_time(place, "first_"), _say_time(place, "last_")
    return f"{first} đến {last}" if first and last else None


def _say_time(place: Occurrence, which: str = "") -> str | None:
    hour, minute = int(place[f"{which}hour"]), int(place[f"{which}minute"] or 0)
    if hour > 24 or minute > 59:
        return None
    said = f"{place.number(hour)} giờ"
    return f"{said} {place.number(minute)} phút" if minute else said


def _say_minutes(place: Occurrence) -> str | None:
    return None if place.follows(_QUOTED) else f"{place.number(place['minutes'])} phút"


def _time(which: str) -> str:
    full = rf"(?::|\s?(?:[hHg]|giờ)\s?)(?P<{which}minute>[0-5]\d)(?:\s?(?:phút|[’'′pm](?!\w)))?"
    return rf"(?P<{which}hour>\d{{1,2}})(?:{full}|[hHg])"


_AT = r"(?<![\w/.,:–-])"
RULES = (
    rule(rf"{_AT}{_time('first_')}\s?[-–]\s?{_time('last_')}(?!:\d){END}", _say_span),
    rule(
        rf"{_AT}(?P<hour>\d{{1,2}})(?::|\s?(?:[hHg]|giờ)\s?)(?P<minute>[0-5]\d)"
        rf"(?:\s?(?:phút|[’'′pm](?!\w)))?(?!:\d){END}",
        _say_time,
    ),
    rule(rf"{_AT}(?P<hour>\d{{1,2}})[hH]{END}", _say_time),
    rule(r"(?<![\w/.,:–-])(?P<minutes>\d{1,3})[’'′](?!\w)", _say_minutes),
)
