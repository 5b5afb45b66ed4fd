"""Where a HEIC or AVIF file says that the bytes of its pictures lie."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

# Coded pictures; what is beside them, EXIF above all, may be broken without harm.
_CODED = {b"hvc1", b"hev1", b"av01"}


class Extent(NamedTuple):
    """Where some bytes of a coded picture lie in the file."""

    start: int
    end: int


def find_extents(data: bytes) -> list[Extent]:
    """Return where the coded pictures of a file lie, apart from each other, in order; also past its end."""
    meta = next((start + 4 for kind, start, _ in _boxes(data, 0, len(data)) if kind == b"meta"), None)
    if meta is None:
        return []
    end = meta - 12 + _number(data, meta - 12, 4)
    boxes = {kind: (start, stop) for kind, start, stop in _boxes(data, meta, min(end, len(data)))}
    if not boxes.keys() >= {b"iinf", b"iloc"}:
        return []
    coded = _coded_items(data, *boxes[b"iinf"])
    found = sorted(extent for item, extent in _located(data, *boxes[b"iloc"]) if item in coded)
    # Those of an attacker overlap a thousand times.
    apart: list[Extent] = []
    for extent in found:
        if apart and extent.start < apart[-1].end:
            apart[-1] = Extent(apart[-1].start, max(apart[-1].end, extent.end))
        else:
            apart.append(extent)
    return apart


def find_nclx(data: bytes) -> tuple[int, int] | None:
    """Return the numbers of the primaries and the curve that a file says first; None where it says none."""
    at = data.find(b"colrnclx", 0, 65_536)
    return (_number(data, at + 8, 2), _number(data, at + 10, 2)) if at >= 0 else None


def _boxes(data: bytes, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Yield the kind of each box between two places, and where its content begins and ends."""
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
    items = set()
    for kind, at, _ in _boxes(data, start + (6 if data[start] == 0 else 8), end):
        wide = 2 if data[at] < 3 else 4
        if kind == b"infe" and data[at + 4 + wide + 2 : at + 10 + wide] in _CODED:
            items.add(_number(data, at + 4, wide))
    return items


def _located(data: bytes, at: int, end: int) -> Iterator[tuple[int, Extent]]:
    """Yield the number of each item that lies in the file itself, with each of its extents."""
    version, sizes = data[at], _number(data, at + 4, 2)
    of_offset, of_length, of_base, of_index = (sizes >> shift & 15 for shift in (12, 8, 4, 0))
    of_index = of_index if version else 0
    wide = 4 if version == 2 else 2
    at += 6 + wide
    while at < end:
        item, at = _number(data, at, wide), at + wide
        method = 0
        if version:
            method, at = data[at + 1] & 15, at + 2
        base, at = _number(data, at + 2, of_base), at + 2 + of_base
        extents, at = _number(data, at, 2), at + 2
        step = of_index + of_offset + of_length
        for _ in range(extents if step else min(extents, 1)):
            offset = base + _number(data, at + of_index, of_offset)
            length = _number(data, at + of_index + of_offset, of_length)
            at += step
            if at > end:
                return
            if method == 0:
                yield item, Extent(offset, offset + length if length else len(data))


def _number(data: bytes, at: int, size: int) -> int:
    return int.from_bytes(data[at : at + size])
