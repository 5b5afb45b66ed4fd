"""The form in which a file is edited: show it with its fields, try the typed text, save it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from plugins.content.folders import DOCUMENTS, PAGES, STORY_FILE
from plugins.content.stories.keys import story_keys
from plugins.content.vocabulary.files import FOLDER as VOCABULARY
from plugins.editing.moving import StoryPlace
from plugins.editing.rewriting import read_fields, read_guesses, rewrite
from plugins.editing.saving import Missing, Opened, at_line, open_file, save_file
from plugins.markdown.references import CONTENT
from plugins.preview.form.pictures import describe_pictures
from plugins.preview.form.versions import list_versions
from plugins.preview.form.wording import empty_of, help_of, in_boxes, missing_name, remedy
from plugins.preview.handbook.places import link_to
from plugins.preview.live.page_state import is_own, is_story
from plugins.preview.rendering import render, render_refusal
from plugins.preview.serving.exchange import Request, Response, to_json
from plugins.preview.staff.desk import find_sendings
from plugins.sources.front_matter import parse_front_matter
from plugins.sources.problem import Invalid, Level, Problem
from plugins.sources.schema import Input, Key, find_key
from plugins.vietnamese import agrees

OTHERS = "Mục khác"
_MOST_ELSEWHERE = 10
# Removed from the page beside the form: its scripts would take the form's address for theirs.
_SCRIPT = re.compile(r"<script [^>]*src=[^>]*></script>")


def show_form(request: Request) -> Response:
    """Return the form for the file at `tep`: its fields, or its whole text if it has none or they cannot be read."""
    project, content = request.site.project, request.site.content
    path = request.query.get("tep", "")
    try:
        opened = open_file(project, path)
    except Invalid as invalid:
        gone = path if isinstance(invalid, Missing) else ""
        return Response(render_refusal(invalid, gone), status=HTTPStatus.NOT_FOUND)
    keys = _keys(request, opened)
    groups, body, why_whole = [], opened.text, ""
    if keys and not request.query.get("dang"):
        try:
            matter = parse_front_matter(opened.text, opened.path)
            if isinstance(matter, Problem):
                raise at_line(matter)
            groups = group_fields(keys, read_fields(matter, keys), read_guesses(opened.text, keys))
            body = matter.body.strip("\n")
        except Invalid as invalid:
            why_whole = f"{invalid.message}; {invalid.fix}"
    source = content.sources.get(opened.path) or content.gone.get(opened.path) if content else None
    page = render(
        "sua.html",
        path=opened.path,
        version=opened.version,
        groups=groups,
        others=OTHERS,
        help_of=help_of,
        empty_of=empty_of,
        body=body,
        why_whole=why_whole,
        is_story=bool(keys),
        has_page=bool(keys) or opened.path.startswith((f"{CONTENT}/{PAGES}/", f"{CONTENT}/{DOCUMENTS}/")),
        address=source.url if source else "",
        exemplars=_exemplars(request) if groups else (),
        earlier=list_versions(request, opened),
        sendings=find_sendings(content, opened.path) if content else (),
        place=StoryPlace.of(opened.path) if is_story(opened.path) else None,
    )
    return Response(page)


def try_out(request: Request) -> Response:
    """Return the problems that the file would have with the typed text, and its page."""
    asked = request.json
    opened = open_file(request.site.project, asked["path"])
    keys = _keys(request, opened)
    text = _compose(opened, keys, asked)
    problems, page = request.site.try_text(opened.path, text)
    shown = keys if "values" in asked else ()
    own = [problem for problem in problems if is_own(problem, opened.path)]
    others = [problem for problem in problems if problem not in own]
    described = [_describe(problem, text, shown) for problem in own]
    described += [one.as_dict() | {"attribute": "", **link_to(one)} for one in others[:_MOST_ELSEWHERE]]
    more = len(others[_MOST_ELSEWHERE:])
    state = {"problems": described, "more": more, "page": _SCRIPT.sub("", page.decode())}
    return to_json(state | (describe_pictures(opened, str(asked["body"])) if shown else {}))


def save_text(request: Request) -> Response:
    """Save the typed text, unless the file has changed since it was opened. Returns its errors as a sentence."""
    asked, project = request.json, request.site.project
    opened = open_file(project, asked["path"])
    version = save_file(opened, project, asked["version"], _compose(opened, _keys(request, opened), asked))
    problems = request.site.saved(opened.path, opened.file)
    earlier = list_versions(request, open_file(project, opened.path))
    return to_json({"version": version, "earlier": earlier, "warning": _warn(opened.path, problems)})


def _keys(request: Request, opened: Opened) -> tuple[Key, ...]:
    """Return the keys of a story; none for any other file, or without any content."""
    content = request.site.content
    return story_keys(content.vocabulary) if content and is_story(opened.path) else ()


def _compose(opened: Opened, keys: Sequence[Key], asked: dict[str, Any]) -> str:
    """Return the text of the file with the typed values, or with the typed text as a whole."""
    body = str(asked["body"])
    if "values" not in asked:
        return body.replace("\r\n", "\n").rstrip("\n") + "\n"
    values = {str(name): [str(line) for line in lines] for name, lines in asked["values"].items()}
    return rewrite(opened.text, keys, values, body, frozenset(map(str, asked.get("confirmed", ()))))


def _warn(path: str, problems: Sequence[Problem]) -> str:
    """Return a clause on the errors that a file was saved with, and their consequence; "" without errors."""
    own = sum(problem.level is Level.ERROR and is_own(problem, path) for problem in problems)
    others = sum(problem.level is Level.ERROR for problem in problems) - own
    counts = [f"{own} lỗi"] if own else []
    counts += [f"gây {others} lỗi ở tệp khác"] if others else []
    kept = ", trang vẫn theo bản trước" if path.startswith(f"{VOCABULARY}/") else ", chưa lên trang"
    return f"nhưng có {' và '.join(counts)}{kept if own else ''}" if counts else ""


def _describe(problem: Problem, text: str, keys: Sequence[Key]) -> dict[str, str | int]:
    """Return a problem in the words of the form, with the attribute of the key that it concerns, "" for none."""
    found = problem.as_dict() | {"attribute": ""}
    matter = parse_front_matter(text, problem.path)
    if not keys or isinstance(matter, Problem):
        return found
    key: Key | None = None
    is_of_file = problem.path.endswith(f"/{STORY_FILE}")
    # An empty body is reported at the line that closes the front matter.
    if is_of_file and problem.line >= matter.body_line - 1:
        # Counted from the first line of the box, which shows the body only.
        blank = len(matter.body) - len(matter.body.lstrip("\n"))
        found |= {"attribute": "body", "line": max(1, problem.line - matter.body_line - blank + 1)}
    elif is_of_file:
        names = [name.text for name, _ in matter.mapping.pairs if name.line <= problem.line]
        # A missing key is reported at line 1.
        key = find_key(keys, missing_name(problem.message) or (names[-1] if names and problem.line > 1 else ""))
        found["attribute"] = key.attribute if key else ""
    words = {"message": in_boxes(problem.message, key), "fix": remedy(problem.message, problem.fix, key)}
    return found | words | link_to(problem, str(found["attribute"]))


def _exemplars(request: Request) -> Iterator[tuple[str, str]]:
    """Yield the slug and the name of each exemplar that a story may replicate."""
    content = request.site.content
    known = [story for story in content.stories if story.is_exemplar] if content else []
    for story in sorted(known, key=lambda story: story.by_name):
        place = story.commune.distinct_name if story.commune else ""
        yield story.slug, f"{story.name}, {place} ({story.year.name})"


@dataclass(frozen=True)
class FormField:
    """A key with its rows, one empty row if it has no value; a row has as many parts as the key.

    `guess` names the source of a value that was filled in automatically and is not confirmed yet.
    """

    key: Key
    rows: tuple[tuple[str, ...], ...]
    guess: str = ""


def group_fields(
    keys: Sequence[Key], lines: Mapping[str, Sequence[str]], guesses: Mapping[str, str]
) -> list[tuple[str, list[FormField]]]:
    """Return the groups in the order of their first keys, with their fields; keys without a group are in OTHERS, last.

    `lines` are the values and `guesses` their sources, by attribute.
    """
    groups: dict[str, list[FormField]] = {}
    for key in keys:
        rows = tuple(_row(key, line) for line in lines.get(key.attribute) or ("",))
        groups.setdefault(key.group or OTHERS, []).append(FormField(key, rows, guesses.get(key.attribute, "")))
    return sorted(groups.items(), key=lambda group: group[0] == OTHERS)


def _row(key: Key, line: str) -> tuple[str, ...]:
    """Split a line at its bars into as many parts as the key has."""
    parts = key.widget.parts
    split = [part.strip() for part in line.split("|", maxsplit=len(parts) - 1)]
    missing = [""] * (len(parts) - len(split))
    split = missing + split if key.widget.lacking == "first" else split + missing
    return tuple(_in_options(key, part, value) for part, value in zip(parts, split, strict=True))


def _in_options(key: Key, part: Input, value: str) -> str:
    """Return the option that a value means, as “dong xuan” means Đồng Xuân; the value itself if no option does.

    “dong-xuan” means no option: it is the id of the old commune.
    """
    found = next((option for option in part.options if value and agrees(value, option)), value)
    is_whole = len(key.widget.parts) == 1
    return value if is_whole and found != value and _parse(key, found) != _parse(key, value) else found


def _parse(key: Key, value: str) -> object:
    with suppress(Invalid):
        return key.parse(value)
    return None
