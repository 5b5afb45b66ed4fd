"""Addresses that something had before: how people write them, what they clash with, and what of them is gone. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from plugins.content.addresses.sections import DOCUMENTS, NEWS, NOT_FOUND_URL, TAKEN
from plugins.sources import values
from plugins.sources.problem import Invalid, Problem
from plugins.vietnamese import nfc, slugify

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from datetime import date

    from plugins.sources.schema import Record, Value

# How the addresses of pages ended elsewhere.
_ENDINGS = "html?|shtml|xhtml|aspx?|php[3-8]?|jspx?|cfm|cgi|do|pdf|docx?"
_HOST = re.compile(rf"(?:https?:)?//([^/?#]*)|((?:[\w-]+\.)+(?!(?:{_ENDINGS}|md)\b)[a-z]{{2,}})(?=/|$)", re.IGNORECASE)
_STEP = re.compile(r"[A-Za-z0-9][A-Za-z0-9_~-]{0,99}")
_PAGE_FILE = re.compile(rf"[A-Za-z0-9][A-Za-z0-9_~.-]{{0,99}}\.(?:{_ENDINGS})", re.IGNORECASE)
_QUERY = re.compile(r"[A-Za-z0-9_.~+:,-]+=[A-Za-z0-9_.~+:,-]*(?:&[A-Za-z0-9_.~+:,-]+=[A-Za-z0-9_.~+:,-]*)*")
# What a query is asked of: the home page, a folder or a file.
_ASKED = re.compile(rf"/(?:{_STEP.pattern}/)*(?:{_STEP.pattern}|{_PAGE_FILE.pattern})?", re.IGNORECASE)
_YEAR = re.compile(r"\d{4}")
_STORIES, _DOCUMENTS = NEWS.url.strip("/"), DOCUMENTS.url.strip("/")
# How many steps the addresses of stories and of documents have.
_DEPTHS = {_STORIES: 3, _DOCUMENTS: 2}
# Windows makes no folder or file of these names.
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)


def file_of_url(url: str) -> str:
    """Return the file of a site that stands at an address: bai-viet/index.html at /bai-viet/."""
    return url.lstrip("/") + ("index.html" if url.endswith("/") else "")


def url_of_file(path: str) -> str:
    """Return the address, without the host, at which a file of a site stands."""
    return f"/{path}".removesuffix("index.html")


@dataclass(frozen=True)
class OldAddress:
    """An old address as it was written: `host` is "" where none was; `path` a site path, or the bare name of a folder.

    A bare name stood beside what bears it now: "ten-cu" of a story of 2020 is /bai-viet/2020/ten-cu/.
    """

    written: str
    host: str
    path: str

    def beside(self, url: str) -> str:
        """Return the site path that is meant, for what stands at `url` now."""
        return self.path if self.path.startswith("/") else f"{url.rstrip('/').rpartition('/')[0]}/{self.path}/"


@dataclass(frozen=True)
class Gone:
    """A story that was taken down: where it stood, the day and the reason, as readers are told them, if they are said.

    `former` are its old addresses, gone as well. Nothing else of it is kept, but whether it only illustrated and under
    which code it was registered.
    """

    url: str
    day: date | None
    reason: str
    former: tuple[str, ...] = ()
    sample: bool = False
    registration: str = ""
    line: int = field(default=1, compare=False)


def parse_old_addresses(value: Value) -> tuple[OldAddress, ...]:
    """Return one or more old addresses, however they were written; Invalid for what no page of a site can stand at."""
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
    # Here the name of a folder or file was made into the address, so that it may be written either way.
    if is_name or len(steps) == _DEPTHS.get(steps[0]):
        steps[-1] = slugify(steps[-1]) if not _PAGE_FILE.fullmatch(steps[-1]) else steps[-1]
    *folders, last = steps
    is_page_file = bool(_PAGE_FILE.fullmatch(last))
    if not all(map(_STEP.fullmatch, folders)) or not (is_page_file or _STEP.fullmatch(last)) or len(text) > 300:
        raise Invalid(f'Địa chỉ cũ "{written}" không đúng dạng', "viết như bai-viet/2020/ten-cu")
    if any(map(_RESERVED.fullmatch, steps)):
        raise Invalid(f'Địa chỉ cũ "{written}" có tên mà Windows không cho đặt', "bỏ địa chỉ ấy")
    if is_name and not is_page_file:
        return OldAddress(written, host, last)
    return OldAddress(written, host, f"/{'/'.join(steps)}{'' if is_page_file else '/'}")


def _parse_asked(written: str, text: str) -> str:
    """Return an address with a query, which no folder of ours ever had: as it is."""
    path, _, query = f"/{text.lstrip('/')}".partition("?")
    if not _QUERY.fullmatch(query):
        raise Invalid(f'Địa chỉ cũ "{written}" không đúng dạng sau dấu hỏi', "viết như /tin.aspx?id=3")
    if not _ASKED.fullmatch(path) or len(text) > 300:
        raise Invalid(f'Địa chỉ cũ "{written}" không đúng dạng', "viết như /tin.aspx?id=3")
    return f"{path}?{query}"


def _without_files(steps: list[str]) -> list[str]:
    """Leave out what is of our folders and not of the address: content/bai-viet/2020/ten-cu/bai.md."""
    if steps and steps[0] == "content":
        steps = steps[2:] if steps[1:2] == ["trang"] else steps[1:]
    if steps and steps[-1].lower() in ("bai.md", "index.html"):
        steps = steps[:-1]
    if steps and steps[-1].lower().endswith(".md"):
        steps = [*steps[:-1], steps[-1][:-3]]
    return steps


def check_addresses(
    records: Mapping[str, Record], urls: Mapping[str, str], sites: Iterable[str], aside: Collection[str] = ()
) -> Iterator[Problem]:
    """Find old addresses that cannot lead on: those of another site, of what stands there today, or claimed twice.

    `records` and `urls` are by the path of the file, `sites` the addresses of the site under each of its offices. What
    no publish shows, the paths `aside`, gives way to what one does.
    Since each is declared by what it leads to, and none may be an address of today, there are no chains or circles.
    """
    # Some disks know one file by letters of either case.
    living = {url.lower(): path for path, url in urls.items() if path not in aside}
    claimed: dict[str, str] = {}
    hosts = {_bare(urlsplit(site).netloc): site for site in sites if site}
    for path, record in sorted(records.items(), key=lambda item: item[0] in aside):
        for old in record.get("old_addresses", ()):
            url = old.beside(urls[path])
            key = url.lower()
            if old.host and hosts and _bare(old.host) not in hosts:
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


def ascii_host(host: str) -> str:
    """Return the name of a host as computers write it, mặttrậnquêta.vn as xn--…; as it is when it cannot be one."""
    try:
        return nfc(host).encode("idna").decode()
    except UnicodeError:
        return host


def readable_url(url: str) -> str:
    """Return an address with its host as people write it, for them to read and type: xn--… as mặttrậnquêta.vn."""
    scheme, slashes, rest = url.partition("://")
    host, slash, path = rest.partition("/")
    try:
        return f"{scheme}{slashes}{nfc(host.encode('ascii').decode('idna'))}{slash}{path}"
    except UnicodeError:
        return url


def _bare(host: str) -> str:
    return ascii_host(host).lower().removeprefix("www.")


def _is_taken(url: str) -> bool:
    match url.partition("?")[0].strip("/").split("/"):
        case [first, year, _] if first == _STORIES and _YEAR.fullmatch(year):
            return False
        case [first, _] if first == _DOCUMENTS:
            return False
        case [first, *_]:
            return url == NOT_FOUND_URL or first.lower() in TAKEN
    return False
