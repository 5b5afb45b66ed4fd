"""A smaller copy beside each text of the site, made once, so that no server compresses while someone waits.

[Brotli](https://github.com/google/brotli) for browsers, gzip for all else; both libraries bring their own code, so that
every machine makes the same bytes (a system's zlib does not promise it).
"""

from __future__ import annotations

import os
from importlib.metadata import version
from typing import TYPE_CHECKING

from plugins.photos.workers import Job, run_jobs
from plugins.release.policy import COPIES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

# Fonts and pictures are compressed already.
TEXTS = {".html", ".css", ".js", ".json", ".webmanifest", ".xml", ".csv", ".txt", ".svg"}
# Larger texts are data, where the last hundredth costs a second for each megabyte.
_LARGE = 1_000_000
_QUALITY, _QUALITY_OF_LARGE, _GZIP_LEVEL = 11, 9, 12
# A copy that is not smaller by a twentieth is not worth its place; what is small travels in one packet as it is.
_WORTH, _SMALL = 0.95, 512
# What earlier copies must have been made with to be made again by copying.
_STAMP = "compression.txt"
# Of one process at a time: a page is too little to send it away.
_SHARE = 16


def compress(site: Path, earlier: Path | None = None) -> None:
    """Write `.br` and `.gz` beside every text of the site, from 512 bytes on, that they make smaller by a twentieth.

    `earlier` is the root of an earlier release: what is the same there is copied. Nothing else shows in the bytes.
    """
    stamp = f"brotli {version('brotli')} {_QUALITY} {_QUALITY_OF_LARGE}, deflate {version('deflate')} {_GZIP_LEVEL}\n"
    is_known = earlier is not None and _read(earlier.parent / _STAMP) == stamp.encode()
    texts = sorted(file for file in site.rglob("*") if file.suffix in TEXTS and file.is_file())
    left = [text for text in texts if not (is_known and earlier and _reuse(text, earlier / text.relative_to(site)))]
    shares = [left[start : start + _SHARE] for start in range(0, len(left), _SHARE)]
    for number, copies in run_jobs([Job(make_copies, (share,)) for share in shares], "Nén trang"):
        beside = [_beside(text, suffix) for text in shares[number] for suffix in COPIES]
        for file, copy in zip(beside, copies, strict=True):
            if copy:
                file.write_bytes(copy)
    (site.parent / _STAMP).write_bytes(stamp.encode())


def make_copies(texts: Sequence[Path]) -> list[bytes]:
    """Return the Brotli and the gzip copy of each file, one after another; empty where it is not worth it."""
    # Imported where it is done: who publishes nothing needs neither.
    import brotli
    import deflate

    made: list[bytes] = []
    for text in texts:
        data = text.read_bytes()
        if len(data) < _SMALL:
            made += (b"", b"")
            continue
        quality = _QUALITY if len(data) < _LARGE else _QUALITY_OF_LARGE
        # Without a name or a time in the head of either.
        copies = brotli.compress(data, mode=brotli.MODE_TEXT, quality=quality), deflate.gzip_compress(data, _GZIP_LEVEL)
        made += (bytes(copy) if len(copy) < _WORTH * len(data) else b"" for copy in copies)
    return made


def _reuse(text: Path, before: Path) -> bool:
    """Copy what an earlier release has beside the same text; False when its text is another, or there is none.

    The time is that of before as well: servers tell by it and the size whether a reader has the text already.
    """
    if _read(before) != text.read_bytes():
        return False
    _date_as(text, before)
    for suffix in COPIES:
        if (copy := _read(_beside(before, suffix))) is not None:
            _beside(text, suffix).write_bytes(copy)
            _date_as(_beside(text, suffix), _beside(before, suffix))
    return True


def _date_as(file: Path, before: Path) -> None:
    stat = before.stat()
    os.utime(file, ns=(stat.st_atime_ns, stat.st_mtime_ns))


def _beside(text: Path, suffix: str) -> Path:
    return text.with_name(text.name + suffix)


def _read(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return None
