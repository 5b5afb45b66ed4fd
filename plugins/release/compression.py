"""A smaller copy beside each text of the site, made once, so that no server compresses while someone waits.

[Brotli](https://github.com/google/brotli) for browsers, gzip for all else; both libraries bring their own code, so that
every machine makes the same bytes (a system's zlib does not promise it).
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from importlib.metadata import version
from typing import TYPE_CHECKING

from plugins.progress import tell
from plugins.release.policy import COPIES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
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
_SHARE = 32
# Starting the processes takes as long as this many pages.
_WORTH_A_POOL = 4 * _SHARE
_LABEL = "Nén trang"


def compress(site: Path, earlier: Path | None = None) -> None:
    """Write `.br` and `.gz` beside every text of the site, from 512 bytes on, that they make smaller by a twentieth.

    `earlier` is the root of an earlier release: what is the same there is copied. Nothing else shows in the bytes.
    """
    stamp = f"brotli {version('brotli')} {_QUALITY} {_QUALITY_OF_LARGE}, deflate {version('deflate')} {_GZIP_LEVEL}\n"
    is_known = earlier is not None and _read(earlier.parent / _STAMP) == stamp.encode()
    texts = sorted(file for file in site.rglob("*") if file.suffix in TEXTS and file.is_file())
    left = [text for text in texts if not (is_known and earlier and _reuse(text, earlier / text.relative_to(site)))]
    shares = [left[start : start + _SHARE] for start in range(0, len(left), _SHARE)]
    done = 0
    for number in _work(shares, is_large=len(left) >= _WORTH_A_POOL):
        done += number
        tell(_LABEL, done, len(left))
    (site.parent / _STAMP).write_bytes(stamp.encode())


def _work(shares: Sequence[Sequence[Path]], *, is_large: bool) -> Iterator[int]:
    """Yield how many are done, a share at a time; one is made again where a process was ended or may not begin."""
    finished = 0
    if is_large and (os.cpu_count() or 1) > 1:
        # “spawn” on every system: Windows knows nothing else, and a fork of a process with threads may hang.
        start = partial(ProcessPoolExecutor, mp_context=multiprocessing.get_context("spawn"))
        try:
            with start(initializer=partial(signal.signal, signal.SIGINT, signal.SIG_IGN)) as pool:
                for number in pool.map(compress_files, shares):
                    finished += 1
                    yield number
        except (BrokenProcessPool, ImportError, NotImplementedError, PermissionError):
            pass
    yield from map(compress_files, shares[finished:])


def compress_files(texts: Sequence[Path]) -> int:
    """Write the copies of each file. Returns how many files there were."""
    # Imported where it is done: who publishes nothing needs neither.
    import brotli
    import deflate

    for text in texts:
        data = text.read_bytes()
        quality = _QUALITY if len(data) < _LARGE else _QUALITY_OF_LARGE
        made = {
            ".br": brotli.compress(data, mode=brotli.MODE_TEXT, quality=quality),
            # Without a name or a time in its head.
            ".gz": bytes(deflate.gzip_compress(data, _GZIP_LEVEL)),
        }
        for suffix, copy in made.items():
            if len(data) >= _SMALL and len(copy) < _WORTH * len(data):
                _beside(text, suffix).write_bytes(copy)
    return len(texts)


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
