"""A photo of a story, from its file to its addresses, without decoding."""

import time
from dataclasses import dataclass
from functools import cached_property, lru_cache
from hashlib import sha256
from pathlib import Path

from plugins.photos import recipe
from plugins.photos.cache import Cache
from plugins.photos.recipe import WIDTHS, Size, fallback_size, plan_sizes
from plugins.sources.files import identify, is_settled
from plugins.sources.held import explain_reading, insist_on_reading
from plugins.sources.problem import Invalid
from plugins.vietnamese import slugify

CACHE_FOLDER = ".cache/photos"


@dataclass(frozen=True)
class PhotoCopy:
    """One copy of a photo on the site: its address and its size in pixels."""

    url: str
    width: int
    height: int


@dataclass(frozen=True)
class Photo:
    """A sound photo: its file, the hash of its content, its upright size, and the stem of its addresses."""

    file: Path
    digest: str
    size: Size
    stem: str

    @cached_property
    def copies(self) -> tuple[PhotoCopy, ...]:
        """The WebP copies, smallest first."""
        return tuple(PhotoCopy(f"{self.stem}-{width}.webp", width, height) for width, height in plan_sizes(*self.size))

    @cached_property
    def fallback(self) -> PhotoCopy:
        """The JPEG that every browser, feed reader and search engine can show."""
        width, height = fallback_size(*self.size)
        return PhotoCopy(f"{self.stem}-{width}.jpg", width, height)

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
    def largest(self) -> PhotoCopy:
        return self.copies[-1]

    def srcset(self, most: int = WIDTHS[-1]) -> str:
        """Return the copies at most `most` pixels wide, at least one, as a srcset."""
        offered = [copy for copy in self.copies if copy.width <= most] or self.copies[:1]
        return ", ".join(f"{copy.url} {copy.width}w" for copy in offered)


def open_cache(project: Path) -> Cache:
    """Return the cache of a project's photos."""
    return Cache(project / CACHE_FOLDER)


def load_photo(file: Path, base_url: str, cache: Cache | None = None) -> Photo:
    """Open a photo to publish under `base_url`, named by a hash of its content; Invalid if it is broken."""
    try:
        stat = insist_on_reading(file.stat)
        if stat.st_size > recipe.MAX_BYTES:
            raise Invalid(*recipe.TOO_HEAVY)
        # A file written just now could change again without a new identity.
        look = _look if is_settled(identity := identify(stat), time.time_ns()) else _look.__wrapped__
        digest, size = look(file, tuple(identity), cache)
    except OSError as error:
        raise explain_reading(error, "tệp ảnh") from None
    # The address depends on the picture and the recipe of its copies, so that browsers may cache it indefinitely.
    name = sha256(f"{digest} {recipe.RECIPE}".encode()).hexdigest()[:8]
    return Photo(file, digest, size, f"{base_url}{slugify(file.stem) or 'anh'}-{name}")


# The preview asks for the same photos at every keystroke.
@lru_cache(maxsize=4_096)
def _look(file: Path, identity: tuple[int, ...], cache: Cache | None) -> tuple[str, Size]:  # noqa: ARG001 - the key
    """Return SHA-256 and upright size of a photo, from the cache if its bytes were checked before. Raises Invalid."""
    data = insist_on_reading(file.read_bytes)
    digest = sha256(data).hexdigest()
    key = f"size {recipe.JUDGED} {recipe.MADE_WITH} {recipe.MAX_PIXELS} {recipe.MAX_PIXELS_WHOLE} {digest}"
    if cache and (known := cache.read(key)):
        width, height = map(int, known.split())
        return digest, (width, height)
    # Imported here: most runs have no new photo.
    from plugins.photos import pixels

    size = pixels.inspect(data)
    if cache:
        cache.write(key, f"{size[0]} {size[1]}".encode())
    return digest, size


def read_photo(file: Path) -> bytes:
    """Return the bytes of a photo file, at most one more than MAX_BYTES, so that it is refused as too heavy."""
    with insist_on_reading(lambda: file.open("rb")) as opened:
        return opened.read(recipe.MAX_BYTES + 1)


def develop_file(file: Path, digest: str, webp_sizes: tuple[Size, ...], jpeg_size: Size) -> list[bytes]:
    """Return the copies of the photo in a file, as pixels.develop does; OSError if the file has changed."""
    from plugins.photos import pixels

    data = insist_on_reading(file.read_bytes)
    if sha256(data).hexdigest() != digest:
        raise OSError(0, "ảnh vừa thay đổi trong lúc dựng trang; chạy lại lệnh", str(file))
    return pixels.develop(data, webp_sizes, jpeg_size)
