"""How a photo is turned upright, as browsers turn it: by what its EXIF says, never by other notes in it."""

from __future__ import annotations

from struct import error as StructError  # noqa: N812 - it is raised for EXIF that is cut short
from typing import TYPE_CHECKING

from PIL import Image

if TYPE_CHECKING:
    from plugins.photos.sizes import Size

_ORIENTATION = 0x0112
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
_SIDEWAYS = {
    Image.Transpose.TRANSPOSE,
    Image.Transpose.ROTATE_270,
    Image.Transpose.TRANSVERSE,
    Image.Transpose.ROTATE_90,
}


def find_turn(image: Image.Image) -> Image.Transpose | None:
    """Return what turns an opened photo upright; None where it is so, or does not say."""
    # Not image.getexif(), which asks XMP and a PNG's comments where EXIF says nothing: a browser does not. A HEIC was
    # turned when it was opened.
    exif = Image.Exif()
    try:
        exif.load(image.info.get("exif") or b"")
        return _TURNS.get(exif.get(_ORIENTATION, 1))
    except (SyntaxError, StructError, LookupError, ValueError, TypeError, OSError):
        return None  # EXIF that cannot be read says nothing.


def turned_size(image: Image.Image, turn: Image.Transpose | None) -> Size:
    """Return the size of a photo once it is turned."""
    return (image.height, image.width) if turn in _SIDEWAYS else (image.width, image.height)
