"""The segments of the first image in a JPEG file: its frame, its scans, and where it ends.

Format: ITU-T T.81, Annex B. An MCU (minimum coded unit) is the smallest piece that a scan codes.
"""

import re
from dataclasses import dataclass

# Fill bytes (FF) may precede a marker. Inside a scan FF 00 is data, and D0 to D7 are restart markers.
_MARKER = re.compile(rb"\xff[\x01-\xfe]")
_AFTER_SCAN = re.compile(rb"\xff[\x01-\xcf\xd8-\xfe]")
_SOI, _EOI, _SOS, _DRI = 0xD8, 0xD9, 0xDA, 0xDD
# 40 MB, the largest file that is read, is hardly a thousand segments of 64 KB.
_MAX_SEGMENTS = 10_000
# Between the frame markers lie three that are none: DHT, JPG and DAC.
_NO_FRAMES = {0xC4, 0xC8, 0xCC}
_HUFFMAN, _ARITHMETIC = {0xC0, 0xC1, 0xC2}, {0xC9, 0xCA}


@dataclass(frozen=True)
class Frame:
    """The frame header: SOF marker, bits per sample, sides in pixels.

    `size_at` is the offset of height and width in the file; `sampling` maps a component to its sampling factors,
    horizontal and vertical.
    """

    size_at: int
    marker: int
    precision: int
    width: int
    height: int
    sampling: dict[int, tuple[int, int]]

    @property
    def is_progressive(self) -> bool:
        return self.marker in {0xC2, 0xCA}

    @property
    def is_arithmetic(self) -> bool:
        return self.marker in _ARITHMETIC

    @property
    def is_decodable(self) -> bool:
        """Whether browsers and Pillow decode it: not lossless, hierarchical or 12-bit JPEG (medicine, printing)."""
        return self.precision == 8 and self.marker in _HUFFMAN | _ARITHMETIC

    @property
    def mcu_size(self) -> tuple[int, int]:
        """Width and height, in pixels, of an MCU of a scan over all components."""
        if len(self.sampling) == 1:
            return 8, 8
        across, down = zip(*self.sampling.values(), strict=True)
        return 8 * max(across), 8 * max(down)

    def count_mcus(self, components: bytes) -> int:
        """Return how many MCUs a scan over these components has (T.81, A.2)."""
        (across, down), width, height = self.mcu_size, self.width, self.height
        if len(components) == 1 and len(self.sampling) > 1:
            # A scan of one component codes only the blocks that hold samples of it.
            own = self.sampling.get(components[0], (1, 1))
            width, height = _ceil_div(width * own[0] * 8, across), _ceil_div(height * own[1] * 8, down)
            across = down = 8
        return _ceil_div(width, across) * _ceil_div(height, down)


@dataclass(frozen=True)
class Scan:
    """One scan: its header's offset, and its coded bytes from `start` to the marker at `end`.

    `restart_interval` counts MCUs, 0 without restarts. `spectral_start` (Ss; 0 for DC) and `is_refinement` (Ah > 0)
    tell the scans of a progressive image apart.
    """

    header: int
    start: int
    end: int
    mcus: int
    restart_interval: int
    spectral_start: int
    is_refinement: bool


@dataclass(frozen=True)
class Segments:
    """The result of a walk: `end`, the offset of the EOI marker, or None; `is_endless` with too many parts to see."""

    frame: Frame | None
    scans: tuple[Scan, ...]
    end: int | None
    is_endless: bool = False


def walk(data: bytes, max_scans: int) -> Segments:
    """Walk through the first image of a JPEG; stop after `max_scans` + 1 scans, as an attacker can write thousands.

    Whatever follows it is ignored (a video, MPO's second image, a maker's data), and so is the content of other
    segments: profiles, comments and thumbnails may hold any bytes.
    """
    frame: Frame | None = None
    scans: list[Scan] = []
    interval, at = 0, 2
    for _ in range(_MAX_SEGMENTS):
        if len(scans) > max_scans or not (found := _MARKER.search(data, at)):
            return Segments(frame, tuple(scans), None, len(scans) > max_scans)
        marker, at = data[found.end() - 1], found.end()
        if marker == _EOI:
            return Segments(frame, tuple(scans), found.start())
        if marker <= 0x01 or 0xD0 <= marker <= _SOI:
            continue
        header, length = found.start(), int.from_bytes(data[at : at + 2])
        body = data[at + 2 : at + length]
        if 0xC0 <= marker <= 0xCF and marker not in _NO_FRAMES and len(body) > 8:
            frame = frame or _read_frame(marker, at + 3, body)
        elif marker == _DRI:
            interval = int.from_bytes(body[:2])
        at += max(2, length)
        if marker == _SOS:
            found = _AFTER_SCAN.search(data, at)
            end = found.start() if found else len(data)
            scans.append(_read_scan(frame, body, (header, at, end), interval))
            at = end
    return Segments(frame, tuple(scans), None, is_endless=True)


def _read_frame(marker: int, size_at: int, body: bytes) -> Frame:
    components = zip(body[6::3], body[7::3], strict=False)
    sampling = {component: (factors >> 4 or 1, factors & 15 or 1) for component, factors in components}
    return Frame(size_at, marker, body[0], int.from_bytes(body[3:5]), int.from_bytes(body[1:3]), sampling)


def _read_scan(frame: Frame | None, body: bytes, offsets: tuple[int, int, int], interval: int) -> Scan:
    mcus = frame.count_mcus(body[1:-3:2]) if frame else 0
    spectral_start, is_refinement = (body[-3], body[-1] >> 4 > 0) if len(body) > 3 else (0, False)
    return Scan(*offsets, mcus, interval, spectral_start, is_refinement)


def _ceil_div(length: int, by: int) -> int:
    return -(-length // by)
