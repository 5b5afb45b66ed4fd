"""List the folders of stories, and parse one of them: bai.md with its photos."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import NamedTuple

from plugins.content.cross_checks import check_body, describe_missing_photo
from plugins.content.folders import STORIES, STORY_FILE
from plugins.content.stories.keys import PROSE
from plugins.content.stories.reading import NEVER, build_story, parse_story, read_roughly, shown_from
from plugins.content.stories.story import Story, story_url
from plugins.language.advice import advise
from plugins.markdown.body import Body
from plugins.markdown.excess import find_excess
from plugins.markdown.references import CONTENT
from plugins.photos.cache import Cache
from plugins.photos.photo import Photo, load_photo
from plugins.sources.folders import RESERVED, DirEntry, list_folder
from plugins.sources.front_matter import FrontMatter, parse_front_matter
from plugins.sources.held import Unread
from plugins.sources.problem import Invalid, Level, Problem
from plugins.sources.schema import Key, Record
from plugins.sources.text import read_text
from plugins.vietnamese import nfc, slugify, squash

_PHOTO = re.compile(r"\.(?:jpe?g|jfif|png|webp|hei[cf]|avif|gif|bmp|tiff?)\Z", re.IGNORECASE | re.ASCII)
# Appended by Notepad.
_TXT = ".txt"


class StoryFolder(NamedTuple):
    """A story folder: its path on disk, its path in the project (NFC), and the name of its year folder."""

    folder: str
    path: str
    year: str


@dataclass
class ParsedStory:
    """The result of parsing a story folder, as far as it could be parsed; `path` is that of its file, if any."""

    folder: str
    problems: list[Problem] = field(default_factory=list)
    shown_from: date = date.min
    is_unread: bool = False  # so it is unknown whether it is a draft
    path: str = ""
    slug: str = ""
    url: str = ""
    record: Record | None = None
    body: Body | None = None
    story: Story | None = None

    @property
    def is_passing(self) -> bool:
        """Whether some file could not be read just now, so that the next attempt may succeed."""
        return any(problem.passing for problem in self.problems)


def list_story_folders(project: Path) -> tuple[list[StoryFolder], list[Problem]]:
    """Return the story folders of a project, and a problem for each entry that is none."""
    folders: list[StoryFolder] = []
    strays: list[Problem] = []
    base = f"{CONTENT}/{STORIES}"
    fix = "đặt bài vào bai-viet/<năm>/<tên-bài>/bai.md"
    for year, year_folder in list_folder(project / CONTENT / STORIES, base, strays):
        if not year_folder.is_dir() or not re.fullmatch(r"\d{4}", year):
            kind = "Thư mục" if year_folder.is_dir() else "Tệp"
            strays.append(Problem(f"{base}/{year}", 1, f'{kind} "{year}" không phải một năm', fix))
            continue
        for name, entry in list_folder(year_folder.path, f"{base}/{year}", strays):
            path = f"{base}/{year}/{name}"
            if entry.is_dir():
                folders.append(StoryFolder(entry.path, path, year))
            else:
                # Only a misplaced story is an error.
                level = Level.ERROR if _may_be_story(name) else Level.ADVICE
                strays.append(Problem(path, 1, f'Tệp "{name}" không nằm trong thư mục bài nào', fix, level))
    return folders, strays


def _may_be_story(name: str) -> bool:
    """Return whether a file that is not called bai.md was likely meant to be one."""
    return squash(name.lower().removesuffix(_TXT)) in ("bai", squash(STORY_FILE)) or ".md" in name.lower()


def name_reserved(slug: str) -> str:
    """Return the message about a slug that Windows cannot use as a file name."""
    return f'Địa chỉ "{slug}" là tên mà máy Windows không cho đặt'


@dataclass(frozen=True)
class StoryParser:
    """Parses story folders. `overrides` are texts, by path, that replace their files; `parse_body` renders Markdown."""

    keys: tuple[Key, ...]
    cache: Cache
    parse_body: Callable[[str, int], Body]
    overrides: Mapping[str, str]

    def parse(self, found: StoryFolder) -> ParsedStory:
        """Parse a story folder. Never raises for its contents; see `problems`."""
        parsed = ParsedStory(found.path)
        problems = parsed.problems
        entries = dict(list_folder(found.folder, found.path, problems))
        file = entries.get(STORY_FILE)
        if file is None and not parsed.is_passing:
            _report_no_file(parsed, entries)
            return parsed
        path = parsed.path = f"{found.path}/{STORY_FILE}"
        if not (slug := slugify(found.path.rpartition("/")[2])):
            fix = "đặt tên thư mục bằng chữ, ví dụ kenh-be-tong"
            problems.append(Problem(path, 1, "Tên thư mục bài không có chữ cái hay chữ số", fix))
            return parsed
        if slug in RESERVED:
            problems.append(Problem(path, 1, name_reserved(slug), "đặt tên thư mục khác"))
            return parsed
        parsed.slug, parsed.url = slug, story_url(found.year, slug)
        # Without a file, the folder could not be listed, and the problem of the listing stands for the text.
        text = read_text(file, path, self.overrides) if file else problems.pop()
        matter = text if isinstance(text, Problem) else parse_front_matter(text, path)
        if isinstance(matter, Problem):
            problems.append(matter)
            record = read_roughly("" if isinstance(text, Problem) else text, self.keys, path)
            parsed.shown_from, parsed.is_unread = shown_from(record), not record.lines
            if "withdrawn" in record.values:
                parsed.record = record
        else:
            self._parse_matter(parsed, matter, found.year, entries)
        return parsed

    def _parse_matter(
        self, parsed: ParsedStory, matter: FrontMatter, year: str, entries: Mapping[str, DirEntry]
    ) -> None:
        problems, path = parsed.problems, parsed.path
        record = parsed.record = parse_story(matter, self.keys, path, year)
        parsed.shown_from = shown_from(record)
        if "withdrawn" in record.values:
            # The rest of a withdrawn story is not shown, and may have been deleted on purpose.
            lines = {record.lines.get(attribute) for attribute in ("withdrawn", "old_addresses", "sample")}
            problems += [problem for problem in record.problems if problem.line in lines]
            return
        problems += record.problems
        if excess := find_excess(matter.body, path, matter.body_line):
            problems.append(excess)
            return
        body = parsed.body = self.parse_body(matter.body, matter.body_line)
        problems += advise(matter, body, record, PROSE)
        photos = self._load_photos(parsed, record, body, entries)
        problems += check_body(path, body)
        if not matter.body.strip():
            fix = "viết bài vào dưới dòng --- thứ hai"
            problems.append(Problem(path, max(1, matter.body_line - 1), "Bài chưa có chữ nào", fix, Level.ADVICE))
        # A line that was not understood may name any of the files.
        if not record.refused & {"photo", "gallery"}:
            used = {STORY_FILE, *(name for name, _ in _photo_lines(record, body))}
            problems += _report_unused(parsed.folder, {name: one for name, one in entries.items() if name not in used})
        parsed.story = build_story(record, body, parsed.slug, year, photos)

    def _load_photos(
        self, parsed: ParsedStory, record: Record, body: Body, entries: Mapping[str, DirEntry]
    ) -> dict[str, Photo]:
        photos: dict[str, Photo] = {}
        for name, line in _photo_lines(record, body):
            if name in photos:
                continue
            file = entries.get(name)
            if file is None or not file.is_file():
                beside = [one for one, entry in entries.items() if _PHOTO.search(one) and entry.is_file()]
                parsed.problems.append(Problem(record.path, line, *describe_missing_photo(name, beside)))
                continue
            try:
                photos[name] = load_photo(Path(file), parsed.url, self.cache)
            except Invalid as invalid:
                message = f'"{name}": {invalid.message[:1].lower()}{invalid.message[1:]}'
                passing = isinstance(invalid, Unread)
                parsed.problems.append(Problem(record.path, line, message, invalid.fix, passing=passing))
        for photo in body.photos:
            if not photo.alt:
                message = f'Ảnh "{photo.target}" trong bài chưa có mô tả cho người không nhìn thấy'
                parsed.problems.append(Problem(record.path, photo.line, message, f"viết ![mô tả ảnh]({photo.target})"))
        return photos


def _report_no_file(parsed: ParsedStory, entries: Mapping[str, DirEntry]) -> None:
    near = next((name for name in entries if _may_be_story(name)), "")
    fix = f'đổi tên "{near}" thành bai.md' if near else "viết bài vào tệp bai.md, hoặc xóa thư mục"
    if near.lower().endswith(_TXT):
        fix += ", bỏ .txt; Notepad thêm đuôi ấy: lúc lưu chọn Kiểu tệp là Mọi tệp (All files)"
    parsed.problems.append(Problem(parsed.folder, 1, "Thư mục bài không có tệp bai.md", fix))
    if not near:
        parsed.shown_from = NEVER


def _photo_lines(record: Record, body: Body) -> Iterator[tuple[str, int]]:
    """Yield the name of each photo of a story, with the line that names it."""
    if name := record.get("photo"):
        yield name, record.lines["photo"]
    for further in record.get("gallery", ()):
        yield further.name, record.lines["gallery"]
    for photo in body.photos:
        yield nfc(photo.target), photo.line


def _report_unused(folder: str, entries: Mapping[str, DirEntry]) -> Iterator[Problem]:
    """Yield advice about each entry of a story folder that no page will show."""
    for name, entry in entries.items():
        if _PHOTO.search(name):
            what, fix = "Ảnh này không được dùng trong bài", "thêm vào bài bằng ![mô tả](tên tệp), hoặc xóa tệp"
        elif entry.is_dir():
            what, fix = "Thư mục con trong thư mục bài không được đọc", "mỗi bài một thư mục ngay dưới thư mục năm"
        else:
            what, fix = "Tệp này không được đọc", "chép nội dung vào bai.md, hoặc chuyển tệp ra khỏi content"
        yield Problem(f"{folder}/{name}", 1, what, fix, Level.ADVICE)
