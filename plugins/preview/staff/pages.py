"""Staff pages that follow the content: the desk, all files, progress of a year, the calendar, a story read aloud."""

from collections.abc import Iterable
from dataclasses import astuple, dataclass, replace
from datetime import date
from functools import partial
from http import HTTPStatus
from itertools import groupby

from plugins.agenda.command import NAME, name_calendar
from plugins.agenda.events import Event, list_events
from plugins.agenda.ics import MEDIA_TYPE, render_ics
from plugins.content.agenda import AGENDA_FILE
from plugins.content.content import Content, as_of_its_day
from plugins.content.registers.registration import OWN as OWN_UNITS
from plugins.content.stories.story import Story
from plugins.content.vocabulary.files import FOLDER as VOCABULARY
from plugins.content.vocabulary.offices import OFFICES
from plugins.exemplars.model.edition import Edition
from plugins.preview.addresses import AGENDA_URL, ALL_URL, PROGRESS_URL, SPREADING_URL, STAFF_URL
from plugins.preview.live.site import LiveSite
from plugins.preview.rendering import render, render_refusal
from plugins.preview.serving.exchange import Request, Response, refuse
from plugins.preview.staff import desk
from plugins.registers import reminder
from plugins.registers.progress import build_progress, known_years
from plugins.sources.problem import Invalid, Level, Problem
from plugins.spreading.command import SPEECHES, describe_speech, read_speech
from plugins.spreading.script import SAMPLE, write_script, write_short_text

_MOST = 100
CALENDAR_URL = f"{AGENDA_URL.rstrip('/')}.ics"


@dataclass(frozen=True)
class AgendaLine:
    """A line of a month: an event, or None for today without one."""

    day: date
    event: Event | None
    is_today: bool
    is_past: bool
    is_first_today: bool = False


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
        numbers=astuple,
        own=progress.own_tally,
        own_name=OWN_UNITS,
        commune_name=partial(reminder.commune_name, progress),
        paper_headings=reminder.paper_headings(progress),
        paper_cells=partial(reminder.paper_cells, progress),
        reminder=partial(reminder.write_reminder, progress, publisher=office.on_paper) if office else None,
        url=PROGRESS_URL,
    )


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
        file_url=CALENDAR_URL,
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
    if (content := request.site.content) is None:
        page = render_refusal(Invalid("Chưa đọc được nội dung nên chưa có lịch", "sửa lỗi ở Ban biên tập"))
        return Response(page, status=HTTPStatus.NOT_FOUND)
    return Response(render_ics(list_events(content), name_calendar(content)), MEDIA_TYPE, name=f"{NAME}.ics")


def show_spreading(request: Request) -> Response:
    """Return the page for the story at `tep`, numbers spoken as in the region `giong`."""
    content, path = request.site.content, request.query.get("tep", "")
    story = content.sources.get(path) if content else None
    if content is None or not isinstance(story, Story):
        return refuse(Invalid("Không có bài ấy để lan tỏa", "bài có lỗi thì sửa trước; rồi mở lại từ trang của bài"))
    try:
        speech = read_speech(request.query.get("giong", ""))
    except Invalid as invalid:
        return refuse(invalid)
    script = write_script(story, content.vocabulary.office_on(content.day), speech)
    # An empty line between paragraphs, which makes them easier to read out.
    text = "\n\n".join([SAMPLE] * script.sample + [line.text for line in script.lines])
    page = render(
        "lan-toa.html",
        story=story,
        script=script,
        script_text=text,
        short_text=write_short_text(story, content.site_url),
        site_url=content.site_url,
        speeches=[(name, name_of == speech) for name, name_of in SPEECHES.items()],
        speech_words="; ".join(map(describe_speech, SPEECHES)),
        url=SPREADING_URL,
    )
    return Response(page)


def _by_file(problems: Iterable[Problem]) -> list[tuple[str, list[Problem]]]:
    return [(path, list(group)) for path, group in groupby(problems, key=lambda problem: problem.path)][:_MOST]
