"""Colour: find the profile of a photo, and convert the photo to sRGB, which browsers assume without a profile.

Formats: ICC.1:2010 (version 2 profiles), ITU-T H.273 (numbers of primaries and transfer functions). PNG's own colour
chunks (cICP, gAMA, cHRM) are not read: cameras, phones and scanners write an ICC profile, or sRGB without one.
"""

from __future__ import annotations

import struct
from functools import lru_cache
from io import BytesIO
from itertools import product
from math import exp
from typing import TYPE_CHECKING, Final

from PIL import Image, ImageCms

from plugins.photos.formats.heif import find_nclx

if TYPE_CHECKING:
    from collections.abc import Callable

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

# XYZ of red, green and blue, adapted to D50 (Bradford), in 65,536ths, by ColourPrimaries number (H.273, table 2): sRGB,
# BT.601 of 625 and 525 lines, BT.2020, P3 with the white of cinemas and with that of screens.
_COLORANTS: Final = {
    1: ((28576, 14581, 912), (25239, 46983, 6361), (9375, 3972, 46787)),
    5: ((29835, 15223, 952), (24091, 46388, 6873), (9264, 3925, 46235)),
    6: ((27282, 14528, 894), (25768, 46090, 5985), (10139, 4918, 47181)),
    9: ((44137, 18287, -127), (10857, 44259, 1965), (8195, 2989, 52222)),
    11: ((31861, 14856, -53), (21224, 46552, 2833), (10105, 4128, 51280)),
    12: ((33759, 15807, -69), (19135, 45367, 2745), (10296, 4363, 51385)),
}
_D50: Final = (63190, 65536, 54061)
# From coded value to linear light, both 0 to 1, by TransferCharacteristics number (H.273, table 3).
_CURVES: Final[dict[int, Callable[[float], float]]] = {
    4: lambda v: v**2.2,
    5: lambda v: v**2.8,
    8: lambda v: v,
    _SRGB_CURVE: lambda v: v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4,
    16: lambda v: (max(0, (r := v ** (1 / 78.84375)) - 0.8359375) / (18.8515625 - 18.6875 * r)) ** 6.277 / _PQ_WHITE,
    18: lambda v: (
        (v * v / 3 if v <= 0.5 else (exp((v - 0.55991073) / 0.17883277) + 0.28466892) / 12) ** 1.2 / _HLG_WHITE
    ),
}
_SAMPLES = 1024


def find_profile(opened: OpenedPhoto) -> bytes | None:
    """Return the ICC profile of a photo, or one built from its colour numbers; None without any, or for sRGB."""
    if profile := opened.image.info.get("icc_profile"):
        return bytes(profile) if len(profile) <= _MAX_BYTES else None
    nclx = find_nclx(opened.data) if opened.image.format in {"HEIF", "AVIF"} else None
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
    values = (
        bytes(value for color in product(steps, repeat=3) for value in color) if mode == "RGB" else bytes(range(256))
    )
    patches = Image.frombytes(mode, (len(values) // len(mode), 1), values)
    plain, moved = patches.convert("RGB").tobytes(), (ImageCms.applyTransform(patches, transform) or patches).tobytes()
    return any(abs(a - b) > _INVISIBLE for a, b in zip(plain, moved, strict=True))


@lru_cache(maxsize=16)
def _by_numbers(primaries: int, curve: int) -> bytes | None:
    """Return a profile for H.273 numbers of primaries and transfer function; None when unknown, or sRGB."""
    if (primaries, curve) == (1, _SRGB_CURVE) or primaries not in _COLORANTS or curve not in _CURVES:
        return None
    columns = zip((b"rXYZ", b"gXYZ", b"bXYZ", b"wtpt"), (*_COLORANTS[primaries], _D50), strict=True)
    tags = {key: b"XYZ \0\0\0\0" + struct.pack(">3i", *column) for key, column in columns}
    samples = [round(65_535 * min(1, max(0, _CURVES[curve](n / (_SAMPLES - 1))))) for n in range(_SAMPLES)]
    table = b"curv\0\0\0\0" + struct.pack(f">I{_SAMPLES}H", _SAMPLES, *samples)
    tags |= dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), table)
    index, body, start = b"", b"", 132 + 12 * len(tags)
    for key, data in tags.items():
        index += key + struct.pack(">II", start + len(body), len(data))
        body += data
    kinds = (b"\2\x40\0\0", b"mntr", b"RGB ", b"XYZ ", b"acsp")
    head = struct.pack(">II4s4s4s4s12x4s28x3i48x", start + len(body), 0, *kinds, *_D50)
    return head + struct.pack(">I", len(tags)) + index + body
