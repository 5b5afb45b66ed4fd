"""Earlier texts of a file: listed with a summary of each change, compared with a later one, restored."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby

from plugins.content.stories.keys import story_keys
from plugins.content.vocabulary.vocabulary import Vocabulary
from plugins.editing.differences import DiffLine, compare, summarize_changes
from plugins.editing.history import Earlier, list_earlier, read_earlier
from plugins.editing.saving import Opened, normalize_text, open_file, save_file
from plugins.preview.live.page_state import is_story
from plugins.preview.rendering import render
from plugins.preview.serving.exchange import Request, Response, refuse, to_json
from plugins.sources.problem import Invalid
from plugins.vietnamese import format_moment

# Seconds within which saves are listed as one.
_TOGETHER = 60
# Lines shown around a difference; the rest is folded.
_CONTEXT = 3


def list_versions(request: Request, opened: Opened) -> list[dict[str, object]]:
    """Return the earlier texts of a file, newest first, as JSON values for its script.

    The saves of a minute are listed as one, the first, which has the text from before them, with the others in `more`.
    A text that could not be saved is listed alone, compared with the present one.
    """
    listed = list_earlier(request.site.project, opened.path)
    saved = [one for one in listed if not one.is_unsaved]
    after = dict(zip(saved, (None, *saved), strict=False))
    found = {one.name: _describe(one, None, opened) for one in listed if one.is_unsaved}
    for group in _group(saved):
        more = [_describe(one, after[one], opened) for one in reversed(group[1:])]
        found[group[0].name] = _describe(group[0], after[group[-1]], opened) | {"more": more}
    return [found[one.name] for one in listed if one.name in found]


def show_version(request: Request) -> Response:
    """Return the earlier text `ban` of the file at `tep`, compared with the later one `den` or else the present one."""
    project, name = request.site.project, request.query.get("ban", "")
    try:
        opened = open_file(project, request.query.get("tep", ""))
        text = normalize_text(read_earlier(project, opened.path, name))
    except Invalid as invalid:
        return refuse(invalid)
    listed = list_earlier(project, opened.path)
    earlier = next(one for one in listed if one.name == name)
    after = next((one for one in listed if one.name == request.query.get("den")), None)
    later = normalize_text(after.read()) if after else opened.text
    page = render(
        "ban-truoc.html",
        path=opened.path,
        kept=name,
        moment=format_moment(earlier.moment),
        after=format_moment(after.moment) if after else "",
        summary=_summarize(text, later, is_story(opened.path)),
        hunks=_fold(compare(text, later)),
        text=text,
    )
    return Response(page)


def restore_version(request: Request) -> Response:
    """Save an earlier text of a file as its present one, unless the file has changed since it was opened."""
    asked, project = request.json, request.site.project
    opened = open_file(project, asked["path"])
    version = save_file(opened, project, asked["version"], read_earlier(project, opened.path, asked["earlier"]))
    return to_json({"version": version})


def _group(listed: Sequence[Earlier]) -> list[list[Earlier]]:
    """Return the texts oldest first, in groups of a minute."""
    groups: list[list[Earlier]] = []
    for one in reversed(listed):
        if groups and (one.moment - groups[-1][0].moment).total_seconds() < _TOGETHER:
            groups[-1].append(one)
        else:
            groups.append([one])
    return groups


def _describe(one: Earlier, after: Earlier | None, opened: Opened) -> dict[str, object]:
    later = normalize_text(after.read()) if after else opened.text
    return {
        "name": one.name,
        "moment": format_moment(one.moment),
        "what": _summarize(normalize_text(one.read()), later, is_story(opened.path)),
        "to": after.name if after else "",
        "unsaved": one.is_unsaved,
    }


# Cached, as texts in the history never change.
@lru_cache(maxsize=256)
def _summarize(before: str, after: str, of_story: bool) -> str:
    # An empty vocabulary will do: only the names of keys matter here.
    return summarize_changes(before, after, story_keys(Vocabulary()) if of_story else ())


def _fold(lines: Sequence[DiffLine]) -> list[tuple[bool, list[DiffLine]]]:
    """Return the lines of a comparison in groups, each with whether it is folded, as nothing near it differs."""
    changed = [number for number, line in enumerate(lines) if line.kind != "same"]
    near = {number + step for number in changed for step in range(-_CONTEXT, _CONTEXT + 1)}
    groups = groupby(range(len(lines)), lambda number: number not in near)
    return [(folded, [lines[number] for number in group]) for folded, group in groups]
