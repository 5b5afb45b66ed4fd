"""Checks of references in bodies, and across files: links, titles, replication and its circles, mentions. Pure."""

import posixpath
import re
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

_FILE = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|odt|ods|zip|rar|txt|jpe?g|png|mp[34])$", re.IGNORECASE)
_DOMAIN = re.compile(r"[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?::\d+)?(?:[/?#]|$)", re.IGNORECASE)
_PUBLISH_FIRST = (
    "trang chỉ đăng chữ và ảnh: đăng tệp ở nơi có địa chỉ https://… rồi dẫn tới đó, hoặc tóm tắt thành một tệp .md "
    "trong content/van-ban và dẫn bằng {{filename}}/van-ban/tên.md"
)
# The message and the fix for each kind of reference.
_WRONG: dict[str, tuple[str, str]] = {
    "html": (
        "Thẻ {} không được dùng trong bài",
        "viết liên kết bằng [chữ](địa chỉ), ảnh bằng ![mô tả](tệp.jpg); video thì dẫn liên kết",
    ),
    "empty": ("Liên kết chưa có địa chỉ", "điền địa chỉ vào giữa hai ngoặc tròn, hoặc chỉ để lại chữ"),
    "broken": ("Liên kết {} không phải là địa chỉ", "chép lại địa chỉ từ trình duyệt, ví dụ https://…"),
    "computer": ("Liên kết {} chỉ mở được trên máy của bạn", _PUBLISH_FIRST),
    "scheme": ("Liên kết {} không dùng được trên trang", "dẫn tới một địa chỉ https://…, hoặc mailto:, tel:"),
    "static": (
        "Liên kết tới tệp {} không dùng được",
        "đặt ảnh bằng ![mô tả](tệp.jpg); tới bài khác thì dùng {{filename}}",
    ),
}
_UNUSUAL: dict[str, tuple[str, str]] = {
    "row": ("Hàng này nhiều ô hơn dòng đầu bảng", "điền tên cột vào dòng đầu bảng: {}"),
    "lost": ("Từ {} trở đi có chữ không hiện trên trang", "xóa thẻ ấy, chỉ để lại chữ cần đăng"),
    "unused": (
        "Dòng này không hiện trên trang: máy hiểu [chữ]: {} là địa chỉ của một liên kết",
        "bỏ hai ngoặc vuông để chữ hiện ra, hoặc xóa dòng",
    ),
    "note": (
        "Có hai chú thích [^{}]:, trang gộp làm một",
        "đổi tên một chú thích, ví dụ [^{}a], ở cả hai chỗ có tên ấy",
    ),
}
_MOST_NAMED = 4


def check_body(path: str, body: Body) -> Iterator[Problem]:
    """Yield problems for references that no page can show or link to."""
    for reference in dict.fromkeys(body.references):
        target = reference.target
        if texts := _WRONG.get(reference.kind) or _UNUSUAL.get(reference.kind):
            message, fix = (text.format(target) for text in texts)
            yield Problem(path, reference.line, message, fix, Level.ERROR if reference.kind in _WRONG else Level.ADVICE)
        elif reference.kind == "adrift" and not target.split("#")[0].endswith(".md"):
            yield Problem(path, reference.line, f"Liên kết {target} không dẫn tới đâu", _mend_adrift(target))


def _mend_adrift(target: str) -> str:
    if _FILE.search(target):
        return _PUBLISH_FIRST.format()
    if _DOMAIN.match(target):
        return f"ý bạn là https://{target}?"
    example = f"{{filename}}../{target.strip('/').rpartition('/')[2]}/bai.md"
    return f"tới trang khác thì ghi đủ địa chỉ https://…; tới bài của trang này thì ghi đường dẫn, ví dụ {example}"


def describe_missing_photo(name: str, photos: Iterable[str]) -> tuple[str, str]:
    """Return the message and the fix for a photo that is not in its folder; `photos` are those that are."""
    if re.match(r"[a-z]+:|//", name, re.IGNORECASE):
        return f'Ảnh "{name}" nằm ở trang khác', "tải ảnh về, đặt cạnh bai.md rồi ghi tên tệp"
    fix = suggest(name, photos, "chép ảnh vào cạnh bai.md, hoặc sửa tên tệp")
    return f'Không có tệp ảnh "{name}" trong thư mục bài', fix


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


def check_replication(records: Mapping[str, Record], slugs: Mapping[str, str]) -> Iterator[Problem]:
    """Yield problems for origins that do not exist, are plain news, or form a circle; `slugs` maps slugs to paths."""
    written = {slug: records[path].get("replicates") for slug, path in slugs.items() if path in records}
    origins = {slug: reference_slug(name) for slug, name in written.items() if name}
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
            message, fix = f"Nhân rộng thành vòng: {' → '.join(circle)}", "xóa mục Nhân rộng từ ở bài gốc thật sự"
            if origin == slug:
                message, fix = "Bài ghi là nhân rộng từ chính nó", "ghi tên thư mục của bài gốc, hoặc xóa mục này"
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
    named = {name.text if " " in name.text else name.shown for text in (title, exemplar) for name in find_names(text)}
    # Single words are too common.
    known = {words.lower() for words in (title, exemplar, exemplar.partition(",")[0].strip(), *named) if " " in words}
    return sorted(known, key=lambda words: (-len(words), words))
