"""The copies of an upright picture: each scaled from the next larger one, and written as browsers and feeds want it."""

from __future__ import annotations

from io import BytesIO
from math import log
from typing import TYPE_CHECKING

from PIL import Image

from plugins.photos import recipe

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plugins.photos.sizes import Size

# HAMMING takes half the time and loses 1 to 3 dB of what is fine: leaves, cloth, the words on a board. Down to half
# and less, BICUBIC takes two thirds and loses a tenth, for 3 % fewer bytes.
_NEAR, _FAR = Image.Resampling.LANCZOS, Image.Resampling.BICUBIC
_IS_FAR = 1.9
# A JPEG's decoder halves each block by itself, and folds what is finest: 1 dB where no other scaling follows.
_MARGIN = 1.1
_PAPER = (255, 255, 255)
# A copy of 800 pixels takes about so many times the bytes of one of 480; bytes grow about so fast with the quality.
_GROWTH, _STEEPNESS = 2.4, 0.8
# Where so many times the room is expected, nobody tries whether it is enough.
_SURELY = 1.2
# What fills its room to so much is not written again; the next attempt aims between that and the whole.
_FULL, _AIM, _TRIES = 0.86, 0.94, 4


def scale(picture: Image.Image, size: Size) -> Image.Image:
    """Return a picture of its own in this size: the one given may stand and fall with its file."""
    if picture.size == size:
        return picture.copy()
    how = _FAR if picture.width > _IS_FAR * size[0] else _NEAR
    # Pillow would scale the width first, which is more work: its loops are quicker along columns.
    return picture.resize((picture.width, size[1]), how).resize(size, how)


def room_to_scale(size: Size) -> Size:
    """Return how large a JPEG must be decoded for a copy of this size: its decoder's own scaling spoils fine detail."""
    return round(size[0] * _MARGIN), round(size[1] * _MARGIN)


def write_copies(picture: Image.Image, webp_sizes: Sequence[Size], jpeg_size: Size) -> list[bytes]:
    """Return the picture as WebP in each size, largest last, and as one JPEG of one of these sizes."""
    scaled: dict[Size, Image.Image] = {}
    # Each from the next larger one, which is half of the work of scaling each from the original.
    for size in reversed(webp_sizes):
        scaled[size] = picture = scale(picture, size)
    written: list[bytes] = []
    for size in webp_sizes:
        if size[0] > recipe.LIGHT_WIDTH:
            written.append(_write_webp(scaled[size], recipe.WEBP_QUALITY))
        else:
            written.append(_write_light(scaled[size], len(written[-1]) * _GROWTH if written else 0))
    return [*written, write_jpeg(scaled[jpeg_size])]


def write_jpeg(picture: Image.Image, quality: int = recipe.JPEG_QUALITY) -> bytes:
    """Return the picture as JPEG; what is transparent lies on paper."""
    if picture.mode == "RGBA":
        flat = Image.new("RGB", picture.size, _PAPER)
        flat.paste(picture, mask=picture.getchannel("A"))
        picture = flat
    out = BytesIO()
    picture.save(out, "JPEG", quality=quality, progressive=True, optimize=True)
    return out.getvalue()


def _write_webp(picture: Image.Image, quality: int) -> bytes:
    out = BytesIO()
    # Method 2 takes half the time of 4 for 5 % more bytes.
    picture.save(out, "WEBP", quality=quality, method=2)
    return out.getvalue()


def _write_light(picture: Image.Image, expected: float) -> bytes:
    """Return the picture as WebP of LIGHT_BYTES at most, at a quality that makes use of them.

    `expected` is about how many bytes it takes at the best quality; 0 where nothing is known.
    """
    lowest, best = recipe.LIGHT_QUALITIES
    aim = _AIM * recipe.LIGHT_BYTES
    steepness, quality, before = _STEEPNESS, best, 0
    if expected > recipe.LIGHT_BYTES * _SURELY:
        quality = _aim(best, expected / aim, steepness)
    fitting = b""
    tried: dict[int, int] = {}
    while quality not in tried and len(tried) < _TRIES:
        data = _write_webp(picture, quality)
        size = tried[quality] = len(data)
        if quality == lowest or recipe.LIGHT_BYTES * _FULL <= size <= recipe.LIGHT_BYTES:
            return data
        if size <= recipe.LIGHT_BYTES:
            fitting = max(fitting, data, key=len)
        if before:
            # How fast it is with this picture: with leaves slowly, with what is grainy all over very fast.
            steepness = min(3.0, max(0.4, log(size / tried[before]) / log(quality / before)))
        before, quality = quality, _aim(quality, size / aim, steepness)
    return fitting or _write_webp(picture, lowest)


def _aim(quality: int, excess: float, steepness: float) -> int:
    """Return the quality at which what is so many times too heavy at this one would not be."""
    lowest, best = recipe.LIGHT_QUALITIES
    fitting: float = quality / excess ** (1 / steepness)
    return min(best, max(lowest, round(fitting)))
