"""Checks of files for machines: feeds are valid Atom (RFC 4287), the site map follows sitemaps.org 0.9."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from xml.etree import ElementTree as ET

from plugins.content.addresses.urls import url_of_file
from plugins.release.verify.candidate import Candidate
from plugins.release.verify.facts import Finding

_ATOM = "{http://www.w3.org/2005/Atom}"
_RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)")
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+")
_FIX = "gửi dòng này cho người phụ trách kỹ thuật"
NAME = "sitemap.xml"
MOST_ADDRESSES = 50_000
MOST_BYTES = 50 * 1024 * 1024
_SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def find_invalid_feeds(candidate: Candidate) -> Iterator[Finding]:
    """Yield each fault of a feed that a strict reader would reject."""
    for path, facts in candidate.items(".atom.xml"):
        # contents.py reports files that are not XML.
        if not facts.faults:
            url = url_of_file(path)
            # A feed at an old address is a copy of that at the new one.
            address = f"{candidate.home}{candidate.moved.get(url, url)}"
            for fault in _find_feed_faults(ET.fromstring(candidate.read(path)), address):  # noqa: S314
                yield Finding(url, f"nguồn tin không đúng chuẩn Atom, {fault}", _FIX)


def _find_feed_faults(feed: ET.Element, address: str) -> Iterator[str]:
    if feed.tag != f"{_ATOM}feed":
        yield f"phần tử gốc là {feed.tag}"
        return
    entries = feed.findall(f"{_ATOM}entry")
    yield from _find_common(feed, "nguồn tin")
    links = {link.get("rel", "alternate"): link.get("href") for link in feed.findall(f"{_ATOM}link")}
    if links.get("self") != address:
        yield f"địa chỉ của chính nó ghi là {links.get('self')}"
    if feed.find(f"{_ATOM}author") is None and any(entry.find(f"{_ATOM}author") is None for entry in entries):
        yield "không ghi tác giả"
    for number, entry in enumerate(entries, 1):
        yield from _find_common(entry, f"mục {number}")
        if not [e for e in entry.findall(f"{_ATOM}link") if e.get("rel", "alternate") == "alternate" and e.get("href")]:
            yield f"mục {number} không dẫn tới đâu"
    ids = Counter(entry.findtext(f"{_ATOM}id") for entry in entries)
    yield from (f"hai mục cùng mã {value}" for value, count in ids.items() if count > 1)


def _find_common(element: ET.Element, where: str) -> Iterator[str]:
    """Yield faults of the elements that feeds and entries have in common."""
    for name in ("id", "title", "updated"):
        values = [(found.text or "").strip() for found in element.findall(f"{_ATOM}{name}")]
        if len(values) != 1 or not values[0]:
            yield f"{where} cần đúng một <{name}>"
        elif name == "id" and not _IRI.fullmatch(values[0]):
            yield f"{where} có mã không hợp lệ {values[0]}"
    for name in ("updated", "published"):
        for found in element.findall(f"{_ATOM}{name}"):
            if not _is_moment(_RFC3339.fullmatch(found.text or ""), datetime):
                yield f"{where} có <{name}> không phải ngày giờ: {found.text}"


def find_invalid_site_map(candidate: Candidate) -> Iterator[Finding]:
    """Yield each fault that a search engine would reject, and each page that is missing or wrong in the map."""
    for fault in _find_map_faults(candidate):
        yield Finding(f"/{NAME}", fault, _FIX)


def _find_map_faults(candidate: Candidate) -> Iterator[str]:
    if (facts := candidate.files.get(NAME)) is None:
        yield "không có bản đồ trang"
    if facts is None or facts.faults:
        return
    root = ET.fromstring(candidate.read(NAME))  # noqa: S314
    names, home = [NAME], f"{candidate.home}/"
    if root.tag == f"{_SPACE}sitemapindex":
        names = [address.removeprefix(home) for address in _addresses(root)]
    yield from (f"không có {name}" for name in names if name not in candidate.files)
    parts = [(name, ET.fromstring(candidate.read(name))) for name in names if name in candidate.files]  # noqa: S314
    for name, part in parts:
        yield from _find_part_faults(part, candidate.entries[name].bytes)
    told = [address for _, part in parts for address in _addresses(part)]
    yield from (f"kể hai lần {address}" for address, count in Counter(told).items() if count > 1)
    # Without the error page and redirects.
    shown = candidate.pages.keys() - candidate.moved.keys() - {*candidate.gone}
    pages = {f"{candidate.home}{url}" for url in shown if not url.endswith(".html")}
    yield from (f"kể {address} là địa chỉ không có" for address in sorted({*told} - pages))
    yield from (f"không kể {address}" for address in sorted(pages - {*told}))


def _find_part_faults(root: ET.Element, size: int) -> Iterator[str]:
    """Yield the faults of one file of the site map."""
    if size > MOST_BYTES:
        yield "bản đồ trang nặng quá 50 MB"
    if root.tag != f"{_SPACE}urlset":
        yield f"phần tử gốc là {root.tag}"
    if len(root) > MOST_ADDRESSES:
        yield f"bản đồ trang có {len(root)} địa chỉ, quá {MOST_ADDRESSES}"
    for day in (element.text or "" for element in root.iter(f"{_SPACE}lastmod")):
        if not _is_moment(_DAY.match(day), date):
            yield f"<lastmod> không phải ngày: {day}"


def _addresses(root: ET.Element) -> list[str]:
    return [(entry.findtext(f"{_SPACE}loc") or "").strip() for entry in root]


def _is_moment(found: re.Match[str] | None, kind: type[date]) -> bool:
    """Tell whether a text in the form of a date or time is a real one."""
    try:
        return bool(found and kind.fromisoformat(found[0]))
    except ValueError:
        return False
