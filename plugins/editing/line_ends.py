"""The bytes of a file <-> the text that is edited: a line that stays keeps its very bytes, with its own line end."""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections import Counter
from difflib import SequenceMatcher

from plugins.vietnamese import nfc

_LINE = re.compile(r"([^\r\n]*)(\r\n|\r|\n|\Z)")
# Beyond so many lines that differ, they are told apart by their beginning and end alone.
_MOST = 4000


def read_lines(text: str) -> str:
    """Return a file's text as it is edited: in NFC, with LF line ends."""
    return nfc(text.replace("\r\n", "\n").replace("\r", "\n"))


def write_lines(text: str, before: bytes) -> bytes:
    """Return the bytes of a text that takes the place of `before`, with the mark at its beginning that it had.

    What comes new takes the line end that most lines have. An earlier text with line ends of its own keeps them.
    """
    mark = BOM_UTF8 if before.startswith(BOM_UTF8) else b""
    if "\r" in text:
        return mark + text.encode()
    written = before.removeprefix(BOM_UTF8).decode(errors="replace")
    old = [(line, end) for line, end in _LINE.findall(written) if line or end]
    ends = Counter(end for _, end in old if end)
    most = ends.most_common(1)[0][0] if ends else "\n"
    if len(ends) < 2 and nfc(written) == written:
        return mark + text.replace("\n", most).encode()
    lines = text.split("\n")
    is_open = bool(lines[-1])
    lines = lines if is_open else lines[:-1]
    made = [(line, most) for line in lines]
    for at, number in _pair([nfc(line) for line, _ in old], lines):
        line, end = old[at]
        made[number] = (line, end or most)
        if number and line + end == "\n" and made[number - 1][1] == "\r":
            # The two would be one end.
            made[number] = (line, "\r")
    data = "".join(map("".join, made))
    return mark + (data[: -len(made[-1][1])] if is_open else data).encode()


def _pair(old: list[str], new: list[str]) -> list[tuple[int, int]]:
    """Return the numbers of the lines that stay, in the one and in the other."""
    first = next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    backward = zip(reversed(old[first:]), reversed(new[first:]), strict=False)
    last = next((n for n, (a, b) in enumerate(backward) if a != b), min(len(old), len(new)) - first)
    a, b = old[first : len(old) - last], new[first : len(new) - last]
    pairs = [(number, number) for number in range(first)]
    if len(a) + len(b) <= _MOST:
        blocks = SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks()
        pairs += [(first + i + n, first + j + n) for i, j, size in blocks for n in range(size)]
    return pairs + [(len(old) - n, len(new) - n) for n in range(last, 0, -1)]
