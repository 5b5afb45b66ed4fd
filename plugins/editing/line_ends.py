"""The text of a file for editing, and its bytes again: unchanged lines keep theirs, with their own line ends."""

import re
from codecs import BOM_UTF8
from collections import Counter
from difflib import SequenceMatcher

from plugins.vietnamese import nfc

_LINE = re.compile(r"([^\r\n]*)(\r\n|\r|\n|\Z)")
# Lines beyond which the most frequent ones are not matched, which would take minutes.
_MOST = 4000


def normalize_text(text: str) -> str:
    """Return a text in NFC with LF line ends."""
    return nfc(text.replace("\r\n", "\n").replace("\r", "\n"))


def write_lines(text: str, before: bytes) -> bytes:
    """Return the bytes of a text that replaces `before`, with its byte order mark if it had one.

    New lines get the most frequent line end. A text with CR, which is an earlier one restored, keeps its line ends.
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
    matcher = SequenceMatcher(None, [nfc(line) for line, _ in old], lines, autojunk=len(old) + len(lines) > _MOST)
    for i, j, size in matcher.get_matching_blocks():
        for at, number in zip(range(i, i + size), range(j, j + size), strict=True):
            line, end = old[at]
            made[number] = (line, end or most)
            if number and line + end == "\n" and made[number - 1][1] == "\r":
                # CR and LF of different lines would become one line end.
                made[number] = (line, "\r")
    data = "".join(map("".join, made))
    return mark + (data[: -len(made[-1][1])] if is_open else data).encode()
