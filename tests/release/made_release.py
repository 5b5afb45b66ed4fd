"""Small invented releases, as `publish` writes them: pages with their files, data, feeds, server rules."""

from __future__ import annotations

import json
import re
from functools import cache
from hashlib import sha256, sha512
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import html5lib

from plugins.release.store import write_current

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

STORIES = 8
# In pieces of 64 bytes.
PHOTO = 200


def make_release(project: Path, number: int, files: Mapping[str, bytes]) -> Path:
    """Write a release and make it current. Returns its web root."""
    name = f"{number:04}"
    folder = project / "releases" / name
    for path, data in files.items():
        file = folder / "site" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    entries = {path: {"sha256": sha256(data).hexdigest(), "bytes": len(data)} for path, data in sorted(files.items())}
    (folder / "manifest.json").write_text(json.dumps(entries), encoding="utf-8")
    write_current(project / "releases", name)
    return folder / "site"


def make_files(edition: int) -> dict[str, bytes]:
    """Return a site's files by path. From one edition to the next every page changes, some stories and photos go."""
    files: dict[str, bytes] = {}

    def add(pattern: str, data: bytes) -> str:
        path = pattern.format(sha256(data).hexdigest()[:8])
        files[path] = data
        return f"/{path}"

    style = add("theme/css/site.{}.css", f"main {{ order: {edition} }}\n".encode() * 200)
    index = f"tim-kiem/chi-muc/{sha256(b'%d' % edition).hexdigest()[:12]}"
    for number in range(4):
        files[f"{index}/{number}.json"] = b'{"edition":%d,"number":%d}' % (edition, number)
    links = []
    for number in range(edition, edition + STORIES):
        folder = f"bai-viet/2020/bai-{number}"
        # Every third photo is another in each edition.
        taken = number * 100 + (edition if number % 3 == 0 else 0)
        small, large = (
            add(f"{folder}/anh-{{}}-{size}.webp", sha512(b"%d" % (taken + size)).digest() * PHOTO)
            for size in (480, 800)
        )
        body = f'<img src="{small}" srcset="{small} 480w, {large} 800w" alt="Ảnh {number}"><p>Đắk D’rông {edition}</p>'
        files[f"{folder}/index.html"] = _page(style, body)
        links.append(f'<li><a href="/{folder}/">Bài {number}</a></li>')
    files["index.html"] = _page(style, f"<ul>{''.join(links)}</ul>")
    files["tim-kiem/index.html"] = _page(style, f'<div data-index="/{index}/"></div>')
    files["404.html"] = _page(style, "Không có trang này")
    files["index.html.br"] = b"br %d" % edition
    files["du-lieu/Số liệu #1 (Cư K’nia).csv"] = b"nam;so\n2020;%d\n" % edition
    files["feeds/tat-ca.atom.xml"] = b"<feed>%d</feed>" % edition
    files["sitemap.xml"] = b"<urlset>%d</urlset>" % edition
    files[".htaccess"] = b"# %d\n" % edition
    files["robots.txt"] = b"User-agent: *\n"
    return files


def _page(style: str, body: str) -> bytes:
    head = f'<meta charset="utf-8"><title>Trang</title><link rel="stylesheet" href="{style}">'
    return f'<!doctype html><html lang="vi"><head>{head}</head><body>{body}</body></html>\n'.encode()


def read_folder(root: Path) -> dict[str, bytes]:
    """Return all that a reader could ask for at a target; not our notes."""
    files = {file.relative_to(root).as_posix(): file.read_bytes() for file in root.rglob("*") if file.is_file()}
    return {path: data for path, data in files.items() if not path.startswith(".dan-van-kheo/")}


def find_broken_pages(root: Path) -> list[str]:
    """Return every page at a target that lacks something that it needs, whole."""
    return [
        f"{page.relative_to(root).as_posix()}: {needed}"
        for page in sorted(root.rglob("*.html"))
        for needed in _needs(page)
        if not _is_whole(root, needed) and needed in _needs(page)  # not replaced by now
    ]


def find_torn_files(root: Path, before: Mapping[str, bytes], after: Mapping[str, bytes]) -> list[str]:
    """Return every file that is neither as it was nor as it will be, and every page that is not there at all."""
    there = read_folder(root)
    names = before.keys() | after.keys()
    torn = {path for path in there.keys() & names if there[path] not in (before.get(path), after.get(path))}
    return sorted(torn | {path for path in before.keys() & after.keys() if path.endswith(".html")} - there.keys())


def _needs(page: Path) -> list[str]:
    try:
        return _read_needs(page.read_bytes())
    except FileNotFoundError:
        return []


# Pages are looked at again and again while they are replaced, and mostly have not changed.
@cache
def _read_needs(html: bytes) -> list[str]:
    parsed = html5lib.parse(html.decode(errors="replace"), namespaceHTMLElements=False)
    return [urlsplit(address).path.lstrip("/") for element in parsed.iter() for address in _addresses(element)]


def _addresses(element) -> Iterator[str]:
    if element.tag == "link":
        yield element.get("href", "")
    if element.tag == "img":
        yield element.get("src", "")
        yield from (part.split()[0] for part in element.get("srcset", "").split(",") if part.strip())
    if element.get("data-index"):
        yield from (f"{element.get('data-index')}{number}.json" for number in range(4))


def _is_whole(root: Path, path: str) -> bool:
    try:
        data = (root / path).read_bytes()
    except OSError:
        return False
    named = re.search(r"[.-]([0-9a-f]{8})[.-]", path)
    return sha256(data).hexdigest().startswith(named[1]) if named else bool(data)
