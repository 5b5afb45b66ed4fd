"""The pixels of a photo: is it whole, how large is it upright, and a copy with nothing but the picture in it."""

from __future__ import annotations

import warnings
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING, Any

from PIL import Image, UnidentifiedImageError

from plugins.photos.sizes import fit
from plugins.sources.problem import Invalid
from plugins.vietnamese import format_number

if TYPE_CHECKING:
    from collections.abc import Iterator

# The formats that browsers show and phones and Word produce, with the suffix of what is written. Many phones save
# MPO under the name .jpg: a JPEG with a second picture (depth, brightness) after it, of which only the first is shown.
SUFFIXES = {"JPEG": ".jpg", "MPO": ".jpg", "PNG": ".png", "WEBP": ".webp"}
MAX_BYTES = 40_000_000
MAX_PIXELS = 80_000_000
_ORIENTATION = 0x0112
_SIDEWAYS = (5, 6, 7, 8)
# What turns a photo upright, by its EXIF orientation. Not ImageOps.exif_transpose: it writes the EXIF anew, and
# raises what no one expects when a phone wrote it wrong.
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def inspect(data: bytes) -> tuple[str, tuple[int, int]]:
    """Return the suffix and the upright shown size of a photo; Invalid, in a writer's words, when it is broken."""
    with _opened(data) as image:
        size = fit(*_upright_size(image))
        # Reads every byte of the picture; a JPEG is decoded at an eighth of its size, which is enough to miss none.
        image.draft(None, (image.width // 8 or 1, image.height // 8 or 1))
        image.load()
        return SUFFIXES[image.format or ""], size


def strip(data: bytes) -> bytes:
    """Return the photo upright, scaled to fit, in its own format, with no metadata whatever (EXIF, GPS, XMP, ICC)."""
    with _opened(data) as image:
        file_format = "JPEG" if image.format in {None, "MPO"} else image.format
        # Asked before draft, which changes the size that the image reports.
        size = fit(*_upright_size(image))
        image.draft(None, (max(size), max(size)))
        turn = _TURNS.get(image.getexif().get(_ORIENTATION, 1))
        upright = image if turn is None else image.transpose(turn)
        mode = "RGBA" if _has_alpha(upright) and file_format != "JPEG" else "RGB"
        flat = upright.convert(mode).resize(size, Image.Resampling.LANCZOS)
        clean = Image.new(mode, flat.size)
        clean.paste(flat)
        out = BytesIO()
        options: dict[str, dict[str, Any]] = {
            "JPEG": {"quality": 84, "progressive": True, "optimize": True},
            "PNG": {"optimize": True},
            "WEBP": {"quality": 82, "method": 4},
        }
        clean.save(out, file_format, **options[file_format])
        return out.getvalue()


@contextmanager
def _opened(data: bytes) -> Iterator[Image.Image]:
    if not data:
        raise Invalid("Ảnh là tệp trống (0 byte)", "chép lại ảnh từ máy chụp")
    if len(data) > MAX_BYTES:
        raise Invalid("Ảnh nặng quá 40 MB", "thu nhỏ ảnh còn cạnh dài 4.000 điểm rồi chép lại")
    try:
        # Pillow warns, in English, of what is large or oddly written; what matters of it comes as a sentence below.
        with warnings.catch_warnings(action="ignore"), Image.open(BytesIO(data)) as image:
            if image.format not in SUFFIXES:
                raise Invalid(f"Ảnh ở định dạng {image.format}, trang chỉ nhận JPG, PNG, WebP", "lưu lại thành JPG")
            if image.width * image.height > MAX_PIXELS:
                size = f"{format_number(image.width)} × {format_number(image.height)} điểm ảnh"
                raise Invalid(f"Ảnh quá lớn ({size})", "thu nhỏ ảnh còn cạnh dài 4.000 điểm rồi chép lại")
            yield image
    except Image.DecompressionBombError:
        raise Invalid("Ảnh quá lớn khi mở ra (nghi là tệp phá hoại)", "dùng ảnh khác") from None
    except UnidentifiedImageError:
        raise Invalid("Tệp không phải ảnh hoặc ảnh đã hỏng", "chép lại ảnh từ máy chụp, lưu thành JPG") from None
    except (OSError, SyntaxError, ValueError, EOFError, MemoryError) as error:
        if isinstance(error, Invalid):
            raise
        raise Invalid("Ảnh hỏng, không mở được trọn vẹn", "chép lại ảnh từ máy chụp") from None


def _upright_size(image: Image.Image) -> tuple[int, int]:
    sideways = image.getexif().get(_ORIENTATION) in _SIDEWAYS
    return (image.height, image.width) if sideways else (image.width, image.height)


def _has_alpha(image: Image.Image) -> bool:
    return image.has_transparency_data
