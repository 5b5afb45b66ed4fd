"""Staff pages that follow the content: the desk, the list of all files, the progress of a year."""

from collections.abc import Iterable
from functools import partial
from itertools import groupby

from plugins.content.content import Content, as_of_its_day
from plugins.content.registers.registration import OWN as OWN_UNITS
from plugins.content.vocabulary.files import FOLDER as VOCABULARY
from plugins.content.vocabulary.offices import FILE as OFFICES
from plugins.exemplars.model.edition import Edition
from plugins.preview.addresses import AGENDA_URL, ALL_URL, PROGRESS_URL, STAFF_URL
from plugins.preview.live.site import LiveSite
from plugins.preview.rendering import render
from plugins.preview.staff import desk
from plugins.preview.staff.agenda import render_agenda
from plugins.registers import reminder
from plugins.registers.progress import build_progress, known_years
from plugins.sources.problem import Level, Problem

_MOST = 100


def make_page(site: LiveSite, address: str) -> bytes | None:
    """Return the staff page at an address; None where there is none."""
    if address == STAFF_URL:
        with site.changed:
            content = site.content
            return render_staff(site.problems, content, site.edition, site.polling)
    if address == ALL_URL:
        return render_all(site.content)
    if address.startswith(PROGRESS_URL):
        return render_progress(address, site.content)
    if address.startswith(AGENDA_URL):
        return render_agenda(address, site.content)
    return None


def render_staff(
    problems: Iterable[Problem], content: Content | None, edition: Edition | None, polling: str = ""
) -> bytes:
    """Return the desk: the tasks of the day, problems by file, drafts, and everything still missing for a release."""
    problems = list(dict.fromkeys(problems))
    stories = edition.index.stories if edition else ()
    errors = [problem for problem in problems if problem.level is Level.ERROR]
    advice = [problem for problem in problems if problem.level is Level.ADVICE]
    office = [problem for problem in advice if problem.path == f"{VOCABULARY}/{OFFICES}"]
    other = [problem for problem in advice if problem not in office]
    return render(
        "ban-bien-tap.html",
        errors=_by_file(errors),
        error_count=len(errors),
        advice=_by_file(other),
        advice_count=len(other),
        office=office,
        drafts=desk.find_drafts(content, stories, problems) if content else [],
        dues=desk.find_dues(content) if content else [],
        samples=[story for story in stories if story.sample and not story.draft],
        most=_MOST,
        story_count=len(stories),
        polling=polling,
        years=known_years(content) if content else [],
        progress_url=PROGRESS_URL,
        all_url=ALL_URL,
        **_list_editable(content),
    )


def render_all(content: Content | None) -> bytes:
    """Return the page that lists everything that can be edited."""
    return render("tat-ca.html", stories=desk.list_stories(content) if content else [], **_list_editable(content))


def _list_editable(content: Content | None) -> dict[str, object]:
    office = content.vocabulary.office_on(content.day) if content else None
    return {
        "site_name": office.site_name if office else "",
        "files": desk.list_editable(content) if content else [],
        "registers": desk.list_registers(content.project) if content else [],
    }


def render_progress(address: str, content: Content | None) -> bytes | None:
    """Return the page of a year's progress, at PROGRESS_URL that of the current year; None for an unknown year."""
    if content is None:
        return None
    years = known_years(content)
    addresses = {f"{PROGRESS_URL}{year}/": year for year in years}
    if years:
        # Not of a later year that is only planned for.
        addresses[PROGRESS_URL] = next((year for year in years if year <= content.day.year), years[0])
    if (year := addresses.get(address)) is None:
        return None
    # The same figures as the `progress` command.
    progress = build_progress(as_of_its_day(content), year)
    office = content.vocabulary.office_on(content.day)
    return render(
        "tien-do.html",
        progress=progress,
        years=years,
        deadlines=reminder.format_deadlines(progress),
        headings=reminder.HEADINGS,
        numbers=reminder.tally_counts,
        own=progress.own_tally,
        own_name=OWN_UNITS,
        commune_name=partial(reminder.commune_name, progress),
        paper_headings=reminder.paper_headings(progress),
        paper_cells=partial(reminder.paper_cells, progress),
        reminder=partial(reminder.write_reminder, progress, publisher=office.on_paper) if office else None,
        url=PROGRESS_URL,
    )


def _by_file(problems: Iterable[Problem]) -> list[tuple[str, list[Problem]]]:
    return [(path, list(group)) for path, group in groupby(problems, key=lambda problem: problem.path)][:_MOST]
