"""A zip with the same bytes for the same files on every machine: no time, names in order, compressed by pinned code.

Python's own zip module compresses with whatever zlib the machine has. Format: PKWARE's APPNOTE 6.3.
"""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING

import deflate

from plugins.progress import tell

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import BinaryIO

_LEVEL = 9
_STORED, _DEFLATED = 0, 8
# Version 2.0; names in UTF-8; half past nothing on 1/1/1980, the first day that a zip knows; an ordinary file.
_VERSION, _UTF8, _TIME, _DAY, _ATTRIBUTES = 20, 1 << 11, 0, (1 << 5) | 1, 0x20
_MOST_FILES, _MOST_BYTES = 0xFFFF, 0xFFFFFFFF


def write_zip(out: BinaryIO, files: Mapping[str, bytes]) -> None:
    """Write a zip of these files by path into an empty file; ValueError when it would be too large for its format."""
    directory = bytearray()
    start = 0
    for number, path in enumerate(sorted(files), 1):
        tell("Gói", number, len(files))
        data, name = files[path], path.encode()
        packed: bytes = bytes(deflate.deflate_compress(data, _LEVEL))
        method = _DEFLATED
        if len(packed) >= len(data):
            packed, method = data, _STORED
        sums = zlib.crc32(data), len(packed), len(data)
        described = struct.pack("<HHHHHIIIHH", _VERSION, _UTF8, method, _TIME, _DAY, *sums, len(name), 0)
        out.write(b"PK\x03\x04" + described + name + packed)
        directory += b"PK\x01\x02" + struct.pack("<H", _VERSION) + described
        directory += struct.pack("<HHHII", 0, 0, 0, _ATTRIBUTES, start) + name
        start += 30 + len(name) + len(packed)
    if len(files) >= _MOST_FILES or start + len(directory) >= _MOST_BYTES:
        raise ValueError(f"{len(files)} files, {start} bytes")
    out.write(directory)
    count = len(files)
    out.write(b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, count, count, len(directory), start, 0))
