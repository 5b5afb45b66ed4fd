"""The chunks of a PNG file."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


def find_png_chunk(data: bytes, wanted: bytes) -> bytes | None:
    """Return what a chunk before the picture of a PNG holds; None where there is none."""
    for kind, at, end in png_chunks(data):
        if kind == wanted:
            return data[at:end]
        if kind == b"IDAT":
            break
    return None


def png_chunks(data: bytes) -> Iterator[tuple[bytes, int, int]]:
    """Yield the kind of each chunk that is all there, and where its content lies: its checksum follows."""
    at = 8
    while at + 12 <= len(data):
        length = int.from_bytes(data[at : at + 4])
        if at + 12 + length > len(data):
            return
        yield data[at + 4 : at + 8], at + 8, at + 8 + length
        at += 12 + length
