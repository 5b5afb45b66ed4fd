"""Copies that broke off or came from a bad stick are refused; a whole photo never is, however plain."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from random import Random
from typing import TYPE_CHECKING

import pytest
from PIL import Image, ImageFilter

from plugins.photos import pixels
from plugins.photos.formats.jpeg import walk
from plugins.sources.problem import Invalid

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.slow

PARTIAL = "Ảnh chép chưa trọn, một phần chỉ là vùng xám hoặc xanh; chép lại ảnh từ máy chụp"
SIZE = (720, 480)


@cache
def photo() -> Image.Image:
    """Return what is coded as a photo of leaves is."""
    grains = Image.frombytes("RGB", (360, 240), Random(1).randbytes(360 * 240 * 3))  # noqa: S311
    return grains.resize(SIZE, Image.Resampling.BICUBIC).filter(ImageFilter.GaussianBlur(1))


@cache
def night() -> Image.Image:
    """Return a plain sky over a few lights: most of it is coded as zeros."""
    image = Image.new("RGB", (1200, 800))
    image.paste(photo().crop((0, 0, 200, 100)), (700, 600))
    return image


@cache
def save(made: Callable[[], Image.Image], kind: str) -> bytes:
    """Write a picture as encoders do: format, and options that are named in `kind`."""
    from pillow_heif import register_heif_opener

    register_heif_opener()
    file_format, *options = kind.split()
    known: dict[str, dict[str, object]] = {
        "progressive": {"progressive": True},
        "optimized": {"optimize": True},
        "restarts": {"restart_marker_rows": 1},
        "blocks": {"restart_marker_blocks": 9, "optimize": True},
        "lossless": {"lossless": True},
        "tiles": {"tile_size": 256},
        "stored": {"compress_level": 0},
        "quick": {"method": 0},
        "fine": {"quality": 100, "method": 1},
    }
    image = made()
    modes = {"grey": "L", "print": "CMYK", "alpha": "RGBA"}
    # Like the encoders of phones, they do not search long for the smallest file.
    saved: dict[str, object] = {"HEIF": {"enc_params": {"preset": "ultrafast"}}, "AVIF": {"speed": 9}}.get(
        file_format, {}
    )
    for option in options:
        if option in modes:
            image = image.convert(modes[option])
        else:
            saved = saved | known[option]
    out = BytesIO()
    image.save(out, file_format, **saved)
    return out.getvalue()


JPEGS = (
    *("JPEG", "JPEG optimized", "JPEG progressive", "JPEG restarts", "JPEG blocks", "JPEG grey optimized"),
    *("JPEG grey progressive", "JPEG progressive restarts", "JPEG print", "MPO"),
)
OTHERS = (
    *("PNG", "PNG alpha", "PNG grey stored", "WEBP", "WEBP alpha", "WEBP lossless", "WEBP lossless alpha"),
    *("WEBP lossless quick", "WEBP lossless alpha quick", "WEBP fine", "WEBP alpha fine"),
    *("HEIF", "HEIF tiles", "HEIF alpha", "AVIF", "AVIF alpha"),
)


def refusal(data: bytes) -> str:
    with pytest.raises(Invalid) as refused:
        pixels.inspect(data)
    assert_kept_alike(data)
    return f"{refused.value.message}; {refused.value.fix}"


def assert_kept_alike(data: bytes) -> None:
    with pytest.raises(Invalid):
        pixels.keep(data, 2560)


@pytest.mark.parametrize("kind", [*JPEGS, *OTHERS])
@pytest.mark.parametrize("made", [photo, night])
def test_a_whole_photo_is_shown(kind: str, made: Callable[[], Image.Image]) -> None:
    assert pixels.inspect(save(made, kind)) == made().size


@pytest.mark.parametrize("kind", JPEGS)
@pytest.mark.parametrize("part", [0.3, 0.5, 0.9])
def test_a_jpeg_whose_rest_is_zeros(kind: str, part: float) -> None:
    data = save(photo, kind)
    picture = walk(data, 50)
    assert picture.end
    start = picture.scans[0].start
    at = start + int((picture.end - start) * part)
    assert refusal(data[:at] + bytes(len(data) - at)) == PARTIAL


@pytest.mark.parametrize("kind", JPEGS)
@pytest.mark.parametrize("value", [0, 0x55, 0xFF])
def test_a_jpeg_with_a_sector_of_one_value(kind: str, value: int) -> None:
    data = save(photo, kind)
    longest = max(walk(data, 50).scans, key=lambda scan: scan.end - scan.start)
    at = (longest.start + longest.end) // 2 // 512 * 512
    assert longest.start < at < at + 2048 < longest.end
    assert refusal(data[:at] + bytes([value]) * 2048 + data[at + 2048 :]) == PARTIAL


@pytest.mark.parametrize("kind", OTHERS)
@pytest.mark.parametrize("part", [0.5, 0.9])
def test_another_format_whose_rest_is_zeros(kind: str, part: float) -> None:
    data = save(photo, kind)
    at = int(len(data) * part)
    assert refusal(data[:at] + bytes(len(data) - at))
    # Broken off there, it is refused too.
    assert refusal(data[:at])


@pytest.mark.parametrize("kind", ["PNG", "PNG grey stored", "WEBP", "WEBP lossless", "WEBP fine", "HEIF", "HEIF tiles"])
def test_another_format_with_a_sector_of_zeros(kind: str) -> None:
    data = save(photo, kind)
    at = len(data) * 2 // 3 // 512 * 512
    assert refusal(data[:at] + bytes(1024) + data[at + 1024 :])


def test_a_tiled_heic_that_was_cut_says_so() -> None:
    data = save(photo, "HEIF tiles")
    assert refusal(data[: len(data) // 2]) == PARTIAL


@pytest.mark.parametrize("kind", ["JPEG", "JPEG progressive", "JPEG restarts", "JPEG blocks"])
def test_a_jpeg_that_lacks_the_mark_of_its_end_or_is_followed_by_zeros(kind: str) -> None:
    data = save(photo, kind)
    for whole in (data + bytes(4096), data[:-2], data[:-2] + bytes(4096)):
        assert pixels.inspect(whole) == SIZE
        assert pixels.keep(whole, 2560) == pixels.keep(data, 2560)
    broken = "Ảnh hỏng, không mở được trọn vẹn; chép lại ảnh từ máy chụp"
    assert refusal(data[:-300]) == (PARTIAL if kind == "JPEG progressive" else broken)


@pytest.mark.parametrize("kind", JPEGS)
@pytest.mark.parametrize("after", [b"", b"\0\0\0\x18ftypmp42" + bytes(3000)])
def test_a_jpeg_that_breaks_off_and_marks_its_end_all_the_same(kind: str, after: bytes) -> None:
    data = save(photo, kind)
    last = walk(data, 50).scans[-1]
    for part in (0.3, 0.9):
        at = last.start + int((last.end - last.start) * part)
        assert refusal(data[:at] + b"\xff\xd9" + after)


@pytest.mark.parametrize("kind", JPEGS)
def test_a_jpeg_that_lacks_a_sector_in_its_middle(kind: str) -> None:
    data = save(photo, kind)
    last = walk(data, 50).scans[-1]
    at = (last.start + last.end) // 2
    assert refusal(data[:at] + data[at + 2048 :])


@pytest.mark.parametrize("kind", ["JPEG", "JPEG progressive", "JPEG blocks"])
def test_before_a_marker_there_may_be_any_number_of_bytes_of_all_ones(kind: str) -> None:
    data = save(photo, kind)
    end = walk(data, 50).scans[-1].end
    assert pixels.inspect(data[:end] + b"\xff" * 2048 + data[end:]) == SIZE
    # Within, they are one of its own bytes, and what it took the place of is lost.
    at = end - 3000
    assert refusal(data[:at] + b"\xff" * 2048 + b"\0" + data[at + 2049 :])


def test_of_thousands_of_passes_or_parts_few_are_walked() -> None:
    data = save(night, "JPEG progressive")
    last = walk(data, 50).scans[-1]
    many = data[: last.end] + data[last.header : last.end] * 5_000 + data[last.end :]
    assert refusal(many) == "Ảnh có quá nhiều lớp (nghi là tệp phá hoại); dùng ảnh khác"
    assert len(walk(many, 50).scans) == 51
    assert refusal(data[:2] + b"\xff\xe0\0\2" * 4_000_000) == refusal(many)
