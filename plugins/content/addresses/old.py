"""Old addresses of pages: reading them as people write them, and finding conflicts. Pure."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import unquote

from plugins.content.addresses.sections import DOCUMENTS, NEWS, NOT_FOUND_URL, TAKEN
from plugins.content.addresses.urls import bare_host, host_of
from plugins.sources import values
from plugins.sources.folders import is_reserved
from plugins.sources.problem import Invalid, Problem
from plugins.sources.schema import Record, Value
from plugins.vietnamese import nfc, slugify

# File suffixes of pages on other systems.
_ENDINGS = "html?|shtml|xhtml|aspx?|php[3-8]?|jspx?|cfm|cgi|do|pdf|docx?"
_HOST = re.compile(rf"(?:https?:)?//([^/?#]*)|((?:[\w-]+\.)+(?!(?:{_ENDINGS}|md)\b)[a-z]{{2,}})(?=/|$)", re.IGNORECASE)
_STEP = re.compile(r"[A-Za-z0-9][A-Za-z0-9_~-]{0,99}")
_PAGE_FILE = re.compile(rf"[A-Za-z0-9][A-Za-z0-9_~.-]{{0,99}}\.(?:{_ENDINGS})", re.IGNORECASE)
_QUERY = re.compile(r"[A-Za-z0-9_.~+:,-]+=[A-Za-z0-9_.~+:,-]*(?:&[A-Za-z0-9_.~+:,-]+=[A-Za-z0-9_.~+:,-]*)*")
# The path before a query: the home page, a folder or a file.
_ASKED = re.compile(rf"/(?:{_STEP.pattern}/)*(?:{_STEP.pattern}|{_PAGE_FILE.pattern})?", re.IGNORECASE)
_YEAR = re.compile(r"\d{4}")
_STORIES = NEWS.url.strip("/")
# The number of path segments of stories and of documents.
_DEPTHS = {_STORIES: 3, DOCUMENTS.url.strip("/"): 2}


@dataclass(frozen=True)
class OldAddress:
    """An old address: as written, its `host` ("" if none was written), and its `path`.

    The path is a site path or a bare folder name. A bare name is relative to the page's parent: "ten-cu" of a story of
    2020 is /bai-viet/2020/ten-cu/.
    """

    written: str
    host: str
    path: str

    def beside(self, url: str) -> str:
        """Return the site path of this old address of the page at `url`."""
        return self.path if self.path.startswith("/") else f"{url.rstrip('/').rpartition('/')[0]}/{self.path}/"


@dataclass(frozen=True)
class Gone:
    """A withdrawn story: its URL, the day and reason shown to readers (None and "" if not stated), its old addresses.

    `line` is that of the withdrawal in its file. Nothing of its text is kept.
    """

    url: str
    day: date | None
    reason: str
    former: tuple[str, ...] = ()
    sample: bool = False
    registration: str = ""
    line: int = field(default=1, compare=False)


def parse_old_addresses(value: Value) -> tuple[OldAddress, ...]:
    """Return old addresses in any of their spellings; Invalid for one that cannot have been a page of the site."""
    return tuple(dict.fromkeys(_parse(written) for written in values.texts(value)))


def _parse(written: str) -> OldAddress:
    text = nfc(unquote(written)).strip().replace("\\", "/")
    host = ""
    if found := _HOST.match(text):
        host = (found[1] or found[2] or "").lower()
        text = f"/{text[found.end() :].lstrip('/')}"
    text = text.partition("#")[0]
    if "?" in text:
        return OldAddress(written, host, _parse_asked(written, text))
    is_name = "/" not in text.strip("/") and not text.startswith("/")
    steps = _without_files([step.strip() for step in text.split("/") if step.strip()])
    if not steps:
        raise Invalid(f'Địa chỉ cũ "{written}" là trang chủ', "ghi địa chỉ cũ của đúng trang này")
    if len(steps) == 2 and _YEAR.fullmatch(steps[0]) and not text.startswith("/"):
        steps = [_STORIES, *steps]
    # Slugs of stories and documents are made from file names, so a file name is accepted too.
    is_page_file = bool(_PAGE_FILE.fullmatch(steps[-1]))
    if not is_page_file and (is_name or len(steps) == _DEPTHS.get(steps[0])):
        steps[-1] = slugify(steps[-1])
    if not all(map(_STEP.fullmatch, steps[:-1] if is_page_file else steps)) or len(text) > 300:
        raise Invalid(f'Địa chỉ cũ "{written}" không đúng dạng', "viết như bai-viet/2020/ten-cu")
    if any(map(is_reserved, steps)):
        raise Invalid(f'Địa chỉ cũ "{written}" có tên mà Windows không cho đặt', "bỏ địa chỉ ấy")
    if is_name and not is_page_file:
        return OldAddress(written, host, steps[0])
    return OldAddress(written, host, f"/{'/'.join(steps)}{'' if is_page_file else '/'}")


def _parse_asked(written: str, text: str) -> str:
    """Return an address with a query unchanged: it comes from another system."""
    path, _, query = f"/{text.lstrip('/')}".partition("?")
    if not _QUERY.fullmatch(query):
        raise Invalid(f'Địa chỉ cũ "{written}" không đúng dạng sau dấu hỏi', "viết như /tin.aspx?id=3")
    if not _ASKED.fullmatch(path) or len(text) > 300:
        raise Invalid(f'Địa chỉ cũ "{written}" không đúng dạng', "viết như /tin.aspx?id=3")
    return f"{path}?{query}"


def _without_files(steps: list[str]) -> list[str]:
    """Strip the parts of a path in the project that are not in a URL: content/bai-viet/2020/ten-cu/bai.md."""
    if steps[:1] == ["content"]:
        steps = steps[2:] if steps[1:2] == ["trang"] else steps[1:]
    if steps and steps[-1].lower() in ("bai.md", "index.html"):
        steps.pop()
    if steps and steps[-1].lower().endswith(".md"):
        steps[-1] = steps[-1][:-3]
    return steps


def check_addresses(
    records: Mapping[str, Record], urls: Mapping[str, str], sites: Iterable[str], aside: Collection[str] = ()
) -> Iterator[Problem]:
    """Yield problems of old addresses that cannot redirect: on another site, in use today, or claimed twice.

    `records` and `urls` are by path of the file, `sites` the site's addresses under each of its offices. Pages `aside`
    (drafts and samples) give way to published ones. Redirects cannot chain or loop, as none may be an address of today.
    """
    # Some file systems ignore case.
    living = {url.lower(): path for path, url in urls.items() if path not in aside}
    claimed: dict[str, str] = {}
    hosts = {host_of(site): site for site in sites if site}
    for path, record in sorted(records.items(), key=lambda item: item[0] in aside):
        for old in record.get("old_addresses", ()):
            url = old.beside(urls[path])
            key = url.lower()
            if old.host and hosts and bare_host(old.host) not in hosts:
                own = " hoặc ".join(hosts.values())
                found = f'Địa chỉ cũ "{old.written}" không thuộc trang này', f"chỉ ghi địa chỉ của {own}"
            elif key == urls[path].lower():
                found = f"Địa chỉ cũ {url} chính là địa chỉ hiện nay", "xóa dòng ấy"
            elif key in living:
                found = f"Địa chỉ cũ {url} đang là của {living[key]}", "xóa dòng ấy, hoặc đổi tên thư mục, tệp kia"
            elif _is_taken(url):
                found = f"Địa chỉ cũ {url} đã dành cho một mục của trang", "chỉ ghi địa chỉ cũ của bài, trang, văn bản"
            elif key in claimed:
                found = f"Địa chỉ cũ {url} đã được khai ở {claimed[key]}", "xóa một trong hai dòng"
            else:
                claimed[key] = path
                continue
            yield Problem(path, record.lines["old_addresses"], *found)
    for path in aside:
        if (other := claimed.get(urls[path].lower(), path)) != path:
            fix = "đổi tên thư mục này, hoặc xóa dòng ấy"
            yield Problem(path, 1, f"Địa chỉ {urls[path]} đã được khai là Địa chỉ cũ ở {other}", fix)


def _is_taken(url: str) -> bool:
    steps = url.partition("?")[0].strip("/").split("/")
    may_be_free = len(steps) == _DEPTHS.get(steps[0]) and (steps[0] != _STORIES or _YEAR.fullmatch(steps[1]))
    return not may_be_free and (url == NOT_FOUND_URL or steps[0].lower() in TAKEN)
