"""The office's calendar by month, and as a file for other calendar programs."""

from dataclasses import dataclass, replace
from datetime import date
from http import HTTPStatus
from itertools import groupby

from plugins.agenda.command import MEDIA_TYPE, NAME, name_calendar, render_ics
from plugins.agenda.events import Event, list_events
from plugins.content.agenda import AGENDA_FILE
from plugins.content.content import Content
from plugins.preview.addresses import AGENDA_URL
from plugins.preview.rendering import render, render_refusal
from plugins.preview.serving.exchange import Request, Response
from plugins.sources.problem import Invalid

FILE_URL = f"{AGENDA_URL.rstrip('/')}.ics"


@dataclass(frozen=True)
class AgendaLine:
    """A line of a month: an event, or None for today without one."""

    day: date
    event: Event | None
    is_today: bool
    is_past: bool
    is_first_today: bool = False


def render_agenda(address: str, content: Content | None) -> bytes | None:
    """Return the page of a year's calendar, at AGENDA_URL that of this year; None at any other address."""
    if content is None:
        return None
    events = list_events(content)
    years = sorted({content.day.year, *(event.day.year for event in events)}, reverse=True)
    addresses = {f"{AGENDA_URL}{year}/": year for year in years} | {AGENDA_URL: content.day.year}
    if (year := addresses.get(address)) is None:
        return None
    return render(
        "lich.html",
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


def _months(events: tuple[Event, ...], year: int, today: date) -> list[tuple[int, list[AgendaLine]]]:
    """Return the lines of a year by month."""
    there = (one for one in events if one.day.year == year)
    lines = [AgendaLine(one.day, one, one.day <= today <= one.last, one.last < today) for one in there]
    if today.year == year and not any(line.is_today for line in lines):
        lines.append(AgendaLine(today, None, is_today=True, is_past=False))
    lines.sort(key=lambda line: line.day)
    first = next((line for line in lines if line.is_today), None)
    lines = [replace(line, is_first_today=line is first) for line in lines]
    return [(number, list(group)) for number, group in groupby(lines, key=lambda line: line.day.month)]


def send_calendar(request: Request) -> Response:
    """Return the calendar as an .ics file."""
    content = request.site.content
    if content is None:
        page = render_refusal(Invalid("Chưa đọc được nội dung nên chưa có lịch", "sửa lỗi ở Ban biên tập"))
        return Response(page, status=HTTPStatus.NOT_FOUND)
    return Response(render_ics(list_events(content), name_calendar(content)), MEDIA_TYPE, name=f"{NAME}.ics")
