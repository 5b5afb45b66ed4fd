"""Content as every command reads it, with all capabilities of the shipped settings."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from plugins.content.load import load_content
from plugins.exemplars.hooks import installed
from plugins.vietnamese import today

if TYPE_CHECKING:
    from datetime import date

    from plugins.content.load import Content

PROJECT = Path(__file__).parents[1]


def load(project: Path, day: date | None = None, **how: Any) -> Content:
    """Read a project's content as of a day, today when none is given."""
    return load_content(project, day or today(), installed(PROJECT), **how)
