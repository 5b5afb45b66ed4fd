"""Compressed copies (`.br`, `.gz`) beside each text of the site, so that no server compresses while a reader waits.

Both libraries bring their own code, so that every machine makes the same bytes; a system's zlib does not promise that.
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
    """Brotli's quality and window (as a power of two, in bytes), and the level of gzip."""

    quality: int
    window: int
    level: int


# Compressed once for a theme, and loaded by every page.
_THEME, _BEST = ASSETS_URL, _Effort(11, 22, 12)
# Most read, but changed in nearly every release: entry pages, and the file that every search begins with. At most 2.5 %
# larger than the best, in a third of the time.
_SHARED = re.compile(f"(?:{HOME.url}|{EXEMPLARS.url}|{NEWS.url})index.html|{SEARCH_INDEX_URL}[^/]+/muc-luc.json")
_GOOD = _Effort(10, 22, 10)
# For any other page the best takes forty times as long, to save one reader a sixth of a packet.
_QUICK = _Effort(9, 16, 9)
# Larger texts are data, which repeats itself over long distances.
_LARGE, _FOR_LARGE = 1_000_000, _Effort(9, 22, 9)
# A copy must be 5 % smaller to be kept; smaller texts than _SMALL travel in one packet anyway.
_WORTH, _SMALL = 0.95, 512
# Beside the site: versions and settings. Copies of an earlier release with the same ones are reused.
_STAMP = "compression.txt"


def compress(site: Path, made: Manifest, earlier: Release | None = None) -> Callable[[], Manifest]:
    """Write `.br` and `.gz` beside the texts of the site, from 512 bytes on, where they are 5 % smaller.

    Other processes begin at once; the returned function does the rest, and returns the manifest of the copies. `made`
    is the manifest of the site. Copies of a text that an earlier release has too, even under another name, are taken
    from there, as the search index changes its name with every edit. The bytes are the same.
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

    team = Team([path for path in made if _is_text(path)], write, "Nén trang").start()

    def finish() -> Manifest:
        written = team.finish()
        (site.parent / _STAMP).write_bytes(stamp)
        return {name: entry for copies in written for name, entry in copies.items()}

    return finish


def make_copies(url: str, data: bytes) -> dict[str, bytes]:
    """Return the copies of a text that are worth keeping, by suffix."""
    # Imported late: only a publish needs them.
    import brotli
    import deflate

    if len(data) < _SMALL:
        return {}
    quality, window, level = _FOR_LARGE if len(data) >= _LARGE else _choose(url[1:])
    # Neither has a name or time in its header.
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
    """Take the copies of a text from an earlier release. Returns their entries; None where one is damaged.

    Text and copies get the earlier times: servers make an ETag of time and size.
    """
    # As strings: pathlib takes longer for each of these than the system does.
    old = f"{earlier.site}/{there}"
    entries = {suffix: entry for suffix in COPIES if (entry := earlier.files.get(f"{there}{suffix}"))}
    try:
        copies = {suffix: read_bytes(f"{old}{suffix}") for suffix in entries}
        stats = {suffix: os.stat(f"{old}{suffix}") for suffix in ("", *entries)}  # noqa: PTH116
    except OSError:
        return None
    if any(describe(copies[suffix]) != entry for suffix, entry in entries.items()):
        return None
    times = {suffix: (stat.st_atime_ns, stat.st_mtime_ns) for suffix, stat in stats.items()}
    os.utime(f"{site}/{path}", ns=times[""])
    for suffix, copy in copies.items():
        put(site, f"{path}{suffix}", copy, times[suffix])
    return {f"{path}{suffix}": entry for suffix, entry in entries.items()}
