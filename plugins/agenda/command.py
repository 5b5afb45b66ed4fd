"""`calendar`: the office's calendar as an .ics file; nothing that is there is ever overwritten."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from plugins.agenda.events import list_events
from plugins.agenda.ics import render_ics
from plugins.content.load import load_content
from plugins.exemplars.hooks import installed
from plugins.official.filing import file_documents
from plugins.output import explain
from plugins.sources import values
from plugins.sources.problem import Invalid
from plugins.vietnamese import format_date, format_number, today

if TYPE_CHECKING:
    from pathlib import Path

    from plugins.content.content import Content

FOLDER, NAME = "lich", "lich"


def write_calendar(project: Path, date: str = "") -> int:
    """Write the calendar, as of `date` or today. Returns the exit code: 1 when not all of it could be read."""
    try:
        day = values.day(date) if date else today()
    except Invalid as invalid:
        print(f"Chưa làm được lịch: {invalid.message}; {invalid.fix}", file=sys.stderr)
        return 1
    content = load_content(project, day, installed(project))
    for problem in content.errors:
        print(problem, file=sys.stderr)
    if not content.is_sound or content.is_passing:
        print("Chưa làm được lịch: hãy sửa các lỗi trên rồi chạy lại.", file=sys.stderr)
        return 1
    events = list_events(content)
    try:
        written = file_documents(project, FOLDER, {NAME: {".ics": render_ics(events, name_calendar(content))}})
    except OSError as error:
        print(f"Chưa ghi được lịch vào {FOLDER}/: {explain(error, project, doing='đọc hoặc ghi')}.", file=sys.stderr)
        return 1
    for event in events:
        if event.overdue:
            print(f"Quá hạn từ {format_date(event.last)}: {event.title}; {event.overdue}.")
    coming = sum(event.last >= content.day for event in events)
    print(f"Đã ghi {', '.join(written)}: {format_number(len(events))} việc, {format_number(coming)} việc chưa qua.")
    return 1 if content.errors else 0


def name_calendar(content: Content) -> str:
    """Return what a calendar program calls it."""
    return f"Lịch công tác, {content.office.site_name}"
