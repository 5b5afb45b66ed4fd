"""Read vocabulary, stories, pages and documents, and check them against one another."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import TypedDict, Unpack

from plugins.content import cross_checks, folders
from plugins.content.addresses.old import Gone, check_addresses
from plugins.content.addresses.sections import TAKEN
from plugins.content.cache import ContentCache
from plugins.content.content import Content, Source
from plugins.content.page import OfficialDocument, Page, parse_page
from plugins.content.stories.folder import ParsedStory, StoryParser, list_story_folders, name_reserved
from plugins.content.stories.keys import story_keys
from plugins.content.stories.reading import NEVER
from plugins.content.vocabulary import files as vocabulary_files
from plugins.content.vocabulary.vocabulary import Vocabulary
from plugins.markdown.body import Body
from plugins.markdown.excess import find_excess
from plugins.markdown.reading import read_body
from plugins.markdown.references import CONTENT
from plugins.photos.photo import open_cache
from plugins.sources.folders import RESERVED, list_folder
from plugins.sources.front_matter import parse_front_matter
from plugins.sources.problem import Level, Problem
from plugins.sources.schema import Record
from plugins.sources.text import read_text
from plugins.teamwork import Team
from plugins.vietnamese import slugify


class LoadOptions(TypedDict, total=False):
    """How to load a project.

    `cache` supplies parsed files and receives new ones. `overrides` are texts, by path, that replace their files. They
    are not cached; if one is a vocabulary file, nothing is. `registers` is another folder to read the registers from.
    Worker processes help unless `alone`; `meanwhile` is called once they have started. With `checking`, bodies are not
    rendered as HTML. When `publishing`, missing facts of an office are errors.
    """

    publishing: bool
    cache: ContentCache
    overrides: Mapping[str, str]
    registers: Path
    alone: bool
    meanwhile: Callable[[], object]
    checking: bool


@dataclass
class _Reading:
    """Results so far. Records and bodies include files with errors: one file's error must not hide another's."""

    project: Path
    vocabulary: Vocabulary
    problems: list[Problem]
    files: int
    sources: dict[str, Source] = field(default_factory=dict)
    stories: dict[str, Record] = field(default_factory=dict)
    pages: dict[str, Record] = field(default_factory=dict)  # and documents
    withdrawn: dict[str, Record] = field(default_factory=dict)
    bodies: dict[str, Body] = field(default_factory=dict)
    urls: dict[str, str] = field(default_factory=dict)
    paths: set[str] = field(default_factory=set)
    aside: set[str] = field(default_factory=set)  # drafts and samples
    slugs: dict[str, str] = field(default_factory=dict)  # slug -> path, stories only
    shown_from: dict[str, date] = field(default_factory=dict)  # by the path of the folder
    unread: set[str] = field(default_factory=set)

    def add(self, parsed: ParsedStory) -> None:
        """Take in a parsed story."""
        self.problems += parsed.problems
        self.shown_from[parsed.folder] = parsed.shown_from
        if parsed.is_unread:
            self.unread.add(parsed.folder)
        if not (path := parsed.path):
            return
        self.paths.add(path)
        self.files += 1
        if parsed.record:
            (self.withdrawn if "withdrawn" in parsed.record.values else self.stories)[path] = parsed.record
        if parsed.slug:
            self.urls[path] = parsed.url
            if parsed.shown_from == NEVER and path not in self.withdrawn:
                self.aside.add(path)
            if (first := self.slugs.setdefault(parsed.slug, path)) != path:
                # An unpublished story gives way to a published one.
                if gives_way := first in self.aside and path not in self.aside:
                    self.slugs[parsed.slug] = path
                at, other = (first, path) if gives_way else (path, first)
                message = f'Tên bài "{parsed.slug}" trùng với {other}'
                self.problems.append(Problem(at, 1, message, "đổi tên một trong hai thư mục"))
        if parsed.body:
            self.bodies[path] = parsed.body
        if parsed.story:
            self.sources[path] = parsed.story


def read_content_files(project: Path, day: date, **how: Unpack[LoadOptions]) -> Content:
    """Read vocabulary, stories, pages and documents. Never raises for their contents; see `problems`."""
    cache, overrides = how.get("cache") or ContentCache(project), how.get("overrides", {})
    if not overrides.keys().isdisjoint(f"{vocabulary_files.FOLDER}/{name}" for name in vocabulary_files.FILES):
        cache = ContentCache(project)
    vocabulary, faults = read = cache.vocabulary or vocabulary_files.load_vocabulary(project, overrides)
    if any(problem.passing for problem in faults):
        cache = ContentCache(project)
    cache.vocabulary = read
    reading = _Reading(project, vocabulary, [*faults], len(list_folder(project / vocabulary_files.FOLDER)))
    _read_stories(reading, cache, how)
    for folder, kind in ((folders.PAGES, Page), (folders.DOCUMENTS, OfficialDocument)):
        _read_pages(reading, cache, folder, kind, overrides)
    _report_strays(reading)
    untold = _check_together(reading)
    bad = {problem.path for problem in reading.problems if problem.level is Level.ERROR}
    sources = {path: source for path, source in reading.sources.items() if path not in bad}
    gone = {path: _gone(record, reading.urls[path], path in untold) for path, record in reading.withdrawn.items()}
    facts = tuple(sorted(set(reading.problems))), reading.files, reading.shown_from, frozenset(reading.unread)
    return Content(project, day, vocabulary, sources, gone, *facts)


def _check_together(reading: _Reading) -> set[str]:
    """Report problems between files. Returns the withdrawn stories whose reason names someone."""
    problems = reading.problems
    problems += cross_checks.check_titles(reading.stories)
    # While a folder cannot be listed, the targets of links are unknown.
    if not any(map(folders.hides_many, problems)):
        problems += cross_checks.check_links(reading.bodies, reading.paths, reading.urls)
        problems += cross_checks.check_replication(reading.stories, reading.slugs)
    shown = reading.stories | reading.pages
    sites = [office.site_url for office in reading.vocabulary.offices]
    problems += check_addresses(shown | reading.withdrawn, reading.urls, sites, reading.aside)
    mentions = [*cross_checks.check_mentions(reading.withdrawn, shown, reading.sources)]
    problems += mentions
    return {problem.path for problem in mentions if problem.level is Level.ERROR}


def _gone(record: Record, url: str, is_untold: bool) -> Gone:
    withdrawal = record.values["withdrawn"]
    former = tuple(old.beside(url) for old in record.get("old_addresses", ()))
    facts = record.get("sample", False), record.get("registration", ""), record.lines["withdrawn"]
    return Gone(url, withdrawal.day, "" if is_untold else withdrawal.reason, former, *facts)


def _read_stories(reading: _Reading, cache: ContentCache, how: LoadOptions) -> None:
    found, strays = cache.folders, cache.strays
    if found is None:
        found, strays = list_story_folders(reading.project)
    if not any(problem.passing for problem in strays):
        cache.folders, cache.strays = found, strays
    reading.problems += strays
    vocabulary, overrides = reading.vocabulary, how.get("overrides", {})
    parse_body = partial(read_body, is_shown=not how.get("checking", False))
    parser = StoryParser(story_keys(vocabulary), open_cache(reading.project), parse_body, overrides)
    replaced = {path.removesuffix(f"/{folders.STORY_FILE}") for path in overrides}
    missing = [one for one in found if one.path not in cache.stories or one.path in replaced]
    terms = (*vocabulary.fields, *vocabulary.communes, *vocabulary.movements)
    team = Team(missing, parser.parse, "Đọc bài", alone=how.get("alone", False), shared=(vocabulary, *terms)).start()
    how.get("meanwhile", lambda: None)()
    stories = dict(cache.stories)
    for one, story in zip(missing, team.finish(), strict=True):
        stories[one.path] = story
        if one.path not in replaced and not story.is_passing:
            cache.stories[one.path] = story
    for one in found:
        reading.add(stories[one.path])


def _read_pages(
    reading: _Reading, cache: ContentCache, folder: str, kind: type[Page], overrides: Mapping[str, str]
) -> None:
    problems = reading.problems
    found: dict[str, str] = {}
    for name, file in list_folder(reading.project / CONTENT / folder, f"{CONTENT}/{folder}", problems):
        path = f"{CONTENT}/{folder}/{name}"
        if file.is_dir() or not name.endswith(".md"):
            problems.append(Problem(path, 1, "Tệp này không được đọc", "chỉ đặt tệp .md ở đây", Level.ADVICE))
            continue
        reading.files += 1
        reading.paths.add(path)
        slug = slugify(name.removesuffix(".md"))
        if message := _explain_name(slug, folder, found):
            problems.append(Problem(path, 1, message, "đổi tên tệp"))
            continue
        found[slug] = path
        reading.urls[path] = kind.address(slug)
        text = read_text(file, path, overrides)
        matter = text if isinstance(text, Problem) else parse_front_matter(text, path)
        if isinstance(matter, Problem):
            problems.append(matter)
            continue
        if excess := find_excess(matter.body, path, matter.body_line):
            problems.append(excess)
            continue
        body = cache.bodies.get(path)
        if not body or (body.source, body.line) != (matter.body, matter.body_line):
            body = cache.bodies[path] = read_body(matter.body, matter.body_line)
        reading.bodies[path] = body
        page, reading.pages[path] = parse_page(kind, matter, body, path, slug)
        problems += reading.pages[path].problems
        for photo in body.photos:
            fix = "bỏ ảnh, hoặc viết thành một bài trong bai-viet"
            problems.append(Problem(path, photo.line, "Trang này không nhận ảnh", fix))
        problems += cross_checks.check_body(path, body)
        if page:
            reading.sources[path] = page


def _report_strays(reading: _Reading) -> None:
    """Report each entry of content/ and content/danh-muc/ that no reader knows."""
    vocabulary = (*vocabulary_files.FILES, folders.SCHEDULE, folders.MEMBERS, folders.AGENDA)
    for folder, names in ((CONTENT, folders.KNOWN), (vocabulary_files.FOLDER, vocabulary)):
        for name, entry in list_folder(reading.project / folder, folder, reading.problems):
            if name not in names:
                what = "Thư mục này không được đọc" if entry.is_dir() else "Tệp này không được đọc"
                fix = f"ở đây chỉ đọc {', '.join(names)}"
                reading.problems.append(Problem(f"{folder}/{name}", 1, what, fix, Level.ADVICE))


def _explain_name(slug: str, folder: str, found: Mapping[str, str]) -> str:
    """Return why a file name gives no usable address; "" if it does."""
    if not slug:
        return "Tên tệp không có chữ cái hay chữ số"
    if slug in RESERVED:
        return name_reserved(slug)
    if slug in found:
        return f"Tên tệp trùng với {found[slug]}"
    if folder == folders.PAGES and slug in TAKEN:
        return f"Địa chỉ /{slug}/ đã dành cho một mục của trang"
    return ""
