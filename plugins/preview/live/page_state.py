"""What an open page is told: what is wrong with it or with every page, and whether it has changed. Pure."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from plugins.content.folders import DOCUMENTS, PAGES, STORIES
from plugins.content.page import OfficialDocument, Page
from plugins.content.stories.story import story_url
from plugins.content.vocabulary.files import FOLDER as VOCABULARY
from plugins.markdown.references import CONTENT
from plugins.preview.handbook.places import link_to
from plugins.sources.problem import Level
from plugins.vietnamese import slugify

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plugins.sources.problem import Problem

_MOST_SHOWN = 6
# What is broken there may show on any page.
_OF_ALL = f"{VOCABULARY}/"


def tell_problems(
    address: str, problems: Sequence[Problem], first: Sequence[Problem], own: Problem | None
) -> list[dict[str, object]]:
    """Return what a page shows: what lies in its file, `here`, at length; what is of every page, shortly.

    `first` are faults of code and theme, and `own` is why this very page could not be made.
    """
    here = [problem for problem in problems if is_about(problem, address)]
    if own:
        here.insert(0, own)
    common = [one for one in problems if one.level is Level.ERROR and one.path.startswith(_OF_ALL)]
    shown = list(dict.fromkeys((*here, *first, *common)))[:_MOST_SHOWN]
    return [{**problem.as_dict(), **link_to(problem), "here": problem in here} for problem in shown]


def digest(body: bytes, style: str) -> str:
    """Return what tells two versions of a page apart; the style sheet aside, which is swapped in the open page."""
    return sha256(body.replace(style.encode(), b"") if style else body).hexdigest()[:16]


def is_about(problem: Problem, address: str) -> bool:
    """Tell whether a problem lies in the file that the page at an address is made of, or in that file's folder."""
    parts = problem.path.split("/")
    match parts:
        case [content, folder, year, name, *_] if (content, folder) == (CONTENT, STORIES):
            return address == story_url(year, slugify(name))
        case [content, folder, name] if content == CONTENT and folder in (PAGES, DOCUMENTS):
            slug = slugify(name.removesuffix(".md"))
            return address == (Page if folder == PAGES else OfficialDocument).address(slug)
    return False
