"""Zip packages (.xlsx, .docx, what a release keeps): the same parts give the same bytes, on any machine, on any day.

`zipfile` writes down on which system it ran, and compresses as that system's zlib does; the deflate library brings its
own code.
"""

from __future__ import annotations

import struct
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING

import deflate

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_LEVEL = 6
# PKWARE's APPNOTE, 4.3. Of every part: version 2.0, a name in UTF-8, deflated, 1/1/1980.
_PART = struct.pack("<5H", 20, 0x800, 8, 0, 0x21)


def pack(parts: Mapping[str, bytes]) -> bytes:
    """Return a package of these parts, by name and in their order; no more than 4 GiB and 65,535 parts."""
    body, directory = bytearray(), bytearray()
    for name, data in parts.items():
        packed, title = deflate.deflate_compress(data, _LEVEL), name.encode()
        facts = _PART + struct.pack("<3I2H", deflate.crc32(data), len(packed), len(data), len(title), 0)
        directory += b"PK\1\2" + struct.pack("<H", 20) + facts + struct.pack("<3H2I", 0, 0, 0, 0, len(body)) + title
        body += b"PK\3\4" + facts + title + packed
    end = struct.pack("<4H2IH", 0, 0, len(parts), len(parts), len(directory), len(body), 0)
    return bytes(body + directory + b"PK\5\6" + end)


def repack(package: bytes, change: Callable[[bytes], bytes] = bytes) -> bytes:
    """Return what a library saved, each part as `change` returns it, as `pack` writes it."""
    with zipfile.ZipFile(BytesIO(package)) as saved:
        return pack({name: change(saved.read(name)) for name in saved.namelist()})
