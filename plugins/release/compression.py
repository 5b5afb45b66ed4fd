"""A smaller copy beside each text of the site, made once, so that no server compresses while someone waits.

[Brotli](https://github.com/google/brotli) for browsers, gzip for all else; both libraries bring their own code, so that
every machine makes the same bytes (a system's zlib does not promise it).
"""

from __future__ import annotations

import os
import re
from importlib.metadata import version
from typing import TYPE_CHECKING, NamedTuple

from plugins.content.addresses.sections import ASSETS_URL, EXEMPLARS, HOME, NEWS, SEARCH_INDEX_URL
from plugins.release.manifest import describe
from plugins.release.policy import COPIES
from plugins.sources.files import put, read_bytes
from plugins.teamwork import Team

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from plugins.release.manifest import Manifest, Release

# Fonts and pictures are compressed already.
TEXTS = {".html", ".css", ".js", ".json", ".webmanifest", ".xml", ".csv", ".txt", ".svg"}


class _Effort(NamedTuple):
    """How hard Brotli and gzip try; `window` is the power of two of the bytes in which Brotli looks for likenesses."""

    quality: int
    window: int
    level: int


# Made once for a theme, and loaded by every page.
_THEME, _BEST = ASSETS_URL, _Effort(11, 22, 12)
# What most readers come to, but made anew for nearly every release: the pages that are entered by, and what every
# search begins with. At most a fortieth larger than the best, in a third of the time.
_SHARED = re.compile(f"(?:{HOME.url}|{EXEMPLARS.url}|{NEWS.url})index.html|{SEARCH_INDEX_URL}[^/]+/muc-luc.json")
_GOOD = _Effort(10, 22, 10)
# Of any other page the best takes forty times as long, to spare one reader a sixth of a packet.
_QUICK = _Effort(9, 16, 9)
# Larger texts are data, of many likenesses far apart.
_LARGE, _FOR_LARGE = 1_000_000, _Effort(9, 22, 9)
# A copy that is not smaller by a twentieth is not worth its place; what is small travels in one packet as it is.
_WORTH, _SMALL = 0.95, 512
# What earlier copies must have been made with to be made again by copying.
_STAMP = "compression.txt"


def compress(site: Path, made: Manifest, earlier: Release | None = None) -> Callable[[], Manifest]:
    """Write `.br` and `.gz` beside every text of the site, from 512 bytes on, that they make smaller by a twentieth.

    Other processes begin at once; what is returned does the rest, and returns the entries of the copies. `made` is all
    of the site. Of a text that an earlier release has too, under whatever name, the copies are taken from there: the
    search's index is named anew whenever a word changes. Nothing else shows in the bytes.
    """
    efforts = [*_BEST, *_GOOD, *_QUICK, *_FOR_LARGE]
    stamp = f"brotli {version('brotli')}, deflate {version('deflate')}, {efforts}\n".encode()
    is_alike = earlier and (before := earlier.site.parent / _STAMP).is_file() and before.read_bytes() == stamp
    known = earlier.files if earlier and is_alike else {}
    names = {entry: path for path, entry in known.items() if _is_text(path)}

    def write(path: str) -> Manifest:
        there = path if known.get(path) == made[path] else names.get(made[path], "")
        is_same = there == path or (there and _choose(there) == _choose(path))
        if earlier and is_same and (copied := _reuse(site, path, earlier, there)) is not None:
            return copied
        copies = make_copies(f"/{path}", read_bytes(f"{site}/{path}"))
        for suffix, copy in copies.items():
            put(site, f"{path}{suffix}", copy)
        return {f"{path}{suffix}": describe(copy) for suffix, copy in copies.items()}

    texts = [path for path in made if _is_text(path)]
    team = Team(texts, write, "Nén trang").start()

    def finish() -> Manifest:
        written = team.finish()
        (site.parent / _STAMP).write_bytes(stamp)
        return {name: entry for copies in written for name, entry in copies.items()}

    return finish


def make_copies(url: str, data: bytes) -> dict[str, bytes]:
    """Return the copies of a text that are worth it, by the ending of their names."""
    # Imported where it is done: who publishes nothing needs neither.
    import brotli
    import deflate

    if len(data) < _SMALL:
        return {}
    quality, window, level = _FOR_LARGE if len(data) >= _LARGE else _choose(url[1:])
    # Without a name or a time in the head of either.
    made = {
        ".br": brotli.compress(data, mode=brotli.MODE_TEXT, quality=quality, lgwin=window),
        ".gz": bytes(deflate.gzip_compress(data, level)),
    }
    return {suffix: copy for suffix, copy in made.items() if len(copy) < _WORTH * len(data)}


def _is_text(path: str) -> bool:
    return f".{path.rpartition('.')[2]}" in TEXTS


def _choose(path: str) -> _Effort:
    url = f"/{path}"
    return _BEST if url.startswith(_THEME) else _GOOD if _SHARED.fullmatch(url) else _QUICK


def _reuse(site: Path, path: str, earlier: Release, there: str) -> Manifest | None:
    """Copy what an earlier release has beside the same text. Returns the entries; None where any of it is damaged.

    The times are those of before as well: servers tell by them and the size whether a reader has the text already.
    """
    # By the paths as words: pathlib takes longer for each of these than the system does.
    old, new = f"{earlier.site}/{there}", f"{site}/{path}"
    entries = {suffix: entry for suffix in COPIES if (entry := earlier.files.get(f"{there}{suffix}"))}
    try:
        copies = {suffix: read_bytes(f"{old}{suffix}") for suffix in entries}
        times = {suffix: os.stat(f"{old}{suffix}") for suffix in ("", *entries)}  # noqa: PTH116
    except OSError:
        return None
    if any(describe(copies[suffix]) != entry for suffix, entry in entries.items()):
        return None
    for suffix, copy in copies.items():
        put(site, f"{path}{suffix}", copy)
    for suffix, time in times.items():
        os.utime(f"{new}{suffix}", ns=(time.st_atime_ns, time.st_mtime_ns))
    return {f"{path}{suffix}": entry for suffix, entry in entries.items()}
