"""Everything that decodes a photo: check it (`inspect`), make its copies (`develop`), store it lighter (`keep`)."""

from collections.abc import Sequence
from struct import error as StructError  # noqa: N812 - raised for truncated EXIF

from PIL import Image, ImageMath

from plugins.photos import encoding, recipe
from plugins.photos.judging.opening import OpenedPhoto, open_photo, too_large
from plugins.photos.judging.wholeness import refuse_partial
from plugins.photos.profiles import find_profile, to_srgb
from plugins.photos.recipe import Size

# JPEG quality of the photo in a story's folder, from which all copies are made.
KEPT_QUALITY = 90

# 16 MB blocks that Pillow keeps for the next picture: fresh memory costs page faults and clearing.
Image.core.set_blocks_max(4)  # type: ignore[attr-defined]

# How to turn a photo upright as browsers do: by its EXIF orientation alone (CIPA DC-008, tag 0x0112). Not
# ImageOps.exif_transpose, which rewrites the EXIF and raises arbitrary errors on bad EXIF.
_ORIENTATION = 0x0112
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_SIDEWAYS = {_TURNS[orientation] for orientation in (5, 6, 7, 8)}
# By quarters clockwise; Pillow rotates counterclockwise.
_QUARTERS = {1: Image.Transpose.ROTATE_270, 2: Image.Transpose.ROTATE_180, 3: Image.Transpose.ROTATE_90}
_WHOLE = (0.0, 0.0, 1.0, 1.0)


def inspect(data: bytes) -> Size:
    """Return the upright size of a photo in pixels; raises Invalid when it is broken or cannot be shown."""
    with open_photo(data) as opened:
        image = opened.image
        refuse_partial(opened)
        size = _turned_size(image, _find_turn(image))
        # Decodes everything; a JPEG at an eighth of its size, which still reads every byte.
        _reduce(image, (image.width // 8 or 1, image.height // 8 or 1))
        image.load()
        return size


def develop(data: bytes, webp_sizes: Sequence[Size], jpeg_size: Size) -> list[bytes]:
    """Return a photo as WebP in each of `webp_sizes` (ascending), then as JPEG: upright, sRGB, without metadata.

    Raises Invalid as `inspect` does, but does not look for missing parts.
    """
    with open_photo(data) as opened:
        picture = _upright(opened, _find_turn(opened.image), webp_sizes[-1])
    return encoding.write_copies(picture, webp_sizes, jpeg_size)


def decode(data: bytes, size: Size) -> Image.Image:
    """Return a photo in this size, upright, as RGB on white; raises Invalid as `inspect` does."""
    with open_photo(data) as opened:
        picture = _upright(opened, _find_turn(opened.image), size)
    return encoding.put_on_white(picture)


def keep(
    data: bytes,
    longest: int,
    part: tuple[float, float, float, float] = _WHOLE,
    turn: tuple[int, bool] = (0, False),
    *,
    room: int = recipe.ROOM_OF_MANY,
) -> bytes:
    """Return a photo for its story's folder: a JPEG without metadata, upright, no side over `longest` pixels.

    `part` is the crop: left, top, right and bottom as fractions of the upright photo. `turn` is then applied as the
    document had it: quarters clockwise, after mirroring or not. With quarters, EXIF orientation is ignored: Word
    includes it in its own rotation. `room` is the memory to use, in bytes: a larger photo is decoded smaller, or
    refused. Raises Invalid as `inspect` does.
    """
    quarters, is_mirrored = turn
    with open_photo(data) as opened:
        image = opened.image
        if _memory(image) > room:
            raise too_large(image.size)
        refuse_partial(opened)
        exif_turn = None if quarters else _find_turn(image)
        width, height = _turned_size(image, exif_turn)
        left, top, right, bottom = part
        shown = max(1.0, (right - left) * width, (bottom - top) * height)
        scale = min(1.0, longest / shown)
        if part != _WHOLE:
            # The cropped part takes memory as well.
            most = room // (8 if width * height * 4 <= room else 16)
            scale = min(scale, (most / (width * height)) ** 0.5)
        whole = max(1, round(width * scale)), max(1, round(height * scale))
        picture = _upright(opened, exif_turn, whole, room)
    if part != _WHOLE:
        box = round(left * whole[0]), round(top * whole[1]), round(right * whole[0]), round(bottom * whole[1])
        picture = picture.crop((box[0], box[1], max(box[0] + 1, box[2]), max(box[1] + 1, box[3])))
    if is_mirrored:
        picture = picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    if quarters:
        picture = picture.transpose(_QUARTERS[quarters])
    return encoding.write_jpeg(picture, KEPT_QUALITY)


def _memory(image: Image.Image) -> int:
    """Estimate the bytes that decoding a photo takes; call it before reading EXIF, which may decode."""
    pixels = image.width * image.height
    if image.format in {"JPEG", "MPO"}:
        # The pixels at half of each side; if progressive, over the coefficients of the whole image.
        return pixels * 5 // 2 if image.info.get("progressive") else 0
    # Transparent pictures are copied once more.
    return pixels * (8 if image.has_transparency_data or image.mode.startswith("I") else 4)


def _upright(opened: OpenedPhoto, turn: Image.Transpose | None, size: Size, room: int | None = None) -> Image.Image:
    """Decode an opened photo, upright and in this size, to sRGB. Returns RGB, or RGBA if it is transparent.

    A JPEG that would take more than `room` bytes is decoded at half of its size.
    """
    image = opened.image
    profile = find_profile(opened)
    lying = size if _turned_size(image, turn) == image.size else size[::-1]
    wanted = encoding.decoding_size(lying)
    if room is not None and image.width * image.height * 4 > room:
        # Less sharp, but better than refusing it.
        wanted = min(wanted[0], image.width // 2), min(wanted[1], image.height // 2)
    _reduce(image, wanted)
    picture = encoding.scale(_to_scalable(image), lying)
    if picture is image:
        # Closing the file invalidates the original.
        picture = picture.copy()
    picture = to_srgb(picture if turn is None else picture.transpose(turn), profile)
    # Pillow would save the metadata found here: comments, profiles, resolution.
    picture.info = {}
    return picture


def _reduce(image: Image.Image, size: Size) -> None:
    """Have a JPEG decoded at the smallest scale that is no smaller than this size."""
    # Other formats would return their embedded thumbnail.
    if image.format in {"JPEG", "MPO"}:
        image.draft(None, size)


def _to_scalable(image: Image.Image) -> Image.Image:
    """Return the photo in a mode that can be resampled: no palette, no 16-bit or 1-bit samples."""
    if image.mode.startswith("I"):
        # 16-bit grey: convert() alone clips everything above 255 to white.
        grey = image.point(lambda value: value / 256).convert("L")
        if (hidden := image.info.get("transparency")) is None:
            return grey
        opaque = ImageMath.lambda_eval(
            lambda of: of["convert"]((of["grey"] != hidden) * 255, "L"), grey=image.convert("I")
        )
        return Image.merge("LA", (grey, opaque)).convert("RGBA")
    if image.has_transparency_data:
        # convert() would copy even RGBA, and the largest take 200 MB.
        return image if image.mode == "RGBA" else image.convert("RGBA")
    return image if image.mode in {"RGB", "L", "CMYK", "LAB"} else image.convert("RGB")


def _find_turn(image: Image.Image) -> Image.Transpose | None:
    """Return the transposition that turns an opened photo upright; None when it needs none, or has no orientation."""
    # Not image.getexif(), which falls back to XMP and PNG comments; browsers do not. HEIC is turned when opened.
    exif = Image.Exif()
    try:
        exif.load(image.info.get("exif") or b"")
        return _TURNS.get(exif.get(_ORIENTATION, 1))
    except (SyntaxError, StructError, LookupError, ValueError, TypeError, OSError):
        return None  # Unreadable EXIF is ignored.


def _turned_size(image: Image.Image, turn: Image.Transpose | None) -> Size:
    """Return the size, in pixels, of a photo after the turn."""
    return image.size[::-1] if turn in _SIDEWAYS else image.size
