"""The first picture of a JPEG file, walked segment by segment: its frame, its scans, and where it ends."""

from __future__ import annotations

import re
from dataclasses import dataclass

# Where a marker stands: fill bytes may be put before it. In a scan FF 00 is a byte of it, and D0 to D7 restart it.
_MARKER = re.compile(rb"\xff[\x01-\xfe]")
_AFTER_SCAN = re.compile(rb"\xff[\x01-\xcf\xd8-\xfe]")
_START, _END, _SCAN, _RESTART_INTERVAL = 0xD8, 0xD9, 0xDA, 0xDD
# A file of 40 MB has hardly a thousand, each of 64 KB.
_MOST_PARTS = 10_000
_HUFFMAN_TABLE, _ARITHMETIC_TABLE, _EXTENSION = 0xC4, 0xCC, 0xC8
# Baseline, extended and progressive, with Huffman's codes, and the latter two with arithmetic ones.
_PLAIN, _ARITHMETIC = {0xC0, 0xC1, 0xC2}, {0xC9, 0xCA}


@dataclass(frozen=True)
class Frame:
    """What the header of a picture says: its marker, bits of a sample, and sides in pixels.

    `at` is where its height stands in the file, `samples` how densely each of its colors is sampled, across and down.
    """

    at: int
    marker: int
    bits: int
    width: int
    height: int
    samples: dict[int, tuple[int, int]]

    @property
    def is_progressive(self) -> bool:
        return self.marker in {0xC2, 0xCA}

    @property
    def is_arithmetic(self) -> bool:
        return self.marker in _ARITHMETIC

    @property
    def is_decoded(self) -> bool:
        """Tell whether this is a kind that is decoded at all: others are for doctors and printers."""
        return self.bits == 8 and self.marker in _PLAIN | _ARITHMETIC

    @property
    def unit(self) -> tuple[int, int]:
        """The sides of what is coded at a time where all colors are."""
        if len(self.samples) == 1:
            return 8, 8
        return 8 * max(across for across, _ in self.samples.values()), 8 * max(
            down for _, down in self.samples.values()
        )

    def count_units(self, colors: bytes) -> int:
        """Return how many units a pass over these colors codes: of one color alone each block is one."""
        across, down = self.unit
        if len(colors) == 1 and len(self.samples) > 1:
            own = self.samples.get(colors[0], (1, 1))
            # Of one color as many blocks as have a pixel of it.
            return _over(_over(self.width * own[0] * 8, across), 8) * _over(_over(self.height * own[1] * 8, down), 8)
        return _over(self.width, across) * _over(self.height, down)


@dataclass(frozen=True)
class Scan:
    """The coded bytes of one pass over the picture, from `start` up to the marker at `end`, and what it refines.

    `units` is of how many units it is, `interval` after how many of them it is restarted, 0 for never. `first_band`, 0
    for brightness, and `refined`, whether an earlier one was rough, tell the passes of a progressive picture apart.
    """

    header: int
    start: int
    end: int
    units: int
    interval: int
    first_band: int
    refined: bool


@dataclass(frozen=True)
class Picture:
    """The first picture of a file: `end` is where its end is marked, None where the file ends without.

    `is_endless` of one that has more parts, or passes, than were looked at.
    """

    frame: Frame | None
    scans: tuple[Scan, ...]
    end: int | None
    is_endless: bool = False


def walk(data: bytes, most: int) -> Picture:
    """Return the first picture of a JPEG, with its first `most` scans and one more: an attacker can write thousands.

    What follows a picture is not looked at: a film, a second picture, a maker's own bytes. Nor is what is within a
    segment: a profile, a comment and a thumbnail may hold any bytes.
    """
    frame: Frame | None = None
    scans: list[Scan] = []
    interval, at = 0, 2
    for _ in range(_MOST_PARTS):
        if len(scans) > most or not (found := _MARKER.search(data, at)):
            return Picture(frame, tuple(scans), None, len(scans) > most)
        marker, at = data[found.end() - 1], found.end()
        if marker == _END:
            return Picture(frame, tuple(scans), found.start())
        if marker <= 0x01 or 0xD0 <= marker <= _START:
            continue
        header, length = found.start(), int.from_bytes(data[at : at + 2])
        body = data[at + 2 : at + length]
        if 0xC0 <= marker <= 0xCF and marker not in {_HUFFMAN_TABLE, _ARITHMETIC_TABLE, _EXTENSION} and len(body) > 8:
            frame = frame or _read_frame(marker, at + 3, body)
        elif marker == _RESTART_INTERVAL:
            interval = int.from_bytes(body[:2])
        at += max(2, length)
        if marker == _SCAN:
            found = _AFTER_SCAN.search(data, at)
            end = found.start() if found else len(data)
            scans.append(_read_scan(frame, body, (header, at, end), interval))
            at = end
    return Picture(frame, tuple(scans), None, is_endless=True)


def _read_frame(marker: int, at: int, body: bytes) -> Frame:
    samples = {
        color: (sampled >> 4 or 1, sampled & 15 or 1) for color, sampled in zip(body[6::3], body[7::3], strict=False)
    }
    return Frame(at, marker, body[0], int.from_bytes(body[3:5]), int.from_bytes(body[1:3]), samples)


def _read_scan(frame: Frame | None, body: bytes, places: tuple[int, int, int], interval: int) -> Scan:
    units = frame.count_units(body[1:-3:2]) if frame else 0
    first_band, refined = (body[-3], body[-1] >> 4 > 0) if len(body) > 3 else (0, False)
    return Scan(*places, units, interval, first_band, refined)


def _over(length: int, by: int) -> int:
    return -(-length // by)
