"""What is to be known of a story's file before anything is done with it: its keys, its title, whether it was public."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from plugins.content.addresses.urls import file_of_url
from plugins.content.folders import STORIES, STORY_FILE
from plugins.content.stories.keys import story_keys
from plugins.content.stories.showing import read_roughly
from plugins.content.vocabulary.vocabulary import Vocabulary
from plugins.editing.moving import Place
from plugins.markdown.references import CONTENT
from plugins.release.manifest import load_manifest
from plugins.release.store import FOLDER, list_names
from plugins.sources.front_matter import parse_front_matter
from plugins.sources.problem import Problem
from plugins.sources.schema import parse_record

if TYPE_CHECKING:
    from plugins.editing.saving import Opened
    from plugins.preview.serving.exchange import Request
    from plugins.sources.schema import Key, Record


def is_story(path: str) -> bool:
    """Tell whether a path is of a story's file."""
    parts = PurePosixPath(path).parts
    return len(parts) == 5 and parts[:2] == (CONTENT, STORIES) and parts[-1] == STORY_FILE


def is_own(problem: Problem, path: str) -> bool:
    """Tell whether a problem lies in a file; of a story, also in what lies beside it."""
    return problem.path.startswith(f"{path.rpartition('/')[0]}/" if is_story(path) else path)


def keys_of(request: Request) -> tuple[Key, ...]:
    """Return what a story may hold, by the vocabulary as it was last read."""
    content = request.site.content
    return story_keys(content.vocabulary if content else Vocabulary(unread=frozenset({"xa.yaml"})))


def title_of(request: Request, opened: Opened) -> str:
    """Return a story's title; the name of its folder while it has none."""
    return str(_read(request, opened).get("title") or opened.path.split("/")[-2])


def was_published(request: Request, opened: Opened) -> bool:
    """Tell whether readers may have seen a story: a release at hand has its page, or it is neither draft nor sample."""
    record = _read(request, opened)
    if "withdrawn" in record.values or not (record.get("status") or record.get("sample")):
        return True
    page = file_of_url(Place.of(opened.path).url)
    releases = request.site.project / FOLDER
    return any(page in (load_manifest(releases / name) or ()) for name in list_names(releases))


def _read(request: Request, opened: Opened) -> Record:
    keys, matter = keys_of(request), parse_front_matter(opened.text, opened.path)
    if isinstance(matter, Problem):
        return read_roughly(opened.text, keys, opened.path)
    return parse_record(keys, matter.mapping, opened.path)
