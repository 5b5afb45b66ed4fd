"""Zip packages (.xlsx, .docx, what a release keeps, the bundle): the same parts give the same bytes, anywhere, any day.

`zipfile` writes down on which system it ran, and compresses as that system's zlib does; the deflate library brings its
own code. Format: PKWARE's APPNOTE 6.3, 4.3.
"""

from __future__ import annotations

import struct
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO

import deflate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

_LEVEL, BEST = 6, 9
_STORED, _DEFLATED = 0, 8
# Version 2.0; names in UTF-8; 1/1/1980, the first day that a zip knows.
_VERSION, _UTF8, _TIME, _DAY = 20, 0x800, 0, 0x21
_MOST_PARTS, _MOST_BYTES = 0xFFFF, 0xFFFFFFFF


def write_package(out: BinaryIO, parts: Iterable[tuple[str, bytes]], level: int = _LEVEL) -> None:
    """Write a package of these parts, by name and in their order; ValueError from 4 GiB or 65,535 parts on."""
    directory = bytearray()
    start = count = 0
    for name, data in parts:
        title = name.encode()
        packed: bytes = bytes(deflate.deflate_compress(data, level))
        method = _DEFLATED
        if len(packed) >= len(data):
            packed, method = data, _STORED
        sums = deflate.crc32(data), len(packed), len(data)
        facts = struct.pack("<5H3I2H", _VERSION, _UTF8, method, _TIME, _DAY, *sums, len(title), 0)
        out.write(b"PK\3\4" + facts + title + packed)
        directory += b"PK\1\2" + struct.pack("<H", _VERSION) + facts
        directory += struct.pack("<3H2I", 0, 0, 0, 0, start) + title
        start += 30 + len(title) + len(packed)
        count += 1
    if count >= _MOST_PARTS or start + len(directory) >= _MOST_BYTES:
        raise ValueError(f"{count} parts, {start} bytes")
    out.write(directory + b"PK\5\6" + struct.pack("<4H2IH", 0, 0, count, count, len(directory), start, 0))


def pack(parts: Mapping[str, bytes]) -> bytes:
    """Return a package of these parts, as `write_package` writes it."""
    out = BytesIO()
    write_package(out, parts.items())
    return out.getvalue()


def repack(package: bytes, change: Callable[[bytes], bytes] = bytes) -> bytes:
    """Return what a library saved, each part as `change` returns it, as `pack` writes it."""
    with zipfile.ZipFile(BytesIO(package)) as saved:
        return pack({name: change(saved.read(name)) for name in saved.namelist()})
