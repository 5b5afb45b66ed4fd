"""The earlier texts of a file as the form lists them: each with what was changed next, saves of a minute as one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING

from plugins.content.stories.keys import story_keys
from plugins.content.vocabulary.vocabulary import Vocabulary
from plugins.editing.differences import compare, summarize
from plugins.editing.history import list_earlier, read_earlier
from plugins.editing.line_ends import read_lines
from plugins.editing.saving import open_file
from plugins.preview.form.story_files import is_story
from plugins.preview.serving.exchange import OWN, Request, Response
from plugins.preview.serving.guard import refuse
from plugins.preview.staff import pages as own_pages
from plugins.sources.problem import Invalid
from plugins.vietnamese import format_moment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from plugins.editing.differences import Line
    from plugins.editing.history import Earlier
    from plugins.editing.saving import Opened

# So many seconds after the first of them, saves are one.
_TOGETHER = 60
# So many lines around what differs are shown; the rest is folded.
_AROUND = 3


@dataclass(frozen=True)
class Passage:
    """Lines of a comparison that stand together, `folded` where nothing near them differs."""

    lines: tuple[Line, ...]
    folded: bool


def list_versions(request: Request, opened: Opened) -> list[dict[str, object]]:
    """Return the earlier texts of a file, newest first, as a script shows them.

    Of the saves of a minute the first stands for all: it has the text from before them. The others are its `more`. What
    could not be saved stands by itself, beside what is there now.
    """
    listed = list_earlier(request.site.project, opened.path)
    saved = [one for one in listed if not one.is_unsaved]
    found = {one.name: _describe(one, None, opened) for one in listed if one.is_unsaved}
    for group in _group(saved):
        more = [_describe(one, _next(saved, one), opened) for one in reversed(group[1:])]
        found[group[0].name] = _describe(group[0], _next(saved, group[-1]), opened) | {"more": more}
    return [found[one.name] for one in listed if one.name in found]


def show_version(request: Request) -> Response:
    """Answer with an earlier text, `ban`, of the file at `tep`, beside a later one, `den`; else what is there now."""
    project, name = request.site.project, request.query.get("ban", "")
    try:
        opened = open_file(project, request.query.get("tep", ""))
        text = read_lines(read_earlier(project, opened.path, name))
    except Invalid as invalid:
        return refuse(invalid)
    listed = list_earlier(project, opened.path)
    earlier = next(one for one in listed if one.name == name)
    after = next((one for one in listed if one.name == request.query.get("den")), None)
    later = read_lines(after.read()) if after else opened.text
    page = own_pages.render_version(
        path=opened.path,
        kept=name,
        moment=format_moment(earlier.moment),
        after=format_moment(after.moment) if after else "",
        summary=_summarize(text, later, is_story(opened.path)),
        passages=_fold(compare(text, later)),
        text=text,
    )
    return Response(page)


def _group(listed: Sequence[Earlier]) -> list[list[Earlier]]:
    """Return the texts oldest first, those of a minute together."""
    groups: list[list[Earlier]] = []
    for one in reversed(listed):
        if groups and (one.moment - groups[-1][0].moment).total_seconds() < _TOGETHER:
            groups[-1].append(one)
        else:
            groups.append([one])
    return groups


def _next(listed: Sequence[Earlier], one: Earlier) -> Earlier | None:
    at = listed.index(one)
    return listed[at - 1] if at else None


def _describe(one: Earlier, after: Earlier | None, opened: Opened) -> dict[str, object]:
    later = read_lines(after.read()) if after else opened.text
    what = _summarize(read_lines(one.read()), later, is_story(opened.path))
    told = {"name": one.name, "moment": format_moment(one.moment), "what": what, "to": after.name if after else ""}
    return told | {"unsaved": one.is_unsaved}


# What lies in the history never changes.
@lru_cache(maxsize=256)
def _summarize(before: str, after: str, of_story: bool) -> str:
    # What a key may say is no matter here, so that no vocabulary is.
    return summarize(before, after, story_keys(Vocabulary()) if of_story else ())


def _fold(lines: Sequence[Line]) -> list[Passage]:
    changed = [number for number, line in enumerate(lines) if line.kind != "same"]
    near = {number + step for number in changed for step in range(-_AROUND, _AROUND + 1)}
    passages: Iterator[tuple[bool, Iterator[tuple[int, Line]]]] = groupby(
        enumerate(lines), lambda at: at[0] not in near
    )
    return [Passage(tuple(line for _, line in group), folded) for folded, group in passages]


ROUTES: dict[tuple[str, str], Callable[[Request], Response]] = {("GET", f"{OWN}sua/ban-truoc"): show_version}
