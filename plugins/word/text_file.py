"""A .txt in whatever encoding Notepad or an old editor saved it -> HTML, a paragraph for each line."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from plugins.sources.problem import Invalid
from plugins.sources.text import MAX_BYTES
from plugins.vietnamese import nfc
from plugins.word.legacy import ENCODINGS, count_syllables, find_doubtful, marked_words, to_unicode
from plugins.word.package import LONG, MAX_PARAGRAPHS

if TYPE_CHECKING:
    from plugins.word.report import Report

_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


def read_text_file(data: bytes, report: Report) -> str:
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
    return "".join(f"<p>{escape(line, quote=False)}</p>" for line in text.splitlines() if line.strip())


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
    name, best = max(readings.items(), key=lambda reading: count_syllables(nfc(reading[1])))
    marked = len(marked_words(nfc(best)))
    if name and count_syllables(nfc(best)) * 2 < marked:
        raise Invalid("Không nhận ra tệp chữ này ở bảng mã nào", "mở tệp, lưu lại với mã hóa UTF-8 rồi thử lại")
    return name, best
