"""Colour: find the profile of a photo, and convert the photo to sRGB, which browsers assume without a profile.

Formats: ICC.1:2010 (version 2 profiles), ITU-T H.273 (primaries, transfer functions), PNG third edition (cICP, gAMA,
cHRM).
"""

import struct
from collections.abc import Callable, Mapping
from functools import lru_cache
from io import BytesIO
from itertools import chain, product
from math import exp
from typing import Any, Final, NamedTuple

from PIL import Image, ImageCms

from plugins.photos.formats.heif import find_nclx
from plugins.photos.formats.png import find_chunk
from plugins.photos.judging.opening import OpenedPhoto

# Differences up to this, of 255, are not worth converting: makers round sRGB differently.
_INVISIBLE = 3
# The largest profiles, for printing, have 3 MB.
_MAX_BYTES = 5_000_000
_SRGB_CURVE = 13
# Video transfer functions, which photos declare although their pixels follow sRGB.
_VIDEO_CURVES = {1, 6, 14, 15}
# Linear light of a page's white on the HLG and PQ scales, as measured in Chromium.
_HLG_WHITE, _PQ_WHITE = 0.41, 0.0406

_Three = tuple[float, float, float]
_Matrix = tuple[_Three, _Three, _Three]


class Primaries(NamedTuple):
    """CIE 1931 xy chromaticities of red, green, blue and the white point."""

    red: tuple[float, float]
    green: tuple[float, float]
    blue: tuple[float, float]
    white: tuple[float, float] = (0.3127, 0.3290)


# By ColourPrimaries number (H.273, table 2).
_PRIMARIES: Final = {
    1: Primaries((0.64, 0.33), (0.30, 0.60), (0.15, 0.06)),
    5: Primaries((0.64, 0.33), (0.29, 0.60), (0.15, 0.06)),
    6: Primaries((0.63, 0.34), (0.31, 0.595), (0.155, 0.07)),
    9: Primaries((0.708, 0.292), (0.170, 0.797), (0.131, 0.046)),
    11: Primaries((0.68, 0.32), (0.265, 0.69), (0.15, 0.06), (0.314, 0.351)),
    12: Primaries((0.68, 0.32), (0.265, 0.69), (0.15, 0.06)),
}
# From coded value to linear light, both 0 to 1, by TransferCharacteristics number (H.273, table 3).
_CURVES: Final[dict[int, Callable[[float], float]]] = {
    **dict.fromkeys(_VIDEO_CURVES, lambda v: v**2.4),
    4: lambda v: v**2.2,
    5: lambda v: v**2.8,
    8: lambda v: v,
    _SRGB_CURVE: lambda v: v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4,
    16: lambda v: (max(0, (r := v ** (1 / 78.84375)) - 0.8359375) / (18.8515625 - 18.6875 * r)) ** 6.277 / _PQ_WHITE,
    18: lambda v: (
        (v * v / 3 if v <= 0.5 else (exp((v - 0.55991073) / 0.17883277) + 0.28466892) / 12) ** 1.2 / _HLG_WHITE
    ),
}
_BRADFORD: Final = ((0.8951, 0.2664, -0.1614), (-0.7502, 1.7135, 0.0367), (0.0389, -0.0685, 1.0296))
_D50: Final = (0.9642, 1.0, 0.8249)
_SAMPLES = 1024


def find_profile(opened: OpenedPhoto) -> bytes | None:
    """Return the ICC profile that browsers follow, of the photo or of other metadata; None without any, or for sRGB."""
    image, info = opened.image, opened.image.info
    if image.format == "PNG" and (numbers := find_chunk(opened.data, b"cICP")) and numbers[3:] == b"\1":
        return _by_numbers(numbers[0], numbers[1])
    if profile := info.get("icc_profile"):
        return bytes(profile) if len(profile) <= _MAX_BYTES else None
    if image.format == "PNG" and "srgb" not in info and info.get("gamma"):
        return _by_png(info)
    nclx = find_nclx(opened.data) if image.format in {"HEIF", "AVIF"} else None
    return _by_numbers(nclx[0], _SRGB_CURVE if nclx[1] in _VIDEO_CURVES else nclx[1]) if nclx else None


def to_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """Convert a picture with this profile to sRGB. Returns RGB, or RGBA for RGBA."""
    if picture.mode == "RGBA":
        opaque = to_srgb(picture.convert("RGB"), profile)
        opaque.putalpha(picture.getchannel("A"))
        return opaque
    if profile:
        if picture.mode == "L" and profile[16:20] == b"RGB ":
            picture = picture.convert("RGB")
        if transform := _transform(profile, picture.mode):
            return ImageCms.applyTransform(picture, transform) or picture.convert("RGB")
    return picture if picture.mode == "RGB" else picture.convert("RGB")


@lru_cache(maxsize=8)
def _transform(profile: bytes, mode: str) -> ImageCms.ImageCmsTransform | None:
    """Return the transform to sRGB for a mode; None when it changes nothing visible or cannot be built."""
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        transform = ImageCms.buildTransform(source, ImageCms.createProfile("sRGB"), mode, "RGB")
        return transform if mode not in {"RGB", "L"} or _is_visible(transform, mode) else None
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return None  # Broken, or a profile of another colour space.


def _is_visible(transform: ImageCms.ImageCmsTransform, mode: str) -> bool:
    """Tell whether a transform changes any colour visibly; the names of profiles are no guide."""
    # Dark colours too: that is where transfer functions differ most.
    steps = (0, 16, 64, 128, 192, 255)
    values = bytes(chain(*product(steps, repeat=3)) if mode == "RGB" else range(256))
    patches = Image.frombytes(mode, (len(values) // len(mode), 1), values)
    plain, moved = patches.convert("RGB").tobytes(), (ImageCms.applyTransform(patches, transform) or patches).tobytes()
    return any(abs(a - b) > _INVISIBLE for a, b in zip(plain, moved, strict=True))


@lru_cache(maxsize=16)
def _by_numbers(primaries: int, curve: int) -> bytes | None:
    """Return a profile for H.273 numbers of primaries and transfer function; None when unknown, or sRGB."""
    if (primaries, curve) == (1, _SRGB_CURVE) or primaries not in _PRIMARIES or curve not in _CURVES:
        return None
    return _write_profile(_PRIMARIES[primaries], _CURVES[curve])


def _by_png(info: Mapping[str | tuple[int, int], Any]) -> bytes | None:
    """Return a profile for the gAMA of a PNG, and for its cHRM if there is one; None when it means sRGB."""
    gamma, sides = float(info["gamma"]), info.get("chromaticity")
    # A gamma of 2.2 alone stands for sRGB, whose curve no single number describes.
    if not 0.1 < gamma < 10 or (sides is None and abs(gamma - 1 / 2.2) < 0.02):
        return None
    primaries = _PRIMARIES[1] if sides is None else Primaries(sides[2:4], sides[4:6], sides[6:8], sides[:2])
    try:
        return _write_profile(primaries, lambda value: value ** (1 / gamma))
    except ZeroDivisionError:
        return None  # Impossible chromaticities.


def _write_profile(primaries: Primaries, curve: Callable[[float], float]) -> bytes:
    """Return an ICC matrix profile with these primaries and one transfer function for all three channels."""
    columns = [_to_xyz(*point) for point in primaries[:3]]
    white = _to_xyz(*primaries.white)
    amounts = _apply(_invert(_transpose(columns)), white)
    adapted = _adapt(white)
    tags = {
        key: b"XYZ \0\0\0\0" + _fixed(_apply(adapted, (x * amount, y * amount, z * amount)))
        for key, (x, y, z), amount in zip((b"rXYZ", b"gXYZ", b"bXYZ"), columns, amounts, strict=True)
    }
    tags[b"wtpt"] = b"XYZ \0\0\0\0" + _fixed(_D50)
    samples = [round(65_535 * min(1, max(0, curve(n / (_SAMPLES - 1))))) for n in range(_SAMPLES)]
    table = b"curv\0\0\0\0" + struct.pack(f">I{_SAMPLES}H", _SAMPLES, *samples)
    tags |= dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), table)
    index, body, start = b"", b"", 132 + 12 * len(tags)
    for key, data in tags.items():
        index += key + struct.pack(">II", start + len(body), len(data))
        body += data
    size = start + len(body)
    kind = b"mntr", b"RGB ", b"XYZ ", b"acsp"
    head = struct.pack(">II4s4s4s4s12x4s28x12s48x", size, 0, b"\2\x40\0\0", *kind, _fixed(_D50))
    return head + struct.pack(">I", len(tags)) + index + body


def _to_xyz(x: float, y: float) -> _Three:
    return x / y, 1.0, (1 - x - y) / y


def _adapt(white: _Three) -> _Matrix:
    """Return the Bradford adaptation from this white point to D50, the white of ICC profiles."""
    here, there = _apply(_BRADFORD, white), _apply(_BRADFORD, _D50)
    scaled = [tuple(v * there[n] / here[n] for v in row) for n, row in enumerate(_BRADFORD)]
    back = _invert(_BRADFORD)
    return _transpose([_apply(back, column) for column in _transpose(scaled)])


def _apply(matrix: _Matrix, vector: _Three) -> _Three:
    a, b, c = (sum(m * v for m, v in zip(row, vector, strict=True)) for row in matrix)
    return a, b, c


def _transpose(rows: Any) -> _Matrix:
    a, b, c = zip(*rows, strict=True)
    return a, b, c


def _invert(matrix: _Matrix) -> _Matrix:
    (a, b, c), (d, e, f), (g, h, i) = matrix
    whole = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g)
    rows = (e * i - f * h, c * h - b * i, b * f - c * e), (f * g - d * i, a * i - c * g, c * d - a * f)
    last = d * h - e * g, b * g - a * h, a * e - b * d
    x, y, z = ((p / whole, q / whole, r / whole) for p, q, r in (*rows, last))
    return x, y, z


def _fixed(values: _Three) -> bytes:
    return struct.pack(">3i", *(round(value * 65_536) for value in values))
