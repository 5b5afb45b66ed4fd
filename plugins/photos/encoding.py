"""The copies of an upright picture: each scaled from the next larger one, and written as browsers and feeds want it."""

from __future__ import annotations

from io import BytesIO
from math import exp, log
from typing import TYPE_CHECKING

# WebP's own module is named, or the first copy has Pillow load those of all formats, which takes 20 ms.
from PIL import Image, WebPImagePlugin  # noqa: F401

from plugins.photos import recipe

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from plugins.photos.sizes import Size

# By column and by row. Pillow's loops cost by the pixel that they read, so the columns, which come first, have the
# narrower window: LANCZOS for both takes a third more, and is no nearer at the same bytes.
_NEAR = Image.Resampling.BICUBIC, Image.Resampling.LANCZOS
# Down to half and less, the narrow one will do for both; HAMMING by column would lose 0.3 dB of leaves and cloth.
_FAR = Image.Resampling.BICUBIC, Image.Resampling.BICUBIC
_IS_FAR = 1.9
# A JPEG's decoder halves each block by itself, and folds what is finest: 1 dB where no other scaling follows.
_MARGIN = 1.1
_PAPER = (255, 255, 255)
# Bytes grow about so fast with the width. Between a smaller copy and a larger one, of less quality, they take so many
# times what a straight line says: of 83 photos, one in twenty is off by 3 %.
_GROWTH, _BETWEEN = 1.7, 1.06
# They grow so fast with the quality, and the slower the more of them there are.
_STEEPNESS, _FLATTENS = 0.85, 0.6
# What is expected to fill more of its room than this is not tried at the best quality.
_SURELY = 0.98
# What fills its room to so much is not written again; the next attempt aims between that and the whole.
_FULL, _AIM, _TRIES = 0.86, 0.96, 4


def scale(picture: Image.Image, size: Size) -> Image.Image:
    """Return a picture in this size: the one given, where it has it already."""
    if picture.size == size:
        return picture
    columns, rows = _FAR if picture.width > _IS_FAR * size[0] else _NEAR
    # Pillow would scale the width first, which is more work: its loops are quicker along columns.
    return picture.resize((picture.width, size[1]), columns).resize(size, rows)


def room_to_scale(size: Size) -> Size:
    """Return how large a JPEG must be decoded for a copy of this size: its decoder's own scaling spoils fine detail."""
    return round(size[0] * _MARGIN), round(size[1] * _MARGIN)


def write_copies(picture: Image.Image, webp_sizes: Sequence[Size], jpeg_size: Size) -> list[bytes]:
    """Return the picture as WebP in each size, largest last, and as one JPEG of one of these sizes."""
    scaled: dict[Size, Image.Image] = {}
    # Each from the next larger one, which is half of the work of scaling each from the original.
    for size in reversed(webp_sizes):
        scaled[size] = picture = scale(picture, size)
    # The light ones last: the bytes of the others foretell theirs.
    written: dict[Size, bytes] = {}
    for size in sorted(webp_sizes, key=lambda size: size[0] <= recipe.LIGHT_WIDTH):
        if size[0] > recipe.LIGHT_WIDTH:
            written[size] = _write_webp(scaled[size], recipe.WEBP_QUALITY)
        else:
            written[size] = _write_light(scaled[size], _expect(size, written))
    return [*(written[size] for size in webp_sizes), write_jpeg(scaled[jpeg_size])]


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


def _expect(size: Size, written: Mapping[Size, bytes]) -> float:
    """Return about how many bytes a copy takes at the best quality; 0 where none is written that is smaller."""
    smaller = max((other for other in written if other[0] < size[0]), default=None)
    larger = min((other for other in written if other[0] > size[0]), default=None)
    if smaller is None:
        return 0
    wider, base = log(size[0] / smaller[0]), len(written[smaller])
    if larger is None:
        return float(base * exp(_GROWTH * wider))
    part = wider / log(larger[0] / smaller[0])
    return float(_BETWEEN * base * (len(written[larger]) / base) ** part)


def _write_light(picture: Image.Image, expected: float) -> bytes:
    """Return the picture as WebP of LIGHT_BYTES at most, at a quality that makes use of them.

    `expected` is about how many bytes it takes at the best quality; 0 where nothing is known.
    """
    lowest, best = recipe.LIGHT_QUALITIES
    aim = _AIM * recipe.LIGHT_BYTES
    steepness, quality, before = _STEEPNESS, best, 0
    if expected > recipe.LIGHT_BYTES * _SURELY:
        steepness *= (expected / recipe.LIGHT_BYTES) ** -_FLATTENS
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
