"""Checks across the files of the content: links, titles, replication and its circles, mentions. Pure."""

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import urlsplit

from plugins.content.addresses.urls import is_address
from plugins.content.members.members import PATH
from plugins.content.page import Page
from plugins.content.stories.keys import PROSE
from plugins.content.stories.listed import Listed
from plugins.content.stories.reading import reference_slug
from plugins.content.stories.story import Story
from plugins.language.names import find_names
from plugins.markdown.body import Body
from plugins.markdown.references import FILENAME, resolve_source
from plugins.sources.problem import Level, Problem, suggest
from plugins.sources.schema import Record
from plugins.vietnamese import nearest, squash

_MOST_NAMED = 4


def find_circles(origins: Mapping[str, str]) -> Iterator[list[str]]:
    """Yield each circle of slugs, from replica to origin, in linear time; `origins` maps each slug to its origin."""
    done: set[str] = set()
    for slug in origins:
        way: dict[str, None] = {}
        at = slug
        while at in origins and at not in done and at not in way:
            way[at] = None
            at = origins[at]
        if at in way:
            yield list(way)[list(way).index(at) :]
        done.update(way)


def check_circles(stories: Iterable[Listed]) -> Iterator[Problem]:
    """Yield advice about circles across sites, of which no site knows the true origin."""
    by_slug = {story.slug: story for story in stories if story.is_exemplar and story.origin_slug}
    for circle in find_circles({slug: story.origin_slug for slug, story in by_slug.items()}):
        exemplars = [by_slug[slug] for slug in circle]
        if not any(one.site for one in exemplars):
            continue
        names = [f"“{one.name}” ({one.site or 'trang này'})" for one in exemplars[:_MOST_NAMED]]
        more = f" và {len(exemplars) - _MOST_NAMED} nơi nữa" if len(exemplars) > _MOST_NAMED else ""
        path = next((str(path) for one in exemplars if (path := getattr(one, "path", ""))), PATH)
        fix = "hỏi nơi nào làm trước rồi sửa mục Nhân rộng từ; trong lúc ấy trang này xếp điển hình cũ nhất làm gốc"
        yield Problem(path, 1, f"Nhân rộng thành vòng giữa các trang: {', '.join(names)}{more}", fix, Level.ADVICE)


def check_links(bodies: Mapping[str, Body], paths: set[str], urls: Mapping[str, str]) -> Iterator[Problem]:
    """Yield problems for links without a target, and links that should point to a source file. All keys are paths."""
    for path, body in bodies.items():
        for link in body.references:
            target = link.target
            match link.kind:
                case "source" if resolve_source(path, target[len(FILENAME[0]) :]) not in paths:
                    name = target[len(FILENAME[0]) :]
                    near = nearest(name, [_relative(path, other) for other in sorted(paths - {path})])
                    message = f"Liên kết {{filename}}{name} không dẫn tới bài nào"
                    fix = f"ý bạn là {{filename}}{near}?" if near else "sửa đường dẫn tới tệp .md có thật"
                case "adrift" if target.split("#")[0].endswith(".md"):
                    message, fix = f"Liên kết {target} không dẫn tới đâu", f"ý bạn là {{filename}}{target}?"
                case "preview":
                    address = urlsplit(target)
                    meant = next((other for other, url in urls.items() if url == address.path), "")
                    anchor = f"#{address.fragment}" if address.fragment else ""
                    message = f"Liên kết {target} chỉ mở được trên máy của bạn lúc xem thử"
                    there = f"{{filename}}{_relative(path, meant)}{anchor}" if meant else address.path or "/"
                    fix = f"viết {there}"
                case _:
                    continue
            yield Problem(path, link.line, message, fix)


def _relative(path: str, other: str) -> str:
    return posixpath.relpath(other, posixpath.dirname(path))


def check_titles(records: Mapping[str, Record]) -> Iterator[Problem]:
    """Yield advice about stories with the same title; `records` are by path."""
    first: dict[str, str] = {}
    for path, record in records.items():
        title = squash(record.get("title", ""))
        if title and title in first:
            fix = "đổi tiêu đề cho người đọc phân biệt được hai bài"
            yield Problem(path, record.lines["title"], f"Tiêu đề trùng với {first[title]}", fix, Level.ADVICE)
        first.setdefault(title, path)


def find_origins(records: Mapping[str, Record], slugs: Mapping[str, str]) -> dict[str, str]:
    """Return the slug of the origin of each replica; `slugs` maps the slug of a story to its path."""
    written = {slug: records[path].get("replicates") for slug, path in slugs.items() if path in records}
    return {slug: reference_slug(name) for slug, name in written.items() if name}


def check_replication(
    records: Mapping[str, Record], slugs: Mapping[str, str], origins: Mapping[str, str]
) -> Iterator[Problem]:
    """Yield problems for origins that do not exist, are plain news, or replicate each other in a circle."""
    found = find_circles(origins)
    circles = {slug: [*circle[at:], *circle[: at + 1]] for circle in found for at, slug in enumerate(circle)}
    for slug, origin in origins.items():
        record = records[slugs[slug]]
        line = record.lines["replicates"]
        if origin not in slugs and not is_address(origin):
            message = f'Không có bài nào tên "{record.get("replicates")}" để nhân rộng từ'
            yield Problem(record.path, line, message, suggest(origin, slugs, "ghi tên thư mục của bài gốc"))
        elif not record.get("kind") and "kind" not in record.lines:
            fix = "thêm dòng Loại: …, hoặc xóa mục này"
            yield Problem(record.path, line, "Tin thường mà khai Nhân rộng từ", fix)
        elif (other := records.get(slugs.get(origin, ""))) and "kind" not in other.lines:
            message = f'"{record.get("replicates")}" là tin thường, không phải điển hình'
            fix = f"thêm dòng Loại: … vào {other.path}, hoặc xóa mục này"
            yield Problem(record.path, line, message, fix)
        elif circle := circles.get(slug):
            message = f"Nhân rộng thành vòng: {' → '.join(circle)}"
            fix = "xóa mục Nhân rộng từ ở bài gốc thật sự"
            yield Problem(record.path, line, message, fix)


def check_mentions(
    withdrawn: Mapping[str, Record], records: Mapping[str, Record], sources: Mapping[str, Story | Page]
) -> Iterator[Problem]:
    """Yield mentions of withdrawn stories, by title, exemplar or a person named in these. All keys are paths.

    A mention in the reason of the withdrawal is an error, since readers see the reason; others are advice.
    """
    known = {path: _known_by(record) for path, record in withdrawn.items()}
    for path, record in withdrawn.items():
        reason = record.values["withdrawn"].reason
        if found := next((words for words in known[path] if words in reason.lower()), ""):
            at = reason.lower().index(found)
            what = f'Lý do gỡ bài còn nêu "{reason[at : at + len(found)]}"'
            yield Problem(path, record.lines["withdrawn"], what, "viết lại lý do, không nêu tên ai, tên bài")
    for other, told in records.items() if known else ():
        said = [(line, str(told.get(name)).lower()) for name, line in told.lines.items() if name in PROSE]
        if source := sources.get(other):
            said.append((source.body.line, source.body.source.lower()))
        for path, names in known.items():
            # Including links in a body.
            words = (*names, f"{path.split('/')[-2]}/")
            places = ((line, text, text.find(one)) for line, text in said for one in words)
            if line := next((line + text.count("\n", 0, at) for line, text, at in places if at >= 0), 0):
                fix = "đọc lại, bỏ tên và liên kết ấy nếu không nên còn"
                yield Problem(other, line, f"Còn nhắc tới bài đã gỡ {path}", fix, Level.ADVICE)


def _known_by(record: Record) -> list[str]:
    """Return the names of a story in lower case, longest first: title, exemplar, and people named in these."""
    title, exemplar = record.get("title", ""), record.get("exemplar", "")
    named = {name.text if name.is_full else name.shown for text in (title, exemplar) for name in find_names(text)}
    # Single words are too common.
    known = {words.lower() for words in (title, exemplar, exemplar.partition(",")[0].strip(), *named) if " " in words}
    return sorted(known, key=lambda words: (-len(words), words))
