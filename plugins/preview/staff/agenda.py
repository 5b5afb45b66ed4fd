"""The office's calendar on a page of the staff, by month, and as a file for any other calendar."""

from __future__ import annotations

from dataclasses import dataclass, replace
from http import HTTPStatus
from itertools import groupby
from typing import TYPE_CHECKING

from plugins.agenda.command import NAME, name_calendar
from plugins.agenda.events import Event, list_events
from plugins.agenda.ics import render_ics
from plugins.content.agenda import AGENDA_FILE
from plugins.preview.serving.exchange import Request, Response
from plugins.preview.staff import pages as own_pages
from plugins.preview.staff.pages import AGENDA_URL

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from plugins.content.content import Content

FILE_URL = f"{AGENDA_URL.rstrip('/')}.ics"
ICS = "text/calendar; charset=utf-8"


@dataclass(frozen=True)
class Line:
    """A line of a month: an event, or None for the day that it is where nothing is on it."""

    day: date
    event: Event | None
    is_today: bool
    is_past: bool
    is_first_today: bool = False


@dataclass(frozen=True)
class Month:
    """A month of the calendar that has something in it."""

    number: int
    lines: tuple[Line, ...]


def render_agenda(address: str, content: Content | None) -> bytes | None:
    """Return the page of a year's calendar, at AGENDA_URL this year's; None at any other address."""
    if content is None:
        return None
    events = list_events(content)
    years = sorted({content.day.year, *(event.day.year for event in events)}, reverse=True)
    addresses = {f"{AGENDA_URL}{year}/": year for year in years} | {AGENDA_URL: content.day.year}
    year = addresses.get(address)
    if year is None:
        return None
    return own_pages.render_calendar(
        year=year,
        years=years,
        day=content.day,
        months=_months(events, year, content.day),
        overdue=[event for event in events if event.overdue],
        url=AGENDA_URL,
        file_url=FILE_URL,
        file=AGENDA_FILE,
        has_file=(content.project / AGENDA_FILE).is_file(),
    )


def _months(events: tuple[Event, ...], year: int, today: date) -> list[Month]:
    lines = [
        Line(one.day, one, one.day <= today <= one.last, one.last < today) for one in events if one.day.year == year
    ]
    if today.year == year and not any(line.is_today for line in lines):
        lines.append(Line(today, None, is_today=True, is_past=False))
    lines.sort(key=lambda line: line.day)
    first = next((at for at, line in enumerate(lines) if line.is_today), None)
    lines = [replace(line, is_first_today=at == first) for at, line in enumerate(lines)]
    return [Month(number, tuple(group)) for number, group in groupby(lines, key=lambda line: line.day.month)]


def send_file(request: Request) -> Response:
    """Answer with the calendar as a file."""
    content = request.site.content
    if content is None:
        said = own_pages.render_refusal("Chưa đọc được nội dung nên chưa có lịch", "sửa lỗi ở Ban biên tập")
        return Response(said, status=HTTPStatus.NOT_FOUND)
    return Response(render_ics(list_events(content), name_calendar(content)), ICS, name=f"{NAME}.ics")


ROUTES: dict[tuple[str, str], Callable[[Request], Response]] = {("GET", FILE_URL): send_file}
