"""Runs of one byte value: a copy that broke off, or a failing stick, leaves them where coded data should be."""

from collections.abc import Iterator

# Half a disk sector: a run of a whole sector contains one such block, wherever it begins.
_BLOCK = 256
_SHORTEST_TAIL = 16


def find_runs(data: bytes, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield start and end of each run of one value, between two offsets, that covers at least one block."""
    at = start
    while at + _BLOCK <= end:
        value = data[at : at + 1]
        if data[at : at + _BLOCK].strip(value):
            at += _BLOCK
            continue
        first = at - _count_trailing(data[max(start, at - _BLOCK) : at], value)
        while at < end and not (block := data[at : min(at + _BLOCK, end)]).strip(value):
            at += len(block)
        if at < end:
            at += len(block) - len(block.lstrip(value))
        yield first, at


def find_tail(data: bytes, start: int) -> int | None:
    """Return where, from `start` on, the run of one value begins that ends the file; None when there is none."""
    length = _count_trailing(data, data[-1:])
    return max(start, len(data) - length) if length >= _SHORTEST_TAIL else None


def _count_trailing(data: bytes, value: bytes) -> int:
    return len(data) - len(data.rstrip(value))
