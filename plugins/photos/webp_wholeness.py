"""Whether a WebP was copied whole: what is missing of it is mostly zeros, and plain areas are coded as zeros too."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from PIL import Image

from plugins.photos.runs import find_runs

if TYPE_CHECKING:
    from collections.abc import Iterator

# Of one that loses detail: a quarter of a bit for each 256 pixels of a plain area.
_LONGEST_RUN, _PIXELS_A_BYTE = 320, 5120
_SIGNATURE, _COMPRESSED = b"\x2f", 3
# More than a decoder reads ahead.
_SPARE = 64


def is_whole(data: bytes, size: tuple[int, int]) -> bool:
    """Tell whether a WebP of this size is all there, as far as long runs of one value in it say otherwise."""
    longest = max(_LONGEST_RUN, size[0] * size[1] // _PIXELS_A_BYTE)
    for kind, at, end in _chunks(data):
        longest_run = max((to - since for since, to in find_runs(data, at, end)), default=0)
        if kind == b"VP8 ":
            if longest_run >= longest:
                return False
        elif longest_run >= _LONGEST_RUN:
            head = b"" if kind == b"VP8L" else _lossless_head(size)
            if not _ends_with(head + data[at + (kind == b"ALPH") : end]):
                return False
    return True


def _chunks(data: bytes) -> Iterator[tuple[bytes, int, int]]:
    """Yield the kind and the place of each coded picture: the colours, and the transparency where that is coded."""
    at = 12
    while at + 8 <= len(data):
        kind, length = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        at += 8
        if kind in {b"VP8 ", b"VP8L"} or (kind == b"ALPH" and data[at : at + 1] and data[at] & _COMPRESSED):
            yield kind, at, min(at + length, len(data))
        at += length + length % 2


def _lossless_head(size: tuple[int, int]) -> bytes:
    """Return what a lossless picture begins with; a coded transparency is one that lacks it."""
    return _SIGNATURE + (size[0] - 1 | size[1] - 1 << 14).to_bytes(4, "little")


def _ends_with(coded: bytes) -> bool:
    """Tell whether a lossless picture is complete at the end of these bytes, and not before.

    After bytes that were overwritten its codes are read out of step, so that there are too many or too few of them.
    """
    return _is_decoded(coded) and not _is_decoded(coded[:-_SPARE])


def _is_decoded(coded: bytes) -> bool:
    chunk = b"VP8L" + len(coded).to_bytes(4, "little") + coded + bytes(len(coded) % 2)
    file = BytesIO(b"RIFF" + (len(chunk) + 4).to_bytes(4, "little") + b"WEBP" + chunk)
    try:
        with Image.open(file, formats=("WEBP",)) as image:
            image.load()
    except (OSError, EOFError, SyntaxError):
        return False
    return True
