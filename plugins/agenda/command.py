"""`calendar`: the office's calendar as an .ics file, never over an existing one."""

from pathlib import Path

from plugins.agenda.events import list_events
from plugins.agenda.ics import render_ics
from plugins.content.content import Content
from plugins.content.load import can_use, load_content
from plugins.exemplars.hooks import installed
from plugins.official.filing import fails_with, file_documents
from plugins.sources import values
from plugins.vietnamese import format_date, format_number, today

FOLDER, NAME = "lich", "lich"
_FAILURE = "Chưa làm được lịch"


@fails_with(_FAILURE)
def write_calendar(project: Path, date: str = "") -> int:
    """Write the calendar as of a date, by default today, and return the exit code: 1 if any content has an error."""
    content = load_content(project, values.day(date) if date else today(), installed(project))
    if not can_use(content, _FAILURE):
        return 1
    events = list_events(content)
    written = file_documents(project, FOLDER, {NAME: {".ics": render_ics(events, name_calendar(content))}})
    for event in events:
        if event.overdue:
            print(f"Quá hạn từ {format_date(event.last)}: {event.title}; {event.overdue}.")
    coming = sum(event.last >= content.day for event in events)
    print(f"Đã ghi {', '.join(written)}: {format_number(len(events))} việc, {format_number(coming)} việc chưa qua.")
    return 1 if content.errors else 0


def name_calendar(content: Content) -> str:
    """Return the name that calendar programs show."""
    return f"Lịch công tác, {content.office.site_name}"
