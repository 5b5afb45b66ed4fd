"""The pixels of a photo: is it whole, how large is it upright, and copies with nothing but the picture in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PIL import Image, ImageMath

from plugins.photos import encoding, recipe
from plugins.photos.opening import open_photo, too_large
from plugins.photos.orientation import find_turn, turned_size
from plugins.photos.profiles import find_profile, to_srgb
from plugins.photos.wholeness import refuse_partial

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plugins.photos.opening import Opened
    from plugins.photos.sizes import Size

# Of what a folder keeps, from which all copies are made.
KEPT_QUALITY = 90

# Blocks of 16 MB that Pillow keeps for its next picture: from the system each page comes anew, and is cleared first.
_SPARE_BLOCKS = 4
Image.core.set_blocks_max(_SPARE_BLOCKS)  # type: ignore[attr-defined]

# Pillow turns the other way round.
_QUARTERS = {1: Image.Transpose.ROTATE_270, 2: Image.Transpose.ROTATE_180, 3: Image.Transpose.ROTATE_90}
_WHOLE = (0.0, 0.0, 1.0, 1.0)


def inspect(data: bytes) -> Size:
    """Return the upright size of a photo; Invalid, in a writer's words, when it is broken or cannot be shown."""
    with open_photo(data) as opened:
        image = opened.image
        refuse_partial(opened)
        size = turned_size(image, find_turn(image))
        # Reads every byte of the picture; a JPEG is decoded at an eighth of its size, which is enough to miss none.
        _reduce(image, (image.width // 8 or 1, image.height // 8 or 1))
        image.load()
        return size


def develop(data: bytes, webp_sizes: Sequence[Size], jpeg_size: Size) -> list[bytes]:
    """Return a photo as WebP in each size, largest last, and as one JPEG: upright, in sRGB, without any metadata."""
    with open_photo(data) as opened:
        picture = _upright(opened, find_turn(opened.image), webp_sizes[-1])
    return encoding.write_copies(picture, webp_sizes, jpeg_size)


def keep(
    data: bytes,
    longest: int,
    part: tuple[float, float, float, float] = _WHOLE,
    turn: tuple[int, bool] = (0, False),
    *,
    room: int = recipe.ROOM_OF_MANY,
) -> bytes:
    """Return a photo as its story's folder keeps it: a JPEG without metadata, upright, no side over `longest` pixels.

    `part` is what is kept of it: left, top, right and bottom, from 0 to 1 of the upright photo. `turn` is what a
    document did with it then: quarters of a turn clockwise, after it was mirrored or not. Word writes how a camera was
    held as a turn of its own, so that a photo that it turned is not turned by its EXIF too. One that takes more bytes
    than there is `room` for is opened smaller, or Invalid.
    """
    quarters, is_mirrored = turn
    with open_photo(data) as opened:
        image = opened.image
        if _weight(image) > room:
            raise too_large(image.size)
        refuse_partial(opened)
        exif_turn = None if quarters else find_turn(image)
        width, height = turned_size(image, exif_turn)
        left, top, right, bottom = part
        shown = max(1.0, (right - left) * width, (bottom - top) * height)
        scale = min(1.0, longest / shown)
        if part != _WHOLE:
            # What is cut off takes room too, until it is.
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


def _weight(image: Image.Image) -> int:
    """Return about how many bytes it takes to open a photo, before it is: its EXIF alone may open it."""
    pixels = image.width * image.height
    if image.format in {"JPEG", "MPO"}:
        # Half of each side, under the whole of it in passes.
        return pixels * 5 // 2 if image.info.get("progressive") else 0
    # One that is transparent is copied once more.
    return pixels * (8 if image.has_transparency_data or image.mode.startswith("I") else 4)


def _upright(opened: Opened, turn: Image.Transpose | None, size: Size, room: int | None = None) -> Image.Image:
    """Return an opened photo as its reader sees it, in this size: RGB, or RGBA where it is transparent.

    A JPEG that would take more bytes than there is `room` for is opened at half of its size.
    """
    image = opened.image
    profile = find_profile(opened)
    lying = size if turned_size(image, turn) == image.size else size[::-1]
    wanted = encoding.room_to_scale(lying)
    if room is not None and image.width * image.height * 4 > room:
        # A little less sharp is better than none.
        wanted = min(wanted[0], image.width // 2), min(wanted[1], image.height // 2)
    _reduce(image, wanted)
    picture = encoding.scale(_continuous(image), lying)
    if picture is image:
        # That one falls with its file.
        picture = picture.copy()
    picture = to_srgb(picture if turn is None else picture.transpose(turn), profile)
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
        grey = image.point(lambda value: value / 256).convert("L")
        if (hidden := image.info.get("transparency")) is None:
            return grey
        opaque = ImageMath.lambda_eval(
            lambda of: of["convert"]((of["grey"] != hidden) * 255, "L"), grey=image.convert("I")
        )
        return Image.merge("LA", (grey, opaque)).convert("RGBA")
    if image.has_transparency_data:
        # convert() would copy even what is already so, and the largest of these take 200 MB.
        return image if image.mode == "RGBA" else image.convert("RGBA")
    return image if image.mode in {"RGB", "L", "CMYK", "LAB"} else image.convert("RGB")
