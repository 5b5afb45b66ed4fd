"""What went wrong while the site was made, as a Problem: a broken template, style sheet or module, at its line."""

from __future__ import annotations

import re
import traceback
from pathlib import Path

from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError

from plugins.assets.bundle import BrokenStyle
from plugins.preview.serving.agreement import CODE
from plugins.sources.problem import Problem

TEMPLATES = "theme/templates"
_PLACE = re.compile(r"(?P<path>[^:]+):(?P<line>\d+): (?P<what>.*)", re.DOTALL)
_TEXT_SUFFIXES = {".html", ".css", ".js", ".xml", ".txt", ".svg", ".webmanifest"}


def explain(error: Exception, project: Path) -> Problem:
    """Return the problem that an exception stands for, in one line, at the file and line where it is mended."""
    match error:
        case TemplateSyntaxError():
            path = _shown(Path(error.filename), project) if error.filename else f"{TEMPLATES}/{error.name}"
            return Problem(path, error.lineno, f"Mẫu trang viết sai ({error.message})", "sửa dòng này")
        case BrokenStyle() if place := _PLACE.match(str(error)):
            what = _one_line(place["what"])
            return Problem(place["path"], int(place["line"]), f"Kiểu trang viết sai ({what})", "sửa dòng này")
        case SyntaxError():
            path = _shown(Path(error.filename or ""), project)
            fix = "sửa lại hoặc báo người phụ trách kỹ thuật"
            return Problem(path, error.lineno or 1, f"Mã của trang viết sai cú pháp ({error.msg})", fix)
        case UnicodeDecodeError():
            if path := _not_utf8(project):
                return Problem(path, 1, "Tệp không ở mã UTF-8", "lưu lại tệp ở mã UTF-8")
    path, line = _where(error, project)
    if path.startswith(TEMPLATES):
        what = f"không có mẫu {error.name}" if isinstance(error, TemplateNotFound) else _said(error)
        return Problem(path, line, f"Mẫu trang bị lỗi ({what})", "sửa dòng này")
    return Problem(path, line, f"Mã của trang bị lỗi ({_said(error)})", "sửa lại hoặc báo người phụ trách kỹ thuật")


def _where(error: Exception, project: Path) -> tuple[str, int]:
    """Return the last place of ours that the error passed; in a template, when it is the template's."""
    passed = traceback.extract_tb(error.__traceback__)
    frames = [(_shown(Path(frame.filename), project), frame.lineno or 1) for frame in passed]
    ours = [frame for frame in frames if frame[0].startswith((TEMPLATES, *CODE))]
    if isinstance(error, TemplateError):
        ours = [frame for frame in ours if frame[0].startswith(TEMPLATES)] or ours
    return ours[-1] if ours else ("plugins/preview", 1)


def _shown(file: Path, project: Path) -> str:
    return file.relative_to(project).as_posix() if file.is_relative_to(project) else file.as_posix()


def _said(error: Exception) -> str:
    if isinstance(error, TemplateError):
        return _one_line(error.message or type(error).__name__)
    return _one_line(f"{type(error).__name__}: {error}")


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _not_utf8(project: Path) -> str:
    for file in sorted((project / "theme").rglob("*")):
        if file.suffix in _TEXT_SUFFIXES and file.is_file():
            try:
                file.read_bytes().decode()
            except UnicodeDecodeError:
                return _shown(file, project)
    return ""
