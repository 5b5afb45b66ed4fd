"""The preview's own pages, which no build has: what is wrong, what waits for whom, and the site on a phone's screen."""

from __future__ import annotations

from functools import cache, partial
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from plugins.content.as_of import as_of_its_day
from plugins.content.registers.registration import OWN as OWN_UNITS
from plugins.content.vocabulary.files import FOLDER as VOCABULARY
from plugins.content.vocabulary.offices import FILE as OFFICES
from plugins.preview.form.fields import OTHERS
from plugins.preview.form.wording import empty_of, help_of
from plugins.preview.handbook.places import find_place
from plugins.preview.jobs.commands import COMMANDS
from plugins.preview.serving.agreement import TOKEN
from plugins.preview.serving.exchange import OWN
from plugins.preview.staff import desk
from plugins.registers.progress import build_progress, known_years
from plugins.registers.reminder import write_reminder
from plugins.registers.tables import HEADINGS, commune_name, format_deadlines, paper_cells, paper_headings, tally_counts
from plugins.release.report import open_templates
from plugins.sources.problem import Level
from plugins.spreading.script import SAMPLE
from plugins.vietnamese import format_date, format_moment

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jinja2 import Environment

    from plugins.content.content import Content
    from plugins.editing.removing import Removed
    from plugins.exemplars.model.edition import Edition
    from plugins.sources.problem import Problem
    from plugins.spreading.script import Script

STAFF_URL = "/_ban-bien-tap/"
PROGRESS_URL = f"{STAFF_URL}tien-do/"
ALL_URL = f"{STAFF_URL}tat-ca/"
AGENDA_URL = f"{STAFF_URL}lich/"
DELETED_URL = f"{OWN}da-xoa"
JOBS_URL = f"{STAFF_URL}viec/"
_MOST = 100


def render_fault(problems: Iterable[Problem]) -> bytes:
    """Return the page that stands in for one that cannot be made: every error, by file and line."""
    return _render("loi.html", errors=[p for p in problems if p.level is Level.ERROR])


def render_staff(
    problems: Iterable[Problem], content: Content | None, edition: Edition | None, polling: str = ""
) -> bytes:
    """Return the staff page: what needs a hand today, what is wrong in which file, drafts, and what waits."""
    problems = list(dict.fromkeys(problems))
    stories = edition.index.stories if edition else ()
    errors = [problem for problem in problems if problem.level is Level.ERROR]
    advice = [problem for problem in problems if problem.level is Level.ADVICE]
    office = [problem for problem in advice if problem.path == f"{VOCABULARY}/{OFFICES}"]
    other = [problem for problem in advice if problem not in office]
    return _render(
        "ban-bien-tap.html",
        site_name=_site_name(content),
        errors=_by_file(errors),
        error_count=len(errors),
        advice=_by_file(other),
        advice_count=len(other),
        office=office,
        drafts=desk.find_drafts(content, stories, problems),
        dues=desk.find_dues(content),
        samples=[story for story in stories if story.sample and not story.draft],
        files=desk.list_files(content.project, content) if content else [],
        registers=desk.list_registers(content.project) if content else [],
        most=_MOST,
        stories=len(stories),
        polling=polling,
        token=TOKEN,
        years=known_years(content) if content else [],
        progress_url=PROGRESS_URL,
        all_url=ALL_URL,
        deleted_url=DELETED_URL,
    )


def render_all(content: Content | None) -> bytes:
    """Return the page that lists everything that can be edited."""
    return _render(
        "tat-ca.html",
        site_name=_site_name(content),
        stories=desk.list_stories(content),
        files=desk.list_files(content.project, content) if content else [],
        registers=desk.list_registers(content.project) if content else [],
        staff_url=STAFF_URL,
        deleted_url=DELETED_URL,
    )


def _site_name(content: Content | None) -> str:
    office = content.vocabulary.office_on(content.day) if content else None
    return office.site_name if office else ""


def render_progress(address: str, content: Content | None) -> bytes | None:
    """Return the page of a year's progress, at PROGRESS_URL the latest year's; None when nothing is known of it."""
    if content is None:
        return None
    years = known_years(content)
    addresses = {f"{PROGRESS_URL}{year}/": year for year in years}
    if years:
        # A year that is only planned for does not hide the one that is under way.
        addresses[PROGRESS_URL] = next((year for year in years if year <= content.day.year), years[0])
    year = addresses.get(address)
    if year is None:
        return None
    # As `progress` has it.
    progress = build_progress(as_of_its_day(content), year)
    office = content.vocabulary.office_on(content.day)
    return _render(
        "tien-do.html",
        progress=progress,
        years=years,
        deadlines=format_deadlines(progress),
        headings=HEADINGS,
        numbers=tally_counts,
        own=progress.own_tally,
        own_name=OWN_UNITS,
        commune_name=partial(commune_name, progress),
        paper_headings=paper_headings(progress),
        paper_cells=partial(paper_cells, progress),
        reminder=partial(write_reminder, progress, publisher=office.on_paper) if office else None,
        url=PROGRESS_URL,
        staff_url=STAFF_URL,
    )


def render_calendar(**values: object) -> bytes:
    """Return the page of a year's calendar; `values` are those that pages/lich.html names."""
    return _render("lich.html", staff_url=STAFF_URL, **values)


def render_refusal(message: str, fix: str, path: str = "") -> bytes:
    """Return the page that says why a file cannot be edited; for one gone, by its `path`, what is left."""
    return _render("khong-sua.html", message=message, fix=fix, path=path, token=TOKEN)


def render_form(**values: object) -> bytes:
    """Return the form in which a file is edited; `values` are those that pages/sua.html names."""
    return _render("sua.html", others=OTHERS, token=TOKEN, help_of=help_of, empty_of=empty_of, **values)


def render_removed(removed: Iterable[tuple[Removed, bool]]) -> bytes:
    """Return the page of what was deleted and can be put back, each with whether it is a photo."""
    return _render("da-xoa.html", removed=[*removed], token=TOKEN)


def render_version(**values: object) -> bytes:
    """Return the page of an earlier text beside a later one; `values` are those that pages/ban-truoc.html names."""
    return _render("ban-truoc.html", **values)


def render_jobs(**values: object) -> bytes:
    """Return the page that runs commands; `values` are those that pages/viec.html names."""
    return _render("viec.html", token=TOKEN, staff_url=STAFF_URL, **values)


def render_spreading(script: Script, **values: object) -> bytes:
    """Return the page with a story's script and short text; `values` are those that pages/lan-toa.html names."""
    # A line between paragraphs, for the eye of whoever reads it out.
    text = "\n\n".join(line.text for line in script.lines)
    text = f"{SAMPLE}\n\n{text}" if script.sample else text
    return _render("lan-toa.html", script=script, script_text=text, staff_url=STAFF_URL, **values)


def render_handbook(name: str, **values: object) -> bytes:
    """Return a page of the staff handbook; `values` are those that its template names."""
    return _render(name, **values)


def render_phone(address: str) -> bytes:
    """Return the page that shows an address of the site as wide as a phone."""
    return _render("dien-thoai.html", address=address)


def _by_file(problems: Iterable[Problem]) -> list[tuple[str, list[Problem]]]:
    return [(path, list(group)) for path, group in groupby(problems, key=lambda problem: problem.path)][:_MOST]


@cache
def _environment() -> Environment:
    made = open_templates(Path(__file__).parents[1] / "pages")
    made.filters["date"] = format_date
    made.filters["moment"] = format_moment
    made.filters["handbook"] = find_place
    made.globals["commands"] = COMMANDS
    made.globals["jobs_url"] = JOBS_URL
    return made


def _render(name: str, **values: object) -> bytes:
    return _environment().get_template(name).render(values).encode()
