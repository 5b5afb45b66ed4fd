"""Scaling and encoding the copies of an upright picture: WebP for browsers, one JPEG for everything else."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from math import exp, log

# WebP's plugin by name: otherwise the first save loads all of Pillow's plugins, which takes 20 ms.
from PIL import Image, WebPImagePlugin  # noqa: F401

from plugins.photos import recipe
from plugins.photos.recipe import Size

# Filters for the vertical and the horizontal pass. The vertical one comes first and reads more pixels, so it gets the
# narrower filter: LANCZOS for both takes a third longer and is no closer at the same bytes.
_NEAR = Image.Resampling.BICUBIC, Image.Resampling.LANCZOS
# From this reduction on, the narrow filter does for both; HAMMING would lose 0.3 dB on leaves and cloth.
_FAR = Image.Resampling.BICUBIC, Image.Resampling.BICUBIC
_FAR_FACTOR = 1.9
# The JPEG decoder's own scaling works block by block and aliases: it costs 1 dB unless another scaling follows.
_MARGIN = 1.1
_WHITE = (255, 255, 255)
# Bytes grow with width ** _GROWTH. Between a smaller and a larger copy they are _BETWEEN times the log-log
# interpolation, as the larger one has lower quality; of 83 photos, one in twenty is off by 3 %.
_GROWTH, _BETWEEN = 1.7, 1.06
# Bytes grow with quality ** _STEEPNESS, and more slowly for heavy pictures.
_STEEPNESS, _FLATTENING = 0.85, 0.6
# Above this predicted share of LIGHT_BYTES the best quality is not tried.
_CERTAIN = 0.98
# Shares of LIGHT_BYTES that end the search, and that the next attempt aims at; attempts at most.
_FULL, _AIM, _TRIES = 0.86, 0.96, 4


def scale(picture: Image.Image, size: Size) -> Image.Image:
    """Return a picture in this size; the same object when it has that size already."""
    if picture.size == size:
        return picture
    vertical, horizontal = _FAR if picture.width > _FAR_FACTOR * size[0] else _NEAR
    # Pillow would scale horizontally first, which is slower: its vertical loops are faster.
    return picture.resize((picture.width, size[1]), vertical).resize(size, horizontal)


def decoding_size(size: Size) -> Size:
    """Return the least size at which to decode a JPEG for a copy of this size."""
    return round(size[0] * _MARGIN), round(size[1] * _MARGIN)


def write_copies(picture: Image.Image, webp_sizes: Sequence[Size], jpeg_size: Size) -> list[bytes]:
    """Return the picture as WebP in each of `webp_sizes` (ascending), then as JPEG in `jpeg_size`, one of them."""
    scaled: dict[Size, Image.Image] = {}
    # Each from the next larger one: half the work of scaling each from the original.
    for size in reversed(webp_sizes):
        scaled[size] = picture = scale(picture, size)
    # Light copies last: the bytes of the others predict theirs.
    written: dict[Size, bytes] = {}
    for size in sorted(webp_sizes, key=lambda size: size[0] <= recipe.LIGHT_WIDTH):
        if size[0] > recipe.LIGHT_WIDTH:
            written[size] = _write_webp(scaled[size], recipe.WEBP_QUALITY)
        else:
            written[size] = _write_light(scaled[size], _expect(size, written))
    return [*(written[size] for size in webp_sizes), write_jpeg(scaled[jpeg_size])]


def put_on_white(picture: Image.Image) -> Image.Image:
    """Return the picture without transparency; the same object when it has none."""
    if picture.mode != "RGBA":
        return picture
    flat = Image.new("RGB", picture.size, _WHITE)
    flat.paste(picture, mask=picture.getchannel("A"))
    return flat


def write_jpeg(picture: Image.Image, quality: int = recipe.JPEG_QUALITY) -> bytes:
    """Return the picture as progressive JPEG, on white where it is transparent."""
    out = BytesIO()
    put_on_white(picture).save(out, "JPEG", quality=quality, progressive=True, optimize=True)
    return out.getvalue()


def _write_webp(picture: Image.Image, quality: int) -> bytes:
    out = BytesIO()
    # Method 2 takes half the time of 4 for 5 % more bytes.
    picture.save(out, "WEBP", quality=quality, method=2)
    return out.getvalue()


def _expect(size: Size, written: Mapping[Size, bytes]) -> float:
    """Predict the bytes of a copy at the best quality; 0 when no smaller copy is written yet."""
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
    """Return the picture as WebP of at most LIGHT_BYTES, if LIGHT_QUALITIES allow, at the best quality that fits.

    `expected` is the predicted number of bytes at the best quality, or 0.
    """
    lowest, best = recipe.LIGHT_QUALITIES
    aim = _AIM * recipe.LIGHT_BYTES
    steepness, quality, before = _STEEPNESS, best, 0
    if expected > recipe.LIGHT_BYTES * _CERTAIN:
        steepness *= (expected / recipe.LIGHT_BYTES) ** -_FLATTENING
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
            # As measured on this picture: low for leaves, high for grain.
            steepness = min(3.0, max(0.4, log(size / tried[before]) / log(quality / before)))
        before, quality = quality, _aim(quality, size / aim, steepness)
    return fitting or _write_webp(picture, lowest)


def _aim(quality: int, excess: float, steepness: float) -> int:
    """Return the quality at which a copy, `excess` times too heavy at this quality, should fit."""
    lowest, best = recipe.LIGHT_QUALITIES
    fitting: float = quality / excess ** (1 / steepness)
    return min(best, max(lowest, round(fitting)))
