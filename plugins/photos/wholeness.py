"""Whether a photo was copied whole. A copy that broke off often has its full length, with zeros for what is missing."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

from plugins.photos import heif_boxes, jpeg_wholeness, webp_wholeness
from plugins.photos.png_chunks import png_chunks
from plugins.photos.runs import find_runs
from plugins.sources.problem import Invalid

if TYPE_CHECKING:
    from plugins.photos.opening import Opened

# HEVC never writes so many zeros: three would be the sign of a new unit.
_NEVER_IN_HEVC = bytes(16)
# Plain areas of an AVIF are coded as zeros too, a quarter of a bit for each 256 pixels of them.
_LONGEST_RUN, _PIXELS_A_BYTE = 320, 5120


def refuse_partial(opened: Opened) -> None:
    """Raise Invalid when an opened photo was not copied whole."""
    if not _is_whole(opened):
        raise Invalid("Ảnh chép chưa trọn, một phần chỉ là vùng xám hoặc xanh", "chép lại ảnh từ máy chụp")


def _is_whole(opened: Opened) -> bool:
    data, image = opened.data, opened.image
    if opened.picture:
        return jpeg_wholeness.is_whole(data, opened.picture)
    if image.format == "PNG":
        # Pillow reads over these checksums; a browser does not.
        idat = [(at, end) for kind, at, end in png_chunks(data) if kind == b"IDAT"]
        return all(
            zlib.crc32(memoryview(data)[at - 4 : end]) == int.from_bytes(data[end : end + 4]) for at, end in idat
        )
    if image.format == "WEBP":
        return webp_wholeness.is_whole(data, image.size)
    longest = max(_LONGEST_RUN, image.width * image.height // _PIXELS_A_BYTE)
    return all(
        end <= len(data)
        and not any(to - since >= longest for since, to in find_runs(data, at, end))
        and not (image.format == "HEIF" and data.find(_NEVER_IN_HEVC, at, end) >= 0)
        for at, end in heif_boxes.find_extents(data)
    )
