"""Photos as phones, Word and the web give them: whole, upright, without a word about who took them where."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PIL import Image, ImageCms, ImageFile

from plugins.photos import pixels, recipe
from plugins.photos.recipe import fallback_size, plan_sizes
from plugins.sources.problem import Invalid
from tests.conftest import make_image, make_jpeg_that_says

if TYPE_CHECKING:
    from collections.abc import Callable

RED, BLUE = (220, 20, 20), (20, 20, 220)


def copies(data: bytes) -> list[bytes]:
    """Return every copy of a photo: the WebP ones, smallest first, and the JPEG."""
    size = pixels.inspect(data)
    return pixels.develop(data, plan_sizes(*size), fallback_size(*size))


def develop(data: bytes) -> list[Image.Image]:
    """Return every copy of a photo, opened."""
    return [Image.open(BytesIO(copy)) for copy in copies(data)]


def save(image: Image.Image, file_format: str, **options: object) -> bytes:
    out = BytesIO()
    image.save(out, file_format, **options)
    return out.getvalue()


def colors(image: Image.Image, at: tuple[int, int]) -> tuple[int, ...]:
    return image.convert("RGB").getpixel(at)  # type: ignore[return-value]


def near(found: tuple[int, ...], wanted: tuple[int, ...], by: int = 12) -> bool:
    return all(abs(a - b) <= by for a, b in zip(found, wanted, strict=True))


def two_colors(size: tuple[int, int] = (64, 32)) -> Image.Image:
    """Return a picture that is red above and blue below."""
    image = Image.new("RGB", size, RED)
    image.paste(BLUE, (0, size[1] // 2, *size))
    return image


def with_exif(file_format: str, orientation: int) -> bytes:
    """Return a photo that is red above and blue below in the file, with all that a phone writes into it."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "Điện thoại của Hoa"
    exif.get_ifd(0x8825)[2] = (12.0, 35.0, 10.0)
    xmp = b'<x:xmpmeta xmlns:x="adobe:ns:meta/">nha rieng</x:xmpmeta>'
    return save(two_colors(), file_format, exif=exif, comment=b"nha rieng", icc_profile=b"profile" * 20, xmp=xmp)


def png_of(width: int, height: int) -> bytes:
    """Return a few bytes that open into a picture of this size."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def phone_photo() -> bytes:
    """Return an MPO: a JPEG with a second picture after it, which phones save under the name .jpg."""
    second = Image.new("RGB", (8, 8), BLUE)
    return save(Image.new("RGB", (64, 32), RED), "MPO", save_all=True, append_images=[second])


def heic(orientation: int = 1) -> bytes:
    """Return a photo as an iPhone takes it, with where it was taken."""
    from pillow_heif import register_heif_opener

    register_heif_opener()
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "Điện thoại của Hoa"
    exif.get_ifd(0x8825)[2] = (12.0, 35.0, 10.0)
    return save(two_colors((128, 64)), "HEIF", exif=exif.tobytes(), quality=95)


@pytest.mark.parametrize(
    ("make", "size"),
    [
        pytest.param(lambda: make_image("JPEG", (64, 32)), (64, 32), id="JPEG"),
        pytest.param(lambda: make_image("PNG", (64, 32)), (64, 32), id="PNG"),
        pytest.param(lambda: make_image("WEBP", (64, 32)), (64, 32), id="WebP"),
        pytest.param(lambda: make_image("JPEG", (4000, 3000)), (4000, 3000), id="large"),
        pytest.param(lambda: with_exif("JPEG", 6), (32, 64), id="sideways"),
        pytest.param(phone_photo, (64, 32), id="phone photo of two pictures"),
        pytest.param(heic, (128, 64), id="HEIC"),
        pytest.param(lambda: heic(6), (64, 128), id="HEIC sideways"),
        pytest.param(lambda: make_image("JPEG", (16000, 400)), (16000, 400), id="panorama"),
    ],
)
def test_formats_of_photos(make: Callable[[], bytes], size: tuple[int, int]) -> None:
    data = make()
    assert pixels.inspect(data) == size
    *webp, jpeg = develop(data)
    assert [(image.format, image.size) for image in webp] == [("WEBP", planned) for planned in plan_sizes(*size)]
    assert (jpeg.format, jpeg.size) == ("JPEG", fallback_size(*size))


@pytest.mark.parametrize("file_format", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize(
    ("orientation", "size", "red_at", "blue_at"),
    [
        (1, (64, 32), (32, 4), (32, 28)),
        (2, (64, 32), (32, 4), (32, 28)),
        (3, (64, 32), (32, 28), (32, 4)),
        (4, (64, 32), (32, 28), (32, 4)),
        (5, (32, 64), (4, 32), (28, 32)),
        (6, (32, 64), (28, 32), (4, 32)),
        (7, (32, 64), (28, 32), (4, 32)),
        (8, (32, 64), (4, 32), (28, 32)),
    ],
)
def test_upright_and_with_nothing_but_the_picture(
    file_format: str, orientation: int, size: tuple[int, int], red_at: tuple[int, int], blue_at: tuple[int, int]
) -> None:
    data = with_exif(file_format, orientation)
    for image in develop(data):
        assert image.size == size
        assert near(colors(image, red_at), RED, 40)
        assert near(colors(image, blue_at), BLUE, 40)
    assert_bare(data)


def test_an_iphone_photo_is_upright_and_bare() -> None:
    for image in develop(heic(6)):
        assert image.size == (64, 128)
        assert near(colors(image, (56, 64)), RED, 40)
        assert near(colors(image, (8, 64)), BLUE, 40)
    assert_bare(heic(6))


def assert_bare(data: bytes) -> None:
    """Nothing of what a phone wrote into a photo is in any of its copies."""
    for copy in copies(data):
        with Image.open(BytesIO(copy)) as image:
            assert not image.getexif()
            assert not {"exif", "icc_profile", "comment", "xmp", "photoshop"} & image.info.keys()
        for trace in (b"Exif", b"ICC_PROFILE", b"ICCP", b"XMP", b"adobe", b"nha rieng", "của Hoa".encode()):
            assert trace not in copy


XMP = b'<rdf:Description xmlns:tiff="http://ns.adobe.com/tiff/1.0/" tiff:Orientation="6"/>'


def png_with(*chunks: tuple[bytes, bytes]) -> bytes:
    """Return a PNG that is red above and blue below, with more chunks before its picture."""
    data = save(two_colors(), "PNG")
    return data[:33] + b"".join(_chunk(*chunk) for chunk in chunks) + data[33:]


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _exif(orientation: int) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = orientation
    return exif.tobytes()


RAW = b"Raw profile type exif\0\0" + zlib.compress(f"\nexif\n{len(_exif(6)):8}\n{_exif(6).hex()}\n".encode())


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda: save(two_colors(), "JPEG", xmp=XMP), id="JPEG"),
        pytest.param(lambda: save(two_colors(), "JPEG", xmp=XMP, exif=_exif(1)), id="JPEG with EXIF"),
        pytest.param(lambda: save(two_colors(), "WEBP", xmp=XMP), id="WebP"),
        pytest.param(lambda: png_with((b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + XMP)), id="PNG"),
        pytest.param(lambda: png_with((b"zTXt", RAW)), id="PNG, as a comment"),
        pytest.param(lambda: save(two_colors(), "JPEG", exif=b"Exif\0\0khong phai EXIF"), id="EXIF that is none"),
    ],
)
def test_a_photo_that_no_browser_turns_is_not_turned(make: Callable[[], bytes]) -> None:
    data = make()
    assert pixels.inspect(data) == (64, 32)
    for image in (*develop(data), Image.open(BytesIO(pixels.keep(data, 2560)))):
        assert image.size == (64, 32)
        assert near(colors(image, (32, 4)), RED, 40)


def test_an_avif_is_turned_and_transparent_as_it_says() -> None:
    data = save(two_colors((128, 64)), "AVIF", exif=_exif(6), quality=95)
    assert pixels.inspect(data) == (64, 128)
    for image in develop(data):
        assert near(colors(image, (56, 64)), RED, 40)
    *_, webp, jpeg = develop(save(Image.new("RGBA", (20, 20), (200, 0, 0, 0)), "AVIF"))
    assert webp.convert("RGBA").getpixel((5, 5))[3] == 0  # type: ignore[index]
    assert near(colors(jpeg, (5, 5)), (255, 255, 255))


def deep_png(kind: int, pixel: tuple[int, ...], hidden: tuple[int, ...]) -> bytes:
    """Return a PNG of 16 bits whose left half is of the color that it says is transparent."""
    rows = (b"\0" + struct.pack(f">{len(hidden)}H", *hidden) * 10 + struct.pack(f">{len(pixel)}H", *pixel) * 10) * 20
    header = struct.pack(">IIBBBBB", 20, 20, 16, kind, 0, 0, 0)
    transparent = _chunk(b"tRNS", struct.pack(f">{len(hidden)}H", *hidden))
    picture = _chunk(b"IDAT", zlib.compress(rows)) + _chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + transparent + picture


@pytest.mark.parametrize(
    ("data", "color"),
    [
        pytest.param(deep_png(0, (30_000,), (60_000,)), (117, 117, 117), id="grey"),
        pytest.param(deep_png(0, (0,), (65_535,)), (0, 0, 0), id="black"),
        pytest.param(deep_png(2, (30_000, 0, 50_000), (65_535, 300, 0)), (117, 0, 195), id="colors"),
    ],
)
def test_sixteen_bits_with_a_transparent_color(data: bytes, color: tuple[int, ...]) -> None:
    *_, webp, jpeg = develop(data)
    shown = webp.convert("RGBA")
    assert [shown.getpixel((at, 10))[3] for at in (3, 16)] == [0, 255]  # type: ignore[index]
    assert near(colors(shown, (16, 10)), color)
    assert near(colors(jpeg, (3, 10)), (255, 255, 255))


@pytest.mark.parametrize(("bits", "hidden"), [(1, 0), (1, 1), (2, 2), (4, 9), (8, 200)])
def test_few_bits_of_grey_with_a_transparent_one(bits: int, hidden: int) -> None:
    most = (1 << bits) - 1
    values = [hidden] * 16 + [most - hidden] * 16
    line = int("".join(f"{value:0{bits}b}" for value in values), 2).to_bytes(32 * bits // 8)
    header = _chunk(b"IHDR", struct.pack(">IIBBBBB", 32, 32, bits, 0, 0, 0, 0))
    lines = _chunk(b"IDAT", zlib.compress((b"\0" + line) * 32)) + _chunk(b"IEND", b"")
    data = b"\x89PNG\r\n\x1a\n" + header + _chunk(b"tRNS", struct.pack(">H", hidden)) + lines
    shown = develop(data)[-2].convert("RGBA")
    assert [shown.getpixel((at, 16))[3] for at in (6, 26)] == [0, 255]  # type: ignore[index]
    assert near(colors(shown, (26, 16)), ((most - hidden) * 255 // most,) * 3)


def test_a_transparent_drawing_stays_transparent_and_lies_on_paper_where_that_cannot_be() -> None:
    for image in (Image.new("RGBA", (20, 20), (0, 0, 0, 0)), Image.new("LA", (20, 20), (0, 0))):
        webp, jpeg = develop(save(image, "PNG"))
        assert webp.convert("RGBA").getpixel((5, 5))[3] == 0  # type: ignore[index]
        assert near(colors(jpeg, (5, 5)), (255, 255, 255))


def test_a_drawing_with_a_palette_keeps_its_colors() -> None:
    image = two_colors().quantize(4)
    *_, jpeg = develop(save(image, "PNG"))
    assert near(colors(jpeg, (32, 4)), RED, 20)
    image.info["transparency"] = image.getpixel((32, 4))
    webp, _ = develop(save(image, "PNG", transparency=image.getpixel((32, 4))))
    assert webp.convert("RGBA").getpixel((32, 4))[3] == 0  # type: ignore[index]
    assert near(colors(webp, (32, 28)), BLUE, 20)


@pytest.mark.parametrize("value", [0, 20_000, 45_000, 65_535])
def test_sixteen_bits_of_grey(value: int) -> None:
    for image in develop(save(Image.new("I;16", (20, 20), value), "PNG")):
        assert near(colors(image, (5, 5)), (value >> 8,) * 3, 3)


@pytest.mark.parametrize(("value", "wanted"), [((0, 255, 255, 0), (255, 0, 0)), ((0, 0, 0, 255), (0, 0, 0))])
def test_a_photo_for_print_is_shown_in_its_colors(value: tuple[int, ...], wanted: tuple[int, ...]) -> None:
    for image in develop(save(Image.new("CMYK", (20, 20), value), "JPEG", quality=95)):
        assert image.mode == "RGB"
        assert near(colors(image, (5, 5)), wanted, 30)


def test_a_grey_photo_and_one_of_black_and_white() -> None:
    for image in develop(save(Image.new("L", (20, 20), 128), "JPEG")):
        assert near(colors(image, (5, 5)), (128,) * 3)
    for image in develop(save(Image.new("1", (20, 20), 1), "PNG")):
        assert near(colors(image, (5, 5)), (255,) * 3)


def test_the_colors_of_a_profile_become_those_of_the_web() -> None:
    """A profile of another colour space (XYZ-like, as wide gamuts are) moves colours; its absence must not."""
    plain = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    # The sRGB profile under another name, with red and blue exchanged: as strange as a profile can be.
    swapped = _exchange(plain.replace("sRGB".encode("utf-16-be"), "test".encode("utf-16-be")), b"rXYZ", b"bXYZ")
    data = save(Image.new("RGB", (20, 20), RED), "JPEG", quality=95, icc_profile=swapped)
    for image in develop(data):
        assert near(colors(image, (5, 5)), BLUE, 40)
    assert_bare(data)


def _exchange(profile: bytes, one: bytes, other: bytes) -> bytes:
    return profile.replace(one, b"????", 1).replace(other, one, 1).replace(b"????", other, 1)


@pytest.mark.parametrize(
    "profile", [b"profile" * 20, b"", ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()]
)
def test_a_profile_that_is_broken_or_of_something_else_changes_nothing(profile: bytes) -> None:
    for image in develop(save(Image.new("RGB", (20, 20), RED), "JPEG", quality=95, icc_profile=profile)):
        assert near(colors(image, (5, 5)), RED)


def test_copies_for_phones_are_light_even_of_leaves_and_gravel() -> None:
    grains = Image.frombytes("RGB", (500, 667), Random(1).randbytes(500 * 667 * 3))  # noqa: S311
    gravel = Image.blend(grains.resize((1500, 2001), Image.Resampling.BILINEAR), Image.new("RGB", (1500, 2001)), 0.78)
    small, medium, *_ = copies(save(gravel, "JPEG", quality=90))
    assert len(small) <= len(medium) <= recipe.LIGHT_BYTES
    full = gravel.resize((800, 1067), Image.Resampling.HAMMING)
    assert len(save(full, "WEBP", quality=recipe.LIGHT_QUALITIES[1], method=2)) > recipe.LIGHT_BYTES
    assert len(copies(save(two_colors((1600, 1200)), "JPEG"))[1]) < 10_000


def test_the_same_photo_gives_the_same_bytes() -> None:
    data = with_exif("JPEG", 6)
    assert pixels.develop(data, [(32, 64)], (32, 64)) == pixels.develop(data, [(32, 64)], (32, 64))


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        pytest.param(lambda: b"", "Ảnh là tệp trống (0 byte); chép lại ảnh từ máy chụp", id="empty"),
        pytest.param(
            lambda: b"khong phai anh",
            "Tệp không phải ảnh hoặc ảnh đã hỏng; chép lại ảnh từ máy chụp, lưu thành JPG",
            id="no photo",
        ),
        pytest.param(
            lambda: make_image("JPEG", (300, 300))[:-400],
            "Ảnh hỏng, không mở được trọn vẹn; chép lại ảnh từ máy chụp",
            id="cut short",
        ),
        pytest.param(
            lambda: make_image("PNG", (300, 300))[:-30],
            "Ảnh hỏng, không mở được trọn vẹn; chép lại ảnh từ máy chụp",
            id="PNG cut short",
        ),
        pytest.param(
            lambda: heic()[:-60],
            "Tệp không phải ảnh hoặc ảnh đã hỏng; chép lại ảnh từ máy chụp, lưu thành JPG",
            id="HEIC cut short",
        ),
        pytest.param(
            lambda: b"\0\0\0\x18ftypheic" + b"\0" * 40,
            "Tệp không phải ảnh hoặc ảnh đã hỏng; chép lại ảnh từ máy chụp, lưu thành JPG",
            id="HEIC in name alone",
        ),
        pytest.param(
            lambda: make_image("GIF"),
            "Ảnh ở định dạng GIF, trang chỉ nhận JPG, PNG, WebP, HEIC; lưu lại thành JPG",
            id="GIF",
        ),
        pytest.param(
            lambda: save(
                Image.new("RGB", (9, 9)), "WEBP", save_all=True, append_images=[Image.new("RGB", (9, 9), RED)]
            ),
            "Ảnh động, trang chỉ hiện ảnh đứng yên; lưu một khung hình thành JPG rồi dùng ảnh ấy",
            id="animated WebP",
        ),
        pytest.param(
            lambda: save(Image.new("RGB", (9, 9)), "PNG", save_all=True, append_images=[Image.new("RGB", (9, 9), RED)]),
            "Ảnh động, trang chỉ hiện ảnh đứng yên; lưu một khung hình thành JPG rồi dùng ảnh ấy",
            id="animated PNG",
        ),
        pytest.param(
            lambda: png_of(60_000, 60_000), "Ảnh quá lớn khi mở ra (nghi là tệp phá hoại); dùng ảnh khác", id="bomb"
        ),
        pytest.param(
            lambda: png_of(10_000, 10_000),
            "Ảnh quá lớn (10.000 × 10.000 điểm ảnh); thu nhỏ ảnh còn cạnh dài 4.000 điểm rồi chép lại",
            id="too many pixels",
        ),
        pytest.param(
            lambda: make_jpeg_that_says(16_000, 8_000),
            "Ảnh quá lớn (16.000 × 8.000 điểm ảnh); thu nhỏ ảnh còn cạnh dài 4.000 điểm rồi chép lại",
            id="too many pixels for a JPEG",
        ),
        pytest.param(
            lambda: png_of(14_000, 14_000),
            "Ảnh quá lớn (14.000 × 14.000 điểm ảnh); thu nhỏ ảnh còn cạnh dài 4.000 điểm rồi chép lại",
            id="a scan of 196 megapixels",
        ),
        pytest.param(
            lambda: save(Image.new("1", (15_000, 13_000)), "TIFF", compression="group4"),
            "Ảnh quá lớn (195 triệu điểm ảnh); thu nhỏ ảnh còn cạnh dài 4.000 điểm rồi chép lại",
            id="a scan of another format",
        ),
        pytest.param(
            lambda: b"\xff\xd8\xff" + b"\0" * recipe.MAX_BYTES,
            "Ảnh nặng quá 40 MB; thu nhỏ ảnh còn cạnh dài 4.000 điểm rồi chép lại",
            id="too heavy",
        ),
    ],
)
def test_photos_that_cannot_be_shown_are_explained(make: Callable[[], bytes], sentence: str) -> None:
    data = make()
    with pytest.raises(Invalid) as refused:
        pixels.inspect(data)
    assert f"{refused.value.message}; {refused.value.fix}" == sentence


PHOTO = with_exif("JPEG", 6)
# The EXIF entry of the phone's maker; some software writes it with the wrong type.
MAKER_IS_TEXT, MAKER_IS_NUMBER = b"\x01\x0f\x00\x02", b"\x01\x0f\x00\x04"


@given(st.integers(0, len(PHOTO) - 1), st.binary(min_size=1, max_size=4))
@example(PHOTO.index(MAKER_IS_TEXT), MAKER_IS_NUMBER)
def test_a_damaged_photo_is_shown_or_refused(position: int, noise: bytes) -> None:
    data = PHOTO[:position] + noise + PHOTO[position + len(noise) :]
    try:
        size = pixels.inspect(data)
    except Invalid:
        return
    assert develop(data)[-1].size == fallback_size(*size)


@pytest.mark.parametrize(
    ("size", "kept"),
    [((64, 32), (64, 32)), ((3000, 1500), (2560, 1280)), ((100, 5000), (51, 2560)), ((9000, 2), (2560, 1))],
)
def test_the_stored_copy_is_no_larger_than_asked(size: tuple[int, int], kept: tuple[int, int]) -> None:
    data = pixels.keep(make_image("PNG", size), 2560)
    assert Image.open(BytesIO(data)).size == kept
    assert data == pixels.keep(make_image("PNG", size), 2560)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_the_stored_copy_is_upright_and_without_metadata(orientation: int) -> None:
    data = pixels.keep(with_exif("JPEG", orientation), 2560)
    # The same turn, seen in a copy for the site.
    shown = develop(with_exif("JPEG", orientation))[-1]
    kept = Image.open(BytesIO(data))
    assert (kept.format, kept.size, dict(kept.getexif())) == ("JPEG", shown.size, {})
    corner = (2, 2)
    assert near(colors(kept, corner), colors(shown, corner))
    for trace in (b"Exif", b"ICC_PROFILE", b"XMP", b"nha rieng", "của Hoa".encode()):
        assert trace not in data


def test_only_a_part_is_kept() -> None:
    data = save(two_colors((400, 200)), "PNG")
    lower = Image.open(BytesIO(pixels.keep(data, 100, (0.0, 0.5, 1.0, 1.0))))
    assert lower.size == (100, 25)
    assert near(colors(lower, (50, 3)), BLUE)


def test_broken_photos_are_not_stored() -> None:
    with pytest.raises(Invalid, match="không phải ảnh"):
        pixels.keep(b"x", 2560)


def test_a_photo_of_a_new_phone_is_stored_when_given_alone() -> None:
    data = make_image("PNG", (5_600, 4_300), compress_level=1)  # as many pixels as an iPhone's HEIC
    with Image.open(BytesIO(pixels.keep(data, 1_000, room=recipe.ROOM))) as kept:
        assert kept.size == (1_000, 768)
    with pytest.raises(Invalid, match="Ảnh quá lớn"):
        pixels.keep(data, 1_000)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (MemoryError(), "Máy không đủ bộ nhớ để mở ảnh"),
        (struct.error("unpack requires 4 bytes"), "Ảnh hỏng"),
        (IndexError(), "Ảnh hỏng"),
    ],
)
def test_any_error_of_a_decoder_is_explained(error: Exception, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def load(_: object) -> None:
        raise error

    monkeypatch.setattr(ImageFile.ImageFile, "load", load)
    with pytest.raises(Invalid, match=said):
        pixels.inspect(make_image("PNG"))
