"""Whether a WebP was copied whole: what is missing of it is mostly zeros, and plain areas are coded as zeros too.

Only the decoder tells which they are: a picture that is whole is complete at the end of its bytes, and not before.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from PIL import Image

from plugins.photos.runs import find_runs

if TYPE_CHECKING:
    from collections.abc import Iterator

# A shorter run is in many a picture; the smallest part of a disk has more.
_LONGEST_RUN = 320
_LOSSLESS, _ALPHA, _CODED_ALPHA = b"VP8L", b"ALPH", 3
_SIGNATURE = b"\x2f"
# More than an encoder adds at the end.
_SPARE = 64


def is_whole(data: bytes, size: tuple[int, int]) -> bool:
    """Tell whether a WebP of this size is all there, as far as long runs of one value in it say otherwise."""
    return all(
        _ends_with(kind, coded)
        for kind, coded in _pictures(data, size)
        if any(to - since >= _LONGEST_RUN for since, to in find_runs(coded, 0, len(coded)))
    )


def _pictures(data: bytes, size: tuple[int, int]) -> Iterator[tuple[bytes, bytes]]:
    """Yield the kind and the bytes of each coded picture: the colours, and the transparency where that is coded."""
    at = 12
    while at + 8 <= len(data):
        kind, length = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        coded = data[at + 8 : at + 8 + length]
        if kind in {b"VP8 ", _LOSSLESS}:
            yield kind, coded
        elif kind == _ALPHA and coded and coded[0] & _CODED_ALPHA:
            # A lossless picture without its head.
            yield _LOSSLESS, _SIGNATURE + (size[0] - 1 | size[1] - 1 << 14).to_bytes(4, "little") + coded[1:]
        at += 8 + length + length % 2


def _ends_with(kind: bytes, coded: bytes) -> bool:
    """Tell whether a picture is complete at the end of these bytes, and not before.

    After bytes that were overwritten its codes are read out of step, so that there are too many or too few of them.
    """
    return _is_decoded(kind, coded) and not _is_decoded(kind, coded[:-_SPARE])


def _is_decoded(kind: bytes, coded: bytes) -> bool:
    chunk = kind + len(coded).to_bytes(4, "little") + coded + bytes(len(coded) % 2)
    file = BytesIO(b"RIFF" + (len(chunk) + 4).to_bytes(4, "little") + b"WEBP" + chunk)
    try:
        with Image.open(file, formats=("WEBP",)) as image:
            image.load()
    except (OSError, EOFError, SyntaxError):
        return False
    return True
