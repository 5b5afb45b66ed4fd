"""Running Pelican from a command of ours, on content that has been read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pelican.log import console
from pelican.settings import read_settings

from plugins.exemplars.door.site import SitePelican
from plugins.exemplars.selection import select_edition

if TYPE_CHECKING:
    from pathlib import Path

    from plugins.content.load import Content
    from plugins.exemplars.edition import Edition


def run_pelican(content: Content, settings_file: Path, overrides: dict[str, Any]) -> Edition:
    """Let Pelican write a site, without a word. Returns the edition that it shows."""
    was_quiet, console.quiet = console.quiet, True
    project = settings_file.parent
    try:
        folders = {"PATH": str(project / "content"), "THEME": str(project / "theme")}
        settings = read_settings(str(settings_file), folders | overrides)
        edition = select_edition(content, drafts=settings["SHOW_DRAFTS"], samples=settings["SHOW_SAMPLES"])
        templates = settings["JINJA_ENVIRONMENT"] | {"bytecode_cache": settings["MEMORY"].templates}
        SitePelican(settings | {"CONTENT": content, "EDITION": edition, "JINJA_ENVIRONMENT": templates}).run()
    finally:
        console.quiet = was_quiet
    return edition
