"""Whether a JPEG was copied whole: what was not written of it is mostly bytes of one value, which decode to grey.

Plain areas are coded as such bytes too. Only the decoder tells which it is: a picture that is whole is complete at the
end of its bytes, and not before.
"""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from PIL import JpegImagePlugin

from plugins.photos.runs import find_runs, find_tail

if TYPE_CHECKING:
    from plugins.photos.jpeg_segments import Frame, Picture, Scan

_RESTART = re.compile(rb"\xff[\xd0-\xd7]")
_NEVER_RESTARTED = b"\xff\xdd\0\4\0\0"
# No code of Huffman's is all ones: a decoder gets past the end on these by a block at most.
_FILLER = b"\xff\0" * 10
_END = b"\xff\xd9"
# Some cameras write a few bytes more than there are.
_SPARE = 64
# A byte of a picture may happen to be like the run that follows it.
_ALIKE = 1
# Of more passes only an attacker writes a picture, whose decoding takes long enough once.
_MOST_SCANS = 20
# How many passes of a picture are looked at, those with the longest runs: each costs four times what showing it does.
_MOST = 2


class _Piece(NamedTuple):
    """Bytes that are decoded by themselves: a head and coded bytes, in which a run of one value begins at `run`."""

    head: bytes
    coded: bytes
    run: int
    is_in_passes: bool

    def is_complete(self, end: int) -> bool:
        return _is_complete(self.head + self.coded[:end], is_in_passes=self.is_in_passes)


def is_whole(data: bytes, picture: Picture) -> bool:
    """Tell whether the first picture of a JPEG is all there, as far as runs of one value in it say otherwise.

    One in passes is also looked at to its end. Of another its decoder tells, when it is given what `bound` returns.
    """
    frame, scans = picture.frame, picture.scans
    if frame is None or frame.is_arithmetic or not 0 < len(scans) <= _MOST_SCANS:
        return True
    if any(_lacks_restarts(data, scan) for scan in scans):
        return False
    runs = [(end - start, scan, start) for scan in scans for start, end in find_runs(data, scan.start, scan.end)]
    # A coded byte of all ones is followed by a zero; only before a marker there may be any number of them.
    if any(data[start] == 0xFF and start + length < scan.end for length, scan, start in runs):
        return False
    if picture.end is None and (tail := find_tail(data, scans[-1].start)) is not None:
        runs.append((len(data), scans[-1], tail))
    worst: dict[Scan, int] = {}
    for _, scan, start in sorted(runs, key=lambda run: -run[0]):
        # What refines a pass by one bit a block is as long as ever, and nobody sees that bit.
        if not (frame.is_progressive and scan.refined and scan.first_band == 0):
            worst.setdefault(scan, start)
    if _in_passes(picture, frame):
        last = _piece(data, picture, frame, scans[-1], scans[-1].end)
        if not last.is_complete(len(last.coded)):
            return False
    return all(_is_scan_whole(_piece(data, picture, frame, scan, start)) for scan, start in [*worst.items()][:_MOST])


def bound(data: bytes, picture: Picture) -> bytes:
    """Return a JPEG that ends where its picture does, so that a decoder tells whether it lacks a part.

    Where the end is marked a decoder gives grey for what is missing, and says nothing.
    """
    frame, scans = picture.frame, picture.scans
    if frame is None or frame.is_arithmetic or not scans:
        return data
    return data[: scans[-1].end] + (_END if _in_passes(picture, frame) else _FILLER)


def _in_passes(picture: Picture, frame: Frame) -> bool:
    return frame.is_progressive or len(picture.scans) > 1


def _lacks_restarts(data: bytes, scan: Scan) -> bool:
    if not scan.interval:
        return False
    found = sum(1 for _ in _RESTART.finditer(data, scan.start, scan.end))
    return found + 1 < -(-scan.units // scan.interval)


def _is_scan_whole(piece: _Piece) -> bool:
    whole = len(piece.coded)
    if not piece.is_complete(whole):
        return False
    # What follows a picture that is complete already was never part of it.
    return not piece.is_complete(whole - _SPARE) or piece.is_complete(piece.run + _ALIKE)


def _piece(data: bytes, picture: Picture, frame: Frame, scan: Scan, run: int) -> _Piece:
    """Return what is decoded to judge a run in a scan.

    The coded bytes between two restarts are a picture by themselves. Without restarts, the picture up to the scan's
    end is.
    """
    restarts = [found.end() for found in _RESTART.finditer(data, scan.start, scan.end)] if scan.interval else []
    number = sum(place <= run for place in restarts)
    end = [*(place - 2 for place in restarts), scan.end][number]
    if _in_passes(picture, frame) or not scan.interval:
        # A pass refines what is there: it is decoded with all that comes before.
        return _Piece(data[: scan.start], data[scan.start : end], run - scan.start, _in_passes(picture, frame))
    start = [scan.start, *restarts][number]
    units = max(1, min(scan.interval, scan.units - number * scan.interval))
    head = _resized(data[: scan.header], frame, units) + _NEVER_RESTARTED + data[scan.header : scan.start]
    return _Piece(head, data[start:end], run - start, is_in_passes=False)


def _resized(head: bytes, frame: Frame, units: int) -> bytes:
    """Return the head of a picture of so many units side by side, in as many rows as a picture may be wide."""
    high = next(rows for rows in range(1, units + 1) if units % rows == 0 and units // rows * frame.unit[0] <= 65_500)
    sides = high * frame.unit[1], units // high * frame.unit[0]
    return head[: frame.at] + b"".join(side.to_bytes(2) for side in sides) + head[frame.at + 4 :]


class _Dripping(BytesIO):
    """Bytes of which the last come one by one: a decoder that still waits for the picture cannot take each alone."""

    whole = 0

    def read(self, size: int | None = -1) -> bytes:
        left = self.whole - self.tell()
        return super().read(1 if left <= 0 and size != 0 else min(size, left) if size and size > 0 else size)


def _is_complete(coded: bytes, *, is_in_passes: bool) -> bool:
    """Tell whether a picture is complete at the end of these bytes, a block more or less."""
    for extra in (b"", b"\0") if is_in_passes else (b"",):
        file = _Dripping(coded + _FILLER + extra)
        file.whole = len(coded) if is_in_passes else len(coded) + len(_FILLER)
        try:
            with JpegImagePlugin.JpegImageFile(file) as image:
                image.draft(None, (image.width // 8 or 1, image.height // 8 or 1))
                image.load()
        except OSError as error:
            # All passes are read before any is shown. One that is complete lets go of every byte that follows.
            if not is_in_passes or "(0 bytes" not in str(error):
                return False
    return True
