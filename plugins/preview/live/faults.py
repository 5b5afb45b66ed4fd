"""An exception as a problem: a broken template, style sheet or module, at its file and line."""

import re
import traceback
from pathlib import Path

from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError

from plugins.assets.bundle import BrokenStyle
from plugins.sources.problem import Problem

TEMPLATES = "theme/templates"
_CODE = ("plugins/", "pelicanconf.py", "publishconf.py", "tasks.py")
_PLACE = re.compile(r"(?P<path>[^:]+):(?P<line>\d+): (?P<what>.*)", re.DOTALL)
_TEXT_SUFFIXES = {".html", ".css", ".js", ".xml", ".txt", ".svg", ".webmanifest"}
_MEND, _MEND_CODE = "sửa dòng này", "sửa lại hoặc báo người phụ trách kỹ thuật"


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
