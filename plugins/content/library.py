"""The folders of vocabulary, stories, pages and documents, read once, with every problem in them.

With a `ContentCache`, only stories whose folders changed are read again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

from plugins.content.addresses.old import Gone, check_addresses
from plugins.content.addresses.sections import TAKEN
from plugins.content.body_checks import check_body, describe_missing_photo
from plugins.content.cross_checks import check_links, check_mentions, check_replication, check_titles, find_origins
from plugins.content.folders import (
    AGENDA,
    DOCUMENTS,
    GATHERED,
    MEMBERS,
    PAGES,
    PAPERS,
    REGISTERS,
    REPORTS,
    SCHEDULE,
    SENT,
    STORIES,
    STORY_FILE,
    TEMPLATES,
    hides_many,
)
from plugins.content.page import OfficialDocument, Page, parse_page
from plugins.content.stories.keys import PROSE, story_keys
from plugins.content.stories.reading import build_story, parse_story
from plugins.content.stories.showing import NEVER, read_roughly, shown_from
from plugins.content.stories.story import Story, story_url
from plugins.content.vocabulary.files import FILES as VOCABULARY_FILES
from plugins.content.vocabulary.files import FOLDER as VOCABULARY_FOLDER
from plugins.content.vocabulary.files import load_vocabulary
from plugins.language.advice import advise
from plugins.markdown.excess import find_excess
from plugins.markdown.reading import read_body
from plugins.markdown.references import CONTENT
from plugins.photos.photo import Photo, load_photo, open_cache
from plugins.sources.folders import RESERVED, list_folder
from plugins.sources.front_matter import parse_front_matter
from plugins.sources.held import Unread
from plugins.sources.problem import Invalid, Level, Problem
from plugins.sources.text import read_text
from plugins.teamwork import Team
from plugins.vietnamese import nfc, slugify, squash

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from plugins.content.members.elsewhere import Gathered
    from plugins.content.stories.history import Withdrawal
    from plugins.content.vocabulary.vocabulary import Vocabulary
    from plugins.markdown.body import Body
    from plugins.photos.cache import Cache
    from plugins.sources.folders import DirEntry
    from plugins.sources.front_matter import FrontMatter
    from plugins.sources.schema import Key, Record

_PHOTO_SUFFIXES = (
    *(".jpg", ".jpeg", ".jfif", ".png", ".webp", ".heic", ".heif", ".avif"),
    *(".gif", ".bmp", ".tif", ".tiff"),
)
# What Notepad puts after a name.
_TYPED = ".txt"

Source = Story | Page | OfficialDocument


@dataclass(frozen=True)
class Library:
    """Vocabulary, stories, pages and documents: `sources` are the sound files by path, `gone` what was taken down.

    `shown_from` tells by its folder from which day a publish shows a story, sound or not; the last of all days: never.
    """

    vocabulary: Vocabulary
    sources: dict[str, Source]
    gone: dict[str, Gone]
    problems: tuple[Problem, ...]
    files: int
    shown_from: Mapping[str, date] = field(default_factory=dict)
    unread: frozenset[str] = frozenset()  # the folders of stories of whose files nothing could be read


@dataclass
class _Told:
    """What was read in one story's folder: as much as there is of it, and what is wrong there."""

    folder: str
    problems: list[Problem]
    shown_from: date = date.min  # the day
    is_unread: bool = False  # so that nothing tells whether it is a draft
    path: str = ""  # of its file
    slug: str = ""
    url: str = ""
    record: Record | None = None
    body: Body | None = None
    story: Story | None = None

    @property
    def is_passing(self) -> bool:
        """Tell whether the next look may see something else though nothing has been written meanwhile."""
        return any(problem.passing for problem in self.problems)


@dataclass
class _Reading:
    """What accumulates while the folders are walked."""

    project: Path
    vocabulary: Vocabulary
    problems: list[Problem]
    sources: dict[str, Source] = field(default_factory=dict)
    # Of every story, sound or not: what is wrong with one must not hide what is wrong with another.
    records: dict[str, Record] = field(default_factory=dict)
    bodies: dict[str, Body] = field(default_factory=dict)
    flat: dict[str, Record] = field(default_factory=dict)  # pages and documents
    withdrawn: dict[str, Record] = field(default_factory=dict)
    urls: dict[str, str] = field(default_factory=dict)  # by path
    slugs: dict[str, str] = field(default_factory=dict)  # slug -> path, stories alone
    paths: set[str] = field(default_factory=set)
    shown_from: dict[str, date] = field(default_factory=dict)  # by the path of the folder
    unread: set[str] = field(default_factory=set)
    aside: set[str] = field(default_factory=set)  # drafts and samples
    files: int = 0

    def add(self, told: _Told) -> None:
        """Take in what was read of one story, by itself."""
        self.problems += told.problems
        self.shown_from[told.folder] = told.shown_from
        self.unread |= {told.folder} if told.is_unread else set()
        if not (path := told.path):
            return
        self.paths.add(path)
        self.files += 1
        if told.record and "withdrawn" in told.record.values:
            self.withdrawn[path] = told.record
        elif told.record:
            self.records[path] = told.record
        if told.slug:
            self.urls[path] = told.url
            if told.shown_from == NEVER and path not in self.withdrawn:
                self.aside.add(path)
            if (first := self.slugs.setdefault(told.slug, path)) != path:
                # What no publish shows gives way.
                if is_first := first in self.aside and path not in self.aside:
                    self.slugs[told.slug] = path
                at, other = (first, path) if is_first else (path, first)
                message = f'Tên bài "{told.slug}" trùng với {other}'
                self.problems.append(Problem(at, 1, message, "đổi tên một trong hai thư mục"))
        if told.body:
            self.bodies[path] = told.body
        if told.story:
            self.sources[path] = told.story


class ContentCache:
    """What was read for the last library of a project and holds for the next, unless it is forgotten first."""

    def __init__(self, project: Path) -> None:
        self._project = project
        self.forget_all()

    def forget_all(self) -> None:
        """Have everything read anew."""
        self.vocabulary: tuple[Vocabulary, list[Problem]] | None = None
        # The folders of the stories as the disk has them, with their path and year, and each story as it was read.
        # None: not listed yet.
        self.folders: list[tuple[str, str, str]] | None = None
        self.strays: list[Problem] = []
        self.stories: dict[str, _Told] = {}  # by the path of the folder
        self.bodies: dict[str, Body] = {}  # of pages and documents, whose files are read every time
        self.others: Gathered | None = None

    def __getstate__(self) -> dict[str, Any]:
        # To read what was gathered takes no longer than to read it from here.
        return self.__dict__ | {"others": None}

    def forget(self, changed: Path) -> None:
        """Have read anew what a file or folder that was written, made or removed may alter."""
        try:
            first, *rest = changed.relative_to(self._project / CONTENT).parts
        except ValueError:
            # Outside; or the folder itself, which relative_to gives no parts for.
            if changed == self._project / CONTENT:
                self.forget_all()
            return
        if first == STORIES and rest:
            # The folder itself, or the year that it stands in, was made, renamed or removed.
            if len(rest) < 3:
                self.folders = None
            path = nfc("/".join((CONTENT, STORIES, *rest[:2])))
            if len(rest) > 1:
                self.stories.pop(path, None)
            else:
                self.stories = {kept: story for kept, story in self.stories.items() if not kept.startswith(f"{path}/")}
        elif first not in (
            PAGES,
            DOCUMENTS,
            REGISTERS,
            PAPERS,
            REPORTS,
            TEMPLATES,
        ):  # which are few, and read every time
            self.forget_all()


class LoadOptions(TypedDict, total=False):
    """How a project is to be read.

    What `kept` still holds is taken from there, and what is read is put there. `typed` are texts, by path, that are not
    saved yet: they are read in place of their files, and not kept; nor is anything else, where one is a vocabulary.
    `registers` is the folder that they are read from, where it is not their own.
    Other processes take part, unless `alone`; `meanwhile` is called once they have begun. Where only `checking`, no
    body has its HTML.
    """

    publishing: bool
    kept: ContentCache
    typed: Mapping[str, str]
    registers: Path
    alone: bool
    meanwhile: Callable[[], object]
    checking: bool


def read_library(project: Path, **how: Unpack[LoadOptions]) -> Library:
    """Read vocabulary, stories, pages and documents. Never raises for what a person wrote; see `problems`."""
    kept, typed = how.get("kept") or ContentCache(project), how.get("typed", {})
    if not typed.keys().isdisjoint(f"{VOCABULARY_FOLDER}/{name}" for name in VOCABULARY_FILES):
        # By it, everything may mean something else.
        kept = ContentCache(project)
    read = kept.vocabulary or load_vocabulary(project, typed)
    if any(problem.passing for problem in read[1]):
        # So it may with what is not known only now.
        kept = ContentCache(project)
    kept.vocabulary = read
    vocabulary, problems = read[0], [*read[1]]
    reading = _Reading(project, vocabulary, problems)
    reading.files += sum(1 for _ in list_folder(project / VOCABULARY_FOLDER))
    _read_stories(reading, kept, how)
    _read_flat(reading, kept, PAGES, Page, typed)
    _read_flat(reading, kept, DOCUMENTS, OfficialDocument, typed)
    _report_strays(reading)
    origins = find_origins(reading.records, reading.slugs)
    problems += check_titles(reading.records)
    # Of what leads into a folder that cannot be listed, it is not known whether it leads anywhere.
    if not any(map(hides_many, problems)):
        problems += check_links(reading.bodies, reading.paths, reading.urls)
        problems += check_replication(reading.records, reading.slugs, origins)
    shown = reading.records | reading.flat
    sites = [office.site_url for office in vocabulary.offices]
    problems += check_addresses(shown | reading.withdrawn, reading.urls, sites, reading.aside)
    mentions = [*check_mentions(reading.withdrawn, shown, reading.sources)]
    problems += mentions
    untold = {problem.path for problem in mentions if problem.level is Level.ERROR}
    bad = {problem.path for problem in problems if problem.level is Level.ERROR}
    sources = {path: source for path, source in reading.sources.items() if path not in bad}
    gone = {path: _gone(record, reading.urls[path], path in untold) for path, record in reading.withdrawn.items()}
    told = tuple(sorted(set(problems)))
    return Library(vocabulary, sources, gone, told, reading.files, reading.shown_from, frozenset(reading.unread))


def _gone(record: Record, url: str, is_untold: bool) -> Gone:
    withdrawal: Withdrawal = record.values["withdrawn"]
    former = tuple(old.beside(url) for old in record.get("old_addresses", ()))
    told = record.get("sample", False), record.get("registration", ""), record.lines["withdrawn"]
    return Gone(url, withdrawal.day, "" if is_untold else withdrawal.reason, former, *told)


def _read_stories(reading: _Reading, kept: ContentCache, how: LoadOptions) -> None:
    folders, strays = (kept.folders, kept.strays) if kept.folders is not None else list_story_folders(reading.project)
    if not any(problem.passing for problem in strays):
        kept.folders, kept.strays = folders, strays
    reading.problems += strays
    vocabulary, typed = reading.vocabulary, how.get("typed", {})
    keys, cache = story_keys(vocabulary), open_cache(reading.project)
    parse = partial(read_body, is_shown=not how.get("checking", False))

    def read(found: tuple[str, str, str]) -> _Told:
        return _read_story(found, typed, keys, cache, parse)

    missing = [found for found in folders if found[1] not in kept.stories or f"{found[1]}/{STORY_FILE}" in typed]
    terms = (*vocabulary.fields, *vocabulary.communes, *vocabulary.movements)
    team = Team(missing, read, "Đọc bài", alone=how.get("alone", False), shared=(vocabulary, *terms)).start()
    how.get("meanwhile", lambda: None)()
    stories = dict(kept.stories)
    for (_, path, _), story in zip(missing, team.finish(), strict=True):
        stories[path] = story
        if f"{path}/{STORY_FILE}" not in typed and not story.is_passing:
            kept.stories[path] = story
    for _, path, _ in folders:
        reading.add(stories[path])


def list_story_folders(project: Path) -> tuple[list[tuple[str, str, str]], list[Problem]]:
    """Return the folder of each story with its path and year, and what stands there that is none."""
    folders: list[tuple[str, str, str]] = []
    strays: list[Problem] = []
    base = f"{CONTENT}/{STORIES}"
    fix = "đặt bài vào bai-viet/<năm>/<tên-bài>/bai.md"
    for year, year_folder in list_folder(project / CONTENT / STORIES, base, strays):
        if not year_folder.is_dir() or not re.fullmatch(r"\d{4}", year):
            what = "Thư mục" if year_folder.is_dir() else "Tệp"
            strays.append(Problem(f"{base}/{year}", 1, f'{what} "{year}" không phải một năm', fix))
            continue
        for name, folder in list_folder(year_folder.path, f"{base}/{year}", strays):
            path = f"{base}/{year}/{name}"
            if folder.is_dir():
                folders.append((folder.path, path, year))
            else:
                # A story may be meant; nothing else is to be shown.
                level = Level.ERROR if _may_be_story(name) else Level.ADVICE
                strays.append(Problem(path, 1, f'Tệp "{name}" không nằm trong thư mục bài nào', fix, level))
    return folders, strays


def _may_be_story(name: str) -> bool:
    """Tell whether a file of another name than bai.md was likely meant to be one."""
    return squash(name.lower().removesuffix(_TYPED)) in ("bai", squash(STORY_FILE)) or ".md" in name.lower()


def _read_story(
    found: tuple[str, str, str],
    typed: Mapping[str, str],
    keys: tuple[Key, ...],
    cache: Cache,
    parse: Callable[[str, int], Body],
) -> _Told:
    folder, folder_path, year = found
    problems: list[Problem] = []
    told = _Told(folder_path, problems)
    entries = dict(list_folder(folder, folder_path, problems))
    file = entries.get(STORY_FILE)
    is_listed = not told.is_passing
    if file is None and is_listed:
        near = next((name for name in entries if _may_be_story(name)), None)
        fix = f'đổi tên "{near}" thành bai.md' if near else "viết bài vào tệp bai.md, hoặc xóa thư mục"
        if near and near.lower().endswith(_TYPED):
            fix += ", bỏ .txt; Notepad thêm đuôi ấy: lúc lưu chọn Kiểu tệp là Mọi tệp (All files)"
        problems.append(Problem(folder_path, 1, "Thư mục bài không có tệp bai.md", fix))
        if not near:
            told.shown_from = NEVER
        return told
    path = told.path = f"{folder_path}/{STORY_FILE}"
    slug = slugify(folder_path.rpartition("/")[2])
    if not slug:
        fix = "đặt tên thư mục bằng chữ, ví dụ kenh-be-tong"
        problems.append(Problem(path, 1, "Tên thư mục bài không có chữ cái hay chữ số", fix))
        return told
    if slug in RESERVED:
        problems.append(Problem(path, 1, _reserved(slug), "đặt tên thư mục khác"))
        return told
    told.slug, told.url = slug, story_url(year, slug)
    # Of a folder that cannot be listed nothing is known of the file either.
    text = read_text(file, path, typed) if file else problems.pop()
    matter = text if isinstance(text, Problem) else parse_front_matter(text, path)
    if isinstance(matter, Problem):
        problems.append(matter)
        record = read_roughly("" if isinstance(text, Problem) else text, keys, path)
        told.shown_from, told.is_unread = shown_from(record), not record.lines
        if "withdrawn" in record.values:
            told.record = record
    else:
        _read_matter(told, matter, keys, year, entries, cache, parse)
    return told


def _read_matter(
    told: _Told,
    matter: FrontMatter,
    keys: tuple[Key, ...],
    year: str,
    entries: dict[str, DirEntry],
    cache: Cache,
    parse: Callable[[str, int], Body],
) -> None:
    problems, path = told.problems, told.path
    record = told.record = parse_story(matter, keys, path, year)
    told.shown_from = shown_from(record)
    if "withdrawn" in record.values:
        # What else is wrong there harms no one: nothing of it is shown, and it may have been deleted on purpose.
        kept = {record.lines.get(attribute) for attribute in ("withdrawn", "old_addresses", "sample")}
        problems += [problem for problem in record.problems if problem.line in kept]
        return
    problems += record.problems
    if excess := find_excess(matter.body, path, matter.body_line):
        problems.append(excess)
        return
    body = told.body = parse(matter.body, matter.body_line)
    problems += advise(matter, body, record, PROSE)
    photos = _load_photos(told, record, body, entries, cache)
    problems += check_body(path, body)
    if not matter.body.strip():
        fix = "viết bài vào dưới dòng --- thứ hai"
        problems.append(Problem(path, max(1, matter.body_line - 1), "Bài chưa có chữ nào", fix, Level.ADVICE))
    # What a line that was not understood names may well be used.
    if not record.refused & {"photo", "gallery"}:
        _report_unread(problems, path.rpartition("/")[0], entries, {name for name, _ in _photo_lines(record, body)})
    told.story = build_story(record, body, told.slug, year, photos)


def _photo_lines(record: Record, body: Body) -> Iterator[tuple[str, int]]:
    """Yield the name of each photo, with its line."""
    if name := record.get("photo"):
        yield name, record.lines["photo"]
    for further in record.get("gallery", ()):
        yield further.name, record.lines["gallery"]
    for photo in body.photos:
        yield nfc(photo.target), photo.line


def _load_photos(
    told: _Told, record: Record, body: Body, entries: dict[str, DirEntry], cache: Cache
) -> dict[str, Photo]:
    photos: dict[str, Photo] = {}
    for name, line in _photo_lines(record, body):
        if name in photos:
            continue
        file = entries.get(name)
        if file is None or not file.is_file():
            kept = [entry for entry, file in entries.items() if file.is_file()]
            problem = describe_missing_photo(name, [entry for entry in kept if entry.lower().endswith(_PHOTO_SUFFIXES)])
            told.problems.append(Problem(record.path, line, *problem))
            continue
        try:
            photos[name] = load_photo(Path(file), told.url, cache)
        except Invalid as invalid:
            message = f'"{name}": {invalid.message[:1].lower()}{invalid.message[1:]}'
            is_passing = isinstance(invalid, Unread)
            told.problems.append(Problem(record.path, line, message, invalid.fix, passing=is_passing))
    for photo in body.photos:
        if not photo.alt:
            message = f'Ảnh "{photo.target}" trong bài chưa có mô tả cho người không nhìn thấy'
            told.problems.append(Problem(record.path, photo.line, message, f"viết ![mô tả ảnh]({photo.target})"))
    return photos


def _report_unread(problems: list[Problem], folder_path: str, entries: dict[str, DirEntry], used: set[str]) -> None:
    """Say of each file in a story's folder that no page will show."""
    for name, entry in entries.items():
        if name == STORY_FILE or name in used:
            continue
        path = f"{folder_path}/{name}"
        if name.lower().endswith(_PHOTO_SUFFIXES):
            what, fix = "Ảnh này không được dùng trong bài", "thêm vào bài bằng ![mô tả](tên tệp), hoặc xóa tệp"
        elif entry.is_dir():
            what, fix = "Thư mục con trong thư mục bài không được đọc", "mỗi bài một thư mục ngay dưới thư mục năm"
        else:
            what, fix = "Tệp này không được đọc", "chép nội dung vào bai.md, hoặc chuyển tệp ra khỏi content"
        problems.append(Problem(path, 1, what, fix, Level.ADVICE))


def _read_flat(reading: _Reading, kept: ContentCache, folder: str, kind: type[Page], typed: Mapping[str, str]) -> None:
    found: dict[str, str] = {}
    for name, file in list_folder(reading.project / CONTENT / folder, f"{CONTENT}/{folder}", reading.problems):
        path = f"{CONTENT}/{folder}/{name}"
        if file.is_dir() or not name.endswith(".md"):
            fix = "chỉ đặt tệp .md ở đây"
            reading.problems.append(Problem(path, 1, "Tệp này không được đọc", fix, Level.ADVICE))
            continue
        reading.files += 1
        reading.paths.add(path)
        slug = slugify(name.removesuffix(".md"))
        if message := _unusable_name(slug, folder, found):
            reading.problems.append(Problem(path, 1, message, "đổi tên tệp"))
            continue
        found[slug] = path
        reading.urls[path] = kind.address(slug)
        text = read_text(file, path, typed)
        matter = text if isinstance(text, Problem) else parse_front_matter(text, path)
        if isinstance(matter, Problem):
            reading.problems.append(matter)
            continue
        if excess := find_excess(matter.body, path, matter.body_line):
            reading.problems.append(excess)
            continue
        body = kept.bodies.get(path)
        if not body or (body.source, body.line) != (matter.body, matter.body_line):
            body = kept.bodies[path] = read_body(matter.body, matter.body_line)
        reading.bodies[path] = body
        page, record = parse_page(kind, matter, body, path, slug)
        reading.flat[path] = record
        reading.problems += record.problems
        for photo in body.photos:
            fix = "bỏ ảnh, hoặc viết thành một bài trong bai-viet"
            reading.problems.append(Problem(path, photo.line, "Trang này không nhận ảnh", fix))
        reading.problems += check_body(path, body)
        if page:
            reading.sources[path] = page


def _report_strays(reading: _Reading) -> None:
    """Say of each file and folder beside the known ones that nothing reads it."""
    vocabulary = VOCABULARY_FOLDER.rsplit("/", maxsplit=1)[-1]
    known = {
        "": (STORIES, PAGES, DOCUMENTS, vocabulary, REGISTERS, PAPERS, REPORTS, GATHERED, SENT, TEMPLATES),
        f"/{vocabulary}": (*VOCABULARY_FILES, SCHEDULE, MEMBERS, AGENDA),
    }
    for folder, names in known.items():
        entries = list_folder(reading.project / f"{CONTENT}{folder}", f"{CONTENT}{folder}", reading.problems)
        for name, entry in entries:
            if name not in names:
                what = "Thư mục này không được đọc" if entry.is_dir() else "Tệp này không được đọc"
                fix = f"ở đây chỉ đọc {', '.join(names)}"
                reading.problems.append(Problem(f"{CONTENT}{folder}/{name}", 1, what, fix, Level.ADVICE))


def _unusable_name(slug: str, folder: str, found: dict[str, str]) -> str:
    """Say why a file cannot have the address that its name makes; "" when it can."""
    if not slug:
        return "Tên tệp không có chữ cái hay chữ số"
    if slug in RESERVED:
        return _reserved(slug)
    if slug in found:
        return f"Tên tệp trùng với {found[slug]}"
    if folder == PAGES and slug in TAKEN:
        return f"Địa chỉ /{slug}/ đã dành cho một mục của trang"
    return ""


def _reserved(slug: str) -> str:
    return f'Địa chỉ "{slug}" là tên mà máy Windows không cho đặt'
