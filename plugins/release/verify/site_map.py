"""The site map is one that search engines take (sitemaps.org 0.9), and says exactly which pages there are."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from plugins.release.verify.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plugins.release.verify.candidate import Candidate

NAME = "sitemap.xml"
MOST_ADDRESSES = 50_000
MOST_BYTES = 50 * 1024 * 1024
_SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_FIX = "gửi dòng này cho người phụ trách kỹ thuật"


def find_invalid(candidate: Candidate) -> Iterator[Finding]:
    """Yield what a search engine would refuse, and each page that is told wrongly or not at all."""
    for fault in _find_faults(candidate):
        yield Finding(f"/{NAME}", fault, _FIX)


def _find_faults(candidate: Candidate) -> Iterator[str]:
    facts = candidate.files.get(NAME)
    if facts is None:
        yield "không có bản đồ trang"
    if facts is None or facts.faults:
        return
    if candidate.entries[NAME].bytes > MOST_BYTES:
        yield "bản đồ trang nặng quá 50 MB"
    root = ET.fromstring(candidate.read(NAME))  # noqa: S314
    if root.tag != f"{_SPACE}urlset":
        yield f"phần tử gốc là {root.tag}"
        return
    told = [(entry.findtext(f"{_SPACE}loc") or "").strip() for entry in root]
    if len(told) > MOST_ADDRESSES:
        yield f"bản đồ trang có {len(told)} địa chỉ, quá {MOST_ADDRESSES}"
    yield from (f"kể hai lần {address}" for address, count in Counter(told).items() if count > 1)
    for day in (element.text or "" for element in root.iter(f"{_SPACE}lastmod")):
        if not _is_day(day):
            yield f"<lastmod> không phải ngày: {day}"
    pages = {f"{candidate.home}{url}" for url in _listed(candidate)}
    yield from (f"kể {address} là địa chỉ không có" for address in sorted({*told} - pages))
    yield from (f"không kể {address}" for address in sorted(pages - {*told}))


def _listed(candidate: Candidate) -> Iterator[str]:
    """Yield the address of every page that search engines are to know: not the error page, nor what only leads on."""
    for url in candidate.pages:
        if not url.endswith(".html") and url not in candidate.moved and url not in candidate.gone:
            yield url


def _is_day(text: str) -> bool:
    try:
        return bool(_DAY.match(text) and date.fromisoformat(text[:10]))
    except ValueError:
        return False
