"""A photo of a story, from its file to its addresses. Paths only; the pixels are another module's."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING

from plugins.photos import recipe
from plugins.photos.cache import Cache
from plugins.photos.sizes import WIDTHS, fallback_size, plan_sizes
from plugins.sources.files import identify, is_settled
from plugins.sources.problem import Invalid
from plugins.vietnamese import slugify

if TYPE_CHECKING:
    import os
    from pathlib import Path

    from plugins.photos.sizes import Size

# By the name of a file: what tells it from another, its hash and its upright size.
Found = dict[str, list[int | str]]

CACHE_FOLDER = ".cache/photos"


@dataclass(frozen=True)
class Copy:
    """One copy of a photo as it stands on the site: its address and its size in pixels."""

    url: str
    width: int
    height: int


@dataclass(frozen=True)
class Photo:
    """A photo that was found whole: its file, the hash of its content, its upright size, how its addresses begin."""

    file: Path
    digest: str
    size: Size
    stem: str

    @cached_property
    def copies(self) -> tuple[Copy, ...]:
        """The WebP copies, smallest first."""
        return tuple(Copy(f"{self.stem}-{width}.webp", width, height) for width, height in plan_sizes(*self.size))

    @cached_property
    def fallback(self) -> Copy:
        """The JPEG that every browser, feed reader and search engine can show."""
        width, height = fallback_size(*self.size)
        return Copy(f"{self.stem}-{width}.jpg", width, height)

    @property
    def url(self) -> str:
        return self.fallback.url

    @property
    def width(self) -> int:
        return self.fallback.width

    @property
    def height(self) -> int:
        return self.fallback.height

    @property
    def largest(self) -> Copy:
        return self.copies[-1]

    def srcset(self, most: int = WIDTHS[-1]) -> str:
        """Return the copies that are at most so many pixels wide, at least one, as HTML's srcset wants them."""
        offered = [copy for copy in self.copies if copy.width <= most] or self.copies[:1]
        return ", ".join(f"{copy.url} {copy.width}w" for copy in offered)


def open_cache(project: Path) -> Cache:
    """Return the cache of a project's photos."""
    return Cache(project / CACHE_FOLDER)


class Seen:
    """What earlier runs found out about photo files: their hash and size, as long as the file is the same.

    A file is the same when its path, length, times and inode are. One that was written in the very moment in which it
    was read could change again under the same time, and is not remembered.
    """

    _KEY = f"seen {recipe.MADE_WITH} {recipe.MAX_PIXELS} {recipe.MAX_PIXELS_WHOLE} {recipe.MAX_BYTES}"

    def __init__(self, cache: Cache, before: Found | None = None) -> None:
        self._cache = cache
        if before is None:
            data = cache.read(self._KEY)
            # The cache vouches for what it gives: it is what save() wrote.
            before = json.loads(data) if data else {}
        self._before = before
        self.found: Found = {}

    def apart(self) -> Seen:
        """Return one that knows what this one did at first, for whoever works apart; `learn` what it has `found`."""
        return Seen(self._cache, self._before)

    def learn(self, found: Found) -> None:
        """Take in what another found."""
        self.found |= found

    def find(self, file: Path, stat: os.stat_result) -> tuple[str, Size] | None:
        """Return the hash and the upright size of a sound photo that has not changed."""
        entry = self.found.get(str(file)) or self._before.get(str(file))
        if entry is None or entry[:4] != identify(stat):
            return None
        self.found[str(file)] = entry
        return str(entry[4]), (int(entry[5]), int(entry[6]))

    def add(self, file: Path, stat: os.stat_result, digest: str, size: Size) -> None:
        """Remember a photo that was just read and found sound; `stat` is from before it was read."""
        if is_settled(identity := identify(stat), time.time_ns()):
            self.found[str(file)] = [*identity, digest, *size]

    def save(self) -> None:
        """Keep what was found for the next run; what is no longer there is forgotten."""
        if self.found != self._before:
            self._cache.write(self._KEY, json.dumps(self.found).encode())


def load_photo(file: Path, base_url: str, seen: Seen | None = None) -> Photo:
    """Open a photo that will stand under `base_url`, named by a hash of its content; Invalid when it is broken."""
    try:
        stat = file.stat()
        found = seen.find(file, stat) if seen else None
        if found is None:
            if stat.st_size > recipe.MAX_BYTES:
                raise Invalid("Ảnh nặng quá 40 MB", "thu nhỏ ảnh còn cạnh dài 4.000 điểm rồi chép lại")
            # Imported here: most runs meet no photo that is new to them.
            from plugins.photos import pixels

            data = file.read_bytes()
            found = sha256(data).hexdigest(), pixels.inspect(data)
            if seen:
                seen.add(file, stat, *found)
    except OSError:
        raise Invalid("Không đọc được tệp ảnh", "kiểm tra quyền đọc tệp rồi thử lại") from None
    digest, size = found
    # The address changes with the picture and with how its copies are made, so that it can be kept for ever.
    name = sha256(f"{digest} {recipe.RECIPE}".encode()).hexdigest()[:8]
    return Photo(file, digest, size, f"{base_url}{slugify(file.stem) or 'anh'}-{name}")


def develop_file(file: Path, digest: str, webp_sizes: tuple[Size, ...], jpeg_size: Size) -> list[bytes]:
    """Return the copies of the photo in a file, as pixels.develop does; OSError when it is no longer the same photo."""
    from plugins.photos import pixels

    data = file.read_bytes()
    if sha256(data).hexdigest() != digest:
        raise OSError(0, "ảnh vừa thay đổi trong lúc dựng trang; chạy lại lệnh", str(file))
    return pixels.develop(data, webp_sizes, jpeg_size)
