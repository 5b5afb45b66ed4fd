"""Reproducible zip packages (.xlsx, .docx, release sources, the bundle): the same parts always give the same bytes.

`zipfile` records the system it runs on and compresses with that system's zlib; libdeflate brings its own code. Format:
PKWARE APPNOTE 6.3, section 4.3.
"""

import struct
import zipfile
from collections.abc import Callable, Iterable, Mapping
from io import BytesIO
from typing import BinaryIO

import deflate

_LEVEL, BEST = 6, 9
_STORED, _DEFLATED = 0, 8
# Version needed 2.0; UTF-8 names; midnight on 1 January 1980, the earliest DOS date.
_VERSION, _UTF8, _TIME, _DAY = 20, 0x800, 0, 0x21
_MOST_PARTS, _MOST_BYTES = 0xFFFF, 0xFFFFFFFF


def write_package(out: BinaryIO, parts: Iterable[tuple[str, bytes]], level: int = _LEVEL) -> None:
    """Write parts (name, bytes) in the given order; ValueError from 4 GiB or 65,535 parts on (no ZIP64)."""
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
    """Return a package with these parts, in their order."""
    out = BytesIO()
    write_package(out, parts.items())
    return out.getvalue()


def repack(package: bytes, change: Callable[[bytes], bytes] = bytes) -> bytes:
    """Rewrite a package that a library saved, with `change` applied to each part."""
    with zipfile.ZipFile(BytesIO(package)) as saved:
        return pack({name: change(saved.read(name)) for name in saved.namelist()})
