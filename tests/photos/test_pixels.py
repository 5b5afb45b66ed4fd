"""Photos as phones, Word and the web give them: whole, upright, without a word about who took them where."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PIL import Image

from plugins.photos import pixels
from plugins.sources.problem import Invalid
from tests.conftest import make_image

RED, BLUE = (220, 20, 20), (20, 20, 220)


def with_exif(file_format: str, orientation: int) -> bytes:
    """Return a photo that is red above and blue below in the file, with all that a phone writes into it."""
    image = Image.new("RGB", (64, 32), RED)
    image.paste(BLUE, (0, 16, 64, 32))
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "Điện thoại của Hoa"
    exif.get_ifd(0x8825)[2] = (12.0, 35.0, 10.0)
    out = BytesIO()
    image.save(out, file_format, exif=exif, comment=b"nha rieng", icc_profile=b"profile" * 20)
    return out.getvalue()


def png_of(width: int, height: int) -> bytes:
    """Return a few bytes that open into a picture of this size."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def phone_photo() -> bytes:
    """Return an MPO: a JPEG with a second picture after it, which phones save under the name .jpg."""
    out = BytesIO()
    Image.new("RGB", (64, 32), RED).save(out, "MPO", save_all=True, append_images=[Image.new("RGB", (8, 8), BLUE)])
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "found"),
    [
        pytest.param(make_image("JPEG", (64, 32)), (".jpg", (64, 32)), id="JPEG"),
        pytest.param(make_image("PNG", (64, 32)), (".png", (64, 32)), id="PNG"),
        pytest.param(make_image("WEBP", (64, 32)), (".webp", (64, 32)), id="WebP"),
        pytest.param(make_image("JPEG", (4000, 3000)), (".jpg", (1600, 1200)), id="large"),
        pytest.param(with_exif("JPEG", 6), (".jpg", (32, 64)), id="sideways"),
        pytest.param(phone_photo(), (".jpg", (64, 32)), id="phone photo of two pictures"),
    ],
)
def test_what_a_photo_is(data: bytes, found: tuple[str, tuple[int, int]]) -> None:
    assert pixels.inspect(data) == found
    _, size = found
    assert Image.open(BytesIO(pixels.strip(data))).size == size


@pytest.mark.parametrize("file_format", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize(
    ("orientation", "size", "red_at"),
    [(1, (64, 32), (32, 2)), (3, (64, 32), (32, 29)), (6, (32, 64), (29, 32)), (8, (32, 64), (2, 32))],
)
def test_upright_and_with_nothing_but_the_picture(
    file_format: str, orientation: int, size: tuple[int, int], red_at: tuple[int, int]
) -> None:
    clean = pixels.strip(with_exif(file_format, orientation))
    image = Image.open(BytesIO(clean))
    assert image.size == size
    red, _, blue = image.convert("RGB").getpixel(red_at)  # type: ignore[misc]
    assert red > blue
    assert not image.getexif()
    assert not {"exif", "icc_profile", "comment", "xmp"} & image.info.keys()
    assert b"Hoa" not in clean
    assert b"nha rieng" not in clean


def test_a_transparent_drawing_stays_transparent() -> None:
    out = BytesIO()
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(out, "PNG")
    assert Image.open(BytesIO(pixels.strip(out.getvalue()))).getpixel((5, 5)) == (0, 0, 0, 0)


@pytest.mark.parametrize("mode", ["CMYK", "L"])
def test_print_and_grey_photos_become_what_browsers_show(mode: str) -> None:
    out = BytesIO()
    Image.new(mode, (20, 20)).save(out, "JPEG")
    assert Image.open(BytesIO(pixels.strip(out.getvalue()))).mode == "RGB"


def test_the_same_photo_gives_the_same_bytes() -> None:
    data = with_exif("JPEG", 6)
    assert pixels.strip(data) == pixels.strip(data)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        pytest.param(b"", "Ảnh là tệp trống (0 byte); chép lại ảnh từ máy chụp", id="empty"),
        pytest.param(
            b"khong phai anh",
            "Tệp không phải ảnh hoặc ảnh đã hỏng; chép lại ảnh từ máy chụp, lưu thành JPG",
            id="no photo",
        ),
        pytest.param(
            make_image("JPEG", (300, 300))[:-400],
            "Ảnh hỏng, không mở được trọn vẹn; chép lại ảnh từ máy chụp",
            id="cut short",
        ),
        pytest.param(
            make_image("PNG", (300, 300))[:-30],
            "Ảnh hỏng, không mở được trọn vẹn; chép lại ảnh từ máy chụp",
            id="PNG cut short",
        ),
        pytest.param(
            make_image("GIF"), "Ảnh ở định dạng GIF, trang chỉ nhận JPG, PNG, WebP; lưu lại thành JPG", id="GIF"
        ),
        pytest.param(png_of(60_000, 60_000), "Ảnh quá lớn khi mở ra (nghi là tệp phá hoại); dùng ảnh khác", id="bomb"),
        pytest.param(
            png_of(10_000, 10_000),
            "Ảnh quá lớn (10.000 × 10.000 điểm ảnh); thu nhỏ ảnh còn cạnh dài 4.000 điểm rồi chép lại",
            id="too many pixels",
        ),
        pytest.param(
            b"\xff\xd8\xff" + b"\0" * pixels.MAX_BYTES,
            "Ảnh nặng quá 40 MB; thu nhỏ ảnh còn cạnh dài 4.000 điểm rồi chép lại",
            id="too heavy",
        ),
    ],
)
def test_what_cannot_be_shown_is_said(data: bytes, sentence: str) -> None:
    for read in (pixels.inspect, pixels.strip):
        with pytest.raises(Invalid) as refused:
            read(data)
        assert f"{refused.value.message}; {refused.value.fix}" == sentence


PHOTO = with_exif("JPEG", 6)
# The EXIF entry of the phone's maker, and the same as if it were the height of the picture, which is a number.
MAKER, HEIGHT_AS_TEXT = b"\x01\x0f\x00\x02", b"\x01\x01\x00\x02"


@given(st.integers(0, len(PHOTO) - 1), st.binary(min_size=1, max_size=4))
@example(PHOTO.index(MAKER), HEIGHT_AS_TEXT)
def test_a_damaged_photo_is_shown_or_refused(position: int, noise: bytes) -> None:
    data = PHOTO[:position] + noise + PHOTO[position + len(noise) :]
    try:
        _, size = pixels.inspect(data)
    except Invalid:
        return
    assert Image.open(BytesIO(pixels.strip(data))).size == size
