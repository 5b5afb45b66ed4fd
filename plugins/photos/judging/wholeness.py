"""Whether a photo was copied whole. A copy that broke off often has its full length, with zeros for the rest."""

import zlib

from plugins.photos.formats import heif, png
from plugins.photos.judging import jpeg, webp
from plugins.photos.judging.opening import OpenedPhoto
from plugins.photos.judging.runs import find_runs
from plugins.sources.problem import Invalid

# HEVC never has so many zeros: emulation prevention (ITU-T H.265, 7.4.2) breaks up even three.
_NEVER_IN_HEVC = bytes(16)
# AVIF codes plain areas as zeros too, a quarter of a bit for each 256 pixels.
_LONGEST_RUN, _PIXELS_PER_BYTE = 320, 5120


def refuse_partial(opened: OpenedPhoto) -> None:
    """Raise Invalid when an opened photo was not copied whole."""
    data, image = opened.data, opened.image
    if opened.segments:
        whole = jpeg.is_whole(data, opened.segments)
    elif image.format == "PNG":
        whole = _is_png_whole(data)
    elif image.format == "WEBP":
        whole = webp.is_whole(data, image.size)
    else:
        longest = max(_LONGEST_RUN, image.width * image.height // _PIXELS_PER_BYTE)
        whole = _is_heif_whole(data, longest, is_hevc=image.format == "HEIF")
    if not whole:
        raise Invalid("Ảnh chép chưa trọn, một phần chỉ là vùng xám hoặc xanh", "chép lại ảnh từ máy chụp")


def _is_png_whole(data: bytes) -> bool:
    """Check the CRCs of the image data, which browsers check and Pillow ignores."""
    return all(
        zlib.crc32(memoryview(data)[start - 4 : end]) == int.from_bytes(data[end : end + 4])
        for kind, start, end in png.iterate_chunks(data)
        if kind == b"IDAT"
    )


def _is_heif_whole(data: bytes, longest: int, *, is_hevc: bool) -> bool:
    return all(
        end <= len(data)
        and not any(run_end - run_start >= longest for run_start, run_end in find_runs(data, start, end))
        and not (is_hevc and data.find(_NEVER_IN_HEVC, start, end) >= 0)
        for start, end in heif.find_extents(data)
    )
