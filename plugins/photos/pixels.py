"""The pixels of a photo: is it whole, how large is it upright, and copies with nothing but the picture in them."""

from __future__ import annotations

import warnings
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING

from PIL import Image, ImageCms, UnidentifiedImageError, features

from plugins.photos import recipe
from plugins.sources.problem import Invalid
from plugins.vietnamese import format_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from plugins.photos.sizes import Size

# The formats that phones, Word and the web give. Many phones save MPO under the name .jpg: a JPEG with a second
# picture (depth, brightness) after it, of which only the first is shown.
FORMATS = ("JPEG", "MPO", "PNG", "WEBP", "HEIF")
# What is opened at all: these, MPO being one of JPEG's, and others whose name is worth telling. The rest of Pillow's
# readers are not let near a stranger's file.
_KNOWN = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF")
MAX_PASSES = 50
MAX_SIDE = 65_535
_PASS = b"\xff\xda"

# Of what a folder keeps, from which all copies are made.
KEPT_QUALITY = 90

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
# Pillow turns the other way round.
_QUARTERS = {1: Image.Transpose.ROTATE_270, 2: Image.Transpose.ROTATE_180, 3: Image.Transpose.ROTATE_90}
_WHOLE = (0.0, 0.0, 1.0, 1.0)
_PAPER = (255, 255, 255)


def inspect(data: bytes) -> Size:
    """Return the upright size of a photo; Invalid, in a writer's words, when it is broken or cannot be shown."""
    with _opened(data) as image:
        size = _upright_size(image)
        # Reads every byte of the picture; a JPEG is decoded at an eighth of its size, which is enough to miss none.
        _reduce(image, (image.width // 8 or 1, image.height // 8 or 1))
        image.load()
        return size


def develop(data: bytes, webp_sizes: Sequence[Size], jpeg_size: Size) -> list[bytes]:
    """Return a photo as WebP in each size, largest last, and as one JPEG: upright, in sRGB, without any metadata."""
    with _opened(data) as image:
        picture = _upright(image, webp_sizes[-1])
    copies: dict[Size, Image.Image] = {}
    # Each from the next larger one, which is a quarter of the work of scaling each from the original.
    for size in reversed(webp_sizes):
        picture = picture if picture.size == size else picture.resize(size, Image.Resampling.HAMMING)
        copies[size] = picture
    return [*(_webp(copies[size]) for size in webp_sizes), _jpeg(copies[jpeg_size])]


def keep(
    data: bytes,
    longest: int,
    part: tuple[float, float, float, float] = _WHOLE,
    turn: tuple[int, bool] = (0, False),
) -> bytes:
    """Return a photo as its story's folder keeps it: a JPEG without metadata, upright, no side over `longest` pixels.

    `part` is what is kept of it: left, top, right and bottom, from 0 to 1 of the upright photo. `turn` is what a
    document did with it then: quarters of a turn clockwise, after it was mirrored or not. Word writes how a camera was
    held as a turn of its own, so that a photo that it turned is not turned by its EXIF too.
    """
    quarters, is_mirrored = turn
    with _opened(data) as image:
        if _weight(image) > recipe.KEPT_ROOM:
            raise _too_large(image.size)
        if quarters:
            image.getexif()[_ORIENTATION] = 1
        width, height = _upright_size(image)
        left, top, right, bottom = part
        shown = max(1.0, (right - left) * width, (bottom - top) * height)
        scale = min(1.0, longest / shown)
        if part != _WHOLE:
            # What is cut off takes room too, until it is.
            most = recipe.KEPT_ROOM // (8 if width * height * 4 <= recipe.KEPT_ROOM else 16)
            scale = min(scale, (most / (width * height)) ** 0.5)
        whole = max(1, round(width * scale)), max(1, round(height * scale))
        picture = _upright(image, whole, recipe.KEPT_ROOM)
    if part != _WHOLE:
        box = round(left * whole[0]), round(top * whole[1]), round(right * whole[0]), round(bottom * whole[1])
        picture = picture.crop((box[0], box[1], max(box[0] + 1, box[2]), max(box[1] + 1, box[3])))
    if is_mirrored:
        picture = picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    if quarters:
        picture = picture.transpose(_QUARTERS[quarters])
    return _jpeg(picture, KEPT_QUALITY)


def _weight(image: Image.Image) -> int:
    """Return about how many bytes it takes to open a photo, before it is: its EXIF alone may open it."""
    pixels = image.width * image.height
    if image.format in {"JPEG", "MPO"}:
        # Half of each side, under the whole of it in passes.
        return pixels * 5 // 2 if image.info.get("progressive") else 0
    # One that is transparent is copied once more.
    return pixels * (8 if image.has_transparency_data or image.mode.startswith("I") else 4)


def _webp(picture: Image.Image) -> bytes:
    is_light = picture.width <= recipe.LIGHT_WIDTH
    for quality in recipe.LIGHT_QUALITIES if is_light else (recipe.WEBP_QUALITY,):
        out = BytesIO()
        # Method 2 takes half the time of 4 for 5 % more bytes.
        picture.save(out, "WEBP", quality=quality, method=2)
        if out.tell() <= recipe.LIGHT_BYTES:
            break
    return out.getvalue()


def _jpeg(picture: Image.Image, quality: int = recipe.JPEG_QUALITY) -> bytes:
    if picture.mode == "RGBA":
        flat = Image.new("RGB", picture.size, _PAPER)
        flat.paste(picture, mask=picture.getchannel("A"))
        picture = flat
    out = BytesIO()
    picture.save(out, "JPEG", quality=quality, progressive=True, optimize=True)
    return out.getvalue()


def _upright(image: Image.Image, size: Size, room: int | None = None) -> Image.Image:
    """Return an opened photo as its reader sees it, in this size: RGB, or RGBA where it is transparent.

    A JPEG that would take more bytes than there is `room` for is opened at half of its size.
    """
    turn = _TURNS.get(image.getexif().get(_ORIENTATION, 1))
    profile = image.info.get("icc_profile")
    lying = size[::-1] if _is_sideways(image) else size
    # A little less sharp is better than none.
    is_heavy = room is not None and image.width * image.height * 4 > room
    _reduce(image, (min(lying[0], image.width // 2), min(lying[1], image.height // 2)) if is_heavy else lying)
    picture = _continuous(image).resize(lying, Image.Resampling.HAMMING)
    picture = _to_srgb(picture if turn is None else picture.transpose(turn), profile)
    # Pillow writes back what it finds here: comments, profiles, resolution.
    picture.info = {}
    return picture


def _reduce(image: Image.Image, size: Size) -> None:
    """Let a JPEG be decoded at the smallest size that is still as large as this."""
    # Another format would give its thumbnail, which says nothing about the picture.
    if image.format in {"JPEG", "MPO"}:
        image.draft(None, size)


def _continuous(image: Image.Image) -> Image.Image:
    """Return the photo in a mode in which neighbouring pixels may be mixed."""
    if image.mode.startswith("I"):
        # Sixteen bits of grey; convert() alone would turn all but the darkest of them white.
        return image.point(lambda value: value / 256).convert("L")
    if image.has_transparency_data:
        # convert() would copy even what is already so, and the largest of these take 200 MB.
        return image if image.mode == "RGBA" else image.convert("RGBA")
    return image if image.mode in {"RGB", "L", "CMYK", "LAB"} else image.convert("RGB")


def _to_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """Return the picture in the colours that browsers assume where no profile says otherwise."""
    if picture.mode == "RGBA":
        opaque = _to_srgb(picture.convert("RGB"), profile)
        opaque.putalpha(picture.getchannel("A"))
        return opaque
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            if "sRGB" not in ImageCms.getProfileDescription(source):
                srgb = ImageCms.createProfile("sRGB")
                converted = ImageCms.profileToProfile(picture, source, srgb, outputMode="RGB")
                return converted or picture.convert("RGB")
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
            pass  # A profile that is broken or of another kind of picture says nothing about this one.
    return picture if picture.mode == "RGB" else picture.convert("RGB")


@contextmanager
def _opened(data: bytes) -> Iterator[Image.Image]:
    if not data:
        raise Invalid("Ảnh là tệp trống (0 byte)", "chép lại ảnh từ máy chụp")
    if len(data) > recipe.MAX_BYTES:
        raise Invalid("Ảnh nặng quá 40 MB", "thu nhỏ ảnh còn cạnh dài 4.000 điểm rồi chép lại")
    try:
        # Pillow warns, in English, of what is large or oddly written; what matters of it comes as a sentence below.
        with warnings.catch_warnings(action="ignore"):
            known: tuple[str, ...] = _KNOWN
            if data[4:8] == b"ftyp":
                known = _learn_heic()
            with Image.open(BytesIO(data), formats=known) as image:
                _refuse_unshowable(image)
                if image.format in recipe.MAX_PIXELS and data.count(_PASS) > MAX_PASSES:
                    raise Invalid("Ảnh có quá nhiều lớp (nghi là tệp phá hoại)", "dùng ảnh khác")
                yield image
    except Image.DecompressionBombError:
        raise Invalid("Ảnh quá lớn khi mở ra (nghi là tệp phá hoại)", "dùng ảnh khác") from None
    except UnidentifiedImageError:
        raise Invalid("Tệp không phải ảnh hoặc ảnh đã hỏng", "chép lại ảnh từ máy chụp, lưu thành JPG") from None
    except (OSError, SyntaxError, ValueError, EOFError, MemoryError, RuntimeError) as error:
        if isinstance(error, Invalid):
            raise
        raise Invalid("Ảnh hỏng, không mở được trọn vẹn", "chép lại ảnh từ máy chụp") from None


def _refuse_unshowable(image: Image.Image) -> None:
    if image.format not in FORMATS:
        raise Invalid(f"Ảnh ở định dạng {image.format}, trang chỉ nhận JPG, PNG, WebP, HEIC", "lưu lại thành JPG")
    # A phone's MPO or HEIC may hold several pictures and is no film for that.
    if image.format in {"PNG", "WEBP"} and getattr(image, "is_animated", False):
        raise Invalid("Ảnh động, trang chỉ hiện ảnh đứng yên", "lưu một khung hình thành JPG rồi dùng ảnh ấy")
    whole = recipe.MAX_PIXELS_WHOLE
    most = whole if image.info.get("progressive") else recipe.MAX_PIXELS.get(image.format, whole)
    if image.width * image.height > most or max(image.size) > MAX_SIDE:
        raise _too_large(image.size)


def _too_large(size: Size) -> Invalid:
    sides = " × ".join(map(format_number, size))
    return Invalid(f"Ảnh quá lớn ({sides} điểm ảnh)", "thu nhỏ ảnh còn cạnh dài 4.000 điểm rồi chép lại")


def _learn_heic() -> tuple[str, ...]:
    """Have Pillow read what an iPhone takes. Returns the formats that begin as it does."""
    # Imported only for what an iPhone takes: loading the decoder costs every run otherwise.
    from pillow_heif import register_heif_opener

    register_heif_opener(thumbnails=False)
    return ("HEIF", "AVIF") if features.check("avif") else ("HEIF",)


def _is_sideways(image: Image.Image) -> bool:
    return image.getexif().get(_ORIENTATION) in _SIDEWAYS


def _upright_size(image: Image.Image) -> Size:
    return (image.height, image.width) if _is_sideways(image) else (image.width, image.height)
