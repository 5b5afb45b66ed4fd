"""Choices and initial values of options, from the project and its content."""

from datetime import datetime
from pathlib import Path

from plugins.bulletin.layout import PAPERS
from plugins.content.content import Content
from plugins.letters.kinds import KINDS
from plugins.preview.jobs.boxes import Choices
from plugins.recognition.command import DECIDED, REVIEWS
from plugins.registers.collecting.files import is_spreadsheet
from plugins.release.manifest import NAME
from plugins.release.store import FOLDER, list_names, read_current
from plugins.sources.files import numbered
from plugins.spreading.command import SPEECHES, describe_speech
from plugins.vietnamese import capitalize, format_date, format_moment


def papers(_project: Path, _content: Content | None) -> Choices:
    """Return the paper sizes of the bulletin."""
    return [(paper, paper if paper == "A4" else f"{paper.replace('x', ' × ')} cm") for paper in PAPERS]


def communes(_project: Path, content: Content | None) -> Choices:
    """Return the ids of all communes, old and new."""
    known = sorted(content.vocabulary.communes, key=lambda one: one.sort_key) if content else []
    return [(one.id, one.dated_title) for one in known]


def stories(_project: Path, content: Content | None) -> Choices:
    """Return the slugs of stories that are no drafts, the newest first."""
    known = sorted(content.stories if content else (), key=lambda one: one.newest_first)
    return [(one.slug, f"{one.title} ({format_date(one.date)})") for one in known if not one.draft]


def speeches(_project: Path, _content: Content | None) -> Choices:
    """Return the regions by which numbers are spoken."""
    return [(name, capitalize(describe_speech(name))) for name in SPEECHES]


def sent(_project: Path, content: Content | None) -> Choices:
    """Return the slugs of stories that were sent on, the latest first."""
    titles = {one.slug: one.title for one in content.stories} if content else {}
    sendings = sorted(content.sendings if content else (), key=lambda one: one.sent_on, reverse=True)
    return [(slug, titles.get(slug, slug)) for slug in dict.fromkeys(one.slug for one in sendings)]


def letters(_project: Path, _content: Content | None) -> Choices:
    """Return the ids of the kinds of letters."""
    return [(kind.id, capitalize(kind.title)) for kind in KINDS]


def releases(project: Path, _content: Content | None) -> Choices:
    """Return the numbers of stored releases but the current one, the newest first."""
    folder = project / FOLDER
    current = read_current(folder)
    return [(name, describe_release(folder / name)) for name in reversed(list_names(folder)) if name != current]


def results(project: Path, _content: Content | None) -> Choices:
    """Return the paths of filled-in sheets of reviews, the newest first."""
    found = sorted(project.glob(f"{REVIEWS}/*/ket-qua-*"), reverse=True)
    return [(path, path) for file in found if is_spreadsheet(file) and (path := file.relative_to(project).as_posix())]


def levels(_project: Path, content: Content | None) -> Choices:
    """Return the levels of commendation."""
    return [(level, f"Cấp {level}") for level in (content.vocabulary.words.levels if content else ())]


def decided(_project: Path, _content: Content | None) -> Choices:
    """Return the acts that a decision may be about."""
    return [(kind.label, capitalize(kind.label)) for kind in DECIDED]


def describe_release(folder: Path) -> str:
    """Return the number of a release and the moment when it was made."""
    try:
        made = datetime.fromtimestamp((folder / NAME).stat().st_mtime).astimezone()
    except OSError:
        return f"Bản {folder.name} (hỏng)"
    return f"Bản {folder.name}, làm lúc {format_moment(made)}"


def name_consent_form(project: Path) -> str:
    """Return a file name for a consent form that is not taken."""
    return next(name for name in numbered("phieu-dong-y", ".docx") if not (project / name).exists())
