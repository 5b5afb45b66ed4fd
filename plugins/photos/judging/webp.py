"""Whether a WebP was copied whole. Missing parts are mostly zeros, but plain areas are coded as zeros too.

The decoder tells them apart: a whole image is complete exactly at the end of its bytes. Format: RFC 9649.
"""

from collections.abc import Iterator
from io import BytesIO

from PIL import Image

from plugins.photos.judging.runs import find_runs

# Shorter runs are common in sound images; a lost disk sector has 512 bytes.
_LONGEST_RUN = 320
_LOSSLESS, _ALPHA, _COMPRESSION = b"VP8L", b"ALPH", 3
_LOSSLESS_SIGNATURE = b"\x2f"
# More padding than any encoder adds.
_MAX_PADDING = 64


def is_whole(data: bytes, size: tuple[int, int]) -> bool:
    """Tell whether a WebP of this size in pixels is complete; only images with long runs are decoded for it."""
    return all(
        _ends_exactly(kind, coded)
        for kind, coded in _bitstreams(data, size)
        if any(end - start >= _LONGEST_RUN for start, end in find_runs(coded, 0, len(coded)))
    )


def _bitstreams(data: bytes, size: tuple[int, int]) -> Iterator[tuple[bytes, bytes]]:
    """Yield chunk type and bitstream of the colours, and of the alpha channel where it is compressed."""
    at = 12
    while at + 8 <= len(data):
        kind, length = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        coded = data[at + 8 : at + 8 + length]
        if kind in {b"VP8 ", _LOSSLESS}:
            yield kind, coded
        elif kind == _ALPHA and coded and coded[0] & _COMPRESSION:
            # A lossless bitstream without its header.
            yield _LOSSLESS, _LOSSLESS_SIGNATURE + (size[0] - 1 | size[1] - 1 << 14).to_bytes(4, "little") + coded[1:]
        at += 8 + length + length % 2


def _ends_exactly(kind: bytes, coded: bytes) -> bool:
    """Tell whether an image is complete at the end of its bytes and not before.

    After overwritten bytes the decoder reads codes out of step, and ends up with too many or too few.
    """
    return _is_decodable(kind, coded) and not _is_decodable(kind, coded[:-_MAX_PADDING])


def _is_decodable(kind: bytes, coded: bytes) -> bool:
    chunk = kind + len(coded).to_bytes(4, "little") + coded + bytes(len(coded) % 2)
    file = BytesIO(b"RIFF" + (len(chunk) + 4).to_bytes(4, "little") + b"WEBP" + chunk)
    try:
        with Image.open(file, formats=("WEBP",)) as image:
            image.load()
    except (OSError, EOFError, SyntaxError):
        return False
    return True
