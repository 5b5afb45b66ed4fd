"""Whether a JPEG was copied whole. Missing parts are mostly runs of one byte value, which decode to grey.

Plain areas are coded as such runs too. The decoder tells them apart: a whole image is complete exactly at the end of
its bytes.
"""

import re
from io import BytesIO
from typing import NamedTuple

from PIL import JpegImagePlugin

from plugins.photos.formats.jpeg import Frame, Scan, Segments
from plugins.photos.judging.runs import find_runs, find_tail

_RESTART = re.compile(rb"\xff[\xd0-\xd7]")
_NO_RESTARTS = b"\xff\xdd\0\4\0\0"
# No Huffman code is all ones: a decoder that reaches these bytes fails within a block.
_FILLER = b"\xff\0" * 10
_EOI = b"\xff\xd9"
# More bytes than any camera writes after the last MCU.
_MAX_PADDING = 64
# The byte before a run may happen to equal it.
_OVERLAP = 1
# Only an attacker writes more scans, and each decoding of them takes long.
_MAX_SCANS = 20
# Scans judged per image, those with the longest runs: each takes four times as long as showing the photo.
_MAX_JUDGED = 2


class _Piece(NamedTuple):
    """Bytes that decode on their own: header and coded bytes, with a suspicious run from `run` on."""

    head: bytes
    coded: bytes
    run: int
    is_multi_scan: bool

    def is_complete(self, end: int) -> bool:
        """Tell whether the image is complete with its coded bytes up to an end, give or take a block."""
        coded = self.head + self.coded[:end]
        for extra in (b"", b"\0") if self.is_multi_scan else (b"",):
            file = _SlowEnd(coded + _FILLER + extra)
            file.whole = len(coded) if self.is_multi_scan else len(coded) + len(_FILLER)
            try:
                with JpegImagePlugin.JpegImageFile(file) as image:
                    image.draft(None, (image.width // 8 or 1, image.height // 8 or 1))
                    image.load()
            except OSError as error:
                # Pillow reads all scans before it shows any; once complete, it leaves none of the bytes unread.
                if not self.is_multi_scan or "(0 bytes" not in str(error):
                    return False
        return True


def is_whole(data: bytes, segments: Segments) -> bool:
    """Tell whether the first image of a JPEG is complete, as far as runs of one value cast doubt on it.

    A multi-scan image is also decoded to its end; a single scan is, by decoding the result of `cut_after_scans`.
    """
    frame, scans = segments.frame, segments.scans
    if frame is None or frame.is_arithmetic or not 0 < len(scans) <= _MAX_SCANS:
        return True
    if any(_lacks_restarts(data, scan) for scan in scans):
        return False
    runs = [(end - start, scan, start) for scan in scans for start, end in find_runs(data, scan.start, scan.end)]
    # In coded data FF is followed by 00; only before a marker may it be repeated.
    if any(data[start] == 0xFF and start + length < scan.end for length, scan, start in runs):
        return False
    if segments.end is None and (tail := find_tail(data, scans[-1].start)) is not None:
        runs.append((len(data), scans[-1], tail))
    worst: dict[Scan, int] = {}
    for _, scan, start in sorted(runs, key=lambda run: -run[0]):
        # DC refinement codes one bit per block, whatever the picture, and nobody sees a wrong one.
        if not (frame.is_progressive and scan.is_refinement and scan.spectral_start == 0):
            worst.setdefault(scan, start)
    if _is_multi_scan(segments, frame):
        last = _piece(data, segments, frame, scans[-1], scans[-1].end)
        if not last.is_complete(len(last.coded)):
            return False
    judged = [*worst.items()][:_MAX_JUDGED]
    return all(_is_piece_whole(_piece(data, segments, frame, scan, start)) for scan, start in judged)


def cut_after_scans(data: bytes, segments: Segments) -> bytes:
    """Return a JPEG that ends with its last scan: before an EOI marker a decoder silently fills in grey."""
    frame, scans = segments.frame, segments.scans
    if frame is None or frame.is_arithmetic or not scans:
        return data
    return data[: scans[-1].end] + (_EOI if _is_multi_scan(segments, frame) else _FILLER)


def _is_multi_scan(segments: Segments, frame: Frame) -> bool:
    return frame.is_progressive or len(segments.scans) > 1


def _lacks_restarts(data: bytes, scan: Scan) -> bool:
    if not scan.restart_interval:
        return False
    found = sum(1 for _ in _RESTART.finditer(data, scan.start, scan.end))
    return found + 1 < -(-scan.mcus // scan.restart_interval)


def _is_piece_whole(piece: _Piece) -> bool:
    length = len(piece.coded)
    if not piece.is_complete(length):
        return False
    # If it is complete long before the end, the run was never part of it.
    return not piece.is_complete(length - _MAX_PADDING) or piece.is_complete(piece.run + _OVERLAP)


def _piece(data: bytes, segments: Segments, frame: Frame, scan: Scan, run: int) -> _Piece:
    """Return the smallest piece around a run: one restart interval, or the whole image up to the scan's end."""
    restarts = [found.end() for found in _RESTART.finditer(data, scan.start, scan.end)] if scan.restart_interval else []
    number = sum(offset <= run for offset in restarts)
    end = [*(offset - 2 for offset in restarts), scan.end][number]
    if _is_multi_scan(segments, frame) or not scan.restart_interval:
        # A later scan refines earlier ones, so they are decoded with it.
        return _Piece(data[: scan.start], data[scan.start : end], run - scan.start, _is_multi_scan(segments, frame))
    start = [scan.start, *restarts][number]
    mcus = max(1, min(scan.restart_interval, scan.mcus - number * scan.restart_interval))
    head = _resize(data[: scan.header], frame, mcus) + _NO_RESTARTS + data[scan.header : scan.start]
    return _Piece(head, data[start:end], run - start, is_multi_scan=False)


def _resize(head: bytes, frame: Frame, mcus: int) -> bytes:
    """Return the header of an image of so many MCUs, in the fewest rows that keep to JPEG's maximum width."""
    rows = next(rows for rows in range(1, mcus + 1) if mcus % rows == 0 and mcus // rows * frame.mcu_size[0] <= 65_500)
    sides = rows * frame.mcu_size[1], mcus // rows * frame.mcu_size[0]
    return head[: frame.size_at] + b"".join(side.to_bytes(2) for side in sides) + head[frame.size_at + 4 :]


class _SlowEnd(BytesIO):
    """A file read byte by byte from `whole` on, so that a decoder cannot take in more than it needs."""

    whole = 0

    def read(self, size: int | None = -1) -> bytes:
        left = self.whole - self.tell()
        return super().read(1 if left <= 0 and size != 0 else min(size, left) if size and size > 0 else size)
