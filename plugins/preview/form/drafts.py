"""New drafts: with a title only, from a document, or from text typed into the form of a story that is gone."""

import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import Any

from plugins.content.stories.keys import story_keys
from plugins.content.vocabulary.vocabulary import Vocabulary
from plugins.editing.rewriting import GUESS, clean_line
from plugins.newsroom.importing import make_draft
from plugins.newsroom.scaffold import clean_answer, render_draft, write_draft, write_story
from plugins.preview.serving.exchange import Request, Response, to_json
from plugins.sources import values
from plugins.sources.folders import safe_stem
from plugins.sources.problem import Invalid
from plugins.vietnamese import format_date, nfc, slugify, today, without_unseen


def begin(request: Request) -> Response:
    """Create a draft with a title and today's date."""
    answers = {"title": clean_answer(str(request.json["title"])), "date": format_date(today())}
    keys = story_keys(_sound_vocabulary(request))
    return to_json({"path": write_draft(request.site.project, keys, answers, body="\n")})


def take_document(request: Request) -> Response:
    """Create a draft from a document, the body of the request, named `ten`."""
    given = Path(request.query.get("ten", ""))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"{safe_stem(given.stem, 'bai')}{given.suffix.lower()}"
        file.write_bytes(request.body)
        made = make_draft(request.site.project, _sound_vocabulary(request), file)
    return to_json({"path": made.path})


def rescue(request: Request) -> Response:
    """Save a form's text, with its photos' names and guesses, as a draft: the story may exist under another name."""
    asked, project = request.json, request.site.project
    folder = PurePosixPath(str(asked["path"])).parent
    year = folder.parent.name if folder.parent.name.isdecimal() and len(folder.parent.name) == 4 else str(today().year)
    body = nfc(without_unseen(str(asked["body"]))).replace("\r\n", "\n").strip("\n")
    if "values" not in asked:
        # The form showed the whole text of a file that could not be taken apart.
        return to_json({"path": write_story(project, year, folder.name, f"{body}\n")})
    keys = story_keys(_sound_vocabulary(request))
    typed = {key.attribute: _lines(asked["values"].get(key.attribute, ())) for key in keys}
    title = next((line for line in (*typed["title"], folder.name) if slugify(line)), "bai")
    answers = {name: lines[0] if len(lines) == 1 else lines for name, lines in typed.items() if lines}
    guesses = {name: clean_line(str(guess)) for name, guess in asked.get("guesses", {}).items() if name in typed}
    notes = {name: f"{GUESS}{guess}" for name, guess in guesses.items() if guess}
    text = render_draft(keys, answers | {"status": "nháp"}, notes, f"{body}\n")
    return to_json({"path": write_story(project, _year(typed["date"]) or year, title, text)})


def _sound_vocabulary(request: Request) -> Vocabulary:
    if (content := request.site.content) is None or not content.is_sound:
        raise Invalid("Danh mục đang có lỗi nên chưa lập được bài", "sửa các lỗi trong danh mục trước")
    return content.vocabulary


def _lines(typed: Sequence[Any]) -> list[str]:
    return [line for one in typed if (line := clean_line(str(one)))]


def _year(written: Sequence[str]) -> str:
    """Return the year of the typed date; "" when there is none."""
    with suppress(Invalid, IndexError):
        return str(values.day(written[0]).year)
    return ""
