"""The state of a page that is open in a browser: its problems, and a digest that tells when it has changed.

An exception is a problem too: a broken template, style sheet or module, at its file and line.
"""

import re
import traceback
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path, PurePosixPath

from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError

from plugins.assets.bundle import BrokenStyle
from plugins.content.folders import DOCUMENTS, PAGES, STORIES, STORY_FILE
from plugins.content.page import OfficialDocument, Page
from plugins.content.stories.story import story_url
from plugins.content.vocabulary.files import FOLDER as VOCABULARY
from plugins.markdown.references import CONTENT
from plugins.preview.handbook.places import link_to
from plugins.sources.problem import Level, Problem
from plugins.vietnamese import slugify

_MOST_SHOWN = 6
TEMPLATES = "theme/templates"
_CODE = ("plugins/", "pelicanconf.py", "publishconf.py", "tasks.py")
_PLACE = re.compile(r"(?P<path>[^:]+):(?P<line>\d+): (?P<what>.*)", re.DOTALL)
_TEXT_SUFFIXES = {".html", ".css", ".js", ".xml", ".txt", ".svg", ".webmanifest"}
_MEND, _MEND_CODE = "sửa dòng này", "sửa lại hoặc báo người phụ trách kỹ thuật"


def is_story(path: str) -> bool:
    """Return whether a path is that of a story's file."""
    parts = PurePosixPath(path).parts
    return len(parts) == 5 and parts[:2] == (CONTENT, STORIES) and parts[-1] == STORY_FILE


def is_own(problem: Problem, path: str) -> bool:
    """Return whether a problem is in the file at a path or, for a story, anywhere in its folder."""
    return problem.path.startswith(f"{path.rpartition('/')[0]}/" if is_story(path) else path)


def is_about(problem: Problem, address: str) -> bool:
    """Return whether a problem is in the file behind the page at an address or, for a story, in its folder."""
    match problem.path.split("/"):
        case [content, folder, year, name, *_] if (content, folder) == (CONTENT, STORIES):
            return address == story_url(year, slugify(name))
        case [content, folder, name] if content == CONTENT and folder in (PAGES, DOCUMENTS):
            slug = slugify(name.removesuffix(".md"))
            return address == (Page if folder == PAGES else OfficialDocument).address(slug)
    return False


def caused_by(path: str, now: Sequence[Problem], before: Sequence[Problem] | None) -> list[Problem]:
    """Return the problems of a file, and the errors in others that were not there before; None if that is unknown."""
    own = [problem for problem in now if is_own(problem, path)]
    known = set(now if before is None else before)
    return own + [one for one in now if one.level is Level.ERROR and one not in known and one not in own]


def describe_problems(
    address: str, problems: Sequence[Problem], faults: Sequence[Problem], own: Problem | None
) -> list[dict[str, object]]:
    """Return the problems that a page shows: those of its file, `here`, in full; those of every page in short.

    `faults` are of theme and code; `own` is the reason why this page could not be rendered.
    """
    here = [*([own] if own else []), *(problem for problem in problems if is_about(problem, address))]
    # A fault of the vocabulary may show on any page.
    common = [one for one in problems if one.level is Level.ERROR and one.path.startswith(f"{VOCABULARY}/")]
    shown = list(dict.fromkeys((*here, *faults, *common)))[:_MOST_SHOWN]
    return [{**problem.as_dict(), **link_to(problem), "here": problem in here} for problem in shown]


def digest(body: bytes, style: str) -> str:
    """Return a hash of a page without the address of its style sheet, which its script swaps without a reload."""
    return sha256(body.replace(style.encode(), b"") if style else body).hexdigest()[:16]


def explain_exception(error: Exception, project: Path) -> Problem:
    """Return an exception as a problem at the line where it can be mended."""
    match error:
        case TemplateSyntaxError():
            path = _relative(Path(error.filename), project) if error.filename else f"{TEMPLATES}/{error.name}"
            return Problem(path, error.lineno, f"Mẫu trang viết sai ({error.message})", _MEND)
        case BrokenStyle() if place := _PLACE.match(str(error)):
            what = f"Kiểu trang viết sai ({_one_line(place['what'])})"
            return Problem(place["path"], int(place["line"]), what, _MEND)
        case SyntaxError():
            path = _relative(Path(error.filename or ""), project)
            return Problem(path, error.lineno or 1, f"Mã của trang viết sai cú pháp ({error.msg})", _MEND_CODE)
        case UnicodeDecodeError():
            if path := _find_undecodable(project):
                return Problem(path, 1, "Tệp không ở mã UTF-8", "lưu lại tệp ở mã UTF-8")
    path, line = _locate(error, project)
    if path.startswith(TEMPLATES):
        what = f"không có mẫu {error.name}" if isinstance(error, TemplateNotFound) else _summarize(error)
        return Problem(path, line, f"Mẫu trang bị lỗi ({what})", _MEND)
    return Problem(path, line, f"Mã của trang bị lỗi ({_summarize(error)})", _MEND_CODE)


def _locate(error: Exception, project: Path) -> tuple[str, int]:
    """Return the innermost file and line of the project in a traceback; for a template's error, of its templates."""
    passed = traceback.extract_tb(error.__traceback__)
    frames = [(_relative(Path(frame.filename), project), frame.lineno or 1) for frame in passed]
    own = [frame for frame in frames if frame[0].startswith((TEMPLATES, *_CODE))]
    if isinstance(error, TemplateError):
        own = [frame for frame in own if frame[0].startswith(TEMPLATES)] or own
    return own[-1] if own else ("plugins/preview", 1)


def _relative(file: Path, project: Path) -> str:
    return file.relative_to(project).as_posix() if file.is_relative_to(project) else file.as_posix()


def _summarize(error: Exception) -> str:
    if isinstance(error, TemplateError):
        return _one_line(error.message or type(error).__name__)
    return _one_line(f"{type(error).__name__}: {error}")


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _find_undecodable(project: Path) -> str:
    for file in sorted((project / "theme").rglob("*")):
        if file.suffix in _TEXT_SUFFIXES and file.is_file():
            try:
                file.read_bytes().decode()
            except UnicodeDecodeError:
                return _relative(file, project)
    return ""
