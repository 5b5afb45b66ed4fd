"""The form in which a story is written in the browser: shows it, tries what is typed, saves it, takes its photos."""

from __future__ import annotations

import json
import re
import tempfile
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any

from plugins.content.folders import DOCUMENTS, PAGES, STORY_FILE
from plugins.content.stories.keys import story_keys
from plugins.content.vocabulary.files import FOLDER as VOCABULARY
from plugins.editing.history import read_earlier
from plugins.editing.moving import Place
from plugins.editing.rewriting import read_fields, read_guesses, rewrite
from plugins.editing.saving import Missing, add_file, open_file, save_file
from plugins.markdown.references import CONTENT
from plugins.newsroom.importing import make_draft
from plugins.newsroom.questions import clean_answer
from plugins.newsroom.scaffold import write_draft
from plugins.photos import pixels
from plugins.photos.sizes import KEPT_LONGEST
from plugins.preview.form.fields import group_fields
from plugins.preview.form.pictures import describe_pictures
from plugins.preview.form.story_files import is_own, is_story
from plugins.preview.form.versions import list_versions
from plugins.preview.form.wording import in_boxes, missing_name, remedy
from plugins.preview.handbook.places import link_to
from plugins.preview.serving.exchange import OWN, Request, Response
from plugins.preview.serving.guard import guarded, to_json
from plugins.preview.staff import pages as own_pages
from plugins.preview.staff.desk import find_sendings
from plugins.sources.folders import safe_stem
from plugins.sources.front_matter import parse_front_matter
from plugins.sources.problem import Invalid, Level, Problem
from plugins.sources.schema import find_key
from plugins.vietnamese import format_date, today

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from plugins.content.vocabulary.vocabulary import Vocabulary
    from plugins.editing.saving import Opened
    from plugins.sources.schema import Key

FORM_URL = f"{OWN}sua"
_MOST_ELSEWHERE = 10
# A page beside the form is only looked at; and it has no address of its own, which scripts go by.
_SCRIPT = re.compile(r"<script [^>]*src=[^>]*></script>")


def show_form(request: Request) -> Response:
    """Answer with the form for the file at `tep`; as one text where it is no story, or too broken for its parts."""
    project = request.site.project
    try:
        opened = open_file(project, request.query.get("tep", ""))
    except Invalid as invalid:
        path = request.query.get("tep", "") if isinstance(invalid, Missing) else ""
        page = own_pages.render_refusal(invalid.message, invalid.fix, path)
        return Response(page, status=HTTPStatus.NOT_FOUND)
    keys = _keys(request, opened)
    groups, body, why_whole = [], opened.text, ""
    if keys and not request.query.get("dang"):
        try:
            said, body = _read(opened, keys)
            groups = group_fields(keys, said, read_guesses(opened.text, keys))
        except Invalid as invalid:
            why_whole = f"{invalid.message}; {invalid.fix}"
    page = own_pages.render_form(
        path=opened.path,
        version=opened.version,
        groups=groups,
        body=body,
        why_whole=why_whole,
        is_story=bool(keys),
        has_page=bool(keys) or _is_flat(opened.path),
        address=_address(request, opened),
        exemplars=_exemplars(request) if groups else (),
        earlier=list_versions(request, opened),
        sendings=find_sendings(request.site.content, opened.path),
        place=Place.of(opened.path) if is_story(opened.path) else None,
    )
    return Response(page)


def try_out(request: Request) -> Response:
    """Answer with what would be wrong if the file said what is typed, and with its page."""
    asked = json.loads(request.body)
    opened = open_file(request.site.project, asked["path"])
    keys = _keys(request, opened)
    text = _compose(opened, keys, asked)
    problems, page = request.site.try_text(opened.path, text)
    shown = keys if "values" in asked else ()
    own = [problem for problem in problems if is_own(problem, opened.path)]
    others = [problem for problem in problems if problem not in own]
    described = [_describe(problem, text, shown) for problem in own]
    described += [one.as_dict() | {"attribute": "", **link_to(one)} for one in others[:_MOST_ELSEWHERE]]
    more = max(0, len(others) - _MOST_ELSEWHERE)
    answer = {"problems": described, "more": more, "page": _SCRIPT.sub("", page.decode())}
    return to_json(answer | (describe_pictures(opened, str(asked["body"])) if shown else {}))


def save(request: Request) -> Response:
    """Save what was typed, unless the file has changed since it was opened; say what is wrong with it as it is now."""
    asked = json.loads(request.body)
    project = request.site.project
    opened = open_file(project, asked["path"])
    text = _compose(opened, _keys(request, opened), asked)
    version = save_file(opened, project, asked["version"], text)
    problems = request.site.saved(opened.path, opened.file)
    earlier = list_versions(request, open_file(project, opened.path))
    return to_json({"version": version, "earlier": earlier, "warning": _warn(opened.path, problems)})


def restore(request: Request) -> Response:
    """Put an earlier text back in place; the one that it replaces becomes an earlier one."""
    asked = json.loads(request.body)
    project = request.site.project
    opened = open_file(project, asked["path"])
    version = save_file(opened, project, asked["version"], read_earlier(project, opened.path, asked["earlier"]))
    return to_json({"version": version})


def begin(request: Request) -> Response:
    """Make a draft with no more than a title, dated today."""
    asked = json.loads(request.body)
    answers = {"title": clean_answer(str(asked["title"])), "date": format_date(today())}
    keys = story_keys(sound_vocabulary(request))
    return to_json({"path": write_draft(request.site.project, keys, answers, body="\n")})


def take_document(request: Request) -> Response:
    """Make a draft of a document, the body, that was called `ten`."""
    given = Path(request.query.get("ten", ""))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"{safe_stem(given.stem, 'bai')}{given.suffix.lower()}"
        file.write_bytes(request.body)
        made = make_draft(request.site.project, sound_vocabulary(request), file)
    return to_json({"path": made.path})


def take_photo(request: Request) -> Response:
    """Put a photo, the body, into the folder of the story at `tep`: upright, without metadata, of a size to keep."""
    opened = open_file(request.site.project, request.query.get("tep", ""))
    given = Path(request.query.get("ten", "")).stem
    name = f"{safe_stem(given, 'anh')}.jpg"
    return to_json({"name": add_file(opened.file.parent, name, pixels.keep(request.body, KEPT_LONGEST))})


def _keys(request: Request, opened: Opened) -> tuple[Key, ...]:
    """Return what a story may hold; nothing for any other file, or while the vocabularies cannot be read at all."""
    content = request.site.content
    return story_keys(content.vocabulary) if content and is_story(opened.path) else ()


def _is_flat(path: str) -> bool:
    return path.startswith((f"{CONTENT}/{PAGES}/", f"{CONTENT}/{DOCUMENTS}/"))


def sound_vocabulary(request: Request) -> Vocabulary:
    """Return the vocabulary that a draft is made with; Invalid when it is broken."""
    content = request.site.content
    if content is None or not content.is_sound:
        raise Invalid("Danh mục đang có lỗi nên chưa lập được bài", "sửa các lỗi trong danh mục trước")
    return content.vocabulary


def _read(opened: Opened, keys: Sequence[Key]) -> tuple[dict[str, tuple[str, ...]], str]:
    matter = parse_front_matter(opened.text, opened.path)
    if isinstance(matter, Problem):
        raise Invalid(f"Dòng {matter.line}: {matter.message[:1].lower()}{matter.message[1:]}", matter.fix)
    return read_fields(matter, keys), matter.body.strip("\n")


def _compose(opened: Opened, keys: Sequence[Key], asked: dict[str, Any]) -> str:
    """Return the file's text with what was typed; all of it where the file is edited as one text."""
    body = str(asked["body"])
    if "values" not in asked:
        return body.replace("\r\n", "\n").rstrip("\n") + "\n"
    values = {str(name): [str(line) for line in lines] for name, lines in asked["values"].items()}
    return rewrite(opened.text, keys, values, body, frozenset(map(str, asked.get("confirmed", ()))))


def _warn(path: str, problems: Sequence[Problem]) -> str:
    """Say how many errors a file was saved with, and what follows from that; "" where it has none."""
    own = sum(problem.level is Level.ERROR and is_own(problem, path) for problem in problems)
    others = sum(problem.level is Level.ERROR for problem in problems) - own
    said = [f"{own} lỗi"] if own else []
    said += [f"gây {others} lỗi ở tệp khác"] if others else []
    if not said:
        return ""
    kept = "trang vẫn theo bản trước" if path.startswith(f"{VOCABULARY}/") else "chưa lên trang"
    return f"nhưng có {' và '.join(said)}{f', {kept}' if own else ''}"


def _describe(problem: Problem, text: str, keys: Sequence[Key]) -> dict[str, str | int]:
    """Return a problem in the words of the form, with the attribute of the key that it belongs to; "" for none."""
    found = problem.as_dict() | {"attribute": ""}
    matter = parse_front_matter(text, problem.path)
    if not keys or isinstance(matter, Problem):
        return found
    key: Key | None = None
    if problem.path.endswith(f"/{STORY_FILE}"):
        # The line that closes the front matter stands for a body that is not there.
        if problem.line >= matter.body_line - 1:
            # As the writer counts them, who sees no line of the front matter.
            blank = len(matter.body) - len(matter.body.lstrip("\n"))
            found |= {"attribute": "body", "line": max(1, problem.line - matter.body_line - blank + 1)}
        else:
            names = [name.text for name, _ in matter.mapping.pairs if name.line <= problem.line]
            # What is missing stands at no line of its own.
            name = missing_name(problem.message) or (names[-1] if names and problem.line > 1 else "")
            key = find_key(keys, name)
            found["attribute"] = key.attribute if key else ""
    said = {"message": in_boxes(problem.message, key), "fix": remedy(problem.message, problem.fix, key)}
    return found | said | link_to(problem, str(found["attribute"]))


def _address(request: Request, opened: Opened) -> str:
    """Return where the page of a file is shown; "" when it is not."""
    content = request.site.content
    source = content.sources.get(opened.path) or content.gone.get(opened.path) if content else None
    return source.url if source else ""


def _exemplars(request: Request) -> Iterator[tuple[str, str]]:
    content = request.site.content
    for story in sorted(content.stories if content else (), key=lambda story: story.by_name):
        if story.is_exemplar:
            yield (
                story.slug,
                f"{story.name}, {story.commune.distinct_name if story.commune else ''} ({story.year.name})",
            )


ROUTES: dict[tuple[str, str], Callable[[Request], Response]] = {
    ("GET", FORM_URL): show_form,
    ("POST", f"{FORM_URL}/thu"): guarded(try_out),
    ("POST", f"{FORM_URL}/luu"): guarded(save),
    ("POST", f"{FORM_URL}/khoi-phuc"): guarded(restore),
    ("POST", f"{FORM_URL}/anh"): guarded(take_photo),
    ("POST", f"{FORM_URL}/bai-moi"): guarded(begin),
    ("POST", f"{FORM_URL}/tu-word"): guarded(take_document),
}
