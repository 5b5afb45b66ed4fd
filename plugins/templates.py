"""Jinja templates of pages that are not part of the site (reports, printed pages, the preview's own), and filters."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from plugins import vietnamese

FILTERS = {
    "number": vietnamese.format_number,
    "date": vietnamese.format_date,
    "weekday_date": vietnamese.format_weekday_date,
    "long_date": vietnamese.format_long_date,
    "moment": vietnamese.format_moment,
    "capitalize_first": vietnamese.capitalize,
}


def open_templates(folder: Path) -> Environment:
    """Return an environment of the templates in a folder, with the filters for Vietnamese text."""
    loader = FileSystemLoader(folder)
    made = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    made.filters |= FILTERS
    return made
