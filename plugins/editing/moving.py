"""Moving a story to another address: its folder, its history, and the references to it in other files.

The folder moves in one step. An interruption loses nothing: files written before are right for both addresses, or the
check reports them.
"""

import posixpath
import re
from collections.abc import Container, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from plugins.content.addresses.old import parse_old_addresses
from plugins.content.folders import STORIES, STORY_FILE
from plugins.content.stories.reading import reference_slug
from plugins.content.stories.story import story_url
from plugins.editing.history import EDITING, copy_history
from plugins.editing.removing import follow_move
from plugins.editing.rewriting import read_fields, rewrite, sound
from plugins.editing.saving import Opened, follow, open_file, save_file
from plugins.markdown.references import CONTENT, resolve_source
from plugins.sources.files import put_in_place
from plugins.sources.folders import RESERVED
from plugins.sources.front_matter import parse_front_matter
from plugins.sources.held import explain_writing
from plugins.sources.problem import Invalid, Problem
from plugins.sources.schema import Key
from plugins.vietnamese import nfc, slugify

_SOURCE = re.compile(r"(\{filename\}|\|filename\|)([^\s)>\"'#]+)")
_FIX = "viết ngắn, không dấu, ví dụ kenh-be-tong"


@dataclass(frozen=True)
class StoryPlace:
    """The place of a story: the year and the name of its folder."""

    year: str
    name: str

    @classmethod
    def of(cls, path: str) -> "StoryPlace":
        """Return the place of the story at a path."""
        return cls(*path.split("/")[2:4])

    @property
    def slug(self) -> str:
        """The name in the address."""
        return slugify(self.name)

    @property
    def path(self) -> str:
        """The path of the file."""
        return f"{CONTENT}/{STORIES}/{self.year}/{self.name}/{STORY_FILE}"

    @property
    def url(self) -> str:
        """The address of the page."""
        return story_url(self.year, self.slug)


@dataclass(frozen=True)
class Moved:
    """The new path of a story, the files whose references were `mended`, and those `left` that may still name it."""

    path: str
    mended: tuple[str, ...]
    left: tuple[str, ...]


def choose_place(path: str, year: str, typed: str, taken: Container[str]) -> StoryPlace:
    """Return the place for a typed year and name; Invalid when it cannot be used. `taken` are slugs of all stories."""
    before, place = StoryPlace.of(path), StoryPlace(year.strip(), slugify(typed))
    if not place.slug or place.slug in RESERVED:
        raise Invalid(f'Địa chỉ "{typed}" không dùng được', _FIX)
    if not re.fullmatch(r"(?:19|20)\d\d", place.year):
        raise Invalid(f'Năm "{year}" không phải một năm', "viết bốn chữ số, ví dụ 2026")
    if place.url == before.url:
        raise Invalid("Địa chỉ mới giống địa chỉ đang dùng", "gõ địa chỉ khác")
    if place.slug in taken and place.slug != before.slug:
        raise Invalid(f'Đã có bài khác ở địa chỉ "{place.slug}"', "thêm một chữ cho khác")
    return place


def move_story(
    project: Path, keys: Sequence[Key], opened: Opened, version: str, place: StoryPlace, *, was_published: bool
) -> Moved:
    """Move a story; if it `was_published`, note its old address in it, which then redirects.

    Invalid, with nothing changed, when its folder cannot be moved; ChangedMeanwhile when its text has changed.
    """
    before = StoryPlace.of(opened.path)
    source = opened.file.parent
    target = follow(project, f"{CONTENT}/{STORIES}/{place.year}") / place.name
    if target.exists():
        raise Invalid(f"Đã có thư mục {place.year}/{place.name}", "chọn địa chỉ khác")
    text = _relink(opened.text, before.path, place.path, {before.path: place.path})
    if was_published:
        text = _keep_address(text, keys, before, place)
    copy_history(project, opened.path, place.path)
    saved = save_file(opened, project, version, text)
    try:
        with EDITING:
            target.parent.mkdir(exist_ok=True)
            put_in_place(source, target)
    except OSError as error:
        save_file(opened, project, saved, opened.text)
        raise explain_writing(error, "thư mục bài", "chuyển") from None
    follow_move(project, opened.path.rpartition("/")[0], place.path.rpartition("/")[0])
    return Moved(place.path, *_mend_others(project, keys, before, place))


def _keep_address(text: str, keys: Sequence[Key], before: StoryPlace, place: StoryPlace) -> str:
    """Return the text with the previous address among its old ones, and without the new address there."""
    matter = sound(parse_front_matter(text, ""))
    said = read_fields(matter, keys).get("old_addresses", ())
    # A name without a year meant one in the previous year folder.
    full = [old.beside(before.url) for old in parse_old_addresses(list(said))] if said else []
    old = [written for written, url in zip(said, full, strict=True) if url != place.url]
    if before.year != place.year:
        old = [url for url in full if url != place.url]
    if before.url not in full:
        old.append(before.url.strip("/"))
    return rewrite(text, keys, {"old_addresses": old}, matter.body)


def _relink(text: str, path: str, path_now: str, moved: Mapping[str, str]) -> str:
    """Return a text for `path_now` whose links have the targets they had at `path`, or the new paths in `moved`."""

    def lead(link: re.Match[str]) -> str:
        target = resolve_source(path, link[2])
        wanted = moved.get(target, target)
        if not wanted or resolve_source(path_now, link[2]) == wanted:
            return link[0]
        return f"{link[1]}{posixpath.relpath(wanted, posixpath.dirname(path_now))}"

    return _SOURCE.sub(lead, text)


def _mend_others(
    project: Path, keys: Sequence[Key], before: StoryPlace, place: StoryPlace
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Correct the references in other files. Return the paths of files corrected, and of files left to check."""
    mended, left = [], []
    address = re.compile(rf"(?<![\w/.-]){re.escape(before.url.rstrip('/'))}(?=[/)#?\"'\s>\]]|$)", re.MULTILINE)
    for opened in _naming(project, {before.name, before.slug}, place.path):
        text = _relink(opened.text, opened.path, opened.path, {before.path: place.path})
        text = address.sub(place.url.rstrip("/"), text)
        with suppress(Invalid):
            if (text := _rename_origin(text, opened.path, keys, before, place)) != opened.text:
                save_file(opened, project, opened.version, text)
                mended.append(opened.path)
        if open_file(project, opened.path).text != text or _names(text, opened.path, keys, before, place):
            left.append(opened.path)
    return tuple(mended), tuple(left)


def _naming(project: Path, names: set[str], path: str) -> Iterator[Opened]:
    """Yield every text but the one at `path` that contains any of some names."""
    for file in sorted((project / CONTENT).rglob("*.md")):
        other = nfc(file.relative_to(project).as_posix())
        with suppress(Invalid):
            opened = open_file(project, other)
            if other != path and any(name in opened.text for name in names):
                yield opened


def _rename_origin(text: str, path: str, keys: Sequence[Key], before: StoryPlace, place: StoryPlace) -> str:
    """Return a story's text with the new slug of the story that it replicates."""
    if before.slug == place.slug or not _names_origin(text, path, keys, before):
        return text
    return rewrite(text, keys, {"replicates": [place.slug]}, sound(parse_front_matter(text, path)).body)


def _names_origin(text: str, path: str, keys: Sequence[Key], before: StoryPlace) -> bool:
    matter = parse_front_matter(text, path)
    if isinstance(matter, Problem) or not path.endswith(f"/{STORY_FILE}"):
        return False
    written = read_fields(matter, keys).get("replicates", ())
    # An address of this site is a reference too, which parsing resolves.
    parse = next(key.parse for key in keys if key.attribute == "replicates")
    with suppress(Invalid):
        return [reference_slug(parse(one)) for one in written] == [before.slug]
    return False


def _names(text: str, path: str, keys: Sequence[Key], before: StoryPlace, place: StoryPlace) -> bool:
    """Return whether a text may still refer to the story by its old place."""
    year = rf"{before.year}/" if before.slug == place.slug else ""
    if re.search(rf"(?<![\w-]){year}(?:{re.escape(before.name)}|{re.escape(before.slug)})/", text):
        return True
    with suppress(Invalid):
        return before.slug != place.slug and _names_origin(text, path, keys, before)
    return False
