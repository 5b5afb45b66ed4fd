"""`progress`: the table of a year in the terminal, the messages to send, or all of it as JSON."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from plugins.content.as_of import as_of_its_day
from plugins.content.load import load_content
from plugins.content.registers.reading import FOLDER
from plugins.exemplars.hooks import installed
from plugins.registers.progress import HEADINGS, Progress, build_progress, format_deadline, numbers
from plugins.registers.reminder import write_reminder
from plugins.sources import values
from plugins.sources.problem import Invalid, Level
from plugins.vietnamese import format_date, format_number, today

if TYPE_CHECKING:
    from pathlib import Path

    from plugins.content.terms import Office
    from plugins.registers.progress import CommuneProgress, Step


def show_progress(project: Path, year: str, day: str = "", *, as_json: bool = False) -> int:
    """Print the progress of a year, on `day` or today. Returns the exit code: 1 when not all of it could be read."""
    try:
        number = values.year(year or str(today().year))
        on = values.day(day) if day else today()
    except Invalid as invalid:
        print(f"Chưa xem được tiến độ. {invalid.message}; {invalid.fix}", file=sys.stderr)
        return 1
    content = as_of_its_day(load_content(project, on, installed(project)))
    errors = [p for p in content.errors if p.path.startswith((f"{FOLDER}/{number}.", "content/danh-muc/"))]
    for problem in errors:
        print(problem, file=sys.stderr)
    if not content.is_sound:
        print("Chưa xem được tiến độ: hãy sửa các lỗi trên trong danh mục rồi chạy lại.", file=sys.stderr)
        return 1
    if number not in content.registers:
        if any(problem.path.startswith(f"{FOLDER}/") for problem in errors):
            print(f"Chưa đọc được sổ đăng ký năm {number}; sửa các lỗi trên rồi chạy lại.", file=sys.stderr)
            return 1
        fix = f"làm mẫu bằng lệnh register-template --year {number}, điền rồi lưu vào {FOLDER}/{number}.xlsx"
        print(f"Chưa có sổ đăng ký năm {number}; {fix}.", file=sys.stderr)
        return 1
    try:
        publisher = content.vocabulary.signing_office(on).on_paper
    except Invalid as invalid:
        print(f"Chưa soạn được tin nhắn nhắc các xã. {invalid.message}; {invalid.fix}", file=sys.stderr)
        return 1
    progress = build_progress(content, number)
    if as_json:
        print(json.dumps(describe_progress(progress, publisher), ensure_ascii=False, indent=1))
    else:
        _print_table(progress)
        for commune in progress.communes:
            print(f"\n{'─' * 8} {commune.commune.title} {'─' * 8}\n{write_reminder(progress, commune, publisher)}")
    if errors:
        print("Những dòng có lỗi nêu ở đầu chưa được tính.", file=sys.stderr)
    return 1 if any(problem.level is Level.ERROR for problem in errors) else 0


def _print_table(progress: Progress) -> None:
    # Imported here: the other commands do not wait for it.
    from rich import box
    from rich.console import Console
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, show_footer=True, padding=(0, 1, 0, 0))
    table.add_column("Xã, thị trấn", footer="Cộng")
    for heading, total in zip(HEADINGS, numbers(progress.total), strict=True):
        # As wide as its longest word: the heading breaks between words, and only names of communes give way.
        width = max(map(len, heading.split()))
        table.add_column(heading, footer=format_number(total), justify="right", width=width)
    table.add_column("Hạn báo cáo", no_wrap=True)
    for commune in progress.communes:
        counts = map(format_number, numbers(commune.tally))
        table.add_row(commune.commune.short, *counts, progress.state(commune))
    console = Console(highlight=False)
    console.print(f"Tiến độ “Dân vận khéo” năm {progress.year}, tính đến {format_date(progress.day)}", markup=False)
    console.print(format_deadline(progress), markup=False)
    console.print(table)


def describe_progress(progress: Progress, publisher: Office) -> dict[str, Any]:
    """Return the shape that `progress --json` promises; whoever is in charge and notes are not in it."""
    deadline = progress.deadline
    return {
        "year": progress.year,
        "date": progress.day.isoformat(),
        "deadline": deadline.due.isoformat() if deadline else None,
        "days_late": progress.days_late,
        "total": asdict(progress.total),
        "communes": [_describe_commune(progress, commune, publisher) for commune in progress.communes],
    }


def _describe_commune(progress: Progress, commune: CommuneProgress, publisher: Office) -> dict[str, Any]:
    return {
        "id": commune.commune.id,
        "name": commune.commune.full_name,
        **asdict(commune.tally),
        "days_late": max(0, progress.days_late or 0) if commune.lacking or not commune.steps else 0,
        "state": progress.state(commune),
        "registrations": [_describe_step(step) for step in commune.steps],
        "message": write_reminder(progress, commune, publisher),
    }


def _describe_step(step: Step) -> dict[str, Any]:
    registration, story = step.registration, step.story
    return {
        "code": registration.code,
        "name": registration.name,
        "place": registration.place,
        "state": registration.state.label,
        "acts": [
            {"kind": act.kind.label, "date": act.day.isoformat() if act.day else None} for act in registration.acts
        ],
        "sample": registration.sample,
        "story": story.url if story else None,
        "lacks": [lack.name.lower() for lack in step.lacks],
    }
