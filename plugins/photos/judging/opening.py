"""Opening a photo from untrusted bytes: its format and size are checked before any pixel is decoded."""

import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from struct import error as StructError  # noqa: N812 - Pillow raises it for truncated headers

from PIL import Image, JpegImagePlugin, PngImagePlugin, UnidentifiedImageError, features

from plugins.photos import recipe
from plugins.photos.formats.jpeg import Segments, walk
from plugins.photos.judging.jpeg import cut_after_scans
from plugins.photos.recipe import Size
from plugins.sources.problem import Invalid
from plugins.vietnamese import format_number

# Formats that are shown. Many phones save MPO under the name .jpg: a JPEG followed by a second image (depth,
# brightness), of which only the first is used.
FORMATS = ("JPEG", "MPO", "PNG", "WEBP", "HEIF", "AVIF")
# Besides JPEG, PNG and HEIF, the readers of Pillow that may see untrusted bytes: GIF, BMP and TIFF are refused by name.
_READERS = ("WEBP", "GIF", "BMP", "TIFF")
_JPEG, _PNG = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"
_MAX_SCANS = 50
_MAX_SIDE = 65_535
# More pixels than any camera or office scanner produces: a decompression bomb.
_BOMB = 1_000_000_000
# Bits per sample that JPEG allows; any other number means a broken header.
_PRECISIONS = {8, 12, 16}
_HEADER_ERRORS = (SyntaxError, LookupError, TypeError, StructError, EOFError)
# Whatever Pillow and its decoders raise for broken data.
_BROKEN = (OSError, SyntaxError, ValueError, LookupError, StructError, EOFError, RuntimeError)


@dataclass(frozen=True)
class OpenedPhoto:
    """A photo whose header was read; `segments` for a JPEG, None for any other format."""

    data: bytes
    image: Image.Image
    segments: Segments | None


@contextmanager
def open_photo(data: bytes) -> Iterator[OpenedPhoto]:
    """Open a photo; raises Invalid when it cannot be shown, or when it turns out to be broken inside the block."""
    if not data:
        raise Invalid("Ảnh là tệp trống (0 byte)", "chép lại ảnh từ máy chụp")
    if len(data) > recipe.MAX_BYTES:
        raise Invalid(*recipe.TOO_HEAVY)
    try:
        # Pillow's English warnings; those that matter become an Invalid below.
        with warnings.catch_warnings(action="ignore"):
            segments = walk(data, _MAX_SCANS) if data.startswith(_JPEG) else None
            if segments:
                _refuse_unusual_jpeg(segments)
            with _read_header(cut_after_scans(data, segments) if segments else data) as image:
                _refuse_unshowable(image)
                yield OpenedPhoto(data, image, segments)
    except Image.DecompressionBombError as error:
        pixels = int(found[0]) if (found := re.search(r"\d+", str(error))) else _BOMB
        raise _too_large(pixels, f"{format_number(pixels // 1_000_000)} triệu điểm ảnh") from None
    except UnidentifiedImageError:
        raise Invalid("Tệp không phải ảnh hoặc ảnh đã hỏng", "chép lại ảnh từ máy chụp, lưu thành JPG") from None
    except Invalid:
        raise
    except MemoryError:
        raise Invalid("Máy không đủ bộ nhớ để mở ảnh", "đóng bớt chương trình rồi thử lại, hoặc thu nhỏ ảnh") from None
    except _BROKEN:
        raise Invalid("Ảnh hỏng, không mở được trọn vẹn", "chép lại ảnh từ máy chụp") from None


def too_large(size: Size) -> Invalid:
    """Return the error for a photo with too many pixels."""
    return _too_large(size[0] * size[1], f"{' × '.join(map(format_number, size))} điểm ảnh")


def _too_large(pixels: int, size: str) -> Invalid:
    if pixels > _BOMB:
        return Invalid("Ảnh quá lớn khi mở ra (nghi là tệp phá hoại)", "dùng ảnh khác")
    return Invalid(f"Ảnh quá lớn ({size})", recipe.TOO_HEAVY[1])


def _read_header(data: bytes) -> Image.Image:
    file = BytesIO(data)
    # Not Image.open(), which takes anything over 179 megapixels for an attack; phones take 200.
    try:
        if data.startswith(_JPEG):
            return JpegImagePlugin.jpeg_factory(file)
        if data.startswith(_PNG):
            return _fix_transparency(PngImagePlugin.PngImageFile(file), data)
    except _HEADER_ERRORS:
        raise UnidentifiedImageError from None
    return Image.open(file, formats=_register_heif() if data[4:8] == b"ftyp" else _READERS)


def _fix_transparency(image: PngImagePlugin.PngImageFile, data: bytes) -> Image.Image:
    """Return a PNG with its tRNS colour in 8 bits, as Pillow decodes the pixels, and not in the file's 2, 4 or 16."""
    color, depth = image.info.get("transparency"), data[24]
    if image.mode == "RGB" and depth == 16 and isinstance(color, tuple):
        image.info["transparency"] = tuple(value >> 8 for value in color)
    if image.mode == "L" and depth in {2, 4} and isinstance(color, int):
        image.info["transparency"] = color * 255 // ((1 << depth) - 1)
    return image


def _refuse_unusual_jpeg(segments: Segments) -> None:
    """Raise Invalid for a JPEG that browsers do not show, or with thousands of scans."""
    frame = segments.frame
    if frame and not frame.is_decodable and frame.precision in _PRECISIONS:
        kind = "JPG của máy chuyên dụng" if frame.precision == 8 else f"JPG {frame.precision} bit"
        raise Invalid(f"Ảnh là {kind}, trình duyệt không hiện được", "mở ảnh ấy rồi lưu lại thành JPG thường")
    if segments.is_endless:
        raise Invalid("Ảnh có quá nhiều lớp (nghi là tệp phá hoại)", "dùng ảnh khác")


def _refuse_unshowable(image: Image.Image) -> None:
    if image.format not in FORMATS:
        raise Invalid(f"Ảnh ở định dạng {image.format}, trang chỉ nhận JPG, PNG, WebP, HEIC", "lưu lại thành JPG")
    # An MPO or HEIC with several images is not an animation.
    if image.format in {"PNG", "WEBP", "AVIF"} and getattr(image, "is_animated", False):
        raise Invalid("Ảnh động, trang chỉ hiện ảnh đứng yên", "lưu một khung hình thành JPG rồi dùng ảnh ấy")
    whole = recipe.MAX_PIXELS_WHOLE
    most = whole if image.info.get("progressive") else recipe.MAX_PIXELS.get(image.format, whole)
    if image.width * image.height > most or max(image.size) > _MAX_SIDE:
        raise too_large(image.size)


def _register_heif() -> tuple[str, ...]:
    """Register the HEIF plugin with Pillow. Returns the formats that start with an `ftyp` box."""
    # Imported when first needed: loading the decoder is slow.
    from pillow_heif import register_heif_opener

    register_heif_opener(thumbnails=False)
    return ("HEIF", "AVIF") if features.check("avif") else ("HEIF",)
