"""A story that is still being typed, for the page beside the form: with its errors left out, pictures marked.

Nothing else reads a story like this; its errors are reported by the ordinary reading.
"""

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from plugins.content.folders import STORY_FILE
from plugins.content.stories.keys import story_keys
from plugins.content.stories.reading import build_story, parse_story
from plugins.content.stories.story import GalleryPhoto, Story
from plugins.content.vocabulary.vocabulary import Vocabulary
from plugins.editing.rewriting import read_fields
from plugins.markdown.excess import find_excess
from plugins.markdown.pictures import find_pictures
from plugins.markdown.reading import read_body
from plugins.photos.photo import Photo, load_photo, open_cache
from plugins.sources.folders import list_folder
from plugins.sources.front_matter import parse_front_matter
from plugins.sources.problem import Invalid, Level, Problem
from plugins.sources.schema import Key, Record
from plugins.vietnamese import nfc, slugify, today

WORDLESS = "Ảnh này chưa có mô tả"
LOST = "Không mở được tệp của ảnh này"
UNTITLED = "Bài chưa có tiêu đề"
_IMAGE = re.compile(r"(<img [^>]*>)(\s*</picture>)?")
# Attributes without which there is no page: kept even where their line has an error.
_KEPT = frozenset({"title", "date", "kind", "field", "commune", "exemplar", "photo", "photo_alt", "gallery"})


def read_anyway(
    project: Path, path: str, text: str, vocabulary: Vocabulary, problems: Iterable[Problem]
) -> Story | None:
    """Return a story without the values that have these problems; None when it cannot be taken apart."""
    matter = parse_front_matter(text, path)
    if isinstance(matter, Problem) or find_excess(matter.body, path, 1):
        return None
    folder = path.rpartition("/")[0]
    year, name = folder.split("/")[-2:]
    keys = story_keys(vocabulary)
    record = parse_story(matter, keys, path, year)
    if "withdrawn" in record.values:
        return None
    bad = {problem.line for problem in problems if problem.level is Level.ERROR}
    for attribute in [one for one in record.values if record.lines.get(one) in bad and one not in _KEPT]:
        del record.values[attribute]
    _fill(record, keys)
    body = read_body(_describe(matter.body), matter.body_line)
    rows: Iterable[str] = ()
    with suppress(Invalid):
        rows = read_fields(matter, keys).get("gallery", ())
    gallery = _gallery(rows)
    named = [record.get("photo"), *(further.name for further in gallery), *(nfc(one.target) for one in body.photos)]
    photos = _load(project, path, f"/{folder.partition('/')[2]}/", filter(None, named))
    record.values["gallery"] = tuple(further for further in gallery if further.name in photos)
    if record.get("photo") and not record.get("photo_alt"):
        record.values["photo_alt"] = WORDLESS
    record.problems.clear()
    return build_story(record, body, slugify(name), year, photos)


def mark(page: str) -> str:
    """Return a page with a visible note at each picture without a description or a file."""

    def note(found: re.Match[str]) -> str:
        image, end = found[1], found[2] or ""
        text = LOST if " src=" not in image else WORDLESS if f' alt="{WORDLESS}"' in image else ""
        return f"{image}{end}<mark>{text}</mark>" if text else found[0]

    return _IMAGE.sub(note, page)


def _fill(record: Record, keys: Sequence[Key]) -> None:
    """Give a record the values that every story has; an incomplete exemplar becomes plain news."""
    record.values.setdefault("title", UNTITLED)
    record.values.setdefault("date", today())
    missing = {key.attribute for key in keys if key.required_of and key.is_required_in(record.values)}
    if any(attribute in missing and not record.get(attribute) for attribute in ("field", "commune", "exemplar")):
        record.values.pop("kind", None)
        record.values.pop("exemplar", None)


def _describe(source: str) -> str:
    """Return a body with WORDLESS as the description of each picture that has none."""
    for picture in reversed(find_pictures(source)):
        if not picture.alt and picture.start >= 0:
            written = source[picture.start : picture.end]
            rest = written[written.index("](") :]
            source = f"{source[: picture.start]}![{WORDLESS}{rest}{source[picture.end :]}"
    return source


def _gallery(rows: Iterable[str]) -> list[GalleryPhoto]:
    found: dict[str, GalleryPhoto] = {}
    for row in rows:
        name, alt, caption = [*(part.strip() for part in row.split("|", 2)), "", ""][:3]
        found.setdefault(nfc(name), GalleryPhoto(nfc(name), alt or WORDLESS, caption))
    return list(found.values())


def _load(project: Path, path: str, url: str, names: Iterable[str]) -> dict[str, Photo]:
    folder = (project / path).parent
    entries = {name: entry for name, entry in list_folder(folder) if name != STORY_FILE and entry.is_file()}
    found: dict[str, Photo] = {}
    for name in dict.fromkeys(one for one in names if one in entries):
        with suppress(Invalid):
            found[name] = load_photo(folder / entries[name].name, url, open_cache(project))
    return found
