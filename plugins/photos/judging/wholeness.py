"""Whether a photo was copied whole. A copy that broke off often has its full length, with zeros for the rest."""

import zlib
from collections.abc import Iterator
from io import BytesIO

from PIL import Image

from plugins.photos.formats import heif, png
from plugins.photos.judging import jpeg
from plugins.photos.judging.opening import OpenedPhoto
from plugins.photos.judging.runs import find_runs
from plugins.sources.problem import Invalid

# HEVC never has so many zeros: emulation prevention (ITU-T H.265, 7.4.2) breaks up even three.
_NEVER_IN_HEVC = bytes(16)
# Shorter runs are common in sound images; a lost disk sector has 512 bytes.
_LONGEST_RUN = 320
# AVIF codes plain areas as zeros too, a quarter of a bit for each 256 pixels.
_PIXELS_PER_BYTE = 5120
# Of WebP (RFC 9649).
_LOSSLESS, _ALPHA, _COMPRESSION = b"VP8L", b"ALPH", 3
_LOSSLESS_SIGNATURE = b"\x2f"
# More padding than any encoder of WebP adds.
_MAX_PADDING = 64


def refuse_partial(opened: OpenedPhoto) -> None:
    """Raise Invalid when an opened photo was not copied whole."""
    data, image = opened.data, opened.image
    if opened.segments:
        whole = jpeg.is_whole(data, opened.segments)
    elif image.format == "PNG":
        whole = _is_png_whole(data)
    elif image.format == "WEBP":
        whole = _is_webp_whole(data, image.size)
    else:
        longest = max(_LONGEST_RUN, image.width * image.height // _PIXELS_PER_BYTE)
        whole = _is_heif_whole(data, longest, is_hevc=image.format == "HEIF")
    if not whole:
        raise Invalid("Ảnh chép chưa trọn, một phần chỉ là vùng xám hoặc xanh", "chép lại ảnh từ máy chụp")


def _is_png_whole(data: bytes) -> bool:
    """Check the CRCs of the image data, which browsers check and Pillow ignores."""
    chunks = ((start - 4, end) for kind, start, end in png.iterate_chunks(data) if kind == b"IDAT")
    return all(zlib.crc32(memoryview(data)[at:end]) == int.from_bytes(data[end : end + 4]) for at, end in chunks)


def _is_heif_whole(data: bytes, longest: int, *, is_hevc: bool) -> bool:
    return all(
        end <= len(data)
        and not any(run_end - run_start >= longest for run_start, run_end in find_runs(data, start, end))
        and not (is_hevc and data.find(_NEVER_IN_HEVC, start, end) >= 0)
        for start, end in heif.find_extents(data)
    )


def _is_webp_whole(data: bytes, size: tuple[int, int]) -> bool:
    """Tell whether a WebP of this size in pixels is complete; only images with long runs are decoded for it.

    Missing parts are mostly zeros, but plain areas are coded as zeros too. The decoder tells them apart: a whole image
    is complete exactly at the end of its bytes.
    """
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
    """Tell whether an image ends with its bytes: after overwritten ones the decoder, out of step, ends elsewhere."""
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
