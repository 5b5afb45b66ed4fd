"""A .txt in whatever encoding Notepad or an old editor saved it -> HTML, a paragraph for each line or run of lines."""

from __future__ import annotations

import re
from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING

from plugins.sources.problem import Invalid
from plugins.sources.text import MAX_BYTES
from plugins.vietnamese import nfc
from plugins.word.legacy import ENCODINGS, count_vietnamese_words, find_doubtful, marked_words, to_unicode
from plugins.word.package import LONG, MAX_PARAGRAPHS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plugins.word.report import ImportReport

# An editor that breaks lines does it at 60 to 100 letters; a text of fewer lines may only look so.
_NARROWEST, _WIDEST, _FEWEST_LINES = 50, 110, 3
# How a line begins that is a paragraph of its own: a dash, a bullet, a number.
_BEGINNING = re.compile(r"[-+•*●▪–]\s|\d{1,3}(\.\d+)*[.)]\s|[a-zđ]\)\s|[IVXLC]+[.)]\s")
_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


def read_text_file(data: bytes, report: ImportReport) -> str:
    """Return a text as HTML; Invalid when it is in no encoding that Vietnamese is written in."""
    if len(data) > MAX_BYTES:
        raise Invalid("Tệp chữ nặng quá 1 MB", "chỉ giữ phần chữ của bài trong tệp này")
    name, text = _decode(data)
    if "\0" in text:
        raise Invalid("Tệp không phải tệp chữ", "mở bằng chương trình đã tạo ra nó, lưu thành .docx rồi thử lại")
    if len(text.splitlines()) > MAX_PARAGRAPHS:
        raise LONG
    if name:
        report.changed[f"chữ từ mã {name} thành Unicode"] += len(text.split())
        report.doubtful += find_doubtful(nfc(text))
    return "".join(f"<p>{escape(line, quote=False)}</p>" for line in _unwrapped(text.splitlines(), report))


def _unwrapped(lines: list[str], report: ImportReport) -> Iterator[str]:
    """Yield the paragraphs of a text: an editor may have broken each into lines of one width."""
    width = _width(lines)
    before, paragraph = "", ""
    for line in [*map(str.strip, lines), ""]:
        # What is short ends its paragraph, unless the next word had no room on it.
        goes_on = width and before and line and len(before) + len(line.split()[0]) >= width
        if goes_on and not _begins(line):
            paragraph = f"{paragraph} {line}"
            report.changed["chỗ ngắt dòng bỏ đi để nối lại đoạn văn"] += 1
        else:
            if paragraph:
                yield paragraph
            paragraph = line
        before = line


def _begins(line: str) -> bool:
    return bool(_BEGINNING.match(line)) or line.isupper()


def _width(lines: list[str]) -> int:
    """Return how many letters a line of a text holds that was clearly broken into lines of one width; 0 of any other.

    Such a text has lines that are nearly all full, and most of them go on in the next with a small letter.
    """
    written = [line.strip() for line in lines]
    longest = max(map(len, written), default=0)
    pairs = [(line, after) for line, after in pairwise(written) if line and after and not _begins(after)]
    if len(pairs) < _FEWEST_LINES or not _NARROWEST <= longest <= _WIDEST:
        return 0
    full = [after for line, after in pairs if len(line) + len(after.split()[0]) >= longest]
    going_on = [after for after in full if after[:1].islower()]
    return longest if len(full) * 3 >= len(pairs) * 2 and len(going_on) * 2 > len(full) else 0


def _decode(data: bytes) -> tuple[str, str]:
    """Return the text, and the name of its encoding when it was not Unicode: the one that spells most words right."""
    for mark, codec in _MARKS.items():
        if data.startswith(mark):
            return "", data.decode(codec, "replace")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        readings = {"Windows-1258": data.decode("cp1258", "replace")}
        text = data.decode("cp1252", "replace")
        # cp1252 leaves five codes out and moves others, none of which these encodings use for a letter.
    else:
        readings = {"": text}
    for encoding in ENCODINGS:
        readings[encoding.name] = "".join(to_unicode([text], encoding) or text)
    name, best = max(readings.items(), key=lambda reading: count_vietnamese_words(nfc(reading[1])))
    marked = len(marked_words(nfc(best)))
    if name and count_vietnamese_words(nfc(best)) * 2 < marked:
        raise Invalid("Không nhận ra tệp chữ này ở bảng mã nào", "mở tệp, lưu lại với mã hóa UTF-8 rồi thử lại")
    return name, best
