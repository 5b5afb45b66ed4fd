"""The templates of the preview's own pages, in pages/."""

import secrets
from functools import cache
from pathlib import Path

from jinja2 import Environment

from plugins.preview.addresses import HANDBOOK_URL, JOBS_URL, REMOVED_URL, STAFF_URL, WHOLE_HANDBOOK_URL
from plugins.preview.handbook.places import find_link, of_refusal
from plugins.preview.jobs.commands import COMMANDS
from plugins.preview.own_files import own_folder
from plugins.sources.problem import Invalid
from plugins.templates import open_templates

# Sent with every request that changes something. Pages of other sites can neither read it nor send its header.
TOKEN = secrets.token_urlsafe()


def render(template: str, **values: object) -> bytes:
    """Return a page from a template in pages/ and the values it names, in UTF-8; own files are in `own_folder`."""
    return _environment().get_template(template).render(values, own_folder=own_folder()).encode()


def render_refusal(refusal: Invalid, path: str = "") -> bytes:
    """Return the page that says why a file is not shown; with the `path` of one gone, it offers text kept of it."""
    return render("khong-sua.html", problem=of_refusal(refusal), path=path)


@cache
def _environment() -> Environment:
    made = open_templates(Path(__file__).parent / "pages")
    made.filters["handbook"] = find_link
    made.globals |= {"commands": COMMANDS, "token": TOKEN}
    made.globals |= {"jobs_url": JOBS_URL, "staff_url": STAFF_URL, "deleted_url": REMOVED_URL}
    made.globals |= {"handbook_url": HANDBOOK_URL, "whole_url": WHOLE_HANDBOOK_URL}
    return made
