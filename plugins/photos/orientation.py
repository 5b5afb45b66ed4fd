"""Turning a photo upright as browsers do: by its EXIF orientation alone (CIPA DC-008, tag 0x0112)."""

from struct import error as StructError  # noqa: N812 - raised for truncated EXIF

from PIL import Image

from plugins.photos.sizes import Size

_ORIENTATION = 0x0112
# By EXIF orientation. Not ImageOps.exif_transpose, which rewrites the EXIF and raises arbitrary errors on bad EXIF.
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


def find_turn(image: Image.Image) -> Image.Transpose | None:
    """Return the transposition that turns an opened photo upright; None when it needs none, or has no orientation."""
    # Not image.getexif(), which falls back to XMP and PNG comments; browsers do not. HEIC is turned when opened.
    exif = Image.Exif()
    try:
        exif.load(image.info.get("exif") or b"")
        return _TURNS.get(exif.get(_ORIENTATION, 1))
    except (SyntaxError, StructError, LookupError, ValueError, TypeError, OSError):
        return None  # Unreadable EXIF is ignored.


def turned_size(image: Image.Image, turn: Image.Transpose | None) -> Size:
    """Return the size, in pixels, of a photo after the turn."""
    return (image.height, image.width) if turn in _SIDEWAYS else (image.width, image.height)
