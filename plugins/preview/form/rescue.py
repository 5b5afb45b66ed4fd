"""What was typed into the form of a story whose file has gone meanwhile, saved as a story of its own."""

from __future__ import annotations

import json
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from plugins.content.stories.keys import story_keys
from plugins.editing.rewriting import GUESS
from plugins.newsroom.scaffold import render_draft, write_story
from plugins.preview.form.page import FORM_URL, sound_vocabulary
from plugins.preview.serving.guard import guarded, to_json
from plugins.sources import values
from plugins.sources.problem import Invalid
from plugins.vietnamese import nfc, slugify, today, without_unseen

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from plugins.preview.serving.exchange import Request, Response
    from plugins.sources.schema import Key


def rescue(request: Request) -> Response:
    """Make a story of what was typed, with the names of photos and the marks of guesses as they were.

    It is a draft: the other may well be there under another name.
    """
    asked = json.loads(request.body)
    folder = PurePosixPath(str(asked["path"])).parent
    year = folder.parent.name if folder.parent.name.isdecimal() and len(folder.parent.name) == 4 else str(today().year)
    body = nfc(without_unseen(str(asked["body"]))).replace("\r\n", "\n").strip("\n")
    if "values" not in asked:
        # The whole of a file that was too broken for its parts.
        return to_json({"path": write_story(request.site.project, year, folder.name, f"{body}\n")})
    keys = story_keys(sound_vocabulary(request))
    said = {key.attribute: _lines(asked["values"].get(key.attribute, ())) for key in keys}
    title = next((line for line in (*said["title"], folder.name) if slugify(line)), "bai")
    text = render_draft(keys, _answers(said), _notes(keys, asked.get("guesses", {})), f"{body}\n")
    return to_json({"path": write_story(request.site.project, _year(said["date"]) or year, title, text)})


def _lines(typed: Sequence[Any]) -> list[str]:
    return [line for one in typed if (line := _clean(str(one)))]


def _clean(line: str) -> str:
    return " ".join(nfc(without_unseen(line)).split())


def _answers(said: Mapping[str, list[str]]) -> dict[str, str | Sequence[str]]:
    answers: dict[str, str | Sequence[str]] = {"status": "nháp"}
    for name, lines in said.items():
        if lines and name not in answers:
            answers[name] = lines[0] if len(lines) == 1 else lines
    return answers


def _notes(keys: Sequence[Key], guesses: Mapping[str, str]) -> dict[str, str]:
    found = ((key.attribute, _clean(str(guesses.get(key.attribute, "")))) for key in keys)
    return {name: f"{GUESS}{guess}" for name, guess in found if guess}


def _year(written: Sequence[str]) -> str:
    """Return the year that the day says; "" when it says none."""
    try:
        return str(values.day(written[0]).year) if written else ""
    except Invalid:
        return ""


ROUTES: dict[tuple[str, str], Callable[[Request], Response]] = {("POST", f"{FORM_URL}/cuu"): guarded(rescue)}
