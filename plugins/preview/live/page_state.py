"""The state of a page that is open in a browser: its problems, and a digest that tells when it has changed."""

from collections.abc import Sequence
from hashlib import sha256
from pathlib import PurePosixPath

from plugins.content.folders import DOCUMENTS, PAGES, STORIES, STORY_FILE
from plugins.content.page import OfficialDocument, Page
from plugins.content.stories.story import story_url
from plugins.content.vocabulary.files import FOLDER as VOCABULARY
from plugins.markdown.references import CONTENT
from plugins.preview.handbook.places import link_to
from plugins.sources.problem import Level, Problem
from plugins.vietnamese import slugify

_MOST_SHOWN = 6


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
