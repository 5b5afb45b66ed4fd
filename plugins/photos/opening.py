"""A photo opened from a stranger's bytes: what it is, whether it can be shown, all before a pixel of it is decoded."""

from __future__ import annotations

import re
import warnings
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from struct import error as StructError  # noqa: N812 - Pillow raises it where a header is cut short
from typing import TYPE_CHECKING

from PIL import Image, JpegImagePlugin, PngImagePlugin, UnidentifiedImageError, features

from plugins.photos import recipe
from plugins.photos.jpeg_segments import Picture, walk
from plugins.photos.jpeg_wholeness import bound
from plugins.sources.problem import Invalid
from plugins.vietnamese import format_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plugins.photos.sizes import Size

# The formats that phones, Word and the web give. Many phones save MPO under the name .jpg: a JPEG with a second
# picture (depth, brightness) after it, of which only the first is shown.
FORMATS = ("JPEG", "MPO", "PNG", "WEBP", "HEIF", "AVIF")
# What is opened at all: these, MPO being one of JPEG's, and others whose name is worth telling. The rest of Pillow's
# readers are not let near a stranger's file.
_KNOWN = ("WEBP", "GIF", "BMP", "TIFF")
_JPEG, _PNG = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"
MAX_PASSES = 50
MAX_SIDE = 65_535
# No camera, and no scanner of an office, makes so many pixels.
_BOMB = 1_000_000_000
# Of a sample, in bits; what says another is broken.
_DEPTHS = {8, 12, 16}
_HEADERS = (SyntaxError, LookupError, TypeError, StructError, EOFError)


@dataclass(frozen=True)
class Opened:
    """A photo whose header was read: `picture` is what a walk through a JPEG found, None for another format."""

    data: bytes
    image: Image.Image
    picture: Picture | None


@contextmanager
def open_photo(data: bytes) -> Iterator[Opened]:
    """Open a photo; Invalid, in a writer's words, when it cannot be shown, or turns out broken while it is used."""
    if not data:
        raise Invalid("Ảnh là tệp trống (0 byte)", "chép lại ảnh từ máy chụp")
    if len(data) > recipe.MAX_BYTES:
        raise Invalid("Ảnh nặng quá 40 MB", "thu nhỏ ảnh còn cạnh dài 4.000 điểm rồi chép lại")
    try:
        # Pillow warns, in English, of what is large or oddly written; what matters of it comes as a sentence below.
        with warnings.catch_warnings(action="ignore"):
            picture = walk(data, MAX_PASSES) if data.startswith(_JPEG) else None
            _refuse_frame(picture)
            with _read_header(bound(data, picture) if picture else data) as image:
                _refuse_unshowable(image)
                yield Opened(data, image, picture)
    except Image.DecompressionBombError as error:
        pixels = int(found[0]) if (found := re.search(r"\d+", str(error))) else _BOMB
        raise _too_large(pixels, f"{format_number(pixels // 1_000_000)} triệu điểm ảnh") from None
    except UnidentifiedImageError:
        raise Invalid("Tệp không phải ảnh hoặc ảnh đã hỏng", "chép lại ảnh từ máy chụp, lưu thành JPG") from None
    except (OSError, SyntaxError, ValueError, EOFError, MemoryError, RuntimeError) as error:
        if isinstance(error, Invalid):
            raise
        raise Invalid("Ảnh hỏng, không mở được trọn vẹn", "chép lại ảnh từ máy chụp") from None


def too_large(size: Size) -> Invalid:
    """Return what is said of a photo with too many pixels."""
    return _too_large(size[0] * size[1], f"{' × '.join(map(format_number, size))} điểm ảnh")


def _too_large(pixels: int, said: str) -> Invalid:
    if pixels > _BOMB:
        return Invalid("Ảnh quá lớn khi mở ra (nghi là tệp phá hoại)", "dùng ảnh khác")
    return Invalid(f"Ảnh quá lớn ({said})", "thu nhỏ ảnh còn cạnh dài 4.000 điểm rồi chép lại")


def _read_header(data: bytes) -> Image.Image:
    file = BytesIO(data)
    # Not by Image.open(), which calls whatever is over 179 megapixels an attack, and a phone takes 200.
    try:
        if data.startswith(_JPEG):
            return JpegImagePlugin.jpeg_factory(file)
        if data.startswith(_PNG):
            return _mended(PngImagePlugin.PngImageFile(file), data)
    except _HEADERS:
        raise UnidentifiedImageError from None
    known = _learn_heic() if data[4:8] == b"ftyp" else _KNOWN
    return Image.open(file, formats=known)


def _mended(image: PngImagePlugin.PngImageFile, data: bytes) -> Image.Image:
    """Return a PNG whose transparent color is told in the 8 bits that are read of its colors, not in 2, 4 or 16."""
    color, depth = image.info.get("transparency"), data[24]
    if image.mode == "RGB" and depth == 16 and isinstance(color, tuple):
        image.info["transparency"] = tuple(value >> 8 for value in color)
    if image.mode == "L" and depth in {2, 4} and isinstance(color, int):
        image.info["transparency"] = color * 255 // ((1 << depth) - 1)
    return image


def _refuse_frame(picture: Picture | None) -> None:
    """Raise Invalid for a JPEG that is of another kind, or written in thousands of passes."""
    if picture is None:
        return
    frame = picture.frame
    if frame and not frame.is_decoded and frame.bits in _DEPTHS:
        kind = "JPG của máy chuyên dụng" if frame.bits == 8 else f"JPG {frame.bits} bit"
        raise Invalid(f"Ảnh là {kind}, trình duyệt không hiện được", "mở ảnh ấy rồi lưu lại thành JPG thường")
    if picture.is_endless:
        raise Invalid("Ảnh có quá nhiều lớp (nghi là tệp phá hoại)", "dùng ảnh khác")


def _refuse_unshowable(image: Image.Image) -> None:
    if image.format not in FORMATS:
        raise Invalid(f"Ảnh ở định dạng {image.format}, trang chỉ nhận JPG, PNG, WebP, HEIC", "lưu lại thành JPG")
    # A phone's MPO or HEIC may hold several pictures and is no film for that.
    if image.format in {"PNG", "WEBP", "AVIF"} and getattr(image, "is_animated", False):
        raise Invalid("Ảnh động, trang chỉ hiện ảnh đứng yên", "lưu một khung hình thành JPG rồi dùng ảnh ấy")
    whole = recipe.MAX_PIXELS_WHOLE
    most = whole if image.info.get("progressive") else recipe.MAX_PIXELS.get(image.format, whole)
    if image.width * image.height > most or max(image.size) > MAX_SIDE:
        raise too_large(image.size)


def _learn_heic() -> tuple[str, ...]:
    """Have Pillow read what an iPhone takes. Returns the formats that begin as it does."""
    # Imported only for what an iPhone takes: loading the decoder costs every run otherwise.
    from pillow_heif import register_heif_opener

    register_heif_opener(thumbnails=False)
    return ("HEIF", "AVIF") if features.check("avif") else ("HEIF",)
