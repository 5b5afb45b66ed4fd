"""The chunks of a PNG file. Format: PNG, third edition (W3C), section 5.3."""

from collections.abc import Iterator


def find_chunk(data: bytes, wanted: bytes) -> bytes | None:
    """Return the content of the first chunk of a type that stands before the image data, or None."""
    for kind, start, end in iterate_chunks(data):
        if kind == wanted:
            return data[start:end]
        if kind == b"IDAT":
            break
    return None


def iterate_chunks(data: bytes) -> Iterator[tuple[bytes, int, int]]:
    """Yield the type of each complete chunk, with start and end of its content; four bytes of CRC follow."""
    at = 8
    while at + 12 <= len(data):
        length = int.from_bytes(data[at : at + 4])
        if at + 12 + length > len(data):
            return
        yield data[at + 4 : at + 8], at + 8, at + 8 + length
        at += 12 + length
