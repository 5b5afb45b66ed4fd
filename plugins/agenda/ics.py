"""The calendar as an .ics file (RFC 5545) for Outlook, Google Calendar and phones."""

import re
from collections.abc import Collection, Iterator
from datetime import datetime, timedelta

from plugins.agenda.events import Event

MEDIA_TYPE = "text/calendar; charset=utf-8"
_ZONE = "Asia/Ho_Chi_Minh"
# Without daylight saving time; in use since 13 June 1975.
_TIMEZONE = (
    "BEGIN:VTIMEZONE",
    f"TZID:{_ZONE}",
    "BEGIN:STANDARD",
    "DTSTART:19750613T000000",
    "TZOFFSETFROM:+0800",
    "TZOFFSETTO:+0700",
    "TZNAME:+07",
    "END:STANDARD",
    "END:VTIMEZONE",
)
_MOST_OCTETS = 75
_CONTROLS = re.compile("[\x00-\x09\x0b-\x1f\x7f]")


def render_ics(events: Collection[Event], name: str) -> bytes:
    """Return events as a calendar with a name, in UTF-8; the same events give the same bytes."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Dan van kheo//Lich cong tac//VI", "CALSCALE:GREGORIAN"]
    lines += ["METHOD:PUBLISH", f"X-WR-CALNAME:{_escape(name)}"]
    if any(event.hours for event in events):
        lines += _TIMEZONE
    lines += (line for event in events for line in _describe(event))
    return b"".join(map(_fold, [*lines, "END:VCALENDAR"]))


def _describe(event: Event) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{event.uid}"
    # Not the time of writing, so that the same content gives the same file.
    yield f"DTSTAMP:{event.day:%Y%m%d}T000000Z"
    if event.hours:
        begin, end = event.hours
        start = datetime.combine(event.day, begin)
        finish = datetime.combine(event.day, end) if end else start + timedelta(hours=1)
        yield f"DTSTART;TZID={_ZONE}:{start:%Y%m%dT%H%M%S}"
        yield f"DTEND;TZID={_ZONE}:{finish:%Y%m%dT%H%M%S}"
    else:
        yield f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}"
        # Exclusive: the day after the last.
        yield f"DTEND;VALUE=DATE:{event.last + timedelta(days=1):%Y%m%d}"
        yield "TRANSP:TRANSPARENT"
    yield f"SUMMARY:{_escape(event.title)}"
    yield f"CATEGORIES:{_escape(event.kind.value)}"
    if event.place:
        yield f"LOCATION:{_escape(event.place)}"
    if description := "\n".join(filter(None, (event.who, event.note))):
        yield f"DESCRIPTION:{_escape(description)}"
    yield "END:VEVENT"


def _escape(text: str) -> str:
    """Escape a text value (RFC 5545, 3.3.11)."""
    plain = _CONTROLS.sub(" ", text)
    for sign in ("\\", ";", ","):
        plain = plain.replace(sign, f"\\{sign}")
    return plain.replace("\n", "\\n")


def _fold(line: str) -> bytes:
    """Fold a line at 75 octets (RFC 5545, 3.1), never within a character."""
    parts, part = [], b""
    for letter in line:
        octets = letter.encode()
        if len(part) + len(octets) > _MOST_OCTETS:
            parts.append(part)
            part = b" "
        part += octets
    return b"\r\n".join([*parts, part]) + b"\r\n"
