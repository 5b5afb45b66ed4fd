"""Whether all DLLs that the programs and libraries in a folder import are in it, or part of Windows 10.

Wine and developers' machines have the Visual C++ runtime; a writer's new machine does not. Format: Microsoft, PE Format
(import table, delay-load import table).
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_BY_WINDOWS = """
advapi32 bcrypt bcryptprimitives crypt32 gdi32 iphlpapi kernel32 msvcrt ntdll ole32 oleaut32 propsys psapi rpcrt4
shell32 user32 version winmm ws2_32
"""
BY_WINDOWS = {f"{name}.dll" for name in _BY_WINDOWS.split()}
_KINDS = {".dll", ".pyd", ".exe"}
# Import and delay-load tables: index of the data directory, bytes per entry, offset of the name in an entry.
_TABLES = ((1, 20, 12), (13, 32, 4))


def find_lacking(folder: Path) -> list[str]:
    """Return “library of file” for each import that is neither in the folder nor part of Windows."""
    files = [file for file in sorted(folder.rglob("*")) if file.suffix.lower() in _KINDS]
    there = {file.name.lower() for file in files}
    return [
        f"{name} of {file.relative_to(folder).as_posix()}"
        for file in files
        for name in imported(file.read_bytes())
        if name not in there | BY_WINDOWS and not name.startswith("api-ms-win-")
    ]


def imported(data: bytes) -> Iterator[str]:
    """Yield the lower-case name of each library that a PE file imports."""
    start = _number(data, 0x3C)
    sections, optional = struct.unpack_from("<H12xH", data, start + 6)
    directories = start + 24 + (112 if struct.unpack_from("<H", data, start + 24) == (0x20B,) else 96)
    placed = [struct.unpack_from("<4I", data, start + 24 + optional + 40 * number + 8) for number in range(sections)]

    def find(address: int) -> int:
        for size, begins, raw_size, raw in placed:
            if begins <= address < begins + max(size, raw_size):
                return int(raw + address - begins)
        raise ValueError(address)

    for number, size, at in _TABLES:
        if address := _number(data, directories + 8 * number):
            entry = find(address)
            while name := _number(data, entry + at):
                where = find(name)
                yield data[where : data.index(0, where)].decode("ascii").lower()
                entry += size


def _number(data: bytes, at: int) -> int:
    return int(struct.unpack_from("<I", data, at)[0])
