"""`progress`: tables of a year and the letters to send, in the terminal or as JSON."""

import json
import sys
from dataclasses import asdict, astuple
from datetime import date
from pathlib import Path
from typing import Any

from plugins.content.content import Content, as_of_its_day
from plugins.content.load import can_use, load_content
from plugins.content.registers.register_files import FOLDER, PAPERS_FOLDER
from plugins.content.registers.registration import OWN
from plugins.content.registers.schedule import Deadline
from plugins.content.sent import SENT_FILE
from plugins.content.vocabulary.files import FOLDER as VOCABULARY
from plugins.content.vocabulary.terms import Office
from plugins.exemplars.hooks import installed
from plugins.official.filing import fails_with
from plugins.registers import reminder
from plugins.registers.progress import CommuneProgress, Due, Progress, Step, build_progress, known_years
from plugins.sources import values
from plugins.sources.problem import Invalid, Problem
from plugins.vietnamese import format_date, format_number, today

_FAILURE = "Chưa xem được tiến độ"


@fails_with(_FAILURE)
def show_progress(project: Path, year: str, day: str = "", *, as_json: bool = False) -> int:
    """Print the progress of a year, on `day` or today, and return the exit code: 1 if some of it could not be read."""
    on = values.day(day) if day else today()
    number = values.year(year) if year else on.year
    if (found := load_followed(project, on, number, _FAILURE, SENT_FILE)) is None:
        return 1
    content, errors = found
    if number not in known_years(content):
        made, merged = f"register-template --year {number}", f"collect --year {number} --write"
        fix = f"làm mẫu bằng lệnh {made}, gửi các {content.vocabulary.words.one}, rồi gộp bằng lệnh {merged}"
        raise Invalid(f"Chưa có sổ đăng ký năm {number}", fix)
    publisher = content.vocabulary.signing_office(on).on_paper
    progress = build_progress(content, number)
    if as_json:
        print(json.dumps(_describe_progress(progress, publisher), ensure_ascii=False, indent=1))
    else:
        _print_tables(progress)
        for commune in progress.communes:
            print(f"\n{'─' * 8} {commune.commune.title} {'─' * 8}")
            print(reminder.write_reminder(progress, commune, publisher))
    if errors:
        print("Những dòng có lỗi nêu ở đầu chưa được tính.", file=sys.stderr)
    return 1 if errors else 0


def load_followed(
    project: Path, day: date, year: int, failure: str, *others: str
) -> tuple[Content, list[Problem]] | None:
    """Return the content as of a day, and its errors in the vocabulary, the registers of a year and `others`.

    The errors are printed; None, after printing `failure`, if the vocabulary or a register cannot be read.
    """
    content = as_of_its_day(load_content(project, day, installed(project)))
    followed = (f"{FOLDER}/{year}", f"{PAPERS_FOLDER}/{year}", f"{VOCABULARY}/", *others)
    errors = [problem for problem in content.errors if problem.path.startswith(followed)]
    if not can_use(content, failure, errors):
        return None
    if year not in content.registers and any(problem.path.startswith(f"{FOLDER}/") for problem in errors):
        print(f"{failure}: chưa đọc được sổ đăng ký năm {year}; sửa các lỗi trên rồi chạy lại.", file=sys.stderr)
        return None
    return content, errors


def _print_tables(progress: Progress) -> None:
    # Slow to import.
    from rich import box
    from rich.console import Console
    from rich.table import Table

    papers = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0))
    for heading in (progress.words.heading, *reminder.paper_headings(progress)):
        papers.add_column(heading)
    for commune in progress.communes:
        papers.add_row(reminder.commune_name(progress, commune), *reminder.paper_cells(progress, commune))
    table = Table(box=box.SIMPLE_HEAD, show_footer=True, padding=(0, 1, 0, 0))
    table.add_column(progress.words.heading, footer="Cộng")
    for heading, total in zip(reminder.HEADINGS, astuple(progress.total), strict=True):
        # As wide as its longest word, so that only the names of communes are shortened.
        width = max(map(len, heading.split()))
        table.add_column(heading, footer=format_number(total), justify="right", width=width)
    rows = [(reminder.commune_name(progress, commune), commune.tally) for commune in progress.communes]
    rows += [(OWN, progress.own_tally)] if any(astuple(progress.own_tally)) else []
    for name, tally in rows:
        table.add_row(name, *map(format_number, astuple(tally)))
    console = Console(highlight=False)
    console.print(f"Tiến độ “Dân vận khéo” năm {progress.year}, tính đến {format_date(progress.day)}", markup=False)
    console.print(reminder.format_deadlines(progress), markup=False)
    console.print(f"\nVăn bản của các {progress.words.listed}", markup=False)
    console.print(papers)
    console.print("Điển hình đã đăng ký", markup=False)
    console.print(table)


def _describe_progress(progress: Progress, publisher: Office) -> dict[str, Any]:
    """Return the JSON of `progress`, without the persons in charge and the notes."""
    deadlines = progress.schedule.deadlines if progress.schedule else {}
    return {
        "year": progress.year,
        "date": progress.day.isoformat(),
        "deadlines": {kind.name.lower(): _describe_deadline(one) for kind, one in deadlines.items()},
        "days_late": progress.days_late,
        "total": asdict(progress.total),
        "own": asdict(progress.own_tally) | {"registrations": [_describe_step(step) for step in progress.own]},
        "communes": [_describe_commune(progress, commune, publisher) for commune in progress.communes],
    }


def _describe_commune(progress: Progress, commune: CommuneProgress, publisher: Office) -> dict[str, Any]:
    return {
        "id": commune.commune.id,
        "name": commune.commune.full_name,
        **asdict(commune.tally),
        "days_late": max(0, progress.days_overdue(commune) or 0),
        "state": progress.state(commune),
        "papers": [_describe_due(due, progress.day) for due in commune.dues],
        "inspections": [
            {"kind": one.kind.label, "date": one.received_on.isoformat(), "number": one.number}
            for one in commune.inspections
        ],
        "registrations": [_describe_step(step) for step in commune.steps],
        "message": reminder.write_reminder(progress, commune, publisher),
    }


def _describe_deadline(deadline: Deadline | None) -> dict[str, str] | None:
    return {"last": deadline.last.isoformat(), "said": deadline.label} if deadline else None


def _describe_due(due: Due, day: date) -> dict[str, Any]:
    return {
        "kind": due.kind.label,
        "deadline": _describe_deadline(due.deadline),
        "received": due.received_on.isoformat() if due.received_on else None,
        "days_late": max(0, due.days_late(day) or 0),
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
