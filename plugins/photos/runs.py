"""Runs of one value in coded bytes: what a copy that broke off, or a bad stick, has in place of a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# Half of a disk's sector: a run of a whole one has such a block within, wherever it begins.
_BLOCK = 256
_SHORTEST_TAIL = 16


def find_runs(data: bytes, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield where each run of one value begins and ends that fills a block or more between these places."""
    at = start
    while at + _BLOCK <= end:
        value = data[at : at + 1]
        if data[at : at + _BLOCK].strip(value):
            at += _BLOCK
            continue
        first = at - _same(data[max(start, at - _BLOCK) : at], value)
        while at < end and not (block := data[at : min(at + _BLOCK, end)]).strip(value):
            at += len(block)
        if at < end:
            at += len(block) - len(block.lstrip(value))
        yield first, at


def find_tail(data: bytes, start: int) -> int | None:
    """Return where the run of one value begins with which a file ends; None where it ends otherwise."""
    run = _same(data, data[-1:])
    return max(start, len(data) - run) if run >= _SHORTEST_TAIL else None


def _same(data: bytes, value: bytes) -> int:
    return len(data) - len(data.rstrip(value))
