"""Colours follow the profile of a photo, not its name. Wanted values are Chromium's."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image, ImageCms

from plugins.photos import pixels

SKIN = (200, 100, 50)
SHOWN_OF_P3 = (215, 93, 31)
SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
# Display P3's colorants, as profiles have them.
P3 = {b"rXYZ": (0.51512, 0.2412, -0.00105), b"gXYZ": (0.29198, 0.69225, 0.04189), b"bXYZ": (0.1571, 0.06657, 0.78407)}


def with_colorants(colorants: dict[bytes, tuple[float, float, float]]) -> bytes:
    """Return the sRGB profile, name and all, with other colorants: as Samsung calls its P3."""
    profile = bytearray(SRGB)
    for at in range(132, 132 + 12 * int.from_bytes(SRGB[128:132]), 12):
        if values := colorants.get(SRGB[at : at + 4]):
            start = int.from_bytes(SRGB[at + 4 : at + 8]) + 8
            profile[start : start + 12] = struct.pack(">3i", *(round(value * 65_536) for value in values))
    return bytes(profile)


WIDE = with_colorants(P3)


def save(image: Image.Image, file_format: str, **options: object) -> bytes:
    from pillow_heif import register_heif_opener

    register_heif_opener()
    out = BytesIO()
    image.save(out, file_format, **options)
    return out.getvalue()


def plain(mode: str = "RGB") -> Image.Image:
    return Image.new("L", (32, 32), 100) if mode == "L" else Image.new("RGB", (32, 32), SKIN).convert(mode)


def shown(data: bytes) -> list[tuple[int, ...]]:
    """Return the colour of each copy of a photo, and of what a folder keeps of it."""
    copies = (*pixels.develop(data, ((32, 32),), (32, 32)), pixels.keep(data, 2560))
    return [Image.open(BytesIO(copy)).convert("RGB").getpixel((16, 16)) for copy in copies]  # type: ignore[misc]


def assert_shown(data: bytes, wanted: tuple[int, int, int], by: int = 4) -> None:
    for found in shown(data):
        assert all(abs(a - b) <= by for a, b in zip(found, wanted, strict=True)), (found, wanted)


@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
@pytest.mark.parametrize("file_format", ["JPEG", "PNG", "WEBP", "HEIF", "AVIF"])
def test_a_wide_gamut_that_is_called_srgb(file_format: str, mode: str) -> None:
    if (file_format, mode) != ("JPEG", "RGBA"):
        assert "sRGB" in ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(BytesIO(WIDE)))
        assert_shown(save(plain(mode), file_format, quality=95, icc_profile=WIDE), SHOWN_OF_P3, 6)


def test_srgb_by_any_name_changes_nothing() -> None:
    renamed = SRGB.replace("sRGB".encode("utf-16-be"), "Zalo".encode("utf-16-be"))
    assert renamed != SRGB
    for mode in ("RGB", "L"):
        bare = save(plain(mode), "JPEG")
        profiled = save(plain(mode), "JPEG", icc_profile=renamed)
        assert pixels.develop(profiled, ((32, 32),), (32, 32)) == pixels.develop(bare, ((32, 32),), (32, 32))


def test_a_grey_photo_with_a_profile_of_colors_stays_grey() -> None:
    assert_shown(save(plain("L"), "JPEG", icc_profile=WIDE), (100, 100, 100))
    assert_shown(save(plain("L"), "PNG", icc_profile=WIDE), (100, 100, 100))


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def gamma(value: float) -> bytes:
    return chunk(b"gAMA", struct.pack(">I", round(value * 100_000)))


def primaries(*values: float) -> bytes:
    return chunk(b"cHRM", struct.pack(">8I", *(round(value * 100_000) for value in values)))


IN_P3 = primaries(0.3127, 0.329, 0.68, 0.32, 0.265, 0.69, 0.15, 0.06)
IN_SRGB = primaries(0.3127, 0.329, 0.64, 0.33, 0.3, 0.6, 0.15, 0.06)


@pytest.mark.parametrize(
    ("chunks", "wanted"),
    [
        pytest.param(b"", SKIN, id="nothing"),
        pytest.param(gamma(1), (229, 168, 122), id="linear"),
        pytest.param(gamma(0.45455), SKIN, id="2.2 means sRGB"),
        pytest.param(gamma(0.45455) + IN_P3, (216, 93, 24), id="2.2 in P3"),
        pytest.param(gamma(0.45455) + IN_SRGB, (201, 100, 46), id="2.2 in sRGB"),
        pytest.param(IN_P3, SKIN, id="primaries without a gamma"),
        pytest.param(chunk(b"sRGB", b"\0") + gamma(1), SKIN, id="sRGB before gamma"),
        pytest.param(chunk(b"cICP", b"\x0c\x0d\0\1"), SHOWN_OF_P3, id="P3 by numbers"),
        pytest.param(chunk(b"cICP", b"\x0c\x0d\0\1") + chunk(b"sRGB", b"\0"), SHOWN_OF_P3, id="numbers before sRGB"),
        pytest.param(chunk(b"cICP", b"\1\1\0\1"), (197, 91, 39), id="television"),
        pytest.param(chunk(b"cICP", b"\x0c\x0d\0\0"), SKIN, id="of video"),
        pytest.param(chunk(b"cICP", b"\x63\x63\0\1"), SKIN, id="numbers that nobody knows"),
        pytest.param(gamma(0.45455) + primaries(*[0.0] * 8), SKIN, id="primaries that are none"),
    ],
)
def test_colour_chunks_of_png(chunks: bytes, wanted: tuple[int, int, int]) -> None:
    data = save(plain(), "PNG")
    assert_shown(data[:33] + chunks + data[33:], wanted)


def test_colour_numbers_of_heic_and_avif() -> None:
    numbers = {"color_primaries": 12, "transfer_characteristics": 13}
    assert_shown(save(plain(), "HEIF", quality=95, **numbers), SHOWN_OF_P3, 6)
    assert_shown(save(plain(), "HEIF", quality=95), SKIN, 6)
    # BT.709's curve in a still is sRGB's in all but name.
    assert_shown(save(plain(), "HEIF", quality=95, **numbers | dict.fromkeys(numbers, 1)), SKIN, 6)
    avif = save(plain(), "AVIF", quality=95)
    assert_shown(avif, SKIN, 6)
    at = avif.index(b"colrnclx") + 8
    assert_shown(avif[:at] + b"\0\x0c\0\x0d" + avif[at + 4 :], SHOWN_OF_P3, 6)
