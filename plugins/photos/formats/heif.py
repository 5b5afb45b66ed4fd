"""Where the coded images of a HEIC or AVIF file lie, and its colour numbers (ISO/IEC 14496-12, 8.11; 23008-12)."""

from collections.abc import Iterator
from typing import NamedTuple

# Item types that are coded images; other items, EXIF above all, may be broken without harm.
_CODED = {b"hvc1", b"hev1", b"av01"}


class Extent(NamedTuple):
    """A range of bytes of a coded image, as offsets in the file."""

    start: int
    end: int


def find_extents(data: bytes) -> list[Extent]:
    """Return the ranges of all coded images, sorted and merged; a range may reach beyond the end of the file."""
    meta = next((start + 4 for kind, start, _ in _boxes(data, 0, len(data)) if kind == b"meta"), None)
    if meta is None:
        return []
    end = meta - 12 + _number(data, meta - 12, 4)
    boxes = {kind: (start, stop) for kind, start, stop in _boxes(data, meta, min(end, len(data)))}
    if not boxes.keys() >= {b"iinf", b"iloc"}:
        return []
    coded = _coded_items(data, *boxes[b"iinf"])
    found = sorted(extent for item, extent in _locations(data, *boxes[b"iloc"]) if item in coded)
    # An attacker's extents overlap a thousand times, and each byte is to be read once.
    merged: list[Extent] = []
    for extent in found:
        if merged and extent.start < merged[-1].end:
            merged[-1] = Extent(merged[-1].start, max(merged[-1].end, extent.end))
        else:
            merged.append(extent)
    return merged


def find_nclx(data: bytes) -> tuple[int, int] | None:
    """Return the file's first colour primaries and transfer characteristics (ITU-T H.273 numbers), or None."""
    at = data.find(b"colrnclx", 0, 65_536)
    return (_number(data, at + 8, 2), _number(data, at + 10, 2)) if at >= 0 else None


def _boxes(data: bytes, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Yield the type of each box between two offsets, with start and end of its content."""
    while start + 8 <= end:
        size, head = _number(data, start, 4), 8
        if size == 1:
            size, head = _number(data, start + 8, 8), 16
        size = size or end - start
        if size < head:
            return
        yield data[start + 4 : start + 8], start + head, min(start + size, end)
        start += size


def _coded_items(data: bytes, start: int, end: int) -> set[int]:
    """Return the IDs of the items in `iinf` that are coded images."""
    items = set()
    for kind, at, _ in _boxes(data, start + (6 if data[start] == 0 else 8), end):
        wide = 2 if data[at] < 3 else 4
        if kind == b"infe" and data[at + 4 + wide + 2 : at + 10 + wide] in _CODED:
            items.add(_number(data, at + 4, wide))
    return items


def _locations(data: bytes, at: int, end: int) -> Iterator[tuple[int, Extent]]:
    """Yield item ID and range for each extent in `iloc` that lies in the file itself (construction method 0)."""
    version, sizes = data[at], _number(data, at + 4, 2)
    offset_size, length_size, base_size, index_size = (sizes >> shift & 15 for shift in (12, 8, 4, 0))
    index_size = index_size if version else 0
    wide = 4 if version == 2 else 2
    at += 6 + wide
    while at < end:
        item, at = _number(data, at, wide), at + wide
        method = 0
        if version:
            method, at = data[at + 1] & 15, at + 2
        base, at = _number(data, at + 2, base_size), at + 2 + base_size
        extents, at = _number(data, at, 2), at + 2
        step = index_size + offset_size + length_size
        for _ in range(extents if step else min(extents, 1)):
            offset = base + _number(data, at + index_size, offset_size)
            length = _number(data, at + index_size + offset_size, length_size)
            at += step
            if at > end:
                return
            if method == 0:
                yield item, Extent(offset, offset + length if length else len(data))


def _number(data: bytes, at: int, size: int) -> int:
    return int.from_bytes(data[at : at + size])
