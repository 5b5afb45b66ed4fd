"""Content as every command reads it, with all capabilities of the shipped settings."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment

from plugins.content.load import load_content
from plugins.exemplars.hooks import installed
from plugins.exemplars.pages.renderer import Renderer
from plugins.vietnamese import today

if TYPE_CHECKING:
    from datetime import date

    from plugins.content.content import Content
    from plugins.exemplars.hooks import Capability
    from plugins.exemplars.model.edition import Edition

PROJECT = Path(__file__).parents[1]


def make_renderer(edition: Edition, capabilities: tuple[type[Capability], ...] = ()) -> Renderer:
    """Return the renderer of an edition without templates, to look at its plan."""
    context = {"THEME": str(PROJECT / "theme"), "SHARE_PICTURES": False, "SHOW_SAMPLES": True}
    return Renderer(edition, capabilities, context, Environment(autoescape=True), str)


@cache
def _capabilities() -> tuple[type[Capability], ...]:
    return installed(PROJECT)


def load(project: Path, day: date | None = None, **how: Any) -> Content:
    """Read a project's content as of a day, today when none is given."""
    return load_content(project, day or today(), _capabilities(), **how)
